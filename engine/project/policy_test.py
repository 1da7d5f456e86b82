"""The nouns of a policy's own tests: what a ``*.test.yaml`` file states, linked and normalised.

The loader builds them. They hold plain values, because fact sheets come later in the import order;
``engine.analysis.policy_tests`` turns a test into a sheet, runs it and compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

from engine.diagnostics import Location
from engine.language.values import Value
from engine.project.duty import Status
from engine.project.policy import Text


@dataclass(frozen=True)
class Alternatives:
    """Values of one fact from sources that disagree (``{either: [1, 3]}``), in the order written."""

    values: tuple[Value, ...]


#: What a test may expect of a decision table: one outcome id, the list of a C table, no outcome, or unknown.
ExpectedChoice: TypeAlias = "str | tuple[str, ...] | ExpectUnknown | None"


@dataclass(frozen=True)
class ExpectUnknown:
    """The table must have no outcome yet. A noun of its own, because an outcome could be called `unknown`."""


EXPECT_UNKNOWN = ExpectUnknown()

#: ``key`` may be expected unknown (None), which differs from not being mentioned.
ExpectedKey: TypeAlias = "bool | Literal['not stated'] | None"


#: A status of a duty in a period, or that there is no such period.
ExpectedStatus: TypeAlias = "Status | Literal['none']"


@dataclass(frozen=True)
class ExpectedProcedure:
    """What is stated of a procedure's present run; None where nothing is. ``next``: empty for no further step.

    ``done``: ids of the steps done; ``violations``: (step, why), in any order.
    """

    done: tuple[str, ...] | None = None
    next: str | None = None
    violations: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True)
class Expectation:
    """What a test expects; what is not mentioned is not compared.

    ``findings``: canonical rule id → true, false or None for unknown. ``determinations``: canonical
    table id → see ``ExpectedChoice``. ``missing``: exactly these unknown facts, in any order (fact ids; a
    register's cell as in ``petitions[2].level``, or the register's id for any cell of it).
    """

    findings: Mapping[str, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    classification: Literal["weak", "not_weak", "undetermined", "out_of_scope"] | None = None
    key: ExpectedKey = "not stated"
    determinations: Mapping[str, ExpectedChoice] = field(default_factory=lambda: MappingProxyType({}))
    missing: tuple[str, ...] | None = None
    #: duty id → period id (empty: the one begun last) → status, and likewise → due day.
    duties: Mapping[str, Mapping[str, ExpectedStatus]] = field(default_factory=lambda: MappingProxyType({}))
    due: Mapping[str, Mapping[str, date]] = field(default_factory=lambda: MappingProxyType({}))
    measures: Mapping[str, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    procedures: Mapping[str, ExpectedProcedure] = field(default_factory=lambda: MappingProxyType({}))
    #: What comparisons give the unit; None for unknown.
    compared: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def about_duties(self) -> bool:
        """Whether anything is expected of duties, measures or procedures."""
        return any((self.duties, self.due, self.measures, self.procedures))


@dataclass(frozen=True)
class OtherUnit:
    """A unit that the one of a test is compared with, ``times`` over; facts and registers as there."""

    kind: str | None
    facts: Mapping[str, Value | Alternatives]
    registers: Mapping[str, tuple[Mapping[str, Value], ...]]
    times: int = 1


@dataclass(frozen=True)
class PolicyTest:
    """One test of a policy: a unit, a date, parameters that differ from those in force, and what is expected.

    ``facts``: canonical fact id → value; a fact that is absent was never filled in. ``registers``: canonical
    register id → rows, each column id → value; an absent register was never filled in, an empty one has no
    rows, an absent column is an unknown cell. ``others``: the units that it is compared with; ``compared``: what comparing
    it with others gives, where the test says so itself. ``location`` is the place of the test's name in ``file``.
    """

    name: Text
    file: str
    location: Location
    as_of: date
    expect: Expectation
    kind: str | None = None
    facts: Mapping[str, Value | Alternatives] = field(default_factory=lambda: MappingProxyType({}))
    registers: Mapping[str, tuple[Mapping[str, Value], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    parameters: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    compared: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    others: tuple[OtherUnit, ...] = ()

    @property
    def mentions(self) -> frozenset[str]:
        """Ids of everything the test sets or expects something of."""
        return frozenset(
            {
                *self.facts,
                *self.registers,
                *self.parameters,
                *self.compared,
                *self.expect.compared,
                *self.expect.findings,
                *self.expect.determinations,
                *self.expect.duties,
                *self.expect.due,
                *self.expect.measures,
                *self.expect.procedures,
            }
        )
