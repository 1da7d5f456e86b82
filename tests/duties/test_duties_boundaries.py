"""Duties at their edges: the unit's registers, the day, and exactly what came of it."""

from __future__ import annotations

from datetime import date

import pytest
from lamp_plan import FILES, case, instance, listed, policy, worked

D = date.fromisoformat


def status(as_of: str, duty: str, period: str, rows: list[object], **facts: object) -> str:
    """The status of a unit listed on 1 August 2018 that did what ``rows`` say."""
    found = case(as_of, {"list": listed("2018-08-01"), "work": rows}, dark=True, **facts)  # type: ignore[dict-item]
    return instance(found, duty, period).status


MENDED = "修灯"


@pytest.mark.parametrize(
    ("as_of", "rows", "expected"),
    [
        ("2018-08-31", [], "pending"),
        ("2018-09-01", [], "pending"),  # the due day itself is still good
        ("2018-09-02", [], "overdue"),
        ("2018-09-02", [worked(MENDED, "2018-09-01")], "met"),
        ("2018-09-02", [worked(MENDED, "2018-09-02")], "met_late"),
        ("2018-09-01", [worked(MENDED, "2018-09-02")], "pending"),  # tomorrow has not happened
        ("2018-09-02", [worked(MENDED, "2018-07-31")], "overdue"),  # before the listing
        ("2018-09-02", [worked(MENDED, "2018-08-01")], "met"),  # on the day of the listing
        ("2018-09-02", [worked(MENDED, None)], "unknown"),  # done, nobody knows when: never overdue
        ("2018-09-02", [worked(None, "2018-08-20")], "unknown"),  # something was done, nobody knows what
        ("2018-09-02", [worked(None, "2018-09-02")], "unknown"),  # late or not at all
        ("2018-09-02", [worked("加油", "2018-08-20")], "overdue"),
        ("2018-09-02", [worked(MENDED, None), worked(MENDED, "2018-08-03")], "met"),
    ],
)
def test_once_within_a_month_of_the_listing(as_of: str, rows: list[object], expected: str) -> None:
    assert status(as_of, "mend", "once", rows) == expected


def test_a_month_after_the_end_of_january_is_the_end_of_february() -> None:
    found = case("2020-03-01", {"list": listed("2020-01-31")}, dark=True)
    assert instance(found, "mend", "once").due.day == D("2020-02-29")
    found = case("2019-03-01", {"list": listed("2019-01-31")}, dark=True)
    assert instance(found, "mend", "once").due.day == D("2019-02-28")


def test_the_day_of_the_listing_counts_where_the_timetable_says_so() -> None:
    timetable = FILES["policy/timetable.yaml"].replace("first day: excluded", "first day: included")
    found = case("2018-09-01", {"list": listed("2018-08-01")}, policy(policy_timetable=timetable), dark=True)
    assert instance(found, "mend", "once").due.day == D("2018-08-31")


def test_a_due_date_on_a_day_off_moves_where_the_timetable_says_so() -> None:
    timetable = FILES["policy/timetable.yaml"].replace(
        "first day: excluded", "first day: excluded, last day: moves to the next working day"
    )
    plan = policy(policy_timetable=timetable)
    found = case("2018-12-31", {"list": listed("2018-09-01")}, plan, dark=True)
    # 1 October 2018 is National Day; work begins again on the 8th.
    assert instance(found, "mend", "once").due.day == D("2018-10-08")
    assert [term.key for term in instance(found, "mend", "once").due.terms] == [
        "event-listing",
        "plus",
        "moved",
    ]


def test_working_days_around_the_new_year_and_the_spring_festival() -> None:
    found = case(
        "2019-02-28",
        {"list": listed("2018-08-01"), "work": [worked("故障", "2019-01-31", number="甲")]},
        dark=True,
    )
    # 1 January is a holiday, the last working days of December 2018 were shifted: ten working days end on 15 January.
    assert instance(found, "report", "2018").due.day == D("2019-01-15")
    # 2 and 3 February are worked on, 4 to 10 February are off.
    assert instance(found, "close", "甲").due.day == D("2019-02-12")


def test_beyond_the_published_years_working_days_are_provisional() -> None:
    later = {
        name: text.replace("2020-12-31", "2090-12-31") for name, text in FILES.items() if "timetable" in name
    }["policy/timetable.yaml"]
    found = case("2089-01-31", {"list": listed("2087-05-01")}, policy(policy_timetable=later), dark=True)
    due = instance(found, "report", "2087").due
    assert due.provisional and due.day == D("2088-01-14")


def test_before_the_listing_nothing_is_asked_for() -> None:
    found = case("2018-07-31", {"list": listed("2018-08-01")}, dark=True)
    assert [i.duty.id for i in found.instances] == ["store"] and found.listed is False


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2018-10-01", "overdue"), ("2018-10-02", "not_applicable")],
)
def test_listed_late_in_the_year_the_rest_counts_if_three_months_are_left(day: str, expected: str) -> None:
    found = case("2019-03-01", {"list": listed(day)}, dark=True)
    assert instance(found, "report", "2018").status == expected
    assert instance(found, "report", "2019").status == "pending"


def test_evidence_belongs_to_the_quarter_of_its_date() -> None:
    rows = [worked("加油", "2018-10-01"), worked("加油", "2018-12-31"), worked("加油", "2019-01-01")]
    found = case("2019-04-01", {"list": listed("2018-08-01"), "work": rows}, dark=True)
    statuses = {i.period.id: i.status for i in found.instances if i.duty.id == "fill"}
    assert statuses == {
        "2018-Q3": "not_applicable",  # two months of it were left
        "2018-Q4": "met",
        "2019-Q1": "overdue",  # once is not twice
        "2019-Q2": "pending",
    }


def test_the_same_row_is_evidence_for_two_duties() -> None:
    rows = [worked(MENDED, "2018-08-05"), worked("擦灯", "2018-08-10")]
    found = case("2018-12-31", {"list": listed("2018-08-01"), "work": rows}, dark=True)
    assert instance(found, "wipe", "dusk").status == "met"
    assert instance(found, "thank", "once").status == "met"
    assert instance(found, "wipe", "dusk").proofs == instance(found, "thank", "once").proofs


def test_at_least_ten_days_before_the_end_of_a_phase() -> None:
    found = case(
        "2018-12-31", {"list": listed("2018-08-01"), "work": [worked("擦灯", "2018-12-22")]}, dark=True
    )
    assert instance(found, "wipe", "dusk").due.day == D("2018-12-21")
    assert instance(found, "wipe", "dusk").status == "met_late"


def test_a_report_is_for_the_year_that_its_row_names() -> None:
    rows = [worked("年报", "2019-01-10", year=2018), worked("年报", "2019-01-11", year=None)]
    found = case("2020-01-31", {"list": listed("2018-08-01"), "work": rows}, dark=True)
    assert instance(found, "report", "2018").status == "met"
    assert instance(found, "report", "2019").status == "unknown"


def test_what_counts_from_another_duty_waits_for_it() -> None:
    waiting = case("2018-12-31", {"list": listed("2018-08-01")}, dark=True)
    assert instance(waiting, "thank", "once").why == "event_open"
    rows = [worked(MENDED, "2018-09-20")]
    found = case("2018-12-31", {"list": listed("2018-08-01"), "work": rows}, dark=True)
    assert instance(found, "thank", "once").due.day == D("2018-10-05")
    assert instance(found, "thank", "once").status == "overdue"


@pytest.mark.parametrize(
    ("facts", "as_of", "expected"),
    [
        ({"oiled": True, "oiled_on": D("2019-02-19")}, "2019-03-01", "met"),
        ({"oiled": True, "oiled_on": D("2019-02-20")}, "2019-03-01", "met_late"),
        ({"oiled": True}, "2019-03-01", "unknown"),
        ({"oiled": False}, "2019-03-01", "overdue"),
        ({"oiled": False}, "2019-02-19", "pending"),
        ({}, "2019-03-01", "unknown"),
    ],
)
def test_a_fact_with_its_date_as_evidence(facts: dict[str, object], as_of: str, expected: str) -> None:
    found = case(as_of, {}, dark=False, **facts)
    assert instance(found, "store", "once").status == expected


def test_a_blank_date_in_the_row_itself_is_unknown_and_never_overdue() -> None:
    rows = [
        worked("故障", "2018-06-01", number="甲"),
        worked("故障", "2018-06-01", number="乙", closed=D("2018-06-20")),
    ]
    found = case("2018-12-31", {"work": rows}, dark=False)
    assert instance(found, "close", "甲").status == "unknown"
    assert instance(found, "close", "甲").missing == {"work[1].closed"}
    assert instance(found, "close", "乙").status == "met_late"


def test_what_is_not_due_lapses_with_the_delisting_and_what_was_overdue_stays() -> None:
    found = case("2019-12-31", {"list": listed("2018-08-01", "2018-12-15")}, dark=True)
    assert instance(found, "report", "2018").why == "lapsed"
    assert instance(found, "mend", "once").status == "overdue"


def test_listed_again_everything_begins_again() -> None:
    rows = [*listed("2018-08-01", "2019-02-01"), *listed("2019-06-01")]
    done = [worked(MENDED, "2018-08-10")]
    found = case("2019-12-31", {"list": rows, "work": done}, dark=True)
    assert [(s.number, s.start, s.end) for s in found.spells] == [
        (1, D("2018-08-01"), D("2019-02-01")),
        (2, D("2019-06-01"), None),
    ]
    assert instance(found, "mend", "once").status == "met"
    assert instance(found, "mend", "once#2").status == "overdue"


@pytest.mark.parametrize(
    ("waiver", "expected", "problem"),
    [
        ({"duty": "mend", "reason": "停电"}, "waived", None),
        ({"duty": "修好", "reason": "停电", "period": "once"}, "waived", None),
        ({"duty": "照料", "reason": "停电"}, "waived", None),
        ({"duty": "mend", "reason": "停电", "period": "2019"}, "overdue", None),
        ({"duty": "mend", "reason": "停电", "granted": D("2019-01-01")}, "overdue", None),
        ({"duty": "mend"}, "overdue", "duties.waiver-without-reason"),
        ({"duty": "修号", "reason": "停电"}, "overdue", "duties.waiver-of-nothing"),
        ({"reason": "停电"}, "overdue", "duties.waiver-unreadable"),
    ],
)
def test_a_waiver_needs_a_reason(waiver: dict[str, object], expected: str, problem: str | None) -> None:
    found = case("2018-12-31", {"list": listed("2018-08-01"), "waived": [waiver]}, dark=True)
    assert instance(found, "mend", "once").status == expected
    assert [key for key, _ in found.problems] == ([problem] if problem else [])


def test_a_waiver_does_not_undo_what_was_done() -> None:
    registers = {"list": listed("2018-08-01"), "work": [worked(MENDED, "2018-08-10")]}
    found = case("2018-12-31", {**registers, "waived": [{"duty": "mend", "reason": "停电"}]}, dark=True)
    assert instance(found, "mend", "once").status == "met"


def test_registers_never_filled_in_leave_everything_open() -> None:
    found = case("2019-06-30", {"list": listed("2018-08-01"), "work": None}, dark=True)
    statuses = {
        i.status for i in found.instances if i.duty.id in ("mend", "fill", "report") and i.why != "too_short"
    }
    assert statuses == {"unknown"}
    assert instance(found, "mend", "once").missing == {"work"}


def test_a_listing_never_filled_in_or_without_a_day_leaves_its_duties_open() -> None:
    for rows, missing in ((None, {"list"}), (listed(None), {"list[1].entered"})):
        found = case("2019-06-30", {"list": rows}, dark=True)
        assert found.listed is None
        mend = next(i for i in found.instances if i.duty.id == "mend")
        assert (mend.status, mend.missing) == ("unknown", missing)


def test_a_condition_that_is_not_known_accuses_nobody() -> None:
    found = case("2019-06-30", {"list": listed("2018-08-01")})
    look = next(i for i in found.instances if i.duty.id == "look")
    assert (look.status, look.missing) == ("unknown", {"dark"})


def test_duties_of_another_kind_of_unit_do_not_apply() -> None:
    found = case("2019-06-30", {"list": listed("2018-08-01")}, dark=True, kind="联社")
    assert {i.status for i in found.instances if i.duty.id == "wipe"} == {"not_applicable"}
