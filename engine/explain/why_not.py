"""Why not: the paths that would have led to a finding, and what was missing on each, the nearest first.

A path is a smallest set of tests that would have to come out differently, everything else staying as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from engine.explain.candidates import fact_candidates
from engine.explain.constants import Constants
from engine.explain.families import IMPOSSIBLE, NOTHING_NEEDED, Family, single
from engine.explain.requirements import Requirements
from engine.explain.supposition import Suppositions
from engine.inference.evaluation import Evaluation
from engine.inference.network import Network, Truth
from engine.language.syntax import Expr
from engine.project.policy import UNIT_KIND

#: So many of the shortest paths are put in order, however few are asked for: fewer of them are the first of more.
_LOOKED_AT = 1_000


@dataclass(frozen=True)
class MissingTest:
    """A test (by its node) that is ``truth`` and would have to be ``wanted``."""

    node: int
    wanted: bool
    truth: Truth


@dataclass(frozen=True)
class Path:
    """Tests that together would have led to the finding; ``rules``: those whose own conditions they belong to."""

    tests: tuple[MissingTest, ...]
    rules: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """How many of the tests are not known rather than against it."""
        return sum(test.truth is None for test in self.tests)


@dataclass(frozen=True)
class WhyNot:
    """``paths``: the nearest first, those with the fewest missing tests. ``count``: how many there are in all.

    ``through``: the rule that all of them go through, None if any will do. None of them asks for another kind of unit.
    ``complete`` is False if there are too many to write all of them out.
    """

    evaluation: Evaluation
    subject: str
    wanted: bool
    paths: tuple[Path, ...]
    count: int
    complete: bool
    through: str | None = None


def why_not(
    evaluation: Evaluation,
    subject: str = "weak",
    wanted: bool = True,
    most: int = 50,
    through: str | None = None,
) -> WhyNot:
    """The paths to ``subject`` being ``wanted``, the nearest ``most`` of them; the empty path alone if it is.

    ``through``: only those on which one of the tests that this rule rests on is missing. Raises KeyError for an unknown
    rule, ValueError for a unit without verdict.
    """
    if evaluation.conclusions is None:
        raise ValueError("a unit without verdict has no paths to one")
    tests = _Tests(evaluation)
    needs = Requirements(evaluation.program.network, tests.needs).of(
        evaluation.program.network.rules[subject], wanted
    )
    families: tuple[Family, ...] = (needs,)
    if through is not None and not needs.trivial:
        families = needs.touching(tests.below(evaluation.program.network.rules[through]))
    count = sum(each.count for each in families)
    shortest = merge(*(each.sets() for each in families), key=int.bit_count)
    looked_at = max(_LOOKED_AT, 20 * most)
    paths = [path for path in map(tests.path, islice(shortest, looked_at)) if tests.possible(path)]
    if count <= looked_at:
        count = len(paths)
    # Among paths of equal length those come first that only lack knowledge, then the policy's order.
    nearest = sorted(paths, key=lambda path: (len(path.tests), -path.unknown))
    return WhyNot(evaluation, subject, wanted, tuple(nearest[:most]), count, needs.whole, through)


def rests_on(network: Network, subject: str, other: str) -> bool:
    """Whether rule ``other`` is, or is somewhere below, rule ``subject``. Raises KeyError for an unknown rule."""
    return network.rules[other] in _nodes_below(network, network.rules[subject])


def _nodes_below(network: Network, top: int) -> set[int]:
    """``top`` and every node that it follows from."""
    found: set[int] = set()
    waiting = [top]
    while waiting:
        index = waiting.pop()
        if index not in found:
            found.add(index)
            waiting += network.nodes[index].inputs
    return found


class _Tests:
    """The tests that have to come out differently, a bit for each different test and outcome."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._bits: dict[tuple[Expr, bool], int] = {}
        self._tests: list[MissingTest] = []
        self._known_together: dict[tuple[str, tuple[MissingTest, ...]], bool] = {}
        self._suppositions = Suppositions(evaluation.program)
        self._constants = Constants(evaluation.program)

    def needs(self, index: int, wanted: bool) -> Family:
        truth = self._evaluation.truth(index)
        if truth is wanted:
            return NOTHING_NEEDED
        leaf = self._evaluation.program.leaves[index]
        # A test of parameters alone is what the policy says, and what kind of unit it is nobody can make different.
        if not leaf.reads or (leaf.reads == {UNIT_KIND} and truth is not None):
            return IMPOSSIBLE
        key = (leaf.leaf.expression, wanted)
        if key not in self._bits:
            self._bits[key] = 1 << len(self._tests)
            self._tests.append(MissingTest(index, wanted, truth))
        return single(self._bits[key])

    def below(self, top: int) -> int:
        """The tests asked about so far that the node ``top`` rests on."""
        leaves = self._evaluation.program.leaves
        found = 0
        for index in _nodes_below(self._evaluation.program.network, top) & leaves.keys():
            for wanted in (True, False):
                found |= self._bits.get((leaves[index].leaf.expression, wanted), 0)
        return found

    def path(self, members: int) -> Path:
        tests = tuple(test for i, test in enumerate(self._tests) if members >> i & 1)
        return Path(tests, tuple(dict.fromkeys(self._owners(tests))))

    def possible(self, path: Path) -> bool:
        """Whether no fact would have to be two things at once, as far as tests of one fact alone can tell."""
        by_fact: dict[str, list[MissingTest]] = {}
        leaves = self._evaluation.program.leaves
        for test in path.tests:
            reads = leaves[test.node].reads
            if len(reads) == 1:
                by_fact.setdefault(next(iter(reads)), []).append(test)
        return all(len(tests) < 2 or self._together(fact, tuple(tests)) for fact, tests in by_fact.items())

    def _together(self, fact: str, tests: tuple[MissingTest, ...]) -> bool:
        key = (fact, tests)
        if key not in self._known_together:
            self._known_together[key] = self._work_out_together(fact, tests)
        return self._known_together[key]

    def _work_out_together(self, fact: str, tests: tuple[MissingTest, ...]) -> bool:
        policy, sheet = self._evaluation.program.policy, self._evaluation.sheet
        if fact not in policy.facts:
            return True
        options = fact_candidates(
            self._suppositions, self._constants, self._suppositions.suppose(sheet), policy.facts[fact]
        ).options
        wanted = tuple(test.wanted for test in tests)
        nodes = [test.node for test in tests]
        return any(self._suppositions.leaves(sheet, o.changes, nodes) == wanted for o in options)

    def _owners(self, tests: tuple[MissingTest, ...]) -> Iterator[str]:
        for test in tests:
            yield self._evaluation.program.origins[test.node].owner
