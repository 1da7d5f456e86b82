"""Columns of truths: ``and``, ``or``, ``not`` with unknown and null, as docs/language.md has the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw

from engine.batch.balanced import conjunction, disjunction
from engine.batch.cells import Cell, Column, Const, NotColumnar
from engine.language.kleene import all_of as all_constants
from engine.language.kleene import any_of as any_constants
from engine.language.kleene import negation as negate_constant
from engine.language.values import Unknown, Value


def constant(value: Value) -> Column:
    """A constant as a column. Anything but a truth is null, and an unknown one is unknown."""
    if value is True or value is False:
        return Column("boolean", nw.lit(value))
    null = None if isinstance(value, Unknown) else nw.lit(True)
    return Column("boolean", nw.lit(None, dtype=nw.Boolean), null)


def _columns(cells: Sequence[Cell]) -> list[Column]:
    found = []
    for cell in cells:
        column = constant(cell.value) if isinstance(cell, Const) else cell
        if not isinstance(column, Column) or column.kind != "boolean":
            raise NotColumnar("batch.why.no-truth")
        found.append(column)
    return found


def all_of(cells: Sequence[Cell]) -> Const | Column:
    """False if one is false, else unknown if one is unknown, else null if one is null, else true."""
    return _joined(cells, every=True)


def any_of(cells: Sequence[Cell]) -> Const | Column:
    """True if one is true, else unknown if one is unknown, else null if one is null, else false."""
    return _joined(cells, every=False)


def _joined(cells: Sequence[Cell], every: bool) -> Const | Column:
    values = [cell.value for cell in cells if isinstance(cell, Const)]
    decisive = not every
    if any(value is decisive for value in values):
        return Const(decisive)
    if len(values) == len(cells):
        return Const((all_constants if every else any_constants)(values))
    columns = _columns([c for c in cells if not (isinstance(c, Const) and c.value is every)])
    value = (conjunction if every else disjunction)([column.value for column in columns])
    return Column("boolean", value, _null(columns, value))


def _null(columns: Sequence[Column], value: nw.Expr) -> nw.Expr | None:
    """Undecided, and not because anything is unknown."""
    if all(column.null is None for column in columns):
        return None
    if len(columns) == 1:
        return columns[0].null
    return conjunction([value.is_null(), *[~column.unknown for column in columns]])


def negation(cell: Cell) -> Const | Column:
    """True of false, false of true; what is unknown or null stays so."""
    if isinstance(cell, Const):
        return Const(negate_constant(cell.value))
    (column,) = _columns([cell])
    return replace(column, value=~column.value)


def false_if_null(column: Column) -> Column:
    """The column with null for false."""
    if column.null is None:
        return column
    return Column("boolean", nw.when(column.null).then(nw.lit(False)).otherwise(column.value))


def narrowed(first: Column, second: Column) -> Column:
    """Whether a row passes two filters, neither of which is ever null."""
    return Column("boolean", first.value & second.value)
