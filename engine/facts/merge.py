"""Drafts of several sources → one fact sheet per unit; nothing that any source says is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from engine.facts.collected import Collected, Draft
from engine.facts.merge_rows import merge_rows
from engine.facts.sheet import DataProblem, FactSheet, Observation, Reading, Row, Source
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.project.policy import Policy, Register

MAX_SUGGESTIONS = 20


def merge(collected: Collected, policy: Policy) -> Reading:
    """The fact sheets in order of first appearance, with every problem at its unit or at none."""
    by_unit: dict[str, list[Draft]] = {}
    for draft in collected.drafts.values():
        by_unit.setdefault(draft.unit, []).append(draft)
    listed = [unit for unit, drafts in by_unit.items() if any(draft.has_row for draft in drafts)]
    merged = [_Merged(unit, drafts, policy, collected) for unit, drafts in by_unit.items()]
    known = frozenset(listed)
    for place, one in enumerate(one for one in merged if one.unit not in known):
        # Comparing every such unit with every other would take hours on a list of the wrong units.
        one.report_not_listed(listed if place < MAX_SUGGESTIONS else ())
    of_unit: dict[str | None, list[DataProblem]] = {}
    for unit, problem in collected.problems:
        of_unit.setdefault(unit if unit in by_unit else None, []).append(problem)
    sheets = tuple(one.sheet(tuple(of_unit.get(one.unit, ()))) for one in merged)
    return Reading(
        sheets,
        tuple(of_unit.get(None, ())),
        collected.rows_read,
        collected.cells_unread,
        collected.rows_rejected,
        len(known),
    )


class _Merged:
    def __init__(self, unit: str, drafts: Sequence[Draft], policy: Policy, collected: Collected) -> None:
        self.unit = unit
        self._drafts = drafts
        self._collected = collected
        self._name = self._one_name()
        self._registers: dict[str, tuple[Row, ...]] = {}
        self._reported: dict[str, date] = {}
        self._empty: dict[str, Source] = {}
        for register in policy.registers.values():
            self._merge_register(register)

    def sheet(self, problems: tuple[DataProblem, ...]) -> FactSheet:
        facts: dict[str, tuple[Observation, ...]] = {}
        for draft in self._drafts:
            for fact, observations in draft.facts.items():
                facts[fact] = (*facts.get(fact, ()), *observations)
        kind = tuple(observation for draft in self._drafts for observation in draft.kind)
        return FactSheet(
            self.unit, self._name, kind, facts, self._registers, problems, self._reported, self._empty
        )

    def report_not_listed(self, listed: Sequence[str]) -> None:
        """A unit that only registers mention is probably misspelt there."""
        near = nearest(self.unit, listed)
        key = "data.unit-not-listed" if near is None else "data.unit-not-listed-near"
        where = self._drafts[0].first
        self._collected.problem(self.unit, where, key, {"unit": self.unit, "nearest": near or ""})

    def _one_name(self) -> str:
        names = [entry for draft in self._drafts for entry in draft.names]
        if not names:
            return ""
        first, place = names[0]
        for other, where in names[1:]:
            if other != first:
                params = {"first": first, "other": other, "place": str(place)}
                self._collected.problem(self.unit, where, "data.name-differs", params)
        return first

    def _merge_register(self, register: Register) -> None:
        sources = [
            _dated(draft, draft.rows[register.id]) for draft in self._drafts if register.id in draft.rows
        ]
        said = [entry for draft in self._drafts for entry in draft.status.get(register.id, ())]
        names = {"register_zh": register.name.zh, "register_en": register.name.en}
        for has_rows, where in said:
            if sources and not has_rows:
                row = str(sources[0][0].source)
                self._collected.problem(
                    self.unit, where, "data.register-none-but-rows", {**names, "place": row}
                )
            elif not sources and has_rows:
                self._collected.problem(self.unit, where, "data.register-rows-missing", names)
        drafts = [d for d in self._drafts if register.id in d.rows or register.id in d.status]
        days = [draft.observed for draft in drafts if draft.observed is not None]
        if days:
            self._reported[register.id] = max(days)
        if sources:
            self._registers[register.id] = self._rows(register, sources)
        elif said and not any(has_rows for has_rows, _ in said):
            self._registers[register.id] = ()
            self._empty[register.id] = said[0][1]

    def _rows(self, register: Register, sources: Sequence[Sequence[Row]]) -> tuple[Row, ...]:
        rows, conflicts, doubled = merge_rows(sources, register.key)
        for column, cell, params in conflicts:
            name = register.columns[column].name
            names = {"fact_zh": name.zh, "fact_en": name.en}
            self._collected.unread(self.unit, cell.source, "data.row-cells-conflict", {**params, **names})
        for row in doubled:
            key = row.cells[register.key or ""]
            params = {"found": key.raw, "register_zh": register.name.zh, "register_en": register.name.en}
            self._collected.problem(self.unit, key.source, "data.row-key-doubled", params)
        return tuple(rows)


def _dated(draft: Draft, rows: Sequence[Row]) -> list[Row]:
    """A row that names no day or office has those of its unit's row in the same file."""
    if draft.observed is None and draft.supplier is None:
        return list(rows)
    return [
        replace(
            row,
            observed=row.observed or draft.observed,
            supplier=row.supplier or draft.supplier,
            cells={
                column: replace(
                    cell,
                    observed=cell.observed or draft.observed,
                    supplier=cell.supplier or draft.supplier,
                )
                for column, cell in row.cells.items()
            },
        )
        for row in rows
    ]
