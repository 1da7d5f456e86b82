"""Runs the duty stage over evaluations: obligations, procedures, then the measures' network through both channels."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from engine.duties.holders import all_parties, holders
from engine.duties.measures import MeasureStage, Stage
from engine.duties.nouns import CaseFile, ProcedureRun
from engine.duties.obligations import Obligations, Obliged
from engine.duties.procedures import Procedures
from engine.duties.program import DutyProgram
from engine.duties.rows import Match, Matcher, RowIndex, dated
from engine.duties.schedule import Schedules
from engine.duties.spells import Spells, read_spells
from engine.duties.unit import Unit
from engine.duties.waivers import WaiverReader
from engine.facts.sheet import FactSheet
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import EngineName, Evaluation, Failure
from engine.inference.evaluator import Prepared
from engine.inference.run import conclude_all


def case_files(
    program: DutyProgram,
    evaluations: Iterable[Evaluation],
    *,
    engine: EngineName = "both",
    trace: bool = False,
    horizon: date | None = None,
    desk: Desk | None = None,
) -> Iterator[CaseFile]:
    """One CaseFile for each evaluation, in order. ``horizon``: the last day on which planned instances may begin.
    ``desk``: one made before for the same program and horizon, by whoever comes again with more units.

    ``engine`` must be one that ``engine.inference.engines`` returned; it concludes the measures, as the evaluations'
    engine concluded which duties apply. Raises PrepareError if the measures are more than the durable channel holds.
    """
    desk = desk or Desk(program, horizon)
    waiting: deque[tuple[Evaluation, _Worked | None]] = deque()

    def prepared() -> Iterator[tuple[FactSheet, Prepared | Failure]]:
        for evaluation in evaluations:
            if evaluation.failure is not None:
                waiting.append((evaluation, None))
                yield evaluation.sheet, evaluation.failure
                continue
            worked = desk.work(evaluation)
            waiting.append((evaluation, worked))
            yield evaluation.sheet, worked.stage.prepared

    contexts = ContextBuilder(program.measures)
    for measured in conclude_all(
        program.measures, prepared(), contexts.nothing_known, engine=engine, trace=trace
    ):
        evaluation, worked = waiting.popleft()
        yield desk.file(evaluation, worked, measured)


class _Worked(NamedTuple):
    unit: Unit
    obliged: Obliged
    procedures: tuple[ProcedureRun, ...]
    stage: Stage


class Desk:
    """Works one unit after the other; what all units share is made once."""

    def __init__(self, program: DutyProgram, horizon: date | None = None) -> None:
        self._program = program
        days = 0 if horizon is None else max(0, (horizon - program.as_of).days)
        self._obligations = Obligations(program, Schedules(program, days))
        self._procedures = Procedures(program)
        self._measures = MeasureStage(program)
        self._waivers = WaiverReader(program.policy)
        self._parties = all_parties(program.policy)

    def work(self, evaluation: Evaluation) -> _Worked:
        """Everything up to the leaves of the measures' network."""
        values, index = evaluation.context.values, RowIndex()
        waived = self._waivers.read(values, self._program.as_of)
        unit = Unit(evaluation, values, self._spells(evaluation, index), index, waived)
        obliged = self._obligations.of(unit)
        who = holders(self._parties, evaluation)
        spells = unit.spells.spells if unit.spells.known else ()
        procedures = self._procedures.of(values, spells, who, evaluation.sheet.name)
        return _Worked(unit, obliged, procedures, self._measures.prepare(unit, obliged.begun, procedures))

    def file(self, evaluation: Evaluation, worked: _Worked | None, measured: Evaluation) -> CaseFile:
        """The unit's CaseFile; without a verdict of both stages, nothing is said of duties or measures."""
        who = holders(self._parties, evaluation)
        if worked is None or measured.conclusions is None:
            kept = None if worked is None else measured
            return CaseFile(self._program, evaluation, (), (), (), (), (), kept, holders=who)
        outcomes = self._measures.outcomes(worked.unit, worked.obliged.begun, worked.stage, measured)
        return CaseFile(
            self._program,
            evaluation,
            worked.unit.spells.spells,
            worked.obliged.begun,
            worked.obliged.planned,
            worked.procedures,
            outcomes,
            measured,
            worked.unit.waived.problems,
            who,
            worked.unit.spells.missing,
        )

    def _spells(self, evaluation: Evaluation, index: RowIndex) -> Spells:
        listing, program = self._program.policy.listing, self._program
        if listing is None or program.listed is None or program.delisted is None:
            return Spells(())
        values = evaluation.context.values

        def rows(ready: Matcher, column: str) -> tuple[Match, ...] | frozenset[str]:
            return dated(ready.rows(values, index), column, values, ready.register)

        listed = rows(program.listed, listing.listed.date)
        return read_spells(listed, rows(program.delisted, listing.delisted.date), program.as_of)
