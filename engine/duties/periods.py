"""The periods of a duty: what its recurrence makes of the time between listing and delisting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.duties.nouns import Period, Spell
from engine.language.calendar import add_months
from engine.language.values import YearsMonths
from engine.project.duty import Duty
from engine.project.policy import Phase

_ONE = timedelta(days=1)
#: Months in the calendar periods, with how each is named.
_CALENDAR = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}


class Frame(NamedTuple):
    """What bounds all periods of a plan: its first and last day, its phases, the least part that counts."""

    first: date
    last: date
    phases: tuple[Phase, ...]
    shortest: YearsMonths | timedelta | None


def periods(duty: Duty, spell: Spell, frame: Frame) -> tuple[Period, ...]:
    """The periods of ``duty`` in ``spell``, in order; none for a duty that rows begin (see ``row_period``).

    Nothing is asked for before the plan or the listing, nor after the delisting or the last phase.
    """
    start, end = bounds(duty, spell, frame)
    if start is None or end < start:
        return ()
    close = min(frame.last, duty.end or frame.last)
    suffix = "" if spell.number == 1 else f"#{spell.number}"
    found = []
    for id_, first, last, phase in _nominal(duty, start, close, frame):
        last = min(last, close)
        if first <= end and last >= start:
            found.append(
                Period(id_ + suffix, first, last, max(first, start), min(last, end), spell.number, phase)
            )
    return tuple(found)


def bounds(duty: Duty, spell: Spell, frame: Frame) -> tuple[date | None, date]:
    """The first and last day on which the duty can bind a unit in ``spell``."""
    end = min(frame.last, spell.end or frame.last, duty.end or frame.last)
    if spell.start is None:
        return None, end
    return max(spell.start, frame.first, duty.start or frame.first), end


def row_period(id_: str, day: date, row: int, spell: Spell, duty: Duty, frame: Frame) -> Period | None:
    """The period that a row dated ``day`` begins; None if the duty does not bind the unit on that day."""
    start, end = bounds(duty, spell, frame)
    if start is None or not start <= day <= end:
        return None
    suffix = "" if spell.number == 1 else f"#{spell.number}"
    return Period(
        id_ + suffix, day, min(frame.last, duty.end or frame.last), day, end, spell.number, None, row
    )


def too_short(duty: Duty, period: Period, frame: Frame) -> bool:
    """Whether so much of the period had passed when it began for this unit that the rest does not count."""
    if frame.shortest is None or period.first == period.start or duty.recurrence in ("once", "row", "months"):
        return False
    if isinstance(frame.shortest, YearsMonths):
        least = add_months(period.first, frame.shortest.months)
    else:
        least = period.first + frame.shortest
    return least > period.end + _ONE


def _nominal(
    duty: Duty, start: date, close: date, frame: Frame
) -> Iterator[tuple[str, date, date, str | None]]:
    """(id, first day, last day, phase) of every uncut period from ``start`` to ``close``."""
    if duty.recurrence == "once":
        yield "once", start, close, None
    elif duty.recurrence == "phase":
        for phase in frame.phases:
            if not duty.phases or phase.id in duty.phases:
                yield phase.id, phase.start, phase.end, phase.id
    elif duty.recurrence == "months":
        index, first = 0, start
        while first <= close:
            index += 1
            following = add_months(start, index * duty.months)
            yield first.isoformat(), first, following - _ONE, None
            first = following
    elif duty.recurrence in _CALENDAR:
        length = _CALENDAR[duty.recurrence]
        first = date(start.year, (start.month - 1) // length * length + 1, 1)
        while first <= close:
            following = add_months(first, length)
            yield _name(first, length), first, following - _ONE, None
            first = following


def _name(first: date, length: int) -> str:
    if length == 12:
        return f"{first.year:04d}"
    if length == 1:
        return f"{first.year:04d}-{first.month:02d}"
    return f"{first.year:04d}-{'H' if length == 6 else 'Q'}{(first.month - 1) // length + 1}"
