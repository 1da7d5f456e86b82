"""The order in which names can be computed, and the cycles that make it impossible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True)
class Strata:
    """``order`` has every name after those it needs; ``level`` is the longest way down to a name without needs."""

    order: tuple[str, ...]
    level: Mapping[str, int]


def find_cycles(needs: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """One cycle for each group of names that need each other, as a path that ends where it began."""
    graph = _graph(needs)
    cycles = []
    for group in nx.strongly_connected_components(graph):
        first = min(group)
        if len(group) > 1 or graph.has_edge(first, first):
            edges = nx.find_cycle(graph.subgraph(sorted(group)), source=first)
            cycles.append((*(edge[0] for edge in edges), edges[0][0]))
    return sorted(cycles)


def stratify(needs: Mapping[str, Iterable[str]]) -> Strata:
    """Names in an order that respects ``needs`` and otherwise keeps the given one. ``needs`` must have no cycle."""
    position = {name: i for i, name in enumerate(needs)}
    graph = _graph(needs).reverse()
    level = {name: depth for depth, names in enumerate(nx.topological_generations(graph)) for name in names}
    order = tuple(nx.lexicographical_topological_sort(graph, key=position.__getitem__))
    return Strata(order, {name: level[name] for name in order})


def _graph(needs: Mapping[str, Iterable[str]]) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(needs)
    graph.add_edges_from((name, need) for name, wanted in needs.items() for need in wanted if need in needs)
    return graph
