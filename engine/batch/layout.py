"""How facts lie in columns: what a compiled policy has to know of the tables that it will run on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.project.policy import UNIT_KIND, Fact, Policy

#: ``whole``: a number as an integer, multiplied by ten to the power of ``scale``. ``float``: a binary number that stands
#: for its shortest decimal notation, as everywhere in the project.
Storage: TypeAlias = Literal["boolean", "text", "date", "whole", "float"]

UNIT = "unit"
#: Decimal places of numbers that no column type tells: more of them than people write, and room for multiplying.
PLACES = 4
#: The number of a row within its unit and register, from 1: what names a cell, as in ``petitions[2].level``.
ROW = "row"


@dataclass(frozen=True)
class Stored:
    """How one column is stored. Null is unknown, whatever the reason."""

    storage: Storage
    scale: int = 0


@dataclass(frozen=True)
class Layout:
    """The columns of the unit table and of each register's table.

    The unit table has ``unit``, ``unit_kind``, the facts by id, and for each register ``known_column``: whether its
    rows are known, never null. A register's table has ``unit``, ``row`` and the register's columns.

    ``days_are_numbers``: a date can be taken for the number of its day, as Polars stores it; so the days between two dates
    cost a subtraction of integers. Other engines have no such cast.
    """

    facts: Mapping[str, Stored]
    registers: Mapping[str, Mapping[str, Stored]]
    days_are_numbers: bool = False


_PLAIN: Mapping[str, Storage] = {"boolean": "boolean", "text": "text", "choice": "text", "date": "date"}


def usual(fact: Fact) -> Stored:
    """The storage of a fact that nothing else is known of: numbers with ``PLACES`` places, integers with none."""
    if fact.type in _PLAIN:
        return Stored(_PLAIN[fact.type])
    return Stored("whole", 0 if fact.type == "integer" else PLACES)


def usual_layout(policy: Policy) -> Layout:
    """Every fact and column as ``usual`` says."""
    facts = {UNIT_KIND: Stored("text"), **{id_: usual(fact) for id_, fact in policy.facts.items()}}
    registers = {
        id_: {column: usual(fact) for column, fact in register.columns.items()}
        for id_, register in policy.registers.items()
    }
    return Layout(facts, registers)


def known_column(register: str) -> str:
    """The unit table's column that says whether a register's rows are known."""
    return f"{register}:known"


def stale_column(name: str) -> str:
    """The unit table's column that says whether a fact or register is unknown because it is past its shelf life; there
    only where that is asked for, and where something grows old."""
    return f"{name}:stale"
