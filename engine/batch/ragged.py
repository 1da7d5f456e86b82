"""Rows of a CSV file with more cells than there are headings: those are not read, and said, as by the other reader."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from engine.facts.cells import Grid
from engine.facts.collected import Collected
from engine.facts.normalise import excerpt
from engine.facts.refused import FileRefused
from engine.facts.sheet import Source
from engine.facts.texts import encoding_of

#: A column without a heading, the first row that has a cell in it, and what stands there.
Beyond = tuple[int, int, str]


def cells_beyond(path: Path, headings: int) -> list[Beyond]:
    """The first filled cell of each column after the last heading, with rows counted from 1 with the headings.

    Raises FileRefused for a file that is damaged.
    """
    found: dict[int, Beyond] = {}
    with path.open(encoding=encoding_of(path), newline="") as stream:
        reader = csv.reader(stream)
        try:
            for row, record in enumerate(reader, start=1):
                for column in range(headings + 1, len(record) + 1):
                    if column not in found and (text := excerpt(record[column - 1])):
                        found[column] = (column, row, text)
        except csv.Error as error:
            raise FileRefused("data.csv-quotes", {"line": str(reader.line_num)}) from error
    return [found[column] for column in sorted(found)]


def complain(cells: Iterable[Beyond], file: str, collected: Collected) -> None:
    """Says of each that it was not read."""
    grid = Grid(file, None, iter(()))
    for column, row, text in cells:
        where = Source(file, None, grid.cell_name(row, column))
        collected.problem(None, where, "data.cell-without-heading", {"found": text})
