"""Two thousand units: a bounded number of rows is in the page, and filtering does not depend on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from page_cases import THREE_YEARS, data_of, many, page

Open = Callable[..., Any]


def test_only_one_sheet_of_rows_is_in_the_page(visit: Open, many_units: Path) -> None:
    seen = visit(many_units).open()
    page = seen.page
    assert page.locator(".found").inner_text() == "共2000个单位，符合条件2000个"
    assert page.locator(".units tbody tr").count() == 50
    page.get_by_role("button", name="下一页").click()
    assert page.locator(".units tbody tr").count() == 50
    assert page.locator(".units tbody tr").first.inner_text().startswith("N0050")
    assert page.locator(".pager span").inner_text() == "第2页，共40页"
    assert page.evaluate("document.activeElement.dataset.page") == "next"
    assert page.evaluate("document.querySelectorAll('*').length") < 2500


def test_every_letter_of_a_search_filters_all_units(visit: Open, many_units: Path) -> None:
    page = visit(many_units).open().page
    times = []
    for count in range(1, 6):
        page.fill("#search", "榕荫社区"[:count] if count < 5 else "N1999")
        times.append(float(page.locator(".results").get_attribute("data-milliseconds")))
        assert page.locator(".units tbody tr").count() <= 50
    assert page.locator(".units tbody tr").count() == 1
    page.get_by_role("button", name="清除条件").click()
    page.get_by_role("button", name="暂不能认定").click()
    times.append(float(page.locator(".results").get_attribute("data-milliseconds")))
    print(f"filtering 2,000 units: {min(times):.1f} to {max(times):.1f} ms")


def test_a_unit_far_down_has_its_own_rows(visit: Open, many_units: Path) -> None:
    page = visit(many_units).open("unit=N1999").page
    page.click("[data-act=unfold-all]")
    cells = page.locator(".tree").inner_text()
    moved_down = 1999 // 30 * 7
    assert f"单位!F{1999 % 30 + 2 + moved_down}" in cells


def test_two_thousand_units_over_three_years_stay_below_ten_megabytes() -> None:
    document = page(many(2000, THREE_YEARS), THREE_YEARS, "zh")
    assert len(document) < 10_000_000
    data = data_of(document)
    assert len(data["units"]) == 2000
    assert len(data["plans"]) <= 30, "units with the same periods share them"
