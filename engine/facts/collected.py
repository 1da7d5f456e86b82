"""What has been read so far: one draft per unit and file, problems, and the counts that must add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from engine.facts.cells import Cell, shown
from engine.facts.normalise import NotUnderstood, Understood, excerpt, normalise
from engine.facts.sheet import DataProblem, Observation, Row, Source
from engine.language.values import Unknown

if TYPE_CHECKING:
    from engine.project.policy import Fact

_MEMO_LIMIT = 20_000
_RAW_LIMIT = 200


@dataclass
class Draft:
    """One unit in one file. ``status``: register → (has rows, where that is said)."""

    unit: str
    file: str
    first: Source
    has_row: bool = False
    names: list[tuple[str, Source]] = field(default_factory=list)
    observed: date | None = None
    supplier: str | None = None
    kind: list[Observation] = field(default_factory=list)
    facts: dict[str, list[Observation]] = field(default_factory=dict)
    status: dict[str, list[tuple[bool, Source]]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)


@dataclass
class Collected:
    """Drafts in order of first appearance; ``problems`` with the unit they concern, if one."""

    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    problems: list[tuple[str | None, DataProblem]] = field(default_factory=list)
    rows_read: int = 0
    rows_rejected: int = 0
    cells_unread: int = 0
    _memo: dict[tuple[int, type, object, bool], Understood | NotUnderstood | None] = field(
        default_factory=dict
    )

    def draft(self, unit: str, where: Source) -> Draft:
        """The draft of ``unit`` in the file of ``where``."""
        key = (where.file, unit)
        if key not in self.drafts:
            self.drafts[key] = Draft(unit, where.file, where)
        return self.drafts[key]

    def problem(self, unit: str | None, where: Source, key: str, params: Mapping[str, object]) -> None:
        """Note a problem; ``unit`` None: it concerns no single unit."""
        self.problems.append((unit, DataProblem(where, key, dict(params))))

    def unread(self, unit: str | None, where: Source, key: str, params: Mapping[str, object]) -> None:
        """Note a filled cell that was not understood."""
        self.cells_unread += 1
        self.problem(unit, where, key, params)

    def observe(
        self,
        fact: Fact,
        cell: Cell,
        where: Source,
        unit: str,
        observed: date | None,
        supplier: str | None,
        date_1904: bool = False,
    ) -> Observation | None:
        """The cell as an observation of ``fact``; None where nothing is filled in."""
        found = self._normalised(fact, cell, date_1904)
        if found is None:
            return None
        raw = shown(cell)[:_RAW_LIMIT]
        if isinstance(found, NotUnderstood):
            params = {**found.params, "fact_zh": fact.name.zh, "fact_en": fact.name.en}
            self.unread(unit, where, found.key, params)
            return Observation(Unknown(frozenset({fact.id})), raw, where, observed, supplier, readable=False)
        if found.note is not None:
            self.problem(
                unit,
                where,
                found.note,
                {"found": excerpt(cell), "fact_zh": fact.name.zh, "fact_en": fact.name.en},
            )
        return Observation(found.value, raw, where, observed, supplier)

    def _normalised(self, fact: Fact, cell: Cell, date_1904: bool) -> Understood | NotUnderstood | None:
        # A column repeats few values; True and 1 are equal and hash alike, so the type is part of the key.
        key = (id(fact), type(cell), cell, date_1904)
        try:
            return self._memo[key]
        except KeyError:
            pass
        found = normalise(fact, cell, date_1904)
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        self._memo[key] = found
        return found
