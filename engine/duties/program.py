"""A policy's duties, procedures and measures made ready for one as-of date: filters compiled, lengths computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from engine.duties.due import Counting
from engine.duties.measure_policy import measure_policy
from engine.duties.periods import Frame
from engine.duties.rows import Matcher, matcher
from engine.inference.evaluation import Program
from engine.inference.preparation import PrepareError, prepare
from engine.language import compile
from engine.language.syntax import Expr
from engine.language.values import Value, YearsMonths
from engine.project.duty import (
    DatedRows,
    Due,
    Duty,
    DutyOccasions,
    Ladder,
    Lapse,
    Measure,
    Procedure,
    RowEvidence,
    SameRowEvidence,
)
from engine.project.policy import AS_OF, Policy
from engine.project.stratify import stratify


@dataclass(frozen=True)
class ReadyDue:
    """A due date with the value of its lapse and, if rows date its event, their matcher."""

    due: Due
    length: Value = None
    rows: Matcher | None = None

    @property
    def fixed(self) -> bool:
        """Whether it depends on the period and the listing alone, not on what a unit has done."""
        event = self.due.event
        return event is None or event.kind in ("listing", "delisting", "period start", "period end", "day")


@dataclass(frozen=True)
class ReadyDuty:
    """A duty with its node in the network, its evidence and the rows that begin its periods, ready to run."""

    duty: Duty
    applies: int
    due: ReadyDue
    need: int
    evidence: Matcher | None
    rows: Matcher | None
    #: One row of a register by a day that depends on the period alone.
    simple: bool = False


@dataclass(frozen=True)
class ReadyMeasure:
    """A measure with its evidence and due date; ``start``: the occasions from which its rung counts, or 0."""

    measure: Measure
    due: ReadyDue | None
    evidence: Matcher | None
    start: int = 0


@dataclass(frozen=True)
class ReadyLadder:
    """A ladder with what it counts, and whether only occasions in a row do."""

    ladder: Ladder
    in_a_row: bool
    occasions: Matcher | None
    broken_by: Matcher | None


@dataclass(frozen=True)
class ReadyProcedure:
    """A procedure with the due dates of its steps, by step id."""

    procedure: Procedure
    due: Mapping[str, ReadyDue]


@dataclass(frozen=True, eq=False)
class DutyProgram:
    """What the duty stage needs besides the screening's program. ``measures``: the program of their own network.

    ``duties`` come in an order in which each follows the one its due date waits for.
    """

    program: Program
    measures: Program
    frame: Frame
    counting: Counting
    duties: tuple[ReadyDuty, ...]
    procedures: tuple[ReadyProcedure, ...]
    ladders: tuple[ReadyLadder, ...]
    ready_measures: tuple[ReadyMeasure, ...]
    listed: Matcher | None
    delisted: Matcher | None

    @property
    def policy(self) -> Policy:
        """The policy, with all rules of all stages."""
        return self.program.policy

    @property
    def as_of(self) -> date:
        """The as-of date."""
        return self.program.as_of


def prepare_duties(program: Program) -> DutyProgram:
    """The duty stage of ``program``, at its as-of date and with its parameters.

    Raises PrepareError for a parameter that gives no usable length or number.
    """
    return _Preparation(program).made()


class _Preparation:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._policy = program.policy
        self._constants: dict[str, Value] = {**program.parameters, AS_OF: program.as_of}
        registers = self._policy.registers
        self._columns = {id_: frozenset(register.columns) for id_, register in registers.items()}

    def made(self) -> DutyProgram:
        policy = self._policy
        waits = {
            id_: [d.due.event.id] if d.due.event is not None and d.due.event.kind == "duty" else []
            for id_, d in policy.duties.items()
        }
        rungs = {
            rung.measure: self._number(rung.start, ladder.id)
            for ladder in policy.ladders.values()
            for rung in ladder.rungs
        }
        in_a_row = {id_: self._in_a_row(ladder) for id_, ladder in policy.ladders.items()}
        second = measure_policy(policy)
        measures = prepare(second, self._program.as_of, self._program.parameters)
        # All parameters were handed over; only those that the caller changed count as changed.
        measures = replace(measures, overridden=self._program.overridden)
        listing = policy.listing
        last = policy.last_day or date.max
        return DutyProgram(
            program=self._program,
            measures=measures,
            frame=Frame(policy.effective, last, tuple(policy.timetable.phases.values()), self._shortest()),
            counting=Counting(
                policy.timetable.first_day == "included",
                policy.timetable.last_day == "moves to the next working day",
            ),
            duties=tuple(self._duty(policy.duties[id_]) for id_ in stratify(waits).order),
            procedures=tuple(
                ReadyProcedure(p, {s.id: self._due(s.due) for s in p.steps if s.due is not None})
                for p in policy.procedures.values()
            ),
            ladders=tuple(self._ladder(ladder, in_a_row[id_]) for id_, ladder in policy.ladders.items()),
            ready_measures=tuple(self._measure(m, rungs.get(m.id, 0)) for m in policy.measures.values()),
            listed=None if listing is None else self._rows(listing.listed),
            delisted=None if listing is None else self._rows(listing.delisted),
        )

    def _duty(self, duty: Duty) -> ReadyDuty:
        evidence, need = None, 1
        if isinstance(duty.evidence, RowEvidence):
            evidence = matcher(duty.evidence.rows, self._constants, self._columns)
            need = self._number(duty.evidence.need, duty.id)
        assert duty.rows is not None or not isinstance(duty.evidence, SameRowEvidence)
        rows = None if duty.rows is None else self._rows(duty.rows)
        due = self._due(duty.due)
        simple = due.fixed and need == 1 and evidence is not None and rows is None
        return ReadyDuty(duty, self._program.applies[duty.id], due, need, evidence, rows, simple)

    def _measure(self, measure: Measure, start: int) -> ReadyMeasure:
        evidence = None
        if measure.evidence is not None:
            evidence = matcher(measure.evidence.rows, self._constants, self._columns)
        return ReadyMeasure(measure, None if measure.due is None else self._due(measure.due), evidence, start)

    def _ladder(self, ladder: Ladder, in_a_row: bool) -> ReadyLadder:
        occasions = None if isinstance(ladder.occasions, DutyOccasions) else self._rows(ladder.occasions)
        broken_by = None if ladder.broken_by is None else self._rows(ladder.broken_by)
        return ReadyLadder(ladder, in_a_row, occasions, broken_by)

    def _in_a_row(self, ladder: Ladder) -> bool:
        if isinstance(ladder.in_a_row, bool):
            return ladder.in_a_row
        return self._program.parameters[ladder.in_a_row] in ("连续", "in a row")

    def _due(self, due: Due) -> ReadyDue:
        length = None if due.lapse is None else self._length(due.lapse)
        rows = None
        if due.event is not None and due.event.rows is not None:
            rows = self._rows(due.event.rows)
        return ReadyDue(due, length, rows)

    def _rows(self, rows: DatedRows) -> Matcher:
        return matcher(rows.rows, self._constants, self._columns)

    def _shortest(self) -> YearsMonths | timedelta | None:
        lapse = self._policy.timetable.shortest_part
        if lapse is None:
            return None
        length = self._length(lapse)
        return length if isinstance(length, YearsMonths | timedelta) else None

    def _length(self, lapse: Lapse) -> Value:
        value = compile(lapse.length)(self._constants)
        wanted: type | tuple[type, ...] = (
            Decimal if lapse.unit == "working days" else (YearsMonths, timedelta)
        )
        if not isinstance(value, wanted):
            raise PrepareError("no-length", found=lapse.written)
        return value

    def _number(self, expression: Expr, rule: str) -> int:
        value = compile(expression)(self._constants)
        if not isinstance(value, Decimal) or value < 1:
            raise PrepareError("no-number", rule=rule)
        return int(value.to_integral_value("ROUND_CEILING"))
