"""The two channels conclude the same for every node and table of random networks, whatever is unknown."""

from __future__ import annotations

import pytest
from durable_networks import big_network, leaves_for, networks, some_leaves
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.inference.durable import DurableChannel, DurablePool, compile_network
from engine.inference.network import Network
from engine.inference.reference import Reference

pytest.importorskip("durable_rules_engine")

SLOW_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]


def assert_channels_agree(drawn: Network, units: list[list[bool | None]]) -> None:
    channel, reference = DurableChannel(compile_network(drawn)), Reference(drawn)
    for number, leaves in enumerate(units):
        assert channel.conclude(leaves, trace=number % 2 == 0).conclusions == reference.conclude(leaves)
    channel.close()


@given(data=st.data(), drawn=networks())
@settings(max_examples=200, deadline=None, suppress_health_check=SLOW_CHECKS)
def test_small_networks(data: st.DataObject, drawn: Network) -> None:
    assert_channels_agree(drawn, data.draw(st.lists(leaves_for(drawn), min_size=1, max_size=4)))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_big_networks(seed: int) -> None:
    drawn = big_network(seed)
    assert_channels_agree(drawn, some_leaves(drawn, seed, 4))


def test_the_pool_gives_what_the_channel_gives() -> None:
    for seed in range(3):
        drawn = big_network(seed)
        units = some_leaves(drawn, seed, 100)
        program = compile_network(drawn)
        channel = DurableChannel(program)
        with DurablePool(program) as pool:
            assert list(pool.run(units, trace=True)) == [channel.conclude(leaves, True) for leaves in units]
            assert list(pool.run(units)) == [channel.conclude(leaves) for leaves in units]
        channel.close()


@pytest.mark.slow
def test_ten_thousand_cases() -> None:
    """2,500 big networks with four units each; the seeds are fixed, so a failure can be found again."""
    cases = 0
    for seed in range(2500):
        drawn = big_network(seed)
        units = some_leaves(drawn, seed, 4)
        assert_channels_agree(drawn, units)
        cases += len(units)
    assert cases == 10_000
