"""The smallest change of facts that gives another verdict: for a weak unit, its shortest way off the list.

A search from the facts as they are, cheapest first (A*): each step hits an obstacle (``obstacles``) with a value worth
trying (``candidates``), so that no smaller change of those kinds can be missed. What is unchangeable stays. The answer is
evaluated once more as a whole before it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from engine.explain.candidates import Candidate, Candidates, fact_candidates
from engine.explain.changes import Change
from engine.explain.constants import Constants
from engine.explain.obstacles import Obstacles, fewest_hits
from engine.explain.row_candidates import register_candidates
from engine.explain.supposition import Supposed, Suppositions
from engine.inference.evaluation import Evaluation
from engine.project.policy import UNIT_KIND

#: States that are looked at before the search is given up.
MOST_STATES = 3_000


@dataclass(frozen=True)
class Flip:
    """``changes``: the smallest that were found; None if there are none. ``after``: the evaluation with them.

    ``cost``: how many things are written differently. ``at_least``: no change with fewer can do it; the changes are proved
    to be minimal if that is their cost. ``in_the_way``: unchangeable facts that no change gets round, where nothing was
    found. ``given_up`` if the search ended for its length.
    """

    before: Evaluation
    subject: str
    wanted: bool
    changes: tuple[Change, ...] | None
    after: Evaluation | None
    cost: int
    at_least: int
    in_the_way: frozenset[str] = frozenset()
    given_up: bool = False

    @property
    def proved(self) -> bool:
        """Whether no smaller change can do it."""
        return self.changes is not None and self.cost <= self.at_least


def flip(evaluation: Evaluation, subject: str = "weak", wanted: bool | None = None) -> Flip:
    """The smallest change that makes the finding ``subject`` come out as ``wanted`` (the other way round, if None).

    An unknown finding is wanted false unless said otherwise. Raises KeyError for an unknown rule, ValueError for a unit
    without verdict or one that the plan does not cover.
    """
    if evaluation.conclusions is None or evaluation.classification == "out_of_scope":
        raise ValueError("a unit without verdict or out of scope cannot be flipped")
    wish = evaluation.finding(subject) is False if wanted is None else wanted
    return _Search(evaluation, subject, wish).run()


class _Search:
    def __init__(self, evaluation: Evaluation, subject: str, wanted: bool) -> None:
        program = evaluation.program
        self._evaluation = evaluation
        self._program = program
        self._subject = subject
        self._wanted = wanted
        self._root = program.network.rules[subject]
        self._suppositions = Suppositions(program)
        self._constants = Constants(program)
        self._options: dict[tuple[str, frozenset[Change]], Candidates] = {}
        self._in_the_way: set[str] = set()
        self._exact = True

    def run(self) -> Flip:
        """Cheapest first; among equals, the one found first, in the order of vocabulary and candidates."""
        start: Mapping[str, Candidate] = {}
        waiting: list[tuple[int, int, int, Mapping[str, Candidate]]] = []
        seen: set[frozenset[tuple[str, Candidate]]] = set()
        pushed = looked_at = 0
        lower = 0
        heappush(waiting, (0, 0, pushed, start))
        first_bound: int | None = None
        while waiting:
            expected, _, _, state = heappop(waiting)
            lower = max(lower, expected)
            looked_at += 1
            if looked_at > MOST_STATES:
                return self._nothing(max(lower, 1), given_up=True)
            now = self._suppose(state)
            if now.truths[self._root] is self._wanted:
                return self._found(state, lower if self._exact else (first_bound or 0))
            groups = self._groups(now)
            first_bound = fewest_hits(groups) if first_bound is None else first_bound
            open_groups = [group - state.keys() for group in groups]
            if not all(open_groups):
                continue
            cost = sum(candidate.cost for candidate in state.values())
            group = min(open_groups, key=lambda group: (len(group), sorted(group)))
            any_way = False
            for fact in self._in_order(group):
                candidates = self._candidates(fact, state, now)
                self._exact = self._exact and candidates.exact
                for candidate in candidates.options:
                    following = {**state, fact: candidate}
                    key = frozenset(following.items())
                    if key in seen:
                        continue
                    seen.add(key)
                    pushed += 1
                    groups_left = self._groups(self._suppose(following))
                    any_way = any_way or group not in groups_left
                    if all(each - following.keys() for each in groups_left):
                        left = fewest_hits([each - following.keys() for each in groups_left])
                        total = max(expected, cost + candidate.cost + left)
                        heappush(waiting, (total, left, pushed, following))
            if not any_way:
                self._in_the_way |= group
        return self._nothing(0)

    def _groups(self, now: Supposed) -> list[frozenset[str]]:
        """What has to be hit, without what cannot be changed."""
        obstacles = Obstacles(self._program.network, now.truths, self._changeable)
        groups = obstacles.groups(self._root, self._wanted)
        if not all(groups):
            fixed = Obstacles(
                self._program.network, now.truths, lambda index: self._program.leaves[index].reads
            )
            whole = fixed.groups(self._root, self._wanted)
            self._in_the_way |= {f for group in whole if not self._free(group) for f in group}
        return groups

    def _changeable(self, index: int) -> frozenset[str]:
        return self._free(self._program.leaves[index].reads)

    def _free(self, facts: frozenset[str]) -> frozenset[str]:
        known = self._program.policy.facts
        return frozenset(
            f
            for f in facts
            if f != UNIT_KIND
            and f not in self._program.policy.compared
            and not (f in known and (known[f].unchangeable or known[f].computed))
        )

    def _candidates(self, fact: str, state: Mapping[str, Candidate], now: Supposed) -> Candidates:
        """Worked out once, and again only if a fact has changed that its tests read too."""
        readers = self._suppositions.readers.get(fact, ())
        neighbours = {name for index in readers for name in self._program.leaves[index].reads} - {fact}
        touched = [change for name in sorted(neighbours & state.keys()) for change in state[name].changes]
        key = (fact, frozenset(touched))
        if key not in self._options:
            policy = self._program.policy
            if fact in policy.registers:
                found = register_candidates(self._suppositions, self._constants, now, policy.registers[fact])
            else:
                found = fact_candidates(self._suppositions, self._constants, now, policy.facts[fact])
            self._options[key] = found
        return self._options[key]

    def _in_order(self, facts: frozenset[str]) -> list[str]:
        position = {name: i for i, name in enumerate(self._evaluation.context.values)}
        return sorted(facts, key=lambda fact: position[fact])

    def _changes(self, state: Mapping[str, Candidate]) -> tuple[Change, ...]:
        order = self._in_order(frozenset(state))
        return tuple(change for fact in order for change in state[fact].changes)

    def _suppose(self, state: Mapping[str, Candidate]) -> Supposed:
        return self._suppositions.suppose(self._evaluation.sheet, self._changes(state))

    def _found(self, state: Mapping[str, Candidate], at_least: int) -> Flip:
        changes = self._changes(state)
        after = self._suppositions.evaluation(self._evaluation.sheet, changes)
        assert after.finding(self._subject) is self._wanted
        cost = sum(candidate.cost for candidate in state.values())
        return Flip(self._evaluation, self._subject, self._wanted, changes, after, cost, at_least)

    def _nothing(self, at_least: int, given_up: bool = False) -> Flip:
        return Flip(
            self._evaluation,
            self._subject,
            self._wanted,
            None,
            None,
            0,
            at_least,
            frozenset(self._in_the_way),
            given_up,
        )
