"""Periods that rows of a register begin, for many units: one for each row, or one for all where nobody knows the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties.listings import END, NUMBER, START
from engine.batch.duties.matching import CERTAIN, DAY, KEY
from engine.batch.duties.periods import TRUTH, Bindings
from engine.batch.layout import ROW, UNIT, known_column
from engine.duties.program import DutyProgram, ReadyDuty


class RowPeriods:
    """The duties of a program that rows begin. ``duties``: in the policy's order."""

    def __init__(self, program: DutyProgram, duties: Sequence[ReadyDuty]) -> None:
        self._program = program
        self._duties = [(i, ready) for i, ready in enumerate(duties) if ready.duty.rows is not None]

    def begun(
        self,
        rows: pl.DataFrame,
        bound: Bindings,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        truths: Mapping[int, pl.Series],
        like: pl.DataFrame,
    ) -> pl.DataFrame:
        """The periods begun by the as-of date, with the columns of ``like``. ``rows``: what was matched, by duty."""
        found = [like.clear()]
        for number, ready in self._duties:
            assert ready.duty.rows is not None
            register = ready.duty.rows.rows.register
            truth = pl.lit(truths[ready.applies]).gather(pl.col(UNIT))
            known = pl.lit(units[known_column(register)]).gather(pl.col(UNIT))
            mine = bound.of(ready.duty.span).with_columns(
                truth.alias(TRUTH), pl.lit(number, pl.UInt32).alias(s.DUTY)
            )
            mine = mine.filter(pl.col(TRUTH).ne_missing(False))
            made = self._dated(ready, mine.filter(known), rows.filter(pl.col(KEY) == number))
            made = _named(made, self._program.policy.registers[register].key, registers[register])
            unknown = mine.filter(~known).unique(UNIT, keep="first", maintain_order=True)
            found += [frame.select(like.columns) for frame in (made, self._standing_for_all(unknown))]
        return pl.concat(found)

    def _dated(self, ready: ReadyDuty, bound: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        frame, duty, day = self._program.frame, ready.duty, pl.col(DAY)
        first, last = duty.start or frame.first, min(frame.last, duty.end or frame.last)
        as_of = pl.lit(self._program.as_of)
        joined = bound.join(rows.drop(KEY), on=UNIT).with_columns(
            pl.max_horizontal(START, pl.lit(max(frame.first, first))).alias("from"),
            pl.min_horizontal(END, pl.lit(last)).alias("to"),
        )
        inside = day.is_null() | ((pl.col("from") <= day) & (day <= pl.col("to")))
        joined = joined.filter((pl.col("from") <= pl.col("to")) & inside)
        # Of several spells a row belongs to the first that it fits.
        joined = joined.sort(UNIT, ROW, NUMBER).unique([UNIT, ROW], keep="first", maintain_order=True)
        begin = pl.coalesce(day, "from")
        return joined.filter(begin <= as_of).with_columns(
            pl.col(ROW).cast(pl.Int32).alias(s.SLOT),
            begin.alias(s.FIRST),
            pl.min_horizontal(as_of, END).alias(s.LAST),
            pl.lit(False).alias(s.SHORT),
            pl.lit(None, pl.Date).alias(s.DUE),
            pl.lit(False).alias(s.PROVISIONAL),
            pl.lit(True).alias(s.WAITS),
            (~pl.col(CERTAIN) | day.is_null()).alias(s.UNSURE),
        )

    def _standing_for_all(self, bound: pl.DataFrame) -> pl.DataFrame:
        first: date = self._program.frame.first
        return bound.with_columns(
            pl.lit(-1, pl.Int32).alias(s.SLOT),
            pl.lit("once").alias(s.PERIOD),
            pl.lit(first).alias(s.FIRST),
            pl.lit(None, pl.Date).alias(s.LAST),
            pl.lit(False).alias(s.SHORT),
            pl.lit(None, pl.Date).alias(s.DUE),
            pl.lit(False).alias(s.PROVISIONAL),
            pl.lit(False).alias(s.WAITS),
            pl.lit(True).alias(s.UNSURE),
            pl.lit(None, pl.Int64).alias(ROW),
        )


def _named(periods: pl.DataFrame, key: str | None, rows: pl.DataFrame) -> pl.DataFrame:
    """``periods`` with their ids: the key of the row, or its number; a dated one in a later spell says in which."""
    name = pl.col(ROW).cast(pl.String)
    if key is not None and rows.schema[key] == pl.String:
        periods = periods.join(rows.select(UNIT, ROW, pl.col(key).alias("name")), on=[UNIT, ROW], how="left")
        name = pl.when(pl.col("name").str.len_chars() > 0).then(pl.col("name")).otherwise(name)
    again = pl.col(DAY).is_not_null() & (pl.col(NUMBER) > 1)
    suffix = pl.when(again).then(pl.concat_str(pl.lit("#"), NUMBER)).otherwise(pl.lit(""))
    return periods.with_columns(pl.concat_str(name, suffix).alias(s.PERIOD))
