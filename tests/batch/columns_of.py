"""Contexts as the tables that a compiled policy runs on: what reading data gives, made without any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl

from engine.batch.layout import ROW, UNIT, Layout, Stored, known_column
from engine.batch.parts import PLACE, UNIT_NAME, Part
from engine.inference.evaluation import Evaluation
from engine.language.values import Unknown, Value

TYPES: dict[str, Any] = {
    "boolean": pl.Boolean,
    "text": pl.String,
    "date": pl.Date,
    "whole": pl.Int64,
    "float": pl.Float64,
}
Values = Mapping[str, Any]


def stored(value: Value, how: Stored) -> Any:
    """A value as its column has it; unknown is null."""
    if isinstance(value, Unknown):
        return None
    if isinstance(value, Decimal):
        return int(value.scaleb(how.scale)) if how.storage == "whole" else float(value)
    return value


def tables(layout: Layout, contexts: Sequence[Values]) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """The unit table, units numbered from 0, and the registers' tables."""
    units: dict[str, list[Any]] = {UNIT: [str(i) for i in range(len(contexts))]}
    schema = {UNIT: pl.String, **{id_: TYPES[how.storage] for id_, how in layout.facts.items()}}
    for id_, how in layout.facts.items():
        units[id_] = [stored(context[id_], how) for context in contexts]
    registers = {}
    for id_, columns in layout.registers.items():
        schema[known_column(id_)] = pl.Boolean
        units[known_column(id_)] = [not isinstance(context[id_], Unknown) for context in contexts]
        registers[id_] = _rows(id_, columns, contexts)
    return pl.DataFrame(units, schema=schema), registers


def _rows(register: str, columns: Mapping[str, Stored], contexts: Sequence[Values]) -> pl.DataFrame:
    found: dict[str, list[Any]] = {UNIT: [], ROW: [], **{column: [] for column in columns}}
    for unit, context in enumerate(contexts):
        if isinstance(context[register], Unknown):
            continue
        for number, row in enumerate(context[register], start=1):
            found[UNIT].append(str(unit))
            found[ROW].append(number)
            for column, how in columns.items():
                found[column].append(stored(row[column], how))
    types = {column: TYPES[how.storage] for column, how in columns.items()}
    return pl.DataFrame(found, schema={UNIT: pl.String, ROW: pl.Int64, **types})


def lazy(table: pl.DataFrame) -> nw.LazyFrame[Any]:
    """A table as the compiled policy takes it."""
    return nw.from_native(table.lazy())


def part_of(layout: Layout, evaluations: Sequence[Evaluation]) -> Part:
    """Units as reading files gives them, under the ids and names of their sheets."""
    units, registers = tables(layout, [evaluation.context.values for evaluation in evaluations])
    ids = [evaluation.sheet.unit for evaluation in evaluations]
    names = [evaluation.sheet.name or None for evaluation in evaluations]
    renamed = pl.col(UNIT).replace_strict([str(i) for i in range(len(ids))], ids, return_dtype=pl.String)
    units = units.with_columns(
        renamed.alias(UNIT),
        pl.Series(UNIT_NAME, names, dtype=pl.String),
        pl.Series(PLACE, range(len(ids)), dtype=pl.Int64),
    )
    return Part(units, {id_: rows.with_columns(renamed) for id_, rows in registers.items()}, {}, len(ids))
