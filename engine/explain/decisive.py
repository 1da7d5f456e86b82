"""Decisive facts: the smallest sets of facts that alone force a verdict, and all of them.

A set of facts forces an outcome if the outcome stays when everything else is taken for unknown; it is minimal if it no
longer does once any of its facts is unknown too. Strong Kleene logic is monotone in what is known, so the minimal sets
are the prime implicants of the outcome that agree with the unit, and are put together along the network
(``requirements``). A register counts as one fact: how it was filled in, as a whole.

``is defined`` alone is not monotone: it is false of what was never filled in. That a fact was filled in is not to be
unsaid, so a set forces a test only if the test stays whichever of the other facts are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from engine.explain.families import IMPOSSIBLE, NOTHING_NEEDED, Family, both, family, single
from engine.explain.requirements import Requirements
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Evaluation
from engine.inference.leaves import leaf_truth
from engine.inference.network import Choice, Truth
from engine.language.values import Unknown
from engine.project.policy import UNIT_KIND

#: Facts of one test of which every combination is tried; of more, the test counts as needing all it reads.
MOST_FACTS_OF_A_TEST = 12


@dataclass(frozen=True)
class Alternatives:
    """A group of facts of which one set is needed: ``sets`` are minimal, smallest first."""

    sets: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class DecisiveFacts:
    """The decisive sets of one outcome: everything in ``always``, and one set of each of the ``groups``.

    ``outcome``: a truth, a table's choice or, for the verdict, the classification. ``complete`` is False if there are so
    many sets, or a test reads so many facts, that not all of them are here; each one that is here forces the outcome.
    ``subject``: a rule's or table's id; None for the verdict.
    """

    evaluation: Evaluation
    subject: str | None
    outcome: Truth | Choice
    always: frozenset[str]
    groups: tuple[Alternatives, ...]
    complete: bool
    _family: Family
    _names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many decisive sets there are."""
        return self._family.count

    def sets(self, most: int | None = None) -> Iterator[frozenset[str]]:
        """The decisive sets, those with the fewest facts first; at most ``most`` of them."""
        return (_named(each, self._names) for each in islice(self._family.sets(), most))


def decisive_facts(evaluation: Evaluation, subject: str | None = None) -> DecisiveFacts | None:
    """The decisive sets for a rule or table by id, or for the verdict; None where the outcome is unknown.

    Raises KeyError for a name that the policy does not have, ValueError for a unit without verdict.
    """
    if evaluation.conclusions is None:
        raise ValueError("a unit without verdict has no decisive facts")
    return Decisive(evaluation).of(subject)


class Decisive:
    """The decisive sets of one unit's outcomes; what they have in common is worked out once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        program = evaluation.program
        self._contexts = ContextBuilder(program)
        self._names = tuple(evaluation.context.values)
        self._bits = {name: 1 << i for i, name in enumerate(self._names)}
        self._by_test: dict[tuple[object, frozenset[str]], Family] = {}
        self._complete = True
        self._given: frozenset[str] = frozenset()
        self._requirements = Requirements(program.network, self._leaf)

    def of(self, subject: str | None) -> DecisiveFacts | None:
        """See ``decisive_facts``."""
        evaluation, program = self._evaluation, self._evaluation.program
        table = next((table for table in program.network.tables if table.id == subject), None)
        outcome: Truth | Choice
        if subject is None:
            return self._verdict()
        if table is not None:
            outcome = evaluation.choice(table.id)
            found = self._requirements.of_choice(table, outcome)
        else:
            outcome = evaluation.finding(subject)
            if outcome is None:
                return None
            found = self._requirements.of(program.network.rules[subject], outcome)
        return None if found.impossible else self._result(subject, outcome, found)

    def _verdict(self) -> DecisiveFacts | None:
        """The kind decides whether the plan covers the unit; then the finding ``weak`` decides."""
        verdict = self._evaluation.classification
        if verdict == "undetermined":
            return None
        kind = single(self._bits[UNIT_KIND])
        if verdict == "out_of_scope":
            return self._result(None, verdict, kind)
        # The kind is needed in any case, so a test of it asks for nothing more.
        self._given = frozenset({UNIT_KIND})
        weak = self._evaluation.program.network.rules["weak"]
        needs = Requirements(self._evaluation.program.network, self._leaf).of(weak, verdict == "weak")
        self._given = frozenset()
        return self._result(None, verdict, both(kind, needs))

    def _result(self, subject: str | None, outcome: Truth | Choice, found: Family) -> DecisiveFacts:
        always: frozenset[str] = frozenset()
        groups = []
        for factor in found.factors:
            if len(factor) == 1:
                always |= _named(factor[0], self._names)
            else:
                groups.append(Alternatives(tuple(_named(each, self._names) for each in factor)))
        complete = self._complete and found.whole
        return DecisiveFacts(
            self._evaluation, subject, outcome, always, tuple(groups), complete, found, self._names
        )

    def _leaf(self, index: int, wanted: bool) -> Family:
        """The minimal sets of facts that force a test to what it is; impossible if it is not ``wanted``."""
        if self._evaluation.truth(index) is not wanted:
            return IMPOSSIBLE
        leaf = self._evaluation.program.leaves[index]
        key = (leaf.leaf.expression, self._given)
        if key not in self._by_test:
            self._by_test[key] = self._test(index, wanted)
        return self._by_test[key]

    def _test(self, index: int, wanted: bool) -> Family:
        evaluation = self._evaluation
        leaf = evaluation.program.leaves[index]
        context = evaluation.context
        names = sorted(
            name
            for name in leaf.reads - self._given
            if name in context.conflicts or not isinstance(context.values[name], Unknown)
        )
        if len(names) > MOST_FACTS_OF_A_TEST:
            self._complete = False
            return single(sum(self._bits[name] for name in names))
        everything = (1 << len(names)) - 1
        forcing, waiting, minimal = {everything}, [everything], []
        # From all facts downwards: a set that does not force the test is not left out of by taking more away.
        for chosen in waiting:
            smallest = True
            for i in range(len(names)):
                less = chosen & ~(1 << i)
                if less == chosen:
                    continue
                if less not in forcing and self._forces(index, less, names, forcing, wanted):
                    forcing.add(less)
                    waiting.append(less)
                smallest = smallest and less not in forcing
            if smallest:
                minimal.append(chosen)
        if minimal == [0]:
            return NOTHING_NEEDED
        return family(
            sum(self._bits[name] for i, name in enumerate(names) if chosen >> i & 1) for chosen in minimal
        )

    def _forces(self, index: int, chosen: int, names: list[str], forcing: set[int], wanted: bool) -> bool:
        """Whether a test keeps its truth with only ``chosen`` known, and with any more (looked up in ``forcing``)."""
        if any(chosen | 1 << i not in forcing for i in range(len(names)) if not chosen >> i & 1):
            return False
        leaf = self._evaluation.program.leaves[index]
        known = {name for i, name in enumerate(names) if chosen >> i & 1} | self._given
        return leaf_truth(self._contexts, self._with_only(known, leaf.reads), leaf) is wanted

    def _with_only(self, known: set[str], reads: frozenset[str]) -> Context:
        context = self._evaluation.context
        unknown = {name: Unknown(frozenset({name})) for name in reads - known}
        values = self._contexts.with_values(context, unknown)
        conflicts = {name: found for name, found in context.conflicts.items() if name in known}
        return Context(values, context.reasons, conflicts, context.used)


def _named(members: int, names: tuple[str, ...]) -> frozenset[str]:
    found = set()
    while members:
        lowest = members & -members
        found.add(names[lowest.bit_length() - 1])
        members ^= lowest
    return frozenset(found)
