"""Which truths of a network can never go together: rows of a table that exclude one another cost no test of every unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.inference import reference
from engine.inference.network import Network, Node, Truth

#: Of more nodes than this it is not worked out upwards what follows: looking may not cost more than it saves.
_LARGEST = 500


def possible(network: Network, wanted: Mapping[int, bool]) -> bool:
    """Whether nothing was found against the nodes having these truths at once.

    What they demand of the conditions below them is followed down as far as it is forced, and what follows from that is
    worked out upwards again. This finds what is impossible on its face (a unit that is weak and not weak), not everything:
    where it says that truths cannot go together they cannot, in strong Kleene logic as in that of two values.
    """
    forced: dict[int, bool] = {}
    waiting = list(wanted.items())
    while waiting:
        index, truth = waiting.pop()
        if index in forced:
            if forced[index] is not truth:
                return False
            continue
        forced[index] = truth
        waiting += _demanded(network.nodes[index], truth)
    truths: dict[int, Truth] = {}
    below = _below(network, wanted)
    for index in below if len(below) <= _LARGEST else ():
        node = network.nodes[index]
        truth_here = None if node.kind == "leaf" else _truth(node, [truths[i] for i in node.inputs])
        if index in forced:
            if truth_here is not None and truth_here is not forced[index]:
                return False
            truth_here = forced[index]
        truths[index] = truth_here
    return True


def _demanded(node: Node, truth: bool) -> list[tuple[int, bool]]:
    """What must be so of the inputs if the node has that truth."""
    count = len(node.inputs)
    if node.kind == "all" and (truth or count == 1):
        return [(i, truth) for i in node.inputs]
    if node.kind == "any" and (not truth or count == 1):
        return [(i, truth) for i in node.inputs]
    if node.kind == "none" and (truth or count == 1):
        return [(i, not truth) for i in node.inputs]
    if node.kind == "at_least" and node.need == (count if truth else 1):
        return [(i, truth) for i in node.inputs]
    return []


def _below(network: Network, nodes: Iterable[int]) -> list[int]:
    """The nodes and all that they are made of, inputs first."""
    found: set[int] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += network.nodes[node].inputs
    return sorted(found)


def _truth(node: Node, inputs: list[Truth]) -> Truth:
    if node.kind == "at_least":
        return reference.at_least(node.need, inputs)
    if node.kind == "all":
        return reference.all_of(inputs)
    return reference.any_of(inputs) if node.kind == "any" else reference.none_of(inputs)
