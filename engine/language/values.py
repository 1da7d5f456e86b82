"""The values that the language computes with.

number → ``decimal.Decimal`` · string → ``str`` · boolean → ``bool`` · null → ``None`` · date → ``datetime.date``
days-and-time duration → ``datetime.timedelta`` · years-and-months duration → ``YearsMonths`` · list → ``tuple``
context (a register row) → ``Mapping`` · range → ``Range`` · a missing fact → ``Unknown``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, order=True, slots=True)
class YearsMonths:
    """A years-and-months duration (DMN 1.5, 10.3.2.3.8): a whole number of months, possibly negative."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.months < 0 else "") + "P" + (body or "0M")


@dataclass(frozen=True, slots=True)
class Range:
    """``[low..high]`` with open or closed ends; an end that is ``None`` is unbounded."""

    low: Value
    high: Value
    low_closed: bool = True
    high_closed: bool = True


class Unknown:
    """A value that is not known because the ``facts`` named are missing. Differs from ``None`` (null)."""

    __slots__ = ("facts",)

    def __init__(self, facts: frozenset[str] = frozenset()) -> None:
        self.facts = facts

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(sorted(self.facts))})"

    def __bool__(self) -> bool:
        raise TypeError("an unknown value is neither true nor false")


class Interval(Unknown):
    """A number known only to lie between ``low`` and ``high`` (both included; None: unbounded)."""

    __slots__ = ("high", "low")

    def __init__(self, low: Decimal | None, high: Decimal | None, facts: frozenset[str]) -> None:
        super().__init__(facts)
        self.low = low
        self.high = high

    def __repr__(self) -> str:
        return f"Interval({self.low}..{self.high}; {', '.join(sorted(self.facts))})"


class PartialList(Unknown):
    """A list whose membership is not fully known: ``(element, is_certainly_in)`` in the original order."""

    __slots__ = ("entries",)

    def __init__(self, entries: tuple[tuple[Value, bool], ...], facts: frozenset[str]) -> None:
        super().__init__(facts)
        self.entries = entries


Value: TypeAlias = (
    Decimal
    | str
    | bool
    | date
    | timedelta
    | YearsMonths
    | tuple["Value", ...]
    | Mapping[str, "Value"]
    | Range
    | Unknown
    | None
)
