"""The rows of a register for one part of the units, without going through the whole register for each part.

If units and rows both stand in the order of the ids, a part is a stretch of the register. Otherwise a register of some
size is gone through once and its rows are laid down by part.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import polars as pl

from engine.batch.layout import UNIT
from engine.batch.tables import Table

#: Rows that are looked at at once.
_AT_ONCE = 2_000_000
#: A register with fewer rows is simply gone through again.
_SMALL = 200_000
_PART, _ID = ":part", ":id"


class PartRows:
    """One register's table. ``ids``: the ids of all units in their order, ``size``: units in a part.

    ``folder``: where rows may be laid down; the same folder serves a run that goes on.
    """

    def __init__(self, table: Table, ids: Callable[[], pl.Series], size: int, folder: Path) -> None:
        self._table, self._ids, self._size, self._folder = table, ids, size, folder

    def of(self, number: int, ids: pl.DataFrame) -> pl.LazyFrame:
        """The rows of the units ``ids`` of a part, in their order, with the id as ``UNIT``."""
        frame = self._table.frame
        column = pl.col(self._table.unit)
        if self._in_order:
            ends = ids[UNIT].sort()
            frame = frame.filter((column >= pl.lit(ends[0])) & (column <= pl.lit(ends[-1])))
        elif self._laid_down is not None:
            files = sorted((self._laid_down / f"{number:05d}").glob("*.parquet"))
            frame = pl.scan_parquet(files) if files else frame.clear()
        rows = frame.with_columns(column.cast(pl.String).alias(UNIT))
        return rows.join(ids.lazy(), on=UNIT, how="inner", maintain_order="left")

    @cached_property
    def _rows(self) -> int:
        return int(self._table.frame.select(pl.len()).collect().item())

    @cached_property
    def _in_order(self) -> bool:
        """Whether units and rows stand in the order of the ids."""
        if self._rows <= _SMALL or self._table.frame.collect_schema()[self._table.unit] != pl.String:
            return False
        if not _ascending(self._ids()):
            return False
        last = ""
        for ids in (some[self._table.unit] for some in self._slices(self._table.unit)):
            if not _ascending(ids) or ids[0] < last:
                return False
            last = ids[-1]
        return True

    @cached_property
    def _laid_down(self) -> Path | None:
        """The folder with the rows by part; None for a small register or a single part."""
        ids = self._ids()
        if self._rows <= _SMALL or len(ids) <= self._size:
            return None
        if self._folder.is_dir():
            return self._folder
        # Several processes may be at it; whoever is done first is taken.
        beside = self._folder.with_suffix(f".{os.getpid()}")
        shutil.rmtree(beside, ignore_errors=True)
        number = pl.int_range(0, len(ids), dtype=pl.UInt32, eager=True) // self._size
        parts = pl.DataFrame({_ID: ids, _PART: number}).unique(_ID, keep="first")
        for place, some in enumerate(self._slices()):
            rows = some.with_columns(pl.col(self._table.unit).cast(pl.String).alias(_ID))
            rows = rows.join(parts, on=_ID, how="inner", maintain_order="left").drop(_ID)
            for (part,), mine in rows.partition_by(_PART, as_dict=True, include_key=False).items():
                path = beside / f"{part:05d}" / f"{place:05d}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                mine.write_parquet(path, compression="lz4")
        beside.mkdir(parents=True, exist_ok=True)
        try:
            os.replace(beside, self._folder)
        except OSError:
            if not self._folder.is_dir():
                raise
            shutil.rmtree(beside)
        return self._folder

    def _slices(self, *columns: str) -> Iterator[pl.DataFrame]:
        frame = self._table.frame.select(columns) if columns else self._table.frame
        for first in range(0, self._rows, _AT_ONCE):
            yield frame.slice(first, _AT_ONCE).collect()


def _ascending(ids: pl.Series) -> bool:
    return ids.null_count() == 0 and ids.is_sorted()
