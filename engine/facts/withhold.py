"""Fact sheets without what the vocabulary marks as sensitive: as if nobody had ever filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.facts.sheet import FactSheet

if TYPE_CHECKING:
    from engine.project.policy import Policy


@dataclass(frozen=True)
class Sensitive:
    """The facts marked sensitive, and register → its columns marked so (registers without any are left out)."""

    facts: frozenset[str]
    columns: Mapping[str, frozenset[str]]

    @property
    def count(self) -> int:
        """How many facts and columns there are."""
        return len(self.facts) + sum(len(columns) for columns in self.columns.values())

    def hides(self, name: str) -> bool:
        """Whether ``name``, a fact or a cell such as ``petitions[2].level``, is sensitive."""
        register, bracket, rest = name.partition("[")
        if not bracket:
            return name in self.facts
        return rest.partition("].")[2] in self.columns.get(register, ())


def sensitive_in(policy: Policy) -> Sensitive:
    """What ``policy`` marks as sensitive."""
    columns = {
        id_: frozenset(name for name, column in register.columns.items() if column.sensitive)
        for id_, register in policy.registers.items()
    }
    return Sensitive(
        frozenset(id_ for id_, fact in policy.facts.items() if fact.sensitive),
        {id_: names for id_, names in columns.items() if names},
    )


def withhold(sheet: FactSheet, sensitive: Sensitive) -> FactSheet:
    """``sheet`` without its sensitive facts and cells, and without its problems, which may quote them."""
    facts = {id_: seen for id_, seen in sheet.facts.items() if id_ not in sensitive.facts}
    registers = dict(sheet.registers)
    for id_, hidden in sensitive.columns.items():
        if id_ in registers:
            registers[id_] = tuple(
                replace(row, cells={name: cell for name, cell in row.cells.items() if name not in hidden})
                for row in registers[id_]
            )
    return replace(sheet, facts=facts, registers=registers, problems=())
