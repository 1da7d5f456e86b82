"""Expressions translated for Polars once, not for each part: translating costs as much as computing a hundred thousand rows.

Narwhals builds the engine's own expressions anew whenever a frame gets them. A frame that keeps what it is given has them
built a single time; other engines get the expressions as they are, for they are asked once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import narwhals as nw
import polars as pl


class _Keeping(pl.LazyFrame):
    """Takes expressions and keeps them."""

    kept: tuple[pl.Expr, ...] = ()

    def with_columns(self, *exprs: Any, **named_exprs: Any) -> Self:
        self.kept = exprs
        return self


def translated(named: Mapping[str, nw.Expr]) -> tuple[pl.Expr, ...]:
    """Named expressions as Polars has them."""
    keeping = _Keeping()
    nw.from_native(keeping).with_columns(*[expr.alias(name) for name, expr in named.items()])
    return keeping.kept


class Translated:
    """Named expressions, translated the first time that they are met."""

    def __init__(self) -> None:
        # What was translated is kept alive, so that no other expression takes its identity.
        self._known: dict[tuple[tuple[str, int], ...], tuple[list[nw.Expr], tuple[pl.Expr, ...]]] = {}

    def with_columns(self, frame: nw.LazyFrame[Any], named: Mapping[str, nw.Expr]) -> nw.LazyFrame[Any]:
        """``frame`` with those columns."""
        native = frame.to_native()
        if not isinstance(native, pl.LazyFrame):
            return frame.with_columns(*[expr.alias(name) for name, expr in named.items()])
        return nw.from_native(native.with_columns(*self._of(named)))

    def select(
        self, frame: nw.LazyFrame[Any], keep: Sequence[str], named: Mapping[str, nw.Expr]
    ) -> nw.LazyFrame[Any]:
        """The columns to ``keep`` of ``frame``, and those."""
        native = frame.to_native()
        if not isinstance(native, pl.LazyFrame):
            return frame.select(*keep, *[expr.alias(name) for name, expr in named.items()])
        return nw.from_native(native.select(*keep, *self._of(named)))

    def _of(self, named: Mapping[str, nw.Expr]) -> tuple[pl.Expr, ...]:
        key = tuple((name, id(expr)) for name, expr in named.items())
        if key not in self._known:
            self._known[key] = (list(named.values()), translated(named))
        return self._known[key][1]
