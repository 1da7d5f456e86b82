"""Comma-, semicolon- and tab-separated tables."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.facts.cells import MAX_ROWS, Cell, Grid
from engine.facts.refused import FileRefused
from engine.facts.texts import encoding_of

_DELIMITERS = ",;\t"
_SNIFF_LINES = 10


def open_csv(path: Path, file: str) -> Grid:
    """The file as one table. Raises FileRefused, also from the grid's rows where a quotation mark is never closed."""
    encoding = encoding_of(path)
    grid = Grid(file, None, iter(()))
    grid.rows = _rows(path, encoding, grid)
    return grid


def _rows(path: Path, encoding: str, grid: Grid) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    number = 0
    with path.open(encoding=encoding, newline="") as stream:
        delimiter = delimiter_of(stream.read(1 << 16))
        stream.seek(0)
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                if len(record) <= 2 and record and record[0].lower() in ("sep=", f"sep={delimiter}"):
                    continue  # a line that Excel reads as an instruction, and does not show
                number += 1
                cells = {column: text for column, text in enumerate(record, start=1) if text.strip()}
                if number > MAX_ROWS and cells:
                    grid.cut_at = number
                    return
                if cells:
                    yield number, cells
        except csv.Error as error:
            raise FileRefused("data.csv-quotes", {"line": str(reader.line_num)}, f"A{number + 1}") from error


def delimiter_of(beginning: str) -> str:
    """The character that separates the columns, as the first lines have it most often."""
    lines = [line for line in beginning.splitlines() if line.strip()][:_SNIFF_LINES]
    counts = Counter(character for line in lines for character in line if character in _DELIMITERS)
    return max(_DELIMITERS, key=lambda delimiter: counts[delimiter])
