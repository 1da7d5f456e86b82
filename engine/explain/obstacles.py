"""Why a node is not yet as wanted: tests of which at least one must come out differently, whatever else changes.

As long as every fact that such a group of tests reads stays as it is, the node stays too. So each group is a set that
every change has to hit (R. Reiter, A theory of diagnosis from first principles, 1987: conflict and hitting sets).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.inference.network import Network, Truth

#: The facts that a test reads, with how much trouble each group of them is: smaller groups are looked at first.
Reads = Callable[[int], frozenset[str]]


class Obstacles:
    """The obstacles between the truths of one moment and a wanted truth."""

    def __init__(self, network: Network, truths: Sequence[Truth], reads: Reads) -> None:
        self._nodes = network.nodes
        self._truths = truths
        self._reads = reads
        self._known: dict[tuple[int, bool], frozenset[str]] = {}

    def groups(self, index: int, wanted: bool) -> list[frozenset[str]]:
        """Groups of facts, each of which has to be hit; none if the node is as wanted. An empty group cannot be."""
        if self._truths[index] is wanted:
            return []
        node = self._nodes[index]
        if node.kind == "leaf" or node.kind == "at_least":
            return [self.smallest(index, wanted)]
        truth, together = _inputs_of(node.kind, wanted)
        below = [self.groups(i, truth) for i in node.inputs if self._truths[i] is not truth]
        if together:
            return list(dict.fromkeys(group for groups in below for group in groups))
        # One input would be enough, so one group of each has to stay for the node to stay.
        most = max(below, key=len, default=[])
        others = [min(groups, key=_order) for groups in below if groups is not most]
        return list(dict.fromkeys(group.union(*others) for group in most)) or [frozenset()]

    def smallest(self, index: int, wanted: bool) -> frozenset[str]:
        """One group that has to be hit, with few facts."""
        key = (index, wanted)
        if key not in self._known:
            self._known[key] = self._work_out(index, wanted)
        return self._known[key]

    def _work_out(self, index: int, wanted: bool) -> frozenset[str]:
        node = self._nodes[index]
        if node.kind == "leaf":
            return self._reads(index)
        if node.kind == "at_least":
            need = node.need if wanted else len(node.inputs) - node.need + 1
            failing = sorted(
                (self.smallest(i, wanted) for i in node.inputs if self._truths[i] is not wanted), key=_order
            )
            # Even if all but these came out as wanted, it would not be enough.
            return frozenset().union(*failing[: max(0, len(node.inputs) - need + 1)])
        truth, together = _inputs_of(node.kind, wanted)
        failing = [self.smallest(i, truth) for i in node.inputs if self._truths[i] is not truth]
        if together:
            return min(failing, key=_order)
        return frozenset().union(*failing)


def _inputs_of(kind: str, wanted: bool) -> tuple[bool, bool]:
    """What the inputs of an all, any or none have to be, and whether all of them have to be that."""
    if kind == "none":
        return (not wanted, wanted)
    return (wanted, wanted if kind == "all" else not wanted)


def _order(group: frozenset[str]) -> tuple[int, list[str]]:
    return (len(group), sorted(group))


def fewest_hits(groups: Sequence[frozenset[str]]) -> int:
    """At least so many facts have to change: groups that share none, taken greedily."""
    taken: set[str] = set()
    count = 0
    for group in sorted(groups, key=_order):
        if not group & taken:
            taken |= group
            count += 1
    return count
