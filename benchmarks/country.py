"""A whole country beside its alternatives, in one table: every aim of this project's columnar evaluation, measured in turn.

    python benchmarks/country.py [--full] [--only memory,one,file,flat,compile,plan] [--units 1000000] [--rounds 5]

Contestants are processes of their own, which hold their data and wait; they run one after the other, round by round, so
that a drifting machine does the same to all. Ratios are medians over the rounds. Each alternative's results are compared
with ours before it is timed. Without ``--full`` files have 1,000,000 units and the plan 20,000; with it 5,000,000 and
690,000, which takes some minutes and 10 GB of disk. The table is Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

PARTS = ("memory", "one", "file", "flat", "compile", "plan")
#: Name, title, package, units that it bears, and how many times faster we want to be.
COLUMNAR = [("polars", "Polars, by hand", None, 0.8), ("openfisca", "OpenFisca", "openfisca-core", 2.0)]
ONE_BY_ONE = [
    ("zen", "GoRules Zen", "zen-engine", 1_000),
    ("clips", "CLIPS", "clipspy", 500),
    ("cedar", "Cedar", "cedarpy", 500),
    ("durable", "durable-rules, Host", "durable-rules", 150),
    ("rego", "Rego (rego-cpp)", "regopy", 50),
]
MUCH_FASTER = 1000


@dataclass(frozen=True)
class Row:
    """A line of the table. ``met``: None where nothing is aimed at."""

    what: str
    shown: str
    beside: str
    aim: str
    met: bool | None


class Contestant:
    """A process that waits for its turns."""

    def __init__(self, name: str, units: int, threads: int, folder: Path | None = None) -> None:
        self.name = name
        self.units = units
        command = [sys.executable, str(HERE / "contestant.py"), name, str(units)]
        environment = {**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONHASHSEED": "0"}
        # What engines say on the way is kept for the case that they stop; a pipe that nobody reads would fill up.
        self._told = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._process = subprocess.Popen(
            [*command, *([str(folder)] if folder else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._told,
            env=environment,
            text=True,
        )
        self.turns: list[dict[str, float]] = []
        self.missing: str | None = None
        first = self._answer()
        if "missing" in first:
            self.missing = str(first["missing"])

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._told.seek(0)
            raise SystemExit(f"{self.name} stopped:\n{self._told.read()[-4000:]}")
        found: dict[str, Any] = json.loads(line)
        return found

    def turn(self, kept: bool = True) -> None:
        """Run once; not ``kept``: to warm up."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        found = self._answer()
        if kept:
            self.turns.append(found)

    @property
    def seconds(self) -> list[float]:
        """The seconds of each turn."""
        return [turn["seconds"] for turn in self.turns]

    @property
    def speed(self) -> float:
        """Units a second."""
        return self.units / median(self.seconds)

    @property
    def peak(self) -> float:
        """The most memory that it has had, in MiB."""
        return max(turn["peak"] for turn in self.turns)

    def end(self) -> None:
        """No more turns."""
        self._process.communicate()
        self._told.close()


def in_turn(contestants: Sequence[Contestant], rounds: int, warm: bool = True) -> list[Contestant]:
    """Those that are there, each having had its turns."""
    there = [one for one in contestants if one.missing is None]
    for one in there if warm else ():
        one.turn(kept=False)
    for _ in range(rounds):
        for one in there:
            one.turn()
    return there


def ratio(ours: Contestant, other: Contestant) -> float:
    """How many times as fast we are, unit by unit."""
    return median(
        (b / other.units) / (a / ours.units) for a, b in zip(ours.seconds, other.seconds, strict=True)
    )


def worked(ours: Contestant, other: Contestant) -> float:
    """The same in processor time, which other programs on the machine change less."""
    a, b = (median(turn["processor"] for turn in one.turns) / one.units for one in (ours, other))
    return b / a


def said(what: str) -> None:
    """Where it stands, for whoever waits."""
    print(f"… {what}", file=sys.stderr, flush=True)


def speed(number: float) -> str:
    """Units a second, short."""
    return f"{number / 1e6:.1f} million" if number >= 1e6 else f"{number:,.0f}"


def not_there(title: str, package: str | None, aim: str) -> Row:
    """A line for what is not installed."""
    return Row(title, "not installed", f"`pip install {package or title}`", aim, None)


# ------------------------------------------------------------------------------------------------------- parts


def memory(units: int, rounds: int) -> Iterable[Row]:
    """Tables in memory, with one thread and with two."""
    for threads in (1, 2):
        said(f"{units:,} units in memory, {threads} thread{'s' if threads > 1 else ''}")
        ours = Contestant("plumbline", units, threads)
        columnar = [(Contestant(n, units, threads), n, t, p, aim) for n, t, p, aim in COLUMNAR]
        slow = []
        if threads == 1:
            slow = [(Contestant(n, many, 1), n, t, p, MUCH_FASTER) for n, t, p, many in ONE_BY_ONE]
        in_turn([ours, *(c[0] for c in columnar)], rounds)
        in_turn([c[0] for c in slow], min(rounds, 2), warm=False)
        what = f"screening {units:,} units in memory, {threads} thread{'s' if threads > 1 else ''}"
        yield Row(what, f"{speed(ours.speed)}/s", "", "", None)
        for one, _, title, package, aim in [*columnar, *slow]:
            wanted = f"{aim:,} times" if aim >= 1 else f"{aim} of it"
            if one.missing is not None:
                yield not_there(title, package, wanted)
                continue
            times = ratio(ours, one) if one.units == ours.units else ours.speed / one.speed
            shown = f"{times:,.2f} times" if times < 100 else f"{times:,.0f} times"
            if threads == 1 and one.units == ours.units:
                shown += f", {worked(ours, one):,.2f} in processor time"
            yield Row(f"· to {title}", shown, f"{speed(one.speed)}/s", wanted, times >= aim)
        for one in (ours, *(c[0] for c in columnar), *(c[0] for c in slow)):
            one.end()


def one(_: int, rounds: int) -> Iterable[Row]:
    """One unit at a time on the reference channel."""
    said("one unit at a time")
    import one_unit
    import workload_units

    made = one_unit.program(one_unit.WORKLOAD, workload_units.AS_OF)
    sheets = [one_unit.sheet(unit) for unit in workload_units.frame(2_000).to_dicts()]
    runs = {
        "verdict": one_unit.evaluating(made, sheets, lambda e: e.classification),
        "with derivations of all rules": one_unit.evaluating(made, sheets, one_unit.derivations),
    }
    import time

    for (what, run), aim in zip(runs.items(), (30, 150), strict=True):
        found = []
        for _ in range(rounds):
            start = time.process_time()
            run()
            found.append((time.process_time() - start) / len(sheets) * 1e6)
        shown = median(found)
        yield Row(f"one unit, reference channel, {what}", f"{shown:.1f} µs", "", f"{aim} µs", shown < aim)


def file(units: int, rounds: int) -> Iterable[Row]:
    """Parquet to Parquet beside a scan and sink by hand."""
    import workload_units

    said(f"writing {units:,} units")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workload_units.write_parquet(folder / "units.parquet", units)
        said(f"{units:,} units from Parquet to Parquet")
        pair = [Contestant(n, units, 2, folder) for n in ("plumbline-file", "polars-file")]
        in_turn(pair, min(rounds, 3), warm=False)
        ours, hand = pair
        times = 1 / ratio(ours, hand)
        what = f"{units:,} units from Parquet to Parquet"
        yield Row(
            what,
            f"{median(ours.seconds):.1f} s, {times:.2f} of the time by hand",
            f"{median(hand.seconds):.1f} s",
            "1.5 of it",
            times <= 1.5,
        )
        yield Row(
            "· most memory", f"{ours.peak:,.0f} MiB", f"{hand.peak:,.0f} MiB", "2 GiB", ours.peak < 2048
        )
        for one in pair:
            one.end()


def flat(units: int, rounds: int) -> Iterable[Row]:
    """Whether a unit costs more the more there are. What a run costs by itself, with hardly any units, is told beside it."""
    import workload_units

    few, sizes = 100, [size for size in (10_000, 100_000, 1_000_000, 5_000_000) if size <= units]
    took = {}
    for size in (few, *sizes):
        said(f"{size:,} units from Parquet to Parquet, for the cost of one")
        with tempfile.TemporaryDirectory() as name:
            workload_units.write_parquet(Path(name) / "units.parquet", size)
            ours = Contestant("plumbline-file", size, 2, Path(name))
            in_turn([ours], rounds if size < 1_000_000 else 1)
            took[size] = min(turn["processor"] for turn in ours.turns)
            ours.end()
    costs = {size: took[size] / size * 1e6 for size in sizes}
    shown = ", ".join(f"{size:,}: {cost:.2f} µs" for size, cost in costs.items())
    grown = costs[sizes[-1]] / min(costs.values())
    yield Row(
        "processor time of a unit, Parquet to Parquet",
        f"{shown}; the last {grown:.2f} times the least",
        f"{took[few] * 1000:.0f} ms of each run whatever its units",
        "no growth",
        grown <= 1.25,
    )


def compile_(_: int, rounds: int) -> Iterable[Row]:
    """What compiling costs."""
    said("compiling")
    import compiling
    import large_policy

    plan = compiling.loaded(compiling.ROOT)
    _, _, took = compiling.measured(lambda: compiling.compiled(plan, compiling.BUILT_IN), rounds)
    yield Row("compiling the built-in plan with its duties", f"{took:.0f} ms", "", "150 ms", took < 150)
    with tempfile.TemporaryDirectory() as name:
        large_policy.write(Path(name), 2000)
        large = compiling.loaded(Path(name))
    _, _, took = compiling.measured(lambda: compiling.compiled(large, large_policy.AS_OF), min(rounds, 2))
    yield Row("compiling a policy of 2,000 rules", f"{took:.0f} ms", "", "2,000 ms", took < 2000)


def plan(units: int, _: int) -> Iterable[Row]:
    """The built-in plan with its duties over three years."""
    import plan_data

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        said(f"writing {units:,} units of the built-in plan with their registers")
        counts = plan_data.write(folder, units)
        rows = sum(count for table, count in counts.items() if table != "units") / units
        said(f"the built-in plan over three years, {units:,} units, {rows:.0f} rows of registers each")
        ours = Contestant("plan", units, 2, folder)
        in_turn([ours], 1, warm=False)
        took = ours.seconds[0]
        whole = units >= 690_000
        yield Row(
            f"built-in plan, duties and measures over three years, {units:,} units with {rows:.0f} rows each",
            f"{took:.1f} s, {units / took:,.0f} units/s",
            "",
            "60 s for 690,000",
            took < 60 if whole else units / took > 690_000 / 60,
        )
        yield Row("· most memory", f"{ours.peak:,.0f} MiB", "", "4 GiB", ours.peak < 4096 if whole else None)
        ours.end()


def kept_going(part: str, rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows of a part; one that fails says so in the table, and the others follow."""
    try:
        yield from rows()
    except (Exception, SystemExit) as error:
        print(f"{part}: {error}", file=sys.stderr)
        yield Row(part, "failed", "see the messages", "", False)


def table(rows: Iterable[Row]) -> None:
    """Prints lines of Markdown as they come."""
    print("| | measured | beside it | aim | |")
    print("|---|---:|---:|---:|---|")
    for row in rows:
        met = {None: "", True: "met", False: "**missed**"}[row.met]
        print(f"| {row.what} | {row.shown} | {row.beside} | {row.aim} | {met} |", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="5,000,000 units in files, 690,000 of the plan")
    parser.add_argument("--only", default=",".join(PARTS), help="parts of the table, with commas")
    parser.add_argument("--units", type=int, default=1_000_000, help="units in memory")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    chosen = options.only.split(",")
    if unknown := sorted(set(chosen) - set(PARTS)):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    in_files = 5_000_000 if options.full else 1_000_000
    made = {
        "memory": lambda: memory(options.units, options.rounds),
        "one": lambda: one(options.units, options.rounds),
        "file": lambda: file(in_files, options.rounds),
        "flat": lambda: flat(in_files, options.rounds),
        "compile": lambda: compile_(options.units, options.rounds),
        "plan": lambda: plan(690_000 if options.full else 20_000, options.rounds),
    }
    table(row for part in PARTS if part in chosen for row in kept_going(part, made[part]))


if __name__ == "__main__":
    main()
