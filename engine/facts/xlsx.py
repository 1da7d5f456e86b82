"""Workbooks, sheet by sheet and row by row, in constant memory.

Read here and not with openpyxl, which takes 0.2 s to import, cannot tell a formula without a value from an empty
cell in one pass, and trusts the sizes that a file states. The tests compare the two on the same workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path

from engine.facts.cells import Cell, Grid, NoValue, Percent, as_decimal
from engine.facts.package import Package
from engine.facts.refused import FileRefused
from engine.facts.workbook import Shows, Workbook, read_workbook, unescape

MAX_ROWS = 1_000_000
MAX_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def open_workbook(path: Path, file: str) -> Iterator[Grid]:
    """The workbook's sheets in order, hidden ones too. Each must be read to its end before the next is asked for.

    Raises FileRefused, also from the grids' rows: the rows before a damaged place have then been given.
    """
    with Package(path) as package:
        book = read_workbook(package)
        if not book.sheets:
            raise FileRefused("data.workbook-without-sheets")
        for name, part in book.sheets:
            grid = Grid(file, name, iter(()), book.date_1904)
            grid.rows = _SheetReader(package, part, book, grid).rows()
            yield grid


class _SheetReader:
    def __init__(self, package: Package, part: str, book: Workbook, grid: Grid) -> None:
        self._package = package
        self._part = part
        self._book = book
        self._grid = grid
        self._ready: list[tuple[int, Mapping[int, Cell]]] = []
        self._row = 0
        self._column = 0
        self._cells: dict[int, Cell] = {}
        self._type = ""
        self._shows: Shows | None = None
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._phonetic = False

    def rows(self) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        given = 0
        for _ in self._package.feed(self._part, self._start, end=self._end, text=self._text):
            for number, cells in self._ready:
                given += 1
                if given > MAX_ROWS:
                    self._grid.cut_at = number
                    return
                yield number, cells
            self._ready.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_number(match[1]) if match else self._column + 1
            if self._column > MAX_COLUMNS:
                raise FileRefused("data.workbook-damaged", {"part": self._part})
            self._type = attributes.get("t", "n")
            style = attributes.get("s", "")
            self._shows = self._book.shows.get(int(style)) if style.isdecimal() else None
            self._value = self._formula = None
        elif name == "v":
            self._into = self._value = []
        elif name == "f":
            self._into = self._formula = []
        elif name == "t":
            if self._value is None:
                self._value = []
            self._into = None if self._phonetic else self._value
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._column = 0
            self._cells = {}
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell" and (area := _AREA.fullmatch(attributes.get("ref", ""))):
            left, top, right, bottom = area.groups()
            merged = (int(top), column_number(left), int(bottom), column_number(right))
            self._grid.merged.append(merged)

    def _end(self, name: str) -> None:
        if name in ("v", "f", "t"):
            self._into = None
        elif name == "c":
            cell = self._cell()
            if cell is not None and cell != "":
                self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self._ready.append((self._row, self._cells))
        elif name == "rPh":
            self._phonetic = False

    def _text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def _cell(self) -> Cell:
        text = None if self._value is None else "".join(self._value)
        if self._formula is not None and (text is None or (text == "" and self._type != "str")):
            return NoValue("data.formula-without-value", "=" + "".join(self._formula)[:60])
        if text is None:
            return None
        if self._type == "s":
            if text.isdecimal() and int(text) < len(self._book.texts):
                return self._book.texts[int(text)]
            raise FileRefused("data.workbook-damaged", {"part": self._part})
        if self._type in ("str", "inlineStr"):
            return unescape(text)
        if self._type == "b":
            return text.strip() in ("1", "true")
        if self._type == "e":
            return NoValue("data.cell-error", text[:60])
        if self._type == "d":
            return _iso(text)
        return self._number(text)

    def _number(self, text: str) -> Cell:
        if text.strip() == "":
            return None
        try:
            stored = float(text)
        except ValueError:
            return text
        if not isfinite(stored):
            return text
        if self._shows == "date":
            return moment(stored, self._book.date_1904)
        number = as_decimal(stored)
        return Percent(number) if self._shows == "percent" else number


def moment(serial: float, date_1904: bool) -> datetime | Decimal | NoValue:
    """A serial number in a cell that shows a date. Day 60 is the 29 February 1900 that never was."""
    if not 0 <= serial < 2_958_466:
        return as_decimal(serial)
    if date_1904:
        start = datetime(1904, 1, 1)
    elif 60 <= serial < 61:
        return NoValue("data.no-such-day", "1900-02-29")
    else:
        start = datetime(1899, 12, 30) if serial > 60 else datetime(1899, 12, 31)
    days = int(serial)
    try:
        return start + timedelta(days=days, seconds=round((serial - days) * 86_400))
    except OverflowError:
        return as_decimal(serial)


def column_number(letters: str) -> int:
    """``A`` → 1, ``AB`` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _iso(text: str) -> Cell:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return found.replace(tzinfo=None)
