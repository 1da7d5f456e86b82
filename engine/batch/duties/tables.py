"""The tables of duties and measures that a run writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.layout import UNIT
from engine.batch.parts import PLACE


def duty_table(periods: pl.DataFrame, schema: Mapping[str, Any], units: pl.DataFrame) -> pl.DataFrame:
    """The table of ``schema``: place, unit, duty, period, status, why, due, provisional and done, in order.

    ``units``: place and id of each, by number.
    """
    number = pl.col(UNIT)
    columns = (UNIT, s.DUTY, s.PERIOD, st.STATUS, st.WHY, s.DUE, s.PROVISIONAL, st.DONE)
    words = {
        name: pl.Series(schema[name].categories, dtype=schema[name]) for name in ("duty", "status", "why")
    }
    # Within a duty the periods are in order already.
    order = number.cast(pl.UInt64) * len(words["duty"]) + pl.col(s.DUTY)
    ordered = periods.select(columns).sort(order, maintain_order=True)
    return ordered.select(
        pl.lit(units[PLACE]).gather(number).alias(PLACE),
        pl.lit(units[UNIT]).gather(number).alias(UNIT),
        pl.lit(words["duty"]).gather(pl.col(s.DUTY)).alias("duty"),
        pl.col(s.PERIOD).alias("period"),
        pl.lit(words["status"]).gather(pl.col(st.STATUS)).alias("status"),
        pl.lit(words["why"]).gather(pl.col(st.WHY)).alias("why"),
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
