"""Calendars as iCalendar (RFC 5545): whole days, reminders, no clock. The library folds, escapes and ends the lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from engine.messages import Lang, text
from engine.report.calendar_entries import Entry
from engine.wording.one_line import one_line

if TYPE_CHECKING:
    from engine.project.policy import Policy

#: Nine in the morning, a week and a day before: an all-day entry begins at midnight.
_ALARMS = (timedelta(days=7) - timedelta(hours=9), timedelta(days=1) - timedelta(hours=9))


def calendar(policy: Policy, name: str, entries: Iterable[Entry], as_of: date, lang: Lang) -> bytes:
    """The calendar of ``name``. Entries in order of day; their stamp is the as-of date."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//plumbline//actions//" + lang.upper())
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    shown = one_line(text("actions.calendar-name", lang, holder=name, title=policy.title[lang]))
    made.add("x-wr-calname", shown)
    made.add("name", shown)
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        made.add_component(_event(entry, as_of, lang))
    content: bytes = made.to_ical()
    return content


def _event(entry: Entry, as_of: date, lang: Lang) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("dtstamp", datetime.combine(as_of, time(), tzinfo=UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", one_line(entry.summary))
    event.add("description", one_line(entry.description))
    event.add("categories", [one_line(entry.category)])
    # A last good day does not fill the day it falls on.
    event.add("transp", "TRANSPARENT")
    if entry.repeats is not None:
        event.add("rrule", entry.repeats.rule)
        if entry.repeats.skipped:
            event.add("exdate", list(entry.repeats.skipped))
    if entry.alarm:
        for before in _ALARMS:
            event.add_component(_alarm(entry, before))
    return event


def _alarm(entry: Entry, before: timedelta) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(entry.summary))
    alarm.add("trigger", -before)
    return alarm
