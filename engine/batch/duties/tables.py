"""The tables of duties and measures that a run writes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.layout import UNIT
from engine.batch.parts import PLACE
from engine.duties.program import ReadyDuty
from engine.project.duty import STATUSES


def duty_table(periods: pl.DataFrame, duties: Sequence[ReadyDuty], units: pl.DataFrame) -> pl.DataFrame:
    """Place, unit, duty, period, status, why, due, provisional and done. ``units``: place and id, by number."""
    names = pl.Series([ready.duty.id for ready in duties], dtype=pl.String)
    number, statuses, whys = pl.col(UNIT), pl.Series(STATUSES), pl.Series(st.WHYS)
    order = number.cast(pl.UInt64) * len(duties) + pl.col(s.DUTY)
    columns = (UNIT, s.DUTY, s.PERIOD, st.STATUS, st.WHY, s.DUE, s.PROVISIONAL, st.DONE)
    # Within a duty the periods are in order already.
    ordered = periods.select(columns).sort(order, maintain_order=True)
    return ordered.select(
        pl.lit(units[PLACE]).gather(number).alias(PLACE),
        pl.lit(units[UNIT]).gather(number).alias(UNIT),
        pl.lit(names).gather(pl.col(s.DUTY)).alias("duty"),
        pl.col(s.PERIOD).alias("period"),
        pl.lit(statuses).gather(pl.col(st.STATUS)).alias(st.STATUS),
        pl.lit(whys).gather(pl.col(st.WHY)).alias(st.WHY),
        s.DUE,
        s.PROVISIONAL,
        st.DONE,
    )


def measure_table(outcomes: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Place, unit, measure, whether it is required, since, due, provisional, taken and superseded by; in order."""
    number = pl.col(UNIT)
    return outcomes.sort(UNIT, ":order").select(
        pl.lit(units[PLACE]).gather(number).alias(PLACE),
        pl.lit(units[UNIT]).gather(number).alias(UNIT),
        "measure",
        "required",
        "since",
        "due",
        "provisional",
        "taken",
        "superseded by",
    )
