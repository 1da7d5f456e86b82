"""Units whose numbers lie beyond what integer columns compute exactly: they go the other way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from engine.batch.compiler import FLOAT_SCALE
from engine.batch.layout import UNIT, Layout, Stored
from engine.batch.parts import PLACE, Part


def guarded(part: Part, layout: Layout, bounded: Mapping[tuple[str, str], int]) -> Part:
    """``part`` with such units among the odd ones. ``bounded``: (register or "", column) → bound of its integers."""
    return without_units(part, units_beyond(part, layout, bounded))


def units_beyond(part: Part, layout: Layout, bounded: Mapping[tuple[str, str], int]) -> pl.Series:
    """The ids of such units."""
    tests: dict[str, list[pl.Expr]] = {}
    for (register, column), bound in bounded.items():
        stored = layout.registers[register][column] if register else layout.facts[column]
        tests.setdefault(register, []).append(_beyond(pl.col(column), stored, bound))
    wide: set[str] = set()
    for register, some in tests.items():
        frame = part.registers[register] if register else part.units
        # Mostly there are none, which is seen without making any rows.
        if frame.select(pl.any_horizontal(*[test.any() for test in some])).item():
            wide.update(frame.filter(pl.any_horizontal(*some))[UNIT].to_list())
    return pl.Series(UNIT, sorted(wide), dtype=pl.String)


def without_units(part: Part, ids: pl.Series) -> Part:
    """``part`` with those units among the odd ones."""
    if ids.is_empty():
        return part
    out = pl.col(UNIT).is_in(ids.implode())
    return replace(
        part,
        units=part.units.filter(~out),
        registers={id_: rows.filter(~out) for id_, rows in part.registers.items()},
        odd={**part.odd, **dict(part.units.filter(out).select(UNIT, PLACE).iter_rows())},
    )


def _beyond(column: pl.Expr, stored: Stored, bound: int) -> pl.Expr:
    if stored.storage == "whole":
        beyond: pl.Expr = (column > bound) | (column < -bound)
        return beyond.fill_null(False)
    factor = float(10**FLOAT_SCALE)
    scaled = (column * factor).round(0)
    # Exactly those that are the nearest binary number to so many ten-thousandths stand for just these. Polars divides by
    # a constant as it multiplies by one part in so many, which is not the nearest; so the divisor is a column.
    same = (scaled / (column * 0 + factor) == column) & (scaled.abs() <= bound)
    apart: pl.Expr = ~same
    return apart.fill_null(False)
