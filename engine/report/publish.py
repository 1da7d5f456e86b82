"""Results fit for publication: what the sensitive facts alone decide is withheld.

The rule: every unit is evaluated again as if its sensitive facts and cells had never been filled in. What is published
is that evaluation and nothing else, so it depends on the other facts alone: two offices that differ only in sensitive
facts publish the same bytes. Whatever is unknown in it because a sensitive fact is missing is marked as withheld, and
the names of those facts are left out of what is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from engine.duties.nouns import CaseFile, DueDay, Instance, MeasureOutcome, ProcedureRun, StepRun
from engine.facts.sheet import FactSheet
from engine.facts.withhold import Sensitive, sensitive_in, withhold
from engine.inference.evaluation import Evaluation
from engine.inference.network import UNDECIDED, ChoiceTable
from engine.language import free_names
from engine.project.duty import DutyOccasions, DutyTest, Measure, ProcedureTest, RowEvidence, RowFilter
from engine.project.policy import Condition, FindingRef, Leaf, Policy
from engine.wording.outcomes import instance_key, since_key, step_key, taken_key

Names = frozenset[str]


@dataclass(frozen=True)
class Publication:
    """Makes the sheets and results of one policy fit for publication."""

    policy: Policy
    sensitive: Sensitive

    def sheet(self, sheet: FactSheet) -> FactSheet:
        """The sheet to evaluate instead of ``sheet``."""
        return withhold(sheet, self.sensitive)

    def unit(self, unit: Evaluation | CaseFile) -> Evaluation | CaseFile:
        """The result of a withheld sheet, with what is withheld marked and without the names of sensitive facts."""
        if isinstance(unit, CaseFile):
            return self._case(unit)
        return self._evaluation(unit)

    # ------------------------------------------------------------------------------------------ findings

    def _evaluation(self, evaluation: Evaluation) -> Evaluation:
        shown = {node: self._shown(names) for node, names in evaluation.leaf_facts.items()}
        withheld = frozenset(self._withheld_rules(evaluation))
        return replace(evaluation, leaf_facts=shown, withheld=withheld)

    def _withheld_rules(self, evaluation: Evaluation) -> Iterator[str]:
        if evaluation.conclusions is None:
            return
        network = evaluation.program.network
        for rule, node in network.rules.items():
            if evaluation.truth(node) is None and self._hidden(evaluation.unknown_facts(node)):
                yield rule
        for table in network.tables:
            if self._hidden_rows_matter(evaluation, table):
                yield table.id

    def _hidden_rows_matter(self, evaluation: Evaluation, table: ChoiceTable) -> bool:
        """Whether a row that only withheld facts would decide could give the table another outcome, or break it.

        Where one row only may hold, a second one that holds unseen breaks the hit policy.
        """
        assert evaluation.conclusions is not None
        choice = evaluation.conclusions.choices[table.id]
        hidden = [then for node, then in table.rows if self._hidden(evaluation.unknown_facts(node))]
        if choice == UNDECIDED or table.hit_policy == "U":
            return bool(hidden)
        return table.hit_policy == "A" and any(then != choice for then in hidden)

    # -------------------------------------------------------------------------------------------- duties

    def _case(self, case: CaseFile) -> CaseFile:
        evaluation = self._evaluation(case.evaluation)
        assert evaluation.withheld is not None
        loose = frozenset(
            procedure.id
            for procedure in self.policy.procedures.values()
            for step in procedure.steps
            if any(party.kind == "table" and party.id in evaluation.withheld for party in step.by)
        )
        keys = {
            instance_key(i) for i in case.instances if i.status in ("unknown", "waived") and self._open(i)
        }
        keys |= {key for run in case.procedures for key in self._withheld_steps(run, loose)}
        open_duties = frozenset(i.duty.id for i in case.instances if instance_key(i) in keys)
        keys |= {key for o in case.measures for key in self._withheld_measure(o, loose, open_duties)}
        return replace(
            case,
            evaluation=evaluation,
            instances=tuple(self._instance(i) for i in case.instances),
            planned=tuple(self._instance(i) for i in case.planned),
            procedures=tuple(self._run(run) for run in case.procedures),
            measures=tuple(self._measure(outcome, loose, keys) for outcome in case.measures),
            measured=None if case.measured is None else self._evaluation(case.measured),
            withheld=frozenset(keys),
        )

    def _open(self, instance: Instance) -> bool:
        return self._hidden(instance.missing) or self._hidden(instance.due.missing)

    def _instance(self, instance: Instance) -> Instance:
        return instance._replace(missing=self._shown(instance.missing), due=self._due(instance.due))

    def _due(self, due: DueDay) -> DueDay:
        return due._replace(missing=self._shown(due.missing))

    def _withheld_steps(self, run: ProcedureRun, loose: Names) -> Iterator[str]:
        """Where a withheld table says who may take a step, nothing can be said of the procedure."""
        for step in run.steps:
            if run.procedure.id in loose or (step.state == "unknown" and self._hidden(step.open_cells)):
                yield step_key(run, step.step.id)

    def _run(self, run: ProcedureRun) -> ProcedureRun:
        return run._replace(steps=tuple(self._step(step) for step in run.steps))

    def _step(self, step: StepRun) -> StepRun:
        due = None if step.due is None else self._due(step.due)
        return step._replace(open_cells=self._shown(step.open_cells), due=due)

    def _withheld_measure(self, outcome: MeasureOutcome, loose: Names, open_duties: Names) -> Iterator[str]:
        measure = outcome.measure
        if outcome.truth is True and self._perhaps_earlier(measure, open_duties):
            # Another occasion may have come before, so that the days would be wrong.
            yield since_key(measure.id)
            yield taken_key(measure.id)
        if (outcome.truth is None and self._hidden(outcome.missing)) or self._stands_on(measure.when, loose):
            yield measure.id
        if any(not proof.certain or proof.day is None for proof in outcome.taken) and self._filters_hidden(
            measure.evidence
        ):
            yield taken_key(measure.id)

    def _perhaps_earlier(self, measure: Measure, open_duties: Names) -> bool:
        """Whether withheld occasions may have called for the measure before the day that is known."""
        if measure.ladder is None:
            return bool(self._duties_in(measure.when) & open_duties)
        ladder = self.policy.ladders[measure.ladder]
        if isinstance(ladder.occasions, DutyOccasions):
            return bool(open_duties & set(ladder.occasions.duties))
        return any(
            self._reads_hidden(rows.rows, rows.date)
            for rows in (ladder.occasions, ladder.broken_by)
            if rows is not None
        )

    def _duties_in(self, condition: Condition | None) -> Names:
        """The duties whose outcomes a measure's condition counts."""
        if condition is None or isinstance(condition, FindingRef):
            return frozenset()
        if isinstance(condition, Leaf):
            test = self.policy.duty_tests.get(condition.subject)
            return frozenset(test.duties) if isinstance(test, DutyTest) else frozenset()
        return frozenset(duty for item in condition.items for duty in self._duties_in(item))

    def _measure(self, outcome: MeasureOutcome, loose: Names, keys: Collection[str]) -> MeasureOutcome:
        due = None if outcome.due is None else self._due(outcome.due)
        outcome = outcome._replace(missing=self._shown(outcome.missing), due=due)
        if since_key(outcome.measure.id) in keys:
            outcome = outcome._replace(since=None, due=None, taken=(), taken_on=None)
        if self._stands_on(outcome.measure.when, loose):
            return MeasureOutcome(outcome.measure, None, outcome.spell, missing=outcome.missing)
        return outcome

    def _stands_on(self, condition: Condition | None, procedures: Names) -> bool:
        """Whether a measure's condition asks how one of ``procedures`` stands."""
        if condition is None or isinstance(condition, FindingRef):
            return False
        if isinstance(condition, Leaf):
            test = self.policy.duty_tests.get(condition.subject)
            return isinstance(test, ProcedureTest) and test.procedure in procedures
        return any(self._stands_on(item, procedures) for item in condition.items)

    def _filters_hidden(self, evidence: RowEvidence | None) -> bool:
        return evidence is not None and self._reads_hidden(evidence.rows, evidence.date)

    def _reads_hidden(self, rows: RowFilter, date: str) -> bool:
        hidden = self.sensitive.columns.get(rows.register, frozenset())
        return bool(hidden & {date, *(name for test in rows.where for name in free_names(test))})

    # --------------------------------------------------------------------------------------------- names

    def _hidden(self, names: object) -> bool:
        assert hasattr(names, "__iter__")
        return any(self.sensitive.hides(name) for name in names)

    def _shown(self, names: Names) -> Names:
        return frozenset(name for name in names if not self.sensitive.hides(name))


def publication(policy: Policy) -> Publication:
    """The publication of results of ``policy``; see ``engine.project.sensitive_use`` for policies that have none."""
    return Publication(policy, sensitive_in(policy))
