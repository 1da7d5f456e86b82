"""A run's problems as annotations on the data files, and its verdict counts as a notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.duties.nouns import CaseFile
from engine.inference.evaluation import Evaluation
from engine.messages import Lang
from engine.report.github import annotation
from engine.report.results_text import closing_line
from engine.report.run import Run, Tally, data_problem, evaluation_and_case, unit_problems
from engine.wording.words import COLON


def github_lines(
    run: Run, evaluations: Iterable[Evaluation | CaseFile], tally: Tally, lang: Lang
) -> Iterator[str]:
    """One error per problem, then a notice with the counts."""
    for problem in run.problems:
        said = data_problem(problem, lang)
        yield annotation("error", f"{said.where}{COLON[lang]}{said.message}", problem.where.file)
    for unit in evaluations:
        tally.add(unit)
        evaluation, _ = evaluation_and_case(unit)
        name = evaluation.sheet.name or evaluation.sheet.unit
        files = [problem.where.file for problem in evaluation.problems]
        for i, said in enumerate(unit_problems(unit, lang)):
            shown = COLON[lang].join(part for part in (name, said.where, said.message) if part)
            yield annotation("error", shown, files[i] if i < len(files) else None)
    yield annotation("notice", closing_line(run, tally, lang))
