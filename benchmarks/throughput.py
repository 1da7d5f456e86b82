"""Units per second of each channel on the built-in screening, with and without derivations and traces, against
durable-rules fed by hand with the same rules; and memory as the number of units grows.

    python benchmarks/throughput.py [--units 6000]

The fact sheets are the example's, repeated under new ids; reading files is not part of any figure.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.explain.derivation import derivation  # noqa: E402
from engine.facts import read  # noqa: E402
from engine.facts.sheet import FactSheet  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.inference.context import ContextBuilder  # noqa: E402
from engine.inference.evaluation import Program  # noqa: E402
from engine.inference.leaves import LeafDecider  # noqa: E402
from engine.project import load  # noqa: E402

AS_OF = date(2018, 12, 31)


def sheets(base: tuple[FactSheet, ...], count: int) -> Iterator[FactSheet]:
    """``count`` sheets: the example's, over and over, each time under a new id."""
    for i, sheet in enumerate(islice(cycle(base), count)):
        yield replace(sheet, unit=f"U{i}")


def rate(run: Callable[[], None], count: int) -> float:
    """Units per second, best of three."""
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begin)
    return count / best


def exhaust(iterator: Iterator[object]) -> None:
    """Run an iterator to its end."""
    for _ in iterator:
        pass


def with_derivations(program: Program, units: list[FactSheet]) -> None:
    """Reference channel, and every rule's derivation of every unit laid out in full."""
    for evaluation in evaluate_all(program, units, engine="reference"):
        for rule in program.policy.rules:
            exhaust(derivation(evaluation, rule).walk())


class ByHand:
    """durable-rules as its users would call it: one rule per any-of branch and per all-of, through ``Host``-less
    calls of its own C module, no unknowns, no checks, no comparison; the floor that the channel is held against."""

    def __init__(self, program: Program) -> None:
        import durable_rules_engine as native  # type: ignore[import-not-found]

        self._native = native
        rules: dict[str, object] = {"always": {"all": [{"m": {"start": 1}}], "run": "always"}}
        self._parents: dict[str, tuple[str, str]] = {}
        for index, node in enumerate(program.network.nodes):
            literal = f"n{index}"
            if node.kind == "any":
                for i, below in enumerate(node.inputs):
                    rules[f"{literal}_{i}"] = {"all": [{"m": {f"n{below}": 1}}], "run": literal}
            elif node.kind == "all":
                premises = [{f"m{i}": {f"n{below}": 1}} for i, below in enumerate(dict.fromkeys(node.inputs))]
                rules[literal] = {"all": premises, "run": literal}
        self._handle = native.create_ruleset("byhand", json.dumps(rules))
        self._rules = rules

    def run(self, leaves: list[bool | None], sid: str) -> None:
        """One unit: true leaves in, whatever follows out."""
        native, handle = self._native, self._handle
        native.assert_fact(handle, json.dumps({"sid": sid, "id": "s", "start": 1}))
        for i, truth in enumerate(leaves):
            if truth is True:
                native.assert_fact(handle, json.dumps({"sid": sid, "id": f"f{i}", f"n{i}": 1}))
        asserted: set[str] = set()
        while True:
            result = native.start_action(handle)
            if not result:
                break
            _, message, offset = result
            while message:
                name = next(iter(json.loads(message)))
                concluded = self._rules[name]["run"]  # type: ignore[index]
                if concluded != "always" and concluded not in asserted:
                    asserted.add(concluded)
                    native.assert_fact(handle, json.dumps({"sid": sid, "id": f"c{concluded}", concluded: 1}))
                message = native.complete_and_start_action(handle, offset)
        native.delete_state(handle, sid)


def memory_mib() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=6000)
    count = parser.parse_args().units
    policy = load(ROOT).policy
    assert policy is not None
    base = read([ROOT / "examples" / "changgang" / "units.xlsx"], policy).sheets
    program = prepare(policy, AS_OF)
    units = list(sheets(base, count))
    few = units[: count // 4]
    figures = {
        "reference, no derivation": rate(
            lambda: exhaust(evaluate_all(program, units, engine="reference")), count
        ),
        "reference, full derivations": rate(lambda: with_derivations(program, few), len(few)),
        "durable-rules channel": rate(
            lambda: exhaust(evaluate_all(program, few, engine="durable")), len(few)
        ),
        "durable-rules channel, traces": rate(
            lambda: exhaust(evaluate_all(program, few, engine="durable", trace=True)), len(few)
        ),
        "both, compared": rate(lambda: exhaust(evaluate_all(program, few, engine="both")), len(few)),
        "both, compared, traces": rate(
            lambda: exhaust(evaluate_all(program, few, engine="both", trace=True)), len(few)
        ),
    }
    by_hand = ByHand(program)
    contexts = ContextBuilder(program)
    decider = LeafDecider(program, contexts)
    leaves = [decider.decide(contexts.context(sheet))[0] for sheet in few]

    def feed_by_hand() -> None:
        for i, decided in enumerate(leaves):
            by_hand.run(decided, f"s{i}")

    hand = rate(feed_by_hand, len(few))
    figures["durable-rules by hand, true facts only"] = hand
    print(f"{'channel':<42}{'units/s':>10}{'ratio to by hand':>18}")
    for name, figure in figures.items():
        print(f"{name:<42}{figure:>10.0f}{figure / hand:>18.2f}")
    print("\npeak memory of this process as units stream through both channels")
    for n in (count // 8, count // 2, count):
        exhaust(evaluate_all(program, sheets(base, n), engine="both"))
        print(f"{n:>8} units {memory_mib():>8.0f} MiB")


if __name__ == "__main__":
    main()
