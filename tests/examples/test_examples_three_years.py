"""The office's three years: thirty units at six dates, exactly as recorded, and what each unit is there to tell."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.project import load

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "changgang" / "three-years"
spec = importlib.util.spec_from_file_location("build_three_years", FOLDER / "build.py")
assert spec is not None and spec.loader is not None
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)
POLICY = load(ROOT, tests=False).policy
assert POLICY is not None


@pytest.mark.parametrize("day", build.DATES)
def test_results_are_as_recorded(day: str) -> None:
    text = build.results_text(POLICY, date.fromisoformat(day))
    assert text == (FOLDER / f"expected-{day}.json").read_text(encoding="utf-8")


def recorded(day: str, unit: str) -> dict[str, Any]:
    found = json.loads((FOLDER / f"expected-{day}.json").read_text(encoding="utf-8"))
    return next(outcome for name, outcome in found.items() if name.startswith(unit))


def test_on_the_day_of_issue_nobody_is_overdue() -> None:
    found = json.loads((FOLDER / "expected-2018-07-25.json").read_text(encoding="utf-8"))
    assert [outcome["overdue"] for outcome in found.values() if outcome["overdue"]] == []


def test_a_diligent_key_unit_is_delisted_in_order_and_rewarded() -> None:
    found = recorded("2020-12-31", "CG-04")
    assert (found["overdue"], found["late"], found["unknown"]) == ([], [], [])
    assert found["delisting"][0]["violations"] == [] and found["delisting"][0]["next"] is None
    assert [measure for measure in found["measures"] if not measure.endswith(" taken")] == ["dues_reward"]


def test_a_unit_that_fails_climbs_the_ladder_to_accountability() -> None:
    called = {day: recorded(day, "CG-20")["measures"] for day in build.DATES}
    assert called["2018-12-31"] == ["assign_leader taken"]
    assert "circular taken" in called["2019-06-30"]
    assert "interview taken" in called["2020-06-30"]
    assert "accountable_target" in called["2020-12-31"]


def test_one_waiver_has_a_reason_and_the_other_does_not_count() -> None:
    found = recorded("2020-12-31", "CG-07")
    assert found["duties"]["waived"] == 1
    assert found["overdue"] == ["review_funds 2019"]


def test_what_was_done_on_an_unknown_day_is_not_overdue() -> None:
    found = recorded("2020-12-31", "CG-08")
    assert found["unknown"] == ["review_plan once", "attend_lecture 2018"] and found["overdue"] == []


def test_registers_never_filled_in_accuse_nobody() -> None:
    found = recorded("2020-12-31", "CG-24")
    # Only that somebody is in charge of it follows from the listing alone.
    accusing = [measure for measure in found["measures"] if measure != "assign_leader"]
    assert found["overdue"] == [] and all(measure.endswith(" ?") for measure in accusing)


def test_a_unit_listed_again_begins_the_procedure_again() -> None:
    (run,) = recorded("2020-12-31", "CG-27")["delisting"]
    assert run == {"done": [], "next": "consent", "violations": []}


def test_steps_left_out_or_turned_round_are_named() -> None:
    (run,) = recorded("2020-12-31", "CG-28")["delisting"]
    assert run["violations"] == ["application: out_of_order", "acceptance: missing"]
