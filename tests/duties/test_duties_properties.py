"""What must hold for any unit: unknown is exact, more evidence and more time go one way, actions repeat, channels agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lamp_plan import case, cases_of, policy, sheet, worked

from engine.duties import actions
from engine.duties.nouns import CaseFile

Cells = Mapping[str, object]
FIRST, LAST = date(2018, 3, 1), date(2020, 12, 31)
days = st.dates(date(2018, 2, 1), date(2021, 1, 31))
#: Few different days, so that they meet: on the listing, on due days, at the ends of periods.
near = st.sampled_from(
    [date(2018, 8, 1), date(2018, 8, 31), date(2018, 9, 1), date(2018, 9, 2), date(2018, 12, 31)]
)
some_day = near | days
maybe_day = st.none() | some_day
WORK = ["修灯", "加油", "擦灯", "年报", "故障"]

listings = st.lists(
    st.fixed_dictionaries({"entry": st.sampled_from(["列入", "销号"]), "entered": some_day}), max_size=4
)
work = st.fixed_dictionaries(
    {
        "what": st.none() | st.sampled_from(WORK),
        "done": maybe_day,
        "year": st.none() | st.sampled_from([2018, 2019]),
        "closed": maybe_day,
    }
)
steps = st.fixed_dictionaries(
    {
        "step": st.none() | st.sampled_from(["同意", "验灯", "归档"]),
        "on": maybe_day,
        "by": st.none() | st.sampled_from(["灯长", "灯务科", "油库"]),
    }
)
marks = st.fixed_dictionaries({"mark": st.none() | st.sampled_from(["好", "差"]), "marked": maybe_day})
registers = st.fixed_dictionaries(
    {
        "list": st.none() | listings,
        "work": st.none() | st.lists(work, max_size=5),
        "steps": st.none() | st.lists(steps, max_size=5),
        "marks": st.none() | st.lists(marks, max_size=4),
    }
)
facts = st.fixed_dictionaries(
    {"dark": st.none() | st.booleans(), "oiled": st.none() | st.booleans(), "oiled_on": maybe_day}
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def outcome(found: CaseFile) -> tuple[object, ...]:
    """Everything that a case file says, comparable."""
    return (
        found.spells,
        tuple(
            (i.duty.id, i.period, i.due, i.status, i.why, i.proofs, i.done_on, i.missing)
            for i in found.instances
        ),
        tuple(
            (r.procedure.id, r.spell, r.next, r.violations, [s.state for s in r.steps])
            for r in found.procedures
        ),
        tuple((o.measure.id, o.truth, o.since, o.superseded_by, o.missing) for o in found.measures),
    )


@quick
@given(st.lists(st.tuples(registers, facts), min_size=1, max_size=8), st.dates(FIRST, LAST))
def test_both_channels_say_the_same(
    units: list[tuple[dict[str, object], dict[str, object]]], as_of: date
) -> None:
    sheets = [sheet(found, **known) for found, known in units]  # type: ignore[arg-type]
    reference, both, durable = (
        cases_of(sheets, as_of, engine) for engine in ("reference", "both", "durable")
    )  # type: ignore[arg-type]
    assert all(found.measured is not None and found.measured.failure is None for found in both)
    assert [outcome(found) for found in reference] == [outcome(found) for found in both]
    assert [outcome(found) for found in reference] == [outcome(found) for found in durable]


def completions(
    rows: Sequence[Cells], choices: Mapping[str, Sequence[object]]
) -> list[list[dict[str, object]]]:
    """Every way to fill the unknown cells in, from a few values that make a difference."""
    open_cells = [(i, c) for i, row in enumerate(rows) for c, value in row.items() if value is None]
    filled = []
    for values in product(*(choices[column] for _, column in open_cells)):
        done = [dict(row) for row in rows]
        for (i, column), value in zip(open_cells, values, strict=True):
            done[i][column] = value
        filled.append(done)
    return filled


@quick
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "what": st.none() | st.sampled_from(WORK[:4]),
                "done": st.none() | near,
                "year": st.none() | st.just(2018),
            }
        ),
        max_size=3,
    ),
    st.sampled_from([date(2018, 8, 31), date(2018, 9, 1), date(2018, 9, 2), date(2019, 1, 31)]),
)
def test_what_is_known_does_not_depend_on_what_is_not(rows: list[dict[str, object]], as_of: date) -> None:
    """A status that is not `unknown` is the status of every way to fill the unknown cells in."""
    choices = {
        "what": WORK[:4],
        "done": [date(2018, 7, 1), date(2018, 9, 1), date(2018, 9, 2), date(2020, 12, 31)],
        "year": [2018, 2019],
    }
    every = completions(rows, choices)
    assume(len(every) <= 300)
    listing: list[Cells] = [{"entry": "列入", "entered": date(2018, 8, 1)}]
    open_sheet = sheet({"list": listing, "work": rows}, dark=True)
    filled = [sheet({"list": listing, "work": done}, dark=True) for done in every]
    (found, *others) = cases_of([open_sheet, *filled], as_of)
    for instance in found.instances:
        if instance.status == "unknown" or instance.duty.id == "close":
            continue
        for other in others:
            same = next(
                i
                for i in other.instances
                if (i.duty.id, i.period.id) == (instance.duty.id, instance.period.id)
            )
            # What another duty's day decides may be open in one way of filling and not in the other.
            if "event_open" not in (instance.why, same.why):
                assert same.status == instance.status, (instance.duty.id, instance.period.id)
    for measure, *same_measures in zip(found.measures, *(other.measures for other in others), strict=True):
        if measure.truth is not None:
            assert {o.truth for o in same_measures} <= {measure.truth}


@quick
@given(
    registers,
    facts,
    st.dates(FIRST, LAST),
    st.sampled_from(WORK[:4]),
    some_day,
    st.sampled_from([2018, 2019]),
)
def test_more_evidence_never_makes_anything_worse(
    found: dict[str, list[Cells] | None],
    known: dict[str, object],
    as_of: date,
    what: str,
    day: date,
    year: int,
) -> None:
    assume(found["work"] is not None)
    more = {**found, "work": [*(found["work"] or []), worked(what, day.isoformat(), year=year)]}
    before, after = cases_of([sheet(found, **known), sheet(more, **known)], as_of)
    then = {(i.duty.id, i.period.id): i for i in before.instances}
    for instance in after.instances:
        was = then.get((instance.duty.id, instance.period.id))
        # Another duty's day may move with the evidence, and a due date that counts from it with it.
        if was is None or instance.duty.id == "thank":
            continue
        if was.status == "met":
            assert instance.status == "met"
        if was.status == "met_late":
            assert instance.status in ("met", "met_late")
        if was.status in ("pending", "overdue") and instance.status != was.status:
            assert instance.status in ("met", "met_late", "unknown")


@quick
@given(registers, facts, st.dates(FIRST, LAST), st.integers(1, 400))
def test_time_goes_one_way(
    found: dict[str, list[Cells] | None], known: dict[str, object], as_of: date, later: int
) -> None:
    one = cases_of([sheet(found, **known)], as_of)[0]
    two = cases_of([sheet(found, **known)], as_of + timedelta(days=later))[0]
    assume(one.spells == two.spells)  # a listing or delisting in between begins or ends something
    now = {(i.duty.id, i.period.id): i for i in two.instances}
    for instance in one.instances:
        after = now.get((instance.duty.id, instance.period.id))
        if after is None or instance.duty.id == "thank":
            continue
        if instance.status == "overdue":
            assert after.status in ("overdue", "met_late", "unknown")
        if instance.status == "met":
            assert after.status == "met"
        if instance.status == "met_late":
            assert after.status == "met_late"


@quick
@given(registers, facts, st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_actions_come_once_and_keep_their_names(
    found: dict[str, list[Cells] | None], known: dict[str, object], one: date, other: date
) -> None:
    first, again, elsewhen = (actions(cases_of([sheet(found, **known)], day)[0]) for day in (one, one, other))
    assert first == again
    names = {action.id: (action.rule, action.period) for action in first}
    assert len(names) == len(first) == len(set(names.values()))
    for action in elsewhen:
        if (action.rule, action.period) in names.values():
            assert names.get(action.id) == (action.rule, action.period)


def test_another_unit_or_policy_gives_other_actions() -> None:
    from engine.duties.action_list import action_id

    plan = policy()
    ids = {
        action_id(plan, unit, rule, period)
        for unit in ("a", "a/b", "b")
        for rule in ("mend", "b/mend")
        for period in ("once", "once#2")
    }
    assert len(ids) == 12
    found = case("2019-12-31", {"list": [{"entry": "列入", "entered": date(2018, 8, 1)}]}, dark=True)
    assert all(action.id not in ids for action in actions(found))


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(registers, facts), min_size=1, max_size=8), st.dates(FIRST, LAST))
def test_both_channels_say_the_same_at_length(
    units: list[tuple[dict[str, object], dict[str, object]]], as_of: date
) -> None:
    sheets = [sheet(found, **known) for found, known in units]  # type: ignore[arg-type]
    reference, both = (cases_of(sheets, as_of, engine) for engine in ("reference", "both"))  # type: ignore[arg-type]
    assert [outcome(found) for found in reference] == [outcome(found) for found in both]
