"""From facts to findings on a small project: the choices of semantics that the documents state, one by one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "project"))
from small_project import FILES, condition, edited, write

from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.inference import PrepareError, engines, evaluate_all, prepare
from engine.inference.evaluation import Evaluation
from engine.language.values import Unknown, YearsMonths
from engine.project import load
from engine.project.policy import Policy

AS_OF = date(2018, 12, 31)
HERE = Source("测试.xlsx", "单位", "C2")


def seen(value: Any, observed: date | None = None, readable: bool = True) -> Observation:
    return Observation(value, str(value), HERE, observed, readable=readable)


def unit(
    kind: str | None = "社区", registers: Mapping[str, list[dict[str, Any]]] | None = None, **facts: Any
) -> FactSheet:
    """A sheet; a list of values is what several sources say."""
    observations = {
        id_: tuple(
            v if isinstance(v, Observation) else seen(v)
            for v in (value if isinstance(value, list) else [value])
        )
        for id_, value in facts.items()
    }
    rows = {
        id_: tuple(Row({c: seen(v) for c, v in row.items()}, HERE) for row in rows_)
        for id_, rows_ in (registers or {}).items()
    }
    return FactSheet("u", "单位", () if kind is None else (seen(kind),), observations, rows)


def policy(folder: Path, changes: dict[str, str | None]) -> Policy:
    result = load(write(folder, changes))
    assert result.policy is not None, result.diagnostics
    return result.policy


def evaluation(
    folder: Path, when: str, sheet: FactSheet, as_of: date = AS_OF, **parameters: Any
) -> Evaluation:
    """The evaluation of one unit where the criterion `petitions.old` has the condition ``when``; both channels run."""
    (found,) = evaluate_all(prepare(policy(folder, condition(when)), as_of, parameters), [sheet])
    assert found.failure is None
    return found


def finding(folder: Path, when: str, sheet: FactSheet, as_of: date = AS_OF, **parameters: Any) -> bool | None:
    return evaluation(folder, when, sheet, as_of, **parameters).finding("petitions.old")


# ------------------------------------------------------------------------------------- unknown is not false


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("cases_open: true", {}, None),
        ("cases_open: false", {}, None),
        ("any: [{cases_open: true}, {income: '> 3'}]", {"income": Decimal(4)}, True),
        ("any: [{cases_open: true}, {income: '> 3'}]", {"income": Decimal(3)}, None),
        ("all: [{cases_open: true}, {income: '> 3'}]", {"income": Decimal(3)}, False),
        ("none: [{cases_open: true}, {income: '> 3'}]", {"income": Decimal(4)}, False),
        (
            "at least: 2\nof: [{cases_open: true}, {income: '> 3'}, {grade: 优秀}]",
            {"income": Decimal(4)},
            None,
        ),
        (
            "at least: 2\nof: [{cases_open: true}, {income: '> 3'}, {grade: 优秀}]",
            {"income": Decimal(4), "grade": "优秀"},
            True,
        ),
        (
            "at least: 2\nof: [{cases_open: true}, {income: '> 3'}, {grade: 优秀}]",
            {"income": Decimal(1), "grade": "合格"},
            False,
        ),
    ],
)
def test_a_missing_fact_leaves_open_what_the_rest_does_not_decide(
    when: str, facts: dict[str, Any], expected: bool | None, tmp_path: Path
) -> None:
    assert finding(tmp_path, when, unit(**facts)) is expected


def test_an_undetermined_verdict_says_which_facts_would_settle_it(tmp_path: Path) -> None:
    found = evaluation(tmp_path, "all: [{cases_open: true}, {income: '> 3'}]", unit(cases_open=True))
    assert found.classification == "undetermined"
    assert [(m.fact, m.reason, m.settles) for m in found.missing] == [
        ("income", "not_filled", ("petitions.old", "petitions_category", "weak", "key"))
    ]


def test_a_condition_without_a_result_is_unknown(tmp_path: Path) -> None:
    found = evaluation(
        tmp_path, "expression: income / debt * 1 > 2", unit(income=Decimal(1), debt=Decimal(0))
    )
    assert found.finding("petitions.old") is None
    assert {m.fact for m in found.missing} == {"income", "debt"}


# --------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("day", "within", "longer_ago"),
    [
        (date(2017, 12, 30), False, True),
        (date(2017, 12, 31), True, False),  # the same day a year before: the day of the event does not count
        (date(2018, 12, 31), True, False),
        (date(2019, 1, 1), False, False),  # after the as-of date: neither
    ],
)
def test_the_edges_of_a_window(day: date, within: bool, longer_ago: bool, tmp_path: Path) -> None:
    sheet = unit(checked_on=day)
    assert finding(tmp_path / "a", "checked_on: {within: 12 months}", sheet) is within
    assert finding(tmp_path / "b", "checked_on: {longer ago than: 12 months}", sheet) is longer_ago


def test_a_window_from_the_29th_of_february_ends_with_the_month(tmp_path: Path) -> None:
    when = "checked_on: {within: 1 years}"
    assert finding(tmp_path / "a", when, unit(checked_on=date(2019, 2, 28)), date(2020, 2, 29)) is True
    assert finding(tmp_path / "b", when, unit(checked_on=date(2019, 2, 27)), date(2020, 2, 29)) is False


def test_where_the_first_day_counts_the_window_is_a_day_shorter(tmp_path: Path) -> None:
    changes = condition("checked_on: {within: window}") | edited(
        "policy/timetable.yaml", "excluded", "included"
    )
    program = prepare(policy(tmp_path, changes), AS_OF)
    days = [date(2017, 12, 31), date(2018, 1, 1)]
    found = [e.finding("petitions.old") for e in evaluate_all(program, [unit(checked_on=d) for d in days])]
    assert found == [False, True]


# ----------------------------------------------------------------------------------------------- registers


COUNT = "count: petitions\nwhere: {level: 京, date: {within: 12 months}}\nis: "
CAPITAL = {"level": "京", "date": date(2018, 6, 1)}


@pytest.mark.parametrize(
    ("rows", "test", "expected"),
    [
        (None, ">= 1", None),  # never filled in
        ([], ">= 1", False),  # filled in: none
        ([CAPITAL, CAPITAL], ">= 2", True),
        ([CAPITAL, {"level": "京"}], ">= 1", True),  # 1 to 2
        ([CAPITAL, {"level": "京"}], ">= 2", None),
        ([CAPITAL, {"level": "省"}], ">= 2", False),  # the level alone excludes the row
        ([CAPITAL, {}], ">= 3", False),
        ([CAPITAL, {}], "[1..2]", True),
    ],
)
def test_a_count_over_rows_with_gaps_is_decided_if_the_whole_range_agrees(
    rows: list[dict[str, Any]] | None, test: str, expected: bool | None, tmp_path: Path
) -> None:
    sheet = unit(registers={} if rows is None else {"petitions": rows})
    assert finding(tmp_path, f'{COUNT}"{test}"', sheet) is expected


def test_the_missing_cell_is_named(tmp_path: Path) -> None:
    found = evaluation(tmp_path, COUNT + '">= 2"', unit(registers={"petitions": [CAPITAL, {"level": "京"}]}))
    assert [m.fact for m in found.missing] == ["petitions[2].date"]


# --------------------------------------------------------------------------- conflicts, shelf life, unreadable


def test_sources_that_disagree_are_decided_only_if_the_condition_agrees(tmp_path: Path) -> None:
    sheet = unit(income=[Decimal(4), Decimal(6)])
    assert finding(tmp_path / "a", 'income: "> 3"', sheet) is True
    assert finding(tmp_path / "b", 'income: "> 7"', sheet) is False
    found = evaluation(tmp_path / "c", 'income: "> 5"', sheet)
    assert found.finding("petitions.old") is None
    assert [(m.fact, m.reason) for m in found.missing] == [("income", "conflict")]
    assert [o.value for o in found.context.conflicts["income"].observations] == [Decimal(4), Decimal(6)]


def test_a_conflict_reaches_through_derived_facts(tmp_path: Path) -> None:
    assert finding(tmp_path / "a", "much_income: true", unit(income=[Decimal(101), Decimal(102)])) is True
    assert finding(tmp_path / "b", "much_income: true", unit(income=[Decimal(99), Decimal(102)])) is None


@pytest.mark.parametrize(
    ("observed", "expected"), [(date(2018, 6, 30), True), (date(2018, 6, 29), None), (None, True)]
)
def test_a_value_past_its_shelf_life_is_unknown(
    observed: date | None, expected: bool | None, tmp_path: Path
) -> None:
    changes = edited(
        "policy/vocabulary.yaml",
        "    type: boolean\n    supplier",
        "    type: boolean\n    shelf life: 6 months\n    supplier",
    )
    program = prepare(policy(tmp_path, changes), AS_OF)
    (found,) = evaluate_all(program, [unit(cases_open=seen(True, observed))])
    assert found.finding("petitions.old") is expected
    assert [m.reason for m in found.missing] == ([] if expected else ["stale"])


def test_a_stale_source_does_not_contradict_a_fresh_one(tmp_path: Path) -> None:
    changes = edited(
        "policy/vocabulary.yaml",
        "    type: boolean\n    supplier",
        "    type: boolean\n    shelf life: 6 months\n    supplier",
    )
    program = prepare(policy(tmp_path, changes), AS_OF)
    (found,) = evaluate_all(program, [unit(cases_open=[seen(False, date(2017, 1, 1)), seen(True, AS_OF)])])
    assert found.finding("petitions.old") is True


def test_what_could_not_be_read_is_unknown(tmp_path: Path) -> None:
    found = evaluation(tmp_path, "cases_open: true", unit(cases_open=seen(Unknown(), readable=False)))
    assert found.finding("petitions.old") is None
    assert [m.reason for m in found.missing] == ["unreadable"]


# ------------------------------------------------------------------------------------------- kinds of unit


@pytest.mark.parametrize(
    ("kind", "classification"), [("社区", "weak"), ("村", "out_of_scope"), (None, "undetermined")]
)
def test_the_kind_of_unit_decides_the_scope(kind: str | None, classification: str, tmp_path: Path) -> None:
    assert (
        evaluation(tmp_path, "cases_open: true", unit(kind, cases_open=True)).classification == classification
    )


def test_what_is_false_whatever_the_kind_is_not_undetermined_because_of_it(tmp_path: Path) -> None:
    found = evaluation(tmp_path, "cases_open: true", unit(None, cases_open=False))
    assert found.finding("weak") is False
    assert found.classification == "undetermined", "without a kind nobody knows whether the plan applies"


# --------------------------------------------------------------------------------------- parameters and dates


def test_the_value_in_force_on_the_as_of_date_counts(tmp_path: Path) -> None:
    amended = "values: [{from: 2018-07-25, value: 3}, {from: 2019-07-01, value: 2}]"
    changes = condition('count: petitions\nis: ">= threshold"') | edited(
        "policy/parameters.yaml", "values: [{from: 2018-07-25, value: 3}]", amended
    )
    linked = policy(tmp_path, changes)
    sheet = unit(registers={"petitions": [CAPITAL, CAPITAL]})
    for day, expected in ((date(2019, 6, 30), False), (date(2019, 7, 1), True)):
        (found,) = evaluate_all(prepare(linked, day), [sheet])
        assert found.finding("petitions.old") is expected


def test_a_parameter_can_be_tried_without_touching_a_file(tmp_path: Path) -> None:
    sheet = unit(registers={"petitions": [CAPITAL]})
    assert finding(tmp_path / "a", 'count: petitions\nis: ">= threshold"', sheet) is False
    assert finding(tmp_path / "b", 'count: petitions\nis: ">= threshold"', sheet, 次数门槛=Decimal(1)) is True


def test_parameters_may_stand_on_each_other(tmp_path: Path) -> None:
    changes = edited(
        "policy/parameters.yaml", "value: 12 months", 'expression: duration("P6M") + duration("P1Y")'
    )
    assert prepare(policy(tmp_path, changes), AS_OF).parameters["window"] == YearsMonths(18)


@pytest.mark.parametrize(
    ("as_of", "given", "key"),
    [
        (date(2018, 7, 24), {}, "as-of-before-plan"),
        (AS_OF, {"treshold": Decimal(1)}, "no-such-parameter"),
    ],
)
def test_what_cannot_be_prepared_is_said(
    as_of: date, given: dict[str, Any], key: str, tmp_path: Path
) -> None:
    with pytest.raises(PrepareError) as error:
        prepare(policy(tmp_path, {}), as_of, given)
    assert error.value.key == key


def test_a_policy_beyond_the_durable_channel_is_refused_with_the_rule_named(tmp_path: Path) -> None:
    """Half of six hundred conditions would need millions of positive rules; the reference channel takes it."""
    items = "\n".join(f"- income: '> {i}'" for i in range(600))
    linked = policy(tmp_path, condition(f"at least: 300\nof:\n{items}"))
    program = prepare(linked, AS_OF)
    with pytest.raises(PrepareError) as error:
        list(evaluate_all(program, [unit(income=Decimal(300))]))
    assert error.value.key == "durable-too-many-rules"
    (found,) = evaluate_all(program, [unit(income=Decimal(300))], engine="reference")
    assert found.finding("petitions.old") is True


# --------------------------------------------------------------- what looked decided and was not (each a bug once)


def test_an_empty_register_grows_old_like_any_other(tmp_path: Path) -> None:
    """`无记录` of ten years ago says nothing about today, although there is no row to carry the date."""
    changes = condition('count: petitions\nis: ">= 1"') | edited(
        "policy/vocabulary.yaml",
        "    name: {zh: 信访登记, en: Petitions}\n",
        "    name: {zh: 信访登记, en: Petitions}\n    shelf life: 12 months\n",
    )
    program = prepare(policy(tmp_path, changes), AS_OF)
    empty = unit(registers={"petitions": []})
    old, fresh = (
        replace(empty, reported={"petitions": day}) for day in (date(2008, 1, 1), date(2018, 12, 1))
    )
    found = list(evaluate_all(program, [old, fresh]))
    assert [e.finding("petitions.old") for e in found] == [None, False]
    assert [(m.fact, m.reason) for m in found[0].missing] == [("petitions", "stale")]


def test_what_could_not_be_read_may_contradict_what_could(tmp_path: Path) -> None:
    found = evaluation(
        tmp_path, "cases_open: true", unit(cases_open=[seen(False), seen(Unknown(), readable=False)])
    )
    assert found.finding("petitions.old") is None


@pytest.mark.parametrize(
    ("kinds", "classification"),
    [(["社区", "联社"], "weak"), (["村", "机关"], "out_of_scope"), (["社区", "村"], "undetermined")],
)
def test_sources_that_disagree_about_the_kind_are_decided_if_the_scope_agrees(
    kinds: list[str], classification: str, tmp_path: Path
) -> None:
    more = "  - {id: 联社, en: association, in scope: true}\n  - {id: 机关, en: authority, in scope: false}\n"
    changes = condition("cases_open: true") | {
        "policy/organisation.yaml": FILES["policy/organisation.yaml"] + more
    }
    sheet = replace(unit(cases_open=True), kind=tuple(seen(kind) for kind in kinds))
    (found,) = evaluate_all(prepare(policy(tmp_path, changes), AS_OF), [sheet])
    assert found.classification == classification


def test_a_fact_that_only_a_table_reads_is_among_the_missing(tmp_path: Path) -> None:
    table = """\
tables:
  - id: visit
    name: {zh: 走访, en: Visit}
    clause: "1"
    hit policy: U
    outcomes: [{id: soon, name: {zh: 尽快, en: soon}}]
    rows: [{when: {grade: 合格}, then: soon}]
"""
    changes = condition("cases_open: true") | {"rules/assignment.yaml": table}
    (found,) = evaluate_all(prepare(policy(tmp_path, changes), AS_OF), [unit(cases_open=False)])
    assert [(m.fact, m.settles) for m in found.missing] == [("grade", ("visit",))]


def test_a_known_fact_for_which_a_test_has_no_result_is_not_called_missing(tmp_path: Path) -> None:
    found = evaluation(
        tmp_path, "expression: income / debt * 1 > 2", unit(income=Decimal(1), debt=Decimal(0))
    )
    assert {m.reason for m in found.missing} == {"no_result"}


def test_findings_shared_many_times_over_are_walked_once(tmp_path: Path) -> None:
    """Forty layers that each refer twice to the one below would otherwise be a million million ways down."""
    rules = ["- {id: a0, name: {zh: 甲0, en: a}, clause: '1', when: {cases_open: true}}"]
    for i in range(1, 41):
        twice = f"[{{finding: a{i - 1}}}, {{all: [{{finding: a{i - 1}}}]}}]"
        rules.append(f"- {{id: a{i}, name: {{zh: 甲{i}, en: a}}, clause: '1', when: {{any: {twice}}}}}")
    text = FILES["rules/classification.yaml"] + "findings:\n" + "\n".join(rules) + "\n"
    linked = policy(tmp_path, {"rules/classification.yaml": text})
    (found,) = evaluate_all(prepare(linked, AS_OF), [unit()])
    assert [m.fact for m in found.missing] == ["cases_open"]


def test_what_table_files_are_called_does_not_show_in_results(tmp_path: Path) -> None:
    def table(id_: str) -> str:
        return (
            f"tables: [{{id: {id_}, name: {{zh: 表{id_}, en: t}}, clause: '1', hit policy: U, "
            f"outcomes: [{{id: x, name: {{zh: 某, en: x}}}}], rows: [{{when: {{cases_open: true}}, then: x}}]}}]\n"
        )

    one = policy(tmp_path / "a", {"rules/a.yaml": table("t1"), "rules/b.yaml": table("t2")})
    other = policy(tmp_path / "b", {"rules/a.yaml": table("t2"), "rules/b.yaml": table("t1")})
    assert one.digest == other.digest
    assert list(one.tables) == list(other.tables) == ["t1", "t2"]


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable-rules does not import on 3.13")
def test_the_durable_channel_is_there() -> None:
    """Without this, a broken native build would let all other tests of the channel be skipped unseen."""
    assert engines("both") == ("both", None)
