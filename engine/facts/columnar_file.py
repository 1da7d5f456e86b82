"""Parquet, Arrow and JSON lines as grids: the columns' names are the first row, the records follow from the second."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.facts.cells import Cell, Grid, NoValue, as_decimal
from engine.facts.folding import folded
from engine.facts.refused import FileRefused

if TYPE_CHECKING:
    import polars as pl

PARQUET = (".parquet", ".pq")
ARROW = (".arrow", ".feather", ".ipc")
LINES = (".jsonl", ".ndjson")
COLUMNAR = (*PARQUET, *ARROW, *LINES)
#: An id that nothing has to be done to: no spaces, no full-width letters, and a digit, so that it is no mark or word.
PLAIN_ID = r"^[0-9A-Za-z_.:-]*[0-9][0-9A-Za-z_.:-]*$"
_NUMBER = "\0row"
#: Records that are turned into cells at a time.
_AT_A_TIME = 20_000


def scan(path: Path) -> pl.LazyFrame:
    """The file as a table, nothing of it read yet but its columns. Raises FileRefused if it is not what its ending says."""
    import polars as pl

    ending = path.suffix.lower()
    try:
        if ending in PARQUET:
            frame = pl.scan_parquet(path)
        elif ending in ARROW:
            frame = pl.scan_ipc(path)
        else:
            frame = pl.scan_ndjson(path, infer_schema_length=None)
        frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        if ending in LINES:
            _find_damage(path)
        raise FileRefused("data.file-not-readable", {"reason": reason_of(error)}) from error
    return frame


def _find_damage(path: Path) -> None:
    """Raises FileRefused for the first line that is not JSON, which the library does not name."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                if text := line.rstrip():
                    json.loads(text)
            except json.JSONDecodeError as error:
                found = " ".join(error.doc[error.pos :].split())[:20].replace("`", "'")
                key = "data.json-damaged" if found else "data.json-ends-early"
                params = {"line": str(number), "column": str(error.colno), "found": found}
                raise FileRefused(key, params, f"{number}:{error.colno}") from error
            except UnicodeDecodeError:
                return


def reason_of(error: Exception) -> str:
    """The first line of what a library says, which may go on for pages."""
    lines = str(error).strip().splitlines()
    return lines[0][:160].replace("`", "'") if lines else type(error).__name__


def open_columnar(
    path: Path,
    file: str,
    unit_names: Collection[str],
    only: Collection[str] | None,
    frame: pl.LazyFrame | None = None,
) -> Grid:
    """The file as one table of cells. ``only``: the units that are wanted, in the column that ``unit_names`` may head;
    ``frame``: the file's table, where it was scanned already.

    Raises FileRefused, also from the grid's rows.
    """
    frame = scan(path) if frame is None else frame
    names = frame.collect_schema().names()
    unit = next((name for name in names if folded(name) in unit_names), None)
    return Grid(file, None, _rows(_of_units(frame, unit, only), names))


def _of_units(frame: pl.LazyFrame, unit: str | None, only: Collection[str] | None) -> pl.LazyFrame:
    """The records numbered from 2, those of other units left out as far as their id is written plainly."""
    import polars as pl

    numbered = frame.with_row_index(_NUMBER, offset=2)
    if only is None or unit is None:
        return numbered
    id_ = pl.col(unit).cast(pl.String, strict=False)
    return numbered.filter(id_.is_in(list(only)) | ~id_.str.contains(PLAIN_ID).fill_null(False))


def _rows(frame: pl.LazyFrame, names: list[str]) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    import polars as pl

    yield 1, dict(enumerate(names, start=1))
    number = 1
    try:
        for batch in frame.collect_batches(chunk_size=_AT_A_TIME, maintain_order=True):
            for number, *record in batch.select(_NUMBER, *names).iter_rows():
                yield number, _cells(record)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileRefused("data.file-not-readable", {"reason": reason_of(error)}, f"A{number + 1}") from error


def _cells(record: list[Any]) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    for column, value in enumerate(record, start=1):
        cell = _cell(value)
        if cell is not None and cell != "":
            cells[column] = cell
    return cells


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if value is None or isinstance(value, bool | Decimal | datetime):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return as_decimal(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return NoValue("data.not-a-single-value", "[…]" if isinstance(value, list) else "{…}")
