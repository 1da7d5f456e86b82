"""Running a policy's own tests: what passes, how each kind of difference is told, and what cannot be run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from engine.analysis.policy_tests import PolicyTestResult, matching, run_tests
from engine.analysis.test_report import difference_words, github_lines, text_lines
from engine.diagnostics import display_width
from engine.project import load
from engine.project.policy_test import EXPECT_UNKNOWN, Alternatives, Expectation, PolicyTest

LOADED = load(Path(__file__).parent.parent / "cli" / "lanterns")
assert LOADED.policy is not None
POLICY = LOADED.policy
SEVERE = LOADED.tests[0]  # three severe cases within a year: weak, not key


def run(test: PolicyTest) -> PolicyTestResult:
    (result,) = run_tests(POLICY, [test])
    return result


def said(test: PolicyTest) -> list[str]:
    return [difference_words(POLICY, difference, "zh") for difference in run(test).differences]


def expecting(**more: object) -> PolicyTest:
    return replace(SEVERE, expect=Expectation(**more))  # type: ignore[arg-type]


def test_the_projects_tests_pass() -> None:
    assert [result.passed for result in run_tests(POLICY, LOADED.tests)] == [True, True]


def test_each_kind_of_difference_says_what_was_expected_and_what_came_out() -> None:
    assert said(expecting(findings={"neglect": True})) == ["失管类 (neglect)：应为成立，实为不成立"]
    assert said(expecting(findings={"neglect": None})) == ["失管类 (neglect)：应为未知，实为不成立"]
    assert said(expecting(classification="not_weak")) == ["认定：应为不属于需要整改，实为需要整改"]
    assert said(expecting(key=True)) == ["重点：应为成立，实为不成立"]
    assert said(expecting(determinations={"leader": "主任"})) == ["责任领导 (leader)：应为主任，实为副主任"]
    assert said(expecting(determinations={"leader": None})) == ["责任领导 (leader)：应为无，实为副主任"]
    assert said(expecting(determinations={"leader": EXPECT_UNKNOWN})) == [
        "责任领导 (leader)：应为未知，实为副主任"
    ]
    assert said(expecting(missing=("keeper",))) == ["未知事实：应为有管理人，实为无"]


def test_what_is_not_mentioned_is_not_compared() -> None:
    assert run(expecting()).passed


def test_facts_that_disagree_and_registers_never_filled_in() -> None:
    unsure = replace(
        SEVERE,
        facts={"keeper": Alternatives((True, False)), "dark_days": Decimal(0)},
        registers={},
        expect=Expectation(findings={"neglect": None}, missing=("damage", "keeper")),
    )
    assert run(unsure).passed


def test_parameters_and_dates_are_the_tests_own_and_order_is_kept() -> None:
    stricter = replace(expecting(classification="not_weak"), parameters={"repeated_damage": Decimal(9)})
    later = replace(expecting(classification="not_weak"), as_of=date(2020, 1, 1))
    results = run_tests(POLICY, [stricter, SEVERE, later])
    assert [result.test for result in results] == [stricter, SEVERE, later]
    assert [result.passed for result in results] == [True, True, True]


def test_a_date_before_the_plan_is_a_failure_of_that_test_alone() -> None:
    early = replace(SEVERE, as_of=date(2017, 1, 1))
    results = run_tests(POLICY, [early, SEVERE])
    assert [result.passed for result in results] == [False, True]
    assert results[0].refusal is not None
    (line,) = github_lines(POLICY, results, "en")
    assert line.startswith("::error file=rules/screening/damage.test.yaml,line=2,")
    assert "`2017-01-01` is before the plan takes effect on 2018-01-01" in line


def test_a_failure_is_printed_with_its_place_and_why() -> None:
    results = run_tests(POLICY, [expecting(findings={"neglect": True})])
    lines = list(text_lines(POLICY, results, "en", 80, lambda name, shown: shown))
    assert lines[:3] == [
        "rules/screening/damage.test.yaml:2: three severe cases within a year",
        "  Neglect (neglect): expected true, got false",
        "    [false] Neglect (neglect)",
    ]
    assert any("Days dark: 0 天" in line for line in lines)
    assert all(display_width(line) <= 80 for line in lines)


def test_patterns_match_names_files_and_ids() -> None:
    assert matching(LOADED.tests, None) == LOADED.tests
    assert matching(LOADED.tests, "严重") == (SEVERE,)
    assert matching(LOADED.tests, "THREE severe") == (SEVERE,)
    assert matching(LOADED.tests, "damage.test.yaml") == LOADED.tests
    assert matching(LOADED.tests, "leader") == (SEVERE,)
    assert matching(LOADED.tests, "nothing like this") == ()
