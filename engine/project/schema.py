"""JSON Schemas (draft 2020-12) for every file kind, from the models and the project's own vocabulary.

With them an editor completes fact names in either language and marks a typo while it is being typed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from engine.project.file_kinds import FILE_KINDS
from engine.project.policy import Fact, Parameter, Policy, Register
from engine.project.schema_comparisons import compared_tests, compared_values, complete_comparisons
from engine.project.schema_duties import MEASURE_CONDITION, complete_duties, measure_condition
from engine.project.value_tests import LONGER_AGO, WITHIN

Schema = dict[str, Any]
FOLDER = ".schema"
#: A text that is a FEEL unary test rather than a plain value.
_UNARY_TEST = {"type": "string", "pattern": r"[<>=(\[\]\"?]|\.\.|^-$"}
_PERIOD = {"type": "string", "examples": ["12 months", "2 years", "30 days"]}


def schemas(policy: Policy) -> dict[str, Schema]:
    """File kind → schema. Names of facts, registers, rules, clauses and offices are those of ``policy``."""
    definitions = _definitions(policy)
    found = {}
    for kind, model in FILE_KINDS.items():
        schema = _linked(model.model_json_schema(by_alias=True))
        schema["$defs"] = {**schema.get("$defs", {}), **definitions}
        _complete(schema, policy)
        complete_duties(schema, policy)
        complete_comparisons(schema, policy)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = f"plumbline {kind} · {policy.id}"
        found[kind] = schema
    return found


def write_schemas(policy: Policy, folder: Path) -> list[Path]:
    """Writes ``<kind>.json`` for every kind into ``folder``; each file appears only when it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, schema in schemas(policy).items():
        target = folder / f"{kind}.json"
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{kind}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, target)
        written.append(target)
    return written


def _linked(part: Any) -> Any:
    """The models name what comes from the vocabulary by `x-definition`; here that becomes a reference."""
    if isinstance(part, dict):
        if "x-definition" in part:
            return {"$ref": f"#/$defs/{part['x-definition']}"}
        return {key: _linked(value) for key, value in part.items()}
    return [_linked(item) for item in part] if isinstance(part, list) else part


def _definitions(policy: Policy) -> dict[str, Schema]:
    facts = {name: _test(fact) for fact in policy.facts.values() for name in (fact.id, fact.name.zh)}
    derived = {
        name: _labelled(
            {"type": ["string", "number", "boolean", "array", "object"]}, fact.name.zh, fact.name.en
        )
        for fact in policy.derived.values()
        for name in (fact.id, fact.name.zh)
    }
    condition = _condition(policy, facts | derived | compared_tests(policy))
    return {
        "compared": compared_values(policy),
        "condition": condition,
        MEASURE_CONDITION: measure_condition(condition, policy),
        "facts": {
            "type": "object",
            "additionalProperties": False,
            "properties": {n: _value(f) for f in policy.facts.values() for n in (f.id, f.name.zh)},
        },
        "registers": {
            "type": "object",
            "additionalProperties": False,
            "properties": {n: _rows(r) for r in policy.registers.values() for n in (r.id, r.name.zh)},
        },
        "parameters": {
            "type": "object",
            "additionalProperties": False,
            "properties": {n: _parameter(p) for p in policy.parameters.values() for n in (p.id, p.name.zh)},
        },
    }


def _condition(policy: Policy, tests: Mapping[str, Schema]) -> Schema:
    items = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}
    rules = sorted({name for rule in policy.rules.values() for name in (rule.id, rule.name.zh)})
    readings = [n for p in policy.parameters.values() if p.type == "reading" for n in (p.id, p.name.zh)]
    numbers = [
        n for p in policy.parameters.values() if p.type in ("number", "integer") for n in (p.id, p.name.zh)
    ]
    registers = [n for r in policy.registers.values() for n in (r.id, r.name.zh)]
    filters: list[Schema] = [
        {
            "if": {"properties": {"count": {"enum": [r.id, r.name.zh]}}, "required": ["count"]},
            "then": {"properties": {"where": _where(r)}},
        }
        for r in policy.registers.values()
    ]
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "all": items,
            "any": items,
            "none": items,
            "of": items,
            "at least": {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": numbers}, {"type": "string"}]},
            "reading": {"enum": readings},
            "finding": {"enum": rules},
            "count": {"enum": registers},
            "where": {"type": "object"},
            "is": {"type": ["integer", "string", "array"]},
            "expression": {"type": "string"},
            **tests,
        },
        "dependentRequired": {
            "at least": ["of"],
            "reading": ["of"],
            "count": ["is"],
            "where": ["count"],
            "is": ["count"],
        },
        # A schema may not have an empty list here.
        **({"allOf": filters} if filters else {}),
    }


def _where(register: Register) -> Schema:
    columns = {n: _test(c) for c in register.columns.values() for n in (c.id, c.name.zh)}
    return {"type": "object", "additionalProperties": False, "properties": columns}


def _test(fact: Fact) -> Schema:
    """What may stand to the right of a fact in a condition."""
    value = _bare(fact)
    options: list[Schema] = [value, {"type": "array", "items": value, "minItems": 1}, _UNARY_TEST]
    if fact.type in ("number", "integer"):
        options.append({"type": "string"})
    if fact.type == "date":
        for key in (WITHIN, LONGER_AGO):
            options.append(
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": [key],
                    "properties": {key: _PERIOD},
                }
            )
    return _labelled({"anyOf": options}, fact.name.zh, fact.name.en)


def _value(fact: Fact) -> Schema:
    """What a test may give a fact."""
    either = {
        "type": "object",
        "additionalProperties": False,
        "required": ["either"],
        "properties": {"either": {"type": "array", "items": _bare(fact), "minItems": 2}},
    }
    return _labelled({"anyOf": [_bare(fact), {"type": "null"}, either]}, fact.name.zh, fact.name.en)


def _bare(fact: Fact) -> Schema:
    if fact.type == "boolean":
        return {"enum": [True, False, "是", "否"]}
    if fact.type == "choice":
        return {"enum": [name for choice in fact.choices for name in (choice.value, choice.en)]}
    if fact.type == "date":
        return {"type": "string", "format": "date"}
    return {"number": {"type": "number"}, "integer": {"type": "integer"}, "text": {"type": "string"}}[
        fact.type
    ]


def _rows(register: Register) -> Schema:
    columns = {
        n: {"anyOf": [_bare(c), {"type": "null"}]}
        for c in register.columns.values()
        for n in (c.id, c.name.zh)
    }
    row = {"type": "object", "additionalProperties": False, "properties": columns}
    return _labelled(
        {"anyOf": [{"type": "array", "items": row}, {"type": "null"}]}, register.name.zh, register.name.en
    )


def _parameter(parameter: Parameter) -> Schema:
    kinds: dict[str, Schema] = {
        "number": {"type": "number"},
        "integer": {"type": "integer"},
        "boolean": {"type": "boolean"},
        "reading": {"enum": ["any", "all"]},
        "duration": _PERIOD,
        "date": {"type": "string", "format": "date"},
        "choice": {"enum": [c.value for c in parameter.choices]},
    }
    return _labelled(kinds.get(parameter.type, {"type": "string"}), parameter.name.zh, parameter.name.en)


def _labelled(schema: Schema, zh: str, en: str) -> Schema:
    return {**schema, "description": f"{zh} · {en}"}


def _complete(schema: Schema, policy: Policy) -> None:
    """Names that exist, wherever a file refers to one by a plain text."""
    known: dict[str, Iterable[str]] = {
        "clause": policy.clauses,
        "supplier": policy.offices,
        "kind": [n for kind in policy.kinds.values() for n in (kind.id, *kind.aliases)],
    }
    offices = list(policy.offices)
    kinds = list(known["kind"])
    for model, definition in schema["$defs"].items():
        properties = definition.get("properties", {})
        for key, names in known.items():
            if key in properties and model.endswith("Model") and model != "ClauseModel":
                properties[key] = {**properties[key], "anyOf": [{"enum": list(names)}, {"type": "null"}]}
                properties[key].pop("type", None)
        for key, names in (("lead", offices), ("support", offices), ("applies to", kinds)):
            if key in properties:
                one: Schema = {"enum": names}
                properties[key]["anyOf"] = [one, {"type": "array", "items": one}]
