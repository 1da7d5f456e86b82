"""The units of one group of a comparison, counted: how many surely, and how many perhaps, come before a unit.

Numbers are turned so that a better one is always the smaller. Each count is about the others: the unit itself, as the
group knows it, is taken out again, so that a unit can also be looked at with another number than it has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from engine.facts.standing import Span
from engine.inference.measured import Ends, Measured

_FIRST, _LAST = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Reach:
    """The best and the worst that a number can be, as numbers of which the smaller is the better."""

    best: Decimal
    worst: Decimal

    @property
    def known(self) -> bool:
        """Whether there is only one number that it can be."""
        return self.best == self.worst


def reach(ends: Ends, highest_first: bool) -> Reach:
    """The reach of a number. Turning a number over keeps all its digits."""
    low, high = ends
    if highest_first:
        best = _FIRST if high is None else high.copy_negate()
        return Reach(best, _LAST if low is None else low.copy_negate())
    return Reach(_FIRST if low is None else low, _LAST if high is None else high)


class RankedGroup:
    """A group of a ranking. ``sure``: those who surely belong to it; ``perhaps``: those who may."""

    def __init__(self, sure: Sequence[Reach], perhaps: Sequence[Reach]) -> None:
        self._sure = sure
        self._perhaps = perhaps
        self._worsts = sorted(one.worst for one in sure)
        self._bests = sorted(one.best for one in sure)
        every = (*sure, *perhaps)
        self._all_bests = sorted(one.best for one in every)
        self._all_worsts = sorted(one.worst for one in every)

    def others(self, old: Reach | None, placed: bool) -> Span:
        """How many others there are. ``old``: the unit as the group knows it, if it does; ``placed``: surely so."""
        return len(self._worsts) - placed, len(self._all_bests) - (old is not None)

    def ahead(self, unit: Reach, old: Reach | None, placed: bool) -> Span:
        """How many others are better."""
        low = bisect_left(self._worsts, unit.best) - (placed and old is not None and old.worst < unit.best)
        high = bisect_left(self._all_bests, unit.worst) - (old is not None and old.best < unit.worst)
        return low, high

    def behind(self, unit: Reach, old: Reach | None, placed: bool) -> Span:
        """How many others are worse."""
        low = len(self._bests) - bisect_right(self._bests, unit.worst)
        high = len(self._all_worsts) - bisect_right(self._all_worsts, unit.best)
        return (
            low - (placed and old is not None and old.best > unit.worst),
            high - (old is not None and old.worst > unit.best),
        )

    def not_behind(self, unit: Reach, old: Reach | None, placed: bool) -> Span:
        """How many others are better or equal."""
        low = bisect_right(self._worsts, unit.best)
        high = bisect_right(self._all_bests, unit.worst)
        return (
            low - (placed and old is not None and old.worst <= unit.best),
            high - (old is not None and old.best <= unit.worst),
        )

    def not_ahead(self, unit: Reach, old: Reach | None, placed: bool) -> Span:
        """How many others are worse or equal."""
        low = len(self._bests) - bisect_left(self._bests, unit.worst)
        high = len(self._all_worsts) - bisect_left(self._all_worsts, unit.best)
        return (
            low - (placed and old is not None and old.best >= unit.worst),
            high - (old is not None and old.worst >= unit.best),
        )

    def level(self, unit: Reach, old: Reach | None, placed: bool) -> Span:
        """How many others are equal."""
        low = 0
        if unit.known:
            low = self._points[unit.best] - (placed and old is not None and old == unit)
        ahead, behind = self._surely_ahead(unit), self._surely_behind(unit)
        apart = old is not None and (old.worst < unit.best or old.best > unit.worst)
        high = len(self._all_bests) - ahead - behind - (old is not None and not apart)
        return low, high

    def _surely_ahead(self, unit: Reach) -> int:
        """How many of all that may belong to the group are better if they do."""
        return bisect_left(self._all_worsts, unit.best)

    def _surely_behind(self, unit: Reach) -> int:
        return len(self._all_bests) - bisect_right(self._all_bests, unit.worst)

    def distinct_ahead(self, unit: Reach, old: Reach | None, placed: bool) -> Span:
        """How many different better numbers the others have: one for each of whom not everything is known, at most."""
        low = bisect_left(self._distinct, unit.best)
        high = bisect_left(self._distinct, unit.worst) + bisect_left(self._open_bests, unit.worst)
        if old is not None and placed and old.known:
            if self._points[old.best] == 1:
                low -= old.best < unit.best
                high -= old.best < unit.worst
        elif old is not None:
            high -= old.best < unit.worst
        if low == 0 and self.ahead(unit, old, placed)[0]:
            low = 1
        return low, high

    @cached_property
    def _points(self) -> Counter[Decimal]:
        """Known numbers of those who surely belong to the group."""
        return Counter(one.best for one in self._sure if one.known)

    @cached_property
    def _distinct(self) -> list[Decimal]:
        return sorted(self._points)

    @cached_property
    def _open_bests(self) -> list[Decimal]:
        return sorted([one.best for one in self._sure if not one.known] + [one.best for one in self._perhaps])


class SharedGroup:
    """A group of a share: how many of whom the condition surely holds, surely not, or perhaps."""

    def __init__(self, sure: Sequence[Measured], perhaps: Sequence[Measured]) -> None:
        self._sure = Counter(one.holds for one in sure)
        self._perhaps = Counter(one.holds for one in perhaps)

    def share(self, unit: Measured, old: Measured | None, placed: bool) -> tuple[Span, Span, Span, Span]:
        """How many units it holds of, how many there are, and the lowest and the highest share as fractions."""
        sure, perhaps = self._sure.copy(), self._perhaps.copy()
        if old is not None:
            (sure if placed else perhaps)[old.holds] -= 1
        sure[unit.holds] += 1
        there, more = sure.total(), perhaps.total()
        least, most = sure[True], sure[True] + sure[None]
        # Of those who perhaps belong to the group, the lowest share takes in all but the sure cases, the highest all
        # that may be one.
        low = (least, there + perhaps[False] + perhaps[None])
        added = perhaps[True] + perhaps[None]
        high = (most + added, there + added)
        return (least, most + added), (there, there + more), low, high
