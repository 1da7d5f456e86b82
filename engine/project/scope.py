"""What a name means in a project: its canonical id, its type, and the columns of registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.language.types import Type
from engine.language.values import Value
from engine.project.policy import Fact, Register
from engine.project.yaml import Document


@dataclass
class Scope:
    """The names that expressions and conditions may use, filled while linking.

    ``canonical`` maps every id and every zh name to the id; ``types`` has the type under both.
    """

    canonical: dict[str, str] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    parameters: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)
    findings: dict[str, str] = field(default_factory=dict)
    #: Rankings of units: facts that a condition may test for being `last`.
    ranks: set[str] = field(default_factory=set)
    #: What comparisons between units give each unit.
    compared: dict[str, Fact] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    #: Parameter → the values that it is simply given, on whatever date.
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    #: Names in files that do not fit their model; see ``References.broken``.
    broken: frozenset[str] = frozenset()
    #: False if a file could not even be read: then a rule that nobody defines may stand in it.
    findings_complete: bool = True
    first_day_included: bool = False

    def add(self, id_: str, zh: str, type_: Type) -> None:
        """Make ``id_`` known under its id and its Chinese name."""
        for name in (id_, zh):
            self.canonical[name] = id_
            self.types[name] = type_

    def facts_and_derived(self) -> list[str]:
        """Every name, id or Chinese, that a condition may test directly."""
        apart = self.parameters | set(self.registers)
        return [name for name, id_ in self.canonical.items() if id_ not in apart]

    def column(self, register: str, name: str) -> str | None:
        """The id of a register's column, given its id or zh name."""
        return column_names(self.registers[register]).get(name)


def column_names(register: Register) -> dict[str, str]:
    """Id and zh name of each column → its id."""
    names = {column.name.zh: id_ for id_, column in register.columns.items()}
    return names | {id_: id_ for id_ in register.columns}


def names_in(documents: Iterable[Document]) -> frozenset[str]:
    """Every id and Chinese name in documents that do not fit their model."""
    return frozenset(name for document in documents for name in _names(document.data))


def _names(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key in ("id", "zh"):
            if isinstance(data.get(key), str):
                yield data[key]
        for value in data.values():
            yield from _names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value)
