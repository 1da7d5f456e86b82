"""Outcomes as tokens and words where some may be withheld from publication. A withheld outcome is never shown as
unknown: somebody may well know it."""

from __future__ import annotations

from engine.duties.nouns import CaseFile, Instance, MeasureOutcome, ProcedureRun, StepRun
from engine.inference.evaluation import Evaluation
from engine.messages import Lang, text
from engine.wording.words import choice_value, choice_words, truth_token, truth_word, verdict_word

WITHHELD = "withheld"


def instance_key(instance: Instance) -> str:
    """What stands for a duty in one period in ``CaseFile.withheld``."""
    return f"{instance.duty.id}:{instance.period.id}"


def step_key(run: ProcedureRun, step: str) -> str:
    """What stands for a step of one run."""
    return f"{run.procedure.id}#{run.spell}.{step}"


def taken_key(measure: str) -> str:
    """What stands for whether a measure was taken."""
    return f"{measure}:taken"


def since_key(measure: str) -> str:
    """What stands for since when a measure is called for, and until when."""
    return f"{measure}:since"


def withholds(evaluation: Evaluation, rule: str) -> bool:
    """Whether the outcome of a rule or table is withheld."""
    return evaluation.withheld is not None and rule in evaluation.withheld


def finding_token(evaluation: Evaluation, rule: str) -> str:
    """``true``, ``false``, ``unknown`` or ``withheld``."""
    return WITHHELD if withholds(evaluation, rule) else truth_token(evaluation.finding(rule))


def finding_word(evaluation: Evaluation, rule: str, lang: Lang) -> str:
    """The truth of a finding as a person says it."""
    if withholds(evaluation, rule):
        return text("truth.withheld", lang)
    return truth_word(evaluation.finding(rule), lang)


def classification_token(evaluation: Evaluation) -> str:
    """The verdict, or ``withheld``."""
    found = evaluation.classification
    return WITHHELD if found == "undetermined" and withholds(evaluation, "weak") else found


def classification_word(evaluation: Evaluation, lang: Lang) -> str:
    """The verdict as the plan calls it."""
    return verdict_word(evaluation.program.policy, classification_token(evaluation), lang)


def withheld_categories(evaluation: Evaluation, lang: Lang) -> list[str]:
    """How many categories may hold besides those shown, but are withheld; nothing if none is."""
    hidden = sum(withholds(evaluation, id_) for id_ in evaluation.program.policy.categories)
    return [text("publish.categories", lang, n=hidden)] if hidden else []


def chosen_value(evaluation: Evaluation, table: str) -> object:
    """A table's choice for programs; see ``engine.wording.words.choice_value``."""
    return WITHHELD if withholds(evaluation, table) else choice_value(evaluation.choice(table))


def chosen_words(evaluation: Evaluation, table: str, lang: Lang) -> str:
    """A table's choice for people."""
    if withholds(evaluation, table):
        return text("truth.withheld", lang)
    return choice_words(evaluation.choice(table), evaluation.program.policy.tables[table].outcomes, lang)


def status_token(case: CaseFile, instance: Instance) -> str:
    """The status of a duty in one period."""
    return WITHHELD if instance_key(instance) in case.withheld else instance.status


def state_token(case: CaseFile, run: ProcedureRun, step: StepRun) -> str:
    """The state of a step."""
    return WITHHELD if step_key(run, step.step.id) in case.withheld else step.state


def called_token(case: CaseFile, outcome: MeasureOutcome) -> str:
    """Whether a measure is called for."""
    return WITHHELD if outcome.measure.id in case.withheld else truth_token(outcome.truth)


def run_withheld(case: CaseFile, run: ProcedureRun) -> bool:
    """Whether anything about a run of a procedure is withheld."""
    return any(step_key(run, step.step.id) in case.withheld for step in run.steps)


def since_withheld(case: CaseFile, outcome: MeasureOutcome) -> bool:
    """Whether it is withheld since when a measure is called for."""
    return since_key(outcome.measure.id) in case.withheld


def taken_withheld(case: CaseFile, outcome: MeasureOutcome) -> bool:
    """Whether it is withheld that a measure was taken."""
    return taken_key(outcome.measure.id) in case.withheld


def withheld_count(unit: Evaluation | CaseFile) -> int:
    """How many results of a published unit are withheld: findings, tables, duties, steps and measures."""
    if isinstance(unit, CaseFile):
        return len(unit.withheld) + len(unit.evaluation.withheld or ())
    return len(unit.withheld or ())
