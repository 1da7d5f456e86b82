"""Decides the leaves of a program for one unit: the only place where facts become truths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice, product

from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Program, ProgramLeaf
from engine.inference.network import Truth
from engine.language.syntax import Compare, Expr, Literal, Name
from engine.language.values import Unknown, Value

#: Combinations of conflicting values that are tried before a leaf is left unknown.
MAX_COMBINATIONS = 64

Decide = Callable[[Mapping[str, Value]], Value]
Decided = tuple[list[Truth], dict[int, frozenset[str]]]


class LeafDecider:
    """Decides all leaves of one program.

    Equal leaves are decided once, and those that no fact enters once for all units. The most frequent leaf by far, a
    fact that is to be true, needs no call as long as the fact is known.
    """

    def __init__(self, program: Program, contexts: ContextBuilder) -> None:
        self._contexts = contexts
        self._leaves = tuple((i, leaf.decide, leaf.reads) for i, leaf in sorted(program.leaves.items()))
        self._start: list[Truth] = [None] * len(program.network.nodes)
        self._facts: list[tuple[int, str]] = []
        self._tests: list[tuple[int, Decide]] = []
        self._copies: list[tuple[int, int]] = []
        first: dict[Expr, int] = {}
        for index, leaf in sorted(program.leaves.items()):
            expression = leaf.leaf.expression
            fact = _fact_to_be_true(expression)
            fixed = None if leaf.reads else leaf.decide({})
            if fixed is True or fixed is False:
                self._start[index] = fixed
            elif first.setdefault(expression, index) != index:
                self._copies.append((first[expression], index))
            elif fact is not None and fact not in program.parameters:
                self._facts.append((index, fact))
            else:
                self._tests.append((index, leaf.decide))
        self._of = program.leaves

    def decide(self, context: Context) -> Decided:
        """Truth at each leaf's index (None elsewhere), and for unknown leaves the facts that would settle them."""
        truths = self._start.copy()
        open_facts: dict[int, frozenset[str]] = {}
        values = context.values
        value: Value
        for index, fact in self._facts:
            value = values[fact]
            if value is True or value is False:
                truths[index] = value
            elif type(value) is Unknown:
                open_facts[index] = value.facts
            else:
                truths[index] = self._known(index, self._of[index].decide(values), open_facts)
        for index, decide in self._tests:
            value = decide(values)
            if value is True or value is False:
                truths[index] = value
            elif type(value) is Unknown:
                open_facts[index] = value.facts
            else:
                truths[index] = self._known(index, value, open_facts)
        for index, copy in self._copies:
            truth = truths[copy] = truths[index]
            if truth is None:
                open_facts[copy] = open_facts[index]
        if context.conflicts:
            self._retry(context, truths, open_facts)
        return truths, open_facts

    def open_facts(self, values: Mapping[str, Value], truths: Sequence[Truth]) -> dict[int, frozenset[str]]:
        """For each leaf that is unknown without a conflict, the facts that would settle it: what ``decide`` notes."""
        found = {}
        for index, decide, reads in self._leaves:
            if truths[index] is None:
                value = decide(values)
                found[index] = value.facts if isinstance(value, Unknown) else reads
        return found

    def _known(self, index: int, value: Value, open_facts: dict[int, frozenset[str]]) -> Truth:
        """The truth that ``value`` is; None if it is none, and then what would settle the leaf is noted."""
        if value is True or value is False:
            return value
        # Null: the test has no result for these values, so any of the facts that it reads might settle it.
        open_facts[index] = value.facts if isinstance(value, Unknown) else self._of[index].reads
        return None

    def _retry(self, context: Context, truths: list[Truth], open_facts: dict[int, frozenset[str]]) -> None:
        """A leaf that reads conflicting facts is decided if it comes out the same for every alternative."""
        for index, decide, reads in self._leaves:
            names = sorted(reads & context.conflicts.keys())
            outcomes = _outcomes(self._contexts, context, decide, names) if names else None
            if outcomes is None:
                continue
            truths[index] = _agreed(outcomes)
            if truths[index] is None:
                unknown = [o.facts for o in outcomes if isinstance(o, Unknown)]
                open_facts[index] = frozenset(names).union(*unknown)
            else:
                open_facts.pop(index, None)


def leaf_truth(contexts: ContextBuilder, context: Context, leaf: ProgramLeaf) -> Truth:
    """The truth of one leaf by itself: what ``LeafDecider`` works out for all leaves at once."""
    names = sorted(leaf.reads & context.conflicts.keys())
    outcomes = _outcomes(contexts, context, leaf.decide, names) if names else None
    return _agreed([leaf.decide(context.values)] if outcomes is None else outcomes)


def _outcomes(
    contexts: ContextBuilder, context: Context, decide: Decide, names: list[str]
) -> list[Value] | None:
    """What a leaf comes to with each combination of conflicting values; None if there are too many to try."""
    alternatives = [
        list(dict.fromkeys(o.value for o in context.conflicts[name].observations)) for name in names
    ]
    combinations = list(islice(product(*alternatives), MAX_COMBINATIONS + 1))
    if len(combinations) > MAX_COMBINATIONS:
        return None
    return [
        decide(contexts.with_values(context, dict(zip(names, combination, strict=True))))
        for combination in combinations
    ]


def _agreed(outcomes: list[Value]) -> Truth:
    """True or false if every outcome is that, else unknown."""
    if all(outcome is True for outcome in outcomes):
        return True
    return False if all(outcome is False for outcome in outcomes) else None


def _fact_to_be_true(expression: Expr) -> str | None:
    """``x`` of ``x = true``."""
    match expression:
        case Compare(operator="=", left=Name(name=fact), right=Literal(value=True)):
            return fact
    return None
