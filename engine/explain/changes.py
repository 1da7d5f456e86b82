"""Changes of a fact sheet, for looking at what would be if: each is one thing that a clerk would write differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.language.values import Value
from engine.project.policy import UNIT_KIND

#: Where a supposed value comes from, in place of a file.
SUPPOSED = "what if"


@dataclass(frozen=True)
class FactChange:
    """A fact gets another value; ``value`` None takes it out, as if it had never been filled in."""

    fact: str
    value: Value


@dataclass(frozen=True)
class CellChange:
    """A cell of a register gets another value; rows count from 1, ``value`` None empties the cell."""

    register: str
    row: int
    column: str
    value: Value


@dataclass(frozen=True)
class RowRemoved:
    """A row is taken out of a register; rows count from 1, in the register as it was."""

    register: str
    row: int


@dataclass(frozen=True)
class RowAdded:
    """A row is written at the end of a register."""

    register: str
    cells: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class RegisterEmpty:
    """A register is filled in and has no rows."""

    register: str


Change: TypeAlias = FactChange | CellChange | RowRemoved | RowAdded | RegisterEmpty


def changed(sheet: FactSheet, changes: Iterable[Change], as_of: date) -> FactSheet:
    """``sheet`` with ``changes``, as if observed on the as-of date.

    Raises KeyError for a row that the register does not have.
    """
    facts, registers = dict(sheet.facts), dict(sheet.registers)
    reported, empty = dict(sheet.reported), dict(sheet.empty)
    kind = sheet.kind
    by_row: dict[tuple[str, int], dict[str, Value]] = {}
    gone: set[tuple[str, int]] = set()
    added: dict[str, list[Row]] = {}
    for change in changes:
        if isinstance(change, FactChange):
            seen = () if change.value is None else (supposed(change.value, as_of),)
            if change.fact == UNIT_KIND:
                kind = seen
            else:
                facts[change.fact] = seen
        elif isinstance(change, CellChange):
            by_row.setdefault((change.register, change.row), {})[change.column] = change.value
        elif isinstance(change, RowRemoved):
            gone.add((change.register, change.row))
        elif isinstance(change, RowAdded):
            cells = {name: supposed(value, as_of) for name, value in change.cells}
            added.setdefault(change.register, []).append(Row(cells, Source(SUPPOSED), as_of))
        else:
            registers[change.register] = ()
            reported[change.register] = as_of
            empty[change.register] = Source(SUPPOSED)
    for register, row in sorted({*by_row, *gone}):
        if not 1 <= row <= len(registers.get(register, ())):
            raise KeyError((register, row))
    for register in sorted({name for name, _ in (*by_row, *gone)} | added.keys()):
        kept = [
            _with_cells(row, by_row.get((register, number), {}), as_of)
            for number, row in enumerate(registers.get(register, ()), start=1)
            if (register, number) not in gone
        ]
        registers[register] = (*kept, *added.get(register, ()))
    empty = {register: where for register, where in empty.items() if not registers.get(register)}
    return replace(sheet, kind=kind, facts=facts, registers=registers, reported=reported, empty=empty)


def supposed(value: Value, as_of: date) -> Observation:
    """A value that nobody wrote."""
    return Observation(value, "", Source(SUPPOSED), as_of)


def _with_cells(row: Row, cells: Mapping[str, Value], as_of: date) -> Row:
    if not cells:
        return row
    found = {name: cell for name, cell in row.cells.items() if name not in cells}
    found |= {name: supposed(value, as_of) for name, value in cells.items() if value is not None}
    return replace(row, cells=found)
