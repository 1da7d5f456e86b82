"""Fixes a policy at an as-of date and parameter values: conditions become a network, leaves become functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.inference.errors import PrepareError as PrepareError
from engine.inference.evaluation import NodeOrigin, Program, ProgramLeaf, ReadyComparison
from engine.inference.network import ChoiceTable, Network, Node, NodeKind
from engine.inference.quotas import ready_quota
from engine.language import compile, free_names, parse, substitute
from engine.language.syntax import Expr, Literal, Name
from engine.language.values import Value
from engine.project.comparison import Comparison, Rank, Share
from engine.project.duty import Duty
from engine.project.policy import (
    AS_OF,
    UNIT_KIND,
    All,
    AnyOf,
    AtLeast,
    Condition,
    FindingRef,
    Leaf,
    NoneOf,
    Policy,
    Reading,
    Rule,
)


def prepare(policy: Policy, as_of: date, parameters: Mapping[str, Value] | None = None) -> Program:
    """The program of ``policy`` at ``as_of``; ``parameters`` replace the values in force, by id or zh name.

    Raises PrepareError for a date before the plan takes effect, a parameter that has no value on that date, or one
    that does not exist. Values are those of ``parameter.type``; the command line reads them with that type.
    """
    if as_of < policy.effective:
        raise PrepareError(
            "as-of-before-plan", as_of=as_of.isoformat(), effective=policy.effective.isoformat()
        )
    given = _canonical(policy, parameters or {})
    values = _parameter_values(policy, as_of, given)
    return _Builder(policy.at(as_of), as_of, values, frozenset(given)).program()


def _canonical(policy: Policy, given: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in given.items():
        id_ = policy.names.get(name, name)
        if id_ not in policy.parameters:
            raise PrepareError("no-such-parameter", found=name)
        found[id_] = value
    return found


def _parameter_values(policy: Policy, as_of: date, given: Mapping[str, Value]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for id_, parameter in policy.parameters.items():
        if id_ in given:
            values[id_] = given[id_]
            continue
        dated = parameter.in_force(as_of)
        if dated is None:
            raise PrepareError("parameter-without-value", found=id_, as_of=as_of.isoformat())
        value = compile(dated.expression)(values)
        if value is None:
            raise PrepareError("parameter-undefined", found=id_)
        values[id_] = value
    return values


class _Builder:
    """Lays the nodes of all rules and tables out in an order in which inputs come first."""

    def __init__(
        self, policy: Policy, as_of: date, values: Mapping[str, Value], overridden: frozenset[str]
    ) -> None:
        self._policy = policy
        self._as_of = as_of
        self._values = values
        self._overridden = overridden
        self._constants: dict[str, Value] = {**values, AS_OF: as_of}
        self._nodes: list[Node] = []
        self._origins: list[NodeOrigin] = []
        self._leaves: dict[int, ProgramLeaf] = {}
        self._roots: dict[str, int] = {}
        self._kind_leaves: dict[tuple[str, ...], int] = {}
        self._shared: dict[tuple[tuple[str, ...], Condition | None], int] = {}
        self._columns = {id_: frozenset(register.columns) for id_, register in policy.registers.items()}
        self._facts = {UNIT_KIND, *policy.facts, *policy.registers, *policy.compared, *policy.derived}
        self._base = _base_facts(policy, self._facts)

    def program(self) -> Program:
        policy = self._policy
        for id_ in policy.order:
            self._roots[id_] = self._rule(policy.rules[id_])
        tables = tuple(self._table(id_) for id_ in policy.tables)
        rules = {id_: self._roots[id_] for id_ in policy.rules}
        applies = {id_: self._applies(duty) for id_, duty in policy.duties.items()}
        comparisons = tuple(self._comparison(comparison) for comparison in policy.comparisons.values())
        derived = tuple((id_, self._compiled(fact.expression)) for id_, fact in policy.derived.items())
        return Program(
            policy=policy,
            as_of=self._as_of,
            parameters=self._values,
            overridden=self._overridden,
            network=Network(tuple(self._nodes), rules, tables),
            leaves=self._leaves,
            origins=tuple(self._origins),
            derived=derived,
            applies=applies,
            comparisons=comparisons,
        )

    def _comparison(self, comparison: Comparison) -> ReadyComparison:
        form = comparison.form
        if isinstance(form, Rank):
            reads = self._reads(free_names(form.value))
            return ReadyComparison(comparison, reads, value=self._compiled(form.value))
        if isinstance(form, Share):
            node = self._node("all", (self._condition(form.holds, comparison.id),), comparison.id)
            return ReadyComparison(comparison, self._reads_below(node), node=node)
        return ready_quota(comparison, form, self._values)

    def _reads_below(self, node: int) -> frozenset[str]:
        """The facts that a node stands on, through findings."""
        found: frozenset[str] = frozenset()
        waiting, seen = [node], {node}
        while waiting:
            here = waiting.pop()
            if here in self._leaves:
                found |= self._leaves[here].reads
            below = [i for i in self._nodes[here].inputs if i not in seen]
            seen.update(below)
            waiting += below
        return found

    def _reads(self, names: Iterable[str]) -> frozenset[str]:
        """The facts that expressions over ``names`` stand on; columns of a register in a filter are none of their own."""
        reads: set[str] = set()
        for name in set(names) & self._facts:
            reads |= self._base.get(name, {name})
        return frozenset(reads)

    def _applies(self, duty: Duty) -> int:
        """The node that says whether a duty binds the unit; duties with one and the same condition share it."""
        condition = duty.applies_when
        kinds = duty.kinds or kinds_in_scope(self._policy)
        if (kinds, condition) not in self._shared:
            below = () if condition is None else (self._condition(condition, duty.id),)
            node = self._node("all", (self._kind_leaf(kinds), *below), duty.id)
            self._shared[kinds, condition] = node
        return self._shared[kinds, condition]

    def _rule(self, rule: Rule) -> int:
        root = self._condition(rule.when, rule.id)
        if rule.kinds:
            return self._node("all", (self._kind_leaf(rule.kinds), root), rule.id)
        # A rule that merely repeats another still gets a node of its own, so that each node has one owner.
        return self._node("all", (root,), rule.id) if self._origins[root].owner != rule.id else root

    def _table(self, id_: str) -> ChoiceTable:
        table = self._policy.tables[id_]
        applies = () if table.applies_when is None else (self._condition(table.applies_when, id_),)
        rows = []
        for row in table.rows:
            condition = self._condition(row.when, id_)
            rows.append((self._node("all", (*applies, condition), id_), row.then))
        return ChoiceTable(id_, table.hit_policy, tuple(rows))

    def _condition(self, condition: Condition, owner: str) -> int:
        if isinstance(condition, Leaf):
            return self._leaf(condition, owner)
        if isinstance(condition, FindingRef):
            return self._roots[condition.id]
        items = tuple(self._condition(item, owner) for item in condition.items)
        if isinstance(condition, AtLeast):
            need = compile(condition.need)(self._values)
            if not isinstance(need, Decimal):
                raise PrepareError("at-least-undefined", rule=owner)
            # At least 2.5 of a number of things are at least 3 of them.
            return self._node(
                "at_least", items, owner, condition, need=max(0, int(need.to_integral_value("ROUND_CEILING")))
            )
        if isinstance(condition, Reading):
            kind: NodeKind = "any" if self._values[condition.parameter] == "any" else "all"
        else:
            kinds: dict[type, NodeKind] = {All: "all", AnyOf: "any", NoneOf: "none"}
            kind = kinds[type(condition)]
        return self._node(kind, items, owner, condition)

    def _node(
        self,
        kind: NodeKind,
        inputs: tuple[int, ...],
        owner: str,
        condition: Condition | None = None,
        need: int = 0,
    ) -> int:
        self._nodes.append(Node(kind, inputs, need))
        self._origins.append(NodeOrigin(owner, condition))
        return len(self._nodes) - 1

    def _leaf(self, leaf: Leaf, owner: str) -> int:
        names = free_names(leaf.expression)
        parameters = names & self._policy.parameters.keys()
        index = self._node("leaf", (), owner, leaf)
        decide = self._compiled(leaf.expression)
        self._leaves[index] = ProgramLeaf(leaf, decide, self._reads(names), frozenset(parameters))
        return index

    def _kind_leaf(self, kinds: tuple[str, ...]) -> int:
        if kinds not in self._kind_leaves:
            owners: list[Rule | Duty] = [*self._policy.rules.values(), *self._policy.duties.values()]
            place = next((owner.location for owner in owners if owner.kinds == kinds), owners[0].location)
            leaf = Leaf(kind_test(kinds), place, UNIT_KIND, ", ".join(kinds))
            self._kind_leaves[kinds] = self._leaf(leaf, UNIT_KIND)
        return self._kind_leaves[kinds]

    def _compiled(self, expression: Expr) -> Any:
        return compile(expression, self._constants, self._columns)


def kinds_in_scope(policy: Policy) -> tuple[str, ...]:
    """The kinds of unit that the plan covers."""
    return tuple(id_ for id_, kind in policy.kinds.items() if kind.in_scope)


def kind_test(kinds: Iterable[str]) -> Expr:
    """``unit_kind = "社区" or unit_kind = "联社"``"""
    names = {f"k{i}": kind for i, kind in enumerate(kinds)}
    shape = parse(" or ".join(f"u = {name}" for name in names))
    literals: dict[str, Expr] = {name: Literal(kind) for name, kind in names.items()}
    return substitute(shape, {"u": Name(UNIT_KIND), **literals})


def _base_facts(policy: Policy, known: set[str]) -> dict[str, set[str]]:
    """Derived fact → the facts and registers that it stands on."""
    base: dict[str, set[str]] = {}
    for id_, fact in policy.derived.items():
        base[id_] = set()
        for name in fact.reads & known:
            base[id_] |= base.get(name, {name})
    return base
