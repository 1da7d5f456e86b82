"""Writes pages as a workbook: headings that repeat, filters, colours, A4 across, and no text that becomes a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.report.workbook.page import Cell, Page, Styled

#: Style → (background, text). Dark on light, so that a grey printout stays readable; the words say it, too.
_COLOURS = {
    "met": ("#E2F0D9", "#1E4620"),
    "met_late": ("#FFF2CC", "#5F4B00"),
    "pending": ("#DDEBF7", "#1F3864"),
    "overdue": ("#F8CBAD", "#7F1D00"),
    "unknown": ("#E7E6E6", "#3B3838"),
    "waived": ("#EDE7F6", "#3F2A66"),
    "not_applicable": ("#FFFFFF", "#7F7F7F"),
    "weak": ("#F8CBAD", "#7F1D00"),
    "undetermined": ("#E7E6E6", "#3B3838"),
    "truth-true": ("#F8CBAD", "#7F1D00"),
    "truth-unknown": ("#E7E6E6", "#3B3838"),
    "truth-false": ("#FFFFFF", "#7F7F7F"),
    "withheld": ("#FFFFFF", "#7F7F7F"),
    "truth-withheld": ("#FFFFFF", "#7F7F7F"),
}
_FONT = {"zh": "宋体", "en": "Calibri"}
_SHEET_NAME = 31


def workbook_bytes(
    pages: Sequence[Page], policy: Policy, as_of: date, lang: Lang, ledger: str | None = None
) -> bytes:
    """``pages`` as a workbook. The same pages give the same bytes: the creation time is the as-of date."""
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, {**options, "default_date_format": "yyyy-mm-dd"})
    book.set_properties(
        {
            "title": policy.title[lang],
            "comments": policy.digest if ledger is None else f"{policy.digest}; ledger {ledger}",
            "created": datetime(as_of.year, as_of.month, as_of.day),
        }
    )
    formats = _formats(book, lang)
    for page in pages:
        _write(book, page, formats, policy, as_of, lang, ledger)
    book.close()
    return stream.getvalue()


def _formats(book: Any, lang: Lang) -> dict[str, Any]:
    base = {
        "font_name": _FONT[lang],
        "font_size": 10,
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": "#BFBFBF",
    }
    formats = {
        "": book.add_format(base),
        "date": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "center"}),
        "number": book.add_format({**base, "align": "center"}),
        "head": book.add_format(
            {**base, "bold": True, "bg_color": "#D9D9D9", "align": "center", "valign": "vcenter"}
        ),
    }
    for name, (back, front) in _COLOURS.items():
        formats[name] = book.add_format({**base, "bg_color": back, "font_color": front, "align": "center"})
    return formats


def _write(
    book: Any,
    page: Page,
    formats: dict[str, Any],
    policy: Policy,
    as_of: date,
    lang: Lang,
    ledger: str | None,
) -> None:
    sheet = book.add_worksheet(page.name[:_SHEET_NAME])
    for index, column in enumerate(page.columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.heading, formats["head"])
    last = 0
    for last, row in enumerate(page.rows, start=1):
        for index, cell in enumerate(row):
            _cell(sheet, last, index, cell, formats)
    sheet.freeze_panes(1, 2)
    if last:
        sheet.autofilter(0, 0, last, len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    head = text("workbook.header", lang, title=_plain(policy.title[lang]), page=_plain(page.title))
    sheet.set_header(f"&L{head}&R{as_of.isoformat()}")
    foot = text("workbook.footer", lang, page="&P", pages="&N")
    recorded = "" if ledger is None else f"&C{text('workbook.ledger', lang, head=ledger)}"
    sheet.set_footer(f"&L{policy.digest.removeprefix('sha256:')[:12]}{recorded}&R{foot}")
    if not last:
        sheet.write_string(1, 0, text("workbook.nothing", lang), formats[""])


def _cell(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    value, style = cell if isinstance(cell, Styled) else (cell, "")
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats[style])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, formats[style])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats[style or "number"])
    else:
        sheet.write_datetime(
            row, column, datetime(value.year, value.month, value.day), formats[style or "date"]
        )


def _plain(said: str) -> str:
    """A text in a header, where `&` begins a code."""
    return said.replace("&", "&&")
