"""Comparisons between units from YAML to verdict: places with ties, shares, quotas, and what is not known of others."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "project"))
from small_project import FILES, condition, write

from engine.analysis.policy_tests import run_tests
from engine.explain.ask import questions
from engine.explain.changes import FactChange, changed
from engine.explain.flip import flip
from engine.explain.say_flip import flip_lines
from engine.facts.sheet import FactSheet, Observation, Source
from engine.inference import PrepareError, evaluate_all, prepare
from engine.inference.evaluation import Evaluation, Program
from engine.inference.population import Comparer, compare_units
from engine.language.values import Interval, Unknown
from engine.ledger.sheet_object import read_sheet, sheet_object
from engine.project import load
from engine.project.clause_rules import clause_rules
from engine.project.policy import Policy
from engine.project.usage import uses

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2018, 12, 31)
COMPARISONS = """\
comparisons:
  - id: income_rank
    name: {zh: 收入名次, en: Rank by income}
    clause: "1"
    rank: income
    order: highest first
    among: unit_kind
    ties: better place
  - id: open_share
    name: {zh: 积案占比, en: Share with old cases}
    clause: "1"
    share: {cases_open: true}
    among: grade
  - id: bottom
    name: {zh: 末位四分之一, en: Bottom quarter}
    clause: "1"
    quota: income_rank
    end: last
    part: bottom_part
    rounding: down
    at least: 1
    ties: out
"""
PARAMETER = """\
  - id: bottom_part
    name: {zh: 末位比例, en: Bottom part}
    type: number
    basis: interpretation
    reason: {zh: 方案没有写明, en: the plan gives no number}
    clause: "1"
    values: [{from: 2018-07-25, value: 0.25}]
"""
WHEN = "any: [{income_rank: last}, {open_share: '> 0.5'}, {bottom: true}]"


@cache
def policy(folder: Path, when: str = WHEN) -> Policy:
    changes = {
        "rules/comparisons.yaml": COMPARISONS,
        "policy/parameters.yaml": FILES["policy/parameters.yaml"] + PARAMETER,
        **condition(when),
    }
    loaded = load(write(folder, changes))
    assert loaded.policy is not None, loaded.diagnostics
    return loaded.policy


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return prepare(policy(tmp_path_factory.mktemp("compared")), AS_OF)


def seen(*values: object) -> tuple[Observation, ...]:
    return tuple(Observation(value, str(value), Source("units.csv")) for value in values)  # type: ignore[arg-type]


def unit(id_: str, income: object = None, kind: str | None = "社区", **facts: object) -> FactSheet:
    given = {name: seen(value) for name, value in facts.items()}
    if income is not None:
        given["income"] = seen(*income) if isinstance(income, tuple) else seen(income)
    return FactSheet(id_, id_, seen(kind) if kind else (), given, {})


def evaluated(program: Program, sheets: Sequence[FactSheet]) -> dict[str, Evaluation]:
    """By both channels, which must agree."""
    found = list(evaluate_all(program, compare_units(program, sheets), engine="both"))
    assert all(evaluation.failure is None for evaluation in found)
    return {evaluation.sheet.unit: evaluation for evaluation in found}


def incomes(*amounts: object) -> list[FactSheet]:
    return [unit(f"u{i}", amount) for i, amount in enumerate(amounts)]


def place(evaluation: Evaluation) -> object:
    value = evaluation.context.values["income_rank"]
    if isinstance(value, Interval):
        return value.low, value.high
    return sorted(value.facts) if isinstance(value, Unknown) else value


def test_units_that_are_equal_share_the_better_place_and_the_last_one(program: Program) -> None:
    found = evaluated(program, incomes(Decimal(3), Decimal("2.50"), Decimal("2.5"), Decimal(9)))
    assert [place(e) for e in found.values()] == [2, 3, 3, 1]
    assert [e.context.values["income_rank_last"] for e in found.values()] == [False, True, True, False]
    assert {e.context.values["income_rank_of"] for e in found.values()} == {4}


def test_exact_numbers_are_compared_to_the_last_digit(program: Program) -> None:
    found = evaluated(program, incomes(Decimal("0.1"), Decimal("0.1000000000000000000000000000000001")))
    assert [place(e) for e in found.values()] == [2, 1]


def test_who_has_not_reported_leaves_others_their_sure_places(program: Program) -> None:
    found = evaluated(program, incomes(Decimal(5), Decimal(3), None))
    assert place(found["u0"]) == (1, 2)
    assert found["u0"].context.values["income_rank_last"] is False
    assert isinstance(found["u1"].context.values["income_rank_last"], Unknown)
    assert [(m.fact, m.reason) for m in found["u1"].missing if m.fact == "income_rank"] == [
        ("income_rank", "others_open")
    ]
    assert [(m.fact, m.reason) for m in found["u2"].missing if m.fact == "income"] == [
        ("income", "not_filled")
    ]
    (examples,) = {found["u1"].sheet.standings["income_rank"].examples}  # type: ignore[index]
    assert examples == (("u2", ("income",)),)


def test_sources_that_disagree_leave_open_only_what_lies_between(program: Program) -> None:
    found = evaluated(program, incomes((Decimal(1), Decimal(4)), Decimal(3), Decimal(8)))
    assert place(found["u2"]) == 1
    assert place(found["u0"]) == (2, 3)
    assert place(found["u1"]) == (2, 3)


def test_a_unit_out_of_scope_is_not_compared_and_one_of_unknown_kind_perhaps(program: Program) -> None:
    found = evaluated(
        program,
        [
            unit("a", Decimal(1)),
            unit("b", Decimal(2)),
            unit("v", Decimal(0), "村"),
            unit("x", Decimal(9), None),
        ],
    )
    assert place(found["a"]) == (2, 3)
    assert found["a"].context.values["income_rank_last"] is True
    assert found["v"].context.values["income_rank"] is None
    assert found["v"].context.values["income_rank_last"] is False
    value = found["x"].context.values["income_rank"]
    assert isinstance(value, Unknown) and value.facts == {"unit_kind"}


def test_a_share_is_an_exact_fraction_and_an_interval_where_some_are_open(program: Program) -> None:
    def graded(*truths: object) -> list[FactSheet]:
        facts = [{} if truth is None else {"cases_open": truth} for truth in truths]
        return [unit(f"u{i}", Decimal(i), grade="合格", **known) for i, known in enumerate(facts)]

    half = evaluated(program, graded(True, True, False, False))
    assert {e.context.values["open_share"] for e in half.values()} == {Decimal("0.5")}
    more = evaluated(program, graded(True, True, False, None))
    share = more["u0"].context.values["open_share"]
    assert isinstance(share, Interval) and (share.low, share.high) == (Decimal("0.5"), Decimal("0.75"))
    # More than half is open for those who have reported; the one who has not could settle it.
    assert share.facts == {"open_share"}
    own = more["u3"].context.values["open_share"]
    assert isinstance(own, Unknown) and own.facts == {"cases_open"}


def test_equal_units_at_the_edge_of_a_quota_that_takes_none_of_them(program: Program) -> None:
    """A quarter of eight are two places; the last three are equal, so that they do not fit."""
    level = evaluated(program, incomes(*[Decimal(n) for n in (9, 8, 7, 6, 5, 1, 1, 1)]))
    assert not any(e.context.values["bottom"] for e in level.values())
    apart = evaluated(program, incomes(*[Decimal(n) for n in (9, 8, 7, 6, 5, 4, 1, 1)]))
    assert [e.context.values["bottom"] for e in apart.values()] == [False] * 6 + [True] * 2


def test_a_quota_that_makes_no_sense_is_refused(program: Program) -> None:
    with pytest.raises(PrepareError, match="quota-part-undefined"):
        prepare(program.policy, AS_OF, {"bottom_part": Decimal(3)})


def test_nobody_stands_anywhere_until_units_are_compared(program: Program) -> None:
    """One unit alone is not first and last of one: what it comes to is not known."""
    (found,) = evaluate_all(
        program, [unit("a", Decimal(1), grade="合格", cases_open=False)], engine="reference"
    )
    assert found.classification == "undetermined"
    assert {m.reason for m in found.missing} == {"not_compared"}


def test_the_order_of_units_and_of_facts_changes_nothing(program: Program) -> None:
    sheets = [*incomes(Decimal(3), None, Decimal(3), Decimal(1)), unit("x", Decimal(2), None)]
    one, other = evaluated(program, sheets), evaluated(program, sheets[::-1])
    assert one.keys() == other.keys()
    for id_, evaluation in one.items():
        assert place(evaluation) == place(other[id_])
        assert evaluation.conclusions == other[id_].conclusions


# ------------------------------------------------------------------------------- the one unit, afterwards


def test_a_recorded_unit_comes_out_the_same_alone(program: Program) -> None:
    for sheet in compare_units(program, [*incomes(Decimal(3), None, Decimal(1)), unit("x", None, None)]):
        recorded = json.loads(json.dumps(sheet_object(sheet)))
        again = read_sheet(recorded)
        assert again.standings == sheet.standings
        one, other = evaluate_all(program, [sheet, again], engine="reference")
        assert one.conclusions == other.conclusions
        assert one.missing == other.missing


def test_what_another_income_would_do_is_seen_among_the_others(program: Program) -> None:
    sheets = incomes(Decimal(5), Decimal(3), Decimal(1))
    comparer = Comparer(program, sheets)
    better = comparer.compared(changed(sheets[2], [FactChange("income", Decimal(4))], AS_OF))
    (found,) = evaluate_all(program, [better], engine="reference")
    assert place(found) == 2
    whole = evaluated(program, [sheets[0], sheets[1], replace(better, standings=None)])
    assert place(whole["u2"]) == 2


def test_what_to_ask_for_tells_own_facts_from_those_of_others(program: Program) -> None:
    sheets = [
        unit(f"u{i}", income, grade="合格", cases_open=False)
        for i, income in enumerate((None, Decimal(2), Decimal(3)))
    ]
    comparer = Comparer(program, sheets)
    mine, other, _ = evaluate_all(program, [comparer.compared(sheet) for sheet in sheets], engine="reference")
    (own,) = questions(mine, "weak", comparer)
    assert (own.fact, own.verdict) == ("income", "sometimes")
    assert {(q.fact, q.verdict) for q in questions(other, "weak", comparer)} == {
        ("income_rank", "not_alone"),
        ("bottom", "not_alone"),
    }


def test_a_smallest_change_says_that_it_takes_places_as_they_are(program: Program) -> None:
    sheets = [unit(f"u{i}", Decimal(i), grade="合格", cases_open=False) for i in range(3)]
    (last, *_) = evaluate_all(program, compare_units(program, sheets), engine="reference")
    found = flip(last)
    assert found.changes is None
    assert found.in_the_way - {"unit_kind"} == {"income_rank_last", "bottom"}
    assert "`whatif` shows what a change would make of them" in " ".join(flip_lines(found, "en", 200))


# ----------------------------------------------------------------------------------- the example project


def test_the_tests_of_the_example_pass_on_both_channels() -> None:
    loaded = load(ROOT / "examples" / "yearly-review")
    assert loaded.policy is not None, loaded.diagnostics
    results = run_tests(loaded.policy, loaded.tests)
    assert len(results) == 6
    assert [result for result in results if not result.passed] == []


def test_a_policy_without_comparisons_is_left_alone() -> None:
    loaded = load(ROOT, tests=False)
    assert loaded.policy is not None
    program = prepare(loaded.policy, date(2018, 12, 31))
    sheets = incomes(Decimal(1))
    assert not program.comparisons and not loaded.policy.compared
    assert compare_units(program, sheets) is sheets
    assert "standings" not in sheet_object(sheets[0])


def test_a_clause_is_carried_out_by_a_comparison_that_cites_it() -> None:
    linked = load(ROOT / "examples" / "yearly-review", tests=False).policy
    assert linked is not None
    found = [(ref.role, ref.id) for ref in clause_rules(linked)["1"]]
    assert ("comparison", "collection_rank") in found and ("comparison", "in_last_tenth") in found


def test_a_parameter_touches_the_quota_that_uses_it() -> None:
    linked = load(ROOT / "examples" / "yearly-review", tests=False).policy
    assert linked is not None
    assert [(use.role, use.id) for use in uses(linked)["last_part"]] == [("comparison", "in_last_tenth")]
