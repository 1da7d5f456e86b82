"""The tables that the printed SQL reads, in the types that a warehouse has, and how its first steps take them.

A value that a column of the screening cannot hold as it stands (a word that is no choice, a number with too many places)
makes its unit *odd*: nothing is said of it, so that nothing wrong can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.batch.layout import ROW, UNIT, Layout, Stored, known_column
from engine.inference.evaluation import Program
from engine.language.calendar import add_months
from engine.project.policy import UNIT_KIND, Fact, Policy

UNITS = "units"
OBSERVED = "observed"
ODD = ":odd"
#: Numbers are smaller than this.
_LARGEST = 10**12
_TYPES = {"boolean": "BOOLEAN", "text": "VARCHAR", "date": "DATE", "whole": "DECIMAL(18, 4)"}
_READ_TYPES = {"boolean": "BOOLEAN", "text": "VARCHAR", "date": "DATE", "whole": "BIGINT"}


@dataclass(frozen=True)
class SqlColumn:
    """A column of a table that the SQL reads. ``fact``: None for ``unit``, the kind, the day observed, and columns that
    say that a register has no rows; those name the ``register``."""

    name: str
    type: str
    fact: Fact | None = None
    register: str | None = None


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def none_column(register: str) -> str:
    """The unit table's column that says that a register has no rows; null where nobody says so."""
    return f"{register}_none"


class SqlTables:
    """The tables for one layout. ``bounded``: see ``Screening.bounded``."""

    def __init__(self, program: Program, layout: Layout, bounded: Mapping[tuple[str, str], int]) -> None:
        self._policy: Policy = program.policy
        self._layout = layout
        self._bounded = bounded
        lives = {id_: fact.shelf_life for id_, fact in self._policy.facts.items() if id_ in layout.facts}
        lives |= {id_: self._policy.registers[id_].shelf_life for id_ in layout.registers}
        self._oldest: dict[str, date] = {
            id_: add_months(program.as_of, -life.months) for id_, life in lives.items() if life is not None
        }

    # ------------------------------------------------------------------------------------------ what they are

    def wanted(self) -> Mapping[str, list[SqlColumn]]:
        """Table → its columns: the units first, then the registers."""
        policy = self._policy
        units = [SqlColumn(UNIT, "VARCHAR"), SqlColumn(UNIT_KIND, "VARCHAR")]
        if self._oldest:
            units.append(SqlColumn(OBSERVED, "DATE"))
        for id_, stored in self._layout.facts.items():
            if id_ != UNIT_KIND:
                units.append(SqlColumn(id_, _TYPES[stored.storage], policy.facts[id_]))
        units += [SqlColumn(none_column(id_), "BOOLEAN", None, id_) for id_ in self._layout.registers]
        found = {UNITS: units}
        for id_, columns in self._layout.registers.items():
            rows = [SqlColumn(UNIT, "VARCHAR")]
            if id_ in self._oldest:
                rows.append(SqlColumn(OBSERVED, "DATE"))
            facts = policy.registers[id_].columns
            rows += [SqlColumn(name, _TYPES[s.storage], facts[name]) for name, s in columns.items()]
            found[id_] = rows
        return found

    def read(self) -> Mapping[str, list[tuple[str, str]]]:
        """Table → the columns of the same table after its first step, with their types."""
        units = [(UNIT, "VARCHAR"), (ODD, "BOOLEAN")]
        units += [(id_, _READ_TYPES[s.storage]) for id_, s in self._layout.facts.items()]
        units += [(known_column(id_), "BOOLEAN") for id_ in self._layout.registers]
        found = {read_name(UNITS): units}
        for id_, columns in self._layout.registers.items():
            rows = [(UNIT, "VARCHAR"), (ROW, "BIGINT")]
            found[read_name(id_)] = rows + [(name, _READ_TYPES[s.storage]) for name, s in columns.items()]
        return found

    # ----------------------------------------------------------------------------------------- the first steps

    def steps(self) -> Iterator[tuple[str, str]]:
        """Name and query of each first step, in order."""
        for id_ in self._layout.registers:
            yield read_name(id_), self._rows(id_)
            yield f"{id_}:counted", self._counted(id_)
        yield read_name(UNITS), self._units()

    def _rows(self, register: str) -> str:
        columns = self._layout.registers[register]
        facts = self._policy.registers[register].columns
        # Any numbering will do that comes out the same each time it is computed.
        order = ", ".join(quoted(name) for name in columns) or UNIT
        chosen = [UNIT, f'row_number() OVER (PARTITION BY {UNIT} ORDER BY {order}) AS "{ROW}"']
        odd = []
        for name, stored in columns.items():
            value, wrong = self._taken(register, facts[name], stored)
            chosen.append(f"{value} AS {quoted(name)}")
            odd += wrong
        if register in self._oldest:
            chosen.append(OBSERVED)
        chosen.append(f"{_any(odd)} AS {quoted(ODD)}")
        return f"SELECT {_listed(chosen)} FROM {quoted(register)}"

    def _counted(self, register: str) -> str:
        last = f", max({OBSERVED}) AS last" if register in self._oldest else ""
        odd = f"max(CASE WHEN {quoted(ODD)} THEN 1 ELSE 0 END) AS odd"
        return f"SELECT {UNIT}, {odd}{last} FROM {quoted(read_name(register))} GROUP BY {UNIT}"

    def _units(self) -> str:
        chosen, odd = [f"u.{UNIT}"], [f"count(*) OVER (PARTITION BY u.{UNIT}) > 1"]
        kinds = ", ".join(map(text, self._policy.kinds))
        chosen.append(f"u.{quoted(UNIT_KIND)}")
        odd.append(f"u.{quoted(UNIT_KIND)} NOT IN ({kinds})")
        for id_, stored in self._layout.facts.items():
            if id_ == UNIT_KIND:
                continue
            value, wrong = self._taken("", self._policy.facts[id_], stored, "u.")
            if id_ in self._oldest:
                fresh = f"u.{OBSERVED} IS NULL OR u.{OBSERVED} >= DATE '{self._oldest[id_].isoformat()}'"
                value = f"CASE WHEN {fresh} THEN {value} END"
            chosen.append(f"{value} AS {quoted(id_)}")
            odd += wrong
        joins = []
        for number, id_ in enumerate(self._layout.registers):
            there, none = f"r{number}.{UNIT} IS NOT NULL", f"u.{quoted(none_column(id_))}"
            known = f"({there} OR coalesce({none}, FALSE))"
            if id_ in self._oldest:
                known += f" AND {self._fresh(id_, f'r{number}.last', none)}"
            chosen.append(f"{known} AS {quoted(known_column(id_))}")
            # Rows, and the word that there are none: nobody knows which is meant.
            odd += [f"r{number}.odd = 1", f"{there} AND {none}"]
            counted = quoted(f"{id_}:counted")
            joins.append(f"LEFT JOIN {counted} AS r{number} ON r{number}.{UNIT} = u.{UNIT}")
        chosen.append(f"{_any(odd)} AS {quoted(ODD)}")
        source = "\n".join([f"FROM {UNITS} AS u", *joins, f"WHERE u.{UNIT} IS NOT NULL"])
        return f"SELECT {_listed(chosen)}\n{source}"

    def _fresh(self, register: str, last: str, none: str) -> str:
        """The later of the last row's day and the day on which somebody spoke of the register; no day is fresh."""
        oldest = f"DATE '{self._oldest[register].isoformat()}'"
        spoke = f"CASE WHEN {none} IS NOT NULL THEN u.{OBSERVED} END"
        return f"({last} >= {oldest} OR {spoke} >= {oldest} OR ({last} IS NULL AND {spoke} IS NULL)) IS TRUE"

    def _taken(self, register: str, fact: Fact, stored: Stored, of: str = "") -> tuple[str, list[str]]:
        """A value as the screening takes it, and the conditions under which it cannot be taken so."""
        name = of + quoted(fact.id)
        if stored.storage == "text" and fact.type == "choice":
            words = ", ".join(text(choice.value) for choice in fact.choices)
            return name, [f"{name} NOT IN ({words})"]
        if stored.storage != "whole":
            return name, []
        factor = 10**stored.scale
        bound = min(self._bounded.get((register, fact.id), _LARGEST * factor), _LARGEST * factor)
        exact = f"CAST({name} AS DECIMAL(22, {stored.scale}))"
        # Without the first condition the casts would fail.
        small = f"abs({name}) < {_LARGEST}"
        wrong = [
            f"NOT {small}",
            f"CASE WHEN {small} THEN {exact} <> CAST({name} AS DECIMAL(38, 12)) OR "
            f"abs({exact}) * {factor} > {bound} END",
        ]
        for end, beyond in ((fact.minimum, "<"), (fact.maximum, ">")):
            if isinstance(end, Decimal):
                wrong.append(f"{name} {beyond} {end:f}")
        scaled = exact if factor == 1 else f"{exact} * {factor}"
        return f"CASE WHEN {small} THEN CAST({scaled} AS BIGINT) END", wrong


def read_name(table: str) -> str:
    """The name of a table after its first step."""
    return f"{table}:read"


def _any(conditions: list[str]) -> str:
    if not conditions:
        return "FALSE"
    return "coalesce(" + "\n    OR ".join(f"({c}) IS TRUE" for c in conditions) + ", FALSE)"


def _listed(columns: list[str]) -> str:
    return ",\n    ".join(columns)
