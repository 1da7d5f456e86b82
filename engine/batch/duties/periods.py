"""The periods of many units: each stretch in which duties bind a unit, times the slots of that stretch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties.listings import END, KNOWN, NUMBER, START
from engine.batch.layout import ROW, UNIT
from engine.duties.periods import Frame
from engine.duties.program import ReadyDuty
from engine.project.duty import Span

#: The number of a period among those of all units, from 0; the truth of its duty's condition.
AT, TRUTH = "at", "truth"
_TABLE, _BASE, _BIND = "table", "base", "bind"


@dataclass(frozen=True)
class Bindings:
    """Unit by unit the stretches in which duties bind it: first one for each unit as long as the plan runs, in the order
    of the units, then those from listing to delisting."""

    frame: pl.DataFrame
    units: int

    def of(self, span: Span) -> pl.DataFrame:
        """The stretches in which duties of a span bind, as far as they are known."""
        if span == "in force":
            return self.frame.head(self.units)
        return self.frame.filter(pl.col(_TABLE) > s.UNLISTED)

    @cached_property
    def _listed(self) -> pl.DataFrame:
        return self.of("listed")

    @cached_property
    def single(self) -> pl.Series:
        """For each unit the number of its first stretch from a listing; null if it has none that is known."""
        first = self._listed.filter(pl.col(NUMBER) == 1)
        blank = pl.repeat(None, self.units, dtype=pl.UInt32, eager=True)
        return blank.scatter(first[UNIT], first[_BIND])

    @cached_property
    def more(self) -> pl.DataFrame:
        """Unit and number of every further stretch."""
        return self._listed.filter(pl.col(NUMBER) > 1).select(UNIT, _BIND)


def bindings(
    units: pl.DataFrame, spells: pl.DataFrame, first: date, slots: s.Slots
) -> tuple[Bindings, s.SlotTables]:
    """The stretches of ``units`` and the slots that they need. ``spells``: as ``listings.spells`` gives them."""
    known = spells.filter(pl.lit(units[KNOWN]).gather(pl.col(UNIT)))
    tables = slots.tables(known[START].unique().to_list())
    ids, blank = pl.col(UNIT), pl.lit(None, pl.Date)
    number = pl.lit(1, pl.UInt32).alias(NUMBER)
    forced = units.select(
        ids, number, pl.lit(first).alias(START), blank.alias(END), pl.lit(s.FORCED, pl.UInt32).alias(_TABLE)
    )
    unlisted = units.filter(~pl.col(KNOWN)).select(
        ids, number, blank.alias(START), blank.alias(END), pl.lit(s.UNLISTED, pl.UInt32).alias(_TABLE)
    )
    table = (
        pl.col(START).replace_strict(tables.of_day, return_dtype=pl.UInt32) if tables.of_day else pl.lit(0)
    )
    listed = known.with_columns(table.cast(pl.UInt32).alias(_TABLE))
    frame = pl.concat([forced, unlisted, listed]).with_row_index(_BIND)
    size = pl.lit(tables.counts).gather(pl.col(_TABLE))
    frame = frame.with_columns((size.cum_sum() - size).alias(_BASE))
    return Bindings(frame, units.height), tables


class Periods:
    """Every period that binds a unit, or may; ``frame`` has them with what ``slots`` says of each, ``AT`` numbers them.

    ``place``: for each stretch and slot, in order, the number of the period, null if it does not bind.
    """

    def __init__(
        self,
        bound: Bindings,
        tables: s.SlotTables,
        duties: Sequence[ReadyDuty],
        plan: Frame,
        truth: Mapping[int, pl.Series],
    ) -> None:
        self._bound, self._tables = bound, tables
        every = bound.frame.select(
            _BIND,
            pl.int_ranges(
                pl.lit(tables.offsets).gather(pl.col(_TABLE)),
                pl.lit(tables.offsets + tables.counts).gather(pl.col(_TABLE)),
                dtype=pl.UInt32,
            ).alias("s"),
        ).explode("s", empty_as_null=False)
        columns = [pl.lit(bound.frame[c]).gather(pl.col(_BIND)).alias(c) for c in (UNIT, NUMBER, START, END)]
        wanted = [c for c in tables.frame.columns if c not in (s.NOMINAL, s.FOR_YEAR)]
        columns += [pl.lit(tables.frame[c]).gather(pl.col("s")).alias(c) for c in wanted]
        dense = every.lazy().select(columns)
        node = pl.Series([list(truth).index(ready.applies) for ready in duties], dtype=pl.UInt32)
        truths = pl.concat(list(truth.values())) if truth else pl.Series([], dtype=pl.Boolean)
        index = pl.lit(node).gather(pl.col(s.DUTY)) * bound.units + pl.col(UNIT)
        found = dense.with_columns(pl.lit(truths).gather(index).alias(TRUTH)).collect()
        nominal = tables.frame[s.NOMINAL]
        binds = found[TRUTH].ne_missing(False) & _before_delisting(found, every["s"], nominal, duties, plan)
        number = pl.lit(binds).cum_sum().cast(pl.UInt32) - 1
        self.place: pl.Series = pl.select(pl.when(binds).then(number)).to_series()
        last = pl.min_horizontal(s.LAST, END).alias(s.LAST)
        kept = found.filter(binds).with_columns(last, pl.lit(None, pl.Int64).alias(ROW))
        self.frame = _named(kept).with_row_index(AT)


def _named(periods: pl.DataFrame) -> pl.DataFrame:
    """``periods`` with ids that say in which spell they are, where that is not the first."""
    again = periods.select(pl.arg_where(pl.col(NUMBER) > 1)).to_series()
    if again.is_empty():
        return periods
    names = periods[again].select(pl.concat_str(s.PERIOD, pl.lit("#"), NUMBER)).to_series()
    number = pl.repeat(None, periods.height, dtype=pl.UInt32, eager=True)
    place = number.scatter(again, pl.int_range(0, again.len(), dtype=pl.UInt32, eager=True))
    later = pl.lit(names).gather(pl.lit(place))
    return periods.with_columns(pl.coalesce(later, s.PERIOD).alias(s.PERIOD))


def _before_delisting(
    found: pl.DataFrame, slot: pl.Series, nominal: pl.Series, duties: Sequence[ReadyDuty], plan: Frame
) -> pl.Series:
    """Whether the period begins before the unit is delisted, and the duty at all. ``nominal``: of each slot."""
    if not found[END].is_not_null().any():
        return pl.repeat(True, found.height, eager=True)
    ends = pl.Series([min(plan.last, ready.duty.end or plan.last) for ready in duties])
    starts = pl.Series([max(plan.first, ready.duty.start or date.min) for ready in duties])
    end = pl.min_horizontal(END, pl.lit(ends).gather(pl.col(s.DUTY)))
    start = pl.max_horizontal(START, pl.lit(starts).gather(pl.col(s.DUTY)))
    within = (pl.lit(nominal).gather(pl.lit(slot)) <= end) & (start <= end)
    return found.select(pl.col(END).is_null() | within).to_series()
