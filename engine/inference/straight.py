"""The reference channel's conclusions as straight-line Python: one statement per node, generated from the network.

Says nothing of its own: each statement is a function of ``engine.inference.reference`` written out for known inputs,
and a property test holds both to each other over random networks. It takes a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.inference.network import Network, Node, Truth


def straight(network: Network) -> Callable[[Sequence[Truth]], tuple[Truth, ...]]:
    """A function from the leaves' truths (one entry per node) to the truths of all nodes."""
    names = [f"t{i}" for i in range(len(network.nodes))]
    every = "".join(f"{name}, " for name in names)
    lines = ["def conclude(leaves):", f" {every or '[]'} = leaves"]
    for name, node in zip(names, network.nodes, strict=True):
        if node.kind != "leaf":
            lines.append(f" {name} = {_formula(node, [names[i] for i in node.inputs])}")
    lines.append(f" return ({every})")
    space: dict[str, Callable[[Sequence[Truth]], tuple[Truth, ...]]] = {}
    exec("\n".join(lines), space)  # node numbers are all that goes into the source
    return space["conclude"]


def _formula(node: Node, inputs: list[str]) -> str:
    """The value of a node as an expression; see ``all_of``, ``any_of``, ``none_of`` and ``at_least``."""
    some_true = " or ".join(f"{name} is True" for name in inputs) or "False"
    some_false = " or ".join(f"{name} is False" for name in inputs) or "False"
    some_unknown = " or ".join(f"{name} is None" for name in inputs) or "False"
    if node.kind == "all":
        return f"False if {some_false} else None if {some_unknown} else True"
    if node.kind == "any":
        return f"True if {some_true} else None if {some_unknown} else False"
    if node.kind == "none":
        return f"False if {some_true} else None if {some_unknown} else True"
    listed = "(" + "".join(f"{name}, " for name in inputs) + ")"
    return (
        f"True if {listed}.count(True) >= {node.need} else "
        f"None if {len(inputs)} - {listed}.count(False) >= {node.need} else False"
    )
