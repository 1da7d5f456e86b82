"""What compiling for columns costs: the built-in plan with its duties, and a policy of thousands of rules.

    python benchmarks/compiling.py [--rules 2000] [--units 10000] [--rounds 5]

Compiling is everything between the linked policy and tables that can be run: fixing it at a date, its duties, and every
expression for columns. Loading the files is measured beside it. The large policy is then run, for a plan that only
compiles is of no use. Processor time and the clock are both shown: on a busy machine they differ.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import large_policy  # noqa: E402
import narwhals as nw  # noqa: E402

from engine.batch import outputs  # noqa: E402
from engine.batch.layout import usual_layout  # noqa: E402
from engine.batch.screening import Screening  # noqa: E402
from engine.batch.stages import Plan, Stages  # noqa: E402
from engine.inference import prepare  # noqa: E402
from engine.project import load  # noqa: E402
from engine.project.policy import Policy  # noqa: E402

BUILT_IN = date(2018, 12, 31)


def loaded(folder: Path) -> Policy:
    """The policy in a folder, without its tests."""
    found = load(folder, tests=False).policy
    assert found is not None
    return found


def compiled(policy: Policy, as_of: date) -> Stages:
    """A policy ready to run over tables of the usual layout, with all that it has: verdicts, findings, duties, measures."""
    plan = Plan(prepare(policy, as_of), ("verdicts", "findings", "duties", "measures"), False)
    plan.uses()
    return Stages(plan, usual_layout(policy))


def screened(policy: Policy, units: int) -> Callable[[], object]:
    """A run of the large policy's screening over so many units, compiled before."""
    screening = Screening(prepare(policy, large_policy.AS_OF), usual_layout(policy))
    columns = {column.name: column.expr for column in outputs.finding_columns(screening)}
    columns["verdict"] = screening.classification()
    table, registers = large_policy.tables(units)
    rows = {id_: nw.from_native(found.lazy()) for id_, found in registers.items()}

    def run() -> object:
        return screening.run(nw.from_native(table.lazy()), rows, columns).collect()

    return run


def measured(run: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """The first time and the median of the others by the clock, and their processor time, in milliseconds."""
    clock, processor = [], []
    for _ in range(rounds + 1):
        gc.collect()
        at, used = time.perf_counter(), time.process_time()
        run()
        clock.append((time.perf_counter() - at) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return clock[0], median(clock[1:]), median(processor[1:])


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=int, default=2000)
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large_policy.write(folder, options.rules)
        plan, large = loaded(ROOT), loaded(folder)
        runs: dict[str, Callable[[], object]] = {
            "load the built-in plan": lambda: loaded(ROOT),
            "compile the built-in plan": lambda: compiled(plan, BUILT_IN),
            f"load {options.rules:,} rules": lambda: loaded(folder),
            f"compile {options.rules:,} rules": lambda: compiled(large, large_policy.AS_OF),
            f"screen {options.units:,} units by them": screened(large, options.units),
        }
        print(f"{'':36}{'first ms':>10}{'median ms':>11}{'processor ms':>14}")
        for what, run in runs.items():
            first, clock, processor = measured(run, options.rounds)
            print(f"{what:36}{first:10.0f}{clock:11.0f}{processor:14.0f}", flush=True)


if __name__ == "__main__":
    main()
