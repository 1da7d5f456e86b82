"""An agenda: what is to clear, to review, to attend; overdue first, then by day."""

from __future__ import annotations

import json
from datetime import date, timedelta

import bell_cases
import pytest

from engine.report.agenda import agenda, agenda_rows
from engine.report.agenda_json import agenda_json
from engine.report.agenda_text import agenda_lines


def parts(units: list[object], holder: str = "主任", days: int = 30, as_of: date = bell_cases.AS_OF):  # type: ignore[no-untyped-def]
    horizon = as_of + timedelta(days=days)
    return agenda(
        row
        for case, actions in bell_cases.cases(units, as_of, horizon)
        for row in agenda_rows(case, actions, holder, days)
    )


def short(*args: object, **more: object) -> dict[str, list[tuple[str, str, str | None]]]:
    return {
        part.work: [
            (
                unit.unit,
                f"{row.action.rule} {row.action.period}",
                row.action.due and row.action.due.isoformat(),
            )
            for unit in part.units
            for row in unit.rows
        ]
        for part in parts(*args, **more)
    }


EAST = {**bell_cases.unit(听钟="2018-04-01"), "id": "e"}
WEST = {**bell_cases.unit("西山社区", 目标="2018-03-05", 听钟="2018-09-01", 审方案="2018-06-01"), "id": "w"}


def test_by_kind_of_work_then_by_unit_the_most_urgent_first() -> None:
    assert short([WEST, EAST]) == {
        "clear": [("东湖社区", "aims once", "2018-03-21")],
        "review": [("东湖社区", "review 2018", "2018-12-31")],
        "attendance": [
            ("东湖社区", "visit 2018-Q1", "2018-03-31"),
            ("东湖社区", "visit 2018-Q3", "2018-09-30"),
            ("东湖社区", "visit 2018-Q4", "2018-12-31"),
            ("西山社区", "visit 2018-Q1", "2018-03-31"),
            ("西山社区", "visit 2018-Q2", "2018-06-30"),
            ("西山社区", "visit 2018-Q4", "2018-12-31"),
        ],
        "work": [("东湖社区", "interview once", None), ("西山社区", "interview once", None)],
    }


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (20, "visit 2018-Q3"),  # to 30 December
        (21, "visit 2018-Q4"),  # to 31 December
        (110, "visit 2018-Q4"),  # to 30 March
        (111, "visit 2019-Q1"),  # to 31 March: a quarter that has not begun yet
    ],
)
def test_the_last_day_counts(days: int, last: str) -> None:
    assert short([EAST], days=days)["attendance"][-1][1] == last


def test_another_post() -> None:
    assert list(short([WEST], holder="敲钟人")) == ["attendance"]
    assert short([WEST], holder="修缮队") == {"work": [("西山社区", "repair once", "2018-03-31")]}


def test_text() -> None:
    lines = agenda_lines(bell_cases.run(), parts([EAST], days=111), "director", 111, "en", 80)
    digest = bell_cases.policy().digest.removeprefix("sha256:")[:12]
    assert "\n".join(lines).replace(digest, "<digest>") == TEXT


TEXT = """\
Agenda of director under Bell plan, 2018-12-10 to 2019-03-31 (policy
<digest>)

To be clear about (1)
unit      by          state    what        clause
--------  ----------  -------  ----------  ------
东湖社区  2018-03-21  overdue  Clear aims  3.1

To review (1)
unit      by          state     what                    clause
--------  ----------  --------  ----------------------  ------
东湖社区  2018-12-31  due soon  Review the plan (2018)  3.2

To attend (4)
unit      by          state     what                                      clause
--------  ----------  --------  ----------------------------------------  ------
东湖社区  2018-03-31  overdue   Come and listen (quarter 1 of 2018)       3.3
          2018-09-30  overdue   Come and listen (quarter 3 of 2018)       3.3
          2018-12-31  due soon  Come and listen (quarter 4 of 2018)       3.3
          2019-03-31  open      Come and listen (quarter 1 of 2019);      3.3
                                from 2019-01-01

Other work (1)
unit      by  state  what       clause
--------  --  -----  ---------  ------
东湖社区  -   open   Interview  4

actions: 7; overdue 3, due soon 2, open 2; engine: reference only"""


def test_nothing_to_do() -> None:
    lines = list(agenda_lines(bell_cases.run(), parts([]), "主任", 30, "zh", 80))
    assert lines[-3:] == ["这些日子没有要办的事。", "", "共0项；推理引擎：仅参照引擎"]


def test_json() -> None:
    made = json.loads(agenda_json(bell_cases.run(), parts([EAST]), "主任", 30))
    assert (made["holder"], made["as_of"], made["until"]) == ("主任", "2018-12-10", "2019-01-09")
    assert [item["work"] for item in made["items"]] == ["clear", "review", *["attendance"] * 3, "work"]
    assert made["items"][0] == {
        "work": "clear",
        "unit": {"id": "e", "name": "东湖社区"},
        "action": made["items"][0]["action"],
        "kind": "duty",
        "rule": "aims",
        "name": {"zh": "目标要清", "en": "Clear aims"},
        "clause": "3.1",
        "period": "once",
        "state": "overdue",
        "begins": None,
        "due": "2018-03-21",
        "provisional": False,
        "advisory": False,
        "missing": [],
    }
