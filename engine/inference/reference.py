"""The reference channel: the specification of what follows from a unit's leaves (strong Kleene logic).

Each node's value is a function of its inputs' values alone, computed in order; nothing is skipped, so the
list of truths is at the same time the complete derivation. The whole of the semantics is on this page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from operator import itemgetter

from engine.inference.network import (
    UNDECIDED,
    Choice,
    ChoiceTable,
    Conclusions,
    HitPolicyBroken,
    Network,
    Truth,
)
from engine.inference.straight import PAYS_OFF, straight

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


def truths_of(network: Network, leaves: Sequence[Truth]) -> tuple[Truth, ...]:
    """The truth of each node. ``leaves`` has a truth at the index of each leaf and anything elsewhere."""
    truths = list(leaves)
    for index, node in enumerate(network.nodes):
        inputs = [truths[i] for i in node.inputs]
        if node.kind == "all":
            truths[index] = all_of(inputs)
        elif node.kind == "any":
            truths[index] = any_of(inputs)
        elif node.kind == "none":
            truths[index] = none_of(inputs)
        elif node.kind == "at_least":
            truths[index] = at_least(node.need, inputs)
    return tuple(truths)


class Reference:
    """The reference channel for one network.

    What this page specifies is computed by ``straight`` (``truths_of``, written out) as soon as that pays off, and with
    a memory of the outcomes of a table (``choose``, which depends on the truths of its rows alone).
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._straight: Callable[[Inputs], tuple[Truth, ...]] | None = None
        self._concluded = 0
        self._tables = [(table.id, _remembered(table)) for table in network.tables]

    def conclude(self, leaves: Inputs) -> Conclusions:
        """Everything that follows. ``leaves`` has a truth at the index of each leaf and anything elsewhere."""
        truths = self._truths(leaves)
        return Conclusions(truths, self.choices(truths))

    def choices(self, truths: Inputs) -> dict[str, Choice]:
        """The outcome of each table. ``truths``: those of all nodes."""
        return {id_: chosen(truths) for id_, chosen in self._tables}

    def _truths(self, leaves: Inputs) -> tuple[Truth, ...]:
        if self._straight is None:
            self._concluded += 1
            if self._concluded <= PAYS_OFF:
                return truths_of(self._network, leaves)
            self._straight = straight(self._network)
        return self._straight(leaves)


def _remembered(table: ChoiceTable) -> Callable[[Sequence[Truth]], Choice]:
    """``choose``, computed once for each combination of truths of the table's rows."""
    nodes = [node for node, _ in table.rows]
    place = ChoiceTable(
        table.id, table.hit_policy, tuple((i, then) for i, (_, then) in enumerate(table.rows))
    )
    outcome = lru_cache(maxsize=10_000)(partial(choose, place))
    if len(nodes) < 2:
        return lambda truths: outcome(tuple([truths[node] for node in nodes]))
    rows = itemgetter(*nodes)
    return lambda truths: outcome(rows(truths))
