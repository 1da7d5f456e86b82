"""The parts of the JSON Schemas that are about comparisons between units: what they give, and what they go by."""

from __future__ import annotations

from typing import Any

from engine.language.types import Boolean, String
from engine.project.conditions import LAST
from engine.project.policy import UNIT_KIND, DerivedFact, Fact, Policy

Schema = dict[str, Any]


def compared_tests(policy: Policy) -> dict[str, Schema]:
    """What may stand to the right of each name in a condition."""
    return {
        name: _labelled(_test(policy, fact), fact)
        for fact in policy.compared.values()
        for name in (fact.id, fact.name.zh)
    }


def compared_values(policy: Policy) -> Schema:
    """What a test may say of each name."""
    properties = {
        name: _labelled(_value(policy, fact), fact)
        for fact in policy.compared.values()
        for name in (fact.id, fact.name.zh)
    }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def complete_comparisons(schema: Schema, policy: Policy) -> None:
    """Names that exist, wherever a comparison refers to one by a plain text."""
    definition = schema["$defs"].get("ComparisonModel")
    if definition is None:
        return
    properties = definition["properties"]
    groups = [UNIT_KIND]
    known: list[Fact | DerivedFact] = [*policy.facts.values(), *policy.derived.values()]
    for fact in known:
        if isinstance(fact.language_type, String | Boolean):
            groups += [fact.id, fact.name.zh]
    one: Schema = {"enum": groups}
    properties["among"]["anyOf"] = [one, {"type": "array", "items": one}]
    rankings = [n for id_ in _rankings(policy) for n in (id_, policy.comparisons[id_].name.zh)]
    properties["quota"] = {"anyOf": [{"enum": rankings}, {"type": "null"}]}


def _rankings(policy: Policy) -> list[str]:
    return [id_ for id_, comparison in policy.comparisons.items() if len(comparison.names) > 1]


def _test(policy: Policy, fact: Fact) -> Schema:
    if fact.type == "boolean":
        return {"enum": [True, False, "是", "否"]}
    words: list[Schema] = [{"enum": list(LAST)}] if fact.id in _rankings(policy) else []
    return {"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "array"}, *words]}


def _value(policy: Policy, fact: Fact) -> Schema:
    plain: Schema = {"enum": [True, False, "是", "否"]} if fact.type == "boolean" else {"type": "number"}
    words = list(LAST) if fact.id in _rankings(policy) else []
    return {"anyOf": [plain, {"enum": ["unknown", *words]}]}


def _labelled(schema: Schema, fact: Fact) -> Schema:
    return {**schema, "description": f"{fact.name.zh} · {fact.name.en}"}
