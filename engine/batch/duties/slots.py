"""The periods of every duty by the day of listing: what ``engine.duties.schedule`` lays out, made once for each such day.

A delisting only cuts what is left of them, so it is applied afterwards, to whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from engine.duties.nouns import Spell
from engine.duties.program import DutyProgram, ReadyDuty
from engine.duties.schedule import DutySchedule, Schedules
from engine.project.duty import Event

#: Number of a duty in the program's order, number of its period.
DUTY, SLOT = "duty", "slot"
#: A period: its id, when it begins by itself and for the unit, the year that it is for, the last day for evidence, and
#: whether too little of it is left.
PERIOD, NOMINAL, FIRST, FOR_YEAR, LAST, SHORT = "period", "nominal", "first", "for year", "last", "short"
#: Its due day, whether that is provisional, and whether it waits for something that the unit does.
DUE, PROVISIONAL, WAITS = "due", "provisional", "waits"
LISTED_ON = "listed on"
_SCHEMA = {
    LISTED_ON: pl.Date,
    DUTY: pl.Int32,
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
}


class Slots:
    """The periods of a program's duties, those that rows begin left out."""

    def __init__(self, program: DutyProgram) -> None:
        self._program = program
        self._schedules = Schedules(program)
        self._made: dict[date, pl.DataFrame] = {}
        number = {ready.duty.id: i for i, ready in enumerate(program.duties)}
        spell = (Spell(1, program.frame.first, None),)
        forced = self._schedules.of(spell)
        self.in_force = _table(
            None,
            [(number[r.duty.id], r, forced[r.duty.id]) for r in program.duties if r.duty.span == "in force"],
        )
        self._listed = [(number[r.duty.id], r) for r in program.duties if r.duty.span == "listed"]

    def listed_on(self, days: Iterable[date]) -> pl.DataFrame:
        """The periods of units that were listed on one of ``days`` and not delisted."""
        found = []
        for day in sorted(days):
            if day not in self._made:
                schedule = self._schedules.of((Spell(1, day, None),))
                self._made[day] = _table(
                    day, [(i, ready, schedule[ready.duty.id]) for i, ready in self._listed]
                )
            found.append(self._made[day])
        return pl.concat(found) if found else pl.DataFrame(schema=_SCHEMA)


def _table(day: date | None, schedules: Sequence[tuple[int, ReadyDuty, DutySchedule]]) -> pl.DataFrame:
    rows = []
    for number, ready, schedule in schedules:
        waits = _waits(ready)
        for place, slot in enumerate(schedule.begun):
            due = None if slot.due is None or waits else slot.due.day
            provisional = slot.due is not None and slot.due.provisional
            period = slot.period
            dated = (period.id, period.start, period.first, period.start.year, slot.last)
            rows.append((day, number, place, *dated, slot.short, due, provisional, waits))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _waits(ready: ReadyDuty) -> bool:
    """Whether the due day is another for each unit, even of those listed on the same day."""
    event: Event | None = ready.due.due.event
    return not ready.due.fixed or (event is not None and event.kind == "delisting")
