"""Which periods of many units are waived (see ``engine.duties.waivers``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.layout import UNIT
from engine.duties.program import ReadyDuty
from engine.duties.waivers import duties_by_name
from engine.project.duty import Waivers as WaiverColumns
from engine.project.policy import Policy

_WAIVED = {UNIT: pl.UInt32, s.DUTY: pl.UInt32, s.PERIOD: pl.String}


class Waivers:
    """The waivers of a policy. ``duties``: in the policy's order."""

    def __init__(self, policy: Policy, duties: Sequence[ReadyDuty]) -> None:
        self._columns = policy.waivers
        number = {ready.duty.id: i for i, ready in enumerate(duties)}
        named = [(name, number[id_]) for name, ids in duties_by_name(policy).items() for id_ in ids]
        self._named = pl.DataFrame(named, schema={"name": pl.String, s.DUTY: pl.UInt32}, orient="row")

    def rows(self, registers: Mapping[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
        """Unit, duty and period (null: every period) of each waiver granted by ``as_of`` with a reason."""
        waivers = self._columns
        if waivers is None:
            return pl.DataFrame(schema=_WAIVED)
        told = self._told(waivers, registers[waivers.register], as_of)
        told = told.filter(pl.col("reason").is_not_null())
        return told.join(self._named, on="name").select(*_WAIVED).unique(maintain_order=True)

    def unclear(self, registers: Mapping[str, pl.DataFrame], as_of: date) -> pl.Series:
        """The units with a waiver that waives nothing, of which somebody has to be told where it stands."""
        waivers = self._columns
        if waivers is None:
            return pl.Series(UNIT, [], dtype=pl.String)
        told = self._told(waivers, registers[waivers.register], as_of)
        named = pl.col("name").is_in(self._named["name"].unique().implode())
        good = named.fill_null(False) & pl.col("reason").is_not_null()
        return told.filter(~good)[UNIT].unique(maintain_order=True)

    def _told(self, waivers: WaiverColumns, rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
        """The waivers granted by ``as_of``: unit, what is waived, why, and for which period."""
        if waivers.date is not None:
            rows = rows.filter(~(pl.col(waivers.date) > as_of).fill_null(False))
        period = pl.lit(None, pl.String) if waivers.period is None else _stripped(rows, waivers.period)
        return rows.select(
            UNIT,
            _stripped(rows, waivers.duty).alias("name"),
            _stripped(rows, waivers.reason).alias("reason"),
            period.alias(s.PERIOD),
        )


def _stripped(rows: pl.DataFrame, column: str) -> pl.Expr:
    """The texts of a column as Python strips them; null for blank ones and for what is no text."""
    if rows.schema[column] != pl.String:
        return pl.lit(None, pl.String)
    texts = {text: text.strip() or None for text in rows[column].unique().to_list() if text is not None}
    if not texts:
        return pl.lit(None, pl.String)
    return pl.col(column).replace_strict(texts, default=None, return_dtype=pl.String)


def marked(periods: pl.DataFrame, waived: pl.DataFrame) -> pl.Series:
    """For each of ``periods`` whether a waiver covers it."""
    units = pl.col(UNIT).is_in(waived[UNIT].unique().implode())
    some = periods.select(UNIT, s.DUTY, s.PERIOD).with_row_index("place").filter(units)
    every = waived.filter(pl.col(s.PERIOD).is_null()).select(UNIT, s.DUTY)
    single = waived.filter(pl.col(s.PERIOD).is_not_null())
    covered = pl.concat(
        [
            some.join(every, on=[UNIT, s.DUTY], how="semi")["place"],
            some.join(single, on=[UNIT, s.DUTY, s.PERIOD], how="semi")["place"],
        ]
    )
    return pl.repeat(False, periods.height, eager=True).scatter(covered, True)
