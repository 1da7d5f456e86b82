"""What to find out next, in words by supplying office, and as an object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.explain.ask import Question, column_of
from engine.inference.evaluation import Evaluation
from engine.messages import Lang, text
from engine.project.policy import UNIT_KIND, Fact
from engine.wording.columns import wrap
from engine.wording.words import (
    COMMA,
    fact_name,
    office_name,
    rule_name,
    truth_word,
    value_words,
    verdict_word,
)

_SETTLES = {"always": "ask.always", "sometimes": "ask.sometimes", "not_alone": "ask.not-alone"}


def ask_lines(
    evaluation: Evaluation, found: Sequence[Question], subject: str, lang: Lang, width: int
) -> Iterator[str]:
    """The questions under the offices that can answer, the office with the most telling one first."""
    policy = evaluation.program.policy
    if not found:
        yield from wrap(settled_line(evaluation, subject, lang), width)
        return
    yield text("ask.head", lang)
    ranks = {question.fact: n for n, question in enumerate(found, start=1)}
    for office in dict.fromkeys(question.supplier for question in found):
        named = text("ask.nobody", lang) if office is None else office_name(policy, office, lang)
        yield ""
        yield text("ask.office", lang, office=named)
        for question in found:
            if question.supplier == office:
                count = str(question.at_least)
                if question.at_least != question.at_best:
                    count = text("ask.range", lang, least=question.at_least, best=question.at_best)
                said = text(
                    "ask.line",
                    lang,
                    n=ranks[question.fact],
                    name=fact_name(policy, question.fact, lang),
                    reason=text(f"reason.{question.reason}", lang),
                    settles=text(_SETTLES[question.verdict], lang),
                    count=count,
                )
                for i, line in enumerate(wrap(said, width - 5)):
                    yield ("  " if i == 0 else "     ") + line


def settled_line(evaluation: Evaluation, subject: str, lang: Lang) -> str:
    """That the verdict, or a finding, is settled."""
    policy = evaluation.program.policy
    if subject == "weak":
        verdict = verdict_word(policy, evaluation.classification, lang)
        return text("ask.settled", lang, verdict=verdict)
    truth = truth_word(evaluation.finding(subject), lang)
    return text("ask.settled-rule", lang, what=rule_name(policy, subject, lang), truth=truth)


def ask_object(evaluation: Evaluation, found: Sequence[Question], subject: str) -> dict[str, object]:
    """``{"subject", "classification", "questions"}``, the questions in order of rank."""
    return {
        "subject": subject,
        "classification": evaluation.classification,
        "questions": [
            {
                "fact": q.fact,
                "reason": q.reason,
                "supplier": q.supplier,
                "settles_verdict": q.verdict,
                "settles_at_least": q.at_least,
                "settles_at_best": q.at_best,
                "looked_at_by": q.depends,
            }
            for q in found
        ],
    }


def question_text(evaluation: Evaluation, name: str, lang: Lang) -> str:
    """The question for one fact, cell or register, with what may be answered."""
    policy = evaluation.program.policy
    if name in policy.registers:
        expected = text("ask.expect-register", lang)
    elif name == UNIT_KIND:
        kinds = COMMA[lang].join(f"`{kind}`" for kind in policy.kinds)
        expected = text("ask.expect-choice", lang, choices=kinds)
    else:
        cell = column_of(evaluation, name)
        expected = _expected(policy.facts[name] if cell is None else cell[2], lang)
    return text("ask.question", lang, name=fact_name(policy, name, lang), expected=expected)


def row_text(evaluation: Evaluation, name: str, lang: Lang) -> str | None:
    """What else a cell's row says, so that the right one is meant; None for a fact."""
    cell = column_of(evaluation, name)
    if cell is None:
        return None
    register, row, _ = cell
    columns = evaluation.program.policy.registers[register].columns
    found = evaluation.sheet.registers[register][row - 1].cells
    said = [
        f"{columns[c].name[lang]} {value_words(o.value, lang, columns[c])}"
        for c, o in found.items()
        if o.readable and c in columns
    ]
    if not said:
        return text("ask.row-empty", lang, n=row)
    return text("ask.row", lang, n=row, cells=COMMA[lang].join(said))


def _expected(fact: Fact, lang: Lang) -> str:
    if fact.choices:
        choices = COMMA[lang].join(
            f"`{choice.value if lang == 'zh' else choice.en}`" for choice in fact.choices
        )
        return text("ask.expect-choice", lang, choices=choices)
    said = text(f"type.{fact.type}", lang)
    return f"{said}, {fact.unit}" if fact.unit else said
