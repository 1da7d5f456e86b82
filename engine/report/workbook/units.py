"""The sheet of weak units: why each is on it, who is in charge, where it stands on the way to delisting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.duties.nouns import CaseFile
from engine.messages import Lang, text
from engine.report.workbook.page import Cell, Column, Page, Styled
from engine.wording.outcomes import (
    chosen_words,
    classification_word,
    finding_word,
    run_withheld,
    status_token,
    withheld_categories,
)
from engine.wording.words import COLON, COMMA

_WIDTHS = {"id": 9, "unit": 14, "kind": 7, "verdict": 10, "key": 7, "categories": 20, "assignment": 34}


def weak_units(cases: Sequence[CaseFile], lang: Lang) -> Page:
    """Every unit that is weak, or may be, with what the decision tables determine."""
    last = {"listed-since": 11, "procedure": 20, "duties-overdue": 7, "duties-unknown": 7, "measures": 22}
    columns = [Column(text(f"column.{name}", lang), width) for name, width in (_WIDTHS | last).items()]
    title = text("workbook.weak-units", lang)
    return Page(title, title, tuple(columns), list(_rows(cases, lang)))


def _rows(cases: Sequence[CaseFile], lang: Lang) -> Iterator[tuple[Cell, ...]]:
    for case in cases:
        evaluation = case.evaluation
        if evaluation.classification not in ("weak", "undetermined"):
            continue
        policy = case.program.policy
        kind = evaluation.kind
        held = [c.name[lang] for c in policy.categories.values() if evaluation.finding(c.id) is True]
        decided = evaluation.conclusions is not None
        statuses = [status_token(case, i) for i in case.instances if not i.duty.advisory]
        called = [o.measure.name[lang] for o in case.measures if o.truth is True and o.superseded_by is None]
        yield (
            case.unit,
            evaluation.sheet.name,
            policy.kinds[kind].name[lang]
            if kind is not None and kind in policy.kinds
            else text("truth.unknown", lang),
            Styled(classification_word(evaluation, lang), evaluation.classification),
            finding_word(evaluation, "key", lang) if "key" in policy.rules else "",
            COMMA[lang].join([*held, *withheld_categories(evaluation, lang)]),
            "\n".join(_determined(case, lang)) if decided else "",
            next((spell.start for spell in case.spells if spell.end is None), None),
            _procedure(case, lang),
            statuses.count("overdue"),
            statuses.count("unknown"),
            COMMA[lang].join(called),
        )


def _determined(case: CaseFile, lang: Lang) -> Iterator[str]:
    """Each decision table that applies with its outcome."""
    for table in case.program.policy.tables.values():
        if case.evaluation.choice(table.id) not in (None, ()):
            yield table.name[lang] + COLON[lang] + chosen_words(case.evaluation, table.id, lang)


def _procedure(case: CaseFile, lang: Lang) -> str:
    """The next step of each procedure of the present listing."""
    said = []
    for run in case.procedures:
        if run.spell != len(case.spells):
            continue
        if run_withheld(case, run):
            said.append(text("truth.withheld", lang))
            continue
        following = next((step.step.name[lang] for step in run.steps if step.step.id == run.next), None)
        if following is not None:
            said.append(text("workbook.next-step", lang, step=following))
        if run.violations:
            said.append(text("workbook.order-broken", lang, n=len(run.violations)))
    return COMMA[lang].join(said)
