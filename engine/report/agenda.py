"""What one post or office has to do in the coming days: what is to clear, to review and to attend, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from engine.duties.nouns import Action, CaseFile
from engine.report.action_rows import STANDING, ActionRow, Wanted, Work, planned_actions, rows

#: In the order in which the agenda shows them.
WORKS: tuple[Work, ...] = ("clear", "review", "attendance", "work")


class AgendaUnit(NamedTuple):
    """What one unit needs: what is overdue first, then by day; what has no day last."""

    unit_id: str
    unit: str
    rows: tuple[ActionRow, ...]


class AgendaPart(NamedTuple):
    """One kind of work: the unit with the most urgent matter first."""

    work: Work
    units: tuple[AgendaUnit, ...]


def last_day(as_of: date, days: int) -> date:
    """The last day of an agenda that looks ``days`` days ahead; the calendar's end if it would lie beyond."""
    return date.fromordinal(min(as_of.toordinal() + days, date.max.toordinal()))


def agenda_rows(case: CaseFile, actions: Iterable[Action], holder: str, days: int) -> Iterator[ActionRow]:
    """What ``holder`` has to do for one unit: everything overdue, and what falls due within ``days`` days.

    What has no due day yet is shown too: nobody else would notice it. A duty that begins only later has a place if
    it falls due within the days; the case file has to look that far ahead.
    """
    last = last_day(case.program.as_of, days)
    wanted = Wanted(STANDING, holder)
    for row in rows(case, actions, wanted):
        if row.action.due is None or row.action.due <= last:
            yield row
    for row in rows(case, planned_actions(case), wanted):
        if row.action.due is not None and row.action.due <= last:
            yield row


def agenda(found: Iterable[ActionRow]) -> tuple[AgendaPart, ...]:
    """The rows by kind of work, then by unit; kinds without rows are left out."""
    works: dict[Work, dict[str, list[ActionRow]]] = {work: {} for work in WORKS}
    for row in found:
        works[row.work].setdefault(row.case.unit, []).append(row)
    parts = []
    for work, units in works.items():
        made = [
            AgendaUnit(id_, held[0].unit, tuple(sorted(held, key=_urgency))) for id_, held in units.items()
        ]
        made.sort(key=lambda unit: (_urgency(unit.rows[0])[:2], unit.unit_id))
        if made:
            parts.append(AgendaPart(work, tuple(made)))
    return tuple(parts)


def _urgency(row: ActionRow) -> tuple[bool, date, str, str]:
    action = row.action
    return action.state != "overdue", action.due or date.max, action.rule, action.period
