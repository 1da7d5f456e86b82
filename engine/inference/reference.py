"""The reference channel: the specification of what follows from a unit's leaves (strong Kleene logic).

Each node's value is a function of its inputs' values alone, computed in order; nothing is skipped, so the
list of truths is at the same time the complete derivation. The whole of the semantics is on this page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter

from engine.inference.network import (
    UNDECIDED,
    Choice,
    ChoiceTable,
    Conclusions,
    HitPolicyBroken,
    Network,
    Node,
    Truth,
)

Inputs = Sequence[Truth]


def all_of(inputs: Inputs) -> Truth:
    """False if one is false, else unknown if one is unknown, else true."""
    return False if False in inputs else None if None in inputs else True


def any_of(inputs: Inputs) -> Truth:
    """True if one is true, else unknown if one is unknown, else false."""
    return True if True in inputs else None if None in inputs else False


def none_of(inputs: Inputs) -> Truth:
    """The negation of ``any_of``."""
    return False if True in inputs else None if None in inputs else True


def at_least(need: int, inputs: Inputs) -> Truth:
    """True if ``need`` are true already, false if fewer than ``need`` can still be, else unknown."""
    if inputs.count(True) >= need:
        return True
    return None if len(inputs) - inputs.count(False) >= need else False


def choose(table: ChoiceTable, truths: Sequence[Truth]) -> Choice:
    """The outcome of a decision table; see ``ChoiceTable`` for the hit policies."""
    rows = [(truths[node], outcome) for node, outcome in table.rows]
    true = [i for i, (truth, _) in enumerate(rows) if truth is True]
    unknown = any(truth is None for truth, _ in rows)
    if table.hit_policy == "C":
        return UNDECIDED if unknown else tuple(rows[i][1] for i in true)
    if table.hit_policy == "F":
        for i in true:
            if all(truth is False or outcome == rows[i][1] for truth, outcome in rows[:i]):
                return rows[i][1]
        return UNDECIDED if unknown else None
    outcomes = {rows[i][1] for i in true}
    if len(outcomes) > 1 or (table.hit_policy == "U" and len(true) > 1):
        return HitPolicyBroken(tuple(true))
    if true:
        return rows[true[0]][1]
    return UNDECIDED if unknown else None


def _gather(indexes: tuple[int, ...]) -> Callable[[Sequence[Truth]], tuple[Truth, ...]]:
    """A function that picks the values at ``indexes``; itemgetter returns a bare value for a single one."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    if indexes:
        only = indexes[0]
        return lambda truths: (truths[only],)
    return lambda truths: ()


def _combine(node: Node) -> Callable[[Inputs], Truth]:
    if node.kind == "at_least":
        return partial(at_least, node.need)
    return {"all": all_of, "any": any_of, "none": none_of}[node.kind]


class Reference:
    """The reference channel for one network."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._steps = [
            (index, _combine(node), _gather(node.inputs))
            for index, node in enumerate(network.nodes)
            if node.kind != "leaf"
        ]

    def conclude(self, leaves: Sequence[Truth]) -> Conclusions:
        """Everything that follows. ``leaves`` has a truth at the index of each leaf and anything elsewhere."""
        truths = list(leaves)
        for index, combine, gather in self._steps:
            truths[index] = combine(gather(truths))
        choices = {table.id: choose(table, truths) for table in self._network.tables}
        return Conclusions(tuple(truths), choices)
