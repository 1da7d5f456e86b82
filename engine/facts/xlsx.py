"""Workbooks, sheet by sheet and row by row, in constant memory: openpyxl's reader behind the limits of ``package``.

Its parts are called one by one, because ``load_workbook`` gives up the whole file where one sheet is damaged, leaves
out rows out of order without a word, and cannot tell a formula without a value from an empty cell in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from engine.facts.cells import MAX_ROWS, Cell, Grid, NoValue, Percent, as_decimal
from engine.facts.package import Package, damage, elements
from engine.facts.refused import FileRefused

MAX_COLUMNS = 16_384
#: Built-in formats of East Asian editions that show a date (ECMA-376, 18.8.30) and that openpyxl does not know.
_DATE_FORMATS = frozenset((*range(27, 37), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.')
_MAIN = f"{{{SHEET_MAIN_NS}}}"


def open_workbook(path: Path, file: str) -> Iterator[Grid]:
    """The workbook's sheets in order, hidden ones too. Each must be read to its end before the next is asked for.

    Raises FileRefused, also from the grids' rows: the rows before a damaged place have then been given.
    """
    with Package(path) as package:
        main = "xl/workbook.xml"
        with damage("_rels/.rels"):
            for rel in get_dependents(package, "_rels/.rels") if package.has("_rels/.rels") else ():
                main = rel.target if rel.Type.endswith("/officeDocument") else main
        book: Any = WorkbookParser(package, main, keep_links=False)
        with damage(main):
            book.parse()
        with damage(str(get_rels_path(main))):  # type: ignore[no-untyped-call]
            related = book.rels.values()
            sheets = [(sheet.name, rel.target) for sheet, rel in book.find_sheets() if _is(rel, "worksheet")]
        if not sheets:
            raise FileRefused("data.workbook-without-sheets")
        texts: dict[int, str] = {}
        shows: dict[int, str] = {}
        for rel in related:
            if package.has(rel.target) and _is(rel, "sharedStrings"):
                texts = _texts(package, rel.target)
            elif package.has(rel.target) and _is(rel, "styles"):
                shows = _shows(package, rel.target)
        for name, part in sheets:
            grid = Grid(file, name, iter(()), book.wb.epoch == MAC_EPOCH)
            grid.rows = _rows(package, part, _SheetParser(texts, shows, book.wb.epoch), grid)
            yield grid


def _rows(
    package: Package, part: str, parser: _SheetParser, grid: Grid
) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    given = 0
    with damage(part), package.open(part) as stream:
        for element in elements(stream, ROW_TAG, f"{_MAIN}mergeCell"):
            if element.tag != ROW_TAG:
                left, top, right, bottom = area = range_boundaries(element.get("ref", ""))
                if None not in area and (left, top) != (right, bottom):  # whole columns have no rows
                    grid.merged.append(cast(tuple[int, int, int, int], (top, left, bottom, right)))
                continue
            # Most cells of a template are formatted and blank; only what says where it stands can be left out.
            element[:] = [cell for cell in element if len(cell) or "r" not in cell.attrib]
            if not len(element) and "r" in element.attrib:
                continue
            number, found = parser.parse_row(cast(Any, element))
            parser.row_dimensions.clear()
            cells = {cell["column"]: cell["value"] for cell in found if cell["value"] not in (None, "")}
            if cells and max(cells) > MAX_COLUMNS:
                raise FileRefused("data.workbook-damaged", {"part": part})
            given += bool(cells)
            if given > MAX_ROWS:
                grid.cut_at = number
                return
            if cells:
                yield number, cells


class _SheetParser(WorkSheetParser):
    """Gives cells as the rest of the program knows them: exact numbers, and why a cell has no value."""

    def __init__(self, texts: dict[int, str], shows: dict[int, str], epoch: datetime) -> None:
        # Without date formats: a serial number becomes a date below, where day 60 and times are seen to.
        super().__init__(cast(Any, None), texts, data_only=True, epoch=epoch)
        self._shows = shows

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """The cell's ``column`` and ``value``. Raises what openpyxl does where the reference is wrong."""
        kind, inline = element.get("t", "n"), element.find(INLINE_STRING)
        stored = element.findtext(VALUE_TAG) if inline is None else _text(inline)
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except ValueError:
            if stored is None or kind == "s":
                raise
            # A word where a number or a day is announced. If it is the reference that is wrong, this raises again.
            at = element.get("r")
            return {
                "column": coordinate_to_tuple(at)[1] if at else self.col_counter,
                "value": unescape(stored),
            }
        value = cell["value"]
        if value is None:
            formula = element.find(FORMULA_TAG)
            if formula is not None and (kind != "str" or stored is None):
                cell["value"] = NoValue("data.formula-without-value", "=" + (formula.text or "")[:60])
        elif kind == "d" and stored is not None:
            cell["value"] = stored
            with suppress(
                ValueError
            ):  # openpyxl takes the day and leaves out a time that it does not understand
                cell["value"] = datetime.fromisoformat(stored.strip()).replace(tzinfo=None)
        elif kind == "e":
            cell["value"] = NoValue("data.cell-error", value[:60])
        elif isinstance(value, str):
            cell["value"] = unescape(value)
        elif isinstance(value, int | float) and kind != "b":
            cell["value"] = self._number(float(value), cell["style_id"])
        return cell

    def _number(self, stored: float, style: int) -> Cell:
        shows = self._shows.get(style)
        if not isfinite(stored):
            return str(stored)
        if shows == "date":
            return moment(stored, self.epoch)
        return Percent(as_decimal(stored)) if shows == "percent" else as_decimal(stored)


def moment(serial: float, epoch: datetime) -> datetime | Decimal | NoValue:
    """A serial number in a cell that shows a date. Day 60 is the 29 February 1900 that never was."""
    if epoch == WINDOWS_EPOCH and 60 <= serial < 61:
        return NoValue("data.no-such-day", "1900-02-29")
    try:
        found = from_excel(round(serial * 86_400) / 86_400, epoch) if serial >= 0 else None
    except (OverflowError, ValueError):
        found = None
    if isinstance(found, time):
        return datetime.combine(date(1904, 1, 1) if epoch == MAC_EPOCH else date(1899, 12, 31), found)
    return found if isinstance(found, datetime) else as_decimal(serial)


def _texts(package: Package, part: str) -> dict[int, str]:
    # openpyxl's own table undoes half of the escapes, so that the other half cannot be undone, and refuses the
    # workbook for a font inside a text that it does not know.
    with damage(part), package.open(part) as stream:
        return {number: _text(element) for number, element in enumerate(elements(stream, f"{_MAIN}si"))}


def _text(element: Element) -> str:
    """The text of a plain or formatted string (18.4.8), without the readings above its characters."""
    runs = (*element.iterfind(f"{_MAIN}t"), *element.iterfind(f"{_MAIN}r/{_MAIN}t"))
    return "".join(run.text or "" for run in runs)


def _shows(package: Package, part: str) -> dict[int, str]:
    """The index of a style → what a number stands for, ``date`` or ``percent``. Of the styles nothing else is read:
    openpyxl refuses a workbook for a font or a colour that it does not know."""
    own: dict[str, str] = {}
    styles: list[str] = []
    with damage(part), package.open(part) as stream:
        for group in elements(stream, f"{_MAIN}numFmts", f"{_MAIN}cellXfs"):
            if group.tag == f"{_MAIN}numFmts":
                own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in group}
            else:
                styles = [e.get("numFmtId", "0") for e in group]
        kinds = [_kind(int(number), own.get(number)) for number in styles]
    return {index: kind for index, kind in enumerate(kinds) if kind is not None}


def _kind(number: int, own: str | None) -> str | None:
    code = BUILTIN_FORMATS.get(number, "General") if own is None else own
    if (own is None and number in _DATE_FORMATS) or (code.lower() != "general" and is_date_format(code)):
        return "date"
    return "percent" if "%" in _LITERAL.sub("", code).partition(";")[0] else None


def _is(rel: Any, kind: str) -> bool:
    return rel.TargetMode != "External" and bool(rel.Type.endswith(f"/{kind}"))
