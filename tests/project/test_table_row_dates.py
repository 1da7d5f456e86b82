"""Rows of decision tables with days: who is in charge changes when the plan says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_project import check, write

from engine.explain.derivation import derivation
from engine.explain.rule_page import rule_lines
from engine.explain.tree_text import text_lines
from engine.facts.sheet import FactSheet, Observation, Source
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation
from engine.project import load
from engine.project.policy import Policy

TABLE = """\
tables:
  - id: visit
    name: {zh: 走访, en: Visit}
    clause: "1"
    hit policy: U
    outcomes: [{id: monthly, name: {zh: 每月, en: monthly}}, {id: weekly, name: {zh: 每周, en: weekly}}]
    rows:
      - {when: {信访积案未结: true}, then: monthly, until: 2019-06-30}
      - {when: {信访积案未结: true}, then: weekly, from: 2019-07-01}
"""


def policy_of(folder: Path, table: str = TABLE) -> Policy:
    result = load(write(folder, {"rules/assignment.yaml": table}))
    assert result.policy is not None, [d.message("en") for d in result.diagnostics]
    return result.policy


def evaluated(policy: Policy, day: str, engine: str = "both", **facts: Any) -> Evaluation:
    seen = {name: (Observation(value, str(value), Source("t")),) for name, value in facts.items()}
    sheet = FactSheet("u", "某社区", (Observation("社区", "社区", Source("t")),), seen, {})
    program = prepare(policy, date.fromisoformat(day))
    (found,) = evaluate_all(program, [sheet], engine=engine)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("engine", ["reference", "both"])
@pytest.mark.parametrize(("day", "expected"), [("2019-06-30", "monthly"), ("2019-07-01", "weekly")])
def test_the_date_picks_the_row(tmp_path: Path, engine: str, day: str, expected: str) -> None:
    found = evaluated(policy_of(tmp_path), day, engine, cases_open=True).choice("visit")
    assert found == expected


def test_a_row_that_is_not_in_force_does_not_make_an_unknown_fact_matter(tmp_path: Path) -> None:
    late = TABLE.replace("until: 2019-06-30", "until: 2018-12-31")
    found = evaluated(policy_of(tmp_path, late), "2019-03-01").choice("visit")
    assert found is None  # neither row is in force, so nothing is open


def test_explain_and_the_page_of_the_table_say_the_days(tmp_path: Path) -> None:
    policy = policy_of(tmp_path)
    found = evaluated(policy, "2019-07-01", cases_open=True)
    said = "\n".join(text_lines(derivation(found, "visit"), "en", 200))
    assert "row 1: monthly, in force until 2019-06-30: not in force on the as-of date" in said
    assert "row 2: weekly, in force from 2019-07-01" in said
    said = "\n".join(text_lines(derivation(found, "visit"), "zh", 200))
    assert "第1行：每月，至2019年6月30日止：截至日不在施行期内" in said
    page = "\n".join(rule_lines(policy, "visit", (), "en", 120, lambda _, text: text))
    assert "1. monthly, in force until 2019-06-30 if:" in page
    assert "2. weekly, in force from 2019-07-01 if:" in page


def test_the_digest_covers_the_days(tmp_path: Path) -> None:
    other = TABLE.replace("2019-07-01", "2019-08-01")
    assert policy_of(tmp_path / "a").digest != policy_of(tmp_path / "b", other).digest


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "then: weekly, from: 2019-07-01",
            "then: weekly, from: 2019-07-01, until: 2019-06-30",
            "error[row-ends-early]: the row is in force until `2019-06-30`, which is before its first day, 2019-07-01",
        ),
        (
            "until: 2019-06-30",
            "until: 2017-06-30",
            "error[row-ends-early]: the row is in force until `2017-06-30`, which is before its first day, 2018-07-25",
        ),
        (
            "from: 2019-07-01",
            "from: 2018-07-01",
            "error[amended-before-plan]: `2018-07-01` is not after 2018-07-25, the day on which the plan takes effect",
        ),
    ],
)
def test_days_that_cannot_be(tmp_path: Path, old: str, new: str, expected: str) -> None:
    said = check(tmp_path, {"rules/assignment.yaml": TABLE.replace(old, new)})
    assert expected in said
