"""Waivers: rows that release a unit from a duty in a period, for a reason.

A register of waivers that was never filled in releases nobody: it is for whoever claims a waiver to show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from engine.language.values import Unknown, Value
from engine.project.policy import Policy

Problem = tuple[str, Mapping[str, object]]


class Waived(NamedTuple):
    """``rows``: duty id → (period id or None for every period, row number from 1)."""

    rows: Mapping[str, tuple[tuple[str | None, int], ...]]
    problems: tuple[Problem, ...]


NOTHING_WAIVED = Waived({}, ())


def duties_by_name(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """The duties that a waiver names by a duty or, if there is no such duty, by a group: ids and names in both languages."""
    found: dict[str, tuple[str, ...]] = {}
    for id_, group in policy.groups.items():
        inside = tuple(duty.id for duty in policy.duties.values() if duty.group == id_)
        found |= dict.fromkeys((id_, group.name.zh, group.name.en), inside)
    for id_, duty in policy.duties.items():
        found |= dict.fromkeys((id_, duty.name.zh, duty.name.en), (id_,))
    return found


class WaiverReader:
    """Reads the waivers of units of one policy."""

    def __init__(self, policy: Policy) -> None:
        self._waivers = policy.waivers
        self._named = duties_by_name(policy)
        self._name = "" if self._waivers is None else policy.registers[self._waivers.register].name.zh

    def read(self, values: Mapping[str, Value], as_of: date) -> Waived:
        """The waivers granted by ``as_of``; one without a day counts, one without a reason does not."""
        if self._waivers is None:
            return NOTHING_WAIVED
        rows = values[self._waivers.register]
        if isinstance(rows, Unknown) or not rows:
            return NOTHING_WAIVED
        found: dict[str, list[tuple[str | None, int]]] = {}
        problems: list[Problem] = []
        assert isinstance(rows, tuple)
        for number, row in enumerate(rows, start=1):
            assert isinstance(row, Mapping)
            problem = self._row(row, number, as_of, found)
            if problem is not None:
                problems.append(problem)
        return Waived({id_: tuple(granted) for id_, granted in found.items()}, tuple(problems))

    def _row(
        self,
        row: Mapping[str, Value],
        number: int,
        as_of: date,
        found: dict[str, list[tuple[str | None, int]]],
    ) -> Problem | None:
        assert self._waivers is not None
        where: dict[str, object] = {"row": number, "register": self._name}
        duty, reason = row[self._waivers.duty], row[self._waivers.reason]
        day = None if self._waivers.date is None else row[self._waivers.date]
        if isinstance(day, date) and day > as_of:
            return None
        if not isinstance(duty, str) or not duty.strip():
            return "duties.waiver-unreadable", where
        duties = self._named.get(duty.strip(), ())
        if not duties:
            return "duties.waiver-of-nothing", {**where, "found": duty}
        if not isinstance(reason, str) or not reason.strip():
            return "duties.waiver-without-reason", where
        period = None if self._waivers.period is None else row[self._waivers.period]
        for id_ in duties:
            named = period.strip() if isinstance(period, str) and period.strip() else None
            found.setdefault(id_, []).append((named, number))
        return None
