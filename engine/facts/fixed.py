"""The columns that every sheet has: the unit's id and kind, the day observed, and who reported it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from engine.facts.cells import Cell, shown
from engine.facts.collected import Collected
from engine.facts.folding import clean, folded, identifier, is_blank
from engine.facts.headings import HAS_ROWS, NO_ROWS, UNIT_COLUMNS
from engine.facts.normalise import MAX_TEXT, NotUnderstood, excerpt, normalise
from engine.facts.sheet import Observation, Source
from engine.language.types import Date
from engine.language.values import Unknown
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.project.policy import Entry, Policy

_HAS = frozenset(folded(word) for word in (*HAS_ROWS, "有", "是", "yes"))
_NONE = frozenset(folded(word) for word in (*NO_ROWS, "无", "没有", "否", "no", "none"))
_ID_LIMIT = 200


class FixedColumns:
    """Reads the fixed columns against a policy; what is wrong goes to ``collected``."""

    def __init__(self, policy: Policy, collected: Collected) -> None:
        from engine.project.policy import Fact, Text

        zh, en, _ = UNIT_COLUMNS["observed"]
        self._observed = Fact("observed", Text(zh, en), "date", Date(), None)
        self._collected = collected
        self._kinds = _lookup(policy.kinds)
        self._offices = _lookup(policy.offices)

    def unit(self, cell: Cell) -> str:
        """The unit's id; empty if the cell has none."""
        if cell is None or (not isinstance(cell, str) and shown(cell) == ""):
            return ""
        text = identifier(shown(cell))
        return "" if is_blank(text) or len(text) > _ID_LIMIT else text

    def name(self, cell: Cell) -> str:
        """The unit's name; empty if the cell has none."""
        text = clean(shown(cell))[0][:MAX_TEXT]
        return "" if is_blank(text) else text

    def kind(
        self, cell: Cell, where: Source, unit: str, observed: date | None, by: str | None
    ) -> Observation | None:
        """The unit's kind as an observation; one that the plan does not know is not readable."""
        text = shown(cell)
        if cell is None or is_blank(text):
            return None
        found = self._kinds.get(folded(text))
        if found is not None:
            return Observation(found, text, where, observed, by)
        expected = ", ".join(f"`{kind}`" for kind in dict.fromkeys(self._kinds.values()))
        near = nearest(clean(text)[0], self._kinds)
        params = {"found": excerpt(cell), "expected": expected, "nearest": self._kinds.get(near or "", "")}
        key = "data.unknown-kind" if near is None else "data.unknown-kind-near"
        self._collected.unread(unit, where, key, params)
        return Observation(Unknown(frozenset({"unit_kind"})), text[:200], where, observed, by, readable=False)

    def observed(self, cell: Cell, where: Source, unit: str, date_1904: bool = False) -> date | None:
        """The day that the values were observed."""
        found = normalise(self._observed, cell, date_1904)
        if isinstance(found, NotUnderstood):
            name = self._observed.name
            self._collected.unread(
                unit, where, found.key, {**found.params, "fact_zh": name.zh, "fact_en": name.en}
            )
            return None
        return found.value if found is not None and isinstance(found.value, date) else None

    def by(self, cell: Cell, where: Source, unit: str) -> str | None:
        """The office that reported; one that the plan does not name is kept as written, with a problem."""
        text = clean(shown(cell))[0]
        if cell is None or is_blank(text):
            return None
        found = self._offices.get(folded(text))
        if found is not None:
            return found
        near = nearest(text, self._offices)
        key = "data.unknown-office" if near is None else "data.unknown-office-near"
        self._collected.problem(
            unit, where, key, {"found": excerpt(cell), "nearest": self._offices.get(near or "", "")}
        )
        return text[:_ID_LIMIT]

    def status(self, cell: Cell, where: Source, unit: str, zh: str, en: str) -> bool | None:
        """Whether a register has rows; None where that is not said or not understood."""
        text = shown(cell)
        if cell is None or folded(text) == "" or (is_blank(text) and folded(text) not in _NONE):
            return None
        word = folded(text)
        if word in _HAS or word in _NONE:
            return word in _HAS
        params = {"found": excerpt(cell), "register_zh": zh, "register_en": en}
        self._collected.unread(unit, where, "data.register-status", params)
        return None


def _lookup(entries: Mapping[str, Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id_, entry in entries.items():
        for name in (id_, entry.name.zh, entry.name.en, *entry.aliases):
            found.setdefault(folded(name), id_)
    return found
