"""Whether columns and the per-unit engine say the same of units of the built-in plan: every table, row by row.

    python benchmarks/agreement.py DATA [--units 100000] [--as-of 2020-12-31 …]

DATA is what ``plan_data.py`` makes. The per-unit engine gets the facts as the columns have them, so what is compared is the
evaluating and not the reading (which ``tests/batch`` compares). Ends with 1 at the first part that differs, and shows how.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.batch.rebuilt import sheets  # noqa: E402
from engine.batch.sources import open_source  # noqa: E402
from engine.batch.stages import Plan, Stages  # noqa: E402
from engine.inference import prepare  # noqa: E402
from engine.project import load  # noqa: E402

ONLY = ("verdicts", "findings", "duties", "measures", "missing")
SIZE = 5_000


def compare(data: Path, as_of: date, units: int) -> int:
    """The units compared. Raises AssertionError at the first part that differs."""
    policy = load(ROOT).policy
    assert policy is not None
    plan = Plan(prepare(policy, as_of), ONLY, long=False)
    done = 0
    with tempfile.TemporaryDirectory() as spool:
        source = open_source(plan.program, [data], plan.uses(), SIZE, Path(spool))
        stages = Stages(plan, source.layout)
        assert not stages.obstacles, stages.obstacles
        for number in range(len(source)):
            if done >= units:
                break
            part = source.part(number)
            left, found = stages.plain(part)
            ids = set(part.units["unit"].to_list()) - left.odd.keys()
            places = dict(part.units.select("unit", ":place").iter_rows())
            expected = stages.odd([(places[s.unit], s) for s in sheets(part, source.layout, ids)])
            for name, table in found.items():
                wanted = expected[name]
                if not table.equals(wanted):
                    same = table.height == wanted.height
                    where = next(i for i in range(table.height) if not same or table.row(i) != wanted.row(i))
                    print(f"{name}, part {number}: {table.row(where)}\n  one by one: {wanted.row(where)}")
                    raise AssertionError(name)
            done += len(ids)
            print(f"\r{as_of}: {done:,} units agree", end="", flush=True)
    print()
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--as-of", type=date.fromisoformat, nargs="*", default=[date(2020, 12, 31)])
    given = parser.parse_args()
    pl.Config.set_tbl_cols(-1)
    for as_of in given.as_of:
        began = time.perf_counter()
        done = compare(given.data, as_of, given.units)
        print(f"{as_of}: {done:,} units, all tables equal, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
