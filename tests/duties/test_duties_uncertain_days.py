"""Duties where a day is not known, and rows at the edge of a stay on the list: what may still be said, and what not."""

from __future__ import annotations

from datetime import date

from lamp_plan import FILES, case, instance, listed, policy, worked

D = date.fromisoformat
MENDED, FAULT = "修灯", "故障"


def duties(old: str, new: str) -> str:
    """The duties of the lamp plan with one passage changed."""
    assert old in FILES["rules/duties.yaml"]
    return FILES["rules/duties.yaml"].replace(old, new)


def test_an_undated_row_that_may_have_come_first_leaves_the_day_of_fulfilment_open() -> None:
    rows = [worked(MENDED, None), worked(MENDED, "2018-08-20")]
    found = case("2018-12-31", {"list": listed("2018-08-01"), "work": rows}, dark=True)
    mend = instance(found, "mend", "once")
    assert (mend.status, mend.done_on) == ("met", None)
    assert mend.missing == {"work[1].done"}
    assert mend.wanted == frozenset()  # it is fulfilled whatever the day
    # fifteen days from a day that is not known
    thank = instance(found, "thank", "once")
    assert (thank.status, thank.due.day) == ("unknown", None)
    assert thank.missing == {"work[1].done"}


def test_an_uncertain_row_that_came_later_changes_nothing() -> None:
    rows = [worked(MENDED, "2018-08-20"), worked(None, "2018-08-25")]
    found = case("2018-12-31", {"list": listed("2018-08-01"), "work": rows}, dark=True)
    assert instance(found, "mend", "once").done_on == D("2018-08-20")
    assert instance(found, "thank", "once").due.day == D("2018-09-04")


def test_a_duty_for_each_row_waits_for_another_duty_like_any_other() -> None:
    plan = policy(
        rules_duties=duties(
            "due: {within: 5 working days, of: start of period}, evidence: {same row: 了结于}",
            "due: {within: 15 days, of: mend}, evidence: {same row: 了结于}",
        ).replace("while: in force, each: row", "each: row")
    )
    fault = worked(FAULT, "2018-08-02", number="甲")
    waiting = case("2018-12-31", {"list": listed("2018-08-01"), "work": [fault]}, plan, dark=True)
    assert instance(waiting, "close", "甲").why == "event_open"
    rows = [fault, worked(MENDED, "2018-08-20")]
    found = case("2018-12-31", {"list": listed("2018-08-01"), "work": rows}, plan, dark=True)
    assert instance(found, "close", "甲").due.day == D("2018-09-04")


def test_what_was_settled_in_its_own_row_after_the_delisting_does_not_count_as_done() -> None:
    plan = policy(rules_duties=duties("owner: 灯长, while: in force, each: row", "owner: 灯长, each: row"))
    spell = listed("2018-08-01", "2018-12-14")
    late = worked(FAULT, "2018-12-13", number="甲", closed=D("2018-12-19"))
    in_time = worked(FAULT, "2018-12-03", number="乙", closed=D("2018-12-06"))
    neglected = worked(FAULT, "2018-11-01", number="丙", closed=D("2018-12-30"))
    found = case("2019-03-01", {"list": spell, "work": [late, in_time, neglected]}, plan, dark=True)
    assert (
        instance(found, "close", "甲").why == "lapsed"
    )  # due on the 20th, the unit was off the list by then
    assert instance(found, "close", "乙").status == "met"
    assert instance(found, "close", "丙").status == "overdue"


def test_a_due_day_that_is_not_known_cannot_lapse() -> None:
    rows = [worked(MENDED, None)]
    spell = listed("2018-08-01", "2018-12-14")
    found = case("2019-03-01", {"list": spell, "work": rows}, dark=True)
    thank = instance(found, "thank", "once")
    assert (thank.status, thank.why) == ("unknown", "due_unknown")
    # Where what it waits for surely never happened, there was nothing to do.
    assert (
        instance(case("2019-03-01", {"list": spell}, dark=True), "thank", "once").status == "not_applicable"
    )


def test_a_day_counted_from_a_row_is_looked_for_during_the_stay_on_the_list_only() -> None:
    plan = policy(
        rules_duties=duties(
            "due: {within: 1 month, of: listing}",
            "due: {within: 10 days, of: {register: 灯务, where: {做了什么: 故障}, date: 做于, which: first}}",
        )
    )
    spell = listed("2018-08-01", "2018-12-14")
    during = case("2019-03-01", {"list": spell, "work": [worked(FAULT, "2018-10-01")]}, plan, dark=True)
    assert instance(during, "mend", "once").due.day == D("2018-10-11")
    after = case("2019-03-01", {"list": spell, "work": [worked(FAULT, "2019-01-05")]}, plan, dark=True)
    assert instance(after, "mend", "once").status == "not_applicable"
    assert instance(after, "mend", "once").due.day is None  # not ten days after what no longer concerned it
