"""Lines of CSV for a spreadsheet program.

UTF-8 with a byte order mark, because Excel takes a file without one for the local encoding; CRLF line ends
(RFC 4180); and no cell begins a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

BOM = "\ufeff"
#: What a spreadsheet program takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_line(cells: Sequence[str]) -> str:
    """One line with its line end."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return buffer.getvalue()


def harmless(cell: str) -> str:
    """``cell`` with an apostrophe before it if a spreadsheet program would take it for a formula."""
    return "'" + cell if cell.startswith(FORMULA_STARTS) else cell
