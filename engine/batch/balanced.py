"""Many parts joined by one operator, as a tree of little depth: engines take far longer over long chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import narwhals as nw

T = TypeVar("T")


def conjunction(parts: Iterable[nw.Expr]) -> nw.Expr:
    """``a & b & c …``; true of nothing."""
    found = balanced(list(parts), lambda a, b: a & b)
    return nw.lit(True) if found is None else found


def disjunction(parts: Iterable[nw.Expr]) -> nw.Expr:
    """``a | b | c …``; false of nothing."""
    found = balanced(list(parts), lambda a, b: a | b)
    return nw.lit(False) if found is None else found


def total(parts: Iterable[nw.Expr]) -> nw.Expr:
    """``a + b + c …``; zero of nothing."""
    found = balanced(list(parts), lambda a, b: a + b)
    return nw.lit(0) if found is None else found


def balanced(parts: list[T], join: Callable[[T, T], T]) -> T | None:
    """The parts joined two by two, in order, until one is left; None of nothing."""
    while len(parts) > 1:
        pairs = [join(a, b) for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = pairs + parts[len(pairs) * 2 :]
    return parts[0] if parts else None
