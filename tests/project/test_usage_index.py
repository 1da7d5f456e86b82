"""What a parameter touches, for each place in which a policy can name one."""

from __future__ import annotations

from pathlib import Path

import pytest
from usage_project import FILES, write

from engine.project import load
from engine.project.policy import Policy
from engine.project.usage import Use, uses


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    result = load(write(tmp_path_factory.mktemp("usage"), FILES))
    assert result.policy is not None, [d.message("en") for d in result.diagnostics]
    return result.policy


#: parameter → (role, id, through) of everything that it touches
TOUCHED = {
    "in_a_leaf": [("criterion", "c.leaf", ())],
    "in_a_window": [("criterion", "c.window", ())],
    "in_a_count": [("criterion", "c.count", ())],
    "in_at_least": [("criterion", "c.at_least", ())],
    "in_a_reading": [("criterion", "c.reading", ())],
    "in_a_derived_fact": [
        ("criterion", "c.derived", ("share",)),
        ("criterion", "c.derived_twice", ("doubled", "share")),
        ("duty", "by_fact", ("shown",)),
    ],
    "in_a_parameter": [("criterion", "c.parameter", ("computed",))],
    "computed": [("criterion", "c.parameter", ())],
    "in_a_table": [("table", "who", ())],
    "in_a_lapse": [("duty", "repair", ())],
    "in_working_days": [("duty", "answer", ())],
    "in_a_number_of_proofs": [("duty", "visit", ())],
    "in_a_filter": [("duty", "visit", ())],
    "in_an_applicability": [("duty", "answer", ())],
    "in_a_step": [("procedure", "closing", ())],
    "in_a_trigger": [("measure", "urge", ())],
    "in_a_measures_time": [("measure", "urge", ())],
    "in_a_rung": [("measure", "second", ())],
    "in_a_ladder": [("ladder", "steps", ())],
    "in_the_counting": [("counting", "part of a period", ())],
    "nowhere": [],
}


def test_every_parameter_of_the_project_is_in_the_list(policy: Policy) -> None:
    assert set(policy.parameters) == set(TOUCHED)


@pytest.mark.parametrize("parameter", TOUCHED)
def test_what_a_parameter_touches(parameter: str, policy: Policy) -> None:
    def shown(use: Use) -> tuple[str, str, tuple[str, ...]]:
        return use.role, use.id, use.through

    assert [shown(use) for use in uses(policy)[parameter]] == TOUCHED[parameter]


def test_a_column_of_the_same_name_is_not_the_parameter(policy: Policy) -> None:
    """`where: {weight: ">= 2"}` is about the column, and so is `weight` inside a filter."""
    assert all(use.id != "weigh" for touched in uses(policy).values() for use in touched)


def test_the_built_in_plan_uses_all_of_its_interpretations() -> None:
    found = load(Path(__file__).resolve().parents[2], tests=False).policy
    assert found is not None
    touched = uses(found)
    assert [id_ for id_ in found.parameters if not touched[id_]] == []
