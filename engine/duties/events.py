"""The days of the events that due dates count from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from engine.duties.due import EventDay
from engine.duties.nouns import Instance, Period, Spell
from engine.duties.program import DutyProgram, ReadyDue
from engine.duties.rows import Match, dated
from engine.duties.unit import Unit
from engine.language.values import Unknown


def event_day(
    program: DutyProgram,
    ready: ReadyDue,
    period: Period,
    spell: Spell,
    unit: Unit,
    begun: Mapping[str, Sequence[Instance]],
) -> EventDay:
    """The day of the event that a due date counts from."""
    event = ready.due.event
    assert event is not None
    if event.kind == "duty":
        return _fulfilled(begun.get(event.id, ()), period, program.policy.duties[event.id].span)
    if event.kind == "fact":
        value = unit.values[event.id]
        if isinstance(value, date):
            return EventDay(value)
        return EventDay(None, False, value.facts if isinstance(value, Unknown) else frozenset({event.id}))
    assert event.rows is not None and ready.rows is not None
    found = dated(
        ready.rows.rows(unit.values, unit.row_index), event.rows.date, unit.values, ready.rows.register
    )
    if isinstance(found, frozenset):
        return EventDay(None, False, found)
    return row_day(found, event.rows.which, spell, program.as_of)


def row_day(found: Iterable[Match], which: str, spell: Spell, as_of: date) -> EventDay:
    """The first or latest of dated rows from the spell's listing to its delisting or the as-of date."""
    days: list[date] = []
    missing: set[str] = set()
    first, last = spell.start or date.min, min(spell.end or as_of, as_of)
    for match in found:
        if match.day is not None and not first <= match.day <= last:
            continue
        if match.day is None or not match.certain:
            missing |= match.missing
        else:
            days.append(match.day)
    if missing:
        return EventDay(None, False, frozenset(missing))
    if not days:
        return EventDay(None, True)
    return EventDay(min(days) if which == "first" else max(days))


def _fulfilled(instances: Sequence[Instance], period: Period, span: str) -> EventDay:
    """The day on which another duty was first fulfilled in the same spell.

    It is not known where a period may have been fulfilled before the first day that is: one with an unknown status, one
    fulfilled on an unknown day, or one that was waived without anybody knowing whether it was done all the same.
    """
    same = [i for i in instances if span == "in force" or i.period.spell == period.spell]
    days = [i.done_on for i in same if i.status in ("met", "met_late") and i.done_on is not None]
    first = min(days, default=None)
    perhaps = [i for i in same if _may_be_fulfilled(i) and (first is None or i.period.first < first)]
    if perhaps:
        return EventDay(None, False, frozenset(name for i in perhaps for name in i.missing))
    return EventDay(first, first is None)


def _may_be_fulfilled(instance: Instance) -> bool:
    """Whether an instance may have been fulfilled on a day that is not known."""
    if instance.status in ("met", "met_late"):
        return instance.done_on is None
    return instance.status == "unknown" or (instance.status == "waived" and bool(instance.missing))
