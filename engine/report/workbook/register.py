"""The duty register, the measures, and what is missing, as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.duties.nouns import CaseFile, Instance
from engine.explain.proofs import proof_place
from engine.messages import Lang, text
from engine.report.workbook.page import Cell, Column, Page, Styled
from engine.wording.duties import holder_words, period_label, status_word
from engine.wording.outcomes import WITHHELD, called_token, since_withheld, status_token, taken_withheld
from engine.wording.words import COMMA, fact_name, office_name, supplier_of

_DUTIES = {
    "id": 9,
    "unit": 14,
    "duty": 28,
    "clause": 9,
    "owner": 18,
    "period": 14,
    "due": 11,
    "status": 11,
    "done-on": 11,
    "evidence": 26,
    "remark": 30,
}
_MEASURES = {
    "id": 9,
    "unit": 14,
    "measure": 28,
    "clause": 9,
    "called-for": 10,
    "by": 18,
    "against": 26,
    "since": 11,
    "due": 11,
    "taken-on": 11,
    "remark": 34,
}
_MISSING = {"office": 18, "id": 9, "unit": 14, "fact": 44, "settles": 60}


def duty_register(cases: Sequence[CaseFile], lang: Lang) -> Page:
    """Every period of every duty that binds a unit, the status as its style."""
    return _page("duties", _DUTIES, _duty_rows(cases, lang), lang)


def measures(cases: Sequence[CaseFile], lang: Lang) -> Page:
    """Every measure that is called for, that may be, or that was taken."""
    return _page("measures", _MEASURES, list(_measure_rows(cases, lang)), lang)


def missing_facts(cases: Sequence[CaseFile], lang: Lang) -> Page:
    """What has to be collected, by the office that supplies it, with what it would settle."""
    return _page("missing", _MISSING, _missing_rows(cases, lang), lang)


def _page(
    key: str, widths: dict[str, int], rows: Iterator[tuple[Cell, ...]] | list[tuple[Cell, ...]], lang: Lang
) -> Page:
    columns = tuple(Column(text(f"column.{name}", lang), width) for name, width in widths.items())
    title = text(f"workbook.{key}", lang)
    return Page(title, title, columns, rows)


def _duty_rows(cases: Sequence[CaseFile], lang: Lang) -> Iterator[tuple[Cell, ...]]:
    words: dict[str, str] = {}
    for case in cases:
        policy, sheet = case.program.policy, case.evaluation.sheet
        owners = {d.id: holder_words(policy, case.held_by(d.owners), lang) for d in policy.duties.values()}
        for instance in case.instances:
            if instance.why == "not_applicable":
                continue
            duty, status = instance.duty, status_token(case, instance)
            if status not in words:
                words[status] = status_word(status, lang)
            places = [proof_place(policy, sheet, proof) for proof in instance.proofs[:3]]
            yield (
                case.unit,
                sheet.name,
                duty.name[lang],
                duty.clause,
                owners[duty.id],
                period_label(policy, duty, instance.period, lang),
                instance.due.day,
                Styled(words[status], status),
                instance.done_on,
                "\n".join(_sheet_and_cell(place) for place in places),
                _remark(case, instance, lang),
            )


def _sheet_and_cell(place: str) -> str:
    """A place without its file, which is the same for most rows."""
    return place.partition("!")[2] or place


def _remark(case: CaseFile, instance: Instance, lang: Lang) -> str:
    policy = case.program.policy
    hidden = status_token(case, instance) == WITHHELD
    said = [] if instance.why is None or hidden else [text(f"duties.why.{instance.why}", lang)]
    said += [
        text("explain.missing", lang, fact=fact_name(policy, name, lang))
        for name in sorted(instance.wanted)[:3]
    ]
    if instance.duty.advisory:
        said.append(text("page.role.advisory", lang))
    if instance.due.provisional:
        said.append(text("duties.term.provisional", lang))
    return "\n".join(said)


def _measure_rows(cases: Sequence[CaseFile], lang: Lang) -> Iterator[tuple[Cell, ...]]:
    for case in cases:
        policy = case.program.policy
        for outcome in case.measures:
            called, hidden = called_token(case, outcome), taken_withheld(case, outcome)
            if called == "false" and outcome.taken_on is None and not hidden:
                continue
            measure = outcome.measure
            remark = [
                text("explain.missing", lang, fact=fact_name(policy, name, lang))
                for name in sorted(outcome.missing)[:5]
            ]
            if outcome.superseded_by is not None:
                name = policy.measures[outcome.superseded_by].name[lang]
                remark.append(text("explain.superseded", lang, name=name))
            yield (
                case.unit,
                case.evaluation.sheet.name,
                measure.name[lang],
                measure.clause,
                Styled(text(f"truth.{called}", lang), f"truth-{called}"),
                holder_words(policy, case.held_by(measure.by), lang),
                holder_words(policy, case.held_by(measure.against), lang),
                text("truth.withheld", lang) if since_withheld(case, outcome) else outcome.since,
                None if outcome.due is None else outcome.due.day,
                text("truth.withheld", lang) if hidden else outcome.taken_on,
                "\n".join(remark),
            )


def _missing_rows(cases: Sequence[CaseFile], lang: Lang) -> list[tuple[Cell, ...]]:
    found: list[tuple[str, str, str, str, str]] = []
    for case in cases:
        policy = case.program.policy
        settles: dict[str, dict[str, None]] = {}
        if case.evaluation.conclusions is not None:
            for item in case.evaluation.missing:
                names = [
                    policy.rules[r].name[lang] if r in policy.rules else policy.tables[r].name[lang]
                    for r in item.settles
                ]
                settles.setdefault(item.fact, {}).update(dict.fromkeys(names))
        for instance in case.instances:
            for name in instance.wanted:
                settles.setdefault(name, {})[instance.duty.name[lang]] = None
        for outcome in case.measures:
            for name in outcome.missing:
                settles.setdefault(name, {})[outcome.measure.name[lang]] = None
        for fact, rules in settles.items():
            office = supplier_of(policy, fact)
            shown = text("report.none", lang) if office is None else office_name(policy, office, lang)
            named = COMMA[lang].join(list(rules)[:8]) + ("…" if len(rules) > 8 else "")
            found.append((shown, case.unit, case.evaluation.sheet.name, fact_name(policy, fact, lang), named))
    return [*sorted(found)]
