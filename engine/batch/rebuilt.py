"""Fact sheets of units from the columns that were read of them, for units that columns turn out not to serve.

Nothing has to be read again for them: what stands in the columns was plain to read. Where it stood is not kept, so the
sheets are good for evaluating and not for explaining.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from engine.batch.layout import ROW, UNIT, Layout, known_column, stale_column
from engine.batch.missing.values import to_value
from engine.batch.parts import UNIT_NAME, Part
from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.language.values import Value
from engine.project.policy import UNIT_KIND

_NOWHERE = Source("")


def sheets(part: Part, layout: Layout, ids: Collection[str]) -> Iterator[FactSheet]:
    """The sheets of those units, in the part's order."""
    mine = pl.col(UNIT).is_in(sorted(ids))
    facts = {id_: to_value(stored) for id_, stored in layout.facts.items()}
    rows: dict[str, dict[str, list[Row]]] = {}
    for id_, columns in layout.registers.items():
        convert = {column: to_value(stored) for column, stored in columns.items()}
        found: dict[str, list[Row]] = {}
        for row in part.registers[id_].filter(mine).sort(UNIT, ROW).iter_rows(named=True):
            cells = {c: _seen(mean(row[c])) for c, mean in convert.items() if row[c] is not None}
            found.setdefault(row[UNIT], []).append(Row(cells, _NOWHERE))
        rows[id_] = found
    for unit in part.units.filter(mine).iter_rows(named=True):
        known = {id_: (_seen(mean(unit[id_])),) for id_, mean in facts.items() if unit[id_] is not None}
        old = [id_ for id_ in layout.facts if unit.get(stale_column(id_)) is True]
        yield FactSheet(
            unit=unit[UNIT],
            name=unit[UNIT_NAME] or "",
            kind=known.pop(UNIT_KIND, ()),
            facts=known | {id_: (_seen(None, date.min),) for id_ in old},
            registers=_registers(unit, rows),
            reported={id_: date.min for id_ in rows if unit.get(stale_column(id_)) is True},
        )


def _registers(
    unit: Mapping[str, Any], rows: Mapping[str, Mapping[str, list[Row]]]
) -> Mapping[str, tuple[Row, ...]]:
    """The registers that are known, and those that are too old, which say so by the day on which they were reported."""
    return {
        id_: tuple(found.get(unit[UNIT], ())) if unit[known_column(id_)] else ()
        for id_, found in rows.items()
        if unit[known_column(id_)] or unit.get(stale_column(id_)) is True
    }


def _seen(value: Value, observed: date | None = None) -> Observation:
    return Observation(value, "", _NOWHERE, observed)
