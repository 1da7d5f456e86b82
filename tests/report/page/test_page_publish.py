"""The page of a published run: what depends on sensitive facts is withheld, and no sensitive value is anywhere in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from page_cases import SCREENED, data_of, page, policy, reading

from engine.facts.sheet import FactSheet
from engine.facts.withhold import sensitive_in

Open = Callable[..., Any]
SECRET = "秘密内容甲乙丙"


def with_secrets(sheet: FactSheet, value: object) -> FactSheet:
    """``sheet`` with ``value``, written as a secret, in every sensitive fact and cell."""
    sensitive = sensitive_in(policy())
    facts = {
        id_: tuple(replace(c, value=value, raw=SECRET, observed=None) for c in cells)
        if id_ in sensitive.facts
        else cells
        for id_, cells in sheet.facts.items()
    }
    registers = {
        id_: tuple(
            replace(
                row,
                cells={
                    name: replace(c, raw=SECRET) if name in sensitive.columns.get(id_, ()) else c
                    for name, c in row.cells.items()
                },
            )
            for row in rows
        )
        for id_, rows in sheet.registers.items()
    }
    return replace(sheet, facts=facts, registers=registers)


def test_the_plan_has_something_to_withhold() -> None:
    sensitive = sensitive_in(policy())
    assert sensitive.facts
    assert any(sensitive.facts & sheet.facts.keys() for sheet in reading(SCREENED).sheets)


def test_offices_that_differ_in_sensitive_facts_alone_publish_the_same_bytes() -> None:
    sheets = reading(SCREENED).sheets
    pages = {
        page([with_secrets(sheet, value) for sheet in sheets], SCREENED, "zh", publish=True)
        for value in (True, False)
    }
    assert pages == {page(sheets, SCREENED, "zh", publish=True)}


def test_no_sensitive_value_is_anywhere_in_the_file() -> None:
    sheets = [with_secrets(sheet, True) for sheet in reading(SCREENED).sheets]
    assert SECRET.encode() in page(sheets, SCREENED, "zh")
    assert SECRET.encode() not in page(sheets, SCREENED, "zh", publish=True)


def test_no_cell_of_a_sensitive_fact_is_in_the_data() -> None:
    data = data_of(page(reading(SCREENED).sheets, SCREENED, "zh", publish=True))
    hidden = {i for i, name in enumerate(data["names"]) if name[4] and name[2] == "f"}
    assert hidden
    groups = [group for unit in data["units"] for group in unit["facts"]]
    assert not hidden & {cell[0] for group in groups for cell in data["layouts"][group[0]][3]}
    assert not [ask for ask in data["asks"] if ask[0] in {data["names"][i][0] for i in hidden}]


def test_the_page_says_withheld_and_never_unknown_for_what_is_left_out(visit: Open, tmp_path: Path) -> None:
    path = tmp_path / "published.html"
    path.write_bytes(page(reading(SCREENED).sheets, SCREENED, "zh", publish=True))
    seen = visit(path).open()
    page_ = seen.page
    assert "公开版" in page_.locator(".published").inner_text()
    assert page_.locator(".tile", has_text="不公开").count() == 1
    assert "类不公开" in page_.locator(".units tbody").inner_text()
    data = data_of(path.read_bytes())
    unit = next(unit for unit in data["units"] if "W" in unit["truths"])
    page_.evaluate(f"location.hash = 'unit={unit['id']}'")
    page_.wait_for_selector(".verdict-block")
    page_.click("[data-act=unfold-all]")
    withheld = page_.locator(".tree details.is-withheld")
    assert withheld.count() >= 1
    assert "不公开" in withheld.last.locator("summary").first.inner_text()
    for one in page_.locator(".tree details.is-withheld:not(:has(details))").all():
        words = one.inner_text()
        assert "不公开" in words
        assert not [word for word in ("未知", "未填报", "未能确定") if word in words], words
