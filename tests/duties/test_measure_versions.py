"""Measures with dates: called for under another condition from a day on, or no longer. A plan, a day, what came out."""

from __future__ import annotations

from datetime import date

import pytest
from lamp_plan import FILES, cases_of, listed, policy, sheet, worked

from engine.duties.nouns import CaseFile, MeasureOutcome
from engine.explain.derivation import derivation
from engine.explain.rule_page import rule_lines
from engine.explain.tree_text import text_lines
from engine.project.policy import Policy

D = date.fromisoformat
SCOLD = 'times: ">= 2"}}'
AMENDED = """times: ">= 2"}, amended: [
      {from: 2019-02-01, reason: {zh: 一次就够, en: once is enough}, when: {group: care, was: [overdue, met_late]}},
      {from: 2020-02-01, reason: {zh: 不再批评, en: no more scolding}, repealed: true}]}"""
#: One duty done in time, one (wiping) overdue on 22 December 2018, the quarter's oil on 31 December.
ROWS = {"list": listed("2018-08-01"), "work": [worked("修灯", "2018-08-10")]}


def amended(text: str = AMENDED) -> Policy:
    assert SCOLD in FILES["rules/measures.yaml"]
    return policy(rules_measures=FILES["rules/measures.yaml"].replace(SCOLD, text))


def scolded(plan: Policy, day: str) -> tuple[MeasureOutcome, CaseFile]:
    """The measure on a day; both channels have to agree."""
    (found,) = cases_of([sheet(ROWS, dark=True)], D(day), "both", plan)
    (outcome,) = (o for o in found.measures if o.measure.id == "scold")
    return outcome, found


@pytest.mark.parametrize(
    ("day", "truth", "since"),
    [
        ("2018-12-31", False, None),  # one is overdue, two are asked for
        ("2019-01-31", True, "2018-12-31"),  # the second came with the end of the year
        ("2019-02-01", True, "2019-02-01"),  # as amended, and not before the amendment
        ("2020-01-31", True, None),
        ("2020-02-01", False, None),  # repealed
    ],
)
def test_the_date_picks_the_condition_in_force(day: str, truth: bool, since: str | None) -> None:
    outcome, _ = scolded(amended(), day)
    assert outcome.truth is truth
    if since is not None:
        assert outcome.since == D(since)


def test_one_occasion_is_enough_only_from_the_amendment_on() -> None:
    only_from = AMENDED.replace("2019-02-01", "2018-12-25")
    assert scolded(amended(only_from), "2018-12-24")[0].truth is False
    assert scolded(amended(only_from), "2018-12-25")[0].truth is True


def test_a_measure_that_was_added_later_is_not_called_for_before() -> None:
    plan = amended('times: ">= 1"}, in force from: 2019-01-15}')
    assert scolded(plan, "2019-01-14")[0].truth is False
    outcome, _ = scolded(plan, "2019-01-15")
    assert (outcome.truth, outcome.since) == (True, D("2019-01-15"))


def test_the_explanation_and_the_page_say_which_version() -> None:
    plan = amended()
    _, found = scolded(plan, "2019-12-31")
    assert found.measured is not None
    said = "\n".join(text_lines(derivation(found.measured, "scold"), "en", 200))
    assert (
        "version: in force since 2019-02-01 (amended, clause 1: once is enough); changes on 2020-02-01"
        in said
    )
    page = "\n".join(rule_lines(plan, "scold", (), "en", 120, lambda _, text: text))
    assert page.index("as adopted") < page.index("in force since 2019-02-01") < page.index("repealed since")


def test_without_dates_nothing_changes() -> None:
    assert policy().at(D("2019-12-31")) is policy()
