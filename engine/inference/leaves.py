"""Decides the leaves of a program for one unit: the only place where facts become truths."""

from __future__ import annotations

from itertools import islice, product

from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Program
from engine.inference.network import Truth
from engine.language.values import Unknown

#: Combinations of conflicting values that are tried before a leaf is left unknown.
MAX_COMBINATIONS = 64

Decided = tuple[list[Truth], dict[int, frozenset[str]]]


class LeafDecider:
    """Decides all leaves of one program."""

    def __init__(self, program: Program, contexts: ContextBuilder) -> None:
        self._contexts = contexts
        self._size = len(program.network.nodes)
        self._leaves = tuple((i, leaf.decide, leaf.reads) for i, leaf in sorted(program.leaves.items()))

    def decide(self, context: Context) -> Decided:
        """Truth at each leaf's index (None elsewhere), and for unknown leaves the facts that would settle them."""
        truths: list[Truth] = [None] * self._size
        open_facts: dict[int, frozenset[str]] = {}
        values = context.values
        for index, decide, reads in self._leaves:
            value = decide(values)
            if value is True or value is False:
                truths[index] = value
            elif isinstance(value, Unknown):
                open_facts[index] = value.facts
            else:
                open_facts[index] = reads  # null: the test has no result for these values
        if context.conflicts:
            self._retry(context, truths, open_facts)
        return truths, open_facts

    def _retry(self, context: Context, truths: list[Truth], open_facts: dict[int, frozenset[str]]) -> None:
        """A leaf that reads conflicting facts is decided if it comes out the same for every alternative."""
        for index, decide, reads in self._leaves:
            names = sorted(reads & context.conflicts.keys())
            if not names:
                continue
            alternatives = [
                list(dict.fromkeys(o.value for o in context.conflicts[name].observations)) for name in names
            ]
            combinations = list(islice(product(*alternatives), MAX_COMBINATIONS + 1))
            if len(combinations) > MAX_COMBINATIONS:
                continue
            outcomes = []
            for combination in combinations:
                outcomes.append(
                    decide(self._contexts.with_values(context, dict(zip(names, combination, strict=True))))
                )
            if all(outcome is True for outcome in outcomes) or all(outcome is False for outcome in outcomes):
                truths[index] = outcomes[0] is True
                open_facts.pop(index, None)
            else:
                unknown = [o.facts for o in outcomes if isinstance(o, Unknown)]
                truths[index] = None
                open_facts[index] = frozenset(names).union(*unknown)
