"""Rankings and quotas over all units: what ``engine.inference.group`` says of one group, for all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

import polars as pl

from engine.batch.comparing.counting import Pool, Sorted, group_ids
from engine.inference.evaluation import ReadyComparison
from engine.project.comparison import Quota, Rank

Span = tuple[pl.Series, pl.Series]


class Ranking:
    """One ranking. ``placed``: the units that surely belong to a group, ``loose``: those that perhaps do; both with their
    ``groups`` columns and the keys of their numbers, ``low`` and ``high``, null where there is no bound."""

    def __init__(self, form: Rank, groups: Sequence[str], placed: pl.DataFrame, loose: pl.DataFrame) -> None:
        self._form = form
        reaches = _reaches(pl.concat([placed, loose]), form.highest_first)
        self._span = int(reaches["worst"].max() or 0) + 2  # type: ignore[arg-type]
        own, other = reaches[: placed.height], reaches[placed.height :]
        self._best, self._worst = own["best"], own["worst"]
        self._known = self._best == self._worst
        self._own = own
        self._groups, _ = group_ids(placed, groups, placed[:0])
        self._sure = Pool.of(self._groups, own, self._groups, self._span)
        self._loose = list(_pools(groups, placed, loose, other, self._span))

    # ---------------------------------------------------------------------------------------------- the counts

    @property
    def others(self) -> Span:
        """How many others there are."""
        sure = self._sure.best.all(self._groups)
        return sure - 1, sum((pool.best.all(pool.asked) for pool in self._loose), sure) - 1

    @property
    def ahead(self) -> Span:
        """How many others are better."""
        low = self._sure.worst.below(self._groups, self._best)
        high = self._over_all(lambda pool: pool.best.below(pool.asked, self._worst))
        return low, high - (self._best < self._worst).cast(pl.Int64)

    @property
    def behind(self) -> Span:
        """How many others are worse."""
        low = self._sure.best.all(self._groups) - self._sure.best.upto(self._groups, self._worst)
        high = self._over_all(
            lambda pool: pool.worst.all(pool.asked) - pool.worst.upto(pool.asked, self._best)
        )
        return low, high - (self._worst > self._best).cast(pl.Int64)

    @property
    def not_behind(self) -> Span:
        """How many others are better or equal."""
        low = self._sure.worst.upto(self._groups, self._best) - self._known.cast(pl.Int64)
        return low, self._over_all(lambda pool: pool.best.upto(pool.asked, self._worst)) - 1

    @property
    def not_ahead(self) -> Span:
        """How many others are worse or equal."""
        sure = self._sure.best
        low = sure.all(self._groups) - sure.below(self._groups, self._worst) - self._known.cast(pl.Int64)
        high = self._over_all(
            lambda pool: pool.worst.all(pool.asked) - pool.worst.below(pool.asked, self._best)
        )
        return low, high - 1

    @property
    def level(self) -> Span:
        """How many others are equal."""
        points = self._points
        equal = points.upto(self._groups, self._best) - points.below(self._groups, self._best) - 1
        low = pl.select(pl.when(self._known).then(equal).otherwise(0)).to_series()
        high = self._over_all(
            lambda pool: pool.best.upto(pool.asked, self._worst) - pool.worst.below(pool.asked, self._best)
        )
        return low, high - 1

    @property
    def distinct_ahead(self) -> Span:
        """How many different better numbers the others have."""
        low = self._distinct.below(self._groups, self._best)
        some = (self.ahead[0] > 0).cast(pl.Int64)
        low = pl.select(pl.max_horizontal(low, some)).to_series()
        high = self._distinct.below(self._groups, self._worst)
        high = high + self._open.below(self._groups, self._worst)
        for pool in self._loose:
            high = high + pool.best.below(pool.asked, self._worst)
        return low, high - (self._best < self._worst).cast(pl.Int64)

    @property
    def waiting(self) -> pl.Series:
        """How many others are not known well enough: by their number, or because they only perhaps belong there."""
        others = self._open.all(self._groups) - (~self._known).cast(pl.Int64)
        return sum((pool.best.all(pool.asked) for pool in self._loose), others)

    @cached_property
    def _points(self) -> Sorted:
        return Sorted(self._groups.filter(self._known), self._best.filter(self._known), self._span)

    @cached_property
    def _distinct(self) -> Sorted:
        points = pl.DataFrame({"group": self._groups, "best": self._best}).filter(self._known).unique()
        return Sorted(points["group"], points["best"], self._span)

    @cached_property
    def _open(self) -> Sorted:
        return Sorted(self._groups.filter(~self._known), self._best.filter(~self._known), self._span)

    def _over_all(self, count: Callable[[Pool], pl.Series]) -> pl.Series:
        """A count over all that may belong to the group."""
        return sum((count(pool) for pool in self._loose), count(self._sure))

    # ------------------------------------------------------------------------------------------- the standings

    def places(self) -> pl.DataFrame:
        """``place``, ``of`` and ``tied`` with their ends, ``truth``: whether last, and ``waiting``."""
        ties = self._form.ties
        before = self.not_behind if ties == "worse place" else self.ahead
        if ties == "no gaps":
            before = self.distinct_ahead
        behind = self.behind
        found = {
            **_ends("place", _with_itself(before)),
            **_ends("of", _with_itself(self.others)),
            **_ends("tied", _with_itself(self.level)),
        }
        last = pl.when(behind[0] > 0).then(False).otherwise(pl.when(behind[1] == 0).then(True))
        return self._finished(found, last)

    def chosen(self, ready: ReadyComparison) -> pl.DataFrame:
        """``ahead``, ``seats`` and ``of``, ``truth``: whether among the chosen, and ``waiting``."""
        form = ready.comparison.form
        assert isinstance(form, Quota)
        ways = {
            ("first", "in"): lambda: self.ahead,
            ("last", "in"): lambda: self.behind,
            ("first", "out"): lambda: self.not_behind,
            ("last", "out"): lambda: self.not_ahead,
        }
        ahead = ways[form.end, form.ties]()
        there = _with_itself(self.others)
        seats = (_seats(ready, form, there[0]), _seats(ready, form, there[1]))
        found = {**_ends("ahead", ahead), **_ends("seats", seats), **_ends("of", there)}
        inside = pl.when(ahead[1] < seats[0]).then(True).otherwise(pl.when(ahead[0] >= seats[1]).then(False))
        return self._finished(found, inside)

    def _finished(self, found: dict[str, pl.Series], truth: pl.Expr) -> pl.DataFrame:
        frame = pl.DataFrame(found).with_columns(pl.select(truth.alias("truth")).to_series())
        return frame.with_columns(self.waiting.alias("waiting"))


def _ends(name: str, span: Span) -> dict[str, pl.Series]:
    return {f"{name} low": span[0], f"{name} high": span[1]}


def _with_itself(others: Span) -> Span:
    return others[0] + 1, others[1] + 1


def _seats(ready: ReadyComparison, form: Quota, units: pl.Series) -> pl.Series:
    """How many places a quota has in groups of those sizes; there are few different sizes."""
    sizes = units.unique().to_list()
    seats = [_of(ready, form, size) for size in sizes]
    return units.replace_strict(sizes, seats, return_dtype=pl.Int64)


def _of(ready: ReadyComparison, form: Quota, units: int) -> int:
    part = Fraction(ready.part) * units
    rounded = {"up": ceil(part), "down": floor(part), "half up": floor(part + Fraction(1, 2))}[form.rounding]
    seats = max(rounded, ready.least)
    return seats if ready.most is None else min(seats, ready.most)


def _reaches(frame: pl.DataFrame, highest_first: bool) -> pl.DataFrame:
    """The ends of each number as integers in the order of the numbers, turned so that the better is the smaller."""
    # Sorting texts is most of the work; numbers that are known, or quite unknown, have two equal ends.
    wide = frame["low"].ne_missing(frame["high"])
    ranks = pl.concat([frame["low"], frame["high"].filter(wide)]).rank("dense").cast(pl.Int64)
    top = int(ranks.max() or 0) + 1  # type: ignore[arg-type]
    low = high = ranks[: frame.height]
    if wide.any():
        high = low.clone().scatter(wide.arg_true(), ranks[frame.height :])  # in place, so not on `low`
    if highest_first:
        low, high = top - high, top - low
    return pl.DataFrame({"best": low.fill_null(0), "worst": high.fill_null(top)})


def _pools(
    groups: Sequence[str], placed: pl.DataFrame, loose: pl.DataFrame, reaches: pl.DataFrame, span: int
) -> Iterator[Pool]:
    """Those that perhaps belong to a group, by which of the group's values they have at all."""
    masks = loose.select(pl.col(name).is_null() for name in groups)
    shapes = masks.unique(maintain_order=True).rows() if groups else [()] if loose.height else []
    for shape in shapes:
        same = pl.Series([True]).new_from_index(0, loose.height)
        for name, missing in zip(groups, shape, strict=True):
            same = same & (masks[name] == missing)
        known = [name for name, missing in zip(groups, shape, strict=True) if not missing]
        theirs, asked = group_ids(loose.filter(same), known, placed)
        yield Pool.of(theirs, reaches.filter(same), asked, span)
