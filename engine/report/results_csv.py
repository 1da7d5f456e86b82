"""Results as CSV for a spreadsheet program: headings and values in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.duties.nouns import CaseFile
from engine.inference.evaluation import Conflict, Evaluation, Missing
from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.report.csv_text import BOM, csv_line
from engine.report.run import Run, Tally, evaluation_and_case, unit_problems
from engine.wording.outcomes import (
    chosen_words,
    classification_word,
    finding_word,
    status_token,
    withheld_count,
)
from engine.wording.words import COLON, COMMA, fact_name, message, rule_name, value_words

#: What the table says of duties, where the policy has any.
DUTY_COLUMNS = ("duties-overdue", "duties-unknown", "measures")


def csv_lines(
    run: Run, evaluations: Iterable[Evaluation | CaseFile], tally: Tally, lang: Lang
) -> Iterator[str]:
    """The heading with a byte order mark, then one line per unit."""
    policy = run.program.policy
    rules = [rule.id for rule in policy.rules.values() if rule.role in ("criterion", "finding")]
    yield BOM + csv_line(_head(run, rules, lang))
    for unit in evaluations:
        tally.add(unit)
        yield csv_line(_cells(unit, rules, run.engine, lang))


def _head(run: Run, rules: list[str], lang: Lang) -> list[str]:
    policy = run.program.policy
    fixed = [text(f"column.{name}", lang) for name in ("id", "unit", "kind", "verdict", "key")]
    names = [rule_name(policy, id_, lang) for id_ in (*policy.categories, *rules, *policy.tables)]
    duties = DUTY_COLUMNS if policy.duties or policy.measures else ()
    last = [text(f"column.{name}", lang) for name in (*duties, "missing", "conflicts", "problems", "engine")]
    if run.left_out is not None:
        last.append(text("column.withheld", lang))
    return [*fixed, *names, *last]


def _cells(unit: Evaluation | CaseFile, rules: list[str], engine: str, lang: Lang) -> list[str]:
    evaluation, case = evaluation_and_case(unit)
    policy, decided = evaluation.program.policy, evaluation.conclusions is not None
    findings = [
        finding_word(evaluation, id_, lang) if decided else "" for id_ in (*policy.categories, *rules)
    ]
    choices = [
        chosen_words(evaluation, id_, lang) if decided and evaluation.choice(id_) not in (None, ()) else ""
        for id_ in policy.tables
    ]
    missing = evaluation.missing if decided else ()
    return [
        evaluation.sheet.unit,
        evaluation.sheet.name,
        kind_name(evaluation, lang),
        classification_word(evaluation, lang),
        finding_word(evaluation, "key", lang) if "key" in policy.rules else "",
        *findings,
        *choices,
        *_duties(policy, case, lang),
        "\n".join(_missing(policy, item, lang) for item in missing),
        "\n".join(_conflict(policy, item, lang) for item in evaluation.context.conflicts.values()),
        "\n".join(
            problem.where + (COLON[lang] if problem.where else "") + problem.message
            for problem in unit_problems(unit, lang)
        ),
        message(f"engine.{engine}", {}, lang),
        *([] if evaluation.withheld is None else [str(withheld_count(unit))]),
    ]


def _duties(policy: Policy, case: CaseFile | None, lang: Lang) -> list[str]:
    """The cells of ``DUTY_COLUMNS``; empty for a unit without verdict."""
    if not (policy.duties or policy.measures):
        return []
    if case is None or case.measured is None:
        return [""] * len(DUTY_COLUMNS)
    statuses = [status_token(case, instance) for instance in case.instances if not instance.duty.advisory]
    called = [o.measure.name[lang] for o in case.measures if o.truth is True and o.superseded_by is None]
    return [str(statuses.count("overdue")), str(statuses.count("unknown")), COMMA[lang].join(called)]


def kind_name(evaluation: Evaluation, lang: Lang) -> str:
    """The kind of unit in ``lang``, or the word for unknown."""
    kind = evaluation.kind
    if kind is None:
        return text("truth.unknown", lang)
    kinds = evaluation.program.policy.kinds
    return kinds[kind].name[lang] if kind in kinds else kind


def _missing(policy: Policy, item: Missing, lang: Lang) -> str:
    return fact_name(policy, item.fact, lang) + COLON[lang] + text(f"reason.{item.reason}", lang)


def _conflict(policy: Policy, conflict: Conflict, lang: Lang) -> str:
    fact = policy.facts.get(conflict.fact)
    values = " / ".join(
        f"{value_words(observation.value, lang, fact)} ({observation.source})"
        for observation in conflict.observations
    )
    return fact_name(policy, conflict.fact, lang) + COLON[lang] + values
