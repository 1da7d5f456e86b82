"""What an Evaluator gives once a program is written out as Python is what it gives leaf by leaf."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_policies import AS_OF, FRAME, projects, sheets
from test_channels_agree import loaded, many_sheets

from engine.facts.sheet import FactSheet
from engine.inference import prepare
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Program
from engine.inference.evaluator import Evaluator
from engine.inference.leaves import LeafDecider
from engine.inference.reference import choose, truths_of
from engine.inference.straight import ALL_PAYS_OFF

_NAME = {"zh": "名", "en": "name"}
MINIMAL: dict[str, Any] = {
    "rules/c.yaml": {
        "category": {"id": "c", "name": _NAME, "clause": "1", "lead": "科室", "when": {"finding": "c.0"}},
        "criteria": [{"id": "c.0", "name": {"zh": "甲", "en": "a"}, "clause": "1", "when": {"b0": True}}],
    },
    "rules/classification.yaml": {
        "weak": {
            "name": {"zh": "弱", "en": "weak"},
            "clause": "1",
            "when": {"any": [{"finding": "c"}, {"n0": "> 2"}]},
        },
        "key": {
            "name": {"zh": "重", "en": "key"},
            "clause": "1",
            "when": {"all": [{"finding": "weak"}, {"b1": False}]},
        },
    },
}


def check(program: Program, units: list[FactSheet]) -> int:
    """Holds every unit to the specification; returns how many took the short way."""
    contexts = ContextBuilder(program)
    decider = LeafDecider(program, contexts)
    evaluator = Evaluator(program, at_once=True)
    short = 0
    for sheet in units:
        context = contexts.context(sheet)
        leaves, open_facts = decider.decide(context)
        truths = truths_of(program.network, leaves)
        found = evaluator.evaluate(sheet)
        assert found.conclusions is not None
        assert found.conclusions.truths == truths
        assert found.conclusions.choices == {t.id: choose(t, truths) for t in program.network.tables}
        assert dict(found.leaf_facts) == dict(open_facts)
        short += not context.conflicts
    return short


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(), st.lists(sheets(), min_size=1, max_size=8), st.integers(0, 10**6))
def test_random_policies(files: dict[str, Any], units: list[FactSheet], seed: int) -> None:
    check(prepare(loaded(files), AS_OF), units + many_sheets(seed, 40))


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=120), st.integers(0, 10**6))
def test_large_policies(files: dict[str, Any], seed: int) -> None:
    assert check(prepare(loaded(files), AS_OF), many_sheets(seed, 600)) > 100


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=2), sheets())
def test_observations_behind_known_values(files: dict[str, Any], sheet: FactSheet) -> None:
    """They are worked out later, and are those that the value was taken from."""
    context = ContextBuilder(prepare(loaded(files), AS_OF)).context(sheet)
    seen = {**sheet.facts, **({"unit_kind": sheet.kind} if sheet.kind else {})}
    for id_, observations in context.used.items():
        assert {o.value for o in observations} == {context.values[id_]}
        assert set(observations) <= set(seen[id_])
    assert seen.keys() - context.used.keys() <= context.reasons.keys()


def test_nothing_changes_when_it_begins_to_pay_off() -> None:
    program = prepare(loaded(FRAME | MINIMAL), AS_OF)
    evaluator, units = Evaluator(program), many_sheets(1, ALL_PAYS_OFF + 5)
    at_once = Evaluator(program, at_once=True)
    for sheet in units:
        found, other = evaluator.evaluate(sheet), at_once.evaluate(sheet)
        assert found.conclusions == other.conclusions
        assert found.missing == other.missing
