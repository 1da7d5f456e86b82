"""Days that repeat: the rule gives exactly the days that it was made from, as dateutil reads it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar.prop import vRecur

from engine.report.recurrence import Recurrence, recurrence


def days_of(found: Recurrence) -> list[date]:
    """The days that another implementation of RFC 5545 makes of the rule."""
    rules = rruleset()
    start = datetime.combine(found.start, time())
    rules.rrule(rrulestr(vRecur(found.rule).to_ical().decode(), dtstart=start))
    for day in found.skipped:
        rules.exdate(datetime.combine(day, time()))
    return [moment.date() for moment in rules]


def days(*written: str) -> list[date]:
    return [date.fromisoformat(day) for day in written]


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        (days("2018-12-31", "2019-12-31", "2020-12-31"), "FREQ=YEARLY;UNTIL=20201231"),
        (days("2018-11-30", "2019-11-30"), "FREQ=YEARLY;UNTIL=20191130"),
        (
            days("2018-09-30", "2018-12-31", "2019-03-31", "2019-06-30"),
            "FREQ=MONTHLY;UNTIL=20190630;INTERVAL=3;BYMONTHDAY=-1",
        ),
        (days("2018-07-15", "2018-08-15", "2018-09-15"), "FREQ=MONTHLY;UNTIL=20180915"),
        # 29 February is the last day of its month, and so is the 28th of other years
        (
            days("2019-02-28", "2020-02-29", "2021-02-28"),
            "FREQ=YEARLY;UNTIL=20210228;BYMONTHDAY=-1;BYMONTH=2",
        ),
        # one quarter is done already: it is skipped
        (
            days("2018-09-30", "2019-03-31", "2019-06-30"),
            "FREQ=MONTHLY;UNTIL=20190630;INTERVAL=3;BYMONTHDAY=-1",
        ),
        (days("2018-12-31"), "FREQ=YEARLY;UNTIL=20181231"),
    ],
)
def test_the_rule(wanted: list[date], rule: str) -> None:
    found = recurrence(wanted)
    assert found is not None
    assert vRecur(found.rule).to_ical().decode() == rule
    assert days_of(found) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        [],
        # moved to the next working day, one of them lies apart
        days("2018-12-31", "2019-12-31", "2021-01-04"),
        # two in a month
        days("2018-12-01", "2018-12-31"),
        # more would have to be skipped than are left
        days("2018-01-31", "2018-02-28", "2019-12-31"),
        # the 30th does not exist every month
        days("2018-12-30", "2019-01-30", "2019-03-30"),
    ],
)
def test_days_without_a_rule(wanted: list[date]) -> None:
    assert recurrence(wanted) is None


@given(st.lists(st.dates(date(2016, 1, 1), date(2024, 12, 31)), min_size=1, max_size=12))
def test_a_rule_gives_its_days_and_no_other(wanted: list[date]) -> None:
    found = recurrence(wanted)
    if found is not None:
        assert days_of(found) == sorted(set(wanted))


@given(
    st.dates(date(2016, 1, 1), date(2020, 12, 31)),
    st.sampled_from([1, 2, 3, 4, 6, 12]),
    st.integers(1, 12),
    st.booleans(),
)
def test_even_distances_have_a_rule(start: date, step: int, count: int, month_end: bool) -> None:
    from calendar import monthrange

    wanted = []
    for month in range(start.year * 12 + start.month - 1, 10**6, step):
        length = monthrange(month // 12, month % 12 + 1)[1]
        wanted.append(date(month // 12, month % 12 + 1, length if month_end else min(start.day, 28)))
        if len(wanted) == count:
            break
    found = recurrence(wanted)
    assert found is not None
    assert days_of(found) == wanted
    assert found.skipped == ()
