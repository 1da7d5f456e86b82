"""The second stage: what became of duties and procedures as facts, and the measures that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from engine.duties.due import EventDay, due_day
from engine.duties.events import row_day
from engine.duties.ladders import Climbed, climb
from engine.duties.measure_policy import LISTED_NOW, finding_name, findings_read, occasions_name
from engine.duties.nouns import DueDay, Instance, MeasureOutcome, ProcedureRun, Proof, Spell
from engine.duties.program import DutyProgram, ReadyMeasure
from engine.duties.rows import Match, dated
from engine.duties.unit import Unit
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Evaluation
from engine.inference.evaluator import Prepared
from engine.inference.leaves import LeafDecider
from engine.language.values import Interval, Unknown, Value
from engine.project.duty import DutyTest, Ladder, ProcedureTest
from engine.project.policy import Condition, Leaf


class Stage(NamedTuple):
    """What the second stage starts from, and what it needs again for the measures' days."""

    prepared: Prepared
    climbed: Mapping[str, Climbed]


class MeasureStage:
    """Prepares units for the measures' network and reads its conclusions."""

    def __init__(self, program: DutyProgram) -> None:
        self._program = program
        self._contexts = ContextBuilder(program.measures)
        self._decider = LeafDecider(program.measures, self._contexts)
        policy = program.policy
        self._tests = tuple(policy.duty_tests.values())
        self._findings = findings_read(policy)
        self._rung_of: dict[str, tuple[Ladder, int]] = {
            rung.measure: (ladder, i)
            for ladder in policy.ladders.values()
            for i, rung in enumerate(ladder.rungs)
        }
        self._start = {ready.measure.id: ready.start for ready in program.ready_measures}
        self._leaves = {
            measure.id: tuple(leaves_of(measure.when)) if measure.when is not None else ()
            for measure in policy.measures.values()
        }

    def prepare(self, unit: Unit, instances: Sequence[Instance], procedures: Sequence[ProcedureRun]) -> Stage:
        """The context of the second stage, and its leaves decided."""
        first = unit.evaluation
        spells = unit.spells.spells
        values: dict[str, Value] = dict(first.context.values)
        values[LISTED_NOW] = _listed(unit)
        for rule in self._findings:
            truth = first.finding(rule)
            values[finding_name(rule)] = (
                Unknown(frozenset(first.unknown_facts(first.program.network.rules[rule])))
                if truth is None
                else truth
            )
        latest = spells[-1].number if spells else 0
        for test in self._tests:
            if isinstance(test, DutyTest):
                values[test.name] = _periods(test, instances, latest)
            else:
                values[test.name] = self._stands(test, procedures, unit)
        climbed = {}
        for ladder in self._program.ladders:
            found = climb(ladder, self._program, values, unit.row_index, unit.spells, instances)
            climbed[ladder.ladder.id] = found
            values[occasions_name(ladder.ladder.id)] = _number(found.low, found.high, found.missing)
        context = Context(values, first.context.reasons, first.context.conflicts, first.context.used)
        leaves, open_facts = self._decider.decide(context)
        return Stage((context, leaves, open_facts), climbed)

    def _stands(self, test: ProcedureTest, procedures: Sequence[ProcedureRun], unit: Unit) -> Value:
        """How a procedure stands; not known where the listings that begin it are not."""
        if not unit.spells.known and self._program.policy.procedures[test.procedure].span == "listed":
            return Unknown(unit.spells.missing)
        return _stands(test, procedures)

    def outcomes(
        self, unit: Unit, instances: Sequence[Instance], stage: Stage, measured: Evaluation
    ) -> tuple[MeasureOutcome, ...]:
        """Every measure, in the policy's order."""
        spells = unit.spells.spells
        truths = {
            ready.measure.id: measured.finding(ready.measure.id) for ready in self._program.ready_measures
        }
        found = []
        for ready in self._program.ready_measures:
            id_ = ready.measure.id
            truth = truths[id_]
            missing = frozenset[str]()
            if truth is None:
                missing = frozenset(measured.unknown_facts(measured.program.network.rules[id_]))
            number = spells[-1].number if spells and ready.measure.span == "listed" else 1
            outcome = MeasureOutcome(ready.measure, truth, number, missing=missing)
            if truth is True:
                outcome = self._dated(ready, outcome, unit, instances, stage)
                outcome = outcome._replace(superseded_by=self._higher(id_, truths))
            elif ready.evidence is not None and truth is False:
                outcome = self._taken(ready, outcome, unit, None)
            found.append(outcome)
        return tuple(found)

    def _higher(self, measure: str, truths: Mapping[str, bool | None]) -> str | None:
        """The next rung of the same ladder that holds as well."""
        if measure not in self._rung_of:
            return None
        ladder, position = self._rung_of[measure]
        above = [rung.measure for rung in ladder.rungs[position + 1 :] if truths[rung.measure] is True]
        return above[0] if above else None

    def _dated(
        self,
        ready: ReadyMeasure,
        outcome: MeasureOutcome,
        unit: Unit,
        instances: Sequence[Instance],
        stage: Stage,
    ) -> MeasureOutcome:
        since = self._since(ready, unit, instances, stage)
        spell = self._spell(ready, unit)
        due = None
        if ready.due is not None:
            due = self._due(ready, since, spell, unit)
        return self._taken(ready, outcome._replace(since=since, due=due), unit, since)

    def _since(
        self, ready: ReadyMeasure, unit: Unit, instances: Sequence[Instance], stage: Stage
    ) -> date | None:
        """The day on which the occasions that trigger the measure were complete, where they have days."""
        id_ = ready.measure.id
        if id_ in self._rung_of:
            ladder, _ = self._rung_of[id_]
            days = stage.climbed[ladder.id].days
            return days[self._start[id_] - 1] if len(days) >= self._start[id_] else None
        latest = unit.spells.spells[-1].number if unit.spells.spells else 0
        due = [
            instance.due.day
            for leaf in self._leaves[id_]
            for test in (self._program.policy.duty_tests.get(leaf.subject),)
            if isinstance(test, DutyTest)
            for instance in _counted(test, instances, latest)
            if instance.status in test.statuses and instance.due.day is not None
        ]
        version = ready.measure.version
        if due and version is not None and version.start is not None:
            due.append(version.start)  # before it, the occasions did not call for the measure
        return max(due, default=None)

    def _spell(self, ready: ReadyMeasure, unit: Unit) -> Spell:
        if ready.measure.span == "listed" and unit.spells.spells:
            return unit.spells.spells[-1]
        return Spell(1, self._program.frame.first, None)

    def _due(self, ready: ReadyMeasure, since: date | None, spell: Spell, unit: Unit) -> DueDay:
        assert ready.due is not None
        event = ready.due.due.event
        day = EventDay(None)
        if event is None:
            pass
        elif event.kind == "trigger":
            day = EventDay(since, since is None)
        elif event.kind == "listing":
            day = EventDay(spell.start)
        elif event.kind == "day":
            day = EventDay(event.day)
        elif event.kind == "fact":
            value = unit.values[event.id]
            day = EventDay(value) if isinstance(value, date) else EventDay(None, False, frozenset({event.id}))
        elif event.rows is not None and ready.due.rows is not None:
            rows = ready.due.rows
            found = dated(rows.rows(unit.values, unit.row_index), event.rows.date, unit.values, rows.register)
            day = (
                EventDay(None, False, found)
                if isinstance(found, frozenset)
                else row_day(found, event.rows.which, spell, self._program.as_of)
            )
        return due_day(ready.due.due, ready.due.length, day, self._program.frame.last, self._program.counting)

    def _taken(
        self, ready: ReadyMeasure, outcome: MeasureOutcome, unit: Unit, since: date | None
    ) -> MeasureOutcome:
        """``outcome`` with the rows that show that the measure was taken: on or after ``since``, by the as-of date."""
        evidence = ready.measure.evidence
        if evidence is None or ready.evidence is None:
            return outcome
        found = dated(
            ready.evidence.rows(unit.values, unit.row_index),
            evidence.date,
            unit.values,
            ready.evidence.register,
        )
        if isinstance(found, frozenset):
            return outcome
        spell = self._spell(ready, unit)
        floor = since or spell.start or date.min
        rows = [m for m in found if _counts(m, floor, self._program.as_of)]
        proofs = tuple(Proof(ready.evidence.register, m.row, m.day, m.certain) for m in rows)
        days = [m.day for m in rows if m.certain and m.day is not None]
        return outcome._replace(taken=proofs, taken_on=min(days, default=None))


def _counts(match: Match, floor: date, as_of: date) -> bool:
    return match.day is None or floor <= match.day <= as_of


def _listed(unit: Unit) -> Value:
    if not unit.spells.known:
        return Unknown(unit.spells.missing)
    return any(spell.end is None for spell in unit.spells.spells)


def _counted(test: DutyTest, instances: Sequence[Instance], latest: int) -> Iterator[Instance]:
    """The instances that a test is about: of the latest listing, and none of the advisory duties of a group."""
    for instance in instances:
        duty = instance.duty
        if duty.id not in test.duties or (duty.advisory and len(test.duties) > 1):
            continue
        if duty.span == "in force" or instance.period.spell == latest or instance.status == "unknown":
            yield instance


def _periods(test: DutyTest, instances: Sequence[Instance], latest: int) -> Value:
    low, unknown = 0, 0
    missing: set[str] = set()
    for instance in _counted(test, instances, latest):
        if instance.status in test.statuses:
            low += 1
        elif instance.status == "unknown":
            unknown += 1
            missing |= instance.missing
    return _number(low, low + unknown, frozenset(missing))


def _number(low: int, high: int | None, missing: frozenset[str]) -> Value:
    if low == high:
        return Decimal(low)
    return Interval(Decimal(low), None if high is None else Decimal(high), missing)


def _stands(test: ProcedureTest, procedures: Sequence[ProcedureRun]) -> Value:
    """How the latest run of a procedure stands; before any run nothing is violated, completed or done."""
    runs = [run for run in procedures if run.procedure.id == test.procedure]
    if not runs:
        return False
    run = runs[-1]
    missing = frozenset(name for step in run.steps for name in step.open_cells)
    if test.is_ == "violated":
        return True if run.violations else Unknown(missing) if missing else False
    if test.is_ == "completed":
        return Unknown(missing) if run.completed is None else run.completed
    step = next(step for step in run.steps if step.step.id == test.step)
    return Unknown(step.open_cells) if step.state == "unknown" else step.state == "done"


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Leaf):
        yield condition
    elif hasattr(condition, "items"):
        for item in condition.items:
            yield from leaves_of(item)
