"""The same run on Spark: the same files as on Polars, byte for byte, and errors that say what a cluster lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

import cli
from engine.batch import spark_run, spark_task
from engine.batch.run import Request, run
from engine.batch.spark_job import versions
from engine.batch.spark_run import SparkHands, SparkTrouble
from engine.inference import prepare
from engine.project import load

sys.path.append(str(Path(__file__).parents[1] / "inference"))
sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from all_expressions import project
from plan_data import write
from random_policies import AS_OF
from random_tables import register_rows, unit_rows, write_csv
from test_channels_agree import loaded

ROOT = Path(__file__).resolve().parents[2]
PLAN_DAY = date(2018, 12, 31)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert files
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def messy(tmp_path: Path) -> Request:
    """Tables as offices keep them, of which many units go through the per-unit engines, in several parts."""
    random = Random(7)
    folder = tmp_path / "data"
    folder.mkdir()
    write_csv(folder / "units.csv", unit_rows(random, 200, 0.1))
    write_csv(folder / "登记零.csv", register_rows(random, 200, 0.1))
    return Request(prepare(loaded(project()), AS_OF), [folder], tmp_path / "out", size=40)


def test_messy_tables(spark: Any, messy: Request) -> None:
    here = run(messy)
    expected = tree(messy.out)
    shutil.rmtree(messy.out)
    assert run(messy, hands=SparkHands(spark)) == here
    assert tree(messy.out) == expected
    assert here.complaints and here.detour and here.evaluated > 100


def test_the_whole_plan_with_its_duties(spark: Any, tmp_path: Path) -> None:
    policy = load(ROOT).policy
    assert policy is not None
    write(tmp_path / "data", 300, listed=0.5)
    request = Request(prepare(policy, PLAN_DAY), [tmp_path / "data"], tmp_path / "out", size=80)
    run(request)
    expected = tree(request.out)
    assert {name.split("/")[0] for name in expected} >= {"verdicts", "findings", "duties", "measures"}
    run(request, hands=SparkHands(spark))
    assert tree(request.out) == expected


def test_a_run_begun_here_goes_on_on_spark(spark: Any, messy: Request) -> None:
    run(messy)
    expected = tree(messy.out)

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done >= 80:
            raise Stopped

    with pytest.raises(Stopped):
        run(messy, stop)
    seen: list[int] = []
    run(messy, lambda done, total: seen.append(done), SparkHands(spark))
    assert seen[0] >= 80
    assert tree(messy.out) == expected


# -------------------------------------------------------------------------------------- what may be in the way


def test_files_that_a_worker_does_not_see(
    spark: Any, messy: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getcwd", lambda: "/no/such/folder")
    with pytest.raises(SparkTrouble) as trouble:
        run(messy, hands=SparkHands(spark))
    assert trouble.value.key == "batch.spark-not-shared"
    assert trouble.value.params["path"] == "/no/such/folder"


def test_another_version_on_the_workers(tmp_path: Path) -> None:
    found = spark_task.do(str(tmp_path), str(tmp_path), ("0", "0"), b"", b"")
    assert found is not None
    key, params = found
    assert key == "batch.spark-other-version"
    assert params["here"] == "plumbline 0, polars 0"
    assert versions()[0] in params["there"]


def test_a_worker_without_the_program() -> None:
    """The task itself needs no more than Python to say so."""
    call = f"exec(open({spark_task.__file__!r}).read()); print(do('/', '/', ('0', '0'), b'', b''))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", call], capture_output=True, text=True)
    assert done.stdout.startswith("('batch.spark-not-installed', {'host': "), done.stderr


ONLY = "error: `--master` goes with `--engine spark` only\n  help: add `--engine spark`\n"
CONF = (
    "error: `memory=4g` is no setting of Spark's\n"
    "  help: write a name and a value: `--spark-conf spark.executor.memory=4g`\n"
)
NO_PYSPARK = (
    "error: PySpark is not installed here\n"
    "  help: install it with `pip install 'plumbline[spark]'`, or leave out `--engine spark`\n"
)
NO_JAVA = (
    "error: Spark needs Java, and there is none here\n"
    "  help: install Java 17 or later, or set `JAVA_HOME`, or leave out `--engine spark`\n"
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--master", "local[2]"], ONLY),
        (["--engine", "spark", "--spark-conf", "memory=4g"], CONF),
        (["--engine", "spark", "no pyspark"], NO_PYSPARK),
        (["--engine", "spark", "no java"], NO_JAVA),
    ],
)
def test_what_is_missing_is_said(
    words: list[str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if words[-1] == "no pyspark":
        monkeypatch.setattr(spark_run, "find_spec", lambda name: None)
        words.pop()
    elif words[-1] == "no java":
        pytest.importorskip("pyspark")
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setattr(shutil, "which", lambda name: None)
        words.pop()
    data = str(ROOT / "examples" / "changgang" / "units.xlsx")
    line = ["--lang", "en", "--project", str(ROOT), "batch", data, "--as-of", "2018-12-31"]
    assert cli.run([*line, "--out", str(tmp_path / "out"), *words]) == 2
    assert capsys.readouterr().err == said
    assert not (tmp_path / "out").exists()
