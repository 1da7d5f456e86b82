"""Due days that are another for each unit: they count from something that the unit does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.duties.listings import END, NUMBER, START
from engine.batch.duties.matching import CERTAIN, DAY, KEY
from engine.batch.duties.periods import AT
from engine.batch.layout import UNIT, known_column
from engine.duties.due import EventDay, due_day
from engine.duties.program import DutyProgram, ReadyDuty

#: What ``DueDays`` finds for a period.
FOUND = {
    AT: pl.UInt32,
    s.DUE: pl.Date,
    s.PROVISIONAL: pl.Boolean,
    st.EVENT_OPEN: pl.Boolean,
    st.DUE_MISSING: pl.Boolean,
}


class DueDays:
    """The due days of a program's waiting periods. ``duties``: in the policy's order."""

    def __init__(self, program: DutyProgram, duties: Sequence[ReadyDuty], facts: Mapping[str, str]) -> None:
        self._program, self._duties, self._facts = program, duties, facts
        self._number = {ready.duty.id: i for i, ready in enumerate(duties)}
        self._first = program.frame.first

    def strata(self) -> list[list[int]]:
        """The duties in an order in which none comes before one that its due date waits for."""
        level: dict[str, int] = {}
        for ready in self._program.duties:
            target = self.target(ready)
            level[ready.duty.id] = 0 if target is None else level[target] + 1
        numbered = [(level[ready.duty.id], i) for i, ready in enumerate(self._duties)]
        return [
            [i for at, i in numbered if at == wanted] for wanted in range(max(level.values(), default=0) + 1)
        ]

    @staticmethod
    def target(ready: ReadyDuty) -> str | None:
        """The duty that the due date waits for."""
        event = ready.due.due.event
        return event.id if event is not None and event.kind == "duty" else None

    def of(
        self,
        number: int,
        periods: pl.DataFrame,
        units: pl.DataFrame,
        events: pl.DataFrame,
        before: pl.DataFrame,
    ) -> pl.DataFrame:
        """The due days of the waiting ``periods`` of one duty. ``events``: rows that date events, by the number of the
        duty that waits; ``before``: the periods of duties that others wait for, with their statuses."""
        ready = self._duties[number]
        event = ready.due.due.event
        day: pl.Expr = pl.lit(None, pl.Date)
        missing: pl.Expr = pl.lit(False)
        open_: pl.Expr = pl.lit(False)
        if event is None:
            pass
        elif event.kind == "listing":
            day = pl.max_horizontal(START, pl.lit(self._first))
        elif event.kind == "delisting":
            day = pl.col(END)
        elif event.kind == "period start":
            day = pl.col(s.FIRST)
        elif event.kind == "period end":
            day = pl.lit(self._end(ready))
        elif event.kind == "day":
            day = pl.lit(event.day)
        elif event.kind == "fact":
            day = pl.lit(units[self._facts[event.id]]).gather(pl.col(UNIT))
            missing = day.is_null()
        else:
            if event.kind == "duty":
                periods = self._fulfilled(event.id, periods, before)
            else:
                periods = self._row_days(ready, periods, units, events.filter(pl.col(KEY) == number))
            day, missing = pl.col("event"), pl.col("perhaps").fill_null(False)
            open_ = day.is_null() & ~missing
        periods = periods.select(
            AT,
            pl.when(~missing).then(day).alias("day"),
            open_.alias(st.EVENT_OPEN),
            missing.alias(st.DUE_MISSING),
        )
        table = self._table(ready, periods["day"].unique().to_list())
        found = periods.join(table, on="day", how="left", nulls_equal=True)
        return found.select(
            AT,
            pl.when(~pl.col(st.EVENT_OPEN)).then(s.DUE).alias(s.DUE),
            s.PROVISIONAL,
            st.EVENT_OPEN,
            st.DUE_MISSING,
        )

    def _end(self, ready: ReadyDuty) -> date:
        return min(self._program.frame.last, ready.duty.end or self._program.frame.last)

    def _table(self, ready: ReadyDuty, days: Iterable[date | None]) -> pl.DataFrame:
        """The due day for each day of the event, worked out by the duties' own arithmetic."""
        rows = []
        for day in days:
            counting = self._program.counting
            found = due_day(ready.due.due, ready.due.length, EventDay(day), self._end(ready), counting)
            rows.append((day, found.day, found.provisional))
        schema = {"day": pl.Date, s.DUE: pl.Date, s.PROVISIONAL: pl.Boolean}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _fulfilled(self, duty: str, periods: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
        """The day on which another duty was first fulfilled in the same spell, and whether it may have been earlier."""
        number = self._number[duty]
        on = [UNIT, NUMBER] if self._duties[number].duty.span == "listed" else [UNIT]
        theirs = before.filter(pl.col(s.DUTY) == number)
        met = st.is_one_of(["met", "met_late"])
        first = theirs.filter(met).group_by(on).agg(pl.col(st.DONE).min().alias("event"))
        perhaps = theirs.filter((met & pl.col(st.DONE).is_null()) | pl.col(st.PERHAPS))
        earliest = perhaps.group_by(on).agg(pl.col(s.FIRST).min().alias("earliest"))
        both = periods.join(first, on=on, how="left").join(earliest, on=on, how="left")
        since = pl.col("event").is_null() | (pl.col("earliest") < pl.col("event"))
        return both.with_columns((pl.col("earliest").is_not_null() & since).alias("perhaps"))

    def _row_days(
        self, ready: ReadyDuty, periods: pl.DataFrame, units: pl.DataFrame, rows: pl.DataFrame
    ) -> pl.DataFrame:
        """The first or latest day of rows between listing and delisting; not known if a row that may be one is open."""
        event = ready.due.due.event
        assert event is not None and event.rows is not None
        as_of = pl.lit(self._program.as_of)
        joined = periods.select(AT, UNIT, START, END).join(rows.select(UNIT, CERTAIN, DAY), on=UNIT)
        inside = (pl.col(START) <= pl.col(DAY)) & (pl.col(DAY) <= pl.min_horizontal(as_of, END))
        joined = joined.filter(pl.col(DAY).is_null() | inside)
        day = pl.col(DAY).min() if event.rows.which == "first" else pl.col(DAY).max()
        open_rows = (pl.col(DAY).is_null() | ~pl.col(CERTAIN)).any()
        found = joined.group_by(AT).agg(day.alias("event"), open_rows.alias("open"))
        known = pl.lit(units[known_column(event.rows.rows.register)]).gather(pl.col(UNIT))
        perhaps = pl.col("open").fill_null(False) | ~known
        return periods.join(found, on=AT, how="left").with_columns(perhaps.alias("perhaps"))
