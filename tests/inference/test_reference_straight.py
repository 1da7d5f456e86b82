"""The reference channel computes with straight-line code; ``truths_of`` and ``choose`` on its page say what."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from durable_networks import big_network, leaves_for, networks
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inference.network import Conclusions, Network, Truth
from engine.inference.reference import Reference, choose, truths_of


@pytest.fixture(autouse=True)
def _from_the_first_unit() -> Iterator[None]:
    with patch("engine.inference.reference.PAYS_OFF", 0):
        yield


def specified(network: Network, leaves: list[Truth]) -> Conclusions:
    truths = truths_of(network, leaves)
    return Conclusions(truths, {table.id: choose(table, truths) for table in network.tables})


@settings(max_examples=800, deadline=None)
@given(st.data())
def test_small_networks(data: st.DataObject) -> None:
    network = data.draw(networks())
    reference = Reference(network)
    for leaves in data.draw(st.lists(leaves_for(network), min_size=1, max_size=5)):
        assert reference.conclude(leaves) == specified(network, leaves)


@pytest.mark.parametrize("seed", range(30))
def test_big_networks(seed: int) -> None:
    from random import Random

    network, random = big_network(seed), Random(seed)
    reference = Reference(network)
    for _ in range(20):
        leaves = [random.choice((True, False, None)) if n.kind == "leaf" else None for n in network.nodes]
        assert reference.conclude(leaves) == specified(network, leaves)


def test_a_network_of_nothing() -> None:
    assert Reference(Network((), {})).conclude([]) == Conclusions((), {})
