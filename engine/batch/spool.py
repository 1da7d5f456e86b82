"""Tables that can only be read from the start, as CSV, are written once to where any part of them can be read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import polars as pl

from engine.batch.tables import Table
from engine.facts.columnar_file import PARQUET, reason_of
from engine.facts.refused import FileRefused


def spooled(table: Table, folder: Path) -> Table:
    """The table from a Parquet file in ``folder``, made if it is not there; itself if it is one already.

    Raises FileRefused if the file turns out to be damaged.
    """
    if table.path.suffix.lower() in PARQUET:
        return table
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table.path.stem}.parquet"
    if not path.is_file():
        beside = path.with_suffix(".new")
        try:
            table.frame.sink_parquet(beside, compression="lz4")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise FileRefused("data.file-not-readable", {"reason": reason_of(error)}) from error
        os.replace(beside, path)
    return replace(table, frame=pl.scan_parquet(path), spool=path)
