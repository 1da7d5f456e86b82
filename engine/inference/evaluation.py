"""The noun that inference gives: one unit's Evaluation, with everything an explanation needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.facts.sheet import DataProblem, FactSheet, Observation
from engine.inference.network import UNDECIDED, Choice, Conclusions, Network, Truth
from engine.language.values import Unknown, Value
from engine.project.comparison import Comparison
from engine.project.policy import Condition, Leaf, Policy

if TYPE_CHECKING:
    from engine.inference.durable import Firing

Classification: TypeAlias = Literal["weak", "not_weak", "undetermined", "out_of_scope"]
#: Why a fact is unknown at the as-of date; ``no_result``: it is known, but a test has no result for its value.
#: ``not_compared``, ``others_open``: of what a comparison gives, nobody made it, or other units leave it open.
Reason: TypeAlias = Literal[
    "not_filled", "unreadable", "stale", "conflict", "no_result", "not_compared", "others_open"
]
_UNKNOWN = Unknown()
EngineName: TypeAlias = Literal["reference", "durable", "both"]


@dataclass(frozen=True)
class ProgramLeaf:
    """A leaf ready to run. ``reads``: facts and registers, through derived facts; ``parameters``: those it names."""

    leaf: Leaf
    decide: Callable[[Mapping[str, Value]], Value]
    reads: frozenset[str]
    parameters: frozenset[str]


@dataclass(frozen=True)
class NodeOrigin:
    """What a node of the network stands for: a condition, inside the rule or table row that owns it."""

    owner: str
    condition: Condition | None


@dataclass(frozen=True)
class ReadyComparison:
    """A comparison ready to run. ``value``: the number that a ranking is by, ``reads`` the facts that it or the condition
    of a share stands on; ``node``: the network's node of that condition; ``part``, ``least``, ``most``: of a quota."""

    comparison: Comparison
    reads: frozenset[str]
    value: Callable[[Mapping[str, Value]], Value] | None = None
    node: int | None = None
    part: Decimal = Decimal(0)
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Program:
    """A policy fixed at an as-of date and parameter values; everything relative to them is a constant.

    ``leaves``: node index → leaf; ``origins``: one per node; ``derived``: ids with their functions, in order;
    ``applies``: duty id → the node that says whether it binds the unit. ``comparisons``: those between units, in order.
    """

    policy: Policy
    as_of: date
    parameters: Mapping[str, Value]
    overridden: frozenset[str]
    network: Network
    leaves: Mapping[int, ProgramLeaf]
    origins: tuple[NodeOrigin, ...]
    derived: tuple[tuple[str, Callable[[Mapping[str, Value]], Value]], ...]
    applies: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    comparisons: tuple[ReadyComparison, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Sources that disagree about a fact; ``observations`` are the fresh ones, one per differing source."""

    fact: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class Context:
    """A fact sheet as of a date: ``values`` has a value or an Unknown for every fact, register and derived fact.

    ``reasons`` says why a fact is unknown; ``used`` gives the observations that a known fact's value came from.
    """

    values: Mapping[str, Value]
    reasons: Mapping[str, Reason]
    conflicts: Mapping[str, Conflict]
    used: Mapping[str, tuple[Observation, ...]]


@dataclass(frozen=True)
class Failure:
    """Why a unit has no verdict: an internal error, never the unit's own fault. A message of the table."""

    key: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class Missing:
    """An unknown fact, why it is unknown, and the rules that it could settle, in policy order."""

    fact: str
    reason: Reason
    settles: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """One unit at one date. ``leaf_facts``: for each leaf that is unknown, the facts that would settle it.

    ``conclusions`` is None exactly if ``failure`` is set. ``firings`` is the durable channel's trace, if asked for.
    ``withheld``: the rules and tables that are unknown because sensitive facts were left out for publication; None if
    nothing was left out on purpose.
    """

    program: Program
    sheet: FactSheet
    context: Context
    conclusions: Conclusions | None
    leaf_facts: Mapping[int, frozenset[str]]
    engine: EngineName
    failure: Failure | None = None
    firings: tuple[Firing, ...] = ()
    withheld: frozenset[str] | None = None

    def truth(self, node: int) -> Truth:
        """The truth of a node of the network; unknown where there is no verdict."""
        return None if self.conclusions is None else self.conclusions.truths[node]

    def finding(self, rule: str) -> Truth:
        """The truth of a rule's finding. Raises KeyError for an unknown rule."""
        return self.truth(self.program.network.rules[rule])

    @property
    def kind(self) -> str | None:
        """The unit's kind, or None if it is unknown."""
        kind = self.context.values["unit_kind"]
        return kind if isinstance(kind, str) else None

    @property
    def possible_kinds(self) -> tuple[str, ...]:
        """The kinds that the unit may be of: one, those that sources disagree about, or none if it is unknown."""
        if self.kind is not None:
            return (self.kind,)
        conflict = self.context.conflicts.get("unit_kind")
        said = () if conflict is None else tuple(o.value for o in conflict.observations)
        return tuple(dict.fromkeys(kind for kind in said if isinstance(kind, str)))

    @property
    def classification(self) -> Classification:
        """The verdict: scope first, which must be the same for every possible kind, then the finding ``weak``."""
        kinds = self.program.policy.kinds
        scopes = {kinds[kind].in_scope for kind in self.possible_kinds}
        if self.conclusions is None or len(scopes) != 1:
            return "undetermined"
        if scopes == {False}:
            return "out_of_scope"
        weak = self.finding("weak")
        return "undetermined" if weak is None else "weak" if weak is True else "not_weak"

    def choice(self, table: str) -> Choice:
        """The outcome of a decision table; see ``ChoiceTable``. Raises KeyError for an unknown table."""
        if self.conclusions is None:
            raise KeyError(table)
        return self.conclusions.choices[table]

    def unknown_facts(self, node: int) -> Iterator[str]:
        """The facts in the unknown branches below ``node``, possibly repeated."""
        waiting, seen = [node], {node}
        while waiting:
            here = waiting.pop()
            if self.truth(here) is not None:
                continue
            yield from self.leaf_facts.get(here, ())
            below = [i for i in self.program.network.nodes[here].inputs if i not in seen]
            seen.update(below)
            waiting.extend(below)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Every unknown fact that an unknown rule or table depends on, in vocabulary order, with those rules."""
        settles: dict[str, list[str]] = {}
        network = self.program.network
        roots: list[tuple[str, tuple[int, ...]]] = [(rule, (node,)) for rule, node in network.rules.items()]
        roots += [
            (table.id, tuple(node for node, _ in table.rows))
            for table in network.tables
            if self.conclusions is None or self.conclusions.choices[table.id] == UNDECIDED
        ]
        for rule, nodes in roots:
            for fact in sorted({fact for node in nodes for fact in self.unknown_facts(node)}):
                settles.setdefault(fact, []).append(rule)
        position = {name: i for i, name in enumerate(self.context.values)}
        ordered = sorted(settles, key=lambda fact: (position.get(base_name(fact), len(position)), fact))
        return tuple(Missing(fact, self.reason(fact), tuple(settles[fact])) for fact in ordered)

    def reason(self, fact: str) -> Reason:
        """Why ``fact`` is among the unknown ones."""
        known = "[" not in fact and not isinstance(self.context.values.get(fact, _UNKNOWN), Unknown)
        return "no_result" if known else self.context.reasons.get(fact, "not_filled")

    @property
    def problems(self) -> tuple[DataProblem, ...]:
        """What a clerk has to look at in this unit's data."""
        return self.sheet.problems


def base_name(fact: str) -> str:
    """``petitions[2].level`` → ``petitions``; other names as they are."""
    return fact.partition("[")[0]
