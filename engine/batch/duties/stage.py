"""The duties of a program for the units of one part: every period of every duty that binds them, with its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from engine.batch.cells import Column, NotColumnar
from engine.batch.duties import slots as s
from engine.batch.duties import statuses as st
from engine.batch.duties.listings import AGAIN, END, KNOWN, START, spells
from engine.batch.duties.matching import CERTAIN, DAY, KEY, YEAR, Matching, Wanted
from engine.batch.layout import ROW, UNIT, known_column
from engine.batch.parts import PLACE
from engine.batch.screening import Screening
from engine.batch.uses import Uses
from engine.duties.due import EventDay, due_day
from engine.duties.program import DutyProgram, ReadyDue, ReadyDuty
from engine.language.syntax import Name
from engine.project.duty import FactEvidence, RowEvidence, RowFilter, SameRowEvidence

#: Keys of filters that are no duty's.
LISTED, DELISTED = -1, -2
#: What a period is known by, beside its unit.
_OF = [UNIT, s.DUTY, s.SLOT]
_MATCHED = [KEY, UNIT, ROW, CERTAIN, DAY, YEAR]


def duty_uses(program: DutyProgram) -> Uses:
    """What of the data duties rest on."""
    found, policy = Uses(), program.policy

    def rows(filter_: RowFilter, *columns: str | None) -> None:
        found.register(filter_.register, [column for column in columns if column is not None])
        for test in filter_.where:
            found.expression(policy, test)
            found.register(filter_.register, _names(test) & policy.registers[filter_.register].columns.keys())

    listing = policy.listing
    if listing is not None:
        rows(listing.listed.rows, listing.listed.date)
        rows(listing.delisted.rows, listing.delisted.date)
    if policy.waivers is not None:
        found.register(policy.waivers.register, ())
    for duty in policy.duties.values():
        evidence, event = duty.evidence, duty.due.event
        if isinstance(evidence, RowEvidence):
            rows(evidence.rows, evidence.date, evidence.period)
        elif isinstance(evidence, FactEvidence):
            for name in (evidence.fact, evidence.date):
                if name is not None:
                    found.expression(policy, Name(name))
        if duty.rows is not None:
            same = evidence.date if isinstance(evidence, SameRowEvidence) else None
            key = policy.registers[duty.rows.rows.register].key
            rows(duty.rows.rows, duty.rows.date, same, key)
        if event is not None and event.kind == "fact":
            found.expression(policy, Name(event.id))
        if event is not None and event.rows is not None:
            rows(event.rows.rows, event.rows.date)
    return found


def _names(expr: Any) -> frozenset[str]:
    from engine.language import free_names

    return free_names(expr)


class DutyStage:
    """Duties compiled for one layout, over the unit table of ``screening``.

    Raises NotColumnar if a filter or a fact has no columnar form.
    """

    def __init__(self, program: DutyProgram, screening: Screening) -> None:
        self._program = program
        self._screening = screening
        self._slots = s.Slots(program)
        self._duties = program.duties
        policy = program.policy
        listing = policy.listing
        wanted = []
        if listing is not None:
            wanted.append(Wanted(LISTED, listing.listed.rows, listing.listed.date))
            wanted.append(Wanted(DELISTED, listing.delisted.rows, listing.delisted.date))
        self._listing = Matching(screening.compiler, wanted)
        self._evidence = Matching(screening.compiler, list(self._evidence_filters()))
        self._begin = Matching(screening.compiler, list(self._row_filters()))
        self._events = Matching(screening.compiler, list(self._event_filters()))
        self._facts = {name: self._fact(name) for name in dict.fromkeys(self._fact_names())}
        self._order = {id_: i for i, id_ in enumerate(policy.duties)}
        self._due_days: dict[int, dict[date, tuple[date | None, bool]]] = {}

    # ---------------------------------------------------------------------------------------- what is compiled

    def _evidence_filters(self) -> Iterable[Wanted]:
        for i, ready in enumerate(self._duties):
            evidence = ready.duty.evidence
            if isinstance(evidence, RowEvidence):
                yield Wanted(i, evidence.rows, evidence.date, evidence.period)

    def _row_filters(self) -> Iterable[Wanted]:
        for i, ready in enumerate(self._duties):
            if ready.duty.rows is not None:
                yield Wanted(i, ready.duty.rows.rows, ready.duty.rows.date)

    def _event_filters(self) -> Iterable[Wanted]:
        for i, ready in enumerate(self._duties):
            event = ready.due.due.event
            if event is not None and event.rows is not None:
                yield Wanted(i, event.rows.rows, event.rows.date)

    def _fact_names(self) -> Iterable[str]:
        for ready in self._duties:
            event = ready.due.due.event
            if event is not None and event.kind == "fact":
                yield event.id
            if isinstance(ready.duty.evidence, FactEvidence):
                yield ready.duty.evidence.fact
                if ready.duty.evidence.date is not None:
                    yield ready.duty.evidence.date

    def _fact(self, name: str) -> tuple[str, str | None]:
        """The columns of the finished unit table with a fact and where it is null."""
        unit = self._screening.unit
        cell, reads = unit.reads(lambda: self._screening.compiler.cell(Name(name), unit, {}))
        if not isinstance(cell, Column):
            raise NotColumnar("batch.why.other-kind")
        null = None if cell.null is None else unit.let(cell.null, reads, "f")
        return unit.let(cell.value, reads, "f"), null

    def applies(self) -> Mapping[str, nw.Expr]:
        """The truths that the unit table has to have, by the name of the column."""
        nodes = dict.fromkeys(ready.applies for ready in self._duties)
        return {f":applies {node}": self._screening.network.truth(node) for node in nodes}

    # ------------------------------------------------------------------------------------------------ spells

    def listed(
        self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]
    ) -> tuple[pl.DataFrame, set[str]]:
        """``units`` with their one spell, and the ids of those that have to go the other way: listed more than once, or
        released from something."""
        listing, policy = self._program.policy.listing, self._program.policy
        if listing is None:
            blank = pl.lit(None, dtype=pl.Date)
            units = units.with_columns(
                blank.alias(START), blank.alias(END), pl.lit(True).alias(KNOWN), pl.lit(False).alias(AGAIN)
            )
        else:
            rows = self._listing.rows(units, registers)
            known = known_column(listing.listed.rows.register)
            units = spells(units, known, rows, LISTED, DELISTED, self._program.as_of)
        away = set(units.filter(pl.col(AGAIN))[UNIT].to_list())
        if policy.waivers is not None:
            away |= set(registers[policy.waivers.register][UNIT].to_list())
        return units, away

    # --------------------------------------------------------------------------------------------- instances

    def instances(self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """Every period begun by the as-of date, for units that ``listed`` gave and that stay."""
        evidence = self._evidence.rows(units, registers)
        begun = self._begin.rows(units, registers)
        events = self._events.rows(units, registers)
        bound = self._bound(units)
        found: list[pl.DataFrame] = []
        for numbers in self._strata():
            mine = pl.col(s.DUTY).is_in(numbers)
            here = bound.filter(mine)
            periods = pl.concat(
                [
                    self._calendar(here, numbers),
                    self._by_rows(here, begun, registers, units),
                    self._unknown(here),
                ],
                how="diagonal_relaxed",
            )
            dated = self._with_due_days(periods, units, events, found)
            shown = self._shown(dated, evidence, units, registers)
            done = st.with_statuses(shown.lazy(), self._program.as_of, END).collect()
            found.append(self._unlisted(done))
        every = pl.concat(found, how="diagonal_relaxed") if found else pl.DataFrame()
        return every

    def _strata(self) -> Iterable[list[int]]:
        """The duties in an order in which none comes before one that its due date waits for."""
        level: dict[str, int] = {}
        for ready in self._duties:
            event = ready.due.due.event
            waits = event is not None and event.kind == "duty"
            level[ready.duty.id] = level.get(event.id, -1) + 1 if waits and event is not None else 0
        for wanted in range(max(level.values(), default=-1) + 1):
            yield [i for i, ready in enumerate(self._duties) if level[ready.duty.id] == wanted]

    def _bound(self, units: pl.DataFrame) -> pl.DataFrame:
        """Unit and duty, for duties that bind the unit or may; with the truth, the spell, and whether that is known."""
        nodes = list(dict.fromkeys(ready.applies for ready in self._duties))
        table = pl.DataFrame(
            {
                "variable": [f":applies {ready.applies}" for ready in self._duties],
                s.DUTY: range(len(self._duties)),
                "listed": [ready.duty.span == "listed" for ready in self._duties],
                st.NEED: [ready.need for ready in self._duties],
            },
            schema={"variable": pl.String, s.DUTY: pl.Int32, "listed": pl.Boolean, st.NEED: pl.Int64},
        )
        on = [f":applies {node}" for node in nodes]
        long = units.select(UNIT, START, END, KNOWN, *on).unpivot(
            on, index=[UNIT, START, END, KNOWN], value_name=st.TRUTH
        )
        long = long.filter(pl.col(st.TRUTH).ne_missing(False)).join(table, on="variable").drop("variable")
        # What binds a unit only while it is listed binds nobody who never was; where that is not known, nobody knows.
        kept = ~pl.col("listed") | ~pl.col(KNOWN) | pl.col(START).is_not_null()
        span_end = pl.when(pl.col("listed")).then(pl.col(END))
        return long.filter(kept).with_columns(span_end.alias(END))

    def _calendar(self, bound: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
        """The periods that the calendar, the phases or the listing itself begin."""
        listed = bound.filter(pl.col("listed") & pl.col(KNOWN))
        days = listed[START].unique().to_list()
        by_day = self._slots.listed_on(day for day in days if day is not None)
        by_day = by_day.filter(pl.col(s.DUTY).is_in(numbers))
        frame_end = self._program.frame.last
        last_day = self._last_days()
        first = listed.join(by_day, left_on=[START, s.DUTY], right_on=[s.LISTED_ON, s.DUTY], how="inner")
        end = pl.min_horizontal(pl.lit(frame_end), END, pl.col(s.DUTY).replace_strict(last_day, default=None))
        first = first.filter(pl.col(s.NOMINAL) <= end).filter(self._starts(START) <= end)
        forced = bound.filter(~pl.col("listed")).join(
            self._slots.in_force.drop(s.LISTED_ON), on=s.DUTY, how="inner"
        )
        both = pl.concat([first, forced.select(first.columns)])
        return both.with_columns(
            pl.min_horizontal(s.LAST, END).alias(s.LAST),
            pl.lit(False).alias(st.UNSURE),
            pl.lit(None, pl.Int64).alias(ROW),
        )

    def _starts(self, start: str) -> pl.Expr:
        """The first day on which a duty can bind a unit."""
        firsts = {
            i: max(self._program.frame.first, r.duty.start or date.min) for i, r in enumerate(self._duties)
        }
        return pl.max_horizontal(pl.col(start), pl.col(s.DUTY).replace_strict(firsts, return_dtype=pl.Date))

    def _last_days(self) -> dict[int, date]:
        frame = self._program.frame
        return {i: min(frame.last, ready.duty.end or frame.last) for i, ready in enumerate(self._duties)}

    def _unknown(self, bound: pl.DataFrame) -> pl.DataFrame:
        """One period that stands for all of a duty that are not known, because the listing is not."""
        open_listing = bound.filter(pl.col("listed") & ~pl.col(KNOWN))
        return self._standing_for_all(open_listing)

    def _standing_for_all(self, bound: pl.DataFrame) -> pl.DataFrame:
        frame = self._program.frame
        return bound.with_columns(
            pl.lit(-1, pl.Int32).alias(s.SLOT),
            pl.lit("once").alias(s.PERIOD),
            pl.lit(frame.first).alias(s.FIRST),
            pl.lit(frame.first.year, pl.Int32).alias(s.FOR_YEAR),
            pl.lit(None, pl.Date).alias(s.LAST),
            pl.lit(False).alias(s.SHORT),
            pl.lit(None, pl.Date).alias(s.DUE),
            pl.lit(False).alias(s.PROVISIONAL),
            pl.lit(False).alias(s.WAITS),
            pl.lit(True).alias(st.UNSURE),
            pl.lit(None, pl.Int64).alias(ROW),
        )

    def _unlisted(self, done: pl.DataFrame) -> pl.DataFrame:
        """Where the listing is not known, that is why; it does not matter then whether the condition is."""
        unlisted = (pl.col(s.SLOT) == -1) & pl.col("listed") & ~pl.col(KNOWN)
        rows_unknown = (pl.col(s.SLOT) == -1) & ~unlisted
        return done.with_columns(
            pl.when(unlisted)
            .then(pl.lit("listing_unknown"))
            .when(rows_unknown)
            .then(pl.lit("evidence_unknown"))
            .otherwise(pl.col(st.WHY))
            .alias(st.WHY)
        )

    # ------------------------------------------------------------------------------- periods that rows begin

    def _by_rows(
        self,
        bound: pl.DataFrame,
        begun: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        units: pl.DataFrame,
    ) -> pl.DataFrame:
        """A period for each row of a register that begins one; one for all where the register is not known."""
        mine = {i: r.duty.rows for i, r in enumerate(self._duties) if r.duty.rows is not None}
        bound = bound.filter(pl.col(s.DUTY).is_in(list(mine)) & (~pl.col("listed") | pl.col(KNOWN)))
        known = self._known({i: rows.rows.register for i, rows in mine.items()}, bound, units)
        unknown = self._standing_for_all(known.filter(~pl.col("register known")).drop("register known"))
        known = known.filter(pl.col("register known")).drop("register known")
        rows = known.join(begun, left_on=[UNIT, s.DUTY], right_on=[UNIT, KEY], how="inner")
        first_day = pl.when(pl.col("listed")).then(pl.col(START)).otherwise(pl.lit(self._program.frame.first))
        ends = pl.col(s.DUTY).replace_strict(self._last_days(), default=None, return_dtype=pl.Date)
        as_of = pl.lit(self._program.as_of)
        rows = rows.with_columns(first_day.alias("from")).with_columns(
            self._starts("from").alias("from"), pl.min_horizontal(ends, END).alias("to")
        )
        inside = pl.col(DAY).is_null() | ((pl.col("from") <= pl.col(DAY)) & (pl.col(DAY) <= pl.col("to")))
        rows = rows.filter((pl.col("from") <= pl.col("to")) & inside)
        begin = pl.coalesce(DAY, "from")
        rows = rows.filter(begin <= as_of)
        found = rows.with_columns(
            pl.col(ROW).cast(pl.Int32).alias(s.SLOT),
            begin.alias(s.FIRST),
            begin.dt.year().cast(pl.Int32).alias(s.FOR_YEAR),
            pl.min_horizontal(as_of, END).alias(s.LAST),
            pl.lit(False).alias(s.SHORT),
            pl.lit(None, pl.Date).alias(s.DUE),
            pl.lit(False).alias(s.PROVISIONAL),
            pl.lit(True).alias(s.WAITS),
            (~pl.col(CERTAIN) | pl.col(DAY).is_null()).alias(st.UNSURE),
        ).drop(CERTAIN, DAY, YEAR, "from", "to")
        return pl.concat([self._named(found, mine, registers), unknown], how="diagonal_relaxed")

    def _named(
        self, found: pl.DataFrame, mine: Mapping[int, Any], registers: Mapping[str, pl.DataFrame]
    ) -> pl.DataFrame:
        """The id of each period: the key of its row, or the row's number."""
        parts = []
        for register in dict.fromkeys(rows.rows.register for rows in mine.values()):
            numbers = [i for i, rows in mine.items() if rows.rows.register == register]
            some = found.filter(pl.col(s.DUTY).is_in(numbers))
            key = self._program.policy.registers[register].key
            name = pl.col(ROW).cast(pl.String)
            if key is not None and registers[register].schema[key] == pl.String:
                names = registers[register].select(UNIT, ROW, pl.col(key).alias("name"))
                some = some.join(names, on=[UNIT, ROW], how="left")
                name = pl.when(pl.col("name").str.len_chars() > 0).then(pl.col("name")).otherwise(name)
                parts.append(some.with_columns(name.alias(s.PERIOD)).drop("name"))
            else:
                parts.append(some.with_columns(name.alias(s.PERIOD)))
        return pl.concat(parts) if parts else found.with_columns(pl.lit("").alias(s.PERIOD))

    def _known(self, registers: Mapping[int, str], bound: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
        """``bound`` with whether the register of each duty (by number) is known for the unit."""
        named = pl.DataFrame(
            {
                s.DUTY: list(registers),
                "variable": [known_column(register) for register in registers.values()],
            },
            schema={s.DUTY: pl.Int32, "variable": pl.String},
        )
        on = list(dict.fromkeys(known_column(register) for register in registers.values()))
        long = units.select(UNIT, *on).unpivot(on, index=UNIT, value_name="register known")
        joined = bound.join(named, on=s.DUTY, how="left").join(long, on=[UNIT, "variable"], how="left")
        return joined.drop("variable").with_columns(pl.col("register known").fill_null(True))

    # --------------------------------------------------------------------------------------------- due days

    def _with_due_days(
        self, periods: pl.DataFrame, units: pl.DataFrame, events: pl.DataFrame, before: Sequence[pl.DataFrame]
    ) -> pl.DataFrame:
        """``periods`` with every due day that depends on the unit."""
        plain = periods.filter(~pl.col(s.WAITS) | pl.col(st.UNSURE))
        parts = [plain.with_columns(pl.lit(False).alias(st.EVENT_OPEN), pl.lit(False).alias(st.DUE_MISSING))]
        waiting = periods.filter(pl.col(s.WAITS) & ~pl.col(st.UNSURE))
        for (number,), some in waiting.partition_by(s.DUTY, as_dict=True, maintain_order=True).items():
            assert isinstance(number, int)
            parts.append(self._dated(number, some, units, events, before))
        return pl.concat(parts, how="diagonal_relaxed")

    def _dated(
        self,
        number: int,
        periods: pl.DataFrame,
        units: pl.DataFrame,
        events: pl.DataFrame,
        before: Sequence[pl.DataFrame],
    ) -> pl.DataFrame:
        ready = self._duties[number]
        event = ready.due.due.event
        frame = self._program.frame
        none = pl.lit(None, pl.Date)
        open_: pl.Expr = pl.lit(False)
        missing: pl.Expr = pl.lit(False)
        drop: list[str] = []
        if event is None:
            day = none
        elif event.kind == "listing":
            start = pl.when(pl.col("listed")).then(pl.col(START)).otherwise(pl.lit(frame.first))
            day = pl.max_horizontal(start, pl.lit(frame.first))
        elif event.kind == "delisting":
            day = pl.col(END)
        elif event.kind == "period start":
            day = pl.col(s.FIRST)
        elif event.kind == "period end":
            day = pl.lit(self._last_days()[number])
        elif event.kind == "day":
            day = pl.lit(event.day)
        elif event.kind == "fact":
            column, null = self._facts[event.id]
            periods = periods.join(units.select(UNIT, pl.col(column).alias("event")), on=UNIT, how="left")
            del null
            day, missing, drop = pl.col("event"), pl.col("event").is_null(), ["event"]
        elif event.kind == "duty":
            periods = periods.join(self._fulfilled(event.id, periods, before), on=[UNIT, s.SLOT], how="left")
            day, drop = pl.col("event"), ["event", "perhaps"]
            missing = pl.col("perhaps").fill_null(False)
            open_ = day.is_null() & ~missing
        else:
            periods = self._row_days(ready, number, periods, units, events)
            day, drop = pl.col("event"), ["event", "perhaps"]
            missing = pl.col("perhaps")
            open_ = day.is_null() & ~missing
        known = pl.when(~missing).then(day)
        periods = periods.with_columns(
            known.alias("day"), open_.alias(st.EVENT_OPEN), missing.alias(st.DUE_MISSING)
        ).drop(drop)
        end = self._last_days()[number]
        table = self._due_table(number, periods["day"].unique().to_list(), end)
        return (
            periods.drop(s.DUE, s.PROVISIONAL)
            .join(table, on="day", how="left", nulls_equal=True)
            .with_columns(pl.when(~pl.col(st.EVENT_OPEN)).then(pl.col(s.DUE)).alias(s.DUE))
            .drop("day")
        )

    def _due_table(self, number: int, days: Iterable[date | None], end: date) -> pl.DataFrame:
        """The due day for each day of the event, worked out by the duties' own arithmetic."""
        ready: ReadyDue = self._duties[number].due
        rows = []
        for day in days:
            found = due_day(ready.due, ready.length, EventDay(day), end, self._program.counting)
            rows.append((day, found.day, found.provisional))
        return pl.DataFrame(
            rows, schema={"day": pl.Date, s.DUE: pl.Date, s.PROVISIONAL: pl.Boolean}, orient="row"
        )

    def _fulfilled(self, duty: str, periods: pl.DataFrame, before: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """The day on which another duty was first fulfilled, and whether it may have been earlier."""
        number = next(i for i, ready in enumerate(self._duties) if ready.duty.id == duty)
        theirs = pl.concat(
            [frame.filter(pl.col(s.DUTY) == number) for frame in before], how="diagonal_relaxed"
        )
        met = pl.col(st.STATUS).is_in(["met", "met_late"])
        first = theirs.filter(met).group_by(UNIT).agg(pl.col(st.DONE).min().alias("event"))
        perhaps = theirs.filter((met & pl.col(st.DONE).is_null()) | (pl.col(st.STATUS) == "unknown"))
        earliest = perhaps.group_by(UNIT).agg(pl.col(s.FIRST).min().alias("earliest"))
        both = (
            periods.select(UNIT, s.SLOT).join(first, on=UNIT, how="left").join(earliest, on=UNIT, how="left")
        )
        unsure = pl.col("earliest").is_not_null() & (
            pl.col("event").is_null() | (pl.col("earliest") < pl.col("event"))
        )
        return both.with_columns(unsure.alias("perhaps")).drop("earliest")

    def _row_days(
        self,
        ready: ReadyDuty,
        number: int,
        periods: pl.DataFrame,
        units: pl.DataFrame,
        events: pl.DataFrame,
    ) -> pl.DataFrame:
        """The first or latest day of rows between listing and delisting; not known if a row that may be one is open."""
        event = ready.due.due.event
        assert event is not None and event.rows is not None
        as_of = pl.lit(self._program.as_of)
        start = pl.when(pl.col("listed")).then(pl.col(START)).otherwise(pl.lit(self._program.frame.first))
        mine = events.filter(pl.col(KEY) == number).drop(KEY, ROW, YEAR)
        joined = periods.select(UNIT, s.SLOT, START, END, "listed").join(mine, on=UNIT, how="inner")
        inside = (start <= pl.col(DAY)) & (pl.col(DAY) <= pl.min_horizontal(as_of, END))
        joined = joined.filter(pl.col(DAY).is_null() | inside)
        day = pl.col(DAY).min() if event.rows.which == "first" else pl.col(DAY).max()
        open_rows = (pl.col(DAY).is_null() | ~pl.col(CERTAIN)).any()
        found = joined.group_by(UNIT, s.SLOT).agg(day.alias("event"), open_rows.alias("perhaps"))
        known = known_column(event.rows.rows.register)
        whole = periods.join(found, on=[UNIT, s.SLOT], how="left").join(
            units.select(UNIT, pl.col(known).alias("there")), on=UNIT, how="left"
        )
        return whole.with_columns(
            (pl.col("perhaps").fill_null(False) | ~pl.col("there")).alias("perhaps")
        ).drop("there")

    # --------------------------------------------------------------------------------------------- evidence

    def _shown(
        self,
        periods: pl.DataFrame,
        evidence: pl.DataFrame,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
    ) -> pl.DataFrame:
        """``periods`` with what shows that they were fulfilled, counted."""
        by_rows = {
            i: ready.duty.evidence.rows.register
            for i, ready in enumerate(self._duties)
            if isinstance(ready.duty.evidence, RowEvidence)
        }
        periods = (
            self._known(by_rows, periods, units)
            .with_columns((~pl.col("register known")).alias(st.NO_EVIDENCE))
            .drop("register known")
        )
        proofs = [self._row_proofs(periods, evidence)]
        for number, ready in enumerate(self._duties):
            shown = ready.duty.evidence
            if isinstance(shown, FactEvidence | SameRowEvidence):
                some = periods.filter(pl.col(s.DUTY) == number)
                if some.is_empty():
                    continue
                if isinstance(shown, FactEvidence):
                    found, unknown = self._fact_proofs(shown, some, units)
                    periods = (
                        periods.join(unknown, on=_OF, how="left")
                        .with_columns(
                            pl.col("fact unknown").fill_null(pl.col(st.NO_EVIDENCE)).alias(st.NO_EVIDENCE)
                        )
                        .drop("fact unknown")
                    )
                    proofs.append(found)
                else:
                    proofs.append(self._same_row_proofs(shown, ready, some, registers))
        counted = self._counted(pl.concat(proofs, how="diagonal_relaxed"))
        return periods.join(counted, on=_OF, how="left")

    def _row_proofs(self, periods: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
        with_year = [
            i
            for i, ready in enumerate(self._duties)
            if isinstance(ready.duty.evidence, RowEvidence) and ready.duty.evidence.period is not None
        ]
        joined = periods.select(*_OF, s.FIRST, s.LAST, s.DUE, s.FOR_YEAR, st.NEED).join(
            evidence.drop(ROW), left_on=[UNIT, s.DUTY], right_on=[UNIT, KEY], how="inner"
        )
        inside = (pl.col(s.FIRST) <= pl.col(DAY)) & (pl.col(DAY) <= pl.col(s.LAST))
        of_year = pl.col(s.DUTY).is_in(with_year)
        right_year = ~of_year | pl.col(YEAR).is_null() | (pl.col(YEAR) == pl.col(s.FOR_YEAR))
        certain = pl.col(CERTAIN) & (~of_year | pl.col(YEAR).is_not_null())
        return joined.filter((pl.col(DAY).is_null() | inside) & right_year).select(
            *_OF, s.DUE, st.NEED, certain.alias(CERTAIN), DAY
        )

    def _fact_proofs(
        self, evidence: FactEvidence, periods: pl.DataFrame, units: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What a fact shows, and the periods for which it is not known."""
        column, null = self._facts[evidence.fact]
        unknown = pl.col(column).is_null()
        if null is not None:
            unknown = unknown & ~pl.col(null)
        columns = [UNIT, pl.col(column).alias("true"), unknown.alias("fact unknown")]
        if evidence.date is not None:
            columns.append(pl.col(self._facts[evidence.date][0]).alias(DAY))
        joined = periods.join(units.select(columns), on=UNIT, how="left")
        done = joined.filter(pl.col("true").fill_null(False))
        as_of = pl.lit(self._program.as_of)
        day = pl.col(s.FIRST) if evidence.date is None else pl.col(DAY)
        done = done.with_columns(day.alias(DAY)).filter(pl.col(DAY).is_null() | (pl.col(DAY) <= as_of))
        # Nobody asks when: it counts as done on the first day, and has no day of its own.
        untold = pl.lit(evidence.date is None)
        found = done.select(*_OF, s.DUE, st.NEED, pl.lit(True).alias(CERTAIN), DAY, untold.alias("untold"))
        return found, joined.select(*_OF, "fact unknown")

    def _same_row_proofs(
        self,
        evidence: SameRowEvidence,
        ready: ReadyDuty,
        periods: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
    ) -> pl.DataFrame:
        """A date column of the row itself; a blank cell says neither that it was done nor that it was not."""
        assert ready.duty.rows is not None
        rows = registers[ready.duty.rows.rows.register].select(UNIT, ROW, pl.col(evidence.date).alias(DAY))
        joined = periods.filter(~pl.col(st.UNSURE)).join(rows, on=[UNIT, ROW], how="inner")
        joined = joined.filter(pl.col(DAY).is_null() | (pl.col(DAY) <= pl.col(s.LAST)))
        return joined.select(*_OF, s.DUE, st.NEED, pl.col(DAY).is_not_null().alias(CERTAIN), DAY)

    def _counted(self, proofs: pl.DataFrame) -> pl.DataFrame:
        """What ``statuses`` asks of the rows of each period."""
        if "untold" not in proofs.columns:
            proofs = proofs.with_columns(pl.lit(False).alias("untold"))
        sure = pl.col(CERTAIN) & pl.col(DAY).is_not_null()
        in_time = pl.col(DAY) <= pl.col(s.DUE)
        day = pl.col(DAY)
        nth = day.filter(sure).sort().slice(pl.col(st.NEED).first() - 1, 1).first()
        parts = []
        for single in (True, False):
            some = proofs.filter((pl.col(st.NEED) == 1) == single)
            counts = some.group_by(_OF).agg(
                sure.cast(pl.Int64).sum().alias(st.SURE),
                (~sure).cast(pl.Int64).sum().alias(st.OPEN),
                (sure & in_time).cast(pl.Int64).sum().alias(st.IN_TIME),
                (~sure & (day.is_null() | in_time)).cast(pl.Int64).sum().alias(st.OPEN_IN_TIME),
                (~sure & pl.col(CERTAIN)).cast(pl.Int64).sum().alias(st.OPEN_CERTAIN),
                (day.filter(sure).min() if single else nth).alias(st.DONE),
                (~sure & day.is_null()).any().alias("undated"),
                day.filter(~sure).min().alias("earliest"),
                pl.col("untold").fill_null(False).any(),
            )
            parts.append(counts)
        counted = pl.concat(parts)
        earlier = (
            pl.col("undated") | (pl.col("earliest") < pl.col(st.DONE)).fill_null(False) | pl.col("untold")
        )
        return counted.with_columns(earlier.alias(st.DONE_OPEN)).drop("undated", "earliest", "untold")


def duty_table(instances: pl.DataFrame, program: DutyProgram, places: pl.DataFrame) -> pl.DataFrame:
    """The result: place, unit, duty, period, status, why, due, provisional and done, in order."""
    ids = [ready.duty.id for ready in program.duties]
    order = {id_: i for i, id_ in enumerate(program.policy.duties)}
    names = pl.DataFrame(
        {s.DUTY: range(len(ids)), "id": ids, ":order": [order[id_] for id_ in ids]},
        schema={s.DUTY: pl.Int32, "id": pl.String, ":order": pl.Int32},
    )
    found = instances.join(names, on=s.DUTY).join(places, on=UNIT)
    return found.sort(PLACE, ":order", s.SLOT).select(
        PLACE,
        UNIT,
        pl.col("id").alias("duty"),
        pl.col(s.PERIOD).alias("period"),
        st.STATUS,
        st.WHY,
        s.DUE,
        s.PROVISIONAL,
        st.DONE,
    )
