"""What explanations of all units share: the points of a program's network, laid out once."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass

from engine.inference.evaluation import Program, ProgramLeaf
from engine.inference.network import NodeKind
from engine.project.policy import Clause, Condition, DecisionTable, Rule, TableRow


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One node of the network and what it stands for.

    ``owner``: the rule or table that the node is part of. ``rule`` is set on the root of a rule, ``leaf`` on a
    test; ``condition`` is None for a node that only ties others together.
    """

    index: int
    kind: NodeKind
    need: int
    inputs: tuple[int, ...]
    owner: str
    condition: Condition | None
    rule: Rule | None
    leaf: ProgramLeaf | None
    clause: Clause | None


@dataclass(frozen=True, slots=True, eq=False)
class TableOutline:
    """A decision table with the points of its rows, in order."""

    table: DecisionTable
    rows: tuple[tuple[int, TableRow], ...]


@dataclass(frozen=True, eq=False)
class Outline:
    """A program's points in network order, the roots of its rules, and its tables."""

    program: Program
    points: tuple[Point, ...]
    roots: Mapping[str, int]
    tables: Mapping[str, TableOutline]


_KNOWN: weakref.WeakValueDictionary[int, Outline] = weakref.WeakValueDictionary()
_LATEST: list[Outline] = []
#: A run looks at two programs in turn: the screening's and the measures'.
_KEPT = 4


def outline(program: Program) -> Outline:
    """The outline of ``program``; computed once, kept for the few programs that were asked about last."""
    found = _KNOWN.get(id(program))
    if found is not None and found.program is program:
        return found
    made = _outline(program)
    _KNOWN[id(program)] = made
    _LATEST.append(made)
    del _LATEST[:-_KEPT]
    return made


def _outline(program: Program) -> Outline:
    policy, network = program.policy, program.network
    rule_at = {index: policy.rules[id_] for id_, index in network.rules.items()}
    points = []
    for index, (node, origin) in enumerate(zip(network.nodes, program.origins, strict=True)):
        rule = rule_at.get(index)
        clause = policy.clauses.get(rule.clause) if rule is not None else None
        points.append(
            Point(
                index=index,
                kind=node.kind,
                need=node.need,
                inputs=node.inputs,
                owner=origin.owner,
                condition=origin.condition,
                rule=rule,
                leaf=program.leaves.get(index),
                clause=clause,
            )
        )
    tables = {
        choice.id: TableOutline(
            policy.tables[choice.id],
            tuple(
                (node, row) for (node, _), row in zip(choice.rows, policy.tables[choice.id].rows, strict=True)
            ),
        )
        for choice in network.tables
    }
    return Outline(program, tuple(points), network.rules, tables)
