"""From listing to delisting, for many units (see ``engine.duties.spells``). Units listed more than once go the other way."""

from __future__ import annotations

from datetime import date

import polars as pl

from engine.batch.duties.matching import CERTAIN, DAY, KEY
from engine.batch.layout import UNIT

#: The days of the one spell; both null for a unit that was never listed.
START, END = ":start", ":end"
#: Whether listing and delisting are known; whether there is a second listing.
KNOWN, AGAIN = ":spells known", ":listed again"


def spells(
    units: pl.DataFrame, known: str, rows: pl.DataFrame, listed: int, delisted: int, as_of: date
) -> pl.DataFrame:
    """The unit table with ``START``, ``END``, ``KNOWN`` and ``AGAIN``. ``known``: the column that says whether the register
    is known; ``rows``: what was matched, under the keys ``listed`` and ``delisted``."""
    sure = pl.col(CERTAIN) & pl.col(DAY).is_not_null()
    open_rows = rows.filter(pl.col(KEY).is_in([listed, delisted]) & ~sure).select(UNIT).unique()
    happened = rows.filter(sure & (pl.col(DAY) <= as_of))
    days = happened.filter(pl.col(KEY) == listed).group_by(UNIT)
    found = units.join(
        days.agg(pl.col(DAY).min().alias(START), pl.col(DAY).max().alias("last")), on=UNIT, how="left"
    )
    ends = happened.filter(pl.col(KEY) == delisted).join(found.select(UNIT, START), on=UNIT)
    # A delisting before any listing says nothing; one on the day of a listing ends it.
    first = ends.filter(pl.col(DAY) >= pl.col(START)).group_by(UNIT).agg(pl.col(DAY).min().alias(END))
    found = found.join(first, on=UNIT, how="left", maintain_order="left")
    found = found.join(
        open_rows.with_columns(pl.lit(True).alias("open")), on=UNIT, how="left", maintain_order="left"
    )
    is_known = pl.col(known) & pl.col("open").is_null()
    return found.with_columns(
        is_known.alias(KNOWN),
        (pl.col("last") > pl.col(END)).fill_null(False).alias(AGAIN),
        pl.when(is_known).then(pl.col(START)).alias(START),
        pl.when(is_known).then(pl.col(END)).alias(END),
    ).drop("last", "open")
