"""What ``test`` prints: each failure with what was expected, what came out, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from engine.analysis.policy_tests import Difference, PolicyTestResult
from engine.explain.derivation import derivation
from engine.explain.tree_text import TreeText
from engine.inference.evaluation import Evaluation
from engine.inference.network import HitPolicyBroken, Undecided
from engine.messages import Lang, known, text
from engine.project.comparison import owner
from engine.project.duty import Duty, Measure, Procedure
from engine.project.policy import Policy
from engine.report.github import annotation
from engine.wording.columns import wrap
from engine.wording.comparisons import around_words, standing_words
from engine.wording.json_text import dumps
from engine.wording.words import (
    COLON,
    COMMA,
    choice_value,
    choice_words,
    fact_name,
    message,
    rule_name,
    truth_word,
    value_words,
    verdict_word,
)

Style = Callable[[str, str], str]
#: Aspects that a CaseFile explains, not the evaluation.
DUTY_ASPECTS = ("duty", "due", "measure", "procedure")


def text_lines(
    policy: Policy, results: Sequence[PolicyTestResult], lang: Lang, width: int, style: Style
) -> Iterator[str]:
    """The failures, each with the derivation of what came out differently; nothing for tests that passed."""
    for result in results:
        if result.passed:
            continue
        test = result.test
        place = f"{test.file}:{test.location.line}"
        for line in wrap(f"{place}{COLON[lang]}{test.name[lang]}", width):
            yield style("head", line)
        if result.refusal is not None:
            said = message(result.refusal.key, result.refusal.params, lang)
            yield from ("  " + line for line in wrap(said, width - 2))
        for difference in result.differences:
            said = difference_words(policy, difference, lang)
            yield from ("  " + line for line in wrap(said, width - 2))
            yield from _why(result, difference, lang, width, style)
        yield ""


def _why(
    result: PolicyTestResult, difference: Difference, lang: Lang, width: int, style: Style
) -> Iterator[str]:
    """The derivation of the rule or table that came out differently."""
    if result.evaluation is None or not difference.subject:
        return
    if difference.aspect == "comparison":
        yield from (
            "    " + line for line in _standing(result.evaluation, difference.subject, lang, width - 4)
        )
        return
    if difference.aspect in DUTY_ASPECTS:
        yield from _why_duty(result, difference, lang, width, style)
        return
    tree = derivation(result.evaluation, difference.subject)
    for line in TreeText(tree, lang, width - 4, style).lines():
        yield "    " + line


def _standing(evaluation: Evaluation, name: str, lang: Lang, width: int) -> Iterator[str]:
    """What the comparison rested on that came out differently."""
    policy, standings = evaluation.program.policy, evaluation.sheet.standings
    comparison = owner(name, policy.comparisons.values())
    if standings is None or comparison.id not in standings:
        yield from wrap(text("reason.not_compared", lang), width)
        return
    standing = standings[comparison.id]
    yield from wrap(standing_words(policy, comparison, standing, lang), width)
    for said in around_words(policy, comparison, standing, lang):
        yield from wrap(said, width)


def _why_duty(
    result: PolicyTestResult, difference: Difference, lang: Lang, width: int, style: Style
) -> Iterator[str]:
    """What became of the duty, procedure or measure that came out differently."""
    if result.case is None:
        return
    from engine.explain.duty_text import subject_lines

    for line in subject_lines(result.case, difference.subject.partition(" ")[0], lang, width - 4, style):
        yield "    " + line


def difference_words(policy: Policy, difference: Difference, lang: Lang) -> str:
    """`反复越级上访：应为成立，实为未知`"""
    aspect, subject = difference.aspect, difference.subject
    if aspect in ("classification", "key", "missing"):
        name = text(f"test.{aspect}", lang)
    elif aspect == "comparison":
        name = f"{fact_name(policy, subject, lang)} ({subject})"
    elif aspect in DUTY_ASPECTS:
        name = duty_subject(policy, aspect, subject, lang)
    else:
        name = f"{rule_name(policy, subject, lang)} ({subject})"
    return text(
        "test.difference",
        lang,
        subject=name,
        expected=_words(policy, difference, difference.expected, lang),
        actual=_words(policy, difference, difference.actual, lang),
    )


def _words(policy: Policy, difference: Difference, value: object, lang: Lang) -> str:
    if difference.aspect == "classification":
        return verdict_word(policy, str(value), lang)
    if difference.aspect == "missing":
        assert isinstance(value, tuple)
        names = COMMA[lang].join(fact_name(policy, fact, lang) for fact in value)
        return names or text("test.nothing", lang)
    if difference.aspect == "determination":
        if isinstance(value, HitPolicyBroken):
            return text("test.broken", lang)
        if value is None or value == ():
            return text("test.nothing", lang)
        assert isinstance(value, str | tuple | Undecided)
        return choice_words(value, policy.tables[difference.subject].outcomes, lang)
    if difference.aspect == "comparison":
        return truth_word(None, lang) if value is None else value_words(value, lang)  # type: ignore[arg-type]
    if difference.aspect in ("duty", "due", "procedure"):
        return duty_value(value, lang)
    return truth_word(value if isinstance(value, bool) else None, lang)


def duty_subject(policy: Policy, aspect: str, subject: str, lang: Lang) -> str:
    """`审核整顿工作方案 (review_plan 2018)`, with what is compared if that is not the status."""
    id_ = subject.partition(" ")[0]
    groups: tuple[Mapping[str, Duty | Procedure | Measure], ...] = (
        policy.duties,
        policy.procedures,
        policy.measures,
    )
    named = next(group[id_].name[lang] for group in groups if id_ in group)
    return text(f"test.{aspect}", lang, name=named, subject=subject)


def duty_value(value: object, lang: Lang) -> str:
    """A status, a day, a step or a list of them in words."""
    if isinstance(value, tuple):
        return COMMA[lang].join(str(item) for item in value) or text("test.nothing", lang)
    if value is None or value in ("", "none"):
        return text("test.nothing", lang)
    key = f"duties.status.{value}"
    return f"{text(key, lang)} ({value})" if known(key) else str(value)


def summary_line(results: Sequence[PolicyTestResult], engine: str, lang: Lang) -> str:
    """How many passed or failed, and which channels computed it."""
    failed = sum(not result.passed for result in results)
    key = "test.failed" if failed else "test.passed"
    counts = text(key, lang, passed=len(results), failed=failed, total=len(results))
    return text("test.summary", lang, counts=counts, engine=text(f"engine.{engine}", lang))


def github_lines(policy: Policy, results: Sequence[PolicyTestResult], lang: Lang) -> Iterator[str]:
    """One error annotation per failed test."""
    for result in results:
        if not result.passed:
            place = result.test.location
            said = "\n".join([result.test.name[lang], *_reasons(policy, result, lang)])
            yield annotation("error", said, place.file, place.line, place.column)


def _reasons(policy: Policy, result: PolicyTestResult, lang: Lang) -> list[str]:
    reasons = [difference_words(policy, difference, lang) for difference in result.differences]
    if result.refusal is not None:
        reasons.append(message(result.refusal.key, result.refusal.params, lang))
    return reasons


def json_text(policy: Policy, results: Sequence[PolicyTestResult], engine: str, lang: Lang) -> str:
    """``{"policy", "engine", "tests": [{"name", "file", "line", "passed", "differences", "message"}]}``"""
    tests = [
        {
            "name": result.test.name[lang],
            "file": result.test.file,
            "line": result.test.location.line,
            "passed": result.passed,
            "differences": [_difference(difference) for difference in result.differences],
            "message": "; ".join(_reasons(policy, result, lang)),
        }
        for result in results
    ]
    head = {"id": policy.id, "digest": policy.digest}
    return dumps({"policy": head, "engine": engine, "tests": tests}, indent=1)


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "aspect": difference.aspect,
        "subject": difference.subject,
        "expected": _plain(difference.aspect, difference.expected),
        "actual": _plain(difference.aspect, difference.actual),
    }


def _plain(aspect: str, value: object) -> object:
    if aspect in ("finding", "key", "measure"):
        return "unknown" if value is None else "true" if value is True else "false"
    if isinstance(value, Undecided | HitPolicyBroken):
        return choice_value(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
