"""The last good day of a duty, a step or a measure, with the arithmetic that led to it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from engine.duties.nouns import DueDay, Term
from engine.duties.workdays import add_working_days, next_working_day
from engine.language.calendar import add_months
from engine.language.values import Value, YearsMonths
from engine.project.duty import Due

_ONE = timedelta(days=1)


class Counting(NamedTuple):
    """The plan's convention: whether the day of the event counts, and whether a due date on a day off moves."""

    first_day_counts: bool
    moves: bool


class EventDay(NamedTuple):
    """The day of an event. ``open``: it surely has not happened; otherwise, without a day, nobody knows."""

    day: date | None
    open: bool = False
    missing: frozenset[str] = frozenset()


def due_day(due: Due, length: Value, event: EventDay, end: date, counting: Counting) -> DueDay:
    """The day that ``due`` gives. ``length``: the value of its lapse; ``end``: the last day of the period.

    "Within 30 days" of an event, its own day not counted, ends on the 30th day after it; "at least 15 days before"
    it, on the 15th day before it. Months end on the same day of the month, or on its last. A due date beyond the
    calendar has no day.
    """
    if due.form == "month_day" and due.month_day is not None:
        day = _month_day(end.year, *due.month_day)
        return DueDay(day, False, (Term("month-day", {}, day),))
    name = due.event.kind if due.event is not None else "day"
    began = Term(f"event-{name}", {"id": due.event.id if due.event is not None else ""}, event.day)
    if event.day is None:
        return DueDay(None, False, (began,), event.missing)
    if due.form == "on" or due.lapse is None:
        return DueDay(event.day, False, (began,))
    sign = 1 if due.form == "within" else -1
    params = {"lapse": due.lapse.written, "length": length, "unit": due.lapse.unit}
    try:
        day, provisional = _shifted(event.day, length, sign, due.lapse.unit == "working days", counting)
    except (OverflowError, ValueError):
        return DueDay(None, False, (began,))
    terms = [began, Term("plus" if sign > 0 else "minus", params, day)]
    if counting.moves and due.form == "within":
        moved = next_working_day(day)
        if moved.day != day:
            terms.append(Term("moved", {}, moved.day))
        day, provisional = moved.day, provisional or moved.provisional
    return DueDay(day, provisional, tuple(terms))


def _shifted(day: date, length: Value, sign: int, working: bool, counting: Counting) -> tuple[date, bool]:
    """``day`` moved by ``length``; where the first day counts, one day less."""
    if working:
        assert isinstance(length, Decimal)
        if counting.first_day_counts:
            day -= sign * _ONE
        return add_working_days(day, sign * int(length))
    if isinstance(length, YearsMonths):
        moved = add_months(day, sign * length.months)
    else:
        assert isinstance(length, timedelta)
        moved = day + sign * length
    return (moved - sign * _ONE if counting.first_day_counts else moved), False


def _month_day(year: int, month: int, day: int) -> date:
    """That day of ``year``; 29 February is the 28th where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return add_months(date(year, month, 1), 1) - _ONE
