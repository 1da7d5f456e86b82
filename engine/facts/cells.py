"""What stands in one cell, whatever the file format: a text, a number, a date, or something without a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

#: Rows of a table that are read; more are reported.
MAX_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Percent:
    """A number in a cell that is shown as a percentage: ``share`` is what is stored, 0.12 for 12 %."""

    share: Decimal


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell that is filled in but has no value: ``key`` names the message, ``raw`` what stands there."""

    key: str
    raw: str


#: An empty cell is None.
Cell: TypeAlias = str | bool | Decimal | Percent | datetime | NoValue | None


@dataclass(slots=True)
class Grid:
    """A table as it is read, row by row: ``rows`` yields (row number, {column number: cell}), both from 1.

    Rows without a filled cell may be left out. ``merged`` (first row, first column, last row, last column) and
    ``cut_at`` (the row at which reading stopped, if the table has too many) are complete only after the last row.
    """

    file: str
    sheet: str | None
    rows: Iterator[tuple[int, Mapping[int, Cell]]]
    date_1904: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cut_at: int | None = None

    def cell_name(self, row: int, column: int) -> str:
        """``B7`` for row 7, column 2."""
        return f"{column_name(column)}{row}"


@lru_cache(maxsize=1024)
def column_name(column: int) -> str:
    """``1`` → ``A``, ``28`` → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown(cell: Cell) -> str:
    """The cell as a person sees it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, Percent):
        return plain(cell.share * 100) + "%"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    if isinstance(cell, NoValue):
        return cell.raw
    return cell


def plain(number: Decimal) -> str:
    """A number without an exponent and without zeros at the end; a huge one keeps its exponent."""
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_decimal(stored: float) -> Decimal:
    """The decimal that a person typed for this binary number: its shortest exact notation."""
    return Decimal(int(stored)) if stored.is_integer() and abs(stored) < 1e16 else Decimal(repr(stored))
