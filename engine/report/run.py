"""What all outputs of one evaluation run share: the program, the channels used, and what was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from engine.duties.nouns import CaseFile
from engine.facts.sheet import DataProblem
from engine.inference.evaluation import EngineName, Evaluation, Program
from engine.inference.network import HitPolicyBroken
from engine.messages import Lang, text
from engine.wording.outcomes import WITHHELD, classification_token, withheld_count
from engine.wording.words import message, rule_name

CLASSIFICATIONS = ("weak", "not_weak", "undetermined", "out_of_scope")


@dataclass(frozen=True)
class Run:
    """The head of a run. ``notes``: keys of messages about it, such as a channel that is not available.

    ``left_out``: how many sensitive facts and columns were left out for publication; None if it is not for that.
    ``ledger``: the head of the ledger that the run was recorded in, if it was.
    """

    program: Program
    engine: EngineName
    notes: tuple[str, ...] = ()
    problems: tuple[DataProblem, ...] = ()
    cells_unread: int = 0
    left_out: int | None = None
    ledger: str | None = None


@dataclass
class Tally:
    """Counts that grow while a run's results go by; ``troubled`` if any unit had a problem.

    ``withheld``: results withheld from publication.
    """

    units: int = 0
    classifications: Counter[str] = field(default_factory=Counter)
    troubled: bool = False
    withheld: int = 0

    def add(self, unit: Evaluation | CaseFile) -> None:
        """Count one unit."""
        evaluation, case = evaluation_and_case(unit)
        if case is not None and (case.problems or (case.measured is not None and case.measured.failure)):
            self.troubled = True
        self.units += 1
        self.classifications[classification_token(evaluation)] += 1
        self.withheld += withheld_count(unit)
        if evaluation.failure is not None or evaluation.problems or broken_tables(evaluation):
            self.troubled = True


def verdicts(run: Run) -> tuple[str, ...]:
    """The verdicts that a run counts."""
    return CLASSIFICATIONS if run.left_out is None else (*CLASSIFICATIONS, WITHHELD)


@dataclass(frozen=True)
class Problem:
    """A problem in the reader's language; ``where`` may be empty."""

    where: str
    message: str


def evaluation_and_case(unit: Evaluation | CaseFile) -> tuple[Evaluation, CaseFile | None]:
    """A unit of a run: its evaluation, and its case file where the run looks at duties."""
    if isinstance(unit, CaseFile):
        return unit.evaluation, unit
    return unit, None


def broken_tables(evaluation: Evaluation) -> tuple[tuple[str, HitPolicyBroken], ...]:
    """The tables whose hit policy this unit breaks, with the rows that hold at once."""
    if evaluation.conclusions is None:
        return ()
    return tuple(
        (table, choice)
        for table, choice in evaluation.conclusions.choices.items()
        if isinstance(choice, HitPolicyBroken)
    )


def data_problem(problem: DataProblem, lang: Lang) -> Problem:
    """A reader's problem in words."""
    return Problem(str(problem.where), message(problem.key, problem.params, lang))


def unit_problems(unit: Evaluation | CaseFile, lang: Lang) -> tuple[Problem, ...]:
    """What is wrong with one unit: its data, tables whose hit policy is broken, and a missing verdict."""
    evaluation, case = evaluation_and_case(unit)
    found = [data_problem(problem, lang) for problem in evaluation.problems]
    policy = evaluation.program.policy
    for table, choice in broken_tables(evaluation):
        rows = ", ".join(str(row + 1) for row in choice.rows)
        location = policy.tables[table].rows[choice.rows[0]].location
        found.append(
            Problem(
                f"{location.file}:{location.line}",
                text("report.hit-policy-broken", lang, table=rule_name(policy, table, lang), rows=rows),
            )
        )
    if evaluation.failure is not None:
        found.append(Problem("", message(evaluation.failure.key, evaluation.failure.params, lang)))
    if case is not None:
        found += [Problem("", message(key, params, lang)) for key, params in case.problems]
        failure = None if case.measured is None else case.measured.failure
        if failure is not None and evaluation.failure is None:
            found.append(Problem("", message(failure.key, failure.params, lang)))
    return tuple(found)
