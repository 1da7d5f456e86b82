"""What the duty stage costs beside screening: units per second with full derivations, on the built-in policy and on one
with exactly 60 duties, over three years.

    python benchmarks/duties.py [--units 2000] [--rounds 5]

The sheets are the example's three-year workbook, repeated under new ids; the second policy keeps the built-in
screening and has as many duties as it says, those of the plan repeated under new ids or left out. Reading files is not
part of any figure. "Full derivations": every rule, duty period, procedure step and measure with what it follows from.
All are measured in turn (A B C A B C …); medians over the rounds.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.duties import actions, case_files, prepare_duties  # noqa: E402
from engine.duties.program import DutyProgram  # noqa: E402
from engine.explain.derivation import derivations  # noqa: E402
from engine.facts import read  # noqa: E402
from engine.facts.sheet import FactSheet  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.inference.evaluation import Program  # noqa: E402
from engine.project import load  # noqa: E402
from engine.project.policy import Policy  # noqa: E402

AS_OF = date(2020, 12, 31)
EXAMPLE = ROOT / "examples" / "changgang" / "three-years"


def with_duties(policy: Policy, count: int) -> Policy:
    """``policy`` with ``count`` duties, none of which waits for another."""
    own = [d for d in policy.duties.values() if d.due.event is None or d.due.event.kind != "duty"]
    duties = {}
    for i, duty in enumerate(islice(cycle(own), count)):
        id_ = duty.id if i < len(own) else f"{duty.id}_{i}"
        duties[id_] = replace(duty, id=id_)
    return replace(policy, duties=duties, measures={}, ladders={}, duty_tests={})


def screen(program: Program, units: Iterable[FactSheet]) -> None:
    """Screening with the derivation of every rule."""
    for evaluation in evaluate_all(program, units, engine="reference"):
        derivations(evaluation)


def work(program: DutyProgram, units: Iterable[FactSheet]) -> None:
    """Screening, duties and measures, with the derivation of every rule and every measure."""
    for case in case_files(
        program, evaluate_all(program.program, units, engine="reference"), engine="reference"
    ):
        derivations(case.evaluation)
        if case.measured is not None:
            derivations(case.measured)


def act(program: DutyProgram, units: Iterable[FactSheet]) -> None:
    """The same, and every action."""
    for case in case_files(
        program, evaluate_all(program.program, units, engine="reference"), engine="reference"
    ):
        actions(case)


def sheets(base: tuple[FactSheet, ...], count: int) -> Iterator[FactSheet]:
    """``count`` sheets: the example's, over and over, each time under a new id."""
    for i, sheet in enumerate(islice(cycle(base), count)):
        yield replace(sheet, unit=f"U{i}")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    policy = load(ROOT).policy
    assert policy is not None
    base = read([EXAMPLE / "office.xlsx"], policy).sheets
    units = list(sheets(base, options.units))
    built_in = prepare(policy, AS_OF)
    sixty = prepare(with_duties(policy, 60), AS_OF)
    duties, of_sixty = prepare_duties(built_in), prepare_duties(sixty)
    case = next(iter(case_files(of_sixty, evaluate_all(sixty, base, engine="reference"), engine="reference")))
    print(
        f"built-in: {len(policy.duties)} duties; 60 duties: {len(case.instances)} periods for the first unit"
    )
    runs: dict[str, Callable[[], None]] = {
        "screening alone": lambda: screen(built_in, units),
        "60 duties over three years": lambda: work(of_sixty, units),
        f"built-in plan, {len(policy.duties)} duties": lambda: work(duties, units),
        "built-in plan, with its actions": lambda: act(duties, units),
    }
    # As the commands do it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            found[name].append(len(units) / (time.perf_counter() - begin))
    print(f"\n{'with full derivations, reference channel':<44}{'units/s':>10}{'ratio to screening':>20}")
    for name, rates in found.items():
        ratio = median(a / b for a, b in zip(rates, found["screening alone"], strict=True))
        print(f"{name:<44}{median(rates):>10.0f}{ratio:>20.2f}")


if __name__ == "__main__":
    main()
