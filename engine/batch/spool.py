"""Tables that can only be read from the start, as CSV, are written once to where any part of them can be read."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import polars as pl

from engine.batch.ragged import Beyond, cells_beyond, complain
from engine.batch.tables import Table, scan_csv
from engine.facts.collected import Collected
from engine.facts.columnar_file import PARQUET, reason_of
from engine.facts.refused import FileRefused


def spooled(table: Table, folder: Path, collected: Collected) -> Table:
    """The table from a Parquet file in ``folder``, made if it is not there; itself if it is one already.

    Cells of a CSV file beyond its headings are left out and reported. Raises FileRefused if the file turns out to be
    damaged.
    """
    if table.path.suffix.lower() in PARQUET:
        return table
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table.path.stem}.parquet"
    beyond = path.with_suffix(".beyond.json")
    if not path.is_file():
        beside = path.with_suffix(".new")
        try:
            cells = _written(table, beside)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise FileRefused("data.file-not-readable", {"reason": reason_of(error)}) from error
        # Kept for a run that goes on from here, and there before the table is.
        beyond.write_text(json.dumps(cells), encoding="utf-8")
        os.replace(beside, path)
    complain(json.loads(beyond.read_text(encoding="utf-8")), table.file, collected)
    return replace(table, frame=pl.scan_parquet(path), spool=path)


def _written(table: Table, path: Path) -> list[Beyond]:
    """Writes the table to ``path``; what is given back was left out."""
    try:
        table.frame.sink_parquet(path, compression="lz4")
    except pl.exceptions.PolarsError:
        if table.path.suffix.lower() != ".csv":
            raise
        frame = scan_csv(table.path, cut=True)
        frame.sink_parquet(path, compression="lz4")
        return cells_beyond(table.path, len(frame.collect_schema()))
    return []
