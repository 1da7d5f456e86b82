"""Procedures, ladders and measures at their edges."""

from __future__ import annotations

from datetime import date

import pytest
from lamp_plan import FILES, case, listed, policy, worked

from engine.duties.nouns import ProcedureRun

D = date.fromisoformat


def step(name: str | None, day: str | None, by: str | None = "灯长") -> dict[str, object]:
    """A row of the steps."""
    return {"step": name, "on": None if day is None else D(day), "by": by}


def run(
    steps: list[dict[str, object]] | None, out: str | None = None, as_of: str = "2019-12-31"
) -> ProcedureRun:
    """The run of a unit listed on 1 August 2018."""
    (found,) = case(as_of, {"list": listed("2018-08-01", out), "steps": steps}, dark=True).procedures
    return found


AGREED = step("同意", "2019-01-10")
TESTED = [step("验灯", "2019-02-01", "灯务科"), step("验灯", "2019-02-03", "油库")]
FILED = step("归档", "2019-02-20", "灯务科")


@pytest.mark.parametrize(
    ("steps", "out", "done", "violations", "following"),
    [
        ([], None, [], [], "agree"),
        ([AGREED], None, ["agree"], [], "test"),
        ([AGREED, *TESTED], None, ["agree", "test"], [], "left"),
        ([AGREED, *TESTED, FILED], "2019-02-10", ["agree", "test", "left", "file"], [], None),
        # the same day is no disorder
        ([step("同意", "2019-02-03"), *TESTED], None, ["agree", "test"], [], "left"),
        # the second tester came before the consent
        ([step("同意", "2019-02-04"), *TESTED], None, ["agree", "test"], [("test", "out_of_order")], "left"),
        ([AGREED, TESTED[0]], None, ["agree"], [], "test"),
        (TESTED, None, ["test"], [("agree", "missing")], "agree"),
        ([], "2019-02-10", ["left"], [("agree", "missing"), ("test", "missing")], "agree"),
        ([step("同意", "2019-01-10", "油库")], None, [], [("agree", "wrong_actor")], "agree"),
        ([step("同意", "2019-01-10", "油库"), *TESTED], None, ["test"], [("agree", "wrong_actor")], "agree"),
        # nobody knows when: nothing is broken, and what comes next is not known either
        ([step("同意", None), *TESTED], None, ["test"], [], None),
        ([step(None, "2019-01-10")], None, [], [], None),
        # before the listing it was another run's, after the as-of date it has not happened
        ([step("同意", "2018-07-31"), step("验灯", "2020-01-01", "灯务科")], None, [], [], "agree"),
    ],
)
def test_where_a_unit_stands(
    steps: list[dict[str, object]],
    out: str | None,
    done: list[str],
    violations: list[tuple[str, str]],
    following: str | None,
) -> None:
    found = run(steps, out)
    assert [s.step.id for s in found.steps if s.state == "done"] == done
    assert [(v.step, v.why) for v in found.violations] == violations
    assert found.next == following


def test_a_step_falls_due_after_an_earlier_one() -> None:
    found = run([AGREED, *TESTED], "2019-02-01")
    # five working days; 2 and 3 February are worked on, the Spring Festival follows
    assert found.steps[-1].due is not None and found.steps[-1].due.day == D("2019-02-13")


def test_steps_never_filled_in_are_not_known() -> None:
    found = run(None)
    assert {s.state for s in found.steps if s.step.value is not None} == {"unknown"}
    assert found.completed is False and found.violations == ()


def marks(*given: tuple[str | None, str | None]) -> list[dict[str, object]]:
    """Rows of the marks."""
    return [{"mark": mark, "marked": None if day is None else D(day)} for mark, day in given]


RUNGS = ("word", "letter", "dismissal")


@pytest.mark.parametrize(
    ("given", "altogether", "in_a_row"),
    [
        ([], (False, False, False), (False, False, False)),
        ([("差", "2019-01-05")], (True, False, False), (True, False, False)),
        ([("差", "2019-01-05"), ("差", "2019-02-05")], (True, True, False), (True, True, False)),
        (
            [("差", "2019-01-05"), ("好", "2019-02-05"), ("差", "2019-03-05")],
            (True, True, False),
            (True, False, False),
        ),
        (
            [("差", "2019-01-05"), ("差", "2019-02-05"), ("好", "2019-03-05")],
            (True, True, False),
            (False, False, False),
        ),
        ([("差", "2018-07-05")], (False, False, False), (False, False, False)),
        ([("差", "2020-07-05")], (False, False, False), (False, False, False)),
        ([(None, "2019-01-05")], (None, False, False), (None, False, False)),
        ([("差", None), ("差", "2019-02-05")], (True, None, False), (True, None, False)),
        ([("差", "2019-01-05"), ("好", None)], (True, False, False), (None, False, False)),
    ],
)
def test_a_ladder(
    given: list[tuple[str | None, str | None]],
    altogether: tuple[bool | None, ...],
    in_a_row: tuple[bool | None, ...],
) -> None:
    parameters = FILES["policy/parameters.yaml"].replace("value: 累计}]\n", "value: 连续}]\n")
    for plan, expected in ((policy(), altogether), (policy(policy_parameters=parameters), in_a_row)):
        registers = {"list": listed("2018-08-01"), "marks": marks(*given)}
        found = case("2019-12-31", registers, plan, dark=True)
        truths = {o.measure.id: o.truth for o in found.measures}
        assert tuple(truths[rung] for rung in RUNGS) == expected


def test_a_higher_rung_supersedes_and_a_rung_is_dated_by_its_occasion() -> None:
    registers = {"list": listed("2018-08-01"), "marks": marks(("差", "2019-01-05"), ("差", "2019-02-05"))}
    found = {o.measure.id: o for o in case("2019-12-31", registers, dark=True).measures}
    assert found["word"].superseded_by == "letter" and found["letter"].superseded_by is None
    assert found["word"].since == D("2019-01-05") and found["letter"].since == D("2019-02-05")
    assert found["word"].due is not None and found["word"].due.day == D("2019-01-15")


def test_a_unit_that_is_not_listed_meets_no_measure_of_listed_units() -> None:
    registers = {"list": listed("2018-08-01", "2019-03-01"), "marks": marks(("差", "2019-01-05"))}
    found = {o.measure.id: o.truth for o in case("2019-12-31", registers, dark=True).measures}
    assert found["word"] is False


def test_neglect_counts_periods_and_leaves_advisory_duties_out() -> None:
    registers = {"list": listed("2018-08-01"), "work": [worked("修灯", "2018-08-10")]}
    one = {o.measure.id: o for o in case("2018-12-31", registers, dark=True).measures}
    assert one["scold"].truth is False  # wiping became overdue on 22 December, and nothing else did
    two = {o.measure.id: o for o in case("2019-01-01", registers, dark=True).measures}
    assert two["scold"].truth is True and two["scold"].since == D("2018-12-31")


def test_a_measure_never_fires_on_what_is_not_known() -> None:
    found = {
        o.measure.id: o
        for o in case("2020-12-31", {"list": listed("2018-08-01"), "work": None}, dark=True).measures
    }
    assert found["scold"].truth is None and "work" in found["scold"].missing


def test_conditions_over_steps_and_procedures() -> None:
    complete = {"list": listed("2018-08-01", "2019-02-10"), "steps": [AGREED, *TESTED, FILED]}
    done = [worked("修灯", "2018-08-10")]
    truths = {
        o.measure.id: o.truth for o in case("2019-12-31", {**complete, "work": done}, dark=True).measures
    }
    assert (truths["redo"], truths["praise"]) == (False, True)
    unfiled = {**complete, "steps": [AGREED, *TESTED], "work": done}
    truths = {o.measure.id: o.truth for o in case("2019-12-31", unfiled, dark=True).measures}
    assert (truths["redo"], truths["praise"]) == (True, False)


@pytest.mark.parametrize("rows", [None, listed(None)])
def test_where_the_listing_is_not_known_neither_are_its_procedure_and_its_ladder(
    rows: list[dict[str, object]] | None,
) -> None:
    registers = {"list": rows, "marks": marks(("差", "2019-01-05")), "work": [worked("修灯", "2018-08-10")]}
    found = {o.measure.id: o for o in case("2019-12-31", registers, dark=True).measures}
    missing = {"list"} if rows is None else {"list[1].entered"}
    for measure in ("word", "redo", "praise"):
        assert found[measure].truth is None and missing <= found[measure].missing
