"""The measures of many units: what became of duties and procedures as columns, and what follows from them.

The second stage of ``engine.duties.measures``: its network is compiled like the screening's, over a unit table in which
findings, counts of periods and ladders stand as facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import narwhals as nw
import polars as pl

from engine.batch.cells import Cell, Column, NotColumnar, Number, Whole
from engine.batch.duties import ladders as lad
from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.duties.listings import END, KNOWN, NUMBER, START
from engine.batch.duties.matching import CERTAIN, DAY, KEY, Matching, Wanted
from engine.batch.duties.procedures import ProcedureColumns, tables_named, unknown_spells
from engine.batch.layout import UNIT, Layout, known_column
from engine.batch.screening import Screening
from engine.duties.due import EventDay, due_day
from engine.duties.measure_policy import LISTED_NOW, finding_name, findings_read, occasions_name
from engine.duties.measures import leaves_of
from engine.duties.program import DutyProgram, ReadyMeasure
from engine.language.syntax import Expr
from engine.project.duty import DatedRows, DutyTest, ProcedureTest

#: No unit has more periods than this.
_MOST = 2**31


class MeasureStage:
    """Measures compiled for one layout. Raises NotColumnar where one has no columnar form."""

    def __init__(
        self,
        program: DutyProgram,
        first: Screening,
        layout: Layout,
        compared: Mapping[str, tuple[Cell, Sequence[str]]] = MappingProxyType({}),
        truths: Mapping[Expr, str] = MappingProxyType({}),
    ) -> None:
        self._program = program
        self._first = first
        policy = program.policy
        self._numbers = {id_: i for i, id_ in enumerate(policy.duties)}
        self._tests = tuple(policy.duty_tests.values())
        self._findings = findings_read(policy)
        self._procedures = ProcedureColumns(program)
        self._evidence = Matching(first.compiler, list(self._evidence_filters()))
        self._events = Matching(first.compiler, list(self._event_filters()))
        self._ladders = Matching(first.compiler, list(self._ladder_filters()))
        for ready in program.ready_measures:
            event = None if ready.due is None else ready.due.due.event
            if event is not None and event.kind == "fact" and event.id not in policy.facts:
                raise NotColumnar("batch.why.other-kind")
        self._screening = Screening(program.measures, layout, {**compared, **self._given()}, truths)
        self._truths = {
            ready.measure.id: self._screening.finding(ready.measure.id) for ready in program.ready_measures
        }
        self.obstacles = self._screening.obstacles
        self.bounded = self._screening.bounded

    # ---------------------------------------------------------------------------------------- what is compiled

    def _evidence_filters(self) -> Iterable[Wanted]:
        for i, ready in enumerate(self._program.ready_measures):
            evidence = ready.measure.evidence
            if evidence is not None:
                yield Wanted(i, evidence.rows, evidence.date)

    def _event_filters(self) -> Iterable[Wanted]:
        for i, ready in enumerate(self._program.ready_measures):
            event = None if ready.due is None else ready.due.due.event
            if event is not None and event.rows is not None:
                yield Wanted(i, event.rows.rows, event.rows.date)

    def _ladder_filters(self) -> Iterable[Wanted]:
        for i, ready in enumerate(self._program.ladders):
            for key, source in ((2 * i, ready.ladder.occasions), (2 * i + 1, ready.ladder.broken_by)):
                if isinstance(source, DatedRows):
                    yield Wanted(key, source.rows, source.date)

    def _given(self) -> Mapping[str, tuple[Cell, Sequence[str]]]:
        """The facts of the second stage as cells."""
        given: dict[str, tuple[Cell, Sequence[str]]] = {LISTED_NOW: _truth(LISTED_NOW)}
        for rule in self._findings:
            given[finding_name(rule)] = _truth(finding_name(rule))
        for test in self._tests:
            if isinstance(test, DutyTest):
                given[test.name] = _interval(f"{test.name} low", f"{test.name} high")
            else:
                given[test.name] = _truth(test.name)
        for ready in self._program.ladders:
            id_ = ready.ladder.id
            given[occasions_name(id_)] = _interval(lad.low_column(id_), lad.high_column(id_))
        return given

    def wanted(self) -> Mapping[str, nw.Expr]:
        """What the first stage's unit table has to have for this one, by the name of the column."""
        found = {finding_name(rule): self._first.finding(rule) for rule in self._findings}
        return found | {f":choice {id_}": self._first.choice(id_) for id_ in tables_named(self._program)}

    def away(self, registers: Mapping[str, pl.DataFrame]) -> set[int]:
        """The numbers of units that have to go the other way."""
        return self._procedures.open_units(registers)

    # --------------------------------------------------------------------------------------------- outcomes

    def outcomes(
        self,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        instances: pl.DataFrame,
        given: Sequence[str],
    ) -> pl.DataFrame:
        """Every measure that is required, or may be, or was taken. ``given``: the columns that the data had."""
        table = self._second_table(units, registers, instances)
        ladders = {}
        rows = self._ladders.rows(units, registers)
        for i, ready in enumerate(self._program.ladders):
            items = lad.occasions(ready, self._program, units, rows, (2 * i, 2 * i + 1), instances)
            table = lad.climbed(ready, table, items)
            ladders[ready.ladder.id] = items
        made = [c for cell, columns in self._given().values() for c in columns]
        base = table.select(*given, *dict.fromkeys(made))
        tables = {id_: nw.from_native(frame.lazy()) for id_, frame in registers.items()}
        done = self._screening.unit.run(nw.from_native(base.lazy()), tables)
        truths = (
            done.select(UNIT, *[expr.alias(id_) for id_, expr in self._truths.items()]).to_native().collect()
        )
        return self._described(truths, units, registers, instances, ladders)

    def _second_table(
        self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame], instances: pl.DataFrame
    ) -> pl.DataFrame:
        on_list = pl.when(pl.col(KNOWN)).then(pl.col(START).is_not_null() & pl.col(END).is_null())
        table = units.with_columns(on_list.alias(LISTED_NOW))
        steps = [test for test in self._tests if isinstance(test, ProcedureTest)]
        table = self._procedures.stand(table, registers, steps)
        table = unknown_spells(table, self._program, steps)
        for test in self._tests:
            if isinstance(test, DutyTest):
                table = self._periods(table, test, instances)
        return table

    def _counted(self, test: DutyTest, instances: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
        """The periods that a test is about: of the latest listing, and none of the advisory duties of a group."""
        duties = [self._program.policy.duties[id_] for id_ in test.duties]
        counted = [duty for duty in duties if not (duty.advisory and len(duties) > 1)]
        forced = [self._numbers[duty.id] for duty in counted if duty.span == "in force"]
        latest = pl.col(NUMBER) == pl.lit(units[NUMBER]).gather(pl.col(UNIT))
        now = pl.col(s.DUTY).is_in(forced) | latest | st.is_one_of(["unknown"])
        return instances.filter(pl.col(s.DUTY).is_in([self._numbers[duty.id] for duty in counted]) & now)

    def _periods(self, table: pl.DataFrame, test: DutyTest, instances: pl.DataFrame) -> pl.DataFrame:
        low, high = f"{test.name} low", f"{test.name} high"
        named = st.is_one_of(test.statuses)
        counts = (
            self._counted(test, instances, table)
            .group_by(UNIT)
            .agg(
                named.cast(pl.Int64).sum().alias(low),
                (named | st.is_one_of(["unknown"])).cast(pl.Int64).sum().alias(high),
            )
        )
        table = table.join(counts, on=UNIT, how="left", maintain_order="left")
        return table.with_columns(pl.col(low).fill_null(0), pl.col(high).fill_null(0))

    # ------------------------------------------------------------------------------------------------- days

    def _described(
        self,
        truths: pl.DataFrame,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        instances: pl.DataFrame,
        ladders: Mapping[str, pl.DataFrame],
    ) -> pl.DataFrame:
        evidence, events = self._evidence.rows(units, registers), self._events.rows(units, registers)
        rungs = self._rungs(ladders)
        found = []
        for number, ready in enumerate(self._program.ready_measures):
            id_ = ready.measure.id
            own = truths.select(UNIT, pl.col(id_).alias("required"), *[pl.col(o) for o in self._above(id_)])
            own = own.join(units.select(UNIT, START, END), on=UNIT, how="left")
            own = own.join(self._since(ready, instances, rungs, units), on=UNIT, how="left")
            since = pl.when(pl.col("required")).then(pl.col("since"))
            own = own.with_columns(since.alias("since"))
            own = self._due(number, ready, own, units, events)
            own = self._taken(number, ready, own, units, evidence)
            above = [pl.when(pl.col(other)).then(pl.lit(other)) for other in self._above(id_)]
            superseded = pl.coalesce(above) if above else pl.lit(None, pl.String)
            own = own.with_columns(
                pl.lit(id_).alias("measure"),
                pl.when(pl.col("required")).then(superseded).alias("superseded by"),
            )
            told = own.filter(pl.col("required").ne_missing(False) | pl.col("taken").is_not_null())
            found.append(
                told.select(
                    UNIT,
                    "measure",
                    pl.lit(number).alias(":order"),
                    "required",
                    "since",
                    "due",
                    "provisional",
                    "taken",
                    "superseded by",
                )
            )
        return pl.concat(found)

    def _above(self, measure: str) -> list[str]:
        """The higher rungs of the measure's ladder, the next one first."""
        for ready in self._program.ladders:
            rungs = [rung.measure for rung in ready.ladder.rungs]
            if measure in rungs:
                return rungs[rungs.index(measure) + 1 :]
        return []

    def _rungs(self, ladders: Mapping[str, pl.DataFrame]) -> Mapping[str, pl.DataFrame]:
        starts = {ready.measure.id: ready.start for ready in self._program.ready_measures}
        found = {}
        for ready in self._program.ladders:
            mine = {rung.measure: starts[rung.measure] for rung in ready.ladder.rungs}
            days = lad.reached(ready, ladders[ready.ladder.id], mine)
            for measure in mine:
                found[measure] = days.select(UNIT, pl.col(measure).alias("since"))
        return found

    def _since(
        self,
        ready: ReadyMeasure,
        instances: pl.DataFrame,
        rungs: Mapping[str, pl.DataFrame],
        units: pl.DataFrame,
    ) -> pl.DataFrame:
        """The day on which what calls for the measure was complete, where it has a day."""
        measure = ready.measure
        if measure.id in rungs:
            return rungs[measure.id]
        days = []
        for leaf in leaves_of(measure.when) if measure.when is not None else ():
            test = self._program.policy.duty_tests.get(leaf.subject)
            if isinstance(test, DutyTest):
                named = st.is_one_of(test.statuses)
                days.append(self._counted(test, instances, units).filter(named).select(UNIT, s.DUE))
        if not days:
            return pl.DataFrame(schema={UNIT: pl.UInt32, "since": pl.Date})
        latest = pl.concat(days).group_by(UNIT).agg(pl.col(s.DUE).max().alias("since"))
        version = measure.version
        if version is not None and version.start is not None:
            # Before it, the occasions did not call for the measure.
            start = pl.when(pl.col("since").is_not_null()).then(pl.lit(version.start))
            latest = latest.with_columns(pl.max_horizontal("since", start).alias("since"))
        return latest

    def _start(self, ready: ReadyMeasure) -> pl.Expr:
        """The first day of the spell that a measure is about."""
        first = pl.lit(self._program.frame.first)
        return pl.coalesce(START, first) if ready.measure.span == "listed" else first

    def _due(
        self, number: int, ready: ReadyMeasure, own: pl.DataFrame, units: pl.DataFrame, events: pl.DataFrame
    ) -> pl.DataFrame:
        blank = pl.lit(None, pl.Date)
        if ready.due is None:
            return own.with_columns(blank.alias("due"), pl.lit(False).alias("provisional"))
        event = ready.due.due.event
        day: pl.Expr = blank
        if event is not None and event.kind == "trigger":
            day = pl.col("since")
        elif event is not None and event.kind == "listing":
            day = self._start(ready)
        elif event is not None and event.kind == "day":
            day = pl.lit(event.day)
        elif event is not None and event.kind == "fact":
            own = own.join(units.select(UNIT, pl.col(event.id).alias("event")), on=UNIT, how="left")
            day = pl.col("event")
        elif event is not None and event.rows is not None:
            own = own.join(self._event_days(number, ready, own, events), on=UNIT, how="left")
            day = pl.col("event")
        own = own.with_columns(pl.when(pl.col("required")).then(day).alias("day"))
        table = self._due_table(ready, own["day"].unique().to_list())
        return own.join(table, on="day", how="left", nulls_equal=True).drop("day", "event", strict=False)

    def _due_table(self, ready: ReadyMeasure, days: Iterable[date | None]) -> pl.DataFrame:
        rows = []
        assert ready.due is not None
        frame, counting = self._program.frame, self._program.counting
        for day in days:
            found = due_day(ready.due.due, ready.due.length, EventDay(day), frame.last, counting)
            rows.append((day, found.day, found.provisional))
        schema = {"day": pl.Date, "due": pl.Date, "provisional": pl.Boolean}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _event_days(
        self, number: int, ready: ReadyMeasure, own: pl.DataFrame, events: pl.DataFrame
    ) -> pl.DataFrame:
        """The first or latest day of rows in the spell; none if a row that may be one is open."""
        assert (
            ready.due is not None and ready.due.due.event is not None and ready.due.due.event.rows is not None
        )
        listed = ready.measure.span == "listed"
        end = pl.col(END) if listed else pl.lit(None, pl.Date)
        joined = own.select(UNIT, START, END).join(events.filter(pl.col(KEY) == number), on=UNIT)
        inside = (self._start(ready) <= pl.col(DAY)) & (
            pl.col(DAY) <= pl.min_horizontal(pl.lit(self._program.as_of), end)
        )
        joined = joined.filter(pl.col(DAY).is_null() | inside)
        first = ready.due.due.event.rows.which == "first"
        day = pl.col(DAY).min() if first else pl.col(DAY).max()
        open_rows = (pl.col(DAY).is_null() | ~pl.col(CERTAIN)).any()
        found = joined.group_by(UNIT).agg(day.alias("event"), open_rows.alias("open"))
        return found.select(UNIT, pl.when(~pl.col("open")).then("event").alias("event"))

    def _taken(
        self, number: int, ready: ReadyMeasure, own: pl.DataFrame, units: pl.DataFrame, evidence: pl.DataFrame
    ) -> pl.DataFrame:
        """The day on which the measure was taken: of the first sure row on or after the day from which it was called for."""
        if ready.measure.evidence is None:
            return own.with_columns(pl.lit(None, pl.Date).alias("taken"))
        floor = pl.coalesce("since", self._start(ready))
        joined = own.filter(pl.col("required").is_not_null()).join(
            evidence.filter(pl.col(KEY) == number), on=UNIT
        )
        joined = joined.filter(
            pl.col(CERTAIN) & (pl.col(DAY) >= floor) & (pl.col(DAY) <= self._program.as_of)
        )
        days = joined.group_by(UNIT).agg(pl.col(DAY).min().alias("taken"))
        known = known_column(ready.measure.evidence.rows.register)
        found = own.join(days, on=UNIT, how="left").join(units.select(UNIT, known), on=UNIT, how="left")
        return found.with_columns(pl.when(pl.col(known)).then(pl.col("taken")).alias("taken")).drop(known)


def _truth(column: str) -> tuple[Cell, Sequence[str]]:
    return Column("boolean", nw.col(column)), (column,)


def _interval(low: str, high: str) -> tuple[Cell, Sequence[str]]:
    ends = (Whole(nw.col(low), 0, _MOST), Whole(nw.col(high), 0, _MOST))
    top = Whole(nw.when(nw.col(low) == nw.col(high)).then(nw.col(low)), 0, _MOST)
    return Number(top, None, None, ends), (low, high)
