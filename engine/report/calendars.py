"""A calendar for each post, office or unit, from the entries of all units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.duties.nouns import Action, CaseFile
from engine.messages import Lang
from engine.project.policy import Policy
from engine.report.action_groups import By
from engine.report.action_rows import Wanted, named, unit_label
from engine.report.calendar_entries import Entry, entries
from engine.report.ics import calendar
from engine.report.safe_names import safe_name


@dataclass(frozen=True)
class Calendar:
    """The entries of one holder: a post, an office or a unit by its id. ``name``: what people call it."""

    holder: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def file(self) -> str:
        """The name of its file, the same in every language."""
        return safe_name(self.holder) + ".ics"

    def content(self, policy: Policy, as_of: date, lang: Lang) -> bytes:
        """The calendar as iCalendar."""
        return calendar(policy, self.name, self.entries, as_of, lang)


def calendars(
    policy: Policy,
    cases: Iterable[tuple[CaseFile, Iterable[Action]]],
    wanted: Wanted,
    by: By,
    lang: Lang,
) -> tuple[tuple[Calendar, ...], int]:
    """The calendars in the policy's order (units: in the data's), and how many entries have a place in none of them.

    Those without entries are among them: one that was written before may have to be emptied. With a holder asked for
    there is one calendar, its own.
    """
    places = policy.offices if by == "office" else policy.posts
    if wanted.holder is not None:
        places = {id_: e for id_, e in {**policy.offices, **policy.posts}.items() if id_ == wanted.holder}
    by_unit = by == "unit" and wanted.holder is None
    found: dict[str, list[Entry]] = {} if by_unit else {id_: [] for id_ in places}
    names = {id_: named(places, id_, lang) for id_ in found}
    lost = 0
    for case, actions in cases:
        if by_unit:
            names[case.unit], found[case.unit] = unit_label(case), []
        for entry in entries(case, actions, wanted, lang):
            if by_unit:
                found[case.unit].append(entry)
                continue
            held = [holder for holder in entry.holders if holder in found]
            for holder in held:
                found[holder].append(entry)
            lost += not held
    return tuple(Calendar(id_, names[id_], tuple(held)) for id_, held in found.items()), lost
