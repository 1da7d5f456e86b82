"""What a verdict needs of its leaves: the one walk over a network that decisive facts and missing paths share.

The truth of a node is a monotone function of "this leaf is true" and "this leaf is false" (strong Kleene logic), so what
it needs is put together node by node: all together where every input matters, one or the other where one is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from engine.explain.families import IMPOSSIBLE, NOTHING_NEEDED, Family, both, either, some_of
from engine.inference.network import UNDECIDED, Choice, ChoiceTable, HitPolicyBroken, Network

#: What makes a leaf (by its node) true or false.
LeafNeeds = Callable[[int, bool], Family]


class Requirements:
    """What the nodes of one network need, given what its leaves need; each answer is worked out once."""

    def __init__(self, network: Network, leaf_needs: LeafNeeds) -> None:
        self._network = network
        self._leaf_needs = leaf_needs
        self._known: dict[tuple[int, bool], Family] = {}

    def of(self, node: int, wanted: bool) -> Family:
        """What makes ``node`` come out as ``wanted``."""
        key = (node, wanted)
        if key not in self._known:
            self._known[key] = self._work_out(node, wanted)
        return self._known[key]

    def of_choice(self, table: ChoiceTable, choice: Choice) -> Family:
        """What makes a decision table come out with ``choice``; see ``ChoiceTable`` for the hit policies.

        ``choice`` must be what the table came out with, and leaves need nothing but what they are, where it collects.
        """
        rows = table.rows
        if choice == UNDECIDED:
            return IMPOSSIBLE
        if choice is None:
            return every([self.of(node, False) for node, _ in rows])
        if isinstance(choice, HitPolicyBroken):
            pairs = [
                (rows[one][0], rows[other][0])
                for one, other in combinations(choice.rows, 2)
                if table.hit_policy == "U" or rows[one][1] != rows[other][1]
            ]
            return one_of([both(self.of(one, True), self.of(other, True)) for one, other in pairs])
        if table.hit_policy == "C":
            return every([either(self.of(node, True), self.of(node, False)) for node, _ in rows])
        found = IMPOSSIBLE
        for i, (node, outcome) in enumerate(rows):
            if outcome == choice:
                before = [self.of(n, False) for n, other in rows[:i] if other != choice]
                need = every(before) if table.hit_policy == "F" else NOTHING_NEEDED
                found = either(found, both(need, self.of(node, True)))
        return found

    def _work_out(self, index: int, wanted: bool) -> Family:
        node = self._network.nodes[index]
        if node.kind == "leaf":
            return self._leaf_needs(index, wanted)
        truth = wanted if node.kind != "none" else not wanted
        inputs = [self.of(i, truth) for i in node.inputs]
        if node.kind == "at_least":
            need = node.need if wanted else len(node.inputs) - node.need + 1
            return some_of(need, inputs)
        together = wanted if node.kind in ("all", "none") else not wanted
        return every(inputs) if together else one_of(inputs)


def every(needs: Sequence[Family]) -> Family:
    """What all of them need together."""
    found = NOTHING_NEEDED
    # Short ones first: what is needed in any case makes the rest smaller.
    for need in sorted(needs, key=lambda need: need.count):
        found = both(found, need)
    return found


def one_of(needs: Sequence[Family]) -> Family:
    """What suffices for one of them."""
    found = IMPOSSIBLE
    for need in needs:
        found = either(found, need)
    return found
