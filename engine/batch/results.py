"""The folder of results: a folder of Parquet parts for each table, or one CSV file; and what a person reads first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl

from engine.report.csv_text import BOM, FORMULA_STARTS

#: What says that a folder holds a run's results: it is written last.
REPORT = "report.json"


class ResultFolder:
    """Results while they are put together, in a new folder. ``undecided``: text columns in which null is not known."""

    def __init__(self, path: Path, csv: bool, undecided: Collection[str]) -> None:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        self._path = path
        self._csv = csv
        self._undecided = frozenset(undecided)

    def add(self, name: str, number: int, table: pl.DataFrame) -> None:
        """The next part of a table."""
        if self._csv:
            self._append(name, table)
            return
        (self._path / name).mkdir(exist_ok=True)
        write_parquet(self._path / name / f"{number:05d}.parquet", table)

    def take(self, name: str, number: int, path: Path) -> None:
        """The next part of a table, which lies at ``path`` as it is wanted; it stays there."""
        if self._csv:
            self._append(name, pl.read_parquet(path))
            return
        (self._path / name).mkdir(exist_ok=True)
        place = self._path / name / f"{number:05d}.parquet"
        try:
            os.link(path, place)
        except OSError:  # not every file system has links
            shutil.copyfile(path, place)

    def whole(self, name: str, table: pl.DataFrame) -> None:
        """A table that people read: CSV whatever the others are."""
        self._append(name, table)

    def _append(self, name: str, table: pl.DataFrame) -> None:
        path = self._path / f"{name}.csv"
        new = not path.exists()
        with path.open("ab") as stream:
            if new:
                stream.write(BOM.encode())
            for_people(table, self._undecided).write_csv(stream, include_header=new, line_terminator="\r\n")


def for_people(table: pl.DataFrame, undecided: Collection[str]) -> pl.DataFrame:
    """The table as a spreadsheet program shows it: what is not known says so, and no cell begins a formula."""
    exprs = []
    for name, kind in table.schema.items():
        column = pl.col(name)
        if kind == pl.Boolean:
            words = pl.when(column).then(pl.lit("true")).otherwise(pl.lit("false"))
            exprs.append(pl.when(column.is_null()).then(pl.lit("unknown")).otherwise(words).alias(name))
        elif kind == pl.String:
            if name in undecided:
                column = column.fill_null("unknown")
            starts = pl.any_horizontal(*[column.str.starts_with(start) for start in FORMULA_STARTS])
            exprs.append(pl.when(starts).then(pl.lit("'") + column).otherwise(column).alias(name))
    return table.with_columns(exprs)


def write_parquet(path: Path, table: Any) -> None:
    """A table as Parquet, the same bytes each time."""
    table.write_parquet(path, compression="zstd", compression_level=1)
