"""Results of a run as one JSON object, or as one line per unit. Both stream: memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.duties.nouns import CaseFile
from engine.inference.evaluation import Evaluation
from engine.messages import Lang, text
from engine.report.run import Run, Tally, data_problem, verdicts
from engine.report.unit_object import problem_object, unit_object
from engine.wording.json_text import dumps


def json_chunks(
    run: Run, evaluations: Iterable[Evaluation | CaseFile], tally: Tally, lang: Lang
) -> Iterator[str]:
    """The object ``{"policy", "engine", "as_of", "results", "notes", "problems", "summary"}`` in pieces.

    ``tally`` is counted up on the way and complete when the last piece has been taken.
    """
    policy = run.program.policy
    yield '{"policy": ' + dumps({"id": policy.id, "digest": policy.digest})
    yield f', "engine": {dumps(run.engine)}, "as_of": {dumps(run.program.as_of.isoformat())},\n"results": ['
    separator = "\n"
    for unit in evaluations:
        tally.add(unit)
        yield separator + dumps(unit_object(unit, lang))
        separator = ",\n"
    notes = [text(key, lang) for key in run.notes]
    problems = [problem_object(data_problem(problem, lang)) for problem in run.problems]
    yield f'],\n"notes": {dumps(notes)},\n"problems": {dumps(problems)},\n'
    recorded = "" if run.ledger is None else f'"ledger": {dumps(run.ledger)},\n'
    yield f'{recorded}"summary": {dumps(summary_object(run, tally))}}}\n'


def jsonl_lines(
    run: Run, evaluations: Iterable[Evaluation | CaseFile], tally: Tally, lang: Lang
) -> Iterator[str]:
    """One object per unit and line, each with the engine that gave it."""
    for unit in evaluations:
        tally.add(unit)
        yield dumps({**unit_object(unit, lang), "engine": run.engine}) + "\n"


def summary_object(run: Run, tally: Tally) -> dict[str, object]:
    """How many units were read, how many cells not understood, and how many units got each verdict.

    Made for publication, it says instead of the cells what was left out.
    """
    counts: dict[str, object] = {name: tally.classifications[name] for name in verdicts(run)}
    if run.left_out is not None:
        # Cells that nobody understands may be sensitive ones.
        left_out = {"sensitive_facts": run.left_out, "results": tally.withheld}
        return {"units_read": tally.units, **counts, "left_out": left_out}
    return {"units_read": tally.units, "cells_not_understood": run.cells_unread, **counts}
