"""Every firing of a trace is a valid step: its matched literals came before, and they suffice for its conclusion."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from durable_networks import big_network, leaves_for, networks, some_leaves
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inference.durable import DurableChannel, Firing, Literal, compile_network
from engine.inference.network import ChoiceTable, Network, Node, Truth
from engine.inference.reference import all_of, any_of, at_least, choose, none_of

pytest.importorskip("durable_rules_engine")


def value_of(node: Node, truths: dict[int, bool]) -> Truth:
    """The truth of ``node`` if nothing else about its inputs is known than ``truths``."""
    inputs = [truths.get(i) for i in node.inputs]
    if node.kind == "at_least":
        return at_least(node.need, inputs)
    return {"all": all_of, "any": any_of, "none": none_of}[node.kind](inputs)


def check_proof(drawn: Network, leaves: list[Truth], firings: Iterable[Firing]) -> set[Literal]:
    """Raises AssertionError for a step that does not follow; gives every literal that was proved."""
    tables = {table.id: table for table in drawn.tables}
    known = {(i, truth) for i, truth in enumerate(leaves) if truth is not None}
    support: dict[Literal, dict[int, bool]] = {}
    proved: set[Literal] = set()
    for firing in firings:
        given_nodes: dict[int, bool] = {}
        for literal in firing.matched:
            if literal.node is None:
                # an intermediate literal stands for what was matched to conclude it
                assert literal in proved
                given_nodes |= support[literal]
            else:
                assert (literal.node, literal.value) in known
                given_nodes[literal.node] = literal.value
        concluded = firing.concludes
        if concluded.node is not None:
            node = drawn.nodes[concluded.node]
            assert given_nodes.keys() <= set(node.inputs)
            assert value_of(node, given_nodes) is concluded.value
            known.add((concluded.node, concluded.value))
        elif concluded.table is not None:
            check_row(tables[concluded.table], concluded, given_nodes)
        support.setdefault(concluded, given_nodes)
        proved.add(concluded)
    return proved


def check_row(table: ChoiceTable, concluded: Literal, given_nodes: dict[int, bool]) -> None:
    truths = [given_nodes.get(i) for i in range(max(n for n, _ in table.rows) + 1)] if table.rows else []
    if concluded.row is None:
        assert choose(table, truths) is None
    elif table.hit_policy == "F":
        assert choose(table, truths) == table.rows[concluded.row][1]
    else:
        assert truths[table.rows[concluded.row][0]] is concluded.value


def assert_proved(drawn: Network, leaves: list[Truth], channel: DurableChannel) -> None:
    result = channel.conclude(leaves, trace=True)
    proved = check_proof(drawn, leaves, result.firings)
    for index, truth in enumerate(result.conclusions.truths):
        if truth is not None and drawn.nodes[index].kind != "leaf":
            assert (index, truth) in {(literal.node, literal.value) for literal in proved}


@given(data=st.data(), drawn=networks())
@settings(max_examples=150, deadline=None)
def test_proofs_in_small_networks(data: st.DataObject, drawn: Network) -> None:
    channel = DurableChannel(compile_network(drawn))
    assert_proved(drawn, data.draw(leaves_for(drawn)), channel)
    channel.close()


@pytest.mark.parametrize("seed", range(40))
def test_proofs_in_big_networks(seed: int) -> None:
    drawn = big_network(seed)
    channel = DurableChannel(compile_network(drawn))
    for leaves in some_leaves(drawn, seed, 2):
        assert_proved(drawn, leaves, channel)
    channel.close()


def test_the_check_refuses_a_step_that_does_not_follow() -> None:
    drawn = Network((Node("leaf"), Node("leaf"), Node("all", (0, 1))), {"r": 2})
    zero, both = Literal("t0", "0 true", True, node=0), Literal("t2", "2 true", True, node=2)
    with pytest.raises(AssertionError):
        check_proof(drawn, [True, True, None], [Firing("2 true (1)", 2, both, (zero,))])


def test_the_check_refuses_what_was_not_known_yet() -> None:
    drawn = Network((Node("leaf"), Node("any", (0,))), {"r": 1})
    zero, one = Literal("t0", "0 true", True, node=0), Literal("t1", "1 true", True, node=1)
    with pytest.raises(AssertionError):
        check_proof(drawn, [None, None], [Firing("1 true (1)", 1, one, (zero,))])
