"""The order in which rules are computed, held to that of networkx; cycles are named by the rules on them."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.project.stratify import find_cycles, stratify

NAMES = st.sampled_from("abcdefgh")
NEEDS = st.dictionaries(NAMES, st.lists(NAMES, max_size=3), max_size=8)


def graph_of(needs: dict[str, list[str]]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(needs)
    graph.add_edges_from((need, name) for name, wanted in needs.items() for need in wanted if need in needs)
    return graph


@settings(max_examples=500, deadline=None)
@given(NEEDS)
def test_order_and_levels_are_those_of_networkx(needs):
    graph = graph_of(needs)
    cycles = find_cycles(needs)
    assert bool(cycles) is not nx.is_directed_acyclic_graph(graph)
    for cycle in cycles:
        assert cycle[0] == cycle[-1]
        assert all(after in needs[name] for name, after in pairwise(cycle))
    if not cycles:
        strata = stratify(needs)
        position = list(needs).index
        assert strata.order == tuple(nx.lexicographical_topological_sort(graph, key=position))
        levels = {n: i for i, names in enumerate(nx.topological_generations(graph)) for n in names}
        assert strata.level == levels


def test_a_cycle_is_a_path_that_ends_where_it_began():
    assert find_cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": ["e"]}) == [
        ("a", "b", "c", "a"),
        ("e", "e"),
    ]
