"""What belongs into a calendar: a day for each action and planned duty, one repeated entry for each attendance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.duties.action_list import action_id
from engine.duties.nouns import Action, CaseFile, Instance
from engine.messages import Lang, text
from engine.report.action_rows import (
    ActionRow,
    Wanted,
    due_words,
    holder_ids,
    holder_words,
    name_words,
    planned_actions,
    rows,
)
from engine.report.recurrence import Recurrence, recurrence
from engine.wording.duties import state_word
from engine.wording.words import COLON, date_words


@dataclass(frozen=True)
class Entry:
    """An all-day entry of the calendars of ``holders``. ``uid``: the same whenever it is made.

    ``repeats``: the days of an attendance. ``alarm``: whether there is still something to be reminded of.
    """

    uid: str
    day: date
    summary: str
    description: str
    category: str
    holders: tuple[str, ...]
    alarm: bool
    repeats: Recurrence | None = None


def entries(case: CaseFile, actions: Iterable[Action], wanted: Wanted, lang: Lang) -> Iterator[Entry]:
    """The entries of one unit. What has no due day has no place in a calendar and is left to the lists.

    The coming periods of an attendance become one repeated entry, where their days lie at even distances and the
    same people attend each time; otherwise, and for all other work, each period has an entry of its own.
    """
    series: dict[tuple[str, int], list[ActionRow]] = {}
    for row in rows(case, [*actions, *planned_actions(case)], wanted):
        if row.action.due is None:
            continue
        if row.instance is not None and _repeats(row.instance) and row.action.state in ("open", "due"):
            series.setdefault((row.instance.duty.id, row.instance.period.spell), []).append(row)
        else:
            yield _single(row, lang)
    for (duty, spell), held in series.items():
        days = [row.action.due for row in held if row.action.due is not None]
        found = recurrence(days)
        if found is None or len(set(days)) < len(days) or len({row.action.holders for row in held}) > 1:
            yield from (_single(row, lang) for row in held)
        else:
            uid = action_id(case.program.policy, case.unit, duty, f"series-{spell}")
            yield _repeated(held, found, uid, lang)


def _repeats(instance: Instance) -> bool:
    return instance.duty.work == "attendance" and instance.duty.recurrence not in ("once", "row")


def _single(row: ActionRow, lang: Lang) -> Entry:
    action = row.action
    assert action.due is not None
    summary = row.unit + COLON[lang] + name_words(row, lang)
    if action.state not in ("open", "due"):
        summary = text("actions.in-state", lang, state=state_word(action.state, lang), name=summary)
    return Entry(
        uid=action.id,
        day=action.due,
        summary=summary,
        description=_description(row, text("actions.due-by", lang, day=due_words(action, lang)), lang),
        category=text(f"agenda.work.{row.work}", lang),
        holders=holder_ids(action.holders),
        alarm=action.state in ("open", "due"),
    )


def _repeated(held: list[ActionRow], found: Recurrence, uid: str, lang: Lang) -> Entry:
    row = held[0]
    last = date_words(found.until, lang)
    return Entry(
        uid=uid,
        day=found.start,
        summary=row.unit + COLON[lang] + row.name[lang],
        description=_description(row, text("actions.each-time", lang, n=len(held), day=last), lang),
        category=text(f"agenda.work.{row.work}", lang),
        holders=holder_ids(row.action.holders),
        alarm=True,
        repeats=found,
    )


def _description(row: ActionRow, when: str, lang: Lang) -> str:
    policy, action = row.case.program.policy, row.action
    return text(
        "actions.calendar-note",
        lang,
        plan=policy.title[lang],
        clause=action.clause,
        title=policy.clauses[action.clause].title[lang],
        holders=holder_words(policy, action.holders, lang),
        when=when,
    )
