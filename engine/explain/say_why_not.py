"""Missing paths in words and as an object."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explain.labels import Labels
from engine.explain.outline import outline
from engine.explain.why_not import MissingTest, WhyNot
from engine.messages import Lang, text
from engine.wording.columns import wrap
from engine.wording.words import (
    COMMA,
    fact_name,
    office_name,
    rule_name,
    supplier_of,
    truth_token,
    truth_word,
)


def why_not_lines(found: WhyNot, lang: Lang, width: int) -> Iterator[str]:
    """The paths, the nearest first, each with its missing tests and what they read."""
    evaluation = found.evaluation
    policy = evaluation.program.policy
    what = rule_name(policy, found.subject, lang)
    if found.paths and not found.paths[0].tests:
        yield from wrap(
            text(f"why-not.{'holds' if found.wanted else 'does-not-hold'}", lang, what=what), width
        )
        return
    unknown = evaluation.finding(found.subject) is None
    state = "unknown" if unknown else "against" if found.wanted else "for"
    said = text(f"why-not.is-{state}", lang, what=what)
    through = None if found.through is None else rule_name(policy, found.through, lang)
    if not found.paths:
        none = "why-not.none" if through is None else "why-not.none-through"
        yield from wrap(said + text(none, lang, through=through), width)
        return
    aim = "why-not.to-hold" if found.wanted else "why-not.not-to-hold"
    said += text(aim if through is None else aim + "-through", lang, through=through)
    yield from wrap(said, width)
    labels = Labels(outline(evaluation.program), lang)
    for n, path in enumerate(found.paths, start=1):
        rules = COMMA[lang].join(
            f"{rule_name(policy, rule, lang)} ({rule})"
            if lang == "en"
            else f"{rule_name(policy, rule, lang)}（{rule}）"
            for rule in path.rules
        )
        yield from wrap(text("why-not.path", lang, n=n, missing=len(path.tests), rules=rules), width)
        for test in path.tests:
            yield from _test(found, test, labels, lang, width)
    more = found.count - len(found.paths)
    if more:
        key = "why-not.more" if found.complete else "why-not.at-least-more"
        yield from wrap(text(key, lang, more=more, limit=found.count), width)
    elif not found.complete:
        yield from wrap(text("why-not.incomplete", lang), width)


def _test(found: WhyNot, test: MissingTest, labels: Labels, lang: Lang, width: int) -> Iterator[str]:
    evaluation = found.evaluation
    point = outline(evaluation.program).points[test.node]
    said = text(
        "why-not.want",
        lang,
        test=labels.label(point),
        wanted=truth_word(test.wanted, lang),
        truth=truth_word(test.truth, lang),
    )
    if test.truth is None:
        policy = evaluation.program.policy
        missing = []
        for fact in sorted(set(evaluation.unknown_facts(test.node))):
            office = supplier_of(policy, fact)
            reason = text(f"reason.{evaluation.reason(fact)}", lang)
            if office is not None:
                reason = text("explain.ask", lang, reason=reason, office=office_name(policy, office, lang))
            missing.append(text("explain.fact", lang, name=fact_name(policy, fact, lang), value=reason))
        said += " (" + "; ".join(missing) + ")" if lang == "en" else "（" + "；".join(missing) + "）"
    for i, line in enumerate(wrap(said, width - 4)):
        yield ("  - " if i == 0 else "    ") + line


def why_not_object(found: WhyNot, lang: Lang) -> dict[str, object]:
    """``{"subject", "wanted", "through", "count", "complete", "paths"}``; a path is its rules and missing tests."""
    program = found.evaluation.program
    labels = Labels(outline(program), lang)
    points = outline(program).points
    return {
        "subject": found.subject,
        "wanted": found.wanted,
        "through": found.through,
        "count": found.count,
        "complete": found.complete,
        "paths": [
            {
                "rules": list(path.rules),
                "tests": [
                    {
                        "label": labels.label(points[test.node]),
                        "wanted": truth_token(test.wanted),
                        "truth": truth_token(test.truth),
                        "reads": sorted(program.leaves[test.node].reads),
                        "unknown": sorted(set(found.evaluation.unknown_facts(test.node))),
                    }
                    for test in path.tests
                ],
            }
            for path in found.paths
        ],
    }
