"""Where a unit stands in a procedure, and which steps broke its order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from engine.duties.due import EventDay, due_day
from engine.duties.nouns import DueDay, Holder, ProcedureRun, Proof, Spell, StepRun, Violation
from engine.duties.program import DutyProgram, ReadyDue, ReadyProcedure
from engine.language.values import Unknown, Value
from engine.project.dated_rows import THE_UNIT
from engine.project.duty import Party, Step

_ONE = timedelta(days=1)


class _Taken(NamedTuple):
    """A row that takes a step: its day and actor, None where they are not known."""

    row: int
    day: date | None
    actor: str | None
    missing: frozenset[str]


class Procedures:
    """Follows the procedures of one program, unit by unit."""

    def __init__(self, program: DutyProgram) -> None:
        self._program = program

    def of(
        self,
        values: Mapping[str, Value],
        spells: tuple[Spell, ...],
        parties: Mapping[Party, Holder],
        unit_name: str,
    ) -> tuple[ProcedureRun, ...]:
        """One run for each spell (or one for the whole plan), oldest first."""
        runs = []
        for ready in self._program.procedures:
            own = spells
            if ready.procedure.span == "in force":
                own = (Spell(1, self._program.frame.first, None),)
            for i, spell in enumerate(own):
                following = own[i + 1].start if i + 1 < len(own) else None
                until = self._program.as_of if following is None else following - _ONE
                runs.append(_Run(self._program, ready, values, spell, until, parties, unit_name).made())
        return tuple(runs)


class _Run:
    """One run: the rows dated from the listing to the day before the next one."""

    def __init__(
        self,
        program: DutyProgram,
        ready: ReadyProcedure,
        values: Mapping[str, Value],
        spell: Spell,
        until: date,
        parties: Mapping[Party, Holder],
        unit_name: str,
    ) -> None:
        self._program = program
        self._ready = ready
        self._values = values
        self._spell = spell
        self._until = until
        self._parties = parties
        self._unit_name = unit_name

    def made(self) -> ProcedureRun:
        procedure = self._ready.procedure
        runs: list[StepRun] = []
        violations: list[Violation] = []
        latest: tuple[str, date] | None = None
        days: dict[str, EventDay] = {}
        for step in procedure.steps:
            run, wrong = self._step(step, latest[1] if latest is not None else None)
            if wrong:
                violations.append(Violation(step.id, "wrong_actor"))
            if run.state == "done" and run.day is not None:
                if latest is not None and run.day < latest[1]:
                    violations.append(Violation(step.id, "out_of_order", latest[0]))
                else:
                    latest = (step.id, run.day)
            ready = self._ready.due.get(step.id)
            if ready is not None:
                run = run._replace(due=self._due(ready, days))
            days[step.id] = EventDay(run.day, run.state == "not_done", run.open_cells)
            runs.append(run)
        flagged = {violation.step for violation in violations}
        last_done = max((i for i, run in enumerate(runs) if run.state == "done"), default=0)
        for i, run in enumerate(runs[:last_done]):
            if run.state == "not_done":
                runs[i] = run._replace(state="missing")
                if run.step.id not in flagged:
                    violations.append(Violation(run.step.id, "missing"))
        order = {step.id: i for i, step in enumerate(procedure.steps)}
        violations.sort(key=lambda violation: order[violation.step])
        return ProcedureRun(procedure, self._spell.number, tuple(runs), tuple(violations), _next(runs))

    def _step(self, step: Step, after: date | None) -> tuple[StepRun, bool]:
        """The step's run, and whether only others than its actors have taken it."""
        if step.value is None:
            end = self._spell.end
            if end is None:
                return StepRun(step, "not_done", None, (), None, ()), False
            return StepRun(step, "done", end, (), None, ()), False
        rows = self._rows(step)
        if isinstance(rows, frozenset):
            return StepRun(step, "unknown", None, (), None, (), rows), False
        names = self._names(step)
        own = [row for row in rows if names is None or row.actor is None or row.actor in names]
        unsure = frozenset(name for row in own for name in row.missing)
        wanted = names if step.by_all and names is not None else ("",)
        taken = []
        for name in wanted:
            mine = [row for row in own if not name or row.actor in (name, None)]
            chosen = _chosen(mine, after)
            if chosen is None:
                wrong = any(not row.missing for row in rows) and not own
                return StepRun(step, "unknown" if unsure else "not_done", None, (), None, (), unsure), wrong
            taken.append(chosen)
        days = [row.day for row in taken if row.day is not None]
        register = self._ready.procedure.register
        proofs = tuple(Proof(register, row.row, row.day, not row.missing) for row in taken)
        actors = tuple(row.actor for row in taken if row.actor is not None)
        if len(days) < len(taken) or any(row.missing for row in taken):
            return StepRun(step, "unknown", None, actors, None, proofs, unsure), False
        return StepRun(step, "done", max(days), actors, None, proofs), False

    def _rows(self, step: Step) -> list[_Taken] | frozenset[str]:
        """The rows of this run that take, or may take, the step."""
        procedure = self._ready.procedure
        rows = self._values[procedure.register]
        if isinstance(rows, Unknown):
            return rows.facts
        assert isinstance(rows, tuple)
        found = []
        for number, row in enumerate(rows, start=1):
            assert isinstance(row, Mapping)
            named, day = row[procedure.step_column], row[procedure.date_column]
            actor = None if procedure.actor_column is None else row[procedure.actor_column]
            missing = frozenset(
                name for cell in (named, day, actor) if isinstance(cell, Unknown) for name in cell.facts
            )
            if not isinstance(named, Unknown) and named != step.value:
                continue
            if isinstance(day, date) and not self._within(day):
                continue
            found.append(
                _Taken(
                    number,
                    day if isinstance(day, date) else None,
                    actor if isinstance(actor, str) else None,
                    missing,
                )
            )
        return found

    def _within(self, day: date) -> bool:
        return (self._spell.start is None or day >= self._spell.start) and day <= self._until

    def _names(self, step: Step) -> tuple[str, ...] | None:
        """Who may take the step; None if anybody may, or if it cannot be told who."""
        if not step.by or self._ready.procedure.actor_column is None:
            return None
        names: list[str] = []
        for party in step.by:
            holder = self._parties[party]
            if party.kind == "unit":
                names += [*THE_UNIT[:1], self._unit_name] if not step.by_all else [THE_UNIT[0]]
            elif holder.names:
                names += holder.names
            else:
                # The table names nobody now, or not yet; whoever it may name is accepted.
                table = self._program.policy.tables[party.id]
                names += [row.then for row in table.rows]
        return tuple(dict.fromkeys(names))

    def _due(self, ready: ReadyDue, days: Mapping[str, EventDay]) -> DueDay:
        event = ready.due.event
        frame = self._program.frame
        day = EventDay(None, True)
        if event is not None and event.kind == "step":
            day = days[event.id]
        elif event is not None and event.kind == "listing":
            day = EventDay(self._spell.start)
        elif event is not None and event.kind == "delisting":
            day = EventDay(self._spell.end, self._spell.end is None)
        elif event is not None and event.kind == "day":
            day = EventDay(event.day)
        return due_day(ready.due, ready.length, day, frame.last, self._program.counting)


def _chosen(rows: list[_Taken], after: date | None) -> _Taken | None:
    """The row that keeps the order best: the first on or after ``after``, else the latest before it."""
    dated = sorted((row.day, row.row, row) for row in rows if row.day is not None and not row.missing)
    fitting = [row for day, _, row in dated if after is None or day >= after]
    if fitting:
        return fitting[0]
    unsure = [row for row in rows if row.missing]
    if unsure:
        return unsure[0]
    return dated[-1][2] if dated else None


def _next(runs: list[StepRun]) -> str | None:
    for run in runs:
        if run.state == "unknown":
            return None
        if run.state in ("not_done", "missing"):
            return run.step.id
    return None
