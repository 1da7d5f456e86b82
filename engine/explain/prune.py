"""Parts of a derivation: no deeper than so many steps, or only the branches that are true, false, unknown or decisive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeAlias

from engine.explain.derivation import DerivationNode, DerivationTree, TableDerivation
from engine.inference.network import Truth

Only: TypeAlias = Literal["true", "false", "unknown", "decisive"]
_TRUTHS: dict[str, Truth] = {"true": True, "false": False, "unknown": None}


def pruned(tree: DerivationTree, depth: int | None = None, only: Only | None = None) -> DerivationTree:
    """``tree`` without what is deeper than ``depth`` (0: the root alone) or is not ``only`` that.

    A node says how many of its inputs are left out. Of a truth: below a node that has it, the inputs that have it too;
    below another, those and whatever leads to one. ``decisive``: what a node's own truth follows from. A branch of another
    truth below a node that forbids it counts as that node's own.
    """
    keep = _decisive if only == "decisive" else _of_truth(_TRUTHS[only]) if only is not None else _everything
    if isinstance(tree.root, DerivationNode):
        return replace(tree, root=_Pruner(keep).node(tree.root, depth))
    rows, outlines = [], []
    for row, outlined in zip(tree.root.rows, tree.root.outline.rows, strict=True):
        if only in (None, "decisive") or row.truth is _TRUTHS[str(only)]:
            rows.append(_Pruner(keep).node(row, None if depth is None else max(0, depth - 1)))
            outlines.append(outlined)
    table = TableDerivation(replace(tree.root.outline, rows=tuple(outlines)), tree.root.choice, tuple(rows))
    return replace(tree, root=table)


class _Pruner:
    def __init__(self, keep: Callable[[DerivationNode, DerivationNode], bool]) -> None:
        self._keep = keep
        self._known: dict[tuple[int, int | None], DerivationNode] = {}

    def node(self, node: DerivationNode, depth: int | None) -> DerivationNode:
        """The node with what is kept below it."""
        key = (node.point.index, depth)
        if key not in self._known:
            kept = () if depth == 0 else tuple(child for child in node.inputs if self._keep(node, child))
            below = None if depth is None else depth - 1
            self._known[key] = node._replace(
                inputs=tuple(self.node(child, below) for child in kept), hidden=len(node.inputs) - len(kept)
            )
        return self._known[key]


def _everything(parent: DerivationNode, child: DerivationNode) -> bool:
    return True


def _of_truth(wanted: Truth) -> Callable[[DerivationNode, DerivationNode], bool]:
    leads: dict[int, bool] = {}

    def has(parent: DerivationNode, child: DerivationNode) -> bool:
        truth = child.truth
        if parent.point.kind == "none" and truth is not None:
            truth = not truth
        return truth is wanted

    def leading(node: DerivationNode) -> bool:
        """Whether something below the node has the truth."""
        if node.point.index not in leads:
            leads[node.point.index] = any(has(node, child) or leading(child) for child in node.inputs)
        return leads[node.point.index]

    def keep(parent: DerivationNode, child: DerivationNode) -> bool:
        return has(parent, child) or (parent.truth is not wanted and leading(child))

    return keep


def _decisive(parent: DerivationNode, child: DerivationNode) -> bool:
    """Whether the parent's truth follows from the child's, alone or with others."""
    kind, truth = parent.point.kind, parent.truth
    if truth is None:
        return child.truth is None
    if kind == "none":
        return child.truth is (not truth)
    return child.truth is truth
