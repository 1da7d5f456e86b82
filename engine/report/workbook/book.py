"""The whole workbook of a run."""

from __future__ import annotations

from collections.abc import Sequence

from engine.duties.nouns import CaseFile
from engine.duties.program import prepare_duties
from engine.inference.evaluation import Evaluation, Program
from engine.messages import Lang, text
from engine.report.workbook.lists import four_lists
from engine.report.workbook.page import Column, Page
from engine.report.workbook.register import duty_register, measures, missing_facts
from engine.report.workbook.units import weak_units
from engine.report.workbook.writer import workbook_bytes
from engine.wording.outcomes import withheld_count


def results_workbook(
    program: Program,
    units: Sequence[Evaluation | CaseFile],
    lang: Lang,
    left_out: int | None = None,
    ledger: str | None = None,
) -> bytes:
    """Weak units, four lists, duty register, measures and what is missing, each on a sheet of its own.

    ``left_out``: the number of sensitive facts left out for publication, which a first sheet then says; ``ledger``: the
    head of the ledger that the results are recorded in, which stands at the foot of every page.
    """
    cases = [_case(program, unit) for unit in units]
    pages = [page(cases, lang) for page in (weak_units, four_lists, duty_register, measures, missing_facts)]
    if left_out is not None:
        pages = [left_out_page(left_out, sum(withheld_count(unit) for unit in units), lang), *pages]
    return workbook_bytes(pages, program.policy, program.as_of, lang, ledger)


def left_out_page(facts: int, results: int, lang: Lang) -> Page:
    """What a publication does not show."""
    title = text("publish.sheet", lang)
    said = text("publish.head", lang, n=facts)
    return Page(
        title, title, (Column(title, 70), Column(text("column.withheld", lang), 16)), [(said, results)]
    )


def _case(program: Program, unit: Evaluation | CaseFile) -> CaseFile:
    """The unit's case file; an empty one where the policy orders nothing to be done."""
    if isinstance(unit, CaseFile):
        return unit
    return CaseFile(prepare_duties(program), unit, (), (), (), (), (), None)
