"""The page for everybody: axe finds nothing, the keyboard reaches everything, it prints on A4 and fits a small screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Open = Callable[..., Any]
VIEWS = ("units", "unit=CG-24", "assumptions", "clauses", "check")


def violations(page: Any) -> list[str]:
    """What axe finds, as `rule: element`."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(
    visit: Open, office: Path, screened: Path, lang: str, view: str, scheme: str
) -> None:
    page = visit(office if lang == "zh" else screened, scheme).open(view).page
    assert violations(page) == []
    if view.startswith("unit="):
        page.click("[data-act=unfold-all]")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate("new Promise(done => setTimeout(done, 100))")  # folds fill after they open
        assert violations(page) == []
        page.click("[data-as=as-graph]")
        assert violations(page) == []


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.id"))


def tab_to(page: Any, words: str, most: int = 60) -> None:
    """Press Tab until what has the focus says ``words``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page).split("\n")[0]:
            return
    raise AssertionError(f"{words} cannot be reached by keyboard; the focus is at {focused(page)}")


def test_a_unit_can_be_found_and_read_with_the_keyboard_alone(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search":
            break
    page.keyboard.type("五岔")
    tab_to(page, "五岔联社")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict-block")
    assert focused(page).startswith("五岔联社"), "the focus follows to the heading of the new view"
    tab_to(page, "推导图")
    page.keyboard.press("Space")
    page.wait_for_selector(".graph .box")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "button"
    boxes = page.locator(".graph .box").count()
    page.keyboard.press("Enter")
    assert page.locator(".graph .box").count() < boxes
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    page.keyboard.press("Enter")
    assert page.locator(".graph .box").count() == boxes


def test_what_has_the_focus_is_seen_to_have_it(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-20").page
    for _ in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
                return one === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2); }"""
        )
        assert shown, focused(page)


def test_truths_differ_in_shape_and_word_not_in_colour_alone(visit: Open, screened: Path) -> None:
    page = visit(screened).open("unit=CG-24").page
    page.click("[data-act=unfold-all]")
    found = {}
    for truth in ("true", "false", "unknown"):
        one = page.locator(f".tree .mark.is-{truth}").first
        drawn = one.locator("svg").inner_html()
        found[one.inner_text().strip()] = re.findall(' d="([^"]+)"', drawn) + re.findall("<circle", drawn)
    assert found == {
        "true": ["M-3 0L-1 2.4L3.2 -2.4", "<circle"],
        "false": ["M-3 -3L3 3M3 -3L-3 3", "<circle"],
        "unknown": ["M0 -7L7 0L0 7L-7 0Z", "M-1.9 -1.4A1.9 1.9 0 1 1 0 .7V1.6M0 3.4V4.2"],
    }


@pytest.mark.parametrize("view", VIEWS)
def test_a_narrow_screen_scrolls_only_inside_tables_and_drawings(
    visit: Open, office: Path, view: str
) -> None:
    page = visit(office, width=390).open(view).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page in points, rounded."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)\s*\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("view", ["units", "unit=CG-07"])
def test_it_prints_on_a4(visit: Open, office: Path, view: str, tmp_path: Path) -> None:
    page = visit(office).open(view).page
    pdf = page.pdf(prefer_css_page_size=True)
    sizes = pages_of(pdf)
    assert 2 <= len(sizes) <= 12
    assert set(sizes) <= {(595, 842), (596, 842)}
    assert len(pdf) > 20_000, "the fonts and texts are in it"


def test_printing_the_overview_prints_every_unit_that_was_found(visit: Open, many_units: Path) -> None:
    page = visit(many_units).open().page
    assert page.locator(".units tbody tr").count() == 50
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".units tbody tr").count() == 2000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".units tbody tr").count() == 50


def test_without_scripts_the_page_says_what_is_the_matter(chromium: Any, office: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(office.as_uri())
    assert "停用脚本" in page.locator("noscript").inner_text()
    context.close()
