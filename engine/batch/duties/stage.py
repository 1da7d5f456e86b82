"""The duties of a program for the units of one part: every period of every duty that binds them, with its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl

from engine.batch.cells import Column, NotColumnar
from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.duties.due_days import FOUND, DueDays
from engine.batch.duties.evidence import Counts, Proofs
from engine.batch.duties.listings import END, KNOWN, NUMBER, SPELLS, START, spells, with_latest
from engine.batch.duties.matching import Matching, Wanted
from engine.batch.duties.periods import AT, Bindings, Periods, bindings
from engine.batch.duties.row_periods import RowPeriods
from engine.batch.duties.waivers import Waivers, marked
from engine.batch.layout import UNIT, known_column
from engine.batch.screening import Screening
from engine.duties.program import DutyProgram
from engine.language.syntax import Name
from engine.project.duty import FactEvidence, RowEvidence

#: Keys of filters that are no duty's.
LISTED, DELISTED = -1, -2


class DutyStage:
    """Duties compiled for one layout, over the unit table of ``screening``; the tables name units by number, from 0.

    Raises NotColumnar if a filter or a fact has no columnar form.
    """

    def __init__(self, program: DutyProgram, screening: Screening) -> None:
        self._program, self._screening = program, screening
        policy = program.policy
        by_id = {ready.duty.id: ready for ready in program.duties}
        self.duties = [by_id[id_] for id_ in policy.duties]
        self._numbered = list(enumerate(self.duties))
        listing, wanted = policy.listing, list[Wanted]()
        if listing is not None:
            wanted.append(Wanted(LISTED, listing.listed.rows, listing.listed.date))
            wanted.append(Wanted(DELISTED, listing.delisted.rows, listing.delisted.date))
        compiler = screening.compiler
        self._listing = Matching(compiler, wanted)
        self._evidence = Matching(compiler, list(self._evidence_filters()))
        self._begin = Matching(compiler, list(self._row_filters()))
        self._events = Matching(compiler, list(self._event_filters()))
        self._facts = {name: self._fact(name) for name in dict.fromkeys(self._fact_names())}
        self._slots = s.Slots(program, self.duties)
        self._due_days = DueDays(program, self.duties, self._facts)
        self._proofs = Proofs(self.duties)
        self._row_periods = RowPeriods(program, self.duties)
        self._waivers = Waivers(policy, self.duties)
        self._nodes = list(dict.fromkeys(ready.applies for ready in self.duties))
        targets = {self._due_days.target(ready) for ready in self.duties}
        self._targets = [i for i, ready in self._numbered if ready.duty.id in targets]

    # ---------------------------------------------------------------------------------------- what is compiled

    def _evidence_filters(self) -> Iterable[Wanted]:
        for i, ready in self._numbered:
            evidence = ready.duty.evidence
            if isinstance(evidence, RowEvidence):
                yield Wanted(i, evidence.rows, evidence.date, evidence.period)

    def _row_filters(self) -> Iterable[Wanted]:
        for i, ready in self._numbered:
            if ready.duty.rows is not None:
                yield Wanted(i, ready.duty.rows.rows, ready.duty.rows.date)

    def _event_filters(self) -> Iterable[Wanted]:
        for i, ready in self._numbered:
            event = ready.due.due.event
            if event is not None and event.rows is not None:
                yield Wanted(i, event.rows.rows, event.rows.date)

    def _fact_names(self) -> Iterable[str]:
        for ready in self.duties:
            event, evidence = ready.due.due.event, ready.duty.evidence
            if event is not None and event.kind == "fact":
                yield event.id
            if isinstance(evidence, FactEvidence):
                yield evidence.fact
                if evidence.date is not None:
                    yield evidence.date

    def _fact(self, name: str) -> str:
        """The column of the finished unit table with a fact; of a truth that is null beside it whether it is known."""
        unit = self._screening.unit
        cell, reads = unit.reads(lambda: self._screening.compiler.cell(Name(name), unit, {}))
        if not isinstance(cell, Column):
            raise NotColumnar("batch.why.other-kind")
        value = cell.value
        if cell.kind == "boolean" and cell.null is not None:
            # Null is not true, and nothing that is missing would make it so.
            value = nw.when(cell.null).then(nw.lit(False)).otherwise(value)
        return unit.let(value, reads, "f")

    def applies(self) -> Mapping[str, nw.Expr]:
        """The truths that the unit table has to have, by the name of the column."""
        return {f":applies {node}": self._screening.network.truth(node) for node in self._nodes}

    # ------------------------------------------------------------------------------------------------ spells

    def listed(
        self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """``units`` with the latest spell of each, and all spells."""
        listing = self._program.policy.listing
        if listing is None:
            blank = pl.lit(None, dtype=pl.Date)
            columns = (blank.alias(START), blank.alias(END), pl.lit(0, pl.UInt32).alias(NUMBER))
            return units.with_columns(*columns, pl.lit(True).alias(KNOWN)), pl.DataFrame(schema=SPELLS)
        rows = self._listing.rows(units, registers)
        found = spells(rows, LISTED, DELISTED, self._program.as_of)
        known = known_column(listing.listed.rows.register)
        return with_latest(units, known, rows, found, (LISTED, DELISTED)), found

    def unclear(self, registers: Mapping[str, pl.DataFrame]) -> pl.Series:
        """The units with a waiver that waives nothing, which somebody has to be told."""
        return self._waivers.unclear(registers, self._program.as_of)

    # --------------------------------------------------------------------------------------------- periods

    def periods(
        self, units: pl.DataFrame, found: pl.DataFrame, registers: Mapping[str, pl.DataFrame]
    ) -> pl.DataFrame:
        """Every period begun by the as-of date. ``found``: all spells."""
        bound, tables = bindings(units, found, self._program.frame.first, self._slots)
        truths = {node: units[f":applies {node}"] for node in self._nodes}
        by_calendar = Periods(bound, tables, self.duties, self._program.frame, truths)
        begun = self._row_periods.begun(
            self._begin.rows(units, registers), bound, units, registers, truths, by_calendar.frame.drop(AT)
        )
        begun = begun.with_row_index(AT, offset=by_calendar.frame.height)
        periods = self._described(pl.concat([by_calendar.frame, begun]), units, registers)
        proofs = self._shown(units, registers, bound, tables, by_calendar, begun)
        counts = Counts(proofs, periods)
        periods = self._dated(periods, counts, units, registers)
        return self._judged(periods, counts)

    def _shown(
        self,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        bound: Bindings,
        tables: s.SlotTables,
        by_calendar: Periods,
        begun: pl.DataFrame,
    ) -> pl.DataFrame:
        rows = self._evidence.rows(units, registers)
        proofs = [
            self._proofs.by_rows(rows, bound, tables, by_calendar),
            self._proofs.by_facts(units, by_calendar.frame, self._facts, self._program.as_of),
            self._proofs.of_rows(rows, begun, registers),
        ]
        return pl.concat(proofs)

    def _described(
        self, periods: pl.DataFrame, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]
    ) -> pl.DataFrame:
        """``periods`` with what does not depend on evidence: waivers, whether evidence is known, how much is needed."""
        known, number = self._known(units)
        needs = pl.Series([ready.need for ready in self.duties], dtype=pl.UInt32)
        duty, unit = pl.col(s.DUTY), pl.col(UNIT)
        sole, listed = (
            pl.col(s.SLOT) == -1,
            pl.Series([r.duty.span == "listed" for r in self.duties], dtype=pl.Boolean),
        )
        unlisted = pl.lit(listed).gather(duty) & ~pl.lit(units[KNOWN]).gather(unit)
        waived = self._waivers.rows(registers, self._program.as_of)
        covered = marked(periods, waived) if waived.height else pl.lit(False)
        return periods.with_columns(
            (~pl.lit(known).gather(pl.lit(number).gather(duty) * units.height + unit)).alias(st.NO_EVIDENCE),
            pl.lit(needs).gather(duty).alias(st.NEED),
            (covered & ~sole).alias(st.WAIVED),
            pl.when(sole & unlisted)
            .then(st.why("listing_unknown"))
            .when(sole)
            .then(st.why("evidence_unknown"))
            .alias(st.SOLE),
        )

    def _known(self, units: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """Whether what shows a duty is known: columns one after the other, and for each duty the number of its column."""
        columns: dict[str, pl.Series] = {"": pl.repeat(True, units.height, eager=True)}
        names = []
        for ready in self.duties:
            evidence = ready.duty.evidence
            name = ""
            if isinstance(evidence, RowEvidence):
                name = known_column(evidence.rows.register)
                columns.setdefault(name, units[name])
            elif isinstance(evidence, FactEvidence):
                name = f"fact {evidence.fact}"
                columns.setdefault(name, units[self._facts[evidence.fact]].is_not_null())
            names.append(list(columns).index(name))
        return pl.concat(list(columns.values())), pl.Series(names, dtype=pl.UInt32)

    def _dated(
        self,
        periods: pl.DataFrame,
        counts: Counts,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
    ) -> pl.DataFrame:
        """``periods`` with every due day that depends on the unit."""
        events = self._events.rows(units, registers)
        settled = [pl.DataFrame(schema=FOUND)]
        before = [pl.DataFrame()]
        waiting = periods.filter(pl.col(s.WAITS) & ~pl.col(s.UNSURE))
        for numbers in self._due_days.strata():
            for (number,), some in waiting.filter(pl.col(s.DUTY).is_in(numbers)).group_by(s.DUTY):
                done = pl.concat(before, how="diagonal")
                settled.append(self._due_days.of(int(str(number)), some, units, events, done))
            targets = [number for number in numbers if number in self._targets]
            if targets:
                mine = _settled(periods.filter(pl.col(s.DUTY).is_in(targets)), pl.concat(settled))
                before.append(self._judged(mine, counts))
        return _settled(periods, pl.concat(settled))

    def _judged(self, periods: pl.DataFrame, counts: Counts) -> pl.DataFrame:
        return st.with_statuses(counts.of(periods).lazy(), self._program.as_of).collect()


def _settled(periods: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """``periods`` with the due days that were ``found`` for some of them."""
    no = pl.lit(False)
    if found.is_empty():
        return periods.with_columns(no.alias(st.EVENT_OPEN), no.alias(st.DUE_MISSING))
    size = int(str(max(periods[AT].max() or 0, found[AT].max() or 0))) + 1
    numbers = pl.int_range(0, found.height, dtype=pl.UInt32, eager=True)
    places = pl.repeat(None, size, dtype=pl.UInt32, eager=True).scatter(found[AT], numbers)
    periods = periods.with_columns(pl.lit(places).gather(pl.col(AT)).alias("found"))
    here = pl.col("found").is_not_null()

    def of(name: str) -> pl.Expr:
        return pl.lit(found[name]).gather(pl.col("found"))

    columns = [pl.when(here).then(of(name)).otherwise(name).alias(name) for name in (s.DUE, s.PROVISIONAL)]
    columns += [of(name).fill_null(False).alias(name) for name in (st.EVENT_OPEN, st.DUE_MISSING)]
    return periods.with_columns(columns).drop("found")
