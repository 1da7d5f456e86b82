"""Units per second of each channel on the built-in screening, with and without derivations and traces, against
durable-rules fed by hand with the same rules (``by_hand.py``); and memory as the number of units grows.

    python benchmarks/throughput.py [--units 6000] [--rounds 5]

The fact sheets are the example's, repeated under new ids; reading files is not part of any figure. All are measured in
turn (A B C A B C …), so that a drifting machine cancels out; medians over the rounds.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from by_hand import ByHand  # noqa: E402

from engine.explain.derivation import derivations  # noqa: E402
from engine.facts import read  # noqa: E402
from engine.facts.sheet import FactSheet  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.inference.evaluation import Program  # noqa: E402
from engine.project import load  # noqa: E402

AS_OF = date(2018, 12, 31)
HAND = "durable-rules by hand, true facts only"


def sheets(base: tuple[FactSheet, ...], count: int) -> Iterator[FactSheet]:
    """``count`` sheets: the example's, over and over, each time under a new id."""
    for i, sheet in enumerate(islice(cycle(base), count)):
        yield replace(sheet, unit=f"U{i}")


def rate(run: Callable[[], None], count: int) -> float:
    """Units per second of one run over ``count`` units."""
    begin = time.perf_counter()
    run()
    return count / (time.perf_counter() - begin)


def exhaust(iterator: Iterator[object]) -> None:
    """Run an iterator to its end."""
    for _ in iterator:
        pass


def with_derivations(program: Program, units: list[FactSheet]) -> None:
    """Reference channel, and the whole derivation of every rule of every unit."""
    for evaluation in evaluate_all(program, units, engine="reference"):
        derivations(evaluation)


def memory_mib() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    count: int = options.units
    policy = load(ROOT).policy
    assert policy is not None
    base = read([ROOT / "examples" / "changgang" / "units.xlsx"], policy).sheets
    program = prepare(policy, AS_OF)
    print("peak memory of this process as units stream through both channels")
    for n in (count // 8, count // 2, count):
        exhaust(evaluate_all(program, sheets(base, n), engine="both"))
        print(f"{n:>8} units {memory_mib():>8.0f} MiB")
    units = list(sheets(base, count))
    few = units[: count // 4]
    truths = [e.conclusions.truths for e in evaluate_all(program, few, engine="reference") if e.conclusions]
    by_hand = ByHand(program.network)
    for of_unit in truths[: len(base)]:
        by_hand.check(of_unit)

    def feed_by_hand() -> None:
        for of_unit in truths:
            by_hand.run(of_unit)

    runs: dict[str, tuple[Callable[[], None], int]] = {
        "reference": (lambda: exhaust(evaluate_all(program, units, engine="reference")), count),
        "reference, full derivations": (lambda: with_derivations(program, units), count),
        "durable-rules": (lambda: exhaust(evaluate_all(program, few, engine="durable")), len(few)),
        "durable-rules, traces": (
            lambda: exhaust(evaluate_all(program, few, engine="durable", trace=True)),
            len(few),
        ),
        "both, compared": (lambda: exhaust(evaluate_all(program, few, engine="both")), len(few)),
        "both, compared, traces": (
            lambda: exhaust(evaluate_all(program, few, engine="both", trace=True)),
            len(few),
        ),
        HAND: (feed_by_hand, len(few)),
    }
    # What stays for the whole run is no work of the engine's: keep the collector from going through it.
    gc.collect()
    gc.freeze()
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, (run, size) in runs.items():
            found[name].append(rate(run, size))
    print(f"\n{'channel':<42}{'units/s':>10}{'ratio to by hand':>18}")
    for name, rates in found.items():
        ratio = median(a / b for a, b in zip(rates, found[HAND], strict=True))
        print(f"{name:<42}{median(rates):>10.0f}{ratio:>18.2f}")


if __name__ == "__main__":
    main()
