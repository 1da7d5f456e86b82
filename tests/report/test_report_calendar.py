"""Calendars, read back by two libraries: icalendar, which wrote them, and vobject, which did not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import bell_cases
import icalendar
import pytest
import vobject

from engine.messages import Lang
from engine.report.action_rows import STATES, Wanted
from engine.report.calendar_entries import Entry
from engine.report.calendars import calendars
from engine.report.ics import calendar

END = date(2019, 12, 31)
STILL_TO_DO = Wanted()


def made(
    units: list[object] | None = None,
    as_of: date = bell_cases.AS_OF,
    wanted: Wanted = STILL_TO_DO,
    lang: Lang = "zh",
    by: Any = "post",
) -> tuple[dict[str, bytes], int]:
    """The calendars by holder, and how many entries have a place in none."""
    policy = bell_cases.policy()
    found, lost = calendars(policy, bell_cases.cases(units, as_of, END), wanted, by, lang)
    return {each.holder: each.content(policy, as_of, lang) for each in found}, lost


def filled(*args: Any, **more: Any) -> dict[str, bytes]:
    """The calendars that have entries."""
    return {holder: content for holder, content in made(*args, **more)[0].items() if events(content)}


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def short(content: bytes) -> list[tuple[str, str]]:
    return [(event["DTSTART"].dt.isoformat(), str(event["SUMMARY"])) for event in events(content)]


def test_one_calendar_for_each_post() -> None:
    """A unit listed on 1 March, whose plan was reviewed; in December."""
    found, lost = made([bell_cases.unit(目标="2018-03-05", 审方案="2018-05-01", 听钟="2018-03-30")])
    assert list(found) == ["主任", "敲钟人"]
    assert short(found["主任"]) == [
        ("2018-06-30", "〔已逾期〕东湖社区：到钟楼听钟（2018年第2季度）"),
        ("2018-09-30", "〔已逾期〕东湖社区：到钟楼听钟（2018年第3季度）"),
        ("2018-12-31", "东湖社区：到钟楼听钟"),
        ("2019-12-31", "东湖社区：审养护方案（2019年）"),
    ]
    # 修钟 and the naming of the leader are nobody's who has a post
    assert lost == 2


def test_the_repair_team_has_a_calendar_as_an_office() -> None:
    found, _ = made([bell_cases.unit()], by="office")
    assert short(found["修缮队"]) == [("2018-03-31", "〔已逾期〕东湖社区：修钟〔原则上〕")]
    by_unit, lost = made([bell_cases.unit()], by="unit")
    assert list(by_unit) == ["u-09"]
    assert lost == 0


def test_attendances_repeat_until_the_plan_ends() -> None:
    (visit,) = [
        event
        for event in events(made([bell_cases.unit(listed="2018-10-05")])[0]["敲钟人"])
        if "RRULE" in event
    ]
    assert visit["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20191231;INTERVAL=3;BYMONTHDAY=-1"
    assert visit["DTSTART"].dt == date(2018, 12, 31)
    assert visit["DTEND"].dt == date(2019, 1, 1)


def test_an_attendance_that_is_done_is_not_repeated() -> None:
    done = made([bell_cases.unit(listed="2018-10-05", 听钟="2018-11-11")])[0]["敲钟人"]
    assert short(done) == [("2019-03-31", "东湖社区：到钟楼听钟")]
    everything = made([bell_cases.unit(listed="2018-10-05", 听钟="2018-11-11")], wanted=Wanted(STATES))[0]
    assert short(everything["敲钟人"])[0] == ("2018-12-31", "〔已办结〕东湖社区：到钟楼听钟（2018年第4季度）")


def test_no_clock_and_the_same_ids_each_time() -> None:
    units: list[object] = [bell_cases.unit(listed="2018-10-05")]
    first, again = made(units)[0]["主任"], made(units)[0]["主任"]
    later = made(units, as_of=date(2018, 12, 20))[0]["主任"]
    assert first == again
    stamps = {event["DTSTAMP"].dt for event in events(first)}
    assert stamps == {datetime.combine(bell_cases.AS_OF, time(), tzinfo=UTC)}
    assert {str(e["UID"]) for e in events(first)} == {str(e["UID"]) for e in events(later)}


def test_alarms_at_nine_a_week_and_a_day_before() -> None:
    (visit, *_) = [e for e in events(made([bell_cases.unit()])[0]["敲钟人"]) if "RRULE" in e]
    begin = datetime.combine(visit["DTSTART"].dt, time())
    moments = [begin + alarm["TRIGGER"].dt for alarm in visit.walk("VALARM")]
    assert moments == [begin - timedelta(days=7, hours=-9), begin - timedelta(days=1, hours=-9)]
    # nobody is reminded of what is late already
    overdue = [e for e in events(made([bell_cases.unit()])[0]["敲钟人"]) if "RRULE" not in e]
    assert overdue and not any(event.walk("VALARM") for event in overdue)


LONG = "东湖" * 40 + "社区，第一网格；甲\\乙"
#: What a workbook may hold as a unit's name, and what the calendar shows of it.
HOSTILE = {
    "东湖\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x": "东湖 END:VEVENT BEGIN:VEVENT SUMMARY:x",
    "东湖\rATTENDEE:mailto:x@example.org": "东湖 ATTENDEE:mailto:x@example.org",
    "东湖\x0bSUMMARY:x\x85SUMMARY:y\u2028SUMMARY:z": "东湖SUMMARY:xSUMMARY:y SUMMARY:z",
    "东湖\x00\x1b[31m": "东湖[31m",
    'a,b;c:d\\n"e"': 'a,b;c:d\\n"e"',
    LONG: LONG,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_inside_its_line(name: str) -> None:
    plain, content = (made([bell_cases.unit(n)])[0]["主任"] for n in ("东湖社区", name))
    assert [sorted(event.keys()) for event in events(content)] == [
        sorted(event.keys()) for event in events(plain)
    ]
    assert [str(e["SUMMARY"]).replace(HOSTILE[name], "东湖社区") for e in events(content)] == [
        str(e["SUMMARY"]) for e in events(plain)
    ]


def test_whatever_a_reader_lets_through_the_calendar_does_not() -> None:
    """Readers drop control characters today; the calendar does not rely on it."""
    hostile = "x\r\nEND:VEVENT\x0b\u2028\x85\x00BEGIN:VEVENT"
    entry = Entry("id" + hostile, date(2018, 12, 31), hostile, hostile, hostile, (), True)
    content = calendar(bell_cases.policy(), hostile, [entry], bell_cases.AS_OF, "zh")
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == content.count(b"\r\nEND:VEVENT\r\n") == 1
    (event,) = events(content)
    assert str(event["SUMMARY"]) == "x END:VEVENT BEGIN:VEVENT"
    assert all(line.isprintable() for line in content.decode("utf-8").split("\r\n"))


@pytest.mark.parametrize("name", [*HOSTILE, "东湖社区"])
def test_lines_are_folded_and_ended_as_the_standard_says(name: str) -> None:
    """RFC 5545, 3.1: CRLF, at most 75 octets a line, and no character is torn apart by a fold."""
    content = made([bell_cases.unit(name)])[0]["主任"]
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode("utf-8")
        assert not any(c < 0x20 for c in line)


@pytest.mark.parametrize("name", [LONG, 'a,b;c:d\\n"e"', "东湖社区"])
def test_another_library_reads_the_same(name: str) -> None:
    content = made([bell_cases.unit(name)])[0]["主任"]
    read = vobject.readOne(content.decode("utf-8"))
    assert [(event.dtstart.value, event.summary.value, event.uid.value) for event in read.vevent_list] == [
        (event["DTSTART"].dt, str(event["SUMMARY"]), str(event["UID"])) for event in events(content)
    ]
    assert [str(event.rrule.value) for event in read.vevent_list if hasattr(event, "rrule")] == [
        event["RRULE"].to_ical().decode() for event in events(content) if "RRULE" in event
    ]
    assert all(event.dtstart.params.get("VALUE") == ["DATE"] for event in read.vevent_list)


def test_the_english_calendar() -> None:
    content = made([bell_cases.unit()], lang="en")[0]["敲钟人"]
    name = icalendar.Calendar.from_ical(content)["X-WR-CALNAME"]
    assert str(name) == "bell ringer: Bell plan"
    assert short(content)[0] == ("2018-03-31", "[overdue] 东湖社区: Come and listen (quarter 1 of 2018)")
    assert str(events(content)[0]["DESCRIPTION"]) == (
        "Last good day: 2018-03-31. Who: director, bell ringer. Bell plan, clause 3.3: Quarterly visits."
    )


def test_a_post_without_work_has_an_empty_calendar_if_asked_for() -> None:
    found, _ = made([], wanted=Wanted(holder="敲钟人"))
    assert list(found) == ["敲钟人"]
    assert events(found["敲钟人"]) == []
    assert filled([]) == {}
