"""Days that repeat: the rule of iCalendar (RFC 5545, 3.3.10) that gives exactly these days, if there is one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from math import gcd
from typing import NamedTuple


class Recurrence(NamedTuple):
    """Every ``months`` months from ``start`` to ``until``, both days included, but on none of ``skipped``.

    ``month_end``: on the last day of the month, whatever its number.
    """

    start: date
    until: date
    months: int
    month_end: bool
    skipped: tuple[date, ...]

    @property
    def rule(self) -> dict[str, object]:
        """The parts of the RRULE. Whole years are yearly, everything else is every so many months."""
        years, rest = divmod(self.months, 12)
        parts: dict[str, object] = {"FREQ": "MONTHLY" if rest else "YEARLY"}
        interval = self.months if rest else years
        if interval > 1:
            parts["INTERVAL"] = interval
        if self.month_end:
            if not rest:
                parts["BYMONTH"] = self.start.month
            parts["BYMONTHDAY"] = -1
        return {**parts, "UNTIL": self.until}


def recurrence(days: Iterable[date]) -> Recurrence | None:
    """The rule that gives ``days``; None if they do not lie at even distances of months.

    Days in between that are not wanted are skipped, unless there are as many of them as of the others.
    """
    wanted = sorted(set(days))
    if not wanted:
        return None
    step = gcd(*(_months(b) - _months(a) for a, b in pairwise(wanted)))
    month_end = all(day.day == monthrange(day.year, day.month)[1] for day in wanted)
    same_number = len({day.day for day in wanted}) == 1
    if len(wanted) == 1:
        step = 12
    if step == 0 or not (month_end or same_number):
        return None
    given = _given(wanted[0], wanted[-1], step, same_number and not month_end)
    if given is None:
        return None
    skipped = tuple(day for day in given if day not in set(wanted))
    if len(skipped) >= len(wanted):
        return None
    short = month_end and not (same_number and step % 12 == 0 and wanted[0].month != 2)
    return Recurrence(wanted[0], wanted[-1], step, short, skipped)


def _given(first: date, last: date, step: int, by_number: bool) -> list[date] | None:
    """The days that the rule gives; None if a month on the way does not have the day."""
    days = []
    for month in range(_months(first), _months(last) + 1, step):
        year, number = divmod(month, 12)
        length = monthrange(year, number + 1)[1]
        if by_number and first.day > length:
            return None
        days.append(date(year, number + 1, first.day if by_number else length))
    return days


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1
