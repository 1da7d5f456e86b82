"""Cells of columns → the values that an expression is given, for the few units for which it has to be asked itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from engine.batch.layout import ROW, UNIT, Layout, Stored
from engine.inference.evaluation import Program
from engine.language import free_names
from engine.language.syntax import Expr
from engine.language.values import Unknown, Value

#: The number of a unit among those at hand.
AT = ":at"
Compute = Callable[[Mapping[str, Value]], Value]


def to_value(stored: Stored) -> Callable[[Any], Value]:
    """What a cell of a column means that is not blank."""
    if stored.storage == "whole":
        scale = -stored.scale
        return lambda cell: Decimal(cell).scaleb(scale)
    if stored.storage == "float":
        return lambda cell: Decimal(repr(cell))
    return lambda cell: cell


def derived_for(program: Program, expr: Expr) -> Sequence[tuple[str, Compute]]:
    """The derived facts that an expression rests on, in an order in which they can be computed."""
    policy = program.policy
    columns = {id_: frozenset(register.columns) for id_, register in policy.registers.items()}
    wanted: set[str] = set()
    waiting = [expr]
    while waiting:
        names = free_names(waiting.pop(), columns) & policy.derived.keys()
        waiting += [policy.derived[name].expression for name in sorted(names - wanted)]
        wanted |= names
    return [(id_, compute) for id_, compute in program.derived if id_ in wanted]


def records(
    frame: pl.DataFrame, columns: Sequence[str], how: Mapping[str, Stored]
) -> Iterable[dict[str, Value]]:
    """The rows of a table as values by name. A blank cell is left out: a name without a value is unknown."""
    convert = [(name, to_value(how[name])) for name in columns]
    for row in frame.select(columns).iter_rows():
        yield {
            name: meaning(cell)
            for (name, meaning), cell in zip(convert, row, strict=True)
            if cell is not None
        }


class Registers:
    """The rows of registers. They are many, so that only those are looked at that are asked for."""

    def __init__(self, layout: Layout, tables: Mapping[str, pl.DataFrame]) -> None:
        self._layout = layout
        self._tables = tables
        self._blank: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = {}

    def blank(self, register: str, columns: tuple[str, ...], units: pl.DataFrame) -> pl.DataFrame:
        """The rows with a blank cell in one of the columns. ``units``: whose, with the number of each in ``AT``."""
        key = (register, columns)
        if key not in self._blank:
            blank = pl.any_horizontal(pl.col(column).is_null() for column in columns)
            self._blank[key] = self._tables[register].filter(blank).select(UNIT, ROW, *columns)
        return self._blank[key].join(units, on=UNIT, how="inner", maintain_order="left")

    def rows(self, register: str, units: pl.DataFrame) -> Mapping[int, tuple[Value, ...]]:
        """Number of the unit → its rows, in order, for those that have any. A blank cell is unknown under its own name.

        ``units``: whose, with the number of each in ``AT``.
        """
        how = self._layout.registers[register]
        table = self._tables[register].join(units, on=UNIT, how="inner").sort(AT, ROW)
        found: dict[int, list[Value]] = {}
        cells = records(table, list(how), how)
        for at, number, row in zip(table[AT].to_list(), table[ROW].to_list(), cells, strict=True):
            for column in how:
                if column not in row:
                    row[column] = Unknown(frozenset((f"{register}[{number}].{column}",)))
            found.setdefault(at, []).append(row)
        return {at: tuple(rows) for at, rows in found.items()}
