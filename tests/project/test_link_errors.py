# ruff: noqa: E501 — what people see is shown as they see it
"""Every mistake that linking finds: the fragment beside what `check` says about it, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import check, condition, edited

CASES = {
    "a misspelt fact": (
        condition("信访积案末结: true"),
        "en",
        """\
rules/screening/petitions.yaml:13:7: error[unknown-fact]: there is no fact `信访积案末结`
   13 |       信访积案末结: true
      |       ^^^^^^^^^^^^
  help: did you mean `信访积案未结`?""",
    ),
    "a misspelt fact inside an expression": (
        condition("expression: incme > 3"),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[unknown-name]: there is no `incme`
   13 |       expression: incme > 3
      |                   ^^^^^
  help: did you mean `income`?""",
    ),
    "a number for a yes-or-no fact": (
        condition("cases_open: 3"),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[test-of-wrong-type]: `3` cannot be compared with a fact of type boolean
   13 |       cases_open: 3
      |                   ^
  help: write a value of type boolean, or a test such as `"> 3"`""",
    ),
    "yes, which YAML 1.2 reads as a text": (
        condition("cases_open: yes"),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[yaml-boolean]: `yes` is a text here, not true or false
   13 |       cases_open: yes
      |                   ^^^
  help: write `true` or `false`""",
    ),
    "single quotes in a test": (
        condition("income: \"> 'a'\""),
        "en",
        """\
rules/screening/petitions.yaml:13:18: error[single-quotes]: a text stands between double quotes
   13 |       income: "> 'a'"
      |                  ^^^
  help: write `"a"`""",
    ),
    "two units of measure": (
        condition("expression: income > debt"),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[different-units]: `number [万元]` and `number [元]` have different units
   13 |       expression: income > debt
      |                   ^^^^^^^^^^^^^
  help: convert one of them by multiplying or dividing with a parameter that has the fitting unit""",
    ),
    "a value that is no choice, and the nearest one": (
        condition("grade: 优异"),
        "en",
        """\
rules/screening/petitions.yaml:13:14: error[not-a-choice]: `优异` is not one of the choices
   13 |       grade: 优异
      |              ^^^^
  help: did you mean `优秀`? the choices are `优秀`, `合格`""",
    ),
    "a value that is no choice, nothing near": (
        condition("grade: [优秀, 好]"),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[not-a-choice]: `好` is not one of the choices
   13 |       grade: [优秀, 好]
      |                     ^^
  help: write one of `优秀`, `合格`""",
    ),
    "a window of time on a number": (
        condition("income: {within: 12 months}"),
        "en",
        """\
rules/screening/petitions.yaml:13:15: error[window-needs-date]: `within` is for dates only
   13 |       income: {within: 12 months}
      |               ^^^^^^^^^^^^^^^^^^^
  help: compare a number as `"> 3"`""",
    ),
    "a misspelt window": (
        condition("checked_on: {witin: 12 months}"),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[unknown-window]: `{witin: 12 months}` is not a test
   13 |       checked_on: {witin: 12 months}
      |                   ^^^^^^^^^^^^^^^^^^
  help: write `{within: 12 months}` or `{longer ago than: 12 months}`""",
    ),
    "a misspelt duration": (
        condition("checked_on: {within: 12 mnths}"),
        "en",
        """\
rules/screening/petitions.yaml:13:28: error[not-a-duration]: `12 mnths` is not a duration
   13 |       checked_on: {within: 12 mnths}
      |                            ^^^^^^^^
  help: write `12 months`, `2 years`, `30 days`, or the name of a duration parameter""",
    ),
    "two facts in one condition": (
        condition('cases_open: true\nincome: "> 3"'),
        "en",
        """\
rules/screening/petitions.yaml:14:7: error[condition-two-keys]: `income` cannot stand beside `cases_open` in one condition
   14 |       income: "> 3"
      |       ^^^^^^
  help: put both under `all:`, each on a line that begins with `- `""",
    ),
    "a parameter where a fact belongs": (
        condition("threshold: 3"),
        "en",
        """\
rules/screening/petitions.yaml:13:7: error[parameter-as-fact]: `threshold` is a parameter, not a fact
   13 |       threshold: 3
      |       ^^^^^^^^^
  help: name the fact on the left and the parameter in the test: `fact: "> threshold"`""",
    ),
    "a rule where a fact belongs": (
        condition("petitions_category: true"),
        "en",
        """\
rules/screening/petitions.yaml:13:7: error[finding-as-fact]: `petitions_category` is a rule, not a fact
   13 |       petitions_category: true
      |       ^^^^^^^^^^^^^^^^^^
  help: write `finding: petitions_category`""",
    ),
    "a register where a fact belongs": (
        condition("petitions: true"),
        "en",
        """\
rules/screening/petitions.yaml:13:7: error[register-as-fact]: `petitions` is a register, not a fact
   13 |       petitions: true
      |       ^^^^^^^^^
  help: write `count: petitions`, then `is: ">= 1"`""",
    ),
    "rules that need each other": (
        condition("finding: weak"),
        "en",
        """\
rules/screening/petitions.yaml:9:9: error[rule-cycle]: rules need each other: petitions.old → weak → petitions_category → petitions.old
    9 |   - id: petitions.old
      |         ^^^^^^^^^^^^^
  help: one of them must not refer to the others""",
    ),
    "a misspelt column": (
        condition('count: petitions\nwhere: {levle: 京}\nis: ">= 1"'),
        "en",
        """\
rules/screening/petitions.yaml:14:15: error[unknown-column]: the register has no column `levle`
   14 |       where: {levle: 京}
      |               ^^^^^
  help: did you mean `level`?""",
    ),
    "a misspelt register": (
        condition('count: petition\nis: ">= 1"'),
        "en",
        """\
rules/screening/petitions.yaml:13:14: error[unknown-register]: there is no register `petition`
   13 |       count: petition
      |              ^^^^^^^^
  help: did you mean `petitions`?""",
    ),
    "a count without a bound": (
        condition("count: petitions"),
        "en",
        """\
rules/screening/petitions.yaml:13:7: error[missing-key]: `is` is missing
   13 |       count: petitions
      |       ^^^^^
  help: add a line `is: …`""",
    ),
    "more than there are": (
        condition("at least: 3\nof: [{cases_open: true}]"),
        "en",
        """\
rules/screening/petitions.yaml:13:17: error[at-least-out-of-range]: at least 3 of 1 conditions cannot be meant
   13 |       at least: 3
      |                 ^
  help: write a number from 1 to 1""",
    ),
    "a number where a reading belongs": (
        condition("reading: threshold\nof: [{cases_open: true}]"),
        "en",
        """\
rules/screening/petitions.yaml:13:16: error[not-a-reading]: `threshold` is not a parameter of type `reading`
   13 |       reading: threshold
      |                ^^^^^^^^^
  help: name one with `type: reading` and the value `any` or `all`""",
    ),
    "a date that does not exist": (
        condition('checked_on: "2018-02-30"'),
        "en",
        """\
rules/screening/petitions.yaml:13:19: error[not-a-date]: `2018-02-30` is not a date
   13 |       checked_on: "2018-02-30"
      |                   ^^^^^^^^^^^^
  help: write a day that exists as `2018-07-25`""",
    ),
    "a date that does not exist, inside a test": (
        condition("checked_on: '< @\"2018-02-30\"'"),
        "en",
        """\
rules/screening/petitions.yaml:13:22: error[no-such-day]: there is no day `2018-02-30`
   13 |       checked_on: '< @"2018-02-30"'
      |                      ^^^^^^^^^^^^^
  help: write a day that exists, as `2018-10-31`""",
    ),
    "a rule without a clause": (
        edited(
            "rules/screening/petitions.yaml",
            '    name: {zh: 积案, en: Old cases}\n    clause: "1"\n',
            "    name: {zh: 积案, en: Old cases}\n",
        ),
        "en",
        """\
rules/screening/petitions.yaml:9:5: error[missing-key]: `clause` is missing
    9 |   - id: petitions.old
      |     ^^
  help: add a line `clause: …`""",
    ),
    "a clause that the plan does not have": (
        edited(
            "rules/screening/petitions.yaml",
            '    name: {zh: 积案, en: Old cases}\n    clause: "1"\n',
            '    name: {zh: 积案, en: Old cases}\n    clause: "1.9"\n',
        ),
        "en",
        """\
rules/screening/petitions.yaml:11:13: error[unknown-clause]: there is no clause `1.9`
   11 |     clause: "1.9"
      |             ^^^^^
  help: clauses are listed in policy/document.yaml""",
    ),
    "a clause without a rule": (
        edited(
            "policy/document.yaml",
            "operative: false\n    why not: {zh: 只是原则, en: only a principle}",
            "operative: true",
        ),
        "en",
        """\
policy/document.yaml:12:9: error[clause-without-rule]: no rule carries out clause `2`
   12 |   - id: "2"
      |         ^^^
  help: write a rule with `clause: "2"`, or `operative: false` with `why not`""",
    ),
    "a parameter that needs itself": (
        edited(
            "policy/parameters.yaml",
            "values: [{from: 2018-07-25, value: 3}]",
            "values: [{from: 2018-07-25, expression: threshold + 1}]",
        ),
        "en",
        """\
policy/parameters.yaml:8:5: error[parameter-cycle]: parameters need each other: threshold → threshold
    8 |     values: [{from: 2018-07-25, expression: threshold + 1}]
      |     ^^^^^^
  help: one of them must have a value of its own""",
    ),
    "a misspelt key": (
        edited(
            "policy/parameters.yaml",
            "    basis: interpretation\n    reason: {zh: 方案没有写明, en: the plan gives no number}",
            "    bassis: interpretation\n    reason: {zh: 方案没有写明, en: the plan gives no number}",
        ),
        "en",
        """\
policy/parameters.yaml:2:5: error[missing-key]: `basis` is missing
    2 |   - id: threshold
      |     ^^
  help: add a line `basis: …`
policy/parameters.yaml:5:5: error[misspelt-key]: there is no key `bassis`
    5 |     bassis: interpretation
      |     ^^^^^^
  help: did you mean `basis`?""",
    ),
    "a basis that is none, in Chinese": (
        edited(
            "policy/parameters.yaml",
            "    basis: interpretation\n    reason: {zh: 方案没有写明, en: the plan gives no number}",
            "    basis: guess\n    reason: {zh: 方案没有写明, en: the plan gives no number}",
        ),
        "zh",
        """\
policy/parameters.yaml:5:12: error[not-one-of]: 这里不能写 `guess`
    5 |     basis: guess
      |            ^^^^^
  提示: 只能写 `text`, `interpretation` 之一""",
    ),
    "a test that names what does not exist": (
        {
            "rules/x.test.yaml": "tests:\n  - name: t\n    as of: 2018-12-31\n    facts: {cases_open: 3, incom: 4}\n    expect: {findings: {petitions.odl: true, weak: maybe}}\n"
        },
        "en",
        """\
rules/x.test.yaml:4:25: error[test-value-of-wrong-type]: `3` is not a value of `信访积案未结`, which is of type boolean
    4 |     facts: {cases_open: 3, incom: 4}
      |                         ^
  help: write a value of type boolean; `~` for a fact that nobody filled in
rules/x.test.yaml:4:28: error[unknown-fact]: there is no fact `incom`
    4 |     facts: {cases_open: 3, incom: 4}
      |                            ^^^^^
  help: did you mean `income`?
rules/x.test.yaml:5:25: error[unknown-finding]: there is no rule `petitions.odl`
    5 |     expect: {findings: {petitions.odl: true, weak: maybe}}
      |                         ^^^^^^^^^^^^^
  help: did you mean `petitions.old`?
rules/x.test.yaml:5:52: error[unknown-truth]: `maybe` is not a finding
    5 |     expect: {findings: {petitions.odl: true, weak: maybe}}
      |                                                    ^^^^^
  help: write `true`, `false` or `unknown`""",
    ),
    "a misspelt office, in Chinese": (
        edited("rules/screening/petitions.yaml", "lead: 综访科", "lead: 宗访科"),
        "zh",
        """\
rules/screening/petitions.yaml:5:9: error[unknown-office]: 没有 `宗访科` 这个部门
    5 |   lead: 宗访科
      |         ^^^^^^
  提示: 是不是 `综访科`？""",
    ),
    "a missing file": (
        {"policy/timetable.yaml": None},
        "en",
        """\
policy/timetable.yaml: error[missing-policy-file]: this file is missing
  help: every project has it; `plumbline init --empty DIR` shows what it looks like""",
    ),
    "a file that does not belong there": (
        {"policy/foo.yaml": "a: 1"},
        "en",
        """\
policy/foo.yaml: error[unknown-policy-file]: no such file belongs in policy/
  help: the files there are `policy/document.yaml`, `policy/vocabulary.yaml`, `policy/organisation.yaml`, `policy/timetable.yaml`, `policy/parameters.yaml`""",
    ),
    "a broken expression": (
        condition("expression: income >= and 3"),
        "en",
        """\
rules/screening/petitions.yaml:13:33: error[operator-expected]: `3` does not fit here
   13 |       expression: income >= and 3
      |                                 ^
  help: between two values stands an operator, as `and`, `=` or `+`; a name has no spaces in it""",
    ),
    "a full-width sign in an expression": (
        condition('expression: "income ＞ 3"'),
        "en",
        """\
rules/screening/petitions.yaml:13:27: error[full-width]: `＞` is not a sign of the language
   13 |       expression: "income ＞ 3"
      |                           ^^
  help: write `>` instead of `＞`""",
    ),
    "an empty group": (
        condition("all: []"),
        "en",
        """\
rules/screening/petitions.yaml:13:12: error[condition-needs-list]: `all` needs a list of conditions
   13 |       all: []
      |            ^^
  help: write each condition on a line that begins with `- `""",
    ),
    "a derived fact that needs itself": (
        edited("policy/vocabulary.yaml", "expression: income > 100", "expression: not(much_income)"),
        "en",
        """\
policy/vocabulary.yaml:39:17: error[derived-cycle]: derived facts need each other: much_income → much_income
   39 |     expression: not(much_income)
      |                 ^^^^^^^^^^^^^^^^
  help: one of them must stand on facts alone""",
    ),
    "a parameter without a value when the plan takes effect": (
        edited(
            "policy/parameters.yaml",
            "values: [{from: 2018-07-25, value: 3}]",
            "values: [{from: 2018-08-01, value: 3}]",
        ),
        "en",
        """\
policy/parameters.yaml:8:21: error[parameter-starts-late]: the first value is from `2018-08-01`, but the plan takes effect on 2018-07-25
    8 |     values: [{from: 2018-08-01, value: 3}]
      |                     ^^^^^^^^^^
  help: write `from: 2018-07-25` or earlier""",
    ),
    "a test before the plan": (
        {
            "rules/x.test.yaml": "tests:\n  - name: t\n    as of: 2018-07-24\n    expect: {classification: weak}\n"
        },
        "en",
        """\
rules/x.test.yaml:3:12: error[test-before-plan]: `2018-07-24` is before the plan takes effect on 2018-07-25
    3 |     as of: 2018-07-24
      |            ^^^^^^^^^^
  help: choose a later as-of date""",
    ),
    "a criterion for a kind of unit that is out of scope": (
        edited(
            "rules/screening/petitions.yaml",
            '    name: {zh: 积案, en: Old cases}\n    clause: "1"\n',
            '    name: {zh: 积案, en: Old cases}\n    clause: "1"\n    applies to: [村]\n',
        ),
        "en",
        """\
rules/screening/petitions.yaml:12:18: error[kind-out-of-scope]: units of kind `村` are out of scope, so this would never hold
   12 |     applies to: [村]
      |                  ^^
  help: name a kind with `in scope: true`""",
    ),
    "a parameter that asks for more than there are": (
        condition("at least: threshold\nof: [{cases_open: true}, {much_income: true}]"),
        "en",
        """\
rules/screening/petitions.yaml:13:17: error[at-least-out-of-range]: at least 3 of 2 conditions cannot be meant
   13 |       at least: threshold
      |                 ^^^^^^^^^
  help: write a number from 1 to 2""",
    ),
    "a file that cannot be read does not hide the mistakes of another": (
        {
            **edited("rules/screening/petitions.yaml", "lead: 综访科", "lead: 综合科"),
            "rules/x.test.yaml": "tests: [\n",
        },
        "en",
        """\
rules/screening/petitions.yaml:5:9: error[unknown-office]: there is no office `综合科`
    5 |   lead: 综合科
      |         ^^^^^^
  help: did you mean `综访科`?
rules/x.test.yaml:2:1: error[not-yaml]: this cannot be read as YAML from here on
    2 | 
      | ^
  help: compare with the line above: indentation, `: ` after keys, `- ` before items, quotes in pairs""",
    ),
    "a circular parameter is one mistake, not many": (
        {
            **edited(
                "policy/parameters.yaml",
                "values: [{from: 2018-07-25, value: 3}]",
                "values: [{from: 2018-07-25, expression: threshold + 1}]",
            ),
            **condition('count: petitions\nis: ">= threshold"'),
        },
        "en",
        """\
policy/parameters.yaml:8:5: error[parameter-cycle]: parameters need each other: threshold → threshold
    8 |     values: [{from: 2018-07-25, expression: threshold + 1}]
      |     ^^^^^^
  help: one of them must have a value of its own""",
    ),
    "a fact with the name of the column for the unit's id": (
        edited("policy/vocabulary.yaml", "- id: debt", "- id: unit"),
        "en",
        """\
policy/vocabulary.yaml:11:9: error[name-of-column]: `unit` is the name of a column that tables have in any case
   11 |   - id: unit
      |         ^^^^
  help: in one table the two could not be told apart: rename this one""",
    ),
}


def test_no_register_is_called_like_the_table_of_units(tmp_path: Path) -> None:
    changes = edited("policy/vocabulary.yaml", "- id: petitions", "- id: units")
    assert "error[name-of-unit-table]: `units`" in check(tmp_path, changes)


#: Where an id is given that heads a column which tables have beside those of the policy.
AMONG_COLUMNS = {
    "a column of a register": ("policy/vocabulary.yaml", "- {id: date,", "- {id: row,"),
    "a rule": ("rules/screening/petitions.yaml", "id: petitions.old", "id: verdict"),
}


@pytest.mark.parametrize("where", AMONG_COLUMNS)
def test_no_id_is_the_name_of_a_column_that_tables_have_in_any_case(where: str, tmp_path: Path) -> None:
    file, before, after = AMONG_COLUMNS[where]
    assert "error[name-of-column]" in check(tmp_path, edited(file, before, after))


def test_a_table_has_neither_the_id_of_a_rule_nor_that_of_a_column(tmp_path: Path) -> None:
    row = '{when: {cases_open: true}, then: 综访科, clause: "1"}'
    table = 'name: {zh: 牵头, en: Lead}, clause: "1", hit policy: F, outcomes: offices'
    ids = ("kind", "weak")
    tables = "tables:\n" + "".join(
        f"  - {{id: {id_}, {table.replace('牵头', '牵头' + id_)}, rows: [{row}]}}\n" for id_ in ids
    )
    said = check(tmp_path, {"rules/tables.yaml": tables})
    assert "error[name-of-column]: `kind`" in said
    assert "error[name-used-twice]: the name `weak`" in said


@pytest.mark.parametrize("name", CASES)
def test_check_names_the_mistake_and_shows_the_right_form(name: str, tmp_path: Path) -> None:
    changes, lang, expected = CASES[name]
    assert check(tmp_path, changes, lang) == expected  # type: ignore[arg-type]


def test_the_project_without_a_mistake_has_nothing_said_about_it(tmp_path: Path) -> None:
    assert check(tmp_path) == ""


def test_all_mistakes_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    changes = condition("信访积案末结: true") | edited(
        "policy/organisation.yaml", "in scope: true", "in scope: maybe"
    )
    said = check(tmp_path, changes)
    assert "rules/screening/petitions.yaml:13:7: error[unknown-fact]" in said
    assert "policy/organisation.yaml:4:39: error[not-true-or-false]" in said
