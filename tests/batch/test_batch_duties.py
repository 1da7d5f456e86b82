"""Duties and measures in columns say of every unit what the per-unit engines say of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from columns_of import part_of
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from random_duties import Plan, plans

from engine.batch.layout import usual_layout
from engine.batch.stages import Plan as Wanted
from engine.batch.stages import Stages
from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all, prepare
from engine.project.policy import Policy

sys.path.append(str(Path(__file__).parent.parent / "duties"))
from lamp_plan import policy, sheet
from test_duties_properties import facts, registers

FIRST, LAST = date(2018, 3, 1), date(2021, 1, 31)
waivers = st.lists(
    st.fixed_dictionaries(
        {
            "duty": st.sampled_from(["mend", "照料", "做fill", "nothing"]),
            "period": st.none() | st.sampled_from(["once", "2018", "2018-Q4"]),
            "reason": st.none() | st.just("停电"),
            "granted": st.none() | st.just(date(2018, 9, 1)),
        }
    ),
    max_size=2,
)


@st.composite
def units(draw: st.DrawFn) -> FactSheet:
    """A unit of the lamp plan; few have a waiver."""
    rows: dict[str, Any] = draw(registers)
    if draw(st.integers(0, 5)) == 0:
        rows = {**rows, "waived": draw(waivers)}
    return sheet(rows, draw(st.sampled_from(["社区", "社区", "联社", "村"])), **draw(facts))


def linked(plan: Plan) -> Policy:
    """The plan, if `check` has nothing against it."""
    try:
        return policy(**plan)
    except AssertionError:
        reject()


def check(plan: Policy, sheets: Sequence[FactSheet], as_of: date) -> int:
    """Compares all tables of the units that columns serve; returns how many those are."""
    sheets = [replace(sheet, unit=f"u{i:03d}") for i, sheet in enumerate(sheets)]
    program = prepare(plan, as_of)
    layout = usual_layout(plan)
    only = ("verdicts", "findings", "duties", "measures")
    stages = Stages(Wanted(program, only, long=False), layout)
    assert not stages.obstacles
    evaluations = list(evaluate_all(program, sheets, engine="reference"))
    part, found = stages.plain(part_of(layout, evaluations))
    plain = [(i, sheet) for i, sheet in enumerate(sheets) if sheet.unit not in part.odd]
    for name, expected in stages.odd(plain).items():
        rows = found[name].to_dicts()
        for row, wanted in zip(rows, expected.to_dicts(), strict=False):
            assert row == wanted, name
        assert len(rows) == expected.height, name
        assert found[name].schema == pl.DataFrame(schema=expected.schema).schema
    return len(plain)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(units(), min_size=1, max_size=12), st.dates(FIRST, LAST))
def test_the_lamp_plan(sheets: list[FactSheet], as_of: date) -> None:
    check(policy(), sheets, as_of)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.lists(units(), min_size=1, max_size=12), st.dates(FIRST, LAST))
def test_random_plans(plan: Plan, sheets: list[FactSheet], as_of: date) -> None:
    check(linked(plan), sheets, as_of)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.lists(units(), min_size=1, max_size=12), st.dates(FIRST, LAST))
def test_random_plans_at_length(plan: Plan, sheets: list[FactSheet], as_of: date) -> None:
    check(linked(plan), sheets, as_of)
