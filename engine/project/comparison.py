"""The linked nouns of comparisons between units: places by a number, shares of units, and parts of a ranking.

A comparison gives each unit facts of its own, under names that conditions use like any other fact's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.diagnostics import Location
from engine.language.syntax import Expr

if TYPE_CHECKING:
    from engine.project.policy import Condition, Text

#: Which place equal units get: the best of those that they take up, the worst, or the next one without gaps.
Ties: TypeAlias = Literal["better place", "worse place", "no gaps"]
Rounding: TypeAlias = Literal["up", "down", "half up"]


@dataclass(frozen=True)
class Rank:
    """Places by ``value``, a number of each unit."""

    value: Expr
    highest_first: bool
    ties: Ties


@dataclass(frozen=True)
class Share:
    """The part of the units for which a condition holds."""

    holds: Condition


@dataclass(frozen=True)
class Quota:
    """The units at one end of a ranking, ``part`` of them: an expression over parameters, from 0 to 1.

    ``least`` and ``most`` bound how many places there are, whatever the part comes to; ``ties``: whether equal units that
    do not all fit are in or out.
    """

    rank: str
    end: Literal["first", "last"]
    part: Expr
    rounding: Rounding
    ties: Literal["in", "out"]
    least: Expr | None = None
    most: Expr | None = None


@dataclass(frozen=True)
class Comparison:
    """A comparison among the units that agree in every fact of ``among``; of all units in scope if that is empty."""

    id: str
    name: Text
    clause: str
    among: tuple[str, ...]
    form: Rank | Share | Quota
    location: Location = field(compare=False)
    note: Text | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that it gives each unit."""
        return (self.id, of_name(self.id), last_name(self.id)) if isinstance(self.form, Rank) else (self.id,)


def of_name(rank: str) -> str:
    """The fact that says how many units a ranking compares."""
    return f"{rank}_of"


def last_name(rank: str) -> str:
    """The fact that says whether a unit is last in a ranking: nobody in its group is worse."""
    return f"{rank}_last"


def owner(name: str, comparisons: Iterable[Comparison]) -> Comparison:
    """The comparison that gives the fact ``name``. Raises KeyError if none does."""
    for comparison in comparisons:
        if name in comparison.names:
            return comparison
    raise KeyError(name)
