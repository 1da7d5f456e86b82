"""Where columns are made: the unit table, and the rows of a register for each unit or for each row around them.

A scope collects named columns. Each has a level, one above the columns that it reads, so that a whole level is computed
at once and everything shared is computed once. What is counted over rows comes back to the scope outside by a join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from engine.batch.layout import ROW, UNIT, Layout
from engine.batch.native import Translated


class Names:
    """Names of made columns: short, the same each time a policy is compiled, and no name of a fact."""

    def __init__(self) -> None:
        self._count = 0

    def new(self, prefix: str) -> str:
        """``prefix`` with the next number."""
        self._count += 1
        return f":{prefix}{self._count}"


@dataclass
class Scope:
    """The columns of one table and what is to be added to it. ``given``: the columns that it has from the start."""

    given: frozenset[str]
    names: Names
    register: str | None = None
    around: Scope | None = None
    #: Columns of the scope around that are needed here, under the name that they have here.
    borrowed: dict[str, str] = field(default_factory=dict)
    made: dict[str, tuple[int, nw.Expr]] = field(default_factory=dict)
    aggregates: dict[str, nw.Expr] = field(default_factory=dict)
    inner: list[tuple[int, Scope]] = field(default_factory=list)
    #: The names of the columns that arrive from each inner scope, with their level.
    arriving: dict[str, int] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)
    _translated: Translated = field(default_factory=Translated)

    def column(self, name: str) -> nw.Expr:
        """A column of this table."""
        self._touched.add(name)
        return nw.col(name)

    def level(self, name: str) -> int:
        """After how many steps a column is there."""
        if name in self.made:
            return self.made[name][0]
        return self.arriving.get(name, 0)

    def reads(self, make: Callable[[], Any]) -> tuple[Any, frozenset[str]]:
        """What ``make`` gives, and the columns that it touched."""
        before, self._touched = self._touched, set()
        try:
            found = make()
            touched = frozenset(self._touched)
        finally:
            self._touched = before | self._touched
        return found, touched

    def let(self, expr: nw.Expr, reads: frozenset[str], prefix: str = "x", name: str | None = None) -> str:
        """A new column. ``reads``: the columns that its expression names."""
        name = name or self.names.new(prefix)
        self.made[name] = (1 + max((self.level(read) for read in reads), default=0), expr)
        return name

    def borrow(self, name: str) -> str:
        """The name here of a column of the scope around."""
        assert self.around is not None
        self.around.column(name)
        return self.borrowed.setdefault(name, f"{name}^")

    # ------------------------------------------------------------------------------------------- inner scopes

    def over(self, register: str, layout: Layout) -> Scope:
        """A scope of the rows of a register, for each row of this one."""
        given = frozenset((UNIT, ROW, *layout.registers[register]))
        return Scope(given, self.names, register, self)

    def settle(self, scope: Scope) -> None:
        """Adds a finished inner scope; those over the same rows with the same borrowed columns become one."""
        level = max((self.level(name) for name in scope.borrowed), default=0)
        for _, other in self.inner:
            if other is scope:
                break
            if other.register == scope.register and other.borrowed == scope.borrowed:
                other.made |= scope.made
                other.aggregates |= scope.aggregates
                other.inner += scope.inner
                other.arriving |= scope.arriving
                break
        else:
            self.inner.append((level, scope))
        for name in scope.aggregates:
            self.arriving[name] = level + 1

    # ---------------------------------------------------------------------------------------------- execution

    @property
    def key(self) -> list[str]:
        """The columns that tell the rows of this table apart."""
        return [UNIT] if self.register is None else [UNIT, *self._outer_key, ROW]

    @property
    def _outer_key(self) -> list[str]:
        """Which row around a row belongs to, where there is one."""
        assert self.around is not None
        return (
            [] if self.around.register is None else [f"{name}^" for name in self.around.key if name != UNIT]
        )

    def run(self, frame: nw.LazyFrame[Any], tables: Mapping[str, nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        """``frame`` with all columns of this scope. ``tables``: the registers' tables."""
        last = max(
            (*[level for level, _ in self.made.values()], *[level + 1 for level, _ in self.inner]), default=0
        )
        for step in range(1, last + 1):
            for level, scope in self.inner:
                if level + 1 == step:
                    frame = scope.joined(frame, tables)
            added = {name: expr for name, (level, expr) in self.made.items() if level == step}
            if added:
                frame = self._translated.with_columns(frame, added)
        return frame

    def rows_for(
        self, outer: nw.LazyFrame[Any], tables: Mapping[str, nw.LazyFrame[Any]]
    ) -> nw.LazyFrame[Any]:
        """The rows of this scope's register with all its columns; ``outer``: the table around."""
        assert self.around is not None and self.register is not None
        rows = tables[self.register]
        if self.borrowed or self._outer_key:
            outer_key = [name for name in self.around.key if name != UNIT]
            wanted = {name: f"{name}^" for name in outer_key} | self.borrowed
            around = outer.select(UNIT, *[nw.col(name).alias(alias) for name, alias in wanted.items()])
            rows = rows.join(around, on=UNIT, how="inner")
        return self.run(rows, tables)

    def joined(self, outer: nw.LazyFrame[Any], tables: Mapping[str, nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        """The table around, with this scope's aggregates; null where it has no rows."""
        rows = self.rows_for(outer, tables)
        key = [UNIT, *self._outer_key]
        counted = rows.group_by(*key).agg(*[expr.alias(name) for name, expr in self.aggregates.items()])
        renamed = counted.rename({name: name.removesuffix("^") for name in self._outer_key})
        return outer.join(renamed, on=[name.removesuffix("^") for name in key], how="left")
