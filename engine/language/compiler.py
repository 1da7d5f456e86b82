"""Compiles a syntax tree into nested Python functions; what is constant is computed while compiling."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.language import compile_iteration as iteration
from engine.language import compile_tests as tests
from engine.language import syntax
from engine.language.arithmetic import OPERATIONS, bounds_of, negate
from engine.language.builtins import FUNCTIONS
from engine.language.code import Code, Env, Run, apply, constant
from engine.language.compare import between, same
from engine.language.compile_rows import plain_filter
from engine.language.kleene import all_of, any_of, negation, union
from engine.language.lists import at_index, counts, member
from engine.language.problems import failure
from engine.language.scope import ITEM, Columns, free_names, known_columns
from engine.language.steps import Steps
from engine.language.values import Interval, Range, Unknown, Value


def compile(
    expr: syntax.Expr, constants: Mapping[str, Value] | None = None, columns: Columns | None = None
) -> Run:
    """A function from an environment to the value of ``expr``.

    The environment maps names to values (see ``values``, nothing is converted); a name without an entry is unknown.
    ``constants`` are names whose value is fixed now. ``columns`` tells which columns the rows of a list have; it
    changes no result for rows that have just these, and saves looking. Running it raises LanguageError
    ``too-many-steps`` where loops inside loops look at too many elements.
    """
    return compiled(expr, constants or {}, columns).run


def compiled(expr: syntax.Expr, constants: Mapping[str, Value], columns: Columns | None) -> Code:
    """The function that ``compile`` gives, and whether it is a constant."""
    return _Compiler(constants, columns, Steps(), False).code(expr)


class _Compiler:
    """``inside``: what is compiled runs once for each element of a list."""

    def __init__(
        self, constants: Mapping[str, Value], columns: Columns | None, steps: Steps, inside: bool
    ) -> None:
        self._constants = constants
        self._columns = columns
        self._steps = steps
        self._inside = inside

    def code(self, expr: syntax.Expr) -> Code:
        return _CASES[type(expr)](self, expr)

    def inner(self, names: frozenset[str]) -> _Compiler:
        """For what runs for each element; ``names`` mean something else there."""
        constants = {n: v for n, v in self._constants.items() if n not in names}
        return _Compiler(constants, self._columns, self._steps, True)

    def _looped(self, expr: syntax.Expr) -> Code:
        """The list that a loop goes through."""
        code = self.code(expr)
        return self._steps.counting(code) if self._inside and code.name is None else code

    def literal(self, expr: syntax.Literal) -> Code:
        return constant(expr.value)

    def no_such_value(self, expr: syntax.NoSuchValue) -> Code:
        return constant(None)

    def name(self, expr: syntax.Name) -> Code:
        name = expr.name
        if name in self._constants:
            return constant(self._constants[name])
        missing = Unknown(frozenset((name,)))

        def look_up(env: Env) -> Value:
            try:
                return env[name]
            except KeyError:
                return missing

        code = Code(look_up, name=name)
        return self._steps.counting(code) if self._inside else code

    def list(self, expr: syntax.ListOf) -> Code:
        if not expr.items:
            return constant(())
        return apply(lambda *items: items, *map(self.code, expr.items))

    def range(self, expr: syntax.RangeOf) -> Code:
        def make(low: Value, high: Value) -> Value:
            # A range as a value has ends; None is how values.Range writes that there is no end.
            if low is None or high is None:
                return None
            return Range(low, high, expr.low_closed, expr.high_closed)

        return apply(make, self.code(expr.low), self.code(expr.high))

    def operator_test(self, expr: syntax.OperatorTest) -> Code:
        operator, closed = expr.operator, expr.operator in ("<=", ">=")

        def make(end: Value) -> Value:
            if end is None or operator in ("=", "!="):
                return None
            return Range(None, end, False, closed) if operator[0] == "<" else Range(end, None, closed, False)

        return apply(make, self.code(expr.operand))

    def negate(self, expr: syntax.Negate) -> Code:
        return apply(negate, self.code(expr.operand))

    def arithmetic(self, expr: syntax.Arithmetic) -> Code:
        return apply(OPERATIONS[expr.operator], self.code(expr.left), self.code(expr.right))

    def compare(self, expr: syntax.Compare) -> Code:
        return tests.comparison(expr.operator, self.code(expr.left), self.code(expr.right))

    def between(self, expr: syntax.Between) -> Code:
        return apply(between, self.code(expr.operand), self.code(expr.low), self.code(expr.high))

    def in_(self, expr: syntax.In) -> Code:
        return tests.membership(self.code(expr.operand), [self._test(test) for test in expr.tests])

    def _test(self, expr: syntax.Expr) -> tests.Test:
        if isinstance(expr, syntax.OperatorTest):
            return tests.operator_test(expr.operator, self.code(expr.operand))
        if isinstance(expr, syntax.RangeOf):
            return tests.range_test(
                self.code(expr.low), self.code(expr.high), expr.low_closed, expr.high_closed
            )
        return tests.value_test(self.code(expr))

    def and_(self, expr: syntax.And) -> Code:
        return _junction(expr.items, self, all_of, False)

    def or_(self, expr: syntax.Or) -> Code:
        return _junction(expr.items, self, any_of, True)

    def not_(self, expr: syntax.Not) -> Code:
        return apply(negation, self.code(expr.operand))

    def if_(self, expr: syntax.If) -> Code:
        return tests.choice(self.code(expr.condition), self.code(expr.yes), self.code(expr.no), _merge)

    def quantified(self, expr: syntax.Quantified) -> Code:
        condition = self.inner(frozenset((expr.name,))).code(expr.condition)
        names = free_names(expr.condition, self._columns)
        begin = None if self._inside else self._steps.restart
        return iteration.quantified(expr.kind, expr.name, self._looped(expr.domain), condition, names, begin)

    def filter(self, expr: syntax.Filter) -> Code:
        source = self._looped(expr.source)
        kind = filter_kind(expr.predicate)
        if kind == "index":
            return apply(at_index, source, self.code(expr.predicate))
        names = free_names(expr.predicate, self._columns)
        columns = known_columns(expr.source, self._columns)
        inner = self.inner(frozenset((ITEM,)) | (columns or frozenset()))
        folded = {name: value for name, value in inner._constants.items() if name in names}
        fallback: Callable[[], Run] | None = None
        if columns is None and folded:
            unfolded = inner.inner(frozenset(folded))

            def fallback() -> Run:
                return unfolded.code(expr.predicate).run

        plain = plain_filter(expr.predicate, inner.code) if fallback is None else None
        predicate = inner.code(expr.predicate).run
        scope = iteration.ElementScope(names, folded, predicate, fallback)
        begin = None if self._inside else self._steps.restart
        return iteration.filtered(source, scope, kind == "open", plain, begin)

    def path(self, expr: syntax.Path) -> Code:
        name = expr.name
        source = self.code(expr.source)
        if source.constant:
            return constant(member(source.value, name))
        run = source.run

        def column(env: Env) -> Value:
            value = run(env)
            return value.get(name) if type(value) is dict else member(value, name)

        return Code(column)

    def call(self, expr: syntax.Call) -> Code:
        function = FUNCTIONS.get(expr.function)
        if function is None:
            raise failure("unknown-function", expr.start, expr.end, found=expr.function)
        if not function.accepts(len(expr.arguments)):
            params = {"function": expr.function, "expected": function.counts(), "found": len(expr.arguments)}
            raise failure("wrong-argument-count", expr.start, expr.end, **params)
        arguments = [self.code(argument) for argument in expr.arguments]
        if expr.function == "count" and len(arguments) == 1 and not arguments[0].constant:
            return counts(arguments[0].run)
        return apply(function.body, *arguments)


def _junction(
    items: tuple[syntax.Expr, ...], compiler: _Compiler, combine: Callable[..., Value], decisive: bool
) -> Code:
    """``and`` or ``or``: stops at a part that decides alone; parts that can make no difference are left out."""
    codes = [compiler.code(item) for item in items]
    if any(code.constant and code.value is decisive for code in codes):
        return constant(decisive)
    runs = [code.run for code in codes if not (code.constant and code.value is (not decisive))]
    if all(code.constant for code in codes):
        return constant(combine([code.value for code in codes]))
    neutral = not decisive
    if len(runs) == 2:
        first, second = runs

        def both(env: Env) -> Value:
            a = first(env)
            if a is decisive:
                return decisive
            b = second(env)
            if b is decisive or (a is neutral and b is neutral):
                return b
            return combine((a, b))

        return Code(both)

    def every(env: Env) -> Value:
        undecided: list[Value] = []
        for run in runs:
            truth = run(env)
            if truth is decisive:
                return decisive
            if truth is not neutral:
                undecided.append(truth)
        return combine(undecided) if undecided else neutral

    return Code(every)


def _merge(condition: Unknown, yes: Value, no: Value) -> Value:
    """What is known of an ``if`` when its condition is not: what both branches agree on."""
    if same(yes, no):
        return yes
    unknown = union(condition, yes, no)
    a, b = bounds_of(yes), bounds_of(no)
    if a is None or b is None:
        return unknown
    low = None if a[0] is None or b[0] is None else min(a[0], b[0])
    high = None if a[1] is None or b[1] is None else max(a[1], b[1])
    return Interval(low, high, unknown.facts)


_BOOLEAN_CALLS = frozenset(("contains", "starts with", "ends with", "is defined"))
_BOOLEAN = (syntax.Compare, syntax.Between, syntax.In, syntax.And, syntax.Or, syntax.Not, syntax.Quantified)


def filter_kind(predicate: syntax.Expr) -> iteration.FilterKind:
    """What the form of a filter's predicate tells about its use."""
    if isinstance(predicate, _BOOLEAN):
        return "predicate"
    if isinstance(predicate, syntax.Literal):
        return "predicate" if isinstance(predicate.value, bool) else "index"
    if isinstance(predicate, syntax.Negate | syntax.Arithmetic):
        return "index" if ITEM not in free_names(predicate) else "open"
    if isinstance(predicate, syntax.Call) and predicate.function in _BOOLEAN_CALLS:
        return "predicate"
    return "open"


_CASES: dict[type[syntax.Expr], Callable[..., Code]] = {
    syntax.Literal: _Compiler.literal,
    syntax.NoSuchValue: _Compiler.no_such_value,
    syntax.Name: _Compiler.name,
    syntax.ListOf: _Compiler.list,
    syntax.RangeOf: _Compiler.range,
    syntax.OperatorTest: _Compiler.operator_test,
    syntax.Negate: _Compiler.negate,
    syntax.Arithmetic: _Compiler.arithmetic,
    syntax.Compare: _Compiler.compare,
    syntax.Between: _Compiler.between,
    syntax.In: _Compiler.in_,
    syntax.And: _Compiler.and_,
    syntax.Or: _Compiler.or_,
    syntax.Not: _Compiler.not_,
    syntax.If: _Compiler.if_,
    syntax.Quantified: _Compiler.quantified,
    syntax.Filter: _Compiler.filter,
    syntax.Path: _Compiler.path,
    syntax.Call: _Compiler.call,
}
