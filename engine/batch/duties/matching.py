"""Which rows of a register pass which filter, for all units and all filters at once (see ``engine.duties.rows``).

Most filters ask for one text in one column, so the rows are joined with a table of texts instead of being looked at once
for each filter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import narwhals as nw
import polars as pl

from engine.batch.compiler import Compiler
from engine.batch.layout import ROW, UNIT
from engine.batch.scopes import Scope
from engine.duties.rows import one_of_texts
from engine.language.syntax import Expr
from engine.project.duty import RowFilter

#: Columns of what was matched: whose filter it is, whether the row surely passes, its day, the year it is for.
KEY, CERTAIN, DAY, YEAR = ":key", ":certain", ":day", ":year"
_ROWS = {KEY: pl.Int32, UNIT: pl.UInt32, ROW: pl.Int64, CERTAIN: pl.Boolean, DAY: pl.Date, YEAR: pl.Int64}


_GroupKey: TypeAlias = tuple[str, str | None, str, str | None, tuple[Expr, ...]]


class Wanted(NamedTuple):
    """A filter under a number, with the column that dates its rows and the one with the year they are for."""

    key: int
    rows: RowFilter
    date: str
    year: str | None = None


@dataclass(frozen=True)
class _Group:
    """Filters over one register by the text of one column (None: by nothing), and with the same days and tests."""

    register: str
    column: str | None
    date: str
    year: str | None
    test: str | None
    scope: Scope
    texts: pl.DataFrame


class Matching:
    """Filters compiled for one layout."""

    def __init__(self, compiler: Compiler, wanted: Sequence[Wanted]) -> None:
        self._compiler = compiler
        groups: dict[_GroupKey, list[tuple[str, int]]] = {}
        for one in wanted:
            tests = list(one.rows.where)
            column: str | None = None
            texts: tuple[str, ...] = ("",)
            first = next((i for i, test in enumerate(tests) if one_of_texts(test) is not None), None)
            if first is not None:
                column, texts = one_of_texts(tests.pop(first)) or (None, ("",))
            key = (one.rows.register, column, one.date, one.year, tuple(tests))
            groups.setdefault(key, []).extend((text, one.key) for text in texts)
        self._groups = [self._group(key, texts) for key, texts in groups.items()]

    def _group(self, key: _GroupKey, texts: list[tuple[str, int]]) -> _Group:
        register, column, date, year, tests = key
        scope, test = self._compiler.rows_that(register, tests)
        table = pl.DataFrame(texts, schema={":text": pl.String, KEY: pl.Int32}, orient="row")
        return _Group(register, column, date, year, test, scope, table)

    def rows(self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """Every row that passes, or may pass, a filter: ``KEY``, unit, row, ``CERTAIN``, ``DAY`` and ``YEAR``.

        ``units``: the finished unit table, for filters that read facts.
        """
        frames = [self._matched(group, units, registers) for group in self._groups]
        return pl.concat(frames) if frames else pl.DataFrame(schema=_ROWS)

    def _matched(
        self, group: _Group, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]
    ) -> pl.DataFrame:
        rows = registers[group.register].lazy()
        test = pl.lit(True)
        if group.test is not None:
            tables = {id_: nw.from_native(frame.lazy()) for id_, frame in registers.items()}
            rows = group.scope.rows_for(nw.from_native(units.lazy()), tables).to_native()
            rows = rows.filter(pl.col(group.test).ne_missing(False))
            test = pl.col(group.test).fill_null(False)
        texts = group.texts.lazy()
        if group.column is None:
            met = rows.join(texts.select(KEY), how="cross").with_columns(test.alias(CERTAIN))
        else:
            column = pl.col(group.column)
            sure = rows.join(texts, left_on=group.column, right_on=":text", how="inner", coalesce=False)
            # A row whose cell is blank may be any of them.
            open_rows = rows.filter(column.is_null()).join(texts.select(pl.col(KEY).unique()), how="cross")
            met = pl.concat(
                [
                    sure.with_columns(test.alias(CERTAIN)).drop(":text"),
                    open_rows.with_columns(pl.lit(False).alias(CERTAIN)).select(
                        [*rows.collect_schema().names(), KEY, CERTAIN]
                    ),
                ],
                how="vertical",
            )
        year = pl.lit(None, dtype=pl.Int64) if group.year is None else pl.col(group.year).cast(pl.Int64)
        found = met.select(
            pl.col(KEY).cast(pl.Int32),
            UNIT,
            pl.col(ROW).cast(pl.Int64),
            CERTAIN,
            pl.col(group.date).alias(DAY),
            year.alias(YEAR),
        )
        return found.collect()
