"""What shows that a duty was done, for all periods of many units at once: which row falls into which period, and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.duties.listings import END
from engine.batch.duties.matching import CERTAIN, DAY, KEY, YEAR
from engine.batch.duties.periods import AT, Bindings, Periods
from engine.batch.layout import ROW, UNIT
from engine.duties.program import ReadyDuty
from engine.project.duty import FactEvidence, RowEvidence, SameRowEvidence

#: A proof: the number of its period, whether it surely counts, its day, and whether nobody asks for the day.
UNTOLD = "untold"
_PROOF = {AT: pl.UInt32, CERTAIN: pl.Boolean, DAY: pl.Date, UNTOLD: pl.Boolean}
_FOUND = "found"


class Proofs:
    """Finds the periods that rows count for. ``duties``: in the policy's order."""

    def __init__(self, duties: Sequence[ReadyDuty]) -> None:
        self._duties = duties
        listed = [ready.duty.span == "listed" for ready in duties]
        self._listed = pl.Series(listed, dtype=pl.Boolean)
        evidence = [ready.duty.evidence for ready in duties]
        self._of_year = pl.Series(
            [isinstance(e, RowEvidence) and e.period is not None for e in evidence], dtype=pl.Boolean
        )

    # ------------------------------------------------------------------------------------------- rows of registers

    def by_rows(
        self, rows: pl.DataFrame, bound: Bindings, tables: s.SlotTables, periods: Periods
    ) -> pl.DataFrame:
        """The proofs that ``rows`` (as ``Matching`` gives them) are for periods that no row begins."""
        rows = self._bound(rows, bound)
        place = {name: pl.lit(bound.frame[name]).gather(pl.col("bind")) for name in ("table", "base", END)}
        rows = rows.with_columns(place["table"].alias("table"))
        group = tables.group(pl.col("table"), pl.col(KEY))
        rows = rows.with_columns(
            group.alias("group"),
            (pl.col(DAY).is_null() | pl.lit(tables.overlap).gather(group)).alias("several"),
        )
        found = pl.concat([self._by_day(rows, tables), self._one_by_one(rows, tables)])
        inside = {n: pl.lit(tables.frame[n]).gather(pl.col(_FOUND)) for n in (s.FIRST, s.LAST, s.FOR_YEAR)}
        day, of_year = pl.col(DAY), pl.lit(self._of_year).gather(pl.col(KEY))
        last = pl.min_horizontal(inside[s.LAST], place[END])
        right_year = ~of_year | pl.col(YEAR).is_null() | (pl.col(YEAR) == inside[s.FOR_YEAR])
        found = found.filter((day.is_null() | ((inside[s.FIRST] <= day) & (day <= last))) & right_year)
        offset = pl.lit(tables.offsets).gather(pl.col("table"))
        dense = place["base"] + pl.col(_FOUND) - offset
        certain = pl.col(CERTAIN) & (~of_year | pl.col(YEAR).is_not_null())
        proofs = found.select(
            pl.lit(periods.place).gather(dense).alias(AT),
            certain.alias(CERTAIN),
            DAY,
            pl.lit(False).alias(UNTOLD),
        )
        return proofs.filter(pl.col(AT).is_not_null())

    def _bound(self, rows: pl.DataFrame, bound: Bindings) -> pl.DataFrame:
        """The rows with the stretch of their unit that they may be for; those that are for none are left out."""
        listed = pl.lit(self._listed).gather(pl.col(KEY))
        first = pl.when(listed).then(pl.lit(bound.single).gather(pl.col(UNIT))).otherwise(pl.col(UNIT))
        found = rows.with_columns(first.alias("bind")).filter(pl.col("bind").is_not_null())
        if bound.more.is_empty():
            return found
        again = rows.filter(listed).join(bound.more, on=UNIT)
        return pl.concat([found, again.select(found.columns)])

    def _by_day(self, rows: pl.DataFrame, tables: s.SlotTables) -> pl.DataFrame:
        """Rows of which the day tells the period: the last one that had begun by then."""
        rows = rows.filter(~pl.col("several"))
        key = rows.select(tables.key(pl.col("table"), pl.col(KEY), pl.col(DAY))).to_series()
        place = tables.keys.search_sorted(key, side="right").cast(pl.Int64) - 1
        rows = rows.with_columns(place.alias(_FOUND)).filter(pl.col(_FOUND) >= 0)
        rows = rows.with_columns(pl.col(_FOUND).cast(pl.UInt32))
        offset = pl.lit(tables.offsets).gather(pl.col("table"))
        same = (pl.lit(tables.frame[s.DUTY]).gather(pl.col(_FOUND)) == pl.col(KEY)) & (
            pl.col(_FOUND) >= offset
        )
        return rows.filter(same)

    def _one_by_one(self, rows: pl.DataFrame, tables: s.SlotTables) -> pl.DataFrame:
        """Rows that may be for any period of the duty."""
        rows = rows.filter(pl.col("several"))
        numbers = pl.int_range(0, tables.counts.len(), dtype=pl.UInt32, eager=True)
        table = pl.DataFrame({"table": numbers, "count": tables.counts}).select(
            pl.col("table").repeat_by("count").explode(empty_as_null=False)
        )
        slots = table.with_columns(tables.frame[s.DUTY]).select(
            tables.group(pl.col("table"), pl.col(s.DUTY)).alias("group")
        )
        slots = slots.with_row_index(_FOUND)
        return rows.join(slots, on="group").select(*rows.columns, _FOUND)

    # -------------------------------------------------------------------------------------------------- the others

    def by_facts(
        self, units: pl.DataFrame, periods: pl.DataFrame, facts: Mapping[str, str], as_of: date
    ) -> pl.DataFrame:
        """The proofs that facts are. ``facts``: the columns of ``units`` that hold them."""
        proofs = [pl.DataFrame(schema=_PROOF)]
        for number, ready in enumerate(self._duties):
            evidence = ready.duty.evidence
            if not isinstance(evidence, FactEvidence):
                continue
            mine = periods.filter(pl.col(s.DUTY) == number)
            done = mine.filter(pl.lit(units[facts[evidence.fact]]).gather(pl.col(UNIT)).fill_null(False))
            day = pl.col(s.FIRST)
            if evidence.date is not None:
                day = pl.lit(units[facts[evidence.date]]).gather(pl.col(UNIT))
            # Where nobody asks when, it counts as done on the first day, and has no day of its own.
            found = done.select(
                AT, pl.lit(True).alias(CERTAIN), day.alias(DAY), pl.lit(evidence.date is None).alias(UNTOLD)
            )
            proofs.append(found.filter(pl.col(DAY).is_null() | (pl.col(DAY) <= as_of)))
        return pl.concat(proofs)

    def of_rows(
        self, rows: pl.DataFrame, begun: pl.DataFrame, registers: Mapping[str, pl.DataFrame]
    ) -> pl.DataFrame:
        """The proofs for periods that rows begin: any rows in the time, or a date in the very row."""
        proofs = [pl.DataFrame(schema=_PROOF)]
        untold, day = pl.lit(False).alias(UNTOLD), pl.col(DAY)
        begun = begun.filter(~pl.col(s.UNSURE))
        for number, ready in enumerate(self._duties):
            evidence, wanted = ready.duty.evidence, ready.duty.rows
            if wanted is None:
                continue
            mine = begun.filter(pl.col(s.DUTY) == number).select(AT, UNIT, ROW, s.FIRST, s.LAST)
            if isinstance(evidence, SameRowEvidence):
                # A blank cell says neither that it was done nor that it was not.
                cells = registers[wanted.rows.register].select(UNIT, ROW, pl.col(evidence.date).alias(DAY))
                found = mine.join(cells, on=[UNIT, ROW]).with_columns(day.is_not_null().alias(CERTAIN))
                found = found.filter(day.is_null() | (day <= pl.col(s.LAST)))
            else:
                found = mine.drop(ROW).join(rows.filter(pl.col(KEY) == number), on=UNIT)
                inside = (pl.col(s.FIRST) <= day) & (day <= pl.col(s.LAST))
                found = found.filter(day.is_null() | inside)
            proofs.append(found.select(AT, CERTAIN, DAY, untold))
        return pl.concat(proofs)


class Counts:
    """The proofs of all periods, counted. ``needs``: how many the duty of each period needs, by ``AT``."""

    def __init__(self, proofs: pl.DataFrame, periods: pl.DataFrame) -> None:
        certain = pl.col(CERTAIN) & pl.col(DAY).is_not_null()
        sure = proofs.filter(certain)
        self._open = proofs.filter(~certain)
        self._sure = sure
        size = periods.height
        untold = proofs.filter(UNTOLD)
        counts = sure.group_by(AT).agg(pl.len().alias(st.SURE), pl.col(DAY).min().alias(st.DONE))
        done = _scattered(counts[AT], counts[st.DONE], size)
        need = periods[st.NEED]
        if sure.height and (need > 1).any():
            several = sure.filter(pl.lit(need).gather(pl.col(AT)) > 1).sort(AT, DAY)
            place = pl.int_range(1, pl.len() + 1).over(AT)
            nth = several.filter(place == pl.lit(need).gather(pl.col(AT)))
            done = _scattered(nth[AT], nth[DAY], size, pl.select(pl.when(need == 1).then(done)).to_series())
        self._arrays = {
            st.SURE: _scattered(
                counts[AT], counts[st.SURE], size, pl.repeat(0, size, dtype=pl.UInt32, eager=True)
            ),
            st.DONE: done,
            UNTOLD: _scattered(untold[AT], untold[UNTOLD], size, pl.repeat(False, size, eager=True)),
        }

    def of(self, periods: pl.DataFrame) -> pl.DataFrame:
        """``periods`` with what ``statuses`` asks of the proofs of each."""
        at = pl.col(AT)
        found = periods.with_columns(
            pl.lit(array).gather(at).alias(name) for name, array in self._arrays.items()
        )
        names = (st.OPEN, st.OPEN_CERTAIN, st.IN_TIME, st.OPEN_IN_TIME)
        if self._open.is_empty():
            none = [pl.lit(0, pl.UInt32).alias(name) for name in names]
            return found.with_columns(*none, pl.col(UNTOLD).alias(st.DONE_OPEN)).drop(UNTOLD)
        due = found.select(AT, s.DUE)
        day, in_time = pl.col(DAY), pl.col(DAY) <= pl.col(s.DUE)
        opened = self._open.join(due, on=AT)
        counts = opened.group_by(AT).agg(
            pl.len().alias(st.OPEN),
            pl.col(CERTAIN).sum().alias(st.OPEN_CERTAIN),
            (day.is_null() | in_time).sum().alias(st.OPEN_IN_TIME),
            day.is_null().any().alias("undated"),
            day.min().alias("earliest"),
        )
        # Only beside open rows does it matter how many of the sure ones were in time.
        mine = self._sure.join(counts.select(AT), on=AT, how="semi").join(due, on=AT)
        sure = mine.group_by(AT).agg(in_time.sum().alias(st.IN_TIME))
        counts = counts.join(sure, on=AT, how="left")
        found = found.join(counts, on=AT, how="left", maintain_order="left")
        earlier = pl.col("undated") | (pl.col("earliest") < pl.col(st.DONE))
        done_open = earlier.fill_null(False) | pl.col(UNTOLD)
        return found.with_columns(
            *[pl.col(name).fill_null(0) for name in names], done_open.alias(st.DONE_OPEN)
        ).drop("undated", "earliest", UNTOLD)


def _scattered(at: pl.Series, values: pl.Series, size: int, onto: pl.Series | None = None) -> pl.Series:
    """A column of so many rows with the ``values`` in the places ``at``, elsewhere null or what stood there."""
    array = pl.repeat(None, size, dtype=values.dtype, eager=True) if onto is None else onto
    return array.scatter(at, values) if len(at) else array
