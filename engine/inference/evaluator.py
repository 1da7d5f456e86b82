"""The reference channel of one program, made ready once: for a unit at a time as well as for a great many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from engine.facts.sheet import FactSheet
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Evaluation, Failure, Program
from engine.inference.later import Later
from engine.inference.leaves import LeafDecider
from engine.inference.network import Conclusions, Truth
from engine.inference.reference import Reference
from engine.inference.straight import ALL_PAYS_OFF, straight_through
from engine.language import LanguageError
from engine.language.values import Value

#: What both channels start from: the context, the decided leaves, and what would settle the unknown ones.
Prepared: TypeAlias = tuple[Context, list[Truth], Mapping[int, frozenset[str]]]


class Evaluator:
    """Evaluates fact sheets against one program, in some ten microseconds each.

    To be kept by whoever asks about units one by one. The program is written out as Python once that pays off, after
    some hundred units; ``at_once``: now, which takes some milliseconds. What a unit is seldom asked for (which facts
    would settle an open test, where a value came from) is worked out when somebody asks.
    """

    def __init__(self, program: Program, *, at_once: bool = False) -> None:
        self.program = program
        self._contexts = ContextBuilder(program)
        self._decider = LeafDecider(program, self._contexts)
        self._reference = Reference(program.network)
        self._straight: Callable[[Mapping[str, Value]], tuple[Truth, ...]] | None = None
        if at_once:
            self._straight = straight_through(program)
        self._evaluated = 0

    def evaluate(self, sheet: FactSheet) -> Evaluation:
        """The unit by the reference channel alone. Without a verdict only if a list of the unit's is too long."""
        straight = self._straight
        if straight is None:
            return self._counted(sheet)
        try:
            context = self._contexts.context(sheet)
            if context.conflicts:
                return self._leaf_by_leaf(sheet)
            truths = straight(context.values)
        except LanguageError as error:
            return self._failed(sheet, error)
        conclusions = Conclusions(truths, self._reference.choices(truths))
        open_facts = Later(partial(self._decider.open_facts, context.values, truths))
        return Evaluation(self.program, sheet, context, conclusions, open_facts, "reference")

    def prepare(self, sheet: FactSheet) -> Prepared | Failure:
        """The context and the decided leaves; a Failure if an expression goes beyond a limit of the language."""
        try:
            context = self._contexts.context(sheet)
            leaves, open_facts = self._decider.decide(context)
        except LanguageError as error:
            return _failure(error)
        return context, leaves, open_facts

    def nothing_known(self) -> Context:
        """The context of a unit without a verdict."""
        return self._contexts.nothing_known()

    def _counted(self, sheet: FactSheet) -> Evaluation:
        self._evaluated += 1
        if self._evaluated > ALL_PAYS_OFF:
            self._straight = straight_through(self.program)
        return self._leaf_by_leaf(sheet)

    def _leaf_by_leaf(self, sheet: FactSheet) -> Evaluation:
        found = self.prepare(sheet)
        if isinstance(found, Failure):
            return Evaluation(self.program, sheet, self.nothing_known(), None, {}, "reference", found)
        context, leaves, open_facts = found
        conclusions = self._reference.conclude(leaves)
        return Evaluation(self.program, sheet, context, conclusions, open_facts, "reference")

    def _failed(self, sheet: FactSheet, error: LanguageError) -> Evaluation:
        return Evaluation(self.program, sheet, self.nothing_known(), None, {}, "reference", _failure(error))


def _failure(error: LanguageError) -> Failure:
    problem = error.problems[0]
    return Failure(f"error.{problem.code}", problem.params)
