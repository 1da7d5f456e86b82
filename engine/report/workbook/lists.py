"""The four lists of each weak unit: objectives, responsibilities, problems, measures.

What the policy and the data say is listed first; below it stands what the office itself recorded, the rows that are evidence
of the duties to make something clear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from engine.duties.nouns import CaseFile
from engine.explain.proofs import proof_place
from engine.language.values import Unknown
from engine.messages import Lang, text
from engine.project.duty import RowEvidence
from engine.report.workbook.page import Cell, Column, Page
from engine.wording.duties import holder_words, period_label, status_word
from engine.wording.outcomes import chosen_words, run_withheld, taken_withheld
from engine.wording.words import COMMA, office_name, value_words

_WIDTHS = {
    "id": 10,
    "unit": 16,
    "list": 12,
    "item": 60,
    "responsible": 26,
    "due": 12,
    "clause": 9,
    "source": 30,
}


def four_lists(cases: Sequence[CaseFile], lang: Lang) -> Page:
    """The lists of every unit that is weak."""
    columns = tuple(Column(text(f"column.{name}", lang), width) for name, width in _WIDTHS.items())
    title = text("workbook.four-lists", lang)
    rows = [row for case in cases if case.evaluation.classification == "weak" for row in _unit(case, lang)]
    return Page(title, title, columns, rows)


def _unit(case: CaseFile, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    head = (case.unit, case.evaluation.sheet.name)
    for key, items in (
        ("objective", _objectives(case, lang)),
        ("responsibility", _responsibilities(case, lang)),
        ("problem", _problems(case, lang)),
        ("measure", _measures(case, lang)),
    ):
        for item in items:
            yield (*head, text(f"workbook.list.{key}", lang), *item)
    for item in _recorded(case, lang):
        yield (*head, *item)


def _objectives(case: CaseFile, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """Each problem solved, and the unit delisted, by the last day of the plan."""
    policy = case.program.policy
    for category in policy.categories.values():
        if case.evaluation.finding(category.id) is True:
            said = text("workbook.solve", lang, name=category.name[lang])
            offices = COMMA[lang].join(office_name(policy, office, lang) for office in category.lead)
            yield said, offices, policy.last_day, category.clause, ""
    for run in case.procedures:
        if run.spell == len(case.spells) and run.completed is not True and not run_withheld(case, run):
            said = text("workbook.complete", lang, name=run.procedure.name[lang])
            step = next((step for step in run.steps if step.step.id == run.next), None)
            who = "" if step is None else holder_words(policy, case.held_by(step.step.by), lang)
            if step is not None:
                said += text("workbook.begin-with", lang, step=step.step.name[lang])
            yield said, who, policy.last_day, run.procedure.clause, ""


def _responsibilities(case: CaseFile, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """What the decision tables determine, and the offices of each category found."""
    policy, evaluation = case.program.policy, case.evaluation
    for table in policy.tables.values():
        who = chosen_words(evaluation, table.id, lang)
        if evaluation.choice(table.id) not in (None, ()):
            yield table.name[lang], who, None, table.clause, ""
    for category in policy.categories.values():
        if evaluation.finding(category.id) is True and category.support:
            who = COMMA[lang].join(office_name(policy, office, lang) for office in category.support)
            yield text("workbook.support", lang, name=category.name[lang]), who, None, category.clause, ""


def _problems(case: CaseFile, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """The criteria that hold."""
    policy = case.program.policy
    for rule in policy.rules.values():
        if rule.role == "criterion" and case.evaluation.finding(rule.id) is True:
            category = policy.categories.get(rule.category or "")
            lead = () if category is None else category.lead
            who = COMMA[lang].join(office_name(policy, office, lang) for office in lead)
            yield rule.name[lang], who, None, rule.clause, ""


def _measures(case: CaseFile, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """The measures called for, and the duties that are to be done now."""
    policy = case.program.policy
    for outcome in case.measures:
        open_ = outcome.superseded_by is None and outcome.taken_on is None
        if outcome.truth is True and open_ and not taken_withheld(case, outcome):
            who = holder_words(policy, case.held_by(outcome.measure.by), lang)
            due: date | None = None if outcome.due is None else outcome.due.day
            yield outcome.measure.name[lang], who, due, outcome.measure.clause, ""
    for instance in case.instances:
        if instance.status in ("overdue", "pending") and instance.duty.span == "listed":
            who = holder_words(policy, case.held_by(instance.duty.owners), lang)
            label = period_label(policy, instance.duty, instance.period, lang)
            said = text(
                "workbook.duty",
                lang,
                name=instance.duty.name[lang],
                period=label,
                status=status_word(instance.status, lang),
            )
            yield said, who, instance.due.day, instance.duty.clause, ""


def _recorded(case: CaseFile, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """The rows that show that something was made clear, with their texts."""
    policy, sheet = case.program.policy, case.evaluation.sheet
    for instance in case.instances:
        evidence = instance.duty.evidence
        if instance.duty.work != "clear" or not isinstance(evidence, RowEvidence):
            continue
        columns = policy.registers[evidence.rows.register].columns
        key = policy.registers[evidence.rows.register].key
        for proof in instance.proofs:
            cells = sheet.registers[proof.register][proof.row - 1].cells
            shown = [
                value_words(cell.value, lang, columns[id_])
                for id_, cell in cells.items()
                if id_ != key and columns[id_].type == "text" and not isinstance(cell.value, Unknown)
            ]
            said = COMMA[lang].join(shown) or instance.duty.name[lang]
            yield (
                instance.duty.name[lang],
                said,
                "",
                proof.day,
                instance.duty.clause,
                proof_place(policy, sheet, proof),
            )
