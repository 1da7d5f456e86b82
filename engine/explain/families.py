"""Families of minimal sets, kept as independent factors: what has to hold together, and what may stand in for what.

A set is an integer with one bit per member. A family is a product of factors; a factor is an antichain (no set contains
another), and no two factors share a member. So a family of a million sets may be ten factors of four: one of these, and
one of those. The operations are those of monotone Boolean functions by their prime implicants (R. Reiter, A theory of
diagnosis from first principles, 1987, calls the same sets minimal diagnoses).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import prod
from typing import TypeAlias

#: Sets of one factor, none within another, smallest first.
Factor: TypeAlias = tuple[int, ...]
#: More sets than this in one factor are not written out: the largest are left out, and the family says so.
MOST_SETS = 3_000


@dataclass(frozen=True, slots=True)
class Family:
    """``factors``: one set is taken from each. ``whole`` is False if sets were left out for their number."""

    factors: tuple[Factor, ...]
    whole: bool = True

    @property
    def impossible(self) -> bool:
        """Whether there is no set at all."""
        return any(not factor for factor in self.factors)

    @property
    def trivial(self) -> bool:
        """Whether nothing is needed: the empty set is the only one."""
        return not self.factors

    @property
    def count(self) -> int:
        """How many sets there are (at least, if not whole)."""
        return prod(len(factor) for factor in self.factors)

    def sets(self) -> Iterator[int]:
        """Every set, those with the fewest members first; among equals in the factors' order."""
        if self.impossible:
            return
        start = (0,) * len(self.factors)
        waiting = [(self._size(start), start)]
        seen = {start}
        while waiting:
            _, places = heappop(waiting)
            found = 0
            for factor, place in zip(self.factors, places, strict=True):
                found |= factor[place]
            yield found
            for i, factor in enumerate(self.factors):
                if places[i] + 1 < len(factor):
                    following = (*places[:i], places[i] + 1, *places[i + 1 :])
                    if following not in seen:
                        seen.add(following)
                        heappush(waiting, (self._size(following), following))

    def touching(self, members: int) -> tuple[Family, ...]:
        """The sets that hold at least one of ``members``, as families without a set in common."""
        found: list[Family] = []
        # The first factor that holds one of them is the i-th: those before it do without, those after it may not.
        without: list[Factor] = []
        for i, factor in enumerate(self.factors):
            hit = tuple(each for each in factor if each & members)
            if hit:
                found.append(Family((*without, hit, *self.factors[i + 1 :]), self.whole))
            without.append(tuple(each for each in factor if not each & members))
        return tuple(each for each in found if not each.impossible)

    def _size(self, places: Sequence[int]) -> int:
        return sum(factor[place].bit_count() for factor, place in zip(self.factors, places, strict=True))


NOTHING_NEEDED = Family(())
IMPOSSIBLE = Family(((),))


def single(members: int) -> Family:
    """The family of one set."""
    return Family(((members,),)) if members else NOTHING_NEEDED


def family(sets: Iterable[int]) -> Family:
    """The family of the minimal ones among ``sets``."""
    return _family(*_minimal(sets))


def both(one: Family, other: Family) -> Family:
    """Sets that hold a set of each: what two things need together."""
    if one.impossible or other.impossible:
        return IMPOSSIBLE
    factors = list(one.factors)
    whole = one.whole and other.whole
    for factor in other.factors:
        members = _members(factor)
        touching = [mine for mine in factors if _members(mine) & members]
        factors = [mine for mine in factors if not _members(mine) & members]
        joined = factor
        for mine in touching:
            joined, all_there = _minimal(a | b for a in joined for b in mine)
            whole = whole and all_there
        if joined != (0,):
            factors.append(joined)
    return Family(tuple(factors), whole)


def either(one: Family, other: Family) -> Family:
    """Sets that hold a set of one of them: what suffices for one thing or the other."""
    if one.trivial or other.trivial:
        return NOTHING_NEEDED
    if one.impossible:
        return other
    if other.impossible:
        return one
    # What both need in any case need not be written into each set.
    shared = [factor for factor in one.factors if factor in other.factors]
    mine, mine_whole = _written_out([factor for factor in one.factors if factor not in shared])
    theirs, theirs_whole = _written_out([factor for factor in other.factors if factor not in shared])
    sets, all_there = _minimal((*mine, *theirs))
    factors = tuple(shared) if sets == (0,) else (*shared, *_split(sets))
    return Family(factors, one.whole and other.whole and mine_whole and theirs_whole and all_there)


def some_of(need: int, families: Sequence[Family]) -> Family:
    """Sets that hold a set of at least ``need`` of the families."""
    # best[k]: what k of the families looked at so far need
    best: list[Family] = [NOTHING_NEEDED] + [IMPOSSIBLE] * max(need, 0)
    for each in families:
        for k in range(max(need, 0), 0, -1):
            best[k] = either(best[k], both(best[k - 1], each))
    return best[max(need, 0)]


def _family(sets: Factor, whole: bool) -> Family:
    if sets == (0,):
        return Family((), whole)
    return Family(tuple(_split(sets)), whole)


def _minimal(sets: Iterable[int]) -> tuple[Factor, bool]:
    """The sets that contain no other, smallest first, and whether all of them are there."""
    kept: list[int] = []
    by_size: dict[int, list[int]] = {}
    for each in dict.fromkeys(sets):
        by_size.setdefault(each.bit_count(), []).append(each)
    for size in sorted(by_size):
        smaller = tuple(kept)
        for each in by_size[size]:
            if not any(inner & each == inner for inner in smaller):
                kept.append(each)
                if len(kept) > MOST_SETS:
                    return tuple(kept[:MOST_SETS]), False
    return tuple(kept), True


def _members(factor: Factor) -> int:
    found = 0
    for each in factor:
        found |= each
    return found


def _written_out(factors: Sequence[Factor]) -> tuple[Factor, bool]:
    """The product of independent factors as one list of sets, the smallest ones first."""
    found = Family(tuple(factors))
    sets = found.sets()
    return tuple(each for each, _ in zip(sets, range(MOST_SETS), strict=False)), found.count <= MOST_SETS


def _split(sets: Factor) -> list[Factor]:
    """Members that are in every set make a factor of their own."""
    always = sets[0] if sets else 0
    for each in sets:
        always &= each
    if not always or sets == (always,):
        return [sets]
    return [(always,), tuple(each & ~always for each in sets)]
