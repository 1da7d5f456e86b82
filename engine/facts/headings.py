"""What each column is about: headings by Chinese name, English name or id, with an optional unit in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.facts.folding import folded
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.project.policy import Fact, Policy, Register

Role = Literal["unit", "name", "kind", "observed", "by", "fact", "status"]
#: role → (Chinese heading, English heading, further names)
UNIT_COLUMNS: Mapping[Role, tuple[str, str, tuple[str, ...]]] = {
    "unit": ("单位编号", "unit id", ("unit_id", "unit")),
    "name": ("单位名称", "unit name", ("unit_name", "name")),
    "kind": ("单位类型", "unit kind", ("unit_kind", "kind")),
    "observed": ("填报日期", "date observed", ("observed",)),
    "by": ("填报单位", "reported by", ("by", "supplier")),
}
REGISTER_COLUMNS: tuple[Role, ...] = ("unit", "observed", "by")
STATUS_SUFFIX = ("填报情况", " filled in")
HAS_ROWS = ("有记录", "has records")
NO_ROWS = ("无记录", "no records")
UNITS_SHEET = ("单位", "units")
NOTES_SHEET = ("填表说明", "how to fill in")
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds: ``id`` is the fact or column, or the register whose status it is."""

    role: Role
    id: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A heading as found; ``wrong_unit`` is the unit in its brackets where that is not the fact's own."""

    heading: Heading
    wrong_unit: str | None = None
    own_unit: str = ""


class Headings:
    """The headings of one kind of sheet. ``facts`` are the facts of the first sheet or the columns of a register."""

    def __init__(
        self, facts: Mapping[str, Fact], fixed: Iterable[Role], registers: Iterable[Register]
    ) -> None:
        self._facts = facts
        self._known: dict[str, Heading] = {}
        self._names: list[str] = []
        fixed = tuple(fixed)
        for role in fixed:
            self._add(UNIT_COLUMNS[role][:2], Heading(role))
        for register in registers:
            names = (register.name.zh + STATUS_SUFFIX[0], register.name.en + STATUS_SUFFIX[1])
            self._add((*names, register.id + STATUS_SUFFIX[1]), Heading("status", register.id))
        for fact in facts.values():
            self._add((fact.id, fact.name.zh), Heading("fact", fact.id))
        # Ids and Chinese names are unique in a policy; an English name that two facts share heads neither.
        shared = Counter(folded(fact.name.en) for fact in facts.values())
        for fact in facts.values():
            if shared[folded(fact.name.en)] == 1:
                self._add((fact.name.en,), Heading("fact", fact.id))
        for role in fixed:  # short names give way to the policy's own
            for name in UNIT_COLUMNS[role][2]:
                self._known.setdefault(folded(name), Heading(role))

    def _add(self, names: Iterable[str], heading: Heading) -> None:
        for name in names:
            if self._known.setdefault(folded(name), heading) == heading:
                self._names.append(name)

    def recognise(self, text: str) -> Recognised | None:
        """The column that ``text`` heads; None if it heads none."""
        if found := self._known.get(folded(text)):
            return Recognised(found)
        match = _BRACKETS.fullmatch(unicodedata.normalize("NFKC", text).strip())
        found = self._known.get(folded(match[1])) if match else None
        if match is None or found is None:
            return None
        fact = self._facts.get(found.id) if found.role == "fact" else None
        # Other brackets are remarks, such as （是/否） or （年月日）.
        if (
            fact is None
            or fact.type not in ("number", "integer")
            or folded(match[2]) == folded(fact.unit or "")
        ):
            return Recognised(found)
        return Recognised(found, match[2].strip(), fact.unit or "")

    def nearest(self, text: str) -> str | None:
        """The known heading that ``text`` probably is."""
        match = _BRACKETS.fullmatch(unicodedata.normalize("NFKC", text).strip())
        return nearest(match[1] if match else text, self._names)


def register_named(policy: Policy, text: str) -> Register | None:
    """The register that a sheet or a key of this name holds."""
    wanted = folded(text)
    for register in policy.registers.values():
        if wanted in (folded(register.id), folded(register.name.zh)):
            return register
    named = [r for r in policy.registers.values() if wanted == folded(r.name.en)]
    # A workbook cuts the names of its sheets off at 31 characters.
    cut = [r for r in policy.registers.values() if wanted == folded(sheet_title(r.name.en))]
    return next(iter([*named, *cut]), None)


def is_notes(text: str) -> bool:
    """Whether a sheet of this name holds instructions and no data."""
    return folded(text) in {folded(name) for name in NOTES_SHEET}


def sheet_title(text: str) -> str:
    """``text`` as a workbook allows it for a sheet: at most 31 characters and none of ``: \\ / ? * [ ]``."""
    return re.sub(r"[:\\/?*\[\]：]", " ", text).strip().strip("'")[:31]
