"""The timeline picture: well-formed and accessible, complete, inside its frame, and told by shapes as well as colours."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from bell_cases import cases, unit
from hypothesis import given
from hypothesis import strategies as st

from engine.duties.nouns import CaseFile
from engine.messages import Lang
from engine.project.duty import Status
from engine.report.svg import document, fitted, label, number, picture, text_width
from engine.report.timeline import timeline_svg
from engine.report.timeline_body import draw_duties
from engine.report.timeline_canvas import WIDTH, Canvas
from engine.report.timeline_marks import COLOURS, draw
from engine.report.timeline_rows import STATUSES, Mark, Row, duty_rows

SVG = "{http://www.w3.org/2000/svg}"


def case(as_of: date = date(2018, 12, 10), **more: str) -> CaseFile:
    """The file of one unit of the bell plan."""
    ((found, _),) = cases([unit(**more)], as_of)
    return found


def drawn(found: CaseFile, lang: Lang = "zh") -> ElementTree.Element:
    return ElementTree.fromstring(timeline_svg(found, lang))


def said(root: ElementTree.Element) -> list[str]:
    return ["".join(part.itertext()) for part in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_screen_reader_is_told_what_the_picture_shows(lang: Lang) -> None:
    root = drawn(case(), lang)
    title, desc = root[0], root[1]
    assert (root.get("role"), title.tag, desc.tag) == ("img", f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "东湖社区" in str(title.text)
    assert ("2018年3月1日列入" if lang == "zh" else "listed 2018-03-01") in str(desc.text)
    assert ("逾期未办" if lang == "zh" else "overdue") in str(desc.text)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert timeline_svg(case(), "zh") == timeline_svg(case(), "zh")


def test_every_period_that_binds_the_unit_has_a_place_in_a_tooltip() -> None:
    found = case(**{"目标": "2018-03-15", "听钟": "2018-05-02"})
    tips = "\n".join(str(tip.text) for tip in drawn(found).iter(f"{SVG}title"))
    for row in duty_rows(found, "zh"):
        for mark in row.marks:
            assert mark.words in tips
    shown = sum(len(row.marks) for row in duty_rows(found, "zh"))
    assert shown == sum(i.status != "not_applicable" for i in found.instances) > 0


def test_where_marks_stand() -> None:
    """What is done stands at its day, what is late is drawn until the day it was done or the as-of date."""
    marks = {
        (row.name, mark.due): mark
        for row in duty_rows(case(**{"目标": "2018-03-30", "听钟": "2018-02-02"}), "zh")
        for mark in row.marks
    }
    late = marks["目标要清", date(2018, 3, 21)]
    assert (late.status, late.day) == ("met_late", date(2018, 3, 30))
    assert late.late == (date(2018, 3, 21), date(2018, 3, 30))
    missed = marks["到钟楼听钟", date(2018, 6, 30)]
    assert (missed.status, missed.day) == ("overdue", date(2018, 6, 30))
    assert missed.late == (date(2018, 6, 30), date(2018, 12, 10))
    open_ = marks["审养护方案", date(2018, 12, 31)]
    assert (open_.status, open_.day, open_.late) == ("pending", date(2018, 12, 31), None)


def with_status(status: Status) -> CaseFile:
    """A file in which every duty that is pending or overdue has ``status`` instead, on a day that is not known."""
    found = case()
    changed = tuple(
        i._replace(status=status, done_on=None) if i.status in ("pending", "overdue") else i
        for i in found.instances
    )
    return replace(found, instances=changed)


def test_what_was_done_on_an_unknown_day_is_never_drawn_as_done_later() -> None:
    """It stands at the last day on which it can have been done: as it was in time, or at the as-of date."""
    today = date(2018, 12, 10)
    ahead = [m for row in duty_rows(with_status("met"), "en") for m in row.marks if m.due and m.due > today]
    assert len(ahead) == 2
    for mark in ahead:
        assert (mark.day, mark.due, mark.undated, mark.late) == (today, date(2018, 12, 31), True, None)
        assert mark.words.endswith("due 2018-12-31, day unknown")
    past = {m.due: m for row in duty_rows(with_status("met"), "zh") for m in row.marks if m.undated}
    assert past[date(2018, 6, 30)].day == date(2018, 6, 30)
    assert past[date(2018, 6, 30)].words.endswith("日期不明")
    late = {m.due: m for row in duty_rows(with_status("met_late"), "zh") for m in row.marks if m.undated}
    assert late[date(2018, 6, 30)].day == today
    assert late[date(2018, 6, 30)].late == (date(2018, 6, 30), today)


def test_what_is_done_but_may_not_apply_stands_at_its_day() -> None:
    """As on the page: its status is not known, the day on which it was done is."""
    found = case()
    changed = tuple(
        i._replace(status="unknown", done_on=date(2018, 5, 2)) if i.status == "pending" else i
        for i in found.instances
    )
    marks = [m for row in duty_rows(replace(found, instances=changed), "en") for m in row.marks]
    done = [(m.day, m.words[-15:]) for m in marks if m.status == "unknown"]
    assert done == [(date(2018, 5, 2), "done 2018-05-02")] * 2


def test_the_legend_lists_what_occurs_and_nothing_else() -> None:
    words = said(drawn(case(), "en"))
    assert [word for word in words if re.fullmatch("[a-z, ]+ [0-9]+", word)] == ["overdue 5", "pending 2"]
    words = said(drawn(with_status("met"), "en"))
    assert [word for word in words if re.fullmatch("[a-z, ]+ [0-9]+", word)] == [
        "done in time 7",
        "done, day unknown 7",
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 700), st.sampled_from(STATUSES), st.booleans()), min_size=1, max_size=60
    )
)
def test_no_mark_or_number_covers_another(entries: list[tuple[int, str, bool]]) -> None:
    """Boxes of marks and of what stands beside them, however close together their days are."""
    first = date(2018, 1, 1)
    marks = sorted(
        (
            Mark(first + timedelta(n), status, "", None, None, unknown and status.startswith("met"))
            for n, status, unknown in entries
        ),
        key=lambda mark: mark.day,
    )
    canvas = Canvas([first, date(2020, 12, 31)], (), first, "zh")
    draw_duties(canvas, Row("行", tuple(marks), first, first))
    boxes, many = [], 0
    for group in (part for part in canvas.body if part.tag == "g"):
        (beside,) = group.findall("text") or [None]
        x, y = centre(group)
        boxes.append((x - 7, y - 7, x + 7, y + 7))
        many += int(("" if beside is None else str(beside.text).rstrip("?")) or 1)
        if beside is not None:
            left, word = float(beside.get("x", "")), str(beside.text)
            boxes.append((left, y - 4, left + text_width(word, 10), y + 4))
    assert many == len(marks)
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def centre(group: ElementTree.Element) -> tuple[float, float]:
    """Where a mark stands, by the middle of its first shape."""
    shape = next(part for part in group if part.tag != "title")
    if shape.tag == "circle":
        return float(shape.get("cx", "")), float(shape.get("cy", ""))
    if shape.tag == "rect":
        half = float(shape.get("width", "")) / 2
        return float(shape.get("x", "")) + half, float(shape.get("y", "")) + half
    points = [tuple(map(float, point.split(","))) for point in shape.get("points", "").split()]
    return points[0][0], points[0][1] + (7 if len(points) == 4 else 6)


def test_each_status_has_a_shape_of_its_own() -> None:
    """Printed without colours the statuses must still be told apart."""
    shapes = {}
    for status in STATUSES:
        root = picture(20, 20, "t", "d", "k")
        draw(root, status, 10, 10)
        shapes[status] = re.sub("#[0-9a-f]{6}", lambda m: "w" if m[0] == "#ffffff" else "c", document(root))
    assert len(set(shapes.values())) == len(STATUSES) == len(COLOURS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_stay_inside_the_picture(lang: Lang) -> None:
    long = "非常" * 60
    root = drawn(case(name=long), lang)
    for element in root.iter(f"{SVG}text"):
        whole = "".join(part.text or "" for part in element.iter() if part.tag != f"{SVG}title")
        width = text_width(whole, float(element.get("font-size", "12")))
        x = float(element.get("x", "0"))
        start = {"middle": x - width / 2, "end": x - width}.get(element.get("text-anchor", ""), x)
        assert start >= 0, whole
        assert start + width <= WIDTH, whole


def test_a_name_that_is_not_xml_harms_nothing() -> None:
    name = "<b>&\"'\x00\x1b\u202e东湖]]>\ud800"
    root = drawn(case(name="甲" + name))
    assert "甲<b>&\"'" in str(root[0].text)
    assert root.find(f".//{SVG}b") is None


def test_a_unit_that_was_never_listed() -> None:
    ((found, _),) = cases([{**unit(), "registers": {"list": [], "work": []}}])
    assert "未列入" in said(drawn(found))


def test_a_unit_whose_listing_is_not_known() -> None:
    ((found, _),) = cases([{**unit(), "registers": {"list": [{"entry": "列入"}], "work": []}}])
    assert "列入日期不清楚" in said(drawn(found))


def test_listed_twice() -> None:
    days = [("列入", "2018-02-01"), ("销号", "2018-06-30"), ("列入", "2018-09-01")]
    listing = [{"entry": entry, "day": day} for entry, day in days]
    ((found, _),) = cases([{**unit(), "registers": {"list": listing, "work": []}}])
    tips = [str(tip.text) for tip in drawn(found).iter(f"{SVG}title")]
    assert "2018年2月1日列入、2018年6月30日销号" in tips
    assert "2018年9月1日列入、尚未销号" in tips


@given(st.text(), st.floats(0, 400), st.sampled_from([9.0, 12.0, 20.0]))
def test_cut_text_fits_and_is_the_beginning_of_the_whole(word: str, room: float, size: float) -> None:
    shown = fitted(word, size, room)
    assert text_width(shown, size) <= room + 1e-6 or not shown
    assert shown == word or word.startswith(shown.removesuffix("…"))


@given(st.text())
def test_any_text_can_stand_in_a_picture(word: str) -> None:
    root = picture(100, 100, word, word, word)
    label(root, 10, 10, word, 50)
    ElementTree.fromstring(document(root))


@pytest.mark.parametrize(("value", "shown"), [(1.0, "1"), (0.126, "0.13"), (-0.001, "0"), (1e6, "1000000")])
def test_numbers_are_short(value: float, shown: str) -> None:
    assert number(value) == shown


def test_the_last_day_of_the_calendar_has_a_place() -> None:
    """Years are drawn, but their names only where there is room for them."""
    words = said(drawn(case(date(9999, 12, 31))))
    assert "截至9999年12月31日" in words
    assert "2018" not in words
