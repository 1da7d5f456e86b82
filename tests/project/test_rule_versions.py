"""Rules with dates: adopted, amended, repealed, added later. A policy fragment, a day, and what was in force on it."""

from __future__ import annotations

import sys
import tempfile
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_project import check, edited, write

sys.path.insert(0, str(Path(__file__).parent.parent / "inference"))
from random_policies import conditions, projects, sheets, write_project

from engine.explain.derivation import derivation
from engine.explain.rule_page import rule_lines
from engine.explain.tree_text import text_lines
from engine.facts.sheet import FactSheet, Observation, Source
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation
from engine.project import load
from engine.project.policy import Policy

OLD = "      信访积案未结: true"
AMENDED = """\
      信访积案未结: true
    amended:
      - from: 2019-07-01
        reason: {zh: 收入低的也算, en: a low income counts as well}
        when: {any: [{信访积案未结: true}, {集体收入: "< 10"}]}
      - from: 2020-07-01
        repealed: true
        made: 2020-09-01
        reason: {zh: 不再需要, en: no longer needed}"""


def amended(text: str = AMENDED) -> dict[str, str | None]:
    return edited("rules/screening/petitions.yaml", OLD, text)


def policy_of(folder: Path, changes: dict[str, str | None] | None = None) -> Policy:
    result = load(write(folder, changes))
    assert result.policy is not None, [d.message("en") for d in result.diagnostics]
    return result.policy


def unit(**facts: Any) -> FactSheet:
    seen = {name: (Observation(value, str(value), Source("t")),) for name, value in facts.items()}
    return FactSheet("u", "某社区", (Observation("社区", "社区", Source("t")),), seen, {})


def evaluated(policy: Policy, day: str, sheet: FactSheet, engine: str = "reference") -> Evaluation:
    program = prepare(policy, date.fromisoformat(day))
    (found,) = evaluate_all(program, [sheet], engine=engine)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("engine", ["reference", "both"])
@pytest.mark.parametrize(
    ("day", "open_cases", "income", "expected"),
    [
        ("2019-06-30", False, 5, False),  # the income did not count yet
        ("2019-07-01", False, 5, True),  # the first day of the amendment
        ("2019-07-01", False, 50, False),
        ("2020-06-30", True, 50, True),
        ("2020-07-01", True, 5, False),  # repealed: nothing makes it true
    ],
)
def test_the_date_picks_what_was_in_force(
    tmp_path: Path, engine: str, day: str, open_cases: bool, income: int, expected: bool
) -> None:
    sheet = unit(cases_open=open_cases, income=Decimal(income))
    assert evaluated(policy_of(tmp_path, amended()), day, sheet, engine).finding("petitions.old") is expected


def test_a_rule_that_was_added_later_does_not_hold_before(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, amended(OLD + "\n    in force from: 2019-01-01"))
    assert evaluated(policy, "2018-12-31", unit(cases_open=True)).finding("petitions.old") is False
    assert evaluated(policy, "2018-12-31", unit()).finding("petitions.old") is False  # not unknown either
    assert evaluated(policy, "2019-01-01", unit(cases_open=True)).finding("petitions.old") is True


def explained(policy: Policy, day: str, lang: str) -> str:
    evaluation = evaluated(policy, day, unit(cases_open=True, income=Decimal(5)))
    return "\n".join(text_lines(derivation(evaluation, "petitions.old"), lang, 200))  # type: ignore[arg-type]


def test_explain_says_which_version_and_since_when(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, amended())
    assert "version: as adopted with the plan; changes on 2019-07-01" in explained(policy, "2018-12-31", "en")
    assert (
        "version: in force since 2019-07-01 (amended, clause 1: a low income counts as well); changes on 2020-07-01"
        in explained(policy, "2019-12-31", "en")
    )
    said = explained(policy, "2020-12-31", "zh")
    assert "版本：自2020年7月1日起废止，不成立（修订，第1条：不再需要）；2020年9月1日才决定，溯及既往" in said
    assert "不在施行期间，不成立" in said


def test_the_page_of_a_rule_shows_all_versions(tmp_path: Path) -> None:
    page = "\n".join(
        rule_lines(policy_of(tmp_path, amended()), "petitions.old", (), "en", 120, lambda _, text: text)
    )
    assert (
        page.index("as adopted with the plan")
        < page.index("in force since 2019-07-01")
        < page.index("repealed")
    )
    assert "Collective income" in page  # what only a later version reads is read all the same


def test_the_digest_covers_versions(tmp_path: Path) -> None:
    one = policy_of(tmp_path / "a", amended())
    two = policy_of(tmp_path / "b", amended(AMENDED.replace("< 10", "< 11")))
    assert len({one.digest, two.digest, policy_of(tmp_path / "c").digest}) == 3


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "from: 2020-07-01",
            "from: 2019-07-01",
            "rules/screening/petitions.yaml:18:15: error[amendments-not-in-order]: the amendment from `2019-07-01` does not "
            "come after what was in force before it",
        ),
        (
            "from: 2019-07-01",
            "from: 2018-07-25",
            "error[amended-before-plan]: `2018-07-25` is not after 2018-07-25, the day on which the plan takes effect",
        ),
        (
            "repealed: true",
            "repealed: false",
            "error[amendment-when-or-repealed]: an amendment has either a new `when` or `repealed: true`",
        ),
        (
            "集体收入",
            "集体收人",
            "rules/screening/petitions.yaml:17:39: error[unknown-fact]: there is no fact `集体收人`",
        ),
        ("        reason: {zh: 不再需要, en: no longer needed}", "", "`reason` is missing"),
        (
            "from: 2020-07-01",
            "from: 2020-08-01",
            "warning[retroactive]: in force from `2020-08-01` but decided on 2020-09-01",
        ),
    ],
)
def test_what_check_says(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert AMENDED.count(old) == 1
    assert expected in check(tmp_path, amended(AMENDED.replace(old, new)))


def test_a_circle_through_a_later_version_is_found(tmp_path: Path) -> None:
    changes = amended(
        OLD + "\n    amended: [{from: 2019-01-01, reason: {zh: 改, en: c}, when: {finding: weak}}]"
    )
    assert "rule-cycle" in check(tmp_path, changes)


def test_a_parameter_that_reaches_back_is_said_to(tmp_path: Path) -> None:
    changes = edited(
        "policy/parameters.yaml",
        "    values: [{from: 2018-07-25, value: 3}]",
        "    values: [{from: 2018-07-25, value: 3}, {from: 2019-01-01, value: 4, made: 2019-03-01}]",
    )
    assert "warning[retroactive]: in force from `2019-01-01` but decided on 2019-03-01" in check(
        tmp_path, changes
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=4), sheets(), st.data())
def test_a_policy_with_versions_is_on_each_day_the_policy_of_that_day(
    files: dict[str, Any], sheet: FactSheet, data: st.DataObject
) -> None:
    """Against policies that have no dates: the same files with only the condition in force written down."""
    with_versions = deepcopy(files)
    rule = with_versions["rules/c.yaml"]["criteria"][-1]
    later = data.draw(conditions([]))
    change = date(2018, 7, 1)
    rule["amended"] = [
        {"from": change.isoformat(), "reason": {"zh": "改", "en": "c"}, "when": later},
        {"from": "2018-10-01", "reason": {"zh": "废", "en": "r"}, "repealed": True},
    ]
    without = deepcopy(files)
    without["rules/c.yaml"]["criteria"][-1]["when"] = later
    for day, plain in ((change - timedelta(days=1), files), (change, without)):
        found = []
        for content in (with_versions, plain):
            with tempfile.TemporaryDirectory() as folder:
                policy = load(write_project(Path(folder), content)).policy
            assert policy is not None
            for engine in ("reference", "both"):
                (evaluation,) = evaluate_all(prepare(policy, day), [sheet], engine=engine)  # type: ignore[arg-type]
                assert evaluation.conclusions is not None
                truths = {rule_id: evaluation.finding(rule_id) for rule_id in policy.rules}
                found.append((evaluation.classification, truths, dict(evaluation.conclusions.choices)))
        assert all(each == found[0] for each in found)
