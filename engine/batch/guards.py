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
    wide: set[str] = set()
    for (register, column), bound in bounded.items():
        frame = part.registers[register] if register else part.units
        stored = layout.registers[register][column] if register else layout.facts[column]
        rows = frame.filter(_beyond(pl.col(column), stored, bound))
        wide.update(rows[UNIT].to_list())
    if not wide:
        return part
    out = pl.col(UNIT).is_in(sorted(wide))
    places = dict(part.units.filter(out).select(UNIT, PLACE).iter_rows())
    return replace(
        part,
        units=part.units.filter(~out),
        registers={id_: rows.filter(~out) for id_, rows in part.registers.items()},
        odd={**part.odd, **places},
    )


def _beyond(column: pl.Expr, stored: Stored, bound: int) -> pl.Expr:
    if stored.storage == "whole":
        beyond: pl.Expr = column.abs() > bound
        return beyond.fill_null(False)
    factor = 10**FLOAT_SCALE
    scaled = (column * factor).round(0)
    # Exactly those that are the nearest binary number to so many ten-thousandths stand for just these.
    same = (scaled / factor == column) & (scaled.abs() <= min(bound, 2**50))
    apart: pl.Expr = ~same
    return apart.fill_null(False)
