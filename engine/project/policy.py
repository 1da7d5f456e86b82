"""The linked, immutable Policy: what every later stage reads. Built by ``engine.project.load``, never by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar

from engine.diagnostics import Location
from engine.language.syntax import Expr
from engine.language.types import Type
from engine.language.values import Value, YearsMonths
from engine.project.comparison import Comparison
from engine.project.duty import (
    Duty,
    DutyTest,
    Group,
    Ladder,
    Lapse,
    Listing,
    Measure,
    Procedure,
    ProcedureTest,
    Waivers,
)

#: Names that every expression may use besides the project's own.
AS_OF = "as_of"
UNIT_KIND = "unit_kind"


@dataclass(frozen=True)
class Text:
    """One text in both languages; the Chinese is the original."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Clause:
    """A clause of the plan. ``locator`` finds its passage in the official text; ``why_not`` says why it is not
    operative, ``not_yet_encoded`` why no rule carries it out so far (it covers the clause's parts too). ``parent``
    is the id of the clause that contains it."""

    id: str
    title: Text
    summary: Text
    locator: str
    operative: bool
    why_not: Text | None = None
    not_yet_encoded: Text | None = None
    parent: str | None = None
    passage: str | None = None


@dataclass(frozen=True)
class Choice:
    """One allowed value of an enumeration: the value as stored, and its English reading."""

    value: str
    en: str


FactType: TypeAlias = Literal["boolean", "number", "integer", "text", "date", "choice"]


@dataclass(frozen=True)
class Fact:
    """A fact about a unit, or a column of a register. ``minimum``/``maximum`` bound a number.

    ``computed``: the engine gives it, nobody fills it in.
    """

    id: str
    name: Text
    type: FactType
    language_type: Type
    supplier: str | None
    unit: str | None = None
    choices: tuple[Choice, ...] = ()
    shelf_life: YearsMonths | None = None
    sensitive: bool = False
    unchangeable: bool = False
    note: Text | None = None
    minimum: Value = None
    maximum: Value = None
    clause: str | None = None
    computed: bool = False


@dataclass(frozen=True)
class Register:
    """A list of rows per unit. ``key`` is the column that tells rows apart, if there is one.

    ``unchangeable``: its rows say what happened; none can be taken out, and columns may be unchangeable too.
    """

    id: str
    name: Text
    columns: Mapping[str, Fact]
    supplier: str | None
    key: str | None = None
    shelf_life: YearsMonths | None = None
    note: Text | None = None
    clause: str | None = None
    unchangeable: bool = False


@dataclass(frozen=True)
class DerivedFact:
    """A named expression over facts; computed, never filled in."""

    id: str
    name: Text
    language_type: Type
    expression: Expr
    reads: frozenset[str]
    clause: str | None = None


@dataclass(frozen=True)
class Entry:
    """An office, post, rank or kind of unit. ``in_scope`` matters for kinds only."""

    id: str
    name: Text
    in_scope: bool = True
    aliases: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class DatedValue:
    """A parameter's value from ``start`` on: an expression over other parameters, often just a literal.

    ``reason``: of the change; ``made``: the day on which it was decided, where that is another one.
    """

    start: date
    expression: Expr
    clause: str | None = None
    reason: Text | None = None
    made: date | None = None

    @property
    def retroactive(self) -> bool:
        """Whether it was decided after the day from which it holds."""
        return self.made is not None and self.made > self.start


@dataclass(frozen=True)
class Parameter:
    """A number, text or duration that rules use by name, with the basis of the choice and its reason."""

    id: str
    name: Text
    type: str
    language_type: Type
    basis: Literal["text", "interpretation"]
    reason: Text
    clause: str
    values: tuple[DatedValue, ...]
    unit: str | None = None
    choices: tuple[Choice, ...] = ()

    def in_force(self, day: date) -> DatedValue | None:
        """The value in force on ``day``; None before the first."""
        found = None
        for value in self.values:
            if value.start <= day:
                found = value
        return found


# ------------------------------------------------------------------------------------------ conditions


@dataclass(frozen=True)
class Leaf:
    """A test that the language decides: a boolean expression over facts, parameters and the as-of date."""

    expression: Expr
    location: Location = field(compare=False)
    #: What the officer wrote, for the trace: the fact's or register's id and the test as text.
    subject: str = ""
    test: str = ""


@dataclass(frozen=True)
class All:
    """True if every item is."""

    items: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """True if one item is."""

    items: tuple[Condition, ...]


@dataclass(frozen=True)
class NoneOf:
    """True if no item is."""

    items: tuple[Condition, ...]


@dataclass(frozen=True)
class AtLeast:
    """True if at least ``need`` items are; ``need`` is an expression over parameters."""

    need: Expr
    items: tuple[Condition, ...]


@dataclass(frozen=True)
class Reading:
    """``any`` or ``all`` of the items, whichever the parameter says: the two readings of an enumeration."""

    parameter: str
    items: tuple[Condition, ...]


@dataclass(frozen=True)
class FindingRef:
    """The outcome of another rule."""

    id: str


Condition: TypeAlias = Leaf | All | AnyOf | NoneOf | AtLeast | Reading | FindingRef


def findings_in(condition: Condition) -> Iterator[str]:
    """The ids of the rules that a condition refers to, possibly repeated."""
    if isinstance(condition, FindingRef):
        yield condition.id
    elif not isinstance(condition, Leaf):
        for item in condition.items:
            yield from findings_in(item)


# ----------------------------------------------------------------------------------------------- rules


@dataclass(frozen=True)
class RuleVersion:
    """What a rule asks for from ``start`` on; ``when`` None: nothing, the rule is not in force, and never holds.

    ``start`` None: since the plan took effect. ``clause`` orders the change, ``reason`` says why; ``made``: the day on
    which it was decided, where that is another one.
    """

    start: date | None
    when: Condition | None
    clause: str
    location: Location = field(compare=False)
    reason: Text | None = None
    made: date | None = None

    @property
    def retroactive(self) -> bool:
        """Whether it was decided after the day from which it holds."""
        return self.made is not None and self.start is not None and self.made > self.start


@dataclass(frozen=True)
class Rule:
    """A finding: its condition and where in the plan it comes from. ``kinds``: the kinds of unit it is about.

    ``versions``: all that the rule ever asked for, in order; empty if it was never amended. ``when`` is the condition as
    adopted, and in a policy at a date (``Policy.at``) the one in force then, ``version`` being that version.
    """

    id: str
    name: Text
    role: Literal["criterion", "category", "weak", "key", "finding"]
    clause: str
    when: Condition
    location: Location = field(compare=False)
    kinds: tuple[str, ...] = ()
    category: str | None = None
    note: Text | None = None
    versions: tuple[RuleVersion, ...] = ()
    version: RuleVersion | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that the rule ever had."""
        if not self.versions:
            return (self.when,)
        return tuple(version.when for version in self.versions if version.when is not None)


#: At least one of nothing: never.
NOT_IN_FORCE = AnyOf(())
Amendable = TypeVar("Amendable", Rule, Measure)


def _on(item: Amendable, as_of: date) -> Amendable:
    """A rule or measure as it reads on a day. One that is not in force then has a condition that never holds."""
    found = None
    for version in item.versions:
        if version.start is None or version.start <= as_of:
            found = version
    if found is None:
        return item
    return replace(item, when=NOT_IN_FORCE if found.when is None else found.when, version=found)


@dataclass(frozen=True)
class Category:
    """A screening category with the offices in charge; its own finding is the rule of the same id."""

    id: str
    name: Text
    clause: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class TableRow:
    """One row of a decision table. ``start`` and ``end``: the first and the last day on which it is in force, if given."""

    when: Condition
    then: str
    clause: str
    location: Location = field(compare=False)
    start: date | None = None
    end: date | None = None

    def at(self, as_of: date) -> TableRow:
        """The row as it reads on a day. One that is not in force then keeps its place, and never matches."""
        if (self.start is None or self.start <= as_of) and (self.end is None or as_of <= self.end):
            return self
        return replace(self, when=NOT_IN_FORCE)


@dataclass(frozen=True)
class DecisionTable:
    """A named choice (DMN hit policies U, A, F, C). ``outcomes`` maps each outcome to its name."""

    id: str
    name: Text
    clause: str
    hit_policy: Literal["U", "A", "F", "C"]
    rows: tuple[TableRow, ...]
    outcomes: Mapping[str, Text]
    location: Location = field(compare=False)
    applies_when: Condition | None = None

    @property
    def dated(self) -> bool:
        """Whether any row is in force for a time only."""
        return any(row.start is not None or row.end is not None for row in self.rows)

    def at(self, as_of: date) -> DecisionTable:
        """The table as it reads on a day."""
        return replace(self, rows=tuple(row.at(as_of) for row in self.rows)) if self.dated else self


@dataclass(frozen=True)
class Phase:
    """A phase of the timetable; both days included. ``note``: how the plan's words were understood."""

    id: str
    name: Text
    start: date
    end: date
    clause: str
    note: Text | None = None


@dataclass(frozen=True)
class FixedDate:
    """A date that the plan names. ``note``: how the plan's words were understood."""

    id: str
    name: Text
    day: date
    clause: str
    note: Text | None = None


@dataclass(frozen=True)
class Timetable:
    """Phases, fixed dates, and how periods are counted.

    ``first_day``: whether the day of the event counts; ``last_day``: whether a due date on a day off moves;
    ``shortest_part``: how much of a period has to be left for it to count; None if any part does. ``reason``: why
    they are counted so.
    """

    phases: Mapping[str, Phase]
    dates: Mapping[str, FixedDate]
    first_day: Literal["excluded", "included"]
    last_day: Literal["stands", "moves to the next working day"] = "stands"
    shortest_part: Lapse | None = None
    reason: Text | None = None


@dataclass(frozen=True)
class Policy:
    """One plan, linked: every name resolved, every type checked, rules in an order that can be evaluated.

    ``names`` maps every id and Chinese name that expressions and conditions may use to the canonical id.
    ``order`` lists rule ids so that each comes after the findings it refers to. ``executed``: the clauses that rules
    carry out. ``duty_tests``: the names that stand for the outcome of duties and procedures in conditions of measures.
    ``compared``: the facts that the comparisons between units give each unit. ``digest`` is the SHA-256 of the
    canonical JSON of the content; layout, comments and file order do not change it.
    """

    id: str
    title: Text
    issuer: Text
    issued: date
    effective: date
    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]
    registers: Mapping[str, Register]
    derived: Mapping[str, DerivedFact]
    offices: Mapping[str, Entry]
    posts: Mapping[str, Entry]
    ranks: Mapping[str, Entry]
    kinds: Mapping[str, Entry]
    timetable: Timetable
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Rule]
    categories: Mapping[str, Category]
    tables: Mapping[str, DecisionTable]
    order: tuple[str, ...]
    strata: Mapping[str, int]
    names: Mapping[str, str]
    executed: frozenset[str]
    digest: str
    listing: Listing | None = None
    waivers: Waivers | None = None
    groups: Mapping[str, Group] = field(default_factory=lambda: MappingProxyType({}))
    duties: Mapping[str, Duty] = field(default_factory=lambda: MappingProxyType({}))
    procedures: Mapping[str, Procedure] = field(default_factory=lambda: MappingProxyType({}))
    measures: Mapping[str, Measure] = field(default_factory=lambda: MappingProxyType({}))
    ladders: Mapping[str, Ladder] = field(default_factory=lambda: MappingProxyType({}))
    duty_tests: Mapping[str, DutyTest | ProcedureTest] = field(default_factory=lambda: MappingProxyType({}))
    comparisons: Mapping[str, Comparison] = field(default_factory=lambda: MappingProxyType({}))
    compared: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def _amended(self) -> bool:
        return (
            any(rule.versions for rule in self.rules.values())
            or any(measure.versions for measure in self.measures.values())
            or any(table.dated for table in self.tables.values())
        )

    def at(self, as_of: date) -> Policy:
        """The policy as it reads on a day: each rule, measure and row of a table as in force; itself if none has dates."""
        if not self._amended:
            return self
        return replace(
            self,
            rules={id_: _on(rule, as_of) for id_, rule in self.rules.items()},
            measures={id_: _on(measure, as_of) for id_, measure in self.measures.items()},
            tables={id_: table.at(as_of) for id_, table in self.tables.items()},
        )

    @property
    def last_day(self) -> date | None:
        """The end of the last phase: nothing is asked for after it. None if there are no phases."""
        return max((phase.end for phase in self.timetable.phases.values()), default=None)
