"""One of those whom country.py and spark.py measure, in a process of its own: prepared and checked first, run when told.

    python benchmarks/contestant.py NAME UNITS [FOLDER]

Writes a line of JSON when it is ready, and one after each run. What is not installed says so and ends.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]

#: Of so many units every contestant's results are compared with ours before it is timed.
CHECKED = 100
ENGINES = {
    "durable": "beside.durable_host",
    "zen": "beside.zen",
    "clips": "beside.clips_engine",
    "cedar": "beside.cedar",
    "rego": "beside.rego",
}
Run = Callable[[], object]


def program() -> Any:
    """The workload, fixed at its date."""
    import workload_units

    from engine.inference import prepare
    from engine.project import load

    policy = load(HERE / "workload", tests=False).policy
    assert policy is not None
    return prepare(policy, workload_units.AS_OF)


def screening() -> tuple[Any, Mapping[str, Any]]:
    """The workload compiled for tables in memory, and its outputs."""
    import workload_units
    from polars import Boolean, Date, Float64

    from engine.batch.layout import Layout, Stored
    from engine.batch.screening import Screening

    kinds: dict[Any, Any] = {Boolean: "boolean", Date: "date", Float64: "float"}
    facts = {
        name: Stored(next((s for kind, s in kinds.items() if found == kind), "whole"))
        for name, found in workload_units.FACTS.items()
    }
    made = Screening(program(), Layout({"unit_kind": Stored("text"), **facts}, {}, days_are_numbers=True))
    outputs = {rule: made.finding(rule) for rule in made.program.network.rules}
    outputs["label"] = made.choice("label")
    assert not made.obstacles
    return made, outputs


def ours(units: Any) -> Run:
    """Our screening of a table."""
    import narwhals as nw

    made, outputs = screening()
    return lambda: made.run(nw.from_native(units.lazy()), {}, outputs).to_native().collect()


def by_hand(units: Any) -> Run:
    """The same by hand."""
    import workload_units
    from beside import polars_by_hand

    return lambda: polars_by_hand.query(units.lazy(), workload_units.AS_OF).collect()


def same(found: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Raises if a result differs."""
    for number, (one, other) in enumerate(zip(found, wanted, strict=True)):
        for name, value in other.items():
            if name != "unit" and one.get(name) != value:
                raise AssertionError(f"unit {number}: {name} is {one.get(name)}, with us {value}")


def in_memory(name: str, units: int) -> Run:
    """A contestant over so many units in memory, after its results were compared with ours."""
    import workload_units

    some = workload_units.frame(CHECKED)
    wanted = ours(some)().to_dicts()  # type: ignore[attr-defined]
    if name in ("plumbline", "polars"):
        same(by_hand(some)().to_dicts(), wanted)  # type: ignore[attr-defined]
        table = workload_units.frame(units)
        return ours(table) if name == "plumbline" else by_hand(table)
    from beside.rules import rules_of

    if name == "openfisca":
        from beside import openfisca

        evaluate = openfisca.prepare(rules_of(program()))
        same(openfisca.results(evaluate(openfisca.arrays(some))).to_dicts(), wanted)
        arrays = openfisca.arrays(workload_units.frame(units))
        return lambda: evaluate(arrays)
    one_by_one = importlib.import_module(ENGINES[name]).prepare(rules_of(program()))
    same(one_by_one(some.to_dicts()), wanted)
    rows = workload_units.frame(units).to_dicts()
    return lambda: one_by_one(rows)


def from_file(name: str, folder: Path) -> Run:
    """Parquet to Parquet: the findings and the label of every unit."""
    import workload_units

    data, out = folder / "units.parquet", folder / f"out-{name}"

    def fresh() -> None:
        shutil.rmtree(out, ignore_errors=True)

    if name == "polars-file":
        import polars as pl
        from beside import polars_by_hand

        def scan_and_sink() -> None:
            fresh()
            out.mkdir()
            units = pl.scan_parquet(data)
            verdict = (
                pl.when(pl.col("weak"))
                .then(pl.lit("weak"))
                .when(~pl.col("weak"))
                .then(pl.lit("not_weak"))
                .otherwise(pl.lit("undetermined"))
            )
            query = polars_by_hand.query(units, workload_units.AS_OF, keep=("unit_kind",))
            query = query.with_columns(verdict.alias("verdict"))
            query.sink_parquet(out / "found.parquet", compression="zstd", compression_level=1)

        return scan_and_sink
    if "spark" in name:
        import spark_contestants

        return spark_contestants.prepared(name, program(), data, out)
    from engine.batch.run import Request, run

    made = program()

    def ours_whole() -> None:
        fresh()
        outcome = run(Request(made, [data], out, only=("verdicts", "findings")))
        assert outcome.adds_up

    return ours_whole


def plan(folder: Path) -> Run:
    """The built-in plan with duties and measures over three years, from Parquet to Parquet."""
    from engine.batch.run import Request, run
    from engine.inference import prepare
    from engine.project import load

    policy = load(ROOT, tests=False).policy
    assert policy is not None
    made, out = prepare(policy, date(2020, 12, 31)), folder.parent / "plan-out"

    def whole() -> None:
        shutil.rmtree(out, ignore_errors=True)
        outcome = run(Request(made, [folder], out))
        assert outcome.adds_up

    return whole


def main() -> None:
    """See the module."""
    name, units, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3] if len(sys.argv) > 3 else ".")
    # What engines print of their own must not come between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(**found: object) -> None:
        answers.write(json.dumps(found) + "\n")
        answers.flush()

    try:
        if name == "plan":
            run = plan(folder)
        else:
            run = from_file(name, folder) if name.endswith("-file") else in_memory(name, units)
    except ImportError as error:
        say(missing=str(error))
        return
    say(ready=True)
    for _ in sys.stdin:
        start, used = time.perf_counter(), time.process_time()
        run()
        seconds, processor = time.perf_counter() - start, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(seconds=seconds, processor=processor, peak=peak)


if __name__ == "__main__":
    main()
