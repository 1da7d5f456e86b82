"""How many of several literals hold, in positive rules: the minimal ways to reach a weight.

Few literals are spelt out as combinations. Many are split in two halves, and "at least k of the half" becomes
an intermediate literal; halves that several thresholds share are built once.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb

#: A literal and how often it counts.
Item = tuple[int, int]
Way = tuple[int, ...]
#: Beyond this many combinations a split is shorter.
_SPELT_OUT = 16


def attainable(items: tuple[Item, ...]) -> int:
    """The sums that some subset of the weights has, as the bits of a number."""
    sums = 1
    for _, weight in items:
        sums |= sums << weight
    return sums


def round_up(sums: int, need: int) -> int:
    """The least attainable sum of at least ``need``, or -1."""
    if need <= 0:
        return 0
    above = sums >> need
    return need + (above & -above).bit_length() - 1 if above else -1


class Counting:
    """Builds thresholds. ``intermediate(need, literals, ways)`` makes the literal that stands for one."""

    def __init__(self, intermediate: Callable[[int, Way, list[Way]], int]) -> None:
        self._intermediate = intermediate
        self._made: dict[tuple[tuple[Item, ...], int], int] = {}
        self._sums: dict[tuple[Item, ...], int] = {}

    def ways(self, items: tuple[Item, ...], need: int) -> list[Way]:
        """The conjunctions any of which means that literals of weight ``need`` hold: ``[()]`` if nothing is
        needed, ``[]`` if it cannot be reached. ``items`` are distinct literals with positive weights."""
        need = round_up(self._attainable(items), need)
        if need < 0:
            return []
        if need == 0:
            return [()]
        total = sum(weight for _, weight in items)
        literals = tuple(literal for literal, _ in items)
        if need == total:
            return [literals]
        if need <= min(weight for _, weight in items):
            return [(literal,) for literal in literals]
        size = len(items)
        if total == size and comb(size, need) <= _SPELT_OUT:
            return list(combinations(literals, need))
        if total != size and size <= 4:
            return _minimal_subsets(items, need)
        return self._split(items, need)

    def _split(self, items: tuple[Item, ...], need: int) -> list[Way]:
        left, right = items[: len(items) // 2], items[len(items) // 2 :]
        left_sums, right_sums = self._attainable(left), self._attainable(right)
        # of the pairs that suffice, those of which neither half can do with less
        least: dict[int, int] = {}
        for given in range(need + 1):
            from_left, from_right = round_up(left_sums, given), round_up(right_sums, need - given)
            if from_left >= 0 and from_right >= 0 and from_right not in least.values():
                least[from_left] = from_right
        return [
            one + other
            for from_left, from_right in least.items()
            for one in self._short(left, from_left)
            for other in self._short(right, from_right)
        ]

    def _short(self, items: tuple[Item, ...], need: int) -> list[Way]:
        """At most one way: the conjunction itself, or the intermediate literal that stands for several."""
        if (items, need) in self._made:
            return [(self._made[items, need],)]
        ways = self.ways(items, need)
        if len(ways) < 2:
            return ways
        literal = self._made[items, need] = self._intermediate(need, tuple(a for a, _ in items), ways)
        return [(literal,)]

    def _attainable(self, items: tuple[Item, ...]) -> int:
        if items not in self._sums:
            self._sums[items] = attainable(items)
        return self._sums[items]


def _minimal_subsets(items: tuple[Item, ...], need: int) -> list[Way]:
    found: list[tuple[Item, ...]] = []
    for size in range(1, len(items) + 1):
        for subset in combinations(items, size):
            weight = sum(w for _, w in subset)
            if weight >= need and all(weight - w < need for _, w in subset):
                found.append(subset)
    return [tuple(literal for literal, _ in subset) for subset in found]
