"""The whole workbook of a run."""

from __future__ import annotations

from collections.abc import Sequence

from engine.duties.nouns import CaseFile
from engine.duties.program import prepare_duties
from engine.inference.evaluation import Evaluation, Program
from engine.messages import Lang
from engine.report.workbook.lists import four_lists
from engine.report.workbook.register import duty_register, measures, missing_facts
from engine.report.workbook.units import weak_units
from engine.report.workbook.writer import workbook_bytes


def results_workbook(program: Program, units: Sequence[Evaluation | CaseFile], lang: Lang) -> bytes:
    """Weak units, four lists, duty register, measures and what is missing, each on a sheet of its own."""
    cases = [_case(program, unit) for unit in units]
    pages = [page(cases, lang) for page in (weak_units, four_lists, duty_register, measures, missing_facts)]
    return workbook_bytes(pages, program.policy, program.as_of, lang)


def _case(program: Program, unit: Evaluation | CaseFile) -> CaseFile:
    """The unit's case file; an empty one where the policy orders nothing to be done."""
    if isinstance(unit, CaseFile):
        return unit
    return CaseFile(prepare_duties(program), unit, (), (), (), (), (), None)
