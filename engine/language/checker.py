"""Checks types before anything is evaluated, and reports all errors of an expression at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from engine.language import syntax
from engine.language import type_rules as rules
from engine.language.check_calls import call_type
from engine.language.compare import order
from engine.language.compiler import compile, filter_kind
from engine.language.problems import LanguageError, LanguageProblem
from engine.language.scope import ITEM, free_names
from engine.language.temporal import looks_like_date
from engine.language.type_rules import is_any, same_kind, same_unit, word
from engine.language.types import (
    Boolean,
    Date,
    DaysDuration,
    ListOf,
    Null,
    Number,
    RangeOf,
    Row,
    String,
    Type,
    YearsMonthsDuration,
)
from engine.language.values import Range, Value, YearsMonths
from engine.language.wellformed import call_problems
from engine.nearest import nearest


def check(
    expr: syntax.Expr, names: Mapping[str, Type], expected: Type | None = None
) -> tuple[Type, list[LanguageProblem]]:
    """The type of ``expr``, where ``names`` have these types, and all problems in the order of the text.

    Numbers of different units are not added or compared; a number whose unit is None fits every unit. In a filter over
    rows the columns are names. With ``expected``, the type of the whole has to fit it.
    """
    checker = _Checker()
    found = checker.type_of(expr, _Scope(names))
    if expected is not None:
        checker.fits(expr, found, expected)
    unique = {(p.start, p.end, p.code, str(sorted(p.params.items()))): p for p in checker.problems}
    return found, [unique[key] for key in sorted(unique)]


class _Scope:
    """Names and their types. ``open``: inside a filter over rows whose columns are not known."""

    def __init__(self, names: Mapping[str, Type], is_open: bool = False) -> None:
        self.names = names
        self.open = is_open

    def inside(self, more: Mapping[str, Type], is_open: bool = False) -> _Scope:
        return _Scope({**self.names, **more}, self.open or is_open)


class _Checker:
    def __init__(self) -> None:
        self.problems: list[LanguageProblem] = []

    def report(self, expr: syntax.Expr, code: str, **params: object) -> None:
        self.problems.append(LanguageProblem(code, expr.start, expr.end, params))

    def type_of(self, expr: syntax.Expr, scope: _Scope) -> Type:
        return _CASES[type(expr)](self, expr, scope)

    def fits(self, expr: syntax.Expr, found: Type, expected: Type) -> None:
        """The whole expression against the type that is wanted."""
        if is_any(expected) or is_any(found):
            return
        if not same_kind(found, expected):
            self.report(expr, "result-type", expected=word(expected), found=word(found))
        elif not same_unit(found, expected):
            self.report(expr, "different-units", left=word(expected), right=word(found))
        self._enumeration(expected, expr)

    def literal(self, expr: syntax.Literal, scope: _Scope) -> Type:
        return value_type(expr.value)

    def no_such_value(self, expr: syntax.NoSuchValue, scope: _Scope) -> Type:
        if looks_like_date(expr.text):
            self.report(expr, "no-such-day", found=expr.text)
            return Date()
        self.report(expr, "no-such-literal", found=expr.text)
        return Type()

    def name(self, expr: syntax.Name, scope: _Scope) -> Type:
        found = scope.names.get(expr.name)
        if found is not None:
            return found
        if not scope.open:
            near = nearest(expr.name, scope.names)
            if near is None:
                self.report(expr, "unknown-name", found=expr.name)
            else:
                self.report(expr, "unknown-name-near", found=expr.name, nearest=near)
        return Type()

    def list(self, expr: syntax.ListOf, scope: _Scope) -> Type:
        types = [self.type_of(item, scope) for item in expr.items]
        if not types:
            return ListOf()
        element = types[0]
        for other in types[1:]:
            element = rules.join(element, other)
        return ListOf(element)

    def range(self, expr: syntax.RangeOf, scope: _Scope) -> Type:
        low, high = self.type_of(expr.low, scope), self.type_of(expr.high, scope)
        self._comparable(expr, low, high, ordered=True)
        self._ends(expr, expr.low, expr.high, expr.low_closed and expr.high_closed)
        return RangeOf(low if is_any(high) else high)

    def _ends(self, expr: syntax.Expr, low: syntax.Expr, high: syntax.Expr, closed: bool) -> None:
        """A range that no value can lie in is a slip."""
        first, last = constant_value(low), constant_value(high)
        if order(">", first, last) is True:
            self.report(expr, "range-reversed")
        elif not closed and order(">=", first, last) is True:
            self.report(expr, "range-empty")

    def operator_test(self, expr: syntax.OperatorTest, scope: _Scope) -> Type:
        found = self.type_of(expr.operand, scope)
        if not (is_any(found) or isinstance(found, rules.ORDERED)):
            self.report(expr.operand, "not-ordered", found=word(found))
        return RangeOf(found)

    def negate(self, expr: syntax.Negate, scope: _Scope) -> Type:
        found = self.type_of(expr.operand, scope)
        if is_any(found) or isinstance(found, Number | YearsMonthsDuration | DaysDuration):
            return found
        self.report(expr.operand, "operand-type", operator="-", found=word(found))
        return Type()

    def arithmetic(self, expr: syntax.Arithmetic, scope: _Scope) -> Type:
        left, right = self.type_of(expr.left, scope), self.type_of(expr.right, scope)
        result = rules.arithmetic(expr.operator, left, right)
        if result is None:
            self.report(expr, "operand-types", operator=expr.operator, left=word(left), right=word(right))
            return Type()
        if expr.operator in ("+", "-") and not same_unit(left, right):
            self.report(expr, "different-units", left=word(left), right=word(right))
        if expr.operator == "**" and isinstance(left, Number) and left.unit:
            exponent = constant_value(expr.right)
            if isinstance(exponent, Decimal) and exponent == exponent.to_integral_value():
                return Number(tuple((s, e * int(exponent)) for s, e in left.unit if exponent))
        if expr.operator == "/":
            divisor = constant_value(expr.right)
            if isinstance(divisor, Decimal) and not divisor:
                self.report(expr.right, "division-by-zero")
        return result

    def compare(self, expr: syntax.Compare, scope: _Scope) -> Type:
        left, right = self.type_of(expr.left, scope), self.type_of(expr.right, scope)
        self._comparison(expr, expr.operator, (expr.left, left), (expr.right, right))
        return Boolean()

    def _comparison(
        self,
        expr: syntax.Expr,
        operator: str,
        left: tuple[syntax.Expr, Type],
        right: tuple[syntax.Expr, Type],
    ) -> None:
        self._comparable(expr, left[1], right[1], ordered=operator not in ("=", "!="))
        self._enumeration(left[1], right[0])
        self._enumeration(right[1], left[0])

    def _comparable(self, expr: syntax.Expr, left: Type, right: Type, *, ordered: bool) -> None:
        if ordered:
            for side in (left, right):
                if not (is_any(side) or isinstance(side, rules.ORDERED)):
                    self.report(expr, "not-ordered", found=word(side))
                    return
        elif isinstance(left, Null) or isinstance(right, Null):
            return
        if not same_kind(left, right):
            self.report(expr, "different-types", left=word(left), right=word(right))
        elif not same_unit(left, right):
            self.report(expr, "different-units", left=word(left), right=word(right))

    def _enumeration(self, type_: Type, expr: syntax.Expr) -> None:
        """A literal that is compared with an enumeration has to be one of its values."""
        if not isinstance(type_, String) or type_.values is None or not isinstance(expr, syntax.Literal):
            return
        value = expr.value
        if not isinstance(value, str) or value in type_.values:
            return
        values = ", ".join(f"`{v}`" for v in type_.values)
        near = nearest(value, type_.values)
        if near is None:
            self.report(expr, "not-in-enumeration", found=value, values=values)
        else:
            self.report(expr, "not-in-enumeration-near", found=value, nearest=near, values=values)

    def between(self, expr: syntax.Between, scope: _Scope) -> Type:
        operand, low, high = (self.type_of(part, scope) for part in expr.children())
        self._comparison(expr, ">=", (expr.operand, operand), (expr.low, low))
        self._comparison(expr, "<=", (expr.operand, operand), (expr.high, high))
        self._ends(expr, expr.low, expr.high, True)
        return Boolean()

    def in_(self, expr: syntax.In, scope: _Scope) -> Type:
        subject = (expr.operand, self.type_of(expr.operand, scope))
        for test in expr.tests:
            self._test(expr, subject, test, scope)
        return Boolean()

    def _test(
        self, expr: syntax.In, subject: tuple[syntax.Expr, Type], test: syntax.Expr, scope: _Scope
    ) -> None:
        if isinstance(test, syntax.OperatorTest):
            operand = self.type_of(test.operand, scope)
            self._comparison(test, test.operator, subject, (test.operand, operand))
        elif isinstance(test, syntax.ListOf) and not isinstance(subject[1], ListOf):
            for item in test.items:
                self._test(expr, subject, item, scope)
        else:
            found = self.type_of(test, scope)
            if isinstance(found, RangeOf) and not isinstance(subject[1], RangeOf):
                self._comparable(test, subject[1], found.element, ordered=True)
            elif isinstance(found, ListOf) and not isinstance(subject[1], ListOf):
                element = found.element
                if isinstance(element, RangeOf):
                    element = element.element
                self._comparable(test, subject[1], element, ordered=False)
            elif isinstance(found, ListOf) and same_kind(subject[1], found.element):
                pass  # a list among lists
            else:
                self._comparison(test, "=", subject, (test, found))

    def junction(self, expr: syntax.And | syntax.Or | syntax.Not, scope: _Scope) -> Type:
        for child in expr.children():
            self._condition(child, scope)
        return Boolean()

    def _condition(self, expr: syntax.Expr, scope: _Scope) -> None:
        found = self.type_of(expr, scope)
        if not (is_any(found) or isinstance(found, Boolean)):
            self.report(expr, "condition-not-boolean", found=word(found))

    def if_(self, expr: syntax.If, scope: _Scope) -> Type:
        self._condition(expr.condition, scope)
        yes, no = self.type_of(expr.yes, scope), self.type_of(expr.no, scope)
        if isinstance(yes, Null) or isinstance(no, Null):
            return rules.join(yes, no)
        if not same_kind(yes, no):
            self.report(expr.no, "different-types", left=word(yes), right=word(no))
            return Type()
        if not same_unit(yes, no):
            self.report(expr.no, "different-units", left=word(yes), right=word(no))
        return rules.join(yes, no)

    def quantified(self, expr: syntax.Quantified, scope: _Scope) -> Type:
        element = self._element(expr.domain, self.type_of(expr.domain, scope))
        self._condition(expr.condition, scope.inside({expr.name: element}))
        return Boolean()

    def _element(self, expr: syntax.Expr, found: Type) -> Type:
        if isinstance(found, ListOf):
            return found.element
        if not is_any(found):
            self.report(expr, "list-expected", found=word(found))
        return Type()

    def filter(self, expr: syntax.Filter, scope: _Scope) -> Type:
        source = self.type_of(expr.source, scope)
        element = self._element(expr.source, source)
        columns = dict(element.fields or {}) if isinstance(element, Row) else {}
        is_open = is_any(element) or (isinstance(element, Row) and element.fields is None)
        kind = filter_kind(expr.predicate)
        inner = scope if kind == "index" else scope.inside({ITEM: element, **columns}, is_open)
        found = self.type_of(expr.predicate, inner)
        if kind == "index" or isinstance(found, Number):
            if not (is_any(found) or isinstance(found, Number)):
                self.report(expr.predicate, "filter-type", found=word(found))
            return element
        if is_any(found):
            return source if isinstance(source, ListOf) and kind == "predicate" else Type()
        if not isinstance(found, Boolean):
            self.report(expr.predicate, "filter-type", found=word(found))
        return source

    def path(self, expr: syntax.Path, scope: _Scope) -> Type:
        source = self.type_of(expr.source, scope)
        inner = source.element if isinstance(source, ListOf) else source
        found = rules.part(inner, expr.name)
        if found is None:
            known = rules.parts(inner)
            near = nearest(expr.name, known)
            if near is not None:
                self.report(expr, "unknown-property-near", found=expr.name, owner=word(inner), nearest=near)
            else:
                self.report(expr, "unknown-property", found=expr.name, owner=word(inner))
            return Type()
        return ListOf(found) if isinstance(source, ListOf) else found

    def call(self, expr: syntax.Call, scope: _Scope) -> Type:
        arguments = [self.type_of(argument, scope) for argument in expr.arguments]
        problems = call_problems(expr)
        if problems:
            self.problems += problems
            return Type()
        return call_type(expr, arguments, self.report)


def value_type(value: Value) -> Type:
    """The type of a value that stands in an expression."""
    if value is None:
        return Null()
    if isinstance(value, bool):
        return Boolean()
    if isinstance(value, tuple):
        element: Type = Null() if value else Type()
        for item in value:
            element = rules.join(element, value_type(item))
        return ListOf(element)
    if isinstance(value, Range):
        return RangeOf(value_type(value.high if value.low is None else value.low))
    kinds: tuple[tuple[type, Type], ...] = (
        (Decimal, Number()),
        (str, String()),
        (date, Date()),
        (timedelta, DaysDuration()),
        (YearsMonths, YearsMonthsDuration()),
        (Mapping, Row()),
    )
    return next((type_ for kind, type_ in kinds if isinstance(value, kind)), Type())


def constant_value(expr: syntax.Expr) -> Value:
    """The value of an expression without names; null for any other."""
    if free_names(expr):
        return None
    try:
        return compile(expr)({})
    except LanguageError:
        return None


_CASES: dict[type[syntax.Expr], Callable[..., Type]] = {
    syntax.Literal: _Checker.literal,
    syntax.NoSuchValue: _Checker.no_such_value,
    syntax.Name: _Checker.name,
    syntax.ListOf: _Checker.list,
    syntax.RangeOf: _Checker.range,
    syntax.OperatorTest: _Checker.operator_test,
    syntax.Negate: _Checker.negate,
    syntax.Arithmetic: _Checker.arithmetic,
    syntax.Compare: _Checker.compare,
    syntax.Between: _Checker.between,
    syntax.In: _Checker.in_,
    syntax.And: _Checker.junction,
    syntax.Or: _Checker.junction,
    syntax.Not: _Checker.junction,
    syntax.If: _Checker.if_,
    syntax.Quantified: _Checker.quantified,
    syntax.Filter: _Checker.filter,
    syntax.Path: _Checker.path,
    syntax.Call: _Checker.call,
}
