"""Those that spark.py measures on Spark, each with a JVM of its own: the same session, and results that were compared."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import workload_units
from beside import spark_by_hand

#: Of so many units the results are compared before the clock starts.
COMPARED = 5_000
CORES = 2
SETTINGS = {
    **spark_by_hand.SETTINGS,
    "spark.ui.enabled": "false",
    "spark.driver.memory": "2g",
}
#: The names of contestants; the second is the first in a JVM that compiles methods of any size.
BY_HAND, UNLIMITED, OURS = "spark-file", "spark-unlimited-file", "plumbline-spark-file"


def started(name: str) -> Any:
    """The Spark session of a contestant, in this process and with this process's own JVM."""
    from engine.batch.spark_run import session

    # Set for engines in this process; how many threads a worker has is for the run on Spark to say.
    os.environ.pop("POLARS_MAX_THREADS", None)
    settings = dict(SETTINGS)
    if name == UNLIMITED:
        settings["spark.driver.extraJavaOptions"] = "-XX:-DontCompileHugeMethods"
    found = session(f"local[{CORES}]", settings)
    atexit.register(found.stop)
    return found


def prepared(name: str, program: Any, data: Path, out: Path) -> Callable[[], object]:
    """From ``data`` to ``out``, after the same on fewer units gave what Polars alone gives.

    Raises ImportError without PySpark or Java, and AssertionError if a result differs.
    """
    from engine.batch.spark_run import SparkHands, SparkTrouble

    try:
        spark = started(name)
    except SparkTrouble as trouble:
        raise ImportError(trouble.key) from trouble

    def on_spark(data: Path, out: Path) -> None:
        ours(program, data, out, hands=SparkHands(spark))

    def by_hand(data: Path, out: Path) -> None:
        spark_by_hand.write(spark, data, out)

    write = on_spark if name == OURS else by_hand
    with tempfile.TemporaryDirectory() as folder:
        some, alone, beside = (Path(folder) / file for file in ("some.parquet", "alone", "beside"))
        workload_units.write_parquet(some, COMPARED)
        ours(program, some, alone)
        write(some, beside)
        found = our_results(beside) if name == OURS else results_by_hand(beside)
        wanted = our_results(alone)
        assert wanted.height == COMPARED
        differing = [column for column in wanted.columns if not wanted[column].equals(found[column])]
        assert found.columns == wanted.columns and not differing, f"{name} differs: {differing}"
        if name == BY_HAND:
            largest = spark_by_hand.largest_method(spark, some)
            assert largest <= spark_by_hand.METHOD_LIMIT, f"a method of {largest} bytes stays uncompiled"

    def fresh() -> None:
        shutil.rmtree(out, ignore_errors=True)
        write(data, out)

    return fresh


def ours(program: Any, data: Path, out: Path, **hands: Any) -> None:
    """What the command does: the verdicts and findings of every unit."""
    from engine.batch.run import Request, run

    outcome = run(Request(program, [data], out, only=("verdicts", "findings")), **hands)
    assert outcome.adds_up and not outcome.detour


def our_results(out: Path) -> pl.DataFrame:
    """Both tables of a run beside one another: a row for each unit, in order of its id."""
    verdicts, findings = (pl.read_parquet(out / table / "*.parquet") for table in ("verdicts", "findings"))
    kept = verdicts.select("unit", "kind", "verdict", "label")
    return _in_order(kept.join(findings, on="unit", validate="1:1"))


def results_by_hand(out: Path) -> pl.DataFrame:
    """The same of what was written by hand."""
    return _in_order(pl.read_parquet(out / "*.parquet").rename({"unit_kind": "kind"}))


def _in_order(results: pl.DataFrame) -> pl.DataFrame:
    return results.select(sorted(results.columns)).sort("unit")
