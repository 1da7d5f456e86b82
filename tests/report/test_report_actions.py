"""Which actions are shown, under which heading, in what words; and the events that programs get."""

from __future__ import annotations

import json
from datetime import date, datetime

import bell_cases
import pytest

from engine.report.action_groups import groups
from engine.report.action_rows import STANDING, STATES, ActionRow, Wanted, rows
from engine.report.actions_json import event_chunks, event_lines
from engine.report.actions_text import actions_lines


def found(
    units: list[object],
    as_of: date = bell_cases.AS_OF,
    states: tuple[str, ...] = STANDING,
    holder: str | None = None,
) -> list[ActionRow]:
    wanted = Wanted(states, holder)
    return [row for case, actions in bell_cases.cases(units, as_of) for row in rows(case, actions, wanted)]


def shown(units: list[object], by: str, holder: str | None = None, width: int = 80) -> list[str]:
    """The tables without head and closing line."""
    listed = found(units, holder=holder)
    grouped = groups(bell_cases.policy(), listed, by, holder, "zh")  # type: ignore[arg-type]
    return list(actions_lines(bell_cases.run(), listed, grouped, by, "zh", width))[2:-3]  # type: ignore[arg-type]


UNIT = bell_cases.unit(目标="2018-03-05", 听钟="2018-03-30", 派任="2018-03-05")


def test_by_post_an_action_stands_under_everyone_who_has_to_act() -> None:
    assert shown([UNIT], "post")[:9] == [
        "主任（5项）",
        "期限            状态      单位      事项                         条款",
        "--------------  --------  --------  ---------------------------  ----",
        "2018年6月30日   已逾期    东湖社区  到钟楼听钟（2018年第2季度）  3.3",
        "2018年9月30日   已逾期    东湖社区  到钟楼听钟（2018年第3季度）  3.3",
        "2018年12月31日  即将到期  东湖社区  审养护方案（2018年）         3.2",
        "2018年12月31日  即将到期  东湖社区  到钟楼听钟（2018年第4季度）  3.3",
        "-               未到期    东湖社区  约谈                         4",
        "",
    ]
    assert [line for line in shown([UNIT], "post") if line.endswith("项）")] == [
        "主任（5项）",
        "敲钟人（3项）",
        "不属于任何岗位（1项）",
    ]


def test_everything_has_a_place() -> None:
    """Whatever no post holds comes last, with those who have to act."""
    listed = found([bell_cases.unit()])
    for by in ("post", "office", "unit"):
        grouped = groups(bell_cases.policy(), listed, by, None, "zh")  # type: ignore[arg-type]
        assert {row.action.id for group in grouped for row in group.rows} == {row.action.id for row in listed}
    by_office = groups(bell_cases.policy(), listed, "office", None, "en")
    assert [(group.holder, group.heading) for group in by_office] == [
        ("综合办", "General office"),
        ("修缮队", "Repair team"),
        (None, "No office"),
    ]


def test_one_post_alone() -> None:
    assert [row.action.rule for row in found([bell_cases.unit()], holder="敲钟人")] == ["visit"] * 4
    assert shown([UNIT], "post", "敲钟人")[0] == "敲钟人（3项）"
    assert not any("主任" in line for line in shown([UNIT], "post", "敲钟人"))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    from engine.diagnostics import display_width

    units: list[object] = [bell_cases.unit("东湖" * 30)]
    assert (
        max(display_width(line) for by in ("post", "unit") for line in shown(units, by, width=width)) <= width
    )


def test_states() -> None:
    """The same unit, before and after; an action keeps its id."""
    before = found([bell_cases.unit()], as_of=date(2018, 3, 10), states=STATES)
    after = found([bell_cases.unit(目标="2018-03-15")], as_of=date(2018, 3, 31), states=STATES)
    assert {row.action.rule: row.action.state for row in before} == {
        "aims": "due",
        "assign": "due",
        "repair": "due",
        "review": "open",
        "visit": "due",
    }
    assert {row.action.rule: row.action.state for row in after} == {
        "aims": "closed",
        "assign": "overdue",
        "repair": "due",
        "review": "open",
        "visit": "due",
    }
    assert {row.action.id for row in before} == {row.action.id for row in after}


def test_events() -> None:
    """CloudEvents 1.0: what every event has to have; one id for each state of each action."""
    made = json.loads("".join(event_chunks(found([UNIT], states=STATES))))
    assert len({event["id"] for event in made}) == len(made) == 9
    for event in made:
        assert event["specversion"] == "1.0"
        assert event["id"] == f"{event['data']['action']}/{event['data']['state']}"
        assert event["source"] == "urn:plumbline:policy:bells"
        assert event["type"] == f"plumbline.action.{event['data']['state']}"
        assert event["subject"] == "u-09"
        assert datetime.fromisoformat(event["time"]).isoformat() == "2018-12-10T00:00:00+00:00"
        assert event["datacontenttype"] == "application/json"
        # attribute names: lower-case letters and digits (CloudEvents 1.0.2, "Naming conventions")
        assert all(name.isalnum() and name == name.lower() for name in event)
    visit = next(event["data"] for event in made if event["data"]["period"] == "2018-Q2")
    del visit["action"], visit["policy"]
    assert visit == {
        "state": "overdue",
        "kind": "duty",
        "rule": "visit",
        "name": {"zh": "到钟楼听钟", "en": "Come and listen"},
        "clause": "3.3",
        "period": "2018-Q2",
        "unit": {"id": "u-09", "name": "东湖社区", "kind": "社区"},
        "holders": [
            {"kind": "table", "id": "leader", "names": ["主任"], "unknown": False},
            {"kind": "post", "id": "敲钟人", "names": ["敲钟人"], "unknown": False},
        ],
        "opened": "2018-04-01",
        "due": "2018-06-30",
        "provisional": False,
        "closed": None,
        "advisory": False,
        "work": "attendance",
        "missing": [],
    }


def test_events_repeat_until_the_state_changes() -> None:
    """A receiver knows an event again by its id: the next day brings none that is new, the quarter's end does."""

    def ids(as_of: date) -> set[str]:
        return {event["id"] for event in json.loads("".join(event_chunks(found([UNIT], as_of))))}

    assert ids(date(2018, 12, 10)) == ids(date(2018, 12, 11))
    (new,) = {id_.rpartition("/")[2] for id_ in ids(date(2018, 12, 31)) - ids(date(2018, 12, 10))} or {""}
    assert new == ""
    assert {id_.rpartition("/")[2] for id_ in ids(date(2019, 1, 1)) - ids(date(2018, 12, 31))} == {
        "overdue",
        "open",
    }


def test_no_actions_are_an_empty_array_and_no_lines() -> None:
    assert json.loads("".join(event_chunks([]))) == []
    assert "".join(event_lines([])) == ""
