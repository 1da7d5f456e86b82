"""Units for the plan in ``benchmarks/workload``: seeded, one value in twenty missing, block by block.

The shares and ranges are such that every condition of the plan is true of some units, false of others and open for the
rest; none of it means anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

AS_OF = date(2025, 6, 30)
MISSING = 0.05
#: Units that are made at once. Each block has random numbers of its own, so more units only add blocks.
BLOCK = 100_000

#: How many in a hundred have each case, and have done each task.
CASES = {1: 3, 2: 95, 3: 25, 4: 15, 5: 30, 6: 15, 7: 15, 8: 40, 9: 50, 10: 30, 11: 30, 12: 20}
DONE = 60
#: Whole numbers are spread evenly below these ends; three fifths of the fourth are zero.
NUMBERS = {1: 80, 2: 40, 3: 1000, 4: 8, 5: 60, 6: 60, 7: 30, 8: 1000, 9: 40}
FOURTH_IS_ZERO = 0.6
#: Amounts with two decimal places are spread evenly up to these ends.
AMOUNTS = {1: 0.9, 2: 5000, 3: 4000, 4: 9000}
#: Days are spread evenly over so many days before the as-of date, or after it.
DAYS = {1: (-1550, 0), 2: (-1000, 0), 3: (0, 500), 4: (-1800, 0), 5: (-2300, 0)}

FACTS: dict[str, pl.DataType] = {
    **{f"b{i:02}": pl.Boolean() for i in CASES},
    **{f"k{i:02}": pl.Boolean() for i in range(1, 11)},
    **{f"i{i:02}": pl.Int32() for i in NUMBERS},
    **{f"d{i:02}": pl.Float64() for i in AMOUNTS},
    **{f"t{i:02}": pl.Date() for i in DAYS},
}


def _values(fact: str, count: int, random: np.random.Generator) -> np.ndarray:
    kind, number = fact[0], int(fact[1:])
    if kind in "bk":
        return random.random(count) * 100 < (CASES[number] if kind == "b" else DONE)
    if kind == "i":
        drawn = random.integers(NUMBERS[number], size=count, dtype=np.int32)
        if number == 4:
            drawn[random.random(count) < FOURTH_IS_ZERO] = 0
        return drawn
    if kind == "d":
        return np.round(random.uniform(0, AMOUNTS[number], count), 2)
    first, last = DAYS[number]
    # Counted from 1970, as date columns are. The as-of date itself belongs to the days that are past.
    today = AS_OF.toordinal() - date(1970, 1, 1).toordinal()
    if last == 0:
        return today - random.integers(-first, size=count, dtype=np.int32)
    return today + random.integers(last, size=count, dtype=np.int32)


def block(number: int, count: int, seed: int = 1) -> pl.DataFrame:
    """``count`` units of the block with that number: ``unit``, ``unit_kind`` and the forty facts."""
    random = np.random.default_rng([seed, number])
    columns = {}
    for fact, kind in FACTS.items():
        values = pl.Series(fact, _values(fact, count, random)).cast(kind)
        columns[fact] = values.set(pl.Series(random.random(count) < MISSING), None)
    first = number * BLOCK
    ids = pl.select(pl.format("U{}", pl.int_range(first, first + count))).to_series()
    return pl.DataFrame({"unit": ids, "unit_kind": pl.repeat("单位", count, eager=True), **columns})


def blocks(units: int, seed: int = 1) -> Iterator[pl.DataFrame]:
    """So many units, block by block."""
    for number, first in enumerate(range(0, units, BLOCK)):
        yield block(number, min(BLOCK, units - first), seed)


def frame(units: int, seed: int = 1) -> pl.DataFrame:
    """So many units in memory, each column in one piece."""
    return pl.concat(list(blocks(units, seed))).rechunk()


def write_parquet(path: Path, units: int, seed: int = 1) -> None:
    """So many units as one Parquet file, with memory for one block at a time."""
    import pyarrow.parquet as pq

    writer = None
    try:
        for table in (found.to_arrow() for found in blocks(units, seed)):
            writer = writer or pq.ParquetWriter(path, table.schema)
            writer.write_table(table, row_group_size=BLOCK)
    finally:
        if writer is not None:
            writer.close()
