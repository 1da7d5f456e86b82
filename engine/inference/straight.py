"""The reference channel as straight-line Python: one statement per node, generated from the network and its leaves.

Says nothing of its own: each statement is a function of ``engine.inference.reference``, or the decision of a leaf,
written out for known inputs, and property tests hold both to each other. It takes a fraction of the time, once it is
generated; that costs what some hundred units cost the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from engine.inference.evaluation import Program
from engine.inference.network import Network, Node, Truth
from engine.language.syntax import Expr
from engine.language.values import Value
from engine.language.written_out import TruthWriter
from engine.project.policy import AS_OF, UNIT_KIND

#: Generating pays off for more units than these: of the network alone, and with the leaves, which do not gain as much.
PAYS_OFF = 100
ALL_PAYS_OFF = 500

_KINDS: Mapping[str, type] = {
    "boolean": bool,
    "number": Decimal,
    "integer": Decimal,
    "date": date,
    "text": str,
    "choice": str,
}


def straight(network: Network) -> Callable[[Sequence[Truth]], tuple[Truth, ...]]:
    """A function from the leaves' truths (one entry per node) to the truths of all nodes."""
    every = _listed(_names(network))
    lines = ["def conclude(leaves):", f" {every} = leaves" if network.nodes else " pass"]
    lines += [_statement(i, node) for i, node in enumerate(network.nodes) if node.kind != "leaf"]
    return _function("conclude", [*lines, f" return {every}"], {})


def straight_through(program: Program) -> Callable[[Mapping[str, Value]], tuple[Truth, ...]]:
    """A function from the values of a context without conflicts to the truths of all nodes.

    Raises LanguageError as deciding the leaves does.
    """
    policy = program.policy
    kinds = {id_: _KINDS[fact.type] for id_, fact in policy.facts.items() if fact.type in _KINDS}
    columns = {id_: frozenset(register.columns) for id_, register in policy.registers.items()}
    constants = {**program.parameters, AS_OF: program.as_of}
    writer = TruthWriter(constants, columns, {**kinds, UNIT_KIND: str}, "values")
    lines, first = [], dict[Expr, int]()
    for i, node in enumerate(program.network.nodes):
        leaf = program.leaves.get(i)
        if leaf is None:
            lines.append(_statement(i, node))
            continue
        same = first.setdefault(leaf.leaf.expression, i)
        truth = writer.truth(leaf.leaf.expression, leaf.decide) if same == i else f"t{same}"
        lines.append(f" t{i} = {truth}")
    read = [f" {variable} = values[{name!r}]" for name, variable in writer.names.items()]
    body = ["def conclude(values):", *read, *lines, f" return {_listed(_names(program.network))}"]
    return _function("conclude", body, writer.space)


def _function(name: str, lines: Iterable[str], space: dict[str, Any]) -> Callable[..., tuple[Truth, ...]]:
    exec("\n".join(lines), space)  # names are numbered or quoted, and values are passed as objects
    function: Callable[..., tuple[Truth, ...]] = space[name]
    return function


def _names(network: Network) -> list[str]:
    return [f"t{i}" for i in range(len(network.nodes))]


def _listed(names: Sequence[str]) -> str:
    return "(" + "".join(f"{name}, " for name in names) + ")"


def _statement(index: int, node: Node) -> str:
    return f" t{index} = {_formula(node, [f't{i}' for i in node.inputs])}"


def _formula(node: Node, inputs: list[str]) -> str:
    """The value of a node as an expression; see ``all_of``, ``any_of``, ``none_of`` and ``at_least``."""
    if len(inputs) == 1 and node.kind in ("all", "any"):
        return inputs[0]
    if len(inputs) == 2 and node.kind in ("all", "any"):
        neutral = node.kind == "all"
        one, other = inputs
        decided = f"{one} is {not neutral} or {other} is {not neutral}"
        return f"{other} if {one} is {neutral} else {not neutral} if {decided} else None"
    some_true = " or ".join(f"{name} is True" for name in inputs) or "False"
    some_false = " or ".join(f"{name} is False" for name in inputs) or "False"
    some_unknown = " or ".join(f"{name} is None" for name in inputs) or "False"
    if node.kind == "all":
        return f"False if {some_false} else None if {some_unknown} else True"
    if node.kind == "any":
        return f"True if {some_true} else None if {some_unknown} else False"
    if node.kind == "none":
        return f"False if {some_true} else None if {some_unknown} else True"
    listed = _listed(inputs)
    return (
        f"True if {listed}.count(True) >= {node.need} else "
        f"None if {len(inputs)} - {listed}.count(False) >= {node.need} else False"
    )
