"""The marks of duties on the page's timeline: never done in the future, told in the legend, none over another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from engine.report.timeline_marks import draw
from engine.report.timeline_rows import STATUSES

Open = Callable[..., Any]

MARKS = """() => {
    const at = one => one.transform.baseVal[0].matrix;
    return [...document.querySelectorAll('svg.timeline .cluster')].map(one => {
        const mark = one.querySelector('.duty-mark'), count = one.querySelector('.count');
        return { status: mark.getAttribute('class').replace('duty-mark is-', ''), x: at(mark).e, y: at(mark).f,
            beside: count ? count.textContent : '', words: one.querySelector('title').textContent };
    });
}"""
AS_OF = "() => parseFloat(document.querySelector('svg.timeline .as-of').getAttribute('d').slice(1))"
COVERED = """() => {
    const picture = document.querySelector('svg.timeline').getBoundingClientRect();
    const boxes = [...document.querySelectorAll('svg.timeline .cluster')].flatMap(one =>
        [one.querySelector('.duty-mark'), one.querySelector('.count')].filter(Boolean).map(part =>
            ({ own: one, said: one.querySelector('title').textContent, box: part.getBoundingClientRect(),
                high: part.tagName === 'text' ? 3 : 0 })));
    const over = (a, b) => a.box.left < b.box.right && b.box.left < a.box.right
        && a.box.top + a.high < b.box.bottom - b.high && b.box.top + b.high < a.box.bottom - a.high;
    const bad = boxes.filter(one => one.box.right > picture.right || one.box.left < picture.left).map(one => one.said);
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => { if (over(a, b)) bad.push(a.said + ' / ' + b.said); }));
    return bad;
}"""


def units(page: Any, only: range = range(1, 29)) -> Iterator[str]:
    """Open each of the example's units that have duties."""
    for number in only:
        page.evaluate(f"location.hash = 'unit=CG-{number:02d}'")
        page.wait_for_function(f"document.querySelector('.unit-id')?.innerText === 'CG-{number:02d}'")
        yield f"CG-{number:02d}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_drawn_as_done_after_the_as_of_date(
    visit: Open, office: Path, screened: Path, lang: str
) -> None:
    page = visit(office if lang == "zh" else screened).open().page
    undated = 0
    for unit in units(page):
        today, marks = page.evaluate(AS_OF), page.evaluate(MARKS)
        for mark in marks:
            if mark["status"] in ("met", "met_late"):
                assert mark["x"] <= today + 0.01, (unit, mark)
            says = "日期不明" if lang == "zh" else "day unknown"
            assert mark["beside"].endswith("?") == (says in mark["words"]), (unit, mark)
            undated += says in mark["words"]
    assert undated > 0


def test_a_duty_that_was_done_on_an_unknown_day_stands_at_the_as_of_date_and_says_so(
    visit: Open, screened: Path
) -> None:
    """The five roles of CG-27 are due in 2019, and were done before 2018-12-31, nobody knows when."""
    page = visit(screened).open("unit=CG-27").page
    met = [mark for mark in page.evaluate(MARKS) if mark["beside"] == "2?"]
    assert len(met) == 2
    for mark in met:
        assert mark["status"] == "met"
        assert mark["x"] == pytest.approx(page.evaluate(AS_OF), abs=0.01)
        assert re.search("due 2019-[0-9-]+, day unknown", mark["words"])
    assert "done, day unknown 4" in page.locator(".legend").inner_text()
    page.select_option("#duty-status", "met")
    done = [row.inner_text() for row in page.locator(".duty-table tbody td:nth-child(6)").all()]
    assert done.count("day unknown") == 4
    assert "-" not in done


def geometry(tag: str, attributes: dict[str, str]) -> tuple[object, ...]:
    """What makes the shape: its element and its numbers, without colours and widths of lines."""
    named = ("cx", "cy", "r", "x", "y", "width", "height", "points", "d")
    words = " ".join(attributes.get(name, "0" if name in ("cx", "cy") else "") for name in named)
    return tag, re.findall("[A-Za-z]", words), [float(n) for n in re.findall(r"-?[0-9.]+", words)]


def test_each_symbol_means_on_the_page_what_it_means_in_the_picture(visit: Open, office: Path) -> None:
    """The same statuses have the same shapes as in what `plumbline timeline` draws."""
    page = visit(office).open().page
    shown = {}
    for _ in units(page, range(7, 13)):
        for status in STATUSES:
            one = page.locator(f"svg.timeline .duty-mark.is-{status}")
            if one.count():
                parts = one.first.evaluate(
                    "one => [...one.children].map(c => [c.tagName, Object.fromEntries("
                    "[...c.attributes].map(a => [a.name, a.value]))])"
                )
                shown[status] = [geometry(tag, attributes) for tag, attributes in parts]
    assert set(shown) == set(STATUSES)
    for status in STATUSES:
        parent = Element("g")
        draw(parent, status, 0, 0)
        assert shown[status] == [geometry(part.tag, dict(part.attrib)) for part in parent], status


def test_the_legend_lists_each_symbol_that_occurs_and_no_other(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    seen = set()
    for unit in units(page):
        marks = page.evaluate(MARKS)
        drawn = {mark["status"] for mark in marks} | {"?" for mark in marks if "?" in mark["beside"]}
        listed = page.locator(".legend li").evaluate_all(
            "all => all.map(one => one.querySelector('.sign') ? '?' :"
            " one.querySelector('.duty-mark').getAttribute('class').replace('duty-mark is-', ''))"
        )
        assert sorted(listed) == sorted(drawn), unit
        seen |= drawn
    assert seen == {*STATUSES, "?"}


@pytest.mark.parametrize("width", [1280, 390])
def test_no_mark_or_number_covers_another_and_none_is_cut_off(
    visit: Open, office: Path, screened: Path, width: int
) -> None:
    for file in (office, screened):
        page = visit(file, width=width).open().page
        for unit in units(page):
            assert page.evaluate(COVERED) == [], unit


def test_on_a_phone_the_names_of_rows_leave_room_for_the_marks(visit: Open, screened: Path) -> None:
    page = visit(screened, width=390).open("unit=CG-27").page
    right = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('svg.timeline .row-name')]
            .map(one => one.getBBox()).map(box => box.x + box.width))"""
    )
    assert right <= 390 / 3
    assert not any("…" in name for name in page.locator("svg.timeline .row-name").all_text_contents())
