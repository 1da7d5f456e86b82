"""Networks for the tests of the durable channel: small ones that shrink well, big ones from a seed."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from engine.inference.network import ChoiceTable, HitPolicy, Network, Node, NodeKind, Truth

LEAF = Node("leaf")
KINDS: tuple[NodeKind, ...] = ("all", "any", "none", "at_least")
POLICIES: tuple[HitPolicy, ...] = ("U", "A", "F", "C")
TRUTHS: tuple[Truth, ...] = (True, False, None)


def network(*nodes: Node, tables: tuple[ChoiceTable, ...] = ()) -> Network:
    """A network whose last node is its rule ``r``."""
    return Network(nodes, {"r": len(nodes) - 1}, tables)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A few leaves, a few nodes of every kind with repeated and missing inputs, and tables."""
    nodes = [LEAF] * draw(st.integers(1, 6))
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        inputs = tuple(draw(st.lists(st.integers(0, len(nodes) - 1), max_size=6)))
        need = draw(st.integers(-1, len(inputs) + 2)) if kind == "at_least" else 0
        nodes.append(Node(kind, inputs, need))
    row = st.tuples(st.integers(0, len(nodes) - 1), st.sampled_from("xyz"))
    rows = draw(st.lists(st.lists(row, max_size=5), max_size=3))
    tables = tuple(
        ChoiceTable(f"t{i}", draw(st.sampled_from(POLICIES)), tuple(given)) for i, given in enumerate(rows)
    )
    return network(*nodes, tables=tables)


def leaves_for(drawn: Network) -> st.SearchStrategy[list[Truth]]:
    """Truths for the leaves; None at the index of every other node."""
    return st.tuples(
        *[st.sampled_from(TRUTHS) if node.kind == "leaf" else st.none() for node in drawn.nodes]
    ).map(list)


def big_network(seed: int) -> Network:
    """Up to 60 leaves and 300 nodes, deep or wide, with groups and tables of up to 40."""
    random = Random(seed)
    nodes = [LEAF] * random.choice((1, 5, 20, 60))
    wide = random.choice((6, 20, 40))
    reach = random.choice((3, 8, 1000))
    for _ in range(random.choice((10, 60, 300))):
        kind = random.choice(KINDS)
        size = random.choice((0, 1, 2, 2, 3, 3, 4, 5, wide))
        inputs = tuple(
            random.randrange(len(nodes) if random.random() < 0.4 else min(len(nodes), 60))
            if random.random() < 0.6
            else random.randrange(max(0, len(nodes) - reach), len(nodes))
            for _ in range(size)
        )
        nodes.append(Node(kind, inputs, random.randrange(-1, size + 3) if kind == "at_least" else 0))
    tables = tuple(
        ChoiceTable(
            f"t{i}",
            policy,
            tuple(
                (random.randrange(len(nodes)), random.choice("xyz"))
                for _ in range(random.choice((1, 2, 5, wide)))
            ),
        )
        for i, policy in enumerate(POLICIES)
    )
    return network(*nodes, tables=tables)


def some_leaves(drawn: Network, seed: int, count: int) -> list[list[Truth]]:
    """``count`` units: from all known to all unknown, from rarely true to mostly true."""
    random = Random(seed)
    units = []
    for _ in range(count):
        known, true = random.choice((1.0, 0.95, 0.5, 0.0)), random.choice((0.1, 0.5, 0.9))
        units.append(
            [
                (random.random() < true) if node.kind == "leaf" and random.random() < known else None
                for node in drawn.nodes
            ]
        )
    return units
