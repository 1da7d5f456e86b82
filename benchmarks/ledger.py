"""What the ledger's chain costs beside plain SQLite: entries appended and verified a second.

    python benchmarks/ledger.py [--entries 100000] [--rounds 3]

The alternative writes the same bytes into a table without digests, triggers or chain, in one transaction as well. Bodies
are of one kilobyte. "With facts and result" is a whole evaluation as `evaluate --ledger` records it.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.facts import read  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.ledger.canonical import canonical  # noqa: E402
from engine.ledger.record import record  # noqa: E402
from engine.ledger.replay import Replayer  # noqa: E402
from engine.ledger.store import Item, Ledger  # noqa: E402
from engine.ledger.verify import verify  # noqa: E402
from engine.project import load  # noqa: E402


def bodies(count: int) -> list[Item]:
    """``count`` bodies of about a kilobyte."""
    pad = "某社区软弱涣散党组织整顿" * 28
    return [
        ("objection", {"about": i, "unit": {"id": f"U-{i}", "name": "某社区"}, "reason": pad})
        for i in range(count)
    ]


def plain(path: Path, written: list[bytes]) -> None:
    """The same bytes without any of what makes a ledger."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, written BLOB)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO entries (written) VALUES (?)", [(each,) for each in written])
    connection.execute("COMMIT")
    connection.close()


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    items = bodies(given.entries)
    written = [canonical({"body": body, "kind": kind}) for kind, body in items]
    policy = load(ROOT, tests=False).policy
    assert policy is not None
    program = prepare(policy, date(2018, 12, 31))
    base = read([ROOT / "examples" / "changgang" / "units.json"], policy).sheets
    many = [replace(sheet, unit=f"U-{i}") for i, sheet in enumerate(islice(cycle(base), 2_000))]
    units = list(evaluate_all(program, many, engine="reference"))
    times: dict[str, list[float]] = {}

    def timed(name: str, count: int, start: float) -> None:
        times.setdefault(name, []).append(count / (time.perf_counter() - start))

    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            plain(Path(folder) / "plain", written)
            timed("plain SQLite, same bytes", given.entries, start)
            with Ledger.open(Path(folder) / "ledger", create=True) as ledger:
                start = time.perf_counter()
                ledger.append(items)
                timed("append, one batch", given.entries, start)
                start = time.perf_counter()
                assert verify(ledger).sound
                timed("verify", given.entries, start)
            with Ledger.open(Path(folder) / "one", create=True) as ledger:
                start = time.perf_counter()
                for item in items[:200]:
                    ledger.append([item])
                timed("append one by one, each on the disk", 200, start)
            with Ledger.open(Path(folder) / "whole", create=True) as ledger:
                start = time.perf_counter()
                record(ledger, program, ROOT, {}, units)
                timed("record with facts and result", len(units), start)
                start = time.perf_counter()
                assert sum(1 for _ in Replayer(ledger, engine="reference").replay(ledger.entries())) == len(
                    units
                )
                timed("replay, reference, duties included", len(units), start)
    base_rate = median(times["plain SQLite, same bytes"])
    print(f"{'':40}{'entries/s':>12}{'to plain':>10}")
    for name, found in times.items():
        print(f"{name:40}{median(found):12,.0f}{median(found) / base_rate:10.2f}")


if __name__ == "__main__":
    main()
