"""Counting within groups, for all units at once: how many of a unit's group have a number below or up to its own.

Group and number together are one integer, so that a sorted column and two binary searches give the counts of every group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl

Side: TypeAlias = Literal["left", "right"]


class Sorted:
    """The numbers of some units by group; ``span``: more than any number."""

    def __init__(self, groups: pl.Series, numbers: pl.Series, span: int) -> None:
        self._span = span
        self._sorted = (groups * span + numbers).sort()

    def below(self, groups: pl.Series, numbers: pl.Series) -> pl.Series:
        """How many of each group are less than each number."""
        return self._upto(groups, numbers, "left")

    def upto(self, groups: pl.Series, numbers: pl.Series) -> pl.Series:
        """How many of each group are not more than each number."""
        return self._upto(groups, numbers, "right")

    def all(self, groups: pl.Series) -> pl.Series:
        """How many there are of each group."""
        return self._search(groups * self._span + self._span, "left") - self._search(
            groups * self._span, "left"
        )

    def _upto(self, groups: pl.Series, numbers: pl.Series, side: Side) -> pl.Series:
        begin = groups * self._span
        return self._search(begin + numbers, side) - self._search(begin, "left")

    def _search(self, wanted: pl.Series, side: Side) -> pl.Series:
        return self._sorted.search_sorted(wanted, side).cast(pl.Int64)


@dataclass(frozen=True)
class Pool:
    """Units that belong to groups, surely or perhaps. ``asked``: for each placed unit, the group here that it would be in;
    ``best`` and ``worst``: by the ends of their numbers."""

    asked: pl.Series
    best: Sorted
    worst: Sorted

    @classmethod
    def of(cls, groups: pl.Series, reaches: pl.DataFrame, asked: pl.Series, span: int) -> Pool:
        """``reaches``: the columns ``best`` and ``worst`` of the units in ``groups``."""
        return cls(asked, Sorted(groups, reaches["best"], span), Sorted(groups, reaches["worst"], span))


def group_ids(
    frame: pl.DataFrame, columns: Sequence[str], asking: pl.DataFrame
) -> tuple[pl.Series, pl.Series]:
    """A number for each group that rows agree in, of ``frame`` and of ``asking`` alike."""
    if not columns:
        return (
            pl.Series("group", [0], dtype=pl.Int64).new_from_index(0, frame.height),
            pl.Series("group", [0], dtype=pl.Int64).new_from_index(0, asking.height),
        )
    every = pl.concat([frame.select(columns), asking.select(columns)])
    known = every.unique(maintain_order=True).with_row_index("group")
    numbered = every.join(known, on=columns, how="left", maintain_order="left")["group"].cast(pl.Int64)
    return numbered[: frame.height], numbered[frame.height :]
