"""The order in which names can be computed, and the cycles that make it impossible.

Whether there is a cycle at all, and the order if there is none, takes a dozen lines of the standard library. networkx
says which names a cycle runs through; importing it costs more than the whole rest of loading a policy, so a policy
without cycles never does. A test holds the order to that of networkx.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush


@dataclass(frozen=True)
class Strata:
    """``order`` has every name after those it needs; ``level`` is the longest way down to a name without needs."""

    order: tuple[str, ...]
    level: Mapping[str, int]


def find_cycles(needs: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """One cycle for each group of names that need each other, as a path that ends where it began."""
    if len(_sorted(needs).order) == len(needs):
        return []
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(needs)
    graph.add_edges_from((name, need) for name, wanted in needs.items() for need in wanted if need in needs)
    cycles = []
    for group in nx.strongly_connected_components(graph):
        first = min(group)
        if len(group) > 1 or graph.has_edge(first, first):
            edges = nx.find_cycle(graph.subgraph(sorted(group)), source=first)
            cycles.append((*(edge[0] for edge in edges), edges[0][0]))
    return sorted(cycles)


def stratify(needs: Mapping[str, Iterable[str]]) -> Strata:
    """Names in an order that respects ``needs`` and otherwise keeps the given one. ``needs`` must have no cycle."""
    strata = _sorted(needs)
    assert len(strata.order) == len(needs), "find_cycles comes first"
    return strata


def _sorted(needs: Mapping[str, Iterable[str]]) -> Strata:
    """Names are taken as soon as all that they need has been, the first given first; those on a cycle never are."""
    names = list(needs)
    position = {name: i for i, name in enumerate(names)}
    users: dict[str, list[str]] = {name: [] for name in names}
    missing = dict.fromkeys(names, 0)
    for name, wanted in needs.items():
        for need in dict.fromkeys(wanted):
            if need in position:
                users[need].append(name)
                missing[name] += 1
    ready = [position[name] for name in names if not missing[name]]
    heapify(ready)
    level = dict.fromkeys(names, 0)
    order = []
    while ready:
        name = names[heappop(ready)]
        order.append(name)
        for user in users[name]:
            level[user] = max(level[user], level[name] + 1)
            missing[user] -= 1
            if not missing[user]:
                heappush(ready, position[user])
    return Strata(tuple(order), {name: level[name] for name in order})
