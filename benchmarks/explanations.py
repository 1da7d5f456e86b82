"""What explaining a unit costs beside evaluating it: derivation, decisive sets, missing paths, change, next question.

    python benchmarks/explanations.py [--rounds 5]

The units are the example's thirty; the policy is loaded and the unit evaluated before, and each figure is of one unit,
the worst and the median of all. Evaluating the same unit is the alternative that ratios are to.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.explain.ask import questions  # noqa: E402
from engine.explain.decisive import decisive_facts  # noqa: E402
from engine.explain.derivation import derivation  # noqa: E402
from engine.explain.flip import flip  # noqa: E402
from engine.explain.tree_text import text_lines  # noqa: E402
from engine.explain.why_not import why_not  # noqa: E402
from engine.facts import read  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.inference.evaluation import Evaluation  # noqa: E402
from engine.project import load  # noqa: E402
from engine.report.graph_svg import graph_svg  # noqa: E402

EXAMPLE = ROOT / "examples" / "changgang"


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    policy = load(ROOT, tests=False).policy
    assert policy is not None
    program = prepare(policy, date(2018, 12, 31))
    sheets = read([EXAMPLE / "units.xlsx", EXAMPLE / "second-source"], policy).sheets
    units = [
        e for e in evaluate_all(program, sheets, engine="reference") if e.classification != "out_of_scope"
    ]
    looks: dict[str, Callable[[Evaluation], object]] = {
        "evaluate (the alternative)": lambda e: list(evaluate_all(program, [e.sheet], engine="reference")),
        "explain, the verdict's whole tree as text": lambda e: list(text_lines(derivation(e), "zh", 80)),
        "explain, as a picture": lambda e: graph_svg(derivation(e), "zh"),
        "all minimal decisive sets": lambda e: decisive_facts(e),
        "why not weak": lambda e: why_not(e),
        "flip": lambda e: flip(e),
        "ask": lambda e: questions(e),
    }
    times: dict[str, list[list[float]]] = {name: [[] for _ in units] for name in looks}
    gc.disable()
    for _ in range(rounds):
        for place, unit in enumerate(units):
            for name, look in looks.items():
                start = time.perf_counter()
                look(unit)
                times[name][place].append(time.perf_counter() - start)
        gc.collect()
    base = median(median(found) for found in times["evaluate (the alternative)"])
    print(f"{'':44}{'median ms':>10}{'worst ms':>10}{'to evaluate':>13}")
    for name, found in times.items():
        medians = [median(each) * 1000 for each in found]
        print(f"{name:44}{median(medians):10.2f}{max(medians):10.2f}{median(medians) / base / 1000:13.1f}")


if __name__ == "__main__":
    main()
