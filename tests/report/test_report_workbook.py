"""The workbook that is handed out: what stands on each sheet, how it prints, and that no text becomes a formula."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.duties import case_files, prepare_duties
from engine.facts import read
from engine.inference import evaluate_all, prepare
from engine.messages import Lang
from engine.project import load
from engine.report.workbook.book import results_workbook

ROOT = Path(__file__).resolve().parents[2]
POLICY = load(ROOT, tests=False).policy
assert POLICY is not None
PROGRAM = prepare(POLICY, date(2019, 12, 31))
SHEETS = read([ROOT / "examples/changgang/three-years/office.xlsx"], POLICY).sheets


def book(lang: Lang, names: dict[str, str] | None = None) -> bytes:
    """The example's workbook; ``names`` renames units by id."""
    sheets = [replace(s, name=(names or {}).get(s.unit, s.name)) for s in SHEETS]
    evaluations = evaluate_all(PROGRAM, sheets, engine="reference")
    cases = case_files(prepare_duties(PROGRAM), evaluations, engine="reference")
    return results_workbook(PROGRAM, list(cases), lang)


#: Comma, double quote, UTF-8.
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
CHINESE = book("zh")
BOOK = openpyxl.load_workbook(BytesIO(CHINESE))


def rows(sheet: str, unit: str) -> Iterator[dict[str, Any]]:
    """The rows of a unit on a sheet, by heading."""
    found = BOOK[sheet].iter_rows(values_only=True)
    headings = next(found)
    for row in found:
        named = dict(zip(headings, row, strict=True))
        if named["编号"] == unit:
            yield named


def test_there_are_five_sheets_in_the_readers_language() -> None:
    assert BOOK.sheetnames == ["软弱涣散单位名单", "四清单", "职责台账", "措施", "待补事实"]
    assert openpyxl.load_workbook(BytesIO(book("en"))).sheetnames == [
        "Weak units",
        "Four lists",
        "Duty register",
        "Measures",
        "Facts to collect",
    ]


def test_the_list_says_who_is_in_charge_and_what_comes_next() -> None:
    (unit,) = rows("软弱涣散单位名单", "CG-20")
    assert unit["认定"] == "软弱涣散" and unit["重点"] == "成立"
    assert "挂点领导：党工委书记" in unit["安排"]
    assert unit["列入日期"].date() == date(2018, 8, 1)
    assert unit["销号进展"] == "下一步：挂点领导同意"
    assert unit["逾期职责数"] == 5


def test_units_that_are_not_weak_are_not_on_the_list() -> None:
    assert list(rows("软弱涣散单位名单", "CG-02")) == []


def test_the_four_lists_of_a_unit() -> None:
    lists = {row["清单"] for row in rows("四清单", "CG-20")}
    assert {"目标", "责任", "问题", "措施"} <= lists
    problems = [row["内容"] for row in rows("四清单", "CG-20") if row["清单"] == "问题"]
    assert "集体资产被侵占" in " ".join(problems)


def test_a_duty_with_its_period_due_day_status_and_evidence() -> None:
    found = [row for row in rows("职责台账", "CG-04") if row["职责"] == "审核整顿工作方案"]
    (row,) = found
    assert (row["责任方"], row["期间"], row["状态"]) == ("党工委书记", "一次", "已按期完成")
    assert row["期限"].date() == date(2018, 8, 31)
    assert row["凭据"].startswith("审核登记!A")


def test_the_status_has_a_colour_and_the_sheets_print() -> None:
    sheet = BOOK["职责台账"]
    status = next(cell.column for cell in sheet[1] if cell.value == "状态")
    colours = {
        sheet.cell(r, status).value: sheet.cell(r, status).fill.fgColor.rgb for r in range(2, sheet.max_row)
    }
    assert len(set(colours.values())) == len(colours)
    assert sheet.auto_filter.ref is not None and sheet.freeze_panes == "C2"
    for page in BOOK.worksheets:
        assert page.page_setup.paperSize == 9 and page.page_setup.orientation == "landscape"
        assert page.print_title_rows == "$1:$1"
        assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0


def test_what_is_missing_stands_with_the_office_that_has_it() -> None:
    found = list(rows("待补事实", "CG-24"))
    assert {row["提供单位"] for row in found} >= {"党政办", "综访科"}


def test_the_same_run_gives_the_same_bytes() -> None:
    assert book("zh") == CHINESE


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "https://example.org", "{=1}"])
def test_a_name_from_a_workbook_is_text_and_nothing_else(name: str) -> None:
    found = openpyxl.load_workbook(BytesIO(book("zh", {"CG-20": name})))
    cells = [cell for row in found["职责台账"].iter_rows() for cell in row if cell.value == name]
    assert cells and all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "results.xlsx"
    file.write_bytes(CHINESE)
    command = ["soffice", "--headless", "--convert-to", UTF8_CSV, "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert "五岔联社" in (tmp_path / "results.csv").read_text(encoding="utf-8", errors="replace")
