"""Where many units stand in a procedure (see ``engine.duties.procedures``): each step in turn, for all of them at once.

Rows with a blank cell leave several readings open; units with such rows go the other way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from engine.batch.cells import NotColumnar
from engine.batch.duties.listings import END, KNOWN, START
from engine.batch.layout import UNIT, known_column
from engine.batch.network import AND, BROKEN
from engine.batch.parts import UNIT_NAME
from engine.duties.program import DutyProgram
from engine.project.dated_rows import THE_UNIT
from engine.project.duty import Party, Procedure, ProcedureTest, Step

_LATEST, _DAY, _ACTOR = ":latest", ":day", ":actor"


def tables_named(program: DutyProgram) -> list[str]:
    """The decision tables that say who may take a step."""
    steps = [step for procedure in program.policy.procedures.values() for step in procedure.steps]
    return list(dict.fromkeys(party.id for step in steps for party in step.by if party.kind == "table"))


def choice_column(table: str) -> str:
    """The column of the unit table with the outcome of a decision table."""
    return f":choice {table}"


class ProcedureColumns:
    """The procedures of a program."""

    def __init__(self, program: DutyProgram) -> None:
        self._program = program
        for procedure in program.policy.procedures.values():
            for step in procedure.steps:
                if step.by_all and any(party.kind == "table" for party in step.by):
                    raise NotColumnar("batch.why.step-by-all")

    def open_units(self, registers: Mapping[str, pl.DataFrame]) -> set[int]:
        """The numbers of units with a step whose name, day or actor is blank."""
        found: set[int] = set()
        for procedure in self._program.policy.procedures.values():
            columns = [procedure.step_column, procedure.date_column, procedure.actor_column]
            rows = registers[procedure.register]
            blank = pl.any_horizontal(pl.col(column).is_null() for column in columns if column is not None)
            found |= set(rows.filter(blank)[UNIT].to_list())
        return found

    def stand(
        self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame], tests: Sequence[ProcedureTest]
    ) -> pl.DataFrame:
        """``units`` with the truth of each test under its name, null where it is not known."""
        for procedure in self._program.policy.procedures.values():
            mine = [test for test in tests if test.procedure == procedure.id]
            if mine:
                units = self._followed(units, registers[procedure.register], procedure, mine)
        return units

    def _followed(
        self, units: pl.DataFrame, rows: pl.DataFrame, procedure: Procedure, tests: Sequence[ProcedureTest]
    ) -> pl.DataFrame:
        in_force = procedure.span == "in force"
        start = pl.lit(self._program.frame.first) if in_force else pl.col(START)
        end = pl.lit(None, pl.Date) if in_force else pl.col(END)
        blank = pl.lit(None, pl.Date)
        run = units.select(
            UNIT, UNIT_NAME, known_column(procedure.register), start.alias(START), end.alias(END),
            *[choice_column(p.id) for p in _tables(procedure)], blank.alias(_LATEST), pl.lit(False).alias("violated"),
        )  # fmt: skip
        actor = pl.lit("") if procedure.actor_column is None else pl.col(procedure.actor_column)
        taken = rows.select(
            UNIT,
            pl.col(procedure.step_column).alias("step"),
            pl.col(procedure.date_column).alias(_DAY),
            actor.alias(_ACTOR),
        )
        taken = taken.join(run.select(UNIT, START), on=UNIT)
        taken = taken.filter((pl.col(_DAY) >= pl.col(START)) & (pl.col(_DAY) <= pl.lit(self._program.as_of)))
        days = []
        for number, step in enumerate(procedure.steps):
            run = self._step(
                run, taken.drop(START), step, f"day {number}", procedure.actor_column is not None
            )
            days.append(f"day {number}")
        return units.join(
            self._tested(run, procedure, days, tests), on=UNIT, how="left", maintain_order="left"
        )

    def _step(
        self, run: pl.DataFrame, taken: pl.DataFrame, step: Step, day: str, acted: bool
    ) -> pl.DataFrame:
        """``run`` with the day on which the step was taken, and whether it broke the order or the rule who takes it."""
        if step.value is None:
            run = run.with_columns(pl.col(END).alias(day))
            wrong = pl.lit(False)
        else:
            rows = taken.filter(pl.col("step") == step.value).join(run, on=UNIT)
            own = rows.filter(self._allowed(step.by, step.by_all)) if step.by and acted else rows
            fits = pl.col(_LATEST).is_null() | (pl.col(_DAY) >= pl.col(_LATEST))
            chosen = pl.coalesce(pl.col(_DAY).filter(fits).min(), pl.col(_DAY).max())
            if step.by_all and step.by and acted:
                by_actor = own.group_by(UNIT, _ACTOR).agg(chosen.alias(day))
                wanted = len({name for party in step.by for name in _fixed(party)})
                whole = by_actor.group_by(UNIT).agg(pl.col(day).max(), pl.len().alias("actors"))
                found = whole.with_columns(pl.when(pl.col("actors") == wanted).then(day).alias(day)).drop(
                    "actors"
                )
            else:
                found = own.group_by(UNIT).agg(chosen.alias(day))
            there = rows.select(UNIT).unique().with_columns(pl.lit(True).alias("there"))
            mine = own.select(UNIT).unique().with_columns(pl.lit(True).alias("own"))
            run = (
                run.join(found, on=UNIT, how="left")
                .join(there, on=UNIT, how="left")
                .join(mine, on=UNIT, how="left")
            )
            wrong = pl.col("there").is_not_null() & pl.col("own").is_null()
        early = (pl.col(day) < pl.col(_LATEST)).fill_null(False)
        run = run.with_columns(
            (pl.col("violated") | early | wrong).alias("violated"),
            pl.max_horizontal(_LATEST, day).alias(_LATEST),
        )
        return run.drop("there", "own", strict=False)

    def _allowed(self, parties: Sequence[Party], by_all: bool) -> pl.Expr:
        """Whether the actor of a row is one of the parties."""
        actor = pl.col(_ACTOR)
        names = [name for party in parties for name in _fixed(party)]
        allowed = actor.is_in(names)
        for party in parties:
            if party.kind == "unit" and not by_all:
                allowed = allowed | (actor == pl.col(UNIT_NAME).fill_null("")).fill_null(False)
            elif party.kind == "table":
                choice = pl.col(choice_column(party.id))
                # The table names nobody now, or not yet: whoever it may name is accepted.
                nobody = choice.is_null() | (choice == "") | choice.str.starts_with(BROKEN)
                every = [row.then for row in self._program.policy.tables[party.id].rows]
                named = choice.str.split(AND).list.contains(actor).fill_null(False)
                allowed = allowed | pl.when(nobody).then(actor.is_in(every)).otherwise(named)
        return allowed

    def _tested(
        self, run: pl.DataFrame, procedure: Procedure, days: Sequence[str], tests: Sequence[ProcedureTest]
    ) -> pl.DataFrame:
        done = [pl.col(day).is_not_null() for day in days]
        left_out = pl.lit(False)
        for i in range(len(done)):
            later = pl.any_horizontal(done[i + 1 :]) if done[i + 1 :] else pl.lit(False)
            left_out = left_out | (~done[i] & later)
        known = pl.col(known_column(procedure.register))
        # Of a step that no row takes, the delisting, the listing tells.
        told = [known if step.value is not None else pl.lit(True) for step in procedure.steps]
        undone = pl.any_horizontal(t & ~d for t, d in zip(told, done, strict=True))
        completed: pl.Expr = pl.when(undone).then(False).when(known).then(True)
        violated: pl.Expr = pl.when(known).then(pl.col("violated") | left_out)
        if all(step.value is None for step in procedure.steps):
            completed, violated = pl.all_horizontal(done), pl.col("violated") | left_out
        in_force = procedure.span == "in force"
        begun = pl.lit(True) if in_force else pl.col(START).is_not_null()
        columns = []
        for test in tests:
            truth: pl.Expr = violated if test.is_ == "violated" else completed
            if test.is_ == "done":
                place = next(i for i, step in enumerate(procedure.steps) if step.id == test.step)
                truth = pl.when(told[place]).then(done[place])
            columns.append(pl.when(begun).then(truth).otherwise(False).alias(test.name))
        return run.select(UNIT, *columns)


def unknown_spells(units: pl.DataFrame, program: DutyProgram, tests: Sequence[ProcedureTest]) -> pl.DataFrame:
    """How a procedure stands that a listing begins is not known where the listing is not."""
    listed = [t.name for t in tests if program.policy.procedures[t.procedure].span == "listed"]
    return units.with_columns(pl.when(pl.col(KNOWN)).then(pl.col(name)).alias(name) for name in listed)


def _tables(procedure: Procedure) -> list[Party]:
    return list(dict.fromkeys(p for step in procedure.steps for p in step.by if p.kind == "table"))


def _fixed(party: Party) -> tuple[str, ...]:
    """The names of a party that are the same for all units."""
    if party.kind == "unit":
        return (THE_UNIT[0],)
    return () if party.kind == "table" else (party.id,)
