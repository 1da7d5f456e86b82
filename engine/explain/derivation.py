"""Why a rule came out as it did: the derivation of one unit, as a view over its Evaluation.

A node pairs a point of the program, which all units share, with this unit's truth; what a test read is looked
up in the evaluation when asked for. So the derivations of all rules of a unit cost little more than one small
tuple per node of the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from engine.explain.outline import Outline, Point, TableOutline, outline
from engine.inference.evaluation import Evaluation
from engine.inference.network import Choice, Truth

if TYPE_CHECKING:
    from engine.inference.durable import Firing


class DerivationNode(NamedTuple):
    """A rule, a condition or a test with its truth for one unit.

    ``inputs`` are the nodes it follows from, in the policy's order: true, false and unknown ones alike;
    ``hidden``: how many of them a pruned derivation leaves out.
    """

    point: Point
    truth: Truth
    inputs: tuple[DerivationNode, ...]
    evaluation: Evaluation
    hidden: int = 0

    @property
    def unknown_facts(self) -> tuple[str, ...]:
        """The facts that would settle this node, in alphabetical order; none if it is settled."""
        return tuple(sorted(set(self.evaluation.unknown_facts(self.point.index))))

    @property
    def firings(self) -> tuple[Firing, ...]:
        """The firings of the durable channel that concluded this node; none without a trace."""
        return tuple(f for f in self.evaluation.firings if f.node == self.point.index)

    def walk(self) -> Iterator[DerivationNode]:
        """This node and everything below it, each node once, parents first."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.point.index not in seen:
                seen.add(node.point.index)
                yield node
                waiting.extend(reversed(node.inputs))


@dataclass(frozen=True, eq=False)
class TableDerivation:
    """A decision table's choice and the derivation of each of its rows."""

    outline: TableOutline
    choice: Choice
    rows: tuple[DerivationNode, ...]


Root: TypeAlias = "DerivationNode | TableDerivation"


@dataclass(frozen=True, eq=False)
class DerivationTree:
    """The derivation of one rule or table of one unit; ``is_verdict`` if the classification was asked for."""

    evaluation: Evaluation
    subject: str
    root: Root
    is_verdict: bool = False


def derivation(evaluation: Evaluation, rule: str | None = None) -> DerivationTree:
    """The derivation of a rule, category or table, by id or Chinese name; of the verdict if ``rule`` is None.

    Raises KeyError for a name that the policy does not have, ValueError for a unit without verdict.
    """
    shape = outline(evaluation.program)
    nodes = _nodes(shape, evaluation)
    subject = "weak" if rule is None else canonical_rule(evaluation, rule)
    if subject in shape.tables:
        table = shape.tables[subject]
        rows = tuple(nodes[index] for index, _ in table.rows)
        return DerivationTree(evaluation, subject, TableDerivation(table, evaluation.choice(subject), rows))
    return DerivationTree(evaluation, subject, nodes[shape.roots[subject]], rule is None)


def derivations(evaluation: Evaluation) -> dict[str, DerivationNode]:
    """The full derivation of every rule, by rule id. Raises ValueError for a unit without verdict."""
    shape = outline(evaluation.program)
    nodes = _nodes(shape, evaluation)
    return {rule: nodes[index] for rule, index in shape.roots.items()}


def derivation_node(evaluation: Evaluation, index: int) -> DerivationNode:
    """The derivation of one node of the network. Raises ValueError for a unit without verdict."""
    return _nodes(outline(evaluation.program), evaluation)[index]


def canonical_rule(evaluation: Evaluation, name: str) -> str:
    """The id of the rule, category or table that ``name`` names. Raises KeyError if there is none."""
    policy = evaluation.program.policy
    for group in (policy.rules, policy.tables):
        if name in group:
            return name
        for id_, item in group.items():
            if name == item.name.zh:
                return id_
    raise KeyError(name)


def _nodes(shape: Outline, evaluation: Evaluation) -> list[DerivationNode]:
    conclusions = evaluation.conclusions
    if conclusions is None:
        raise ValueError("a unit without verdict has no derivation")
    nodes: list[DerivationNode] = []
    add = nodes.append
    for point, truth in zip(shape.points, conclusions.truths, strict=True):
        below = point.inputs
        add(DerivationNode(point, truth, tuple([nodes[i] for i in below]) if below else (), evaluation))
    return nodes
