"""What `check` says about comparisons between units, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import check, condition

RANK = """\
comparisons:
  - id: income_rank
    name: {zh: 收入名次, en: Rank by income}
    clause: "1"
    rank: income
    order: highest first
    among: unit_kind
    ties: better place
"""
SHARE = """\
comparisons:
  - id: open_share
    name: {zh: 积案占比, en: Share with old cases}
    clause: "1"
    share: {cases_open: true}
    among: grade
"""
QUOTA = (
    RANK
    + """\
  - id: bottom
    name: {zh: 末位一成, en: Bottom tenth}
    clause: "1"
    quota: income_rank
    end: last
    part: 10%
    rounding: up
    ties: in
"""
)


def said(folder: Path, comparisons: str, when: str = "income_rank: last", lang: str = "en") -> str:
    return check(folder, {"rules/comparisons.yaml": comparisons, **condition(when)}, lang)  # type: ignore[arg-type]


def test_a_ranking_a_share_and_a_quota_are_in_order(tmp_path: Path) -> None:
    both = QUOTA + SHARE.removeprefix("comparisons:\n")
    when = "any: [{income_rank: 末位}, {income_rank: '<= 3'}, {积案占比: '> 0.3'}, {末位一成: 是}, {收入名次总数: '> 5'}]"
    assert said(tmp_path, both, when) == ""


WRONG = {
    "no way of comparing": (
        RANK.replace("    rank: income\n", ""),
        """\
rules/comparisons.yaml:2:9: error[comparison-no-form]: `income_rank` does not say how units are compared
    2 |   - id: income_rank
      |         ^^^^^^^^^^^
  help: write `rank:` and a number, `share:` and a condition, or `quota:` and the id of a ranking""",
    ),
    "a ranking without an order": (
        RANK.replace("    order: highest first\n", ""),
        """\
rules/comparisons.yaml:5:5: error[comparison-needs-order]: a ranking must say who comes first
    5 |     rank: income
      |     ^^^^
  help: write `order: highest first` or `order: lowest first`""",
    ),
    "ties of a quota in a ranking": (
        RANK.replace("better place", "in"),
        """\
rules/comparisons.yaml:8:11: error[comparison-ties-rank]: `in` does not say which place equal units get
    8 |     ties: in
      |           ^^
  help: write `ties: better place`, `worse place` or `no gaps`""",
    ),
    "a key of another form": (
        RANK + "    rounding: up\n",
        """\
rules/comparisons.yaml:9:5: error[comparison-stray-key]: `rounding` has no meaning beside `rank`
    9 |     rounding: up
      |     ^^^^^^^^
  help: beside `rank` there may be `among`, `order`, `ties`""",
    ),
    "a ranking by a text": (
        RANK.replace("rank: income", "rank: grade"),
        """\
rules/comparisons.yaml:5:11: error[result-type]: this should be `number` and is `string`
    5 |     rank: grade
      |           ^^^^^""",
    ),
    "groups by a number": (
        RANK.replace("among: unit_kind", "among: debt"),
        """\
rules/comparisons.yaml:7:12: error[comparison-among]: `debt` cannot tell groups of units apart
    7 |     among: debt
      |            ^^^^
  help: use `unit_kind`, a choice, a text or a yes/no fact""",
    ),
    "a quota of no ranking": (
        QUOTA.replace("quota: income_rank", "quota: income_rang"),
        """\
rules/comparisons.yaml:12:12: error[unknown-ranking]: there is no ranking `income_rang`
   12 |     quota: income_rang
      |            ^^^^^^^^^^^
  help: did you mean `income_rank`?""",
    ),
    "more than the whole": (
        QUOTA.replace("10%", "130%"),
        """\
rules/comparisons.yaml:14:11: error[quota-part]: `130%` is no part of a whole
   14 |     part: 130%
      |           ^^^^
  help: write `part: 10%`, a number from 0 to 1, or the name of a parameter""",
    ),
    "bounds the wrong way round": (
        QUOTA + "    at least: 3\n    at most: 2\n",
        """\
rules/comparisons.yaml:18:14: error[quota-most-below-least]: at most `2` is fewer than at least `3`
   18 |     at most: 2
      |              ^
  help: exchange the two numbers""",
    ),
    "a name that a fact has": (
        RANK.replace("id: income_rank", "id: income"),
        """\
rules/comparisons.yaml:2:9: error[name-used-twice]: the name `income` is already taken
    2 |   - id: income
      |         ^^^^^^
  help: ids and Chinese names must differ from all others""",
    ),
}


@pytest.mark.parametrize(("comparisons", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_comparison(comparisons: str, expected: str, tmp_path: Path) -> None:
    assert expected in said(tmp_path, comparisons, "cases_open: true")


def test_a_comparison_may_not_rest_on_another(tmp_path: Path) -> None:
    share = QUOTA + SHARE.removeprefix("comparisons:\n").replace("{cases_open: true}", "{finding: weak}")
    assert said(tmp_path, share, "bottom: true") == (
        """\
rules/comparisons.yaml:20:12: error[comparison-on-comparison]: `open_share` rests on a comparison itself: \
open_share → weak → petitions_category → petitions.old → bottom
   20 |     share: {finding: weak}
      |            ^^^^^^^^^^^^^^^
  help: compare by facts, or by findings that need no other unit"""
    )


def test_a_mistake_in_one_comparison_is_told_once(tmp_path: Path) -> None:
    """What would have been its name is no unknown fact in the rule that uses it."""
    found = said(tmp_path, RANK.replace("    order: highest first\n", ""), "income_rank: last")
    assert found.count("error[") == 1


def test_errors_come_in_chinese_too(tmp_path: Path) -> None:
    assert said(tmp_path, QUOTA.replace("    rounding: up\n", ""), "cases_open: true", "zh") == (
        """\
rules/comparisons.yaml:12:5: error[comparison-needs-rounding]: 名额必须写明零头怎样取整
   12 |     quota: income_rank
      |     ^^^^^
  提示: 写 `rounding: up`（进位）、`down`（舍去）或 `half up`（四舍五入）"""
    )


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("comparisons: {income_rang: 1}", "error[unknown-comparison]: there is no comparison `income_rang`"),
        ("comparisons: {income_rank: true}", "error[test-value-of-wrong-type]"),
        (
            "comparisons: {income_rank: 2}\n    others: [{facts: {income: 3}}]",
            "error[test-others-and-comparisons]: the test gives other units and the outcome of comparing with them",
        ),
    ],
)
def test_what_is_wrong_with_a_test_of_a_comparison(test: str, expected: str, tmp_path: Path) -> None:
    tests = f"""\
tests:
  - name: 比较
    as of: 2018-12-31
    {test}
    expect: {{key: unknown}}
"""
    changes = {"rules/comparisons.yaml": RANK, "rules/x.test.yaml": tests, **condition("income_rank: last")}
    assert expected in check(tmp_path, changes)
