"""How a unit stands in a comparison with others: the counts that its place or share rests on, and no other unit's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from engine.language.values import Value

#: The lowest and the highest that a count can come to; equal where it is known.
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in one comparison.

    ``compared``: whether the plan covers the unit; None if that, or the group it belongs to, is not known. ``group``: the
    values that its group agrees in. ``counts``: for a ranking ``place``, ``of`` and ``tied`` (units at the same place, this
    one included); for a share ``count`` and ``of``, and its ends as fractions ``low`` and ``high``; for a quota ``ahead``,
    ``seats`` and ``of``. ``truth``: whether the unit is last, or among the chosen. ``own``: the lowest and highest that the
    unit's own number can be; None: no bound. ``needs``: the unit's own facts that are missing. ``waiting``: how many other
    units leave the outcome open, ``examples`` the first of them with what they lack. ``given``: the outcome itself, where a
    test states it.
    """

    compared: bool | None
    group: tuple[Value, ...] = ()
    counts: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    truth: bool | None = None
    own: tuple[Decimal | None, Decimal | None] | None = None
    needs: frozenset[str] = frozenset()
    waiting: int = 0
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()
    given: Mapping[str, Value] | None = None
