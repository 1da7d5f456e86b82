"""Finds the heading row of a table and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from engine.facts.cells import Cell, Grid, column_name, shown
from engine.facts.collected import Collected
from engine.facts.folding import clean
from engine.facts.headings import UNIT_COLUMNS, Heading, Headings
from engine.facts.normalise import excerpt
from engine.facts.sheet import Source

HEADING_WITHIN = 10
Rows = Iterator[tuple[int, Mapping[int, Cell]]]


@dataclass
class Columns:
    """The recognised columns in order. ``wrong_unit``: columns whose values are in another unit than the fact's.

    ``known_bad`` are columns already reported, whose cells are not read; ``row`` is the row of the headings.
    """

    row: int
    headings: dict[int, Heading] = field(default_factory=dict)
    wrong_unit: set[int] = field(default_factory=set)
    known_bad: set[int] = field(default_factory=set)

    _by_role: dict[str, list[int]] = field(default_factory=dict)

    def of(self, role: str) -> list[int]:
        """The columns with that role, once all headings are known."""
        if role not in self._by_role:
            self._by_role[role] = [
                column for column, heading in self.headings.items() if heading.role == role
            ]
        return self._by_role[role]


def find_columns(grid: Grid, headings: Headings, collected: Collected) -> tuple[Columns, Rows] | None:
    """The columns of ``grid`` and the rows below; None, after reporting it, if the table cannot be read.

    Rows above the headings, such as a title, are passed over; an empty table is passed over in silence.
    """
    first: list[tuple[int, Mapping[int, Cell]]] = []
    best: tuple[int, int] = (0, 0)
    for number, cells in grid.rows:
        if not any(_filled(cell) for cell in cells.values()):
            continue
        first.append((number, cells))
        found = [headings.recognise(shown(cell)) for cell in cells.values()]
        count = sum(recognised is not None for recognised in found)
        best = max(best, (count, -len(first)))
        if any(r is not None and r.heading.role == "unit" for r in found):
            return _columns(grid, number, cells, headings, collected), grid.rows
        if len(first) == HEADING_WITHIN:
            break
    if not first:
        return None
    where = Source(grid.file, grid.sheet)
    zh, en, _ = UNIT_COLUMNS["unit"]
    if best[0] == 0:
        collected.problem(None, where, "data.no-headings", {"zh": zh, "en": en, "rows": str(HEADING_WITHIN)})
        return None
    number, cells = first[-best[1] - 1]
    _columns(grid, number, cells, headings, collected)
    at = Source(grid.file, grid.sheet, f"A{number}")
    lost = sum(1 for _ in chain(first[-best[1] :], grid.rows))
    collected.problem(None, at, "data.no-unit-column", {"zh": zh, "en": en, "rows": str(lost)})
    return None


def _filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _columns(
    grid: Grid, number: int, cells: Mapping[int, Cell], headings: Headings, collected: Collected
) -> Columns:
    columns = Columns(number)
    seen: dict[Heading, int] = {}
    for column, cell in sorted(cells.items()):
        text = clean(shown(cell))[0]
        if not text:
            continue
        where = Source(grid.file, grid.sheet, grid.cell_name(number, column))
        found = headings.recognise(text)
        if found is None:
            near = headings.nearest(text)
            key = "data.unknown-heading" if near is None else "data.unknown-heading-near"
            collected.problem(None, where, key, {"found": excerpt(cell), "nearest": near or ""})
            columns.known_bad.add(column)
            continue
        if found.wrong_unit is not None:
            columns.wrong_unit.add(column)
            key = "data.heading-unit" if found.own_unit else "data.heading-without-unit"
            collected.problem(None, where, key, {"found": excerpt(cell), "expected": found.own_unit})
        if found.heading in seen:
            first = seen[found.heading]
            params = {"found": excerpt(cell), "first": column_name(first), "second": column_name(column)}
            collected.problem(None, where, "data.heading-doubled", params)
            if found.heading.role == "unit":
                columns.known_bad.add(column)
                continue
        seen.setdefault(found.heading, column)
        columns.headings[column] = found.heading
    return columns
