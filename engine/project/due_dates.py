"""Reads due dates: a day, a time after or before an event, in calendar or working days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from engine.language import Date, DaysDuration, Number, YearsMonthsDuration
from engine.language.syntax import Literal, Name
from engine.project.dated_rows import RowReader
from engine.project.duration_words import WORKING_DAYS
from engine.project.durations import parse_duration
from engine.project.duty import Due, Event, Lapse
from engine.project.duty_models import DueModel, RowsModel
from engine.project.policy import Timetable
from engine.project.reporting import Path
from engine.project.texts import shown

_WORDS = {
    "listing": "listing",
    "delisting": "delisting",
    "start of period": "period start",
    "end of period": "period end",
    "trigger": "trigger",
}
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True)
class DueNames:
    """The names that a due date may use where it stands: event words, duties, steps."""

    timetable: Timetable
    words: frozenset[str]
    duties: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)


class DueReader(RowReader):
    """Reads `due:` of one document."""

    def due(self, model: DueModel, path: Path, names: DueNames) -> Due | None:
        """The due date at ``path``; None after reporting what is wrong with it."""
        given = sorted(model.model_fields_set)
        if given == ["by"] and model.by is not None:
            return self._by(model.by, (*path, "by"), names)
        if given == ["of", "within"] and model.within is not None:
            lapse = self.lapse(model.within, (*path, "within"))
            event = self._event(model.of, (*path, "of"), names)
            return None if lapse is None or event is None else Due("within", event, lapse)
        if given == ["at_least", "before"] and model.at_least is not None:
            lapse = self.lapse(model.at_least, (*path, "at least"))
            event = self._event(model.before, (*path, "before"), names)
            return None if lapse is None or event is None else Due("before", event, lapse)
        self.report.at_value(self.document, path, "due-form")
        return None

    def lapse(self, text: str, path: Path) -> Lapse | None:
        """`30 days`, `3 months`, `10 working days`, or a parameter that gives one of them."""
        working = WORKING_DAYS.fullmatch(text.strip())
        if working:
            number = working["n"].strip()
            if number.isdecimal():
                return Lapse(Literal(Decimal(number)), "working days", text)
            id_ = self.scope.canonical.get(number)
            if id_ in self.scope.parameters and isinstance(self.scope.types[number], Number):
                return Lapse(Name(str(id_)), "working days", text)
            known = [n for n in self._parameters() if isinstance(self.scope.types[n], Number)]
            self.unknown("unknown-parameter", number, known, path)
            return None
        duration = parse_duration(text)
        if duration is not None:
            return Lapse(Literal(duration), "calendar", text)
        durations = [
            n
            for n in self._parameters()
            if isinstance(self.scope.types[n], YearsMonthsDuration | DaysDuration)
        ]
        if text in durations:
            return Lapse(Name(self.scope.canonical[text]), "calendar", text)
        self.unknown("not-a-lapse", text, durations, path)
        return None

    def day(self, text: str, path: Path, timetable: Timetable, *, last: bool) -> date | None:
        """A date, a fixed date, or the first (``last``: the last) day of a phase."""
        found = _day(text, timetable, last=last)
        if found is None:
            self.unknown("not-a-day", text, _days(timetable), path)
        return found

    def _by(self, text: str, path: Path, names: DueNames) -> Due | None:
        if _MONTH_DAY.fullmatch(text):
            month, day = (int(part) for part in text.split("-"))
            return Due("month_day", month_day=(month, day))
        if text == "end of period" and "end of period" in names.words:
            return Due("on", Event("period end"))
        fixed = self.day(text, path, names.timetable, last=True)
        return None if fixed is None else Due("on", Event("day", text, fixed))

    def _event(self, data: Any, path: Path, names: DueNames) -> Event | None:
        if isinstance(data, RowsModel):
            rows = self.dated_rows(data, path)
            return None if rows is None else Event("rows", rows.rows.register, rows=rows)
        if not isinstance(data, str):
            self.report.at_value(self.document, path, "due-form")
            return None
        if data in names.words:
            return Event(_WORDS[data])  # type: ignore[arg-type]
        if data in names.steps:
            return Event("step", names.steps[data])
        if data in names.duties:
            return Event("duty", names.duties[data])
        id_ = self.scope.canonical.get(data)
        if id_ is not None and id_ in self.scope.facts and isinstance(self.scope.types[data], Date):
            return Event("fact", id_)
        if id_ is not None and id_ not in self.scope.registers and isinstance(self.scope.types[data], Date):
            return Event("fact", id_)
        day = _day(data, names.timetable, last=False)
        if day is not None:
            return Event("day", data, day)
        dates = [n for n, t in self.scope.types.items() if isinstance(t, Date)]
        known = [*sorted(names.words), *names.steps, *names.duties, *_days(names.timetable), *dates]
        self.unknown("unknown-event", shown(data), known, path)
        return None

    def _parameters(self) -> list[str]:
        return [n for n, id_ in self.scope.canonical.items() if id_ in self.scope.parameters]


def _day(text: str, timetable: Timetable, *, last: bool) -> date | None:
    for fixed in timetable.dates.values():
        if text in (fixed.id, fixed.name.zh):
            return fixed.day
    for phase in timetable.phases.values():
        if text in (phase.id, phase.name.zh):
            return phase.end if last else phase.start
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _days(timetable: Timetable) -> Iterable[str]:
    fixed = [name for day in timetable.dates.values() for name in (day.id, day.name.zh)]
    return fixed + [name for phase in timetable.phases.values() for name in (phase.id, phase.name.zh)]
