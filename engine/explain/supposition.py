"""One unit looked at again and again with other facts: everything that does not change is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from engine.explain.changes import Change, changed
from engine.facts.sheet import FactSheet
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Evaluation, Program
from engine.inference.leaves import LeafDecider, leaf_truth
from engine.inference.network import Truth
from engine.inference.reference import Reference

if TYPE_CHECKING:
    from engine.inference.population import Comparer


@dataclass(frozen=True)
class Supposed:
    """The sheet with some changes, its context, and the truth of every node."""

    sheet: FactSheet
    context: Context
    truths: Sequence[Truth]


class Suppositions:
    """What a unit would come to with other facts, by the reference channel. Raises LanguageError as evaluating does.

    ``comparer``: what compares it anew with other units; without one it stands among them as it did.
    """

    def __init__(self, program: Program, comparer: Comparer | None = None) -> None:
        self.program = program
        self._comparer = comparer
        self.contexts = ContextBuilder(program)
        self._decider = LeafDecider(program, self.contexts)
        self._reference = Reference(program.network)

    @cached_property
    def readers(self) -> dict[str, tuple[int, ...]]:
        """Fact or register → the leaves that read it, different tests only."""
        found: dict[str, dict[object, int]] = {}
        for index, leaf in sorted(self.program.leaves.items()):
            for name in leaf.reads:
                found.setdefault(name, {}).setdefault(leaf.leaf.expression, index)
        return {name: tuple(leaves.values()) for name, leaves in found.items()}

    def suppose(self, sheet: FactSheet, changes: Iterable[Change] = ()) -> Supposed:
        """The unit with ``changes``."""
        other = changed(sheet, changes, self.program.as_of)
        if self._comparer is not None:
            other = self._comparer.compared(other)
        context = self.contexts.context(other)
        leaves, _ = self._decider.decide(context)
        return Supposed(other, context, self._reference.conclude(leaves).truths)

    def leaves(self, sheet: FactSheet, changes: Iterable[Change], leaves: Sequence[int]) -> tuple[Truth, ...]:
        """The truths of some leaves alone."""
        context = self.contexts.context(changed(sheet, changes, self.program.as_of))
        return tuple(leaf_truth(self.contexts, context, self.program.leaves[i]) for i in leaves)

    def evaluation(self, sheet: FactSheet, changes: Iterable[Change] = ()) -> Evaluation:
        """A whole Evaluation of the unit with ``changes``."""
        from engine.inference.run import evaluate_all

        other = changed(sheet, changes, self.program.as_of)
        (found,) = evaluate_all(self.program, [other], engine="reference")
        return found
