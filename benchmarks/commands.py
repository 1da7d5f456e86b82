"""Start-up of whole commands against bare Python, in turn (A B A B …), so that a drifting machine cancels out.

    python benchmarks/commands.py [--runs 15]

Prints, per command, the median wall time, the median difference to bare Python and the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUMBLINE = str(Path(sys.executable).with_name("plumbline"))
THREE_YEARS = str(ROOT / "examples" / "changgang" / "three-years" / "office.xlsx")
RESULTS = str(Path(tempfile.gettempdir()) / "plumbline-benchmark.xlsx")
WORKBOOK = str(ROOT / "examples" / "changgang" / "units.xlsx")
COMMANDS: dict[str, tuple[list[str], float]] = {
    "--help": ([PLUMBLINE, "--help"], 80),
    "check": ([PLUMBLINE, "check", "--project", str(ROOT)], 250),
    "evaluate, 30 units": (
        [
            PLUMBLINE,
            "evaluate",
            WORKBOOK,
            "--as-of",
            "2018-12-31",
            "--project",
            str(ROOT),
            "--format",
            "json",
        ],
        600,
    ),
    "evaluate --out, three years": (
        [
            PLUMBLINE,
            "evaluate",
            THREE_YEARS,
            "--as-of",
            "2020-12-31",
            "--project",
            str(ROOT),
            "--out",
            RESULTS,
        ],
        1500,
    ),
    "evaluate, reference alone": (
        [
            PLUMBLINE,
            "evaluate",
            WORKBOOK,
            "--as-of",
            "2018-12-31",
            "--project",
            str(ROOT),
            "--engine",
            "reference",
        ],
        600,
    ),
}


def wall(command: list[str]) -> float:
    """Milliseconds from start to end of one run."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    bare = [sys.executable, "-c", "pass"]
    print(f"{'command':<28}{'median ms':>10}{'over bare':>11}{'ratio':>8}{'aim ms':>8}")
    for name, (command, aim) in COMMANDS.items():
        wall(command)
        pairs = [(wall(command), wall(bare)) for _ in range(runs)]
        median = statistics.median(a for a, _ in pairs)
        over = statistics.median(a - b for a, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{name:<28}{median:>10.0f}{over:>11.0f}{ratio:>8.1f}{aim:>8.0f}")


if __name__ == "__main__":
    main()
