"""Before and after, side by side, in words and as an object; each finding that differs with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.duties.nouns import Instance
from engine.explain.changes import Change
from engine.explain.labels import Labels
from engine.explain.outline import outline
from engine.explain.say_changes import change_lines, change_object
from engine.explain.what_if import Difference, DutyDifference, FindingDifference, TestDifference
from engine.inference.evaluation import Evaluation
from engine.language.values import Unknown
from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.wording.columns import table, wrap
from engine.wording.duties import period_label, status_word
from engine.wording.words import (
    choice_value,
    choice_words,
    date_words,
    parameter_words,
    plain,
    rule_name,
    truth_token,
    truth_word,
    verdict_word,
)


def what_if_lines(found: Difference, changes: Sequence[Change], lang: Lang, width: int) -> Iterator[str]:
    """What is supposed, the verdict, then findings, determinations, duties and measures that differ."""
    before, after = found.before, found.after
    yield text("whatif.head", lang)
    supposed = [*change_lines(before, changes, lang), *_given(found, lang)]
    for line in supposed or [text("whatif.nothing-changed", lang)]:
        yield from _item("  - ", line, width)
    policy, later = before.program.policy, after.program.policy
    one = verdict_word(policy, before.classification, lang)
    other = verdict_word(later, after.classification, lang)
    yield ""
    if found.verdict_differs:
        yield from wrap(text("whatif.verdict-differs", lang, before=one, after=other), width)
    else:
        yield from wrap(text("whatif.verdict-same", lang, verdict=one), width)
    if not (found.findings or found.choices or found.duties or found.measures):
        yield from wrap(text("whatif.same", lang), width)
        return
    labels = Labels(outline(before.program), lang), Labels(outline(after.program), lang)
    rows = [
        [
            rule_name(_owner(found, f.rule), f.rule, lang),
            truth_word(f.before, lang),
            truth_word(f.after, lang),
        ]
        for f in found.findings
    ]
    yield from _table("whatif.findings", rows, lang, width)
    because = [(f, list(_because(found, f, labels, lang))) for f in found.findings]
    if any(lines for _, lines in because):
        yield ""
        yield text("whatif.because", lang)
    for finding, lines in because:
        for line in lines:
            name = rule_name(_owner(found, finding.rule), finding.rule, lang)
            yield from _item("  - ", text("explain.fact", lang, name=name, value=line), width)
    choices = []
    for choice in found.choices:
        place = policy if choice.table in policy.tables else later
        names = place.tables[choice.table].outcomes
        choices.append(
            [
                place.tables[choice.table].name[lang],
                choice_words(choice.before, names, lang),
                choice_words(choice.after, names, lang),
            ]
        )
    yield from _table("whatif.choices", choices, lang, width)
    yield from _table("whatif.duties", [_duty(found, d, lang) for d in found.duties], lang, width)
    measures = [
        [
            (policy if m.measure in policy.measures else later).measures[m.measure].name[lang],
            truth_word(m.before, lang),
            truth_word(m.after, lang),
        ]
        for m in found.measures
    ]
    yield from _table("whatif.measures", measures, lang, width)


def what_if_object(found: Difference, changes: Sequence[Change], lang: Lang) -> dict[str, object]:
    """``{"supposed", "classification", "facts", "parameters", "findings", "determinations", "duties", "measures"}``.

    What differs is written as ``before`` and ``after``; labels of tests depend on ``lang``.
    """
    before, after = found.before, found.after
    labels = Labels(outline(before.program), lang), Labels(outline(after.program), lang)
    return {
        "supposed": [change_object(before, change) for change in changes],
        "as_of": _pair(before.program.as_of.isoformat(), after.program.as_of.isoformat()),
        "policy": _pair(before.program.policy.digest, after.program.policy.digest),
        "classification": _pair(before.classification, after.classification),
        "facts": {name: _pair(_fact(before, name), _fact(after, name)) for name in found.facts},
        "parameters": {
            name: _pair(plain(before.program.parameters.get(name)), plain(after.program.parameters.get(name)))
            for name in found.parameters
        },
        "findings": [
            {
                "rule": f.rule,
                **_pair(truth_token(f.before), truth_token(f.after)),
                "because": {
                    "tests": [_test_object(found, t, labels) for t in f.tests],
                    "findings": list(f.findings),
                },
            }
            for f in found.findings
        ],
        "determinations": [
            {"table": c.table, **_pair(choice_value(c.before), choice_value(c.after))} for c in found.choices
        ],
        "duties": [
            {"duty": d.duty, "period": d.period, **_pair(_instance(d.before), _instance(d.after))}
            for d in found.duties
        ],
        "measures": [
            {"measure": m.measure, **_pair(truth_token(m.before), truth_token(m.after))}
            for m in found.measures
        ],
    }


def _given(found: Difference, lang: Lang) -> Iterator[str]:
    """Parameters that have other values, and another as-of date."""
    before, after = found.before.program, found.after.program
    for name in found.parameters:
        sides = [
            parameter_words(program.policy, name, program.parameters[name], lang)
            if name in program.parameters
            else text("whatif.no-period", lang)
            for program in (before, after)
        ]
        place = before.policy if name in before.policy.parameters else after.policy
        named = place.parameters[name].name[lang]
        yield text("whatif.parameter", lang, name=named, before=sides[0], after=sides[1])
    if before.as_of != after.as_of:
        yield text(
            "whatif.as-of", lang, before=date_words(before.as_of, lang), after=date_words(after.as_of, lang)
        )


def _because(
    found: Difference, finding: FindingDifference, labels: tuple[Labels, Labels], lang: Lang
) -> Iterator[str]:
    for rule in finding.findings:
        truths = next(f for f in found.findings if f.rule == rule)
        yield text(
            "whatif.because-test",
            lang,
            test=rule_name(_owner(found, rule), rule, lang),
            before=truth_word(truths.before, lang),
            after=truth_word(truths.after, lang),
        )
    for test in finding.tests:
        key = "whatif.because-test"
        if test.before_node is None:
            key = "whatif.because-new-test"
        elif test.after_node is None:
            key = "whatif.because-no-test"
        yield text(
            key,
            lang,
            test=_label(found, test, labels),
            before=truth_word(test.before, lang),
            after=truth_word(test.after, lang),
        )


def _label(found: Difference, test: TestDifference, labels: tuple[Labels, Labels]) -> str:
    if test.after_node is not None:
        return labels[1].label(outline(found.after.program).points[test.after_node])
    assert test.before_node is not None
    return labels[0].label(outline(found.before.program).points[test.before_node])


def _test_object(found: Difference, test: TestDifference, labels: tuple[Labels, Labels]) -> dict[str, object]:
    return {
        "label": _label(found, test, labels),
        **_pair(
            None if test.before_node is None else truth_token(test.before),
            None if test.after_node is None else truth_token(test.after),
        ),
    }


def _owner(found: Difference, rule: str) -> Policy:
    before, after = found.before.program.policy, found.after.program.policy
    return before if rule in before.rules else after


def _duty(found: Difference, item: DutyDifference, lang: Lang) -> list[str]:
    instance = item.before or item.after
    assert instance is not None
    policy = (found.before if item.before is not None else found.after).program.policy
    period = period_label(policy, instance.duty, instance.period, lang)
    name = text("explain.rule", lang, name=instance.duty.name[lang], id=period)
    return [name, _status(item.before, lang), _status(item.after, lang)]


def _status(instance: Instance | None, lang: Lang) -> str:
    if instance is None:
        return text("whatif.no-period", lang)
    word = status_word(instance.status, lang)
    if instance.due.day is None:
        return word
    return text("whatif.duty", lang, status=word, due=date_words(instance.due.day, lang))


def _instance(instance: Instance | None) -> dict[str, object] | None:
    if instance is None:
        return None
    return {"status": instance.status, "due": plain(instance.due.day)}


def _fact(evaluation: Evaluation, name: str) -> object:
    value = evaluation.context.values.get(name)
    return None if isinstance(value, Unknown) else plain(value)


def _pair(before: object, after: object) -> dict[str, object]:
    return {"before": before, "after": after}


def _table(key: str, rows: list[list[str]], lang: Lang, width: int) -> Iterator[str]:
    if rows:
        yield ""
        head = [text(key, lang), text("whatif.before", lang), text("whatif.after", lang)]
        yield from table(head, rows, width)


def _item(head: str, said: str, width: int) -> Iterator[str]:
    for i, line in enumerate(wrap(said, width - len(head))):
        yield (head if i == 0 else " " * len(head)) + line
