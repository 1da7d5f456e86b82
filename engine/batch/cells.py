"""What an expression becomes: a column of values beside the question whether there is one.

A value that is *unknown* is null in its column. FEEL's own *null*, the result of an operation that has none, is null there
too; where an expression can give it, ``null`` is a column that says so. ``null and unknown``, ``null = 3`` and
a filter that gives null are no places for a guess: docs/language.md has the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import narwhals as nw

from engine.language.values import Value

if TYPE_CHECKING:
    from engine.batch.scopes import Scope

NOTHING = nw.lit(None, dtype=nw.Boolean)


class NotColumnar(Exception):
    """An expression has no columnar form here; ``why`` is the key of a message that says which part."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Const:
    """A value that is the same for all units."""

    value: Value


@dataclass(frozen=True)
class Column:
    """Truths, texts or dates. ``null``: where the value is FEEL's null; None where it never is."""

    kind: Literal["boolean", "text", "date", "months"]
    value: nw.Expr
    null: nw.Expr | None = None

    @property
    def unknown(self) -> nw.Expr:
        """Where the value is not known; never null itself."""
        return _unknown(self.value, self.null)


@dataclass(frozen=True)
class Whole:
    """``expr`` / 10 ** ``scale``, an integer of at most ``bound``."""

    expr: nw.Expr
    scale: int
    bound: int


@dataclass(frozen=True)
class Near:
    """A multiple of 1 / 10 ** ``scale``, of at most ``bound`` of these units, computed in binary numbers.

    ``error``: how far off it can be, in units and multiplied by 2 ** 53, so that a value that is merely rounded to the
    nearest binary number has its ``bound`` for an error. As long as that is less than half a unit, comparing with
    half-way points decides exactly what comparing the decimals would, at a fraction of the cost of making integers.
    """

    expr: nw.Expr
    scale: int
    bound: int
    error: int


@dataclass(frozen=True)
class Number:
    """Numbers: ``top`` / ``under``, exactly. ``ends``: lowest and highest possible value, ``top`` being null where they
    may differ. ``floating``: the binary column that the number merely is; ``near``: the same number in binary, where it is
    made of such columns; ``column``: the stored column, as (register or "" for the units, name)."""

    top: Whole
    under: Whole | None = None
    null: nw.Expr | None = None
    ends: tuple[Whole, Whole] | None = None
    floating: nw.Expr | None = None
    column: tuple[str, str] | None = None
    near: Near | None = None

    @property
    def unknown(self) -> nw.Expr:
        """Where the number is not, or not fully, known; never null itself."""
        missing = (self.top.expr if self.floating is None else self.floating).is_null()
        if self.under is not None:
            missing = missing | self.under.expr.is_null()
        return missing if self.null is None else missing & ~self.null


@dataclass(frozen=True)
class Branches:
    """A number that depends on a condition: which of the two, or both while the condition is unknown."""

    condition: Column
    yes: Const | Number | Branches
    no: Const | Number | Branches


@dataclass(frozen=True)
class Between:
    """The days from one date to another, ``start`` and ``end`` each a column or a constant.

    ``as_numbers``: both can be cast to the numbers of their days.
    """

    end: Column | Const
    start: Column | Const
    as_numbers: bool = False


@dataclass(frozen=True)
class Rows:
    """Rows of a register, for each unit or each row around them.

    ``inside``: the scope in which their columns stand; ``keep``: which of them are in the list, None for all;
    ``column``: the column that the list has of each row, None if it has the rows themselves; ``reads``: the columns that
    ``keep`` is made of.
    """

    register: str
    inside: Scope | None
    keep: Column | None = None
    column: str | None = None
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Element:
    """One row of a register: what ``l`` is in ``some l in listing_events satisfies …``, or one column of it."""

    register: str
    home: Scope
    column: str | None = None


Cell: TypeAlias = Const | Column | Number | Branches | Between | Rows | Element


def _unknown(value: nw.Expr, null: nw.Expr | None) -> nw.Expr:
    return value.is_null() if null is None else value.is_null() & ~null


def either(*flags: nw.Expr | None) -> nw.Expr | None:
    """Where one of the flags is set; None if there are none."""
    found = [flag for flag in flags if flag is not None]
    if not found:
        return None
    result = found[0]
    for flag in found[1:]:
        result = result | flag
    return result


def null_of_either(*operands: Column | Number | Const) -> nw.Expr | None:
    """Where an operation gives null because an operand is: not where another operand is unknown."""
    null = either(*(o.null for o in operands if not isinstance(o, Const)))
    if null is None:
        return None
    for operand in operands:
        if not isinstance(operand, Const):
            null = null & ~operand.unknown
    return null


def without_null(column: Column) -> Column:
    """The column where it no longer matters whether a missing truth is unknown or null."""
    return replace(column, null=None)
