"""The measures as a policy of their own, whose facts are what became of findings, duties, procedures and ladders.

So the second stage needs no engine of its own: the same preparation, the same two channels and the same explanations
serve it. What a fact of this policy stands for is said by its name:

- ``finding:ID``: the truth of a finding of the first stage
- ``DUTY:status+status``: how many periods of a duty (or group) have one of the statuses
- ``PROCEDURE:violated``, ``PROCEDURE.STEP:done`` and so on: how a procedure stands
- ``LADDER:occasions``: how many occasions count
- ``listing:now``: whether the unit is on the list
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.inference.preparation import kinds_in_scope
from engine.language import Boolean, Number, parse, substitute
from engine.language.syntax import Name
from engine.messages import text
from engine.project.duty import DutyTest, Measure, Rung
from engine.project.policy import All, Condition, Fact, FindingRef, Leaf, Policy, Rule, Text, findings_in

LISTED_NOW = "listing:now"


def finding_name(rule: str) -> str:
    """The fact that stands for a finding of the first stage."""
    return f"finding:{rule}"


def occasions_name(ladder: str) -> str:
    """The fact that stands for the number of a ladder's occasions."""
    return f"{ladder}:occasions"


def findings_read(policy: Policy) -> tuple[str, ...]:
    """The findings of the first stage that measures refer to."""
    conditions = [condition for measure in policy.measures.values() for condition in measure.conditions]
    named = {id_ for condition in conditions for id_ in findings_in(condition)}
    return tuple(id_ for id_ in policy.rules if id_ in named)


def measure_policy(policy: Policy) -> Policy:
    """``policy`` with its measures for rules, and with the facts that those rules read."""
    rungs = {rung.measure: (id_, rung) for id_, ladder in policy.ladders.items() for rung in ladder.rungs}
    kinds = kinds_in_scope(policy)
    rules = {
        id_: Rule(
            id=id_,
            name=measure.name,
            role="finding",
            clause=measure.clause,
            when=_listed(measure, _condition(measure, rungs)),
            versions=tuple(
                replace(version, when=None if version.when is None else _over(measure, version.when))
                for version in measure.versions
            ),
            location=measure.location,
            kinds=kinds,
            note=measure.note,
        )
        for id_, measure in policy.measures.items()
    }
    facts = {**policy.facts, **{fact.id: fact for fact in _facts(policy)}}
    return replace(
        policy,
        facts=facts,
        rules=rules,
        categories={},
        tables={},
        duties={},
        comparisons={},
        order=tuple(rules),
        strata=dict.fromkeys(rules, 0),
    )


def _condition(measure: Measure, rungs: Mapping[str, tuple[str, Rung]]) -> Condition:
    if measure.when is not None:
        return _over_facts(measure.when, measure)
    ladder, rung = rungs[measure.id]
    expression = substitute(parse("n >= k"), {"n": Name(occasions_name(ladder)), "k": rung.start})
    return Leaf(expression, measure.location, occasions_name(ladder), "")


def _listed(measure: Measure, own: Condition) -> Condition:
    """``own``, and for what is done while a unit is listed, that it is."""
    return own if measure.span != "listed" else All((_true(LISTED_NOW, measure), own))


def _over(measure: Measure, condition: Condition) -> Condition:
    return _listed(measure, _over_facts(condition, measure))


def _over_facts(condition: Condition, measure: Measure) -> Condition:
    """``condition`` with every finding of the first stage read as a fact."""
    if isinstance(condition, FindingRef):
        return _true(finding_name(condition.id), measure)
    if isinstance(condition, Leaf):
        return condition
    return replace(condition, items=tuple(_over_facts(item, measure) for item in condition.items))


def _true(name: str, measure: Measure) -> Leaf:
    return Leaf(substitute(parse("x = true"), {"x": Name(name)}), measure.location, name, "true")


def _facts(policy: Policy) -> list[Fact]:
    facts = [_boolean(LISTED_NOW, _both("duties.fact.listed"))]
    facts += [_boolean(finding_name(id_), policy.rules[id_].name) for id_ in findings_read(policy)]
    for id_, ladder in policy.ladders.items():
        facts.append(_number(occasions_name(id_), _both("duties.fact.occasions", ladder.name)))
    for name, test in policy.duty_tests.items():
        if isinstance(test, DutyTest):
            subject = name.partition(":")[0]
            owner = policy.groups[subject].name if subject in policy.groups else policy.duties[subject].name
            words = {
                lang: text("duties.fact.or", lang).join(
                    text(f"duties.status.{status}", lang) for status in test.statuses
                )
                for lang in ("zh", "en")
            }
            facts.append(_number(name, _both("duties.fact.periods", owner, words)))
            continue
        procedure = policy.procedures[test.procedure]
        named = procedure.name
        if test.step is not None:
            named = next(step.name for step in procedure.steps if step.id == test.step)
        facts.append(_boolean(name, _both(f"duties.fact.{test.is_}", named)))
    return facts


def _both(key: str, name: Text | None = None, words: Mapping[str, str] | None = None) -> Text:
    params = {lang: {"name": name[lang] if name is not None else ""} for lang in ("zh", "en")}
    if words is not None:
        for lang in ("zh", "en"):
            params[lang]["words"] = words[lang]
    return Text(text(key, "zh", **params["zh"]), text(key, "en", **params["en"]))


def _boolean(id_: str, name: Text) -> Fact:
    return Fact(id_, name, "boolean", Boolean(), None, computed=True)


def _number(id_: str, name: Text) -> Fact:
    return Fact(id_, name, "integer", Number(), None, computed=True)
