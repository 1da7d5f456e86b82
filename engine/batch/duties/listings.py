"""From listing to delisting, for many units at once (see ``engine.duties.spells``)."""

from __future__ import annotations

from datetime import date

import polars as pl

from engine.batch.duties.matching import CERTAIN, DAY, KEY
from engine.batch.layout import UNIT

#: The number of a spell within its unit, from 1, and its days; ``END`` is null while it lasts.
NUMBER, START, END = ":number", ":start", ":end"
#: Whether the listings and delistings of a unit are known.
KNOWN = ":spells known"
SPELLS = {UNIT: pl.UInt32, NUMBER: pl.UInt32, START: pl.Date, END: pl.Date}


def spells(rows: pl.DataFrame, listed: int, delisted: int, as_of: date) -> pl.DataFrame:
    """Every spell of every unit, in order. ``rows``: what was matched, under the keys ``listed`` and ``delisted``.

    Listed twice without a delisting between is one spell; a delisting before any listing says nothing; one on the day
    of a listing ends it; days after ``as_of`` have not happened.
    """
    ends = pl.col("ends")
    days = (
        rows.filter(pl.col(KEY).is_in([listed, delisted]) & pl.col(CERTAIN) & (pl.col(DAY) <= as_of))
        .select(UNIT, DAY, (pl.col(KEY) == delisted).alias("ends"))
        .sort(UNIT, DAY, "ends")
    )
    first = (pl.col(UNIT) != pl.col(UNIT).shift()).fill_null(True)
    turns = days.filter((first & ~ends) | (~first & (ends != ends.shift())))
    # Now listings and delistings take turns, each unit's beginning with a listing.
    same = pl.col(UNIT) == pl.col(UNIT).shift(-1)
    found = turns.with_columns(pl.when(same).then(pl.col(DAY).shift(-1)).alias(END)).filter(~ends)
    number = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over(UNIT)
    return found.select(UNIT, number.alias(NUMBER), pl.col(DAY).alias(START), END)


def with_latest(
    units: pl.DataFrame, known: str, rows: pl.DataFrame, found: pl.DataFrame, filters: tuple[int, int]
) -> pl.DataFrame:
    """The unit table with its latest spell (``NUMBER`` 0 if there is none) and whether all of them are ``KNOWN``.

    ``known``: the column that says whether the register is known; ``filters``: the keys of listings and delistings.
    """
    sure = pl.col(CERTAIN) & pl.col(DAY).is_not_null()
    open_rows = rows.filter(pl.col(KEY).is_in(list(filters)) & ~sure).select(UNIT).unique()
    latest = found.unique(UNIT, keep="last", maintain_order=True)
    units = units.join(latest, on=UNIT, how="left", maintain_order="left")
    is_known = pl.col(known) & ~pl.col(UNIT).is_in(open_rows[UNIT].implode())
    return units.with_columns(is_known.alias(KNOWN), pl.col(NUMBER).fill_null(0))
