"""Units of the built-in plan with their registers of three years, as Parquet: as many as a country has.

    python benchmarks/plan_data.py FOLDER [--units 690000] [--listed 0.1] [--seed 1]

The thirty units of the example's three-year workbook are the patterns: what an office of some diligence has recorded of
a unit that was never on the list, or was for some time, up to the end of 2020. Each unit made follows one of them, a
tenth of all one that was listed or has a problem. Its days are moved, its numbers scaled, and a few of its facts turned
over or left blank; of its rows some are missing, some late, some without a day. Numbers of entries are left out.
Nothing here exists.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.facts import read  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.language.values import Unknown  # noqa: E402
from engine.project import load  # noqa: E402
from engine.project.policy import Fact, Policy  # noqa: E402

AS_OF = date(2020, 12, 31)
WORKBOOK = ROOT / "examples" / "changgang" / "three-years" / "office.xlsx"
#: Units that are made at once; each block has random numbers of its own.
BLOCK = 10_000

OUT_OF_SCOPE = 0.01
#: A unit's days lie up to so many days before those of its pattern.
MOVED = 42
#: A row is entered up to so many days before or after the pattern's, a late one a good deal after.
EARLIER, LATER, LATE = 7, 3, (10, 60)
LATE_ROWS, LOST_ROWS, DAYLESS_ROWS = 0.04, 0.03, 0.005
#: Of what happened, rather than was done, some rows are missing; their days are not moved with the unit's listing.
LOST_EVENTS = 0.002
TURNED_FACTS, BLANK_FACTS = 0.003, 0.005

_FIRST, _SECOND = "松竹梅兰桂榕枫柳荷棠", "溪桥湖岭塘亭渡泉坪港"
_TYPES: Mapping[str, Any] = {
    "boolean": pl.Boolean,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
}


@dataclass(frozen=True)
class Patterns:
    """The example's units. ``units``: a row each, with ``pattern``, the number of the row; ``rows``: by register, each row
    with its ``pattern``; ``known``: register → the patterns in which it was filled in; ``shares``: how often each occurs."""

    policy: Policy
    units: pl.DataFrame
    rows: Mapping[str, pl.DataFrame]
    known: Mapping[str, list[int]]
    shares: np.ndarray


def _cell(value: object) -> Any:
    if isinstance(value, Unknown):
        return None
    return float(value) if isinstance(value, Decimal) else value


def _frame(facts: Mapping[str, Fact], rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {id_: _TYPES.get(fact.type, pl.String) for id_, fact in facts.items()}
    return pl.DataFrame(rows, schema={"pattern": pl.Int64, **schema}, strict=False)


def patterns(listed: float) -> Patterns:
    """The patterns, those that were listed or have problems making up the share ``listed`` of all units."""
    policy = load(ROOT).policy
    assert policy is not None and policy.listing is not None
    evaluations = list(
        evaluate_all(prepare(policy, AS_OF), read([WORKBOOK], policy).sheets, engine="reference")
    )
    register_of_listings = policy.listing.listed.rows.register
    units, groups = [], []
    rows: dict[str, list[dict[str, Any]]] = {id_: [] for id_ in policy.registers}
    known: dict[str, list[int]] = {id_: [] for id_ in policy.registers}
    for number, evaluation in enumerate(evaluations):
        values: Mapping[str, Any] = evaluation.context.values
        facts = {id_: _cell(values[id_]) for id_ in policy.facts}
        units.append({"pattern": number, "unit_kind": evaluation.kind, **facts})
        for id_, register in policy.registers.items():
            if isinstance(values[id_], Unknown):
                continue
            known[id_].append(number)
            columns = [column for column in register.columns if column != register.key]
            rows[id_] += [{"pattern": number, **{c: _cell(row[c]) for c in columns}} for row in values[id_]]
        outside = evaluation.classification == "out_of_scope"
        concerned = values[register_of_listings] or evaluation.classification != "not_weak"
        groups.append("outside" if outside else "listed" if concerned else "other")
    share = {"outside": OUT_OF_SCOPE, "listed": listed, "other": 1 - OUT_OF_SCOPE - listed}
    made = _frame(policy.facts, units).with_columns(pl.Series("unit_kind", [u["unit_kind"] for u in units]))
    frames = {
        id_: _frame({c: f for c, f in register.columns.items() if c != register.key}, rows[id_])
        for id_, register in policy.registers.items()
    }
    return Patterns(policy, made, frames, known, np.array([share[g] / groups.count(g) for g in groups]))


def block(
    given: Patterns, number: int, count: int, seed: int = 1
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """``count`` units of the block with that number: the unit table, and the registers' tables."""
    random = np.random.default_rng([seed, number])
    first = number * BLOCK
    units = pl.select(
        pl.format("S{}", pl.int_range(first, first + count).cast(pl.String).str.zfill(7)).alias("unit")
    ).with_columns(
        pl.Series("pattern", random.choice(len(given.shares), count, p=given.shares)),
        pl.Series("moved", -random.integers(MOVED, size=count)),
        pl.Series("scaled", np.round(random.uniform(0.7, 1.3, count), 2)),
    )
    rows = {id_: _rows(given, id_, units, random) for id_ in given.policy.registers}
    filled_in = []
    for id_, found in rows.items():
        there = pl.col("unit").is_in(found["unit"].unique().implode())
        said = pl.when(there).then(pl.lit("有记录")).otherwise(pl.lit("无记录"))
        filled_in.append(
            pl.when(pl.col("pattern").is_in(given.known[id_])).then(said).alias(f"{id_} filled in")
        )
    facts = [_fact(fact, random, count) for fact in given.policy.facts.values()]
    names = pl.Series([_FIRST[i] + _SECOND[j] for i, j in random.integers(10, size=(count, 2)).tolist()])
    table = units.join(given.units, on="pattern", how="left", maintain_order="left").select(
        "unit",
        pl.concat_str(names, "unit_kind").alias("unit_name"),
        "unit_kind",
        *filled_in,
        *facts,
    )
    return table, rows


def _fact(fact: Fact, random: np.random.Generator, count: int) -> pl.Expr:
    """A fact's column, from that of the pattern."""
    column = pl.col(fact.id)
    if fact.type == "boolean":
        column = column ^ pl.Series(random.random(count) < TURNED_FACTS)
    elif fact.type == "date":
        column = column + pl.duration(days=pl.col("moved"))
    elif fact.type == "integer":
        column = (column * pl.col("scaled")).ceil().cast(pl.Int64)
    elif fact.type == "number" and fact.maximum is None:
        column = (column * pl.col("scaled")).round(2)
    return pl.when(~pl.Series(random.random(count) < BLANK_FACTS)).then(column).alias(fact.id)


def _rows(given: Patterns, register: str, units: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """The rows of one register, unit by unit."""
    listing = given.policy.listing
    assert listing is not None
    facts = given.policy.registers[register].columns
    columns = given.rows[register].columns[1:]
    rows = units.select("unit", "pattern", "moved").join(
        given.rows[register], on="pattern", how="inner", maintain_order="left_right"
    )
    days = [column for column in columns if facts[column].type == "date"]
    moved = pl.col("moved")
    if register == listing.listed.rows.register:
        # A unit is listed and delisted on one day for all that follows from it.
        shown = [(pl.col(day) + pl.duration(days=moved)).alias(day) for day in days]
        return rows.with_columns(*shown).select("unit", *columns)
    happened = given.policy.registers[register].unchangeable
    rows = rows.filter(pl.Series(random.random(rows.height) >= (LOST_EVENTS if happened else LOST_ROWS)))
    count = rows.height
    by = random.integers(-EARLIER, LATER + 1, size=count)
    late = random.random(count) < (0 if happened else LATE_ROWS)
    by[late] = random.integers(*LATE, size=int(late.sum()))
    dayless = pl.Series(random.random(count) < (0 if happened else DAYLESS_ROWS))
    for day in days:
        then = pl.col(day) + pl.duration(days=pl.Series(by) if happened else moved + pl.Series(by))
        rows = rows.with_columns(pl.when(~dayless).then(then).alias(day))
    if days:
        # What lies ahead is not in the register yet.
        rows = rows.filter((pl.col(days[0]) <= AS_OF).fill_null(True))
    return rows.select("unit", *columns)


def blocks(
    units: int, listed: float = 0.1, seed: int = 1
) -> Iterator[tuple[pl.DataFrame, dict[str, pl.DataFrame]]]:
    """So many units, block by block."""
    given = patterns(listed)
    for number, first in enumerate(range(0, units, BLOCK)):
        yield block(given, number, min(BLOCK, units - first), seed)


def write(folder: Path, units: int, listed: float = 0.1, seed: int = 1) -> dict[str, int]:
    """A folder of Parquet files, one for the units and one for each register; how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, pq.ParquetWriter] = {}
    counts: dict[str, int] = {}
    try:
        for table, rows in blocks(units, listed, seed):
            for name, frame in {"units": table, **rows}.items():
                arrow = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
                if name not in writers:
                    writers[name] = pq.ParquetWriter(
                        folder / f"{name}.parquet", arrow.schema, compression="zstd"
                    )
                writers[name].write_table(arrow)
                counts[name] = counts.get(name, 0) + frame.height
    finally:
        for writer in writers.values():
            writer.close()
    return counts


def main() -> None:
    """Write the folder and say how much was written."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=690_000)
    parser.add_argument(
        "--listed",
        type=float,
        default=0.1,
        help="the share of units that were ever on the list, or have problems",
    )
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    counts = write(arguments.folder, arguments.units, arguments.listed, arguments.seed)
    rows = sum(count for name, count in counts.items() if name != "units")
    print(f"{counts['units']:,} units, {rows:,} rows of registers ({rows / counts['units']:.0f} a unit)")
    for name, count in counts.items():
        print(f"  {name}: {count:,}")


if __name__ == "__main__":
    main()
