"""Killed anywhere and started again, a run gives the same bytes as one that was left alone, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import polars as pl
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BELLS = ROOT / "tests" / "cli" / "bells"


def data(folder: Path, ending: str) -> list[Path]:
    """Units of the bell plan with their listings, a few of them written oddly."""
    random = Random(5)
    ids = [f"U{i:04d}" for i in range(600)]
    units = pl.DataFrame(
        {
            "unit": ids,
            "name": [f"第{i}社区" for i in range(600)],
            "kind": [random.choice(["社区"] * 9 + ["镇"]) for _ in ids],
            "silent": [random.choice(["是", "是", "否", "", "也许"]) for _ in ids],
        }
    )
    listed = [id_ for id_ in ids if random.random() < 0.4]
    entries = pl.DataFrame(
        {"unit": listed, "entry": "列入", "day": [f"2018-0{random.randint(1, 9)}-01" for _ in listed]}
    )
    paths = [folder / f"units.{ending}", folder / f"list.{ending}"]
    for frame, path in zip((units, entries), paths, strict=True):
        if ending == "csv":
            frame.write_csv(path)
        else:
            frame.write_parquet(path)
    return paths


def start(out: Path, format_: str, n: int, files: list[Path]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        str(HERE / "killed_run.py"),
        str(BELLS),
        str(out),
        format_,
        str(n),
        *map(str, files),
    ]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> bool:
    """Whether it came to its end; False if it was killed."""
    _, said = process.communicate(timeout=300)
    assert process.returncode in (0, -signal.SIGKILL), said.decode()
    return process.returncode == 0


def content(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()
    }


@pytest.mark.parametrize(("ending", "format_"), [("parquet", "parquet"), ("csv", "csv")])
def test_killed_at_any_step_and_started_again(ending: str, format_: str, tmp_path: Path) -> None:
    files = data(tmp_path, ending)
    assert finished(start(tmp_path / "whole", format_, 0, files))
    whole = content(tmp_path / "whole")
    assert len(whole) > 5
    random, kills = Random(7), 0
    out = tmp_path / "out"
    for step in (3, 20, *(random.randint(1, 60) for _ in range(6))):
        if finished(start(out, format_, step, files)):
            break
        kills += 1
        assert not out.exists(), "results appeared before they were complete"
    else:
        assert finished(start(out, format_, 0, files))
    assert kills > 1
    assert content(out) == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*(file.name for file in files), "out", "whole"]
    )


def test_killed_by_the_clock(tmp_path: Path) -> None:
    files = data(tmp_path, "parquet")
    assert finished(start(tmp_path / "whole", "parquet", 0, files))
    out, random = tmp_path / "out", Random(11)
    for _ in range(4):
        process = start(out, "parquet", 0, files)
        time.sleep(random.uniform(0.8, 2.5))
        process.kill()
        if finished(process):
            break
    else:
        assert finished(start(out, "parquet", 0, files))
    assert content(out) == content(tmp_path / "whole")


def test_parts_of_another_run_are_not_used(tmp_path: Path) -> None:
    """Killed with one format, data and all, then started with another."""
    files = data(tmp_path, "parquet")
    assert finished(start(tmp_path / "whole", "csv", 0, files))
    assert not finished(start(tmp_path / "out", "parquet", 30, files))
    assert finished(start(tmp_path / "out", "csv", 0, files))
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_data_that_changed_between_is_read_anew(tmp_path: Path) -> None:
    files = data(tmp_path, "parquet")
    assert not finished(start(tmp_path / "out", "parquet", 40, files))
    frame = pl.read_parquet(files[0])
    frame.with_columns(name=pl.lit("改了名")).write_parquet(files[0])
    assert finished(start(tmp_path / "out", "parquet", 0, files))
    names = pl.read_parquet(tmp_path / "out" / "verdicts")["name"].unique().to_list()
    assert names == ["改了名"]


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    from engine.batch.work import Busy, WorkFolder

    first = WorkFolder(tmp_path / "out", {"run": 1})
    with pytest.raises(Busy):
        WorkFolder(tmp_path / "out", {"run": 2})
    first.close()
    WorkFolder(tmp_path / "out", {"run": 2}).close()
