"""The periods of every duty by the day of listing: what ``engine.duties.schedule`` lays out, made once for each such day.

A delisting only cuts what is left of them, so it is applied afterwards, to whole columns. Duties are numbered in the
policy's order, and the periods of one listing day stand together, so that those of a unit are a range of row numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from engine.duties.due import due_day
from engine.duties.nouns import DueDay, Period, Spell
from engine.duties.periods import periods, too_short
from engine.duties.program import DutyProgram, ReadyDuty
from engine.duties.schedule import Schedules
from engine.project.duty import Event, Span

#: Number of a duty in the policy's order, number of its period.
DUTY, SLOT = "duty", "slot"
#: A period: its id, when it begins by itself and for the unit, the year that it is for, the last day for evidence, and
#: whether too little of it is left.
PERIOD, NOMINAL, FIRST, FOR_YEAR, LAST, SHORT = "period", "nominal", "first", "for year", "last", "short"
#: Its due day, whether that is provisional, and whether it waits for something that the unit does.
DUE, PROVISIONAL, WAITS = "due", "provisional", "waits"
#: Whether nobody knows that there is such a period at all.
UNSURE = "unsure"
SLOTS = {
    DUTY: pl.UInt32,
    SLOT: pl.Int32,
    PERIOD: pl.String,
    NOMINAL: pl.Date,
    FIRST: pl.Date,
    FOR_YEAR: pl.Int32,
    LAST: pl.Date,
    SHORT: pl.Boolean,
    DUE: pl.Date,
    PROVISIONAL: pl.Boolean,
    WAITS: pl.Boolean,
    UNSURE: pl.Boolean,
}
#: The tables of slots that there always are: of what binds a unit as long as the plan runs, and of what nobody can lay
#: out because the listings are not known.
FORCED, UNLISTED = 0, 1
_FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
#: More days than the calendar has.
_DAYS = 2**22


@dataclass(frozen=True)
class SlotTables:
    """All slots, table after table.

    ``offsets`` and ``counts``: which rows are those of a table; ``of_day``: day of listing → table. ``keys``: for each
    slot a number that grows with table, duty and first day; ``overlap``: by table and duty, whether a day alone does
    not tell the period.
    """

    frame: pl.DataFrame
    offsets: pl.Series
    counts: pl.Series
    of_day: Mapping[date, int]
    keys: pl.Series
    overlap: pl.Series
    duties: int

    def key(self, table: pl.Expr, duty: pl.Expr, day: pl.Expr) -> pl.Expr:
        """The number by which a slot is found from a day in it."""
        group = table.cast(pl.Int64) * self.duties + duty.cast(pl.Int64)
        return group * _DAYS + (day.to_physical().cast(pl.Int64) - _FIRST_DAY)

    def group(self, table: pl.Expr, duty: pl.Expr) -> pl.Expr:
        """The number of a table's duty."""
        return table.cast(pl.UInt32) * self.duties + duty.cast(pl.UInt32)


class Slots:
    """The periods of a program's duties, those that rows begin left out. ``duties``: in the policy's order."""

    def __init__(self, program: DutyProgram, duties: Sequence[ReadyDuty]) -> None:
        self._program = program
        self._size = len(duties)
        self._schedules = Schedules(program)
        self._made: dict[date, pl.DataFrame] = {}
        #: Duty, day of the event and last day of the period → due day: few, however many days of listing there are.
        self._due_days: dict[tuple[int, date | None, date], DueDay] = {}
        numbered = list(enumerate(duties))
        self._calendar = [(i, ready) for i, ready in numbered if ready.rows is None]
        listed = [i for i, ready in numbered if ready.duty.span == "listed"]
        forced = self._table("in force", Spell(1, program.frame.first, None))
        self._always = [forced, self._unknown(listed)]

    def tables(self, days: Iterable[date]) -> SlotTables:
        """The slots of units listed on ``days``, not delisted, beside those that are the same for all."""
        ordered = sorted(set(days))
        for day in ordered:
            if day not in self._made:
                self._made[day] = self._table("listed", Spell(1, day, None))
        tables = [*self._always, *(self._made[day] for day in ordered)]
        counts = pl.Series([table.height for table in tables], dtype=pl.UInt32)
        offsets = counts.cum_sum().shift(1, fill_value=0)
        numbered = [table.with_columns(pl.lit(i, pl.UInt32).alias("table")) for i, table in enumerate(tables)]
        frame = pl.concat(numbered)
        of_day = {day: UNLISTED + 1 + i for i, day in enumerate(ordered)}
        size, blank = self._size, pl.Series([], dtype=pl.Int64)
        found = SlotTables(frame.drop("table"), offsets, counts, of_day, blank, blank, size)
        group = found.group(pl.col("table"), pl.col(DUTY))
        shown = frame.select(
            found.key(pl.col("table"), pl.col(DUTY), pl.col(FIRST)).alias("key"),
            group.alias("group"),
            (pl.col(LAST) >= pl.col(FIRST).shift(-1).over(group)).fill_null(False).alias("overlap"),
        )
        several = shown.group_by("group").agg(pl.col("overlap").any(), pl.col("key").is_sorted().alias("up"))
        apart = several.filter(pl.col("overlap") | ~pl.col("up"))["group"]
        overlap = pl.int_range(0, size * len(tables), dtype=pl.UInt32, eager=True).is_in(apart.implode())
        # A group with overlapping periods is never looked up by day; its keys only have to be in order.
        keys = shown["key"].cum_max()
        return SlotTables(frame.drop("table"), offsets, counts, of_day, keys, overlap, size)

    def _table(self, span: Span, spell: Spell) -> pl.DataFrame:
        laid_out: dict[object, list[tuple[Period, bool]]] = {}
        rows = []
        for number, ready in self._calendar:
            duty = ready.duty
            if duty.span != span:
                continue
            # Most duties come as often as some other, at the same times.
            same = (duty.recurrence, duty.months, duty.phases, duty.start, duty.end)
            if same not in laid_out:
                begun = [p for p in periods(duty, spell, self._program.frame) if self._schedules.begun(p)]
                laid_out[same] = [(p, too_short(duty, p, self._program.frame)) for p in begun]
            waits = _waits(ready)
            for place, (period, short) in enumerate(laid_out[same]):
                due = DueDay(None) if waits else self._due(number, ready, period, spell)
                last = self._schedules.last_day(ready, period, spell)
                dated = (period.id, period.start, period.first, period.start.year, last)
                rows.append((number, place, *dated, short, due.day, due.provisional, waits, False))
        return pl.DataFrame(rows, schema=SLOTS, orient="row")

    def _due(self, number: int, ready: ReadyDuty, period: Period, spell: Spell) -> DueDay:
        event = self._schedules.fixed_event(ready, period, spell)
        key = (number, event.day, period.end)
        if key not in self._due_days:
            counting = self._program.counting
            self._due_days[key] = due_day(ready.due.due, ready.due.length, event, period.end, counting)
        return self._due_days[key]

    def _unknown(self, duties: Sequence[int]) -> pl.DataFrame:
        """One period of each duty that stands for all of its periods."""
        first = self._program.frame.first
        dated = ("once", first, first, first.year, None)
        rows = [(number, -1, *dated, False, None, False, False, True) for number in duties]
        return pl.DataFrame(rows, schema=SLOTS, orient="row")


def _waits(ready: ReadyDuty) -> bool:
    """Whether the due day is another for each unit, even of those listed on the same day."""
    event: Event | None = ready.due.due.event
    return not ready.due.fixed or (event is not None and event.kind == "delisting")
