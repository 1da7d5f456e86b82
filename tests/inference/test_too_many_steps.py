"""A unit whose lists are too long for a rule's nested filters fails alone; the units around it get their verdicts."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from random_policies import AS_OF, FRAME, SOURCE
from random_sheets import sheet
from test_channels_agree import loaded

from engine.facts.sheet import Row
from engine.inference import evaluate_all, prepare

TEXT = {"zh": "规则", "en": "rule"}
RULES: dict[str, Any] = {
    "rules/c.yaml": {
        "category": {"id": "c", "name": TEXT, "clause": "1", "lead": "科室", "when": {"finding": "c.nested"}},
        "criteria": [
            {
                "id": "c.nested",
                "name": {"zh": "嵌套", "en": "nested"},
                "clause": "1",
                "when": {"expression": "count(r0[count(r0) > amount]) > 2"},
            }
        ],
    },
    "rules/classification.yaml": {
        "weak": {"name": {"zh": "弱", "en": "weak"}, "clause": "1", "when": {"finding": "c"}},
        "key": {"name": {"zh": "重", "en": "key"}, "clause": "1", "when": {"finding": "weak"}},
    },
}


@pytest.mark.parametrize("engine", ["reference", "both"])
def test_it_fails_alone(engine: Any) -> None:
    program = prepare(loaded({**FRAME, **RULES}), AS_OF)
    one = sheet(Random(3))
    row = Row({}, SOURCE)
    few, many = replace(one, registers={"r0": (row,) * 4}), replace(one, registers={"r0": (row,) * 1_001})
    found = list(evaluate_all(program, [many, few, many, many, few, many], engine=engine))
    assert [e.failure is None for e in found] == [False, True, False, False, True, False]
    assert [e.sheet for e in found] == [many, few, many, many, few, many]
    failed = found[0]
    assert failed.failure is not None
    assert failed.failure.key == "error.too-many-steps"
    assert failed.classification == "undetermined"
    assert failed.missing == ()
