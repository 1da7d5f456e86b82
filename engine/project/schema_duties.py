"""The parts of the JSON Schemas that are about duties: who may own one, and what conditions of measures may say."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from engine.project.dated_rows import THE_UNIT
from engine.project.duty import STATUSES
from engine.project.policy import Policy

Schema = dict[str, Any]
MEASURE_CONDITION = "measure_condition"


def measure_condition(condition: Schema, policy: Policy) -> Schema:
    """``condition`` with the tests of duties and procedures, which may stand wherever a condition may."""
    found: Schema = _redirected(copy.deepcopy(condition))
    procedures = _names(policy.procedures)
    steps = [
        f"{left}.{right}"
        for procedure in policy.procedures.values()
        for left in (procedure.id, procedure.name.zh)
        for step in procedure.steps
        for right in (step.id, step.name.zh)
    ]
    one_status: Schema = {"enum": list(STATUSES)}
    found["properties"] |= {
        "duty": {"enum": _names(policy.duties)},
        "group": {"enum": _names(policy.groups)},
        "was": {"anyOf": [one_status, {"type": "array", "items": one_status, "minItems": 1}]},
        "times": {"type": ["integer", "string"]},
        "procedure": {"enum": procedures},
        "step": {"enum": steps},
    }
    required = found.setdefault("dependentRequired", {})
    required.pop("is", None)
    required |= {"duty": ["was"], "group": ["was"], "procedure": ["is"], "step": ["is"]}
    return found


def complete_duties(schema: Schema, policy: Policy) -> None:
    """Names that exist, wherever a rule about duties refers to one by a plain text."""
    parties = [*policy.posts, *policy.offices, *_names(policy.tables), *THE_UNIT]
    registers = _names(policy.registers)
    lists: dict[str, Iterable[str]] = {
        "owner": parties,
        "by": parties,
        "by all of": parties,
        "against": parties,
    }
    plain: dict[str, Iterable[str]] = {"register": registers, "group": _names(policy.groups)}
    for definition in schema["$defs"].values():
        properties = definition.get("properties", {})
        for key, names in lists.items():
            if key in properties and "anyOf" in properties[key] and _of_names(properties[key]):
                one: Schema = {"enum": list(names)}
                properties[key]["anyOf"] = [one, {"type": "array", "items": one}]
        for key, names in plain.items():
            if (
                key in properties
                and "x-definition" not in properties[key]
                and definition.get("title", "").endswith("Model")
            ):
                properties[key] = {"anyOf": [{"enum": list(names)}, {"type": "null"}]}


def _of_names(schema: Schema) -> bool:
    """Whether a schema is that of one text or a list of texts."""
    return any(option.get("type") == "array" for option in schema["anyOf"])


def _names(items: Mapping[str, Any]) -> list[str]:
    return [name for id_, item in items.items() for name in (id_, item.name.zh)]


def _redirected(part: Any) -> Any:
    if isinstance(part, dict):
        if part.get("$ref") == "#/$defs/condition":
            return {"$ref": f"#/$defs/{MEASURE_CONDITION}"}
        return {key: _redirected(value) for key, value in part.items()}
    return [_redirected(item) for item in part] if isinstance(part, list) else part
