"""The noun of this stage: a unit's fact sheet, every value with its source. Immutable; knows no as-of date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from engine.facts.standing import Standing
from engine.language.values import Value


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was written: a cell of a sheet, or a path in a structured file."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    path: str | None = None

    def __str__(self) -> str:
        return "!".join(part for part in (self.file, self.sheet, self.cell or self.path) if part)


@dataclass(frozen=True, slots=True)
class Observation:
    """A value as read. ``value`` is normalised; ``raw`` is what was written; ``observed`` the day it was true;
    ``supplier`` who reported it. ``readable`` is False if it could not be understood: then it counts as unknown."""

    value: Value
    raw: str
    source: Source
    observed: date | None = None
    supplier: str | None = None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register: an observation per filled column; missing columns are absent."""

    cells: Mapping[str, Observation]
    source: Source
    observed: date | None = None
    supplier: str | None = None


@dataclass(frozen=True, slots=True)
class DataProblem:
    """Something in the data that a clerk has to look at; ``key`` and ``params`` name a message of the table."""

    where: Source
    key: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All that the sources say about one unit.

    ``facts``: fact id → observations, one per source that has a value (empty or absent: never filled in).
    ``registers``: register id → rows; a register that is absent was never filled in, an empty one has no rows.
    ``reported``: register id → the day on which it was last filled in, where that is known; an empty register has no
    row to say it. ``empty``: register id → where it is said that it has no rows. ``kind``: observations of the kind
    of unit, as for a fact. ``standings``: comparison id → how the unit stands among others; None if nobody has compared it
    yet, so that what one unit comes to is a function of its sheet alone.
    """

    unit: str
    name: str
    kind: tuple[Observation, ...]
    facts: Mapping[str, tuple[Observation, ...]]
    registers: Mapping[str, tuple[Row, ...]]
    problems: tuple[DataProblem, ...] = ()
    reported: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    empty: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    standings: Mapping[str, Standing] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a set of sources gave: the sheets in order of first appearance, and problems of no single unit.

    ``rows_read`` counts unit rows, ``cells_unread`` the cells that were not understood, ``rows_rejected`` the rows among
    those of the units that name none, ``units_listed`` the units that have a row there.
    """

    sheets: tuple[FactSheet, ...]
    problems: tuple[DataProblem, ...]
    rows_read: int
    cells_unread: int
    rows_rejected: int = 0
    units_listed: int = 0
