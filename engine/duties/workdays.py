"""Working days in China, with the days that the State Council swaps each year.

The published arrangements come from the package chinesecalendar. Beyond the years it knows, Monday to Friday count as
working days and the result is provisional.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_ONE = timedelta(days=1)


class WorkingDay(NamedTuple):
    """A day, and whether any day on the way to it was beyond the published years."""

    day: date
    provisional: bool


@lru_cache(maxsize=8192)
def status(day: date) -> tuple[bool, bool]:
    """Whether ``day`` is a working day, and whether that is provisional."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), False
    except NotImplementedError:
        return day.weekday() < 5, True


def add_working_days(day: date, count: int) -> WorkingDay:
    """The ``count``-th working day after ``day``; before it if ``count`` is negative; the day itself if it is 0.

    Raises OverflowError beyond the year 9999.
    """
    step = _ONE if count > 0 else -_ONE
    left, provisional = abs(count), False
    while left:
        day += step
        working, unsure = status(day)
        provisional = provisional or unsure
        left -= working
    return WorkingDay(day, provisional)


def next_working_day(day: date) -> WorkingDay:
    """``day`` if it is a working day, else the first one after it."""
    working, provisional = status(day)
    if working:
        return WorkingDay(day, provisional)
    found = add_working_days(day, 1)
    return WorkingDay(found.day, found.provisional or provisional)
