"""Expressions of the language as columns: the same syntax tree, with the same unknowns, as the reference channel runs.

Every case here says for a whole column what ``engine.language`` says for one value; random policies hold the two to each
other. A form without a columnar counterpart raises NotColumnar, and the units that need it go the ordinary way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from engine.batch import aggregates, comparisons, dates, numbers, truths
from engine.batch.cells import (
    Between,
    Branches,
    Cell,
    Column,
    Const,
    Element,
    Near,
    NotColumnar,
    Number,
    Rows,
    Whole,
)
from engine.batch.layout import Layout, known_column
from engine.batch.scopes import Scope
from engine.language import compile as compile_value
from engine.language import syntax
from engine.language.arithmetic import OPERATIONS, negate
from engine.language.compiler import filter_kind
from engine.language.scope import ITEM
from engine.language.values import Unknown, Value

#: Facts that enter products are bounded, ever more narrowly, until the products fit; units beyond go the ordinary way.
#: The first is for whole numbers, which are mostly counts, the second for those with decimal places, as scaled integers.
BOUNDS = tuple(
    (2**whole, 2**scaled) for whole, scaled in ((50, 48), (40, 48), (31, 48), (31, 40), (24, 40), (20, 30))
)
FLOAT_SCALE = 4

#: The names that mean a row of a register, or a column of that row.
Bound = Mapping[str, Element]


class Compiler:
    """Compiles expressions over one layout.

    ``constants``: parameters and the as-of date; ``derived``: the expressions of derived facts. ``bounded``: (register or
    "" for the units, column) → the bound on its integers that was assumed; a unit beyond it goes the ordinary way.
    ``given``: names that an earlier stage has made, with the columns that they are made of.
    """

    def __init__(
        self,
        layout: Layout,
        constants: Mapping[str, Value],
        derived: Mapping[str, syntax.Expr],
        unit: Scope,
        given: Mapping[str, tuple[Cell, Sequence[str]]],
    ) -> None:
        self._layout = layout
        self._constants = constants
        self._derived = derived
        self.unit = unit
        self._given = given
        self.bounded: dict[tuple[str, str], int] = {}
        self._bound = BOUNDS[0]
        self._facts: dict[tuple[str, tuple[int, int]], tuple[Cell, tuple[str, ...], frozenset[str]]] = {}

    def truth(self, expr: syntax.Expr) -> nw.Expr | bool | None:
        """The truth of a leaf: a column of truths, unknown where the leaf has no result; or one truth for all units."""
        found = self.widest(lambda: self.cell(expr, self.unit, {}))
        if isinstance(found, Const):
            return found.value if isinstance(found.value, bool) else None
        if not isinstance(found, Column) or found.kind != "boolean":
            raise NotColumnar("batch.why.no-truth")
        return found.value

    def rows_that(self, register: str, tests: Sequence[syntax.Expr]) -> tuple[Scope, str | None]:
        """A scope over a register's rows, and its column that says which pass every test: null where that is open.

        None: every row passes. What is null counts as open, too, as for the rows that show that a duty was done.
        """
        inside = self.unit.over(register, self._layout)
        if not tests:
            return inside, None
        row = {name: Element(register, inside, name) for name in self._layout.registers[register]}

        def made() -> Cell:
            return truths.all_of(
                [self.cell(test, inside, {ITEM: Element(register, inside), **row}) for test in tests]
            )

        cell, reads = inside.reads(lambda: self.widest(made))
        column = truths.constant(cell.value) if isinstance(cell, Const) else cell
        assert isinstance(column, Column)
        return inside, inside.let(column.value, reads, "t")

    def widest(self, make: Callable[[], Cell]) -> Cell:
        """What ``make`` gives under the widest bounds on numbers under which it fits."""
        for bound in BOUNDS:
            self._bound = bound
            try:
                return make()
            except numbers.TooWide:
                continue
            finally:
                self._bound = BOUNDS[0]
        raise NotColumnar("batch.why.number-too-long")

    def cell(self, expr: syntax.Expr, scope: Scope, bound: Bound) -> Cell:
        """``expr`` in ``scope``; ``bound``: the names that mean rows."""
        return _CASES[type(expr)](self, expr, scope, bound)

    def column(self, expr: syntax.Expr, scope: Scope, bound: Bound, kind: str) -> Column:
        """``expr`` where only a column of one kind will do."""
        found = self.cell(expr, scope, bound)
        if isinstance(found, Const) and kind == "boolean":
            return truths.constant(found.value)
        if not isinstance(found, Column) or found.kind != kind:
            raise NotColumnar("batch.why.no-truth" if kind == "boolean" else "batch.why.other-kind")
        return found

    # -------------------------------------------------------------------------------------------------- names

    def literal(self, expr: syntax.Literal, scope: Scope, bound: Bound) -> Cell:
        return Const(expr.value)

    def no_such_value(self, expr: syntax.NoSuchValue, scope: Scope, bound: Bound) -> Cell:
        return Const(None)

    def name(self, expr: syntax.Name, scope: Scope, bound: Bound) -> Cell:
        name = expr.name
        if name in bound:
            element = bound[name]
            return element if element.column is None else self._stored(element, scope)
        if name in self._constants:
            return Const(self._constants[name])
        if name in self._given:
            if scope is not self.unit:
                raise NotColumnar("batch.why.number-inside-rows")
            cell, columns = self._given[name]
            for column in columns:
                self.unit.column(column)
            return cell
        if name in self._layout.registers:
            return Rows(name, None)
        if name in self._derived:
            return self._derived_fact(name, scope)
        if name not in self._layout.facts:  # every other name has a meaning here: linking has seen to it
            raise NotColumnar("batch.why.other-units")
        return self._stored(Element("", self.unit, name), scope)

    def _derived_fact(self, name: str, scope: Scope) -> Cell:
        """A derived fact, its truths, texts and dates computed once into columns of the unit table."""
        key = (name, self._bound)
        if key not in self._facts:
            made, reads = self.unit.reads(lambda: self.cell(self._derived[name], self.unit, {}))
            columns: tuple[str, ...] = ()
            if isinstance(made, Column):
                columns = (self.unit.let(made.value, reads, "d"),)
                if made.null is not None:
                    columns += (self.unit.let(made.null, reads, "d"),)
            self._facts[key] = (made, columns, reads)
        made, columns, reads = self._facts[key]
        if isinstance(made, Column):
            here = [nw.col(self._carried(column, self.unit, scope)) for column in columns]
            return Column(made.kind, here[0], here[1] if len(here) > 1 else None)
        if scope.register is not None and not isinstance(made, Const | Rows):
            raise NotColumnar("batch.why.number-inside-rows")
        for column in reads:
            self.unit.column(column)
        return made

    def _carried(self, name: str, home: Scope, scope: Scope) -> str:
        """The name in ``scope`` of a column of ``home``, which is that scope or one around it."""
        if scope is not home:
            assert scope.around is not None
            name = scope.borrow(self._carried(name, home, scope.around))
        scope.column(name)
        return name

    def _stored(self, element: Element, scope: Scope) -> Cell:
        """A column of the data."""
        register, name = element.register, element.column
        assert name is not None
        stored = self._layout.registers[register][name] if register else self._layout.facts[name]
        column = nw.col(self._carried(name, element.home, scope))
        if stored.storage == "whole":
            return Number(Whole(column, stored.scale, self._bound[stored.scale > 0]), column=(register, name))
        if stored.storage == "float":
            scaled = (column * 10**FLOAT_SCALE).round(0).cast(nw.Int64)
            bound = self._bound[1]
            return Number(
                Whole(scaled, FLOAT_SCALE, bound),
                floating=column,
                column=(register, name),
                near=Near(column, FLOAT_SCALE, bound, bound),
            )
        kind = stored.storage
        assert kind == "boolean" or kind == "text" or kind == "date"
        return Column(kind, column)

    def entered(self, cell: Cell) -> None:
        """Notes the columns of which the integers are computed with: those have to stay within the bound."""
        if isinstance(cell, Branches):
            self.entered(cell.yes)
            self.entered(cell.no)
        elif isinstance(cell, Number) and cell.column is not None:
            bound = cell.top.bound
            self.bounded[cell.column] = min(bound, self.bounded.get(cell.column, bound))

    def known(self, register: str, scope: Scope) -> nw.Expr:
        """Whether the rows of a register are known, in ``scope``."""
        return nw.col(self._carried(known_column(register), self.unit, scope))

    # --------------------------------------------------------------------------------------------- operations

    def negate(self, expr: syntax.Negate, scope: Scope, bound: Bound) -> Cell:
        found = self.cell(expr.operand, scope, bound)
        if isinstance(found, Const):
            return Const(negate(found.value))
        return self._arithmetic("-", Const(Decimal(0)), found)

    def arithmetic(self, expr: syntax.Arithmetic, scope: Scope, bound: Bound) -> Cell:
        left, right = self.cell(expr.left, scope, bound), self.cell(expr.right, scope, bound)
        return self._folded(expr.operator, left, right) or self._arithmetic(expr.operator, left, right)

    def _folded(self, operator: str, left: Cell, right: Cell) -> Const | None:
        """The constant that two constants make."""
        if not isinstance(left, Const) or not isinstance(right, Const):
            return None
        return Const(OPERATIONS[operator](left.value, right.value))

    def _arithmetic(self, operator: str, left: Cell, right: Cell) -> Cell:
        for one in (left, right):
            if isinstance(one, Const) and (one.value is None or isinstance(one.value, Unknown)):
                raise NotColumnar("batch.why.null-in-arithmetic")
        if isinstance(left, Branches) or isinstance(right, Branches):
            return self._into_branches(operator, left, right)
        if _is_date(left) or _is_date(right) or isinstance(left, Between) or isinstance(right, Between):
            return dates.arithmetic(operator, left, right, self._layout.days_are_numbers)
        factor = right.value if isinstance(right, Const) else None
        other = left.value if isinstance(left, Const) else None
        if operator == "/" and isinstance(factor, Decimal) and not factor:
            raise NotColumnar("batch.why.null-in-arithmetic")
        self.entered(left)
        self.entered(right)
        a, b = _number(left), _number(right)
        if operator in ("+", "-"):
            return numbers.add(a, b, 1 if operator == "+" else -1)
        if operator == "*":
            if isinstance(other, Decimal):
                return numbers.multiply(b, a, other)
            return numbers.multiply(a, b, factor if isinstance(factor, Decimal) else None)
        if operator == "/":
            return numbers.divide(a, b)
        raise NotColumnar("batch.why.power")

    def _into_branches(self, operator: str, left: Cell, right: Cell) -> Cell:
        """A constant added to or multiplied with both branches; more than that has no columnar form."""
        branches, constant = (left, right) if isinstance(left, Branches) else (right, left)
        if (
            operator not in ("+", "-", "*")
            or not isinstance(constant, Const)
            or not isinstance(branches, Branches)
        ):
            raise NotColumnar("batch.why.branches")

        def applied(cell: Const | Number | Branches) -> Const | Number | Branches:
            one, other = (cell, constant) if branches is left else (constant, cell)
            found: Cell | None = self._folded(operator, one, other)
            if found is None:
                found = self._arithmetic(operator, one, other)
            assert isinstance(found, Const | Number | Branches)
            return found

        return Branches(branches.condition, applied(branches.yes), applied(branches.no))

    def compare(self, expr: syntax.Compare, scope: Scope, bound: Bound) -> Cell:
        return self._compared(
            expr.operator, self.cell(expr.left, scope, bound), self.cell(expr.right, scope, bound)
        )

    def _compared(self, operator: str, left: Cell, right: Cell) -> Cell:
        if not isinstance(left, Const) and not isinstance(right, Const):
            # Against a constant the constant is scaled; two columns may have to be.
            self.entered(left)
            self.entered(right)
        return comparisons.compare(operator, left, right)

    def between(self, expr: syntax.Between, scope: Scope, bound: Bound) -> Cell:
        value = self.cell(expr.operand, scope, bound)
        low = self._compared(">=", value, self.cell(expr.low, scope, bound))
        return truths.all_of([low, self._compared("<=", value, self.cell(expr.high, scope, bound))])

    def in_(self, expr: syntax.In, scope: Scope, bound: Bound) -> Cell:
        value = self.cell(expr.operand, scope, bound)
        return truths.any_of([self._test(value, test, scope, bound) for test in expr.tests])

    def _test(self, value: Cell, test: syntax.Expr, scope: Scope, bound: Bound) -> Cell:
        if isinstance(test, syntax.OperatorTest):
            return self._compared(test.operator, value, self.cell(test.operand, scope, bound))
        if isinstance(test, syntax.RangeOf):
            low, high = self.cell(test.low, scope, bound), self.cell(test.high, scope, bound)
            first = self._compared(">=" if test.low_closed else ">", value, low)
            return truths.all_of([first, self._compared("<=" if test.high_closed else "<", value, high)])
        if isinstance(test, syntax.ListOf):
            cells = [self.cell(item, scope, bound) for item in test.items]
            if not all(isinstance(cell, Const) for cell in cells):
                raise NotColumnar("batch.why.list")
            return comparisons.holds(value, tuple(cell.value for cell in cells if isinstance(cell, Const)))
        found = self.cell(test, scope, bound)
        if isinstance(found, Const):
            return comparisons.holds(value, found.value)
        if isinstance(found, Rows):
            raise NotColumnar("batch.why.list")
        return self._compared("=", value, found)

    def and_(self, expr: syntax.And, scope: Scope, bound: Bound) -> Cell:
        return truths.all_of([self.cell(item, scope, bound) for item in expr.items])

    def or_(self, expr: syntax.Or, scope: Scope, bound: Bound) -> Cell:
        return truths.any_of([self.cell(item, scope, bound) for item in expr.items])

    def not_(self, expr: syntax.Not, scope: Scope, bound: Bound) -> Cell:
        return truths.negation(self.cell(expr.operand, scope, bound))

    def if_(self, expr: syntax.If, scope: Scope, bound: Bound) -> Cell:
        condition = self.cell(expr.condition, scope, bound)
        if isinstance(condition, Const):
            if isinstance(condition.value, Unknown):
                raise NotColumnar("batch.why.branches")
            return self.cell(expr.yes if condition.value is True else expr.no, scope, bound)
        if not isinstance(condition, Column) or condition.kind != "boolean":
            raise NotColumnar("batch.why.no-truth")
        return comparisons.choose(
            condition, self.cell(expr.yes, scope, bound), self.cell(expr.no, scope, bound)
        )

    # -------------------------------------------------------------------------------------------------- lists

    def filter(self, expr: syntax.Filter, scope: Scope, bound: Bound) -> Cell:
        source = self.cell(expr.source, scope, bound)
        if not isinstance(source, Rows) or source.column is not None:
            raise NotColumnar("batch.why.list")
        if filter_kind(expr.predicate) != "predicate":
            raise NotColumnar("batch.why.index")
        register = source.register
        inside = source.inside or scope.over(register, self._layout)
        row = {name: Element(register, inside, name) for name in self._layout.registers[register]}
        inner = {**bound, ITEM: Element(register, inside), **row}
        keep, reads = inside.reads(lambda: self.column(expr.predicate, inside, inner, "boolean"))
        # A predicate that is null keeps no row; only one that is unknown leaves it open.
        keep = truths.false_if_null(keep)
        if source.keep is not None:
            keep = truths.narrowed(source.keep, keep)
        return Rows(register, inside, keep, None, reads | source.reads)

    def path(self, expr: syntax.Path, scope: Scope, bound: Bound) -> Cell:
        source = self.cell(expr.source, scope, bound)
        if not isinstance(source, Element | Rows):
            return dates.part(source, expr.name)
        if source.column is not None or expr.name not in self._layout.registers[source.register]:
            raise NotColumnar("batch.why.no-such-column")
        found = replace(source, column=expr.name)
        return self._stored(found, scope) if isinstance(found, Element) else found

    def quantified(self, expr: syntax.Quantified, scope: Scope, bound: Bound) -> Cell:
        rows = self._rows(self.cell(expr.domain, scope, bound), scope)
        assert rows.inside is not None
        inside = rows.inside
        inner = {**bound, expr.name: Element(rows.register, inside, rows.column)}
        condition, reads = inside.reads(lambda: self.column(expr.condition, inside, inner, "boolean"))
        known = self.known(rows.register, scope)
        return aggregates.quantified(expr.kind, rows, condition, reads, known, scope)

    def _rows(self, cell: Cell, scope: Scope) -> Rows:
        if not isinstance(cell, Rows):
            raise NotColumnar("batch.why.list")
        return (
            cell if cell.inside is not None else replace(cell, inside=scope.over(cell.register, self._layout))
        )

    def call(self, expr: syntax.Call, scope: Scope, bound: Bound) -> Cell:
        arguments = [self.cell(argument, scope, bound) for argument in expr.arguments]
        values = [argument.value for argument in arguments if isinstance(argument, Const)]
        if len(values) == len(arguments):
            return Const(compile_value(syntax.Call(expr.function, tuple(map(syntax.Literal, values))))({}))
        if len(arguments) == 1 and isinstance(arguments[0], Rows):
            return self._over_rows(expr.function, arguments[0], scope)
        self.entered(arguments[0])
        return comparisons.call(expr.function, arguments)

    def _over_rows(self, function: str, rows: Rows, scope: Scope) -> Cell:
        if function == "is defined":
            if rows.inside is not None or rows.column is not None:
                raise NotColumnar("batch.why.list")
            return Column("boolean", self.known(rows.register, scope))
        rows = self._rows(rows, scope)
        assert rows.inside is not None
        element: Cell | None = None
        if rows.column is not None:
            element = self._stored(Element(rows.register, rows.inside, rows.column), rows.inside)
            self.entered(element)
        return aggregates.over(function, rows, element, self.known(rows.register, scope), scope)

    def no_form(self, expr: syntax.Expr, scope: Scope, bound: Bound) -> Cell:
        raise NotColumnar("batch.why.list")


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, Const):
        return isinstance(cell.value, date)
    return isinstance(cell, Column) and cell.kind == "date"


def _number(cell: Cell) -> Number:
    if isinstance(cell, Number):
        return cell
    if isinstance(cell, Const) and isinstance(cell.value, Decimal):
        return numbers.fixed(cell.value)
    raise NotColumnar("batch.why.other-kind")


_Case = Callable[[Compiler, Any, Scope, Bound], Cell]
_CASES: dict[type[syntax.Expr], _Case] = {
    syntax.Literal: Compiler.literal,
    syntax.NoSuchValue: Compiler.no_such_value,
    syntax.Name: Compiler.name,
    syntax.ListOf: Compiler.no_form,
    syntax.RangeOf: Compiler.no_form,
    syntax.OperatorTest: Compiler.no_form,
    syntax.Negate: Compiler.negate,
    syntax.Arithmetic: Compiler.arithmetic,
    syntax.Compare: Compiler.compare,
    syntax.Between: Compiler.between,
    syntax.In: Compiler.in_,
    syntax.And: Compiler.and_,
    syntax.Or: Compiler.or_,
    syntax.Not: Compiler.not_,
    syntax.If: Compiler.if_,
    syntax.Quantified: Compiler.quantified,
    syntax.Filter: Compiler.filter,
    syntax.Path: Compiler.path,
    syntax.Call: Compiler.call,
}
