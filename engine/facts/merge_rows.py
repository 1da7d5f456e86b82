"""Register rows that several sources have: each entry counts once, and cells that differ count as unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from engine.facts.sheet import Observation, Row
from engine.language.values import Unknown, Value

#: (column, the conflicting cells' message parameters, where to report it)
Conflict = tuple[str, Observation, Mapping[str, object]]


def merge_rows(
    sources: Sequence[Sequence[Row]], key: str | None
) -> tuple[list[Row], list[Conflict], list[Row]]:
    """The union of the rows of several sources, the cells that differ, and rows whose key another row of the same
    source has.

    Rows that are the same in all filled columns are one entry unless a source has several of them: then as many as
    the source with the most. With a ``key`` column, rows of the same key are merged cell by cell.
    """
    keyed: dict[Hashable, dict[int, list[Row]]] = {}
    plain: list[list[Row]] = [[] for _ in sources]
    for place, rows in enumerate(sources):
        for row in rows:
            value = _key_of(row, key)
            if value is None:
                plain[place].append(row)
            else:
                keyed.setdefault(value, {}).setdefault(place, []).append(row)
    places = {id(row): place for place, row in enumerate(row for rows in sources for row in rows)}
    found: list[Row] = []
    conflicts: list[Conflict] = []
    doubled: list[Row] = []
    for group in keyed.values():
        doubled += [row for rows in group.values() for row in rows[1:]]
        present = [rows[0] for rows in group.values()]
        if any(len(rows) > 1 for rows in group.values()):
            found += _most(group.values())
        elif len(present) == 1:
            found += present
        else:
            row, differing = _one(present)
            places[id(row)] = places[id(present[0])]
            found.append(row)
            conflicts += differing
    found += _most(plain)
    return sorted(found, key=lambda row: places[id(row)]), conflicts, doubled


def conflicting(column: str, cells: Sequence[Observation]) -> tuple[Observation, Mapping[str, object]]:
    """A cell that its sources fill in differently: it counts as unknown and shows what each says."""
    raw = " / ".join(dict.fromkeys(cell.raw for cell in cells))
    params = {
        "found": cells[0].raw,
        "other": cells[-1].raw,
        "place": str(cells[0].source),
        "other_place": str(cells[-1].source),
    }
    unknown = replace(cells[0], value=Unknown(frozenset({column})), raw=raw, readable=False)
    return unknown, params


def _key_of(row: Row, key: str | None) -> Hashable | None:
    cell = row.cells.get(key) if key is not None else None
    return _signature(cell.value) if cell is not None and cell.readable else None


def _signature(value: Value) -> Hashable:
    return (type(value).__name__, str(value))


def _row_signature(row: Row) -> Hashable:
    return tuple(
        (column, _signature(cell.value) if cell.readable else ("unreadable", cell.raw))
        for column, cell in sorted(row.cells.items())
    )


def _most(sources: Iterable[Sequence[Row]]) -> list[Row]:
    """The multiset union: of each row as many as the source with the most has."""
    kept: Counter[Hashable] = Counter()
    found: list[Row] = []
    for rows in sources:
        here: Counter[Hashable] = Counter()
        for row in rows:
            signature = _row_signature(row)
            here[signature] += 1
            if here[signature] > kept[signature]:
                kept[signature] += 1
                found.append(row)
    return found


def _one(rows: Sequence[Row]) -> tuple[Row, list[Conflict]]:
    cells: dict[str, Observation] = {}
    conflicts: list[Conflict] = []
    for column in dict.fromkeys(column for row in rows for column in row.cells):
        seen = [row.cells[column] for row in rows if column in row.cells]
        readable = [cell for cell in seen if cell.readable] or seen[:1]
        distinct = list({_signature(cell.value): cell for cell in reversed(readable)}.values())[::-1]
        cells[column] = readable[0]
        if len(distinct) > 1:
            cells[column], params = conflicting(column, distinct)
            conflicts.append((column, distinct[-1], params))
    days = [row.observed for row in rows if row.observed is not None]
    by = next((row.supplier for row in rows if row.supplier is not None), None)
    return Row(cells, rows[0].source, max(days, default=None), by), conflicts
