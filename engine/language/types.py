"""Static types of the language. A type with ``None`` in a field does not restrict that field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Type:
    """Anything; the top of the lattice."""


@dataclass(frozen=True)
class Number(Type):
    """An exact decimal. ``unit`` maps unit symbol to exponent (元/户 is 元¹ 户⁻¹); None fits every unit."""

    unit: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True)
class String(Type):
    """A text; ``values`` lists the allowed ones of an enumeration."""

    values: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Boolean(Type):
    """True or false."""


@dataclass(frozen=True)
class Date(Type):
    """A calendar date without time."""


@dataclass(frozen=True)
class YearsMonthsDuration(Type):
    """A whole number of months."""


@dataclass(frozen=True)
class DaysDuration(Type):
    """A days-and-time duration."""


@dataclass(frozen=True)
class Null(Type):
    """Only the literal null."""


@dataclass(frozen=True)
class ListOf(Type):
    """A list whose elements have the type ``element``."""

    element: Type = field(default_factory=Type)


@dataclass(frozen=True)
class Row(Type):
    """A context with named fields, such as a row of a register; no fields listed: any names."""

    fields: Mapping[str, Type] | None = None


@dataclass(frozen=True)
class RangeOf(Type):
    """A range over ``element``."""

    element: Type = field(default_factory=Type)


def parse_unit(text: str | None) -> tuple[tuple[str, int], ...] | None:
    """``"元/户"`` → ``(("元", 1), ("户", -1))``, sorted; ``None`` → ``None``. A unit has at most one ``/``."""
    if text is None:
        return None
    over, _, under = text.partition("/")
    parts: dict[str, int] = {}
    for symbol, sign in [(s, 1) for s in over.split("·")] + [(s, -1) for s in under.split("·")]:
        if symbol.strip() not in ("", "1"):
            parts[symbol.strip()] = parts.get(symbol.strip(), 0) + sign
    return tuple(sorted((s, e) for s, e in parts.items() if e))
