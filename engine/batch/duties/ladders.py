"""How many occasions a ladder counts for each of many units, and when each rung was reached (``engine.duties.ladders``)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.duties.listings import KNOWN, NUMBER, START
from engine.batch.duties.matching import CERTAIN, DAY, KEY
from engine.batch.layout import UNIT, known_column
from engine.duties.program import DutyProgram, ReadyLadder
from engine.project.duty import DutyOccasions

COUNTS, SURE = "counts", "sure"
_ITEMS = {UNIT: pl.UInt32, DAY: pl.Date, COUNTS: pl.Boolean, SURE: pl.Boolean}


def low_column(ladder: str) -> str:
    """The least number of occasions."""
    return f":{ladder} low"


def high_column(ladder: str) -> str:
    """The greatest number of occasions, null where nobody knows."""
    return f":{ladder} high"


def occasions(
    ready: ReadyLadder,
    program: DutyProgram,
    units: pl.DataFrame,
    rows: pl.DataFrame,
    keys: tuple[int, int],
    instances: pl.DataFrame,
) -> pl.DataFrame:
    """Every occasion, and everything that breaks a row of them: unit, day, whether it counts and whether it is sure.

    ``rows``: what was matched, under ``keys`` for the occasions and for what breaks them.
    """
    ladder = ready.ladder
    if isinstance(ladder.occasions, DutyOccasions):
        latest = units[NUMBER] if ladder.over == "this listing" else None
        return _of_duties(ladder.occasions, program, instances, latest)
    kinds = {keys[0]: True} | ({keys[1]: False} if ready.in_a_row and ladder.broken_by is not None else {})
    found = rows.filter(pl.col(KEY).is_in(list(kinds))).join(units.select(UNIT, START), on=UNIT)
    start = pl.col(START) if ladder.over == "this listing" else pl.lit(program.frame.first)
    inside = (pl.col(DAY) >= start) & (pl.col(DAY) <= pl.lit(program.as_of))
    found = found.filter(pl.col(DAY).is_null() | inside)
    counts = pl.col(KEY).replace_strict(kinds, return_dtype=pl.Boolean).alias(COUNTS)
    return found.select(UNIT, DAY, counts, (pl.col(CERTAIN) & pl.col(DAY).is_not_null()).alias(SURE))


def _of_duties(
    wanted: DutyOccasions, program: DutyProgram, instances: pl.DataFrame, latest: pl.Series | None
) -> pl.DataFrame:
    """Neglected periods; ``latest``: the number of the spell to which those of a listed unit have to belong, by unit."""
    duties = program.policy.duties
    numbers = [i for i, id_ in enumerate(duties) if id_ in wanted.duties]
    listed = [i for i in numbers if list(duties.values())[i].span == "listed"]
    unknown = st.is_one_of(["unknown"])
    named = st.is_one_of(wanted.statuses) & ~unknown
    found = instances.filter(pl.col(s.DUTY).is_in(numbers))
    if latest is not None:
        present = pl.col(NUMBER) == pl.lit(latest).gather(pl.col(UNIT))
        found = found.filter(~pl.col(s.DUTY).is_in(listed) | present)
    found = found.filter(named | st.is_one_of(["unknown", "met", "met_late", "waived"]))
    sure = ~unknown & pl.col(s.DUE).is_not_null()
    return found.select(UNIT, pl.col(s.DUE).alias(DAY), (named | unknown).alias(COUNTS), sure.alias(SURE))


def climbed(ready: ReadyLadder, units: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """``units`` with the least and the most occasions; ``items`` as ``occasions`` gives them."""
    id_ = ready.ladder.id
    ends = _in_a_row(items) if ready.in_a_row else _all(items)
    found = units.join(ends, on=UNIT, how="left", maintain_order="left")
    low, high = pl.col("low").fill_null(0), pl.col("high").fill_null(0)
    known = _known(ready)
    listed: pl.Expr = pl.lit(True)
    if ready.ladder.over == "this listing":
        # Where the listing is not known, so is everything since.
        known = known & pl.col(KNOWN)
        listed = pl.col(START).is_not_null() | ~pl.col(KNOWN)
        known = known | ~listed
    return found.with_columns(
        pl.when(known & listed).then(low).otherwise(0).alias(low_column(id_)),
        pl.when(known).then(pl.when(listed).then(high).otherwise(0)).alias(high_column(id_)),
    ).drop("low", "high")


def _known(ready: ReadyLadder) -> pl.Expr:
    """Whether the registers are known that the occasions stand in."""
    occasions_ = ready.ladder.occasions
    if isinstance(occasions_, DutyOccasions):
        return pl.lit(True)
    known = pl.col(known_column(occasions_.rows.register))
    broken = ready.ladder.broken_by
    if ready.in_a_row and broken is not None:
        known = known & pl.col(known_column(broken.rows.register))
    return known


def _all(items: pl.DataFrame) -> pl.DataFrame:
    counts = pl.col(COUNTS)
    return items.group_by(UNIT).agg(
        (counts & pl.col(SURE)).cast(pl.Int64).sum().alias("low"), counts.cast(pl.Int64).sum().alias("high")
    )


def _in_a_row(items: pl.DataFrame) -> pl.DataFrame:
    """Occasions after the last break; on one day the break comes first. Least: every uncertain break counts. Most: every
    uncertain occasion does and no such break."""
    counts, sure, day = pl.col(COUNTS), pl.col(SURE), pl.col(DAY)
    last = items.group_by(UNIT).agg(
        day.filter(~counts & sure).max().alias("break"),
        day.filter(~counts).max().alias("any break"),
        (~counts & ~sure & day.is_null()).any().alias("break undated"),
        (counts & ~sure & day.is_null()).any().alias("undated"),
    )
    both = items.join(last, on=UNIT)

    def after(edge: str) -> pl.Expr:
        return pl.col(edge).is_null() | (day >= pl.col(edge))

    grouped = both.group_by(UNIT).agg(
        (counts & sure & after("any break")).cast(pl.Int64).sum().alias("least"),
        (counts & after("break")).cast(pl.Int64).sum().alias("most"),
        counts.cast(pl.Int64).sum().alias("every"),
        pl.col("break undated").first(),
        pl.col("undated").first(),
    )
    low = pl.when(pl.col("break undated")).then(0).otherwise(pl.col("least"))
    high = pl.when(pl.col("undated")).then(pl.col("every")).otherwise(pl.col("most"))
    return grouped.select(UNIT, low.alias("low"), pl.max_horizontal(low, high).alias("high"))


def reached(ready: ReadyLadder, items: pl.DataFrame, starts: Mapping[str, int]) -> pl.DataFrame:
    """The day on which each rung (a measure, by id) was reached, from the sure occasions alone."""
    counts, sure, day = pl.col(COUNTS), pl.col(SURE), pl.col(DAY)
    found = items.filter(sure)
    if ready.in_a_row:
        last = found.group_by(UNIT).agg(day.filter(~counts).max().alias("break"))
        found = found.join(last, on=UNIT).filter(pl.col("break").is_null() | (day >= pl.col("break")))
    found = found.filter(counts)
    columns = [day.sort().slice(start - 1, 1).first().alias(measure) for measure, start in starts.items()]
    return found.group_by(UNIT).agg(columns)
