"""One unit at a time by the reference channel, policy loaded: with and without its derivation, beside plain Python.

    python benchmarks/one_unit.py [--units 2000] [--rounds 7]

The workload's plan and units, and the built-in plan with the example's. Each figure is the time of one unit, from its
fact sheet to an Evaluation of which verdict and findings can be read; ``conclude`` of ``python_by_hand.py`` is the same
plan as a function that does nothing else. All are measured in turn, the best and the median of the rounds: on a busy
machine the best is nearer to what the work costs, and the ratio says more than either.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import workload_units  # noqa: E402
from python_by_hand import CONCLUSIONS, conclude  # noqa: E402

from engine.explain.derivation import derivation, derivations  # noqa: E402
from engine.facts import given, read  # noqa: E402
from engine.facts.sheet import FactSheet, Observation, Source  # noqa: E402
from engine.inference import Evaluator, evaluate_all, prepare  # noqa: E402
from engine.inference.evaluation import Program  # noqa: E402
from engine.project import load  # noqa: E402

WORKLOAD = ROOT / "benchmarks" / "workload"
HAND = "plain Python, answers only"


def program(folder: Path, as_of: date) -> Program:
    """A policy at a date."""
    policy = load(folder, tests=False).policy
    assert policy is not None
    return prepare(policy, as_of)


def sheet(unit: dict[str, Any]) -> FactSheet:
    """A row of the workload as a fact sheet."""
    source = Source("units")

    def seen(value: Any) -> tuple[Observation, ...]:
        exact = (
            Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
        )
        return (Observation(exact, str(value), source),)

    facts = {fact: seen(unit[fact]) for fact in workload_units.FACTS if unit[fact] is not None}
    return FactSheet(unit["unit"], "", seen(unit["unit_kind"]), facts, {})


def agree(workload: Program, units: Sequence[dict[str, Any]], sheets: Sequence[FactSheet]) -> None:
    """Both say the same of every unit."""
    for unit, evaluation in zip(units, evaluate_all(workload, sheets, engine="reference"), strict=True):
        found = tuple(evaluation.finding(rule) for rule in CONCLUSIONS)
        assert found == conclude(unit), unit


def evaluating(of: Program, sheets: Sequence[FactSheet], look: Callable[[Any], object]) -> Callable[[], None]:
    """A run over the sheets, one by one."""
    evaluator = Evaluator(of, at_once=True)

    def run() -> None:
        for one in sheets:
            look(evaluator.evaluate(one))

    return run


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    workload = program(WORKLOAD, workload_units.AS_OF)
    units = workload_units.frame(options.units).to_dicts()
    sheets = [sheet(unit) for unit in units]
    agree(workload, units, sheets)
    built_in = program(ROOT, date(2018, 12, 31))
    example = read([ROOT / "examples" / "changgang" / "units.xlsx"], built_in.policy).sheets
    example = (example * (options.units // len(example) + 1))[: options.units]

    def by_hand() -> None:
        for unit in units:
            conclude(unit)

    def alone() -> None:
        for one in sheets[:20]:
            (evaluation,) = evaluate_all(workload, [one], engine="reference")
            assert evaluation.classification

    names = workload_units.FACTS
    written = [
        {"id": u["unit"], "kind": u["unit_kind"], "facts": {f: u[f] for f in names}} for u in units[:100]
    ]

    def reading() -> None:
        for unit in written:
            given([unit], workload.policy)

    runs: dict[str, tuple[Callable[[], None], int]] = {
        HAND: (by_hand, options.units),
        "verdict": (evaluating(workload, sheets, lambda e: e.classification), options.units),
        "verdict and all findings": (
            evaluating(workload, sheets, lambda e: [e.finding(rule) for rule in CONCLUSIONS]),
            options.units,
        ),
        "what would settle what is open": (evaluating(workload, sheets, lambda e: e.missing), options.units),
        "derivation of the verdict": (evaluating(workload, sheets, derivation), options.units),
        "derivations of all rules": (evaluating(workload, sheets, derivations), options.units),
        "one unit with nothing made ready": (alone, 20),
        "checking a dict into a fact sheet": (reading, len(written)),
        "built-in plan, verdict": (evaluating(built_in, example, lambda e: e.classification), options.units),
        "built-in plan, derivations of all rules": (
            evaluating(built_in, example, derivations),
            options.units,
        ),
    }
    # What stays for the whole run is no work of the engine's: keep the collector from going through it.
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, (run, count) in runs.items():
            start = time.process_time()
            run()
            times[name].append((time.process_time() - start) / count * 1e6)
    print(f"{'one unit':42}{'best µs':>9}{'median µs':>11}{'to plain Python':>17}")
    for name, found in times.items():
        ratio = min(found) / min(times[HAND])
        print(f"{name:42}{min(found):9.1f}{median(found):11.1f}{ratio:17.1f}")


if __name__ == "__main__":
    main()
