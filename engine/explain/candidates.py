"""Values worth trying for a fact: one for each way in which the tests that read it can come out, nearest first.

Where all those tests compare the fact itself with constants, every way is found: the truth of such a test changes only at
its constants. Elsewhere (arithmetic, several facts in one test) the ways that a search along the scale finds are tried, and
whoever uses them cannot say that there are no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from engine.explain.changes import Change, FactChange
from engine.explain.constants import Constants
from engine.explain.supposition import Supposed, Suppositions
from engine.inference.leaves import leaf_truth
from engine.inference.network import Truth
from engine.language.calendar import add_months
from engine.language.values import Unknown, Value
from engine.project.policy import Fact

#: Points of a scale that are looked at first; between two that differ, the place where a test changes is searched.
_AMOUNTS = (0, 1, 2, 3, 5, 10, 20, 50, 100, 1_000, 10_000, 100_000, 1_000_000, 100_000_000)
_MONTHS_AGO = (0, 1, 3, 6, 12, 18, 24, 36, 48, 60, 120, 240, 480)
_CENT = Decimal("0.01")
_DAY = timedelta(days=1)

Vector = tuple[Truth, ...]


@dataclass(frozen=True)
class Candidate:
    """Changes that belong together. ``cost``: how many things are written differently."""

    changes: tuple[Change, ...]
    cost: int = 1


@dataclass(frozen=True)
class Candidates:
    """What may be done with one fact or register. ``exact``: nothing else could make another difference."""

    options: tuple[Candidate, ...]
    exact: bool


def fact_candidates(
    suppositions: Suppositions, constants: Constants, now: Supposed, fact: Fact
) -> Candidates:
    """The other values worth trying for ``fact``, one for each way its tests can come out."""
    program = suppositions.program
    tests = suppositions.readers.get(fact.id, ())
    present = now.context.values[fact.id]
    outcome = _outcomes(suppositions, now, fact.id, tests)
    expressions = [program.leaves[i].leaf.expression for i in tests]
    points = sample_values(fact, constants.of(expressions), program.as_of, present)
    if fact.type in ("integer", "number", "date"):
        points += _turning_points(points, outcome, _step(fact))
    found: dict[Vector, Value] = {}
    for value in _nearest_first(points, present):
        found.setdefault(outcome(value), value)
    if not isinstance(present, Unknown):
        found.pop(outcome(present), None)
    finite = fact.type in ("boolean", "choice")
    exact = finite or all(constants.only_compares(expression, fact.id) for expression in expressions)
    return Candidates(tuple(Candidate((FactChange(fact.id, value),)) for value in found.values()), exact)


def sample_values(fact: Fact, constants: Iterable[Value], as_of: date, present: Value = None) -> list[Value]:
    """Values of a fact's type to begin with: all there are, or its constants, their neighbours and a coarse scale.

    Dates are not later than the as-of date; numbers are within the fact's range.
    """
    if fact.type == "boolean":
        return [True, False]
    if fact.type == "choice":
        return [choice.value for choice in fact.choices]
    if fact.type == "text":
        return [*sorted({value for value in constants if isinstance(value, str)})]
    if fact.type == "date":
        days = {value for value in constants if type(value) is date}
        days |= {add_months(as_of, -months) for months in _MONTHS_AGO}
        days |= {present} if type(present) is date else set()
        near_days = {day + sign * _DAY for day in days for sign in (-1, 0, 1)}
        return [day for day in sorted(near_days) if day <= as_of]
    step = _step(fact)
    assert isinstance(step, Decimal)
    amounts = {value for value in constants if isinstance(value, Decimal)} | {Decimal(n) for n in _AMOUNTS}
    amounts |= {present} if isinstance(present, Decimal) else set()
    if fact.type == "integer":
        amounts = {amount.to_integral_value("ROUND_FLOOR") for amount in amounts}
    near = {amount + sign * step for amount in amounts for sign in (-1, 0, 1)}
    return [amount for amount in sorted(near) if _allowed(fact, amount)]


def _step(fact: Fact) -> Decimal | timedelta:
    """The smallest difference between two values of a scale."""
    return _DAY if fact.type == "date" else Decimal(1) if fact.type == "integer" else _CENT


def _allowed(fact: Fact, amount: Decimal) -> bool:
    low, high = fact.minimum, fact.maximum
    # Nothing that an office reports is less than nothing, unless the vocabulary says so.
    least = low if isinstance(low, Decimal) else Decimal(0)
    return amount >= least and not (isinstance(high, Decimal) and amount > high)


def _outcomes(
    suppositions: Suppositions, now: Supposed, fact: str, tests: Sequence[int]
) -> Callable[[Value], Vector]:
    """How the tests that read ``fact`` come out with a value of it, everything else being as it is now."""
    contexts, leaves = suppositions.contexts, suppositions.program.leaves
    conflicts = {name: found for name, found in now.context.conflicts.items() if name != fact}

    def outcome(value: Value) -> Vector:
        values = contexts.with_values(now.context, {fact: value})
        context = replace(now.context, values=values, conflicts=conflicts)
        return tuple(leaf_truth(contexts, context, leaves[i]) for i in tests)

    return outcome


def _turning_points(
    points: Sequence[Value], outcome: Callable[[Value], Vector], step: Decimal | timedelta
) -> list[Value]:
    """Both sides of each place between two neighbouring points where the tests change."""
    found: list[Value] = []
    for low, high in pairwise(points):
        before, after = outcome(low), outcome(high)
        if before == after:
            continue
        while (gap := (high - low) / step) > 1:  # type: ignore[operator]
            middle = low + int(gap // 2) * step  # type: ignore[operator]
            if outcome(middle) == before:
                low = middle
            else:
                high = middle
        found += [low, high]
    return found


def _nearest_first(values: Iterable[Value], present: Value) -> list[Value]:
    """Values by their distance from the present one; in their own order where there is no distance."""
    listed = list(dict.fromkeys(values))
    if type(present) is date:
        return sorted(listed, key=lambda value: abs(value - present))  # type: ignore[operator]
    if isinstance(present, Decimal):
        return sorted(listed, key=lambda value: abs(value - present))  # type: ignore[operator]
    if listed and type(listed[0]) is date:
        return listed[::-1]  # of a day that nobody knows, the latest first
    return listed
