"""The periods of every duty for one set of spells, with what their statuses are without any evidence.

Units that were listed on the same days share all of it, so it is made once for them; a unit without rows for a duty
takes these instances as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from engine.duties.due import EventDay, due_day
from engine.duties.nouns import DueDay, Instance, Period, Spell
from engine.duties.periods import periods, too_short
from engine.duties.program import DutyProgram, ReadyDuty
from engine.duties.statuses import outcome
from engine.project.duty import RowEvidence

#: How many sets of spells are remembered.
_REMEMBERED = 2000


class Slot(NamedTuple):
    """A period of a duty in a spell. ``due`` is None where it depends on what the unit has done.

    ``short``: too little of it is left to count. ``bare``: the instance without evidence, None if ``due`` is.
    ``last``: the last day on which evidence for it can be dated.
    """

    period: Period
    spell: Spell
    due: DueDay | None
    short: bool
    bare: Instance | None
    denied: Instance
    last: date


class DutySchedule(NamedTuple):
    """The slots of one duty: those begun by the as-of date and those planned, and their bare instances."""

    begun: tuple[Slot, ...]
    planned: tuple[Slot, ...]
    bare: tuple[Instance, ...] | None
    denied: tuple[Instance, ...]


class Schedules:
    """The schedules of a program, by the spells of units."""

    def __init__(self, program: DutyProgram, horizon_days: int = 0) -> None:
        self._program = program
        self._horizon = program.as_of.toordinal() + horizon_days
        self._forced = (Spell(1, program.frame.first, None),)
        self._in_force = {
            ready.duty.id: self._schedule(ready, self._forced)
            for ready in program.duties
            if ready.duty.span == "in force"
        }
        self._known: dict[tuple[Spell, ...], Mapping[str, DutySchedule]] = {}

    def of(self, spells: tuple[Spell, ...]) -> Mapping[str, DutySchedule]:
        """The schedule of every duty without rows of its own, by duty id."""
        known = self._known.get(spells)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[spells] = {
                ready.duty.id: self._in_force.get(ready.duty.id) or self._schedule(ready, spells)
                for ready in self._program.duties
            }
        return known

    def spells_for(self, ready: ReadyDuty, spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
        """The spells in which a duty can bind a unit with these spells."""
        return self._forced if ready.duty.span == "in force" else spells

    def slot(self, ready: ReadyDuty, period: Period, spell: Spell) -> Slot:
        """The slot of a period, with everything that does not depend on what the unit has done."""
        program = self._program
        short = too_short(ready.duty, period, program.frame)
        due = None
        if ready.due.fixed:
            day = self.fixed_event(ready, period, spell)
            due = due_day(ready.due.due, ready.due.length, day, period.end, program.counting)
        bare = None
        if due is not None:
            bare = bare_instance(ready, period, spell, due, short, program)
        denied = Instance(ready.duty, period, due or DueDay(None), "not_applicable", "not_applicable")
        return Slot(period, spell, due, short, bare, denied, self.last_day(ready, period, spell))

    def fixed_event(self, ready: ReadyDuty, period: Period, spell: Spell) -> EventDay:
        """The day of an event that does not depend on what the unit has done."""
        event = ready.due.due.event
        if event is None:
            return EventDay(None)
        days = {
            "listing": spell.start if spell.start is None else max(spell.start, self._program.frame.first),
            "delisting": spell.end,
            "period start": period.first,
            "period end": period.end,
            "day": event.day,
        }
        return EventDay(days[event.kind], open=days[event.kind] is None)

    def last_day(self, ready: ReadyDuty, period: Period, spell: Spell) -> date:
        """The last day on which evidence for a period can be dated."""
        latest = min(spell.end or self._program.as_of, self._program.as_of)
        evidence = ready.duty.evidence
        of_a_year = isinstance(evidence, RowEvidence) and evidence.period is not None
        if of_a_year or ready.duty.recurrence in ("once", "row"):
            return latest
        return min(latest, period.last)

    def begun(self, period: Period) -> bool | None:
        """Whether a period has begun by the as-of date; None if it is beyond the horizon."""
        day = period.first.toordinal()
        if day <= self._program.as_of.toordinal():
            return True
        return False if day <= self._horizon else None

    def _schedule(self, ready: ReadyDuty, spells: tuple[Spell, ...]) -> DutySchedule:
        begun: list[Slot] = []
        planned: list[Slot] = []
        if ready.rows is None:
            for spell in spells:
                for period in periods(ready.duty, spell, self._program.frame):
                    when = self.begun(period)
                    if when is not None:
                        (begun if when else planned).append(self.slot(ready, period, spell))
        bare = [slot.bare for slot in begun if slot.bare is not None]
        return DutySchedule(
            tuple(begun),
            tuple(planned),
            tuple(bare) if ready.due.fixed else None,
            tuple(slot.denied for slot in begun),
        )


def bare_instance(
    ready: ReadyDuty, period: Period, spell: Spell, due: DueDay, short: bool, program: DutyProgram
) -> Instance:
    """The instance if nothing shows that anything was done."""
    if short:
        return Instance(ready.duty, period, due, "not_applicable", "too_short")
    if lapses(due, spell):
        return Instance(ready.duty, period, due, "not_applicable", "lapsed")
    found = outcome((), ready.need, due, program.as_of, frozenset())
    return Instance(ready.duty, period, due, found.status, found.why, missing=found.missing)


def lapses(due: DueDay, spell: Spell) -> bool:
    """Whether what was not done by the delisting was surely not due by then either."""
    if spell.end is None:
        return False
    return due.day > spell.end if due.day is not None else not due.missing
