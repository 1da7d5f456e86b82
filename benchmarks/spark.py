"""The run on Spark beside Spark SQL written by hand, from Parquet to Parquet, in one table.

    python benchmarks/spark.py [--units 1000000] [--rounds 5]

Contestants are those of country.py: processes that hold a warm JVM and take turns. All have the same session on two
cores of this machine, and results that were compared before. The time of a turn is that of the work alone, without the
start of Python, of the JVM or of a session.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import workload_units
from country import Contestant, Row, in_turn, kept_going, ratio, said, speed, table
from spark_contestants import BY_HAND, CORES, OURS, UNLIMITED

#: Turns before those that count: a JVM compiles what it has run often enough.
WARMING = 2
#: Name and title of whom we are compared with, and how many times as fast we want to be at least.
OTHERS = (
    (BY_HAND, "Spark SQL, by hand", 0.8),
    (UNLIMITED, "the same with `-XX:-DontCompileHugeMethods`", 0.8),
    ("plumbline-file", "this project without Spark", None),
)


def rows(units: int, rounds: int) -> Iterator[Row]:
    """What is measured."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        said(f"writing {units:,} units")
        workload_units.write_parquet(folder / "units.parquet", units)
        said("starting and comparing results")
        ours, *others = (Contestant(n, units, CORES, folder) for n in (OURS, *(n for n, _, _ in OTHERS)))
        what = f"screening {units:,} units on Spark, {CORES} cores, Parquet to Parquet"
        there = (ours, *others)
        if ours.missing is not None:
            for one in there:
                one.end()
            yield Row(
                what, "not installed", "`pip install 'plumbline[spark]'`, and Java 17 or later", "", None
            )
            return
        said(f"{units:,} units, {WARMING} rounds to warm up and {rounds} that count")
        for _ in range(WARMING):
            in_turn(there, 0)
        in_turn(there, rounds, warm=False)
        yield Row(what, shown(ours), "", "", None)
        for one, (_, title, aim) in zip(others, OTHERS, strict=True):
            times = ratio(ours, one)
            met = None if aim is None else times >= aim
            wanted = "" if aim is None else f"{aim} of it"
            yield Row(f"· to {title}", f"{times:,.2f} times", shown(one), wanted, met)
        for one in there:
            one.end()


def shown(one: Contestant) -> str:
    """Seconds of a turn and units a second."""
    return f"{median(one.seconds):.2f} s, {speed(one.speed)}/s"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5, help="that count, after those that warm up")
    options = parser.parse_args()
    table(kept_going("Spark", lambda: rows(options.units, options.rounds)))


if __name__ == "__main__":
    main()
