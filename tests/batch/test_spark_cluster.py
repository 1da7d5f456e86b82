"""The command on a cluster of two workers, started as the documentation says; one of them is killed at work."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

sys.path.append(str(Path(__file__).parents[1] / "inference"))
sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from all_expressions import project
from plan_data import write
from random_policies import AS_OF, write_project
from random_tables import unit_rows, write_csv
from test_batch_on_spark import tree

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "examples" / "spark" / "local-cluster.sh"
#: The program from this checkout, for the cluster's Python processes too.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHON": sys.executable}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a cluster, and the folder that it keeps its logs and process ids in."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not installed here")
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = subprocess.run(
        [SCRIPT, "start", folder, str(port)], env=ENVIRONMENT, capture_output=True, text=True, timeout=240
    )
    assert started.returncode == 0, started.stderr
    try:
        yield started.stdout.strip(), folder
    finally:
        subprocess.run([SCRIPT, "stop", folder], env=ENVIRONMENT, check=True, timeout=120)
        assert not list(folder.glob("*.pid"))


def plumbline(*words: str | Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "cli", "--lang", "en", *words]
    return subprocess.run(line, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=400)


def test_the_command_gives_the_same_files(cluster: tuple[str, Path], tmp_path: Path) -> None:
    write(tmp_path / "data", 300, listed=0.5)
    line = ["batch", tmp_path / "data", "--as-of", "2018-12-31", "--out", tmp_path / "out"]
    here = plumbline(*line)
    expected = tree(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    there = plumbline(*line, "--engine", "spark", "--master", cluster[0])
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout), there.stderr
    assert tree(tmp_path / "out") == expected


def test_a_master_that_is_none(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    write(tmp_path / "data", 10)
    line = ["batch", tmp_path / "data", "--as-of", "2018-12-31", "--out", tmp_path / "out"]
    done = plumbline(*line, "--engine", "spark", "--master", "cluster:7077")
    assert done.returncode == 2, done.stderr
    assert "error: Spark cannot be started with the master `cluster:7077`: " in done.stderr
    assert "  help: check the address, as in `--master spark://host:7077`" in done.stderr
    assert "Traceback" not in done.stderr


SMALL_PARTS = """
import sys
from datetime import date
from pathlib import Path
from engine.batch.run import Request, run
from engine.batch.spark_run import SparkHands, session
from engine.batch.tasks import in_this_process
from engine.inference import prepare
from engine.project import load
project, data, out, master = sys.argv[1:]
program = prepare(load(Path(project)).policy, date.fromisoformat("AS_OF"))
hands = SparkHands(session(master, {})) if master else in_this_process
run(Request(program, [Path(data)], Path(out), size=60), hands=hands)
""".replace("AS_OF", AS_OF.isoformat())


def test_a_worker_is_killed_at_work(cluster: tuple[str, Path], tmp_path: Path) -> None:
    master, folder = cluster
    write_project(tmp_path / "plan", project())
    (tmp_path / "data").mkdir()
    write_csv(tmp_path / "data" / "units.csv", unit_rows(Random(3), 1500, 0.02))

    def begun(out: str, master: str) -> subprocess.Popen[str]:
        words = [tmp_path / "plan", tmp_path / "data", tmp_path / out, master]
        line = [sys.executable, "-c", SMALL_PARTS, *map(str, words)]
        return subprocess.Popen(line, env=ENVIRONMENT, cwd=tmp_path, stderr=subprocess.PIPE, text=True)

    here = begun("out", "")
    assert here.wait(400) == 0
    expected = tree(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")

    # The same place again: where results go is nothing that they may depend on, but where they come from is written in them.
    there = begun("out", master)
    states = tmp_path / ".out.part" / "state"
    for _ in range(4000):
        if there.poll() is not None or (states.is_dir() and any(states.iterdir())):
            break
        time.sleep(0.05)
    assert there.poll() is None, "the run was over before a worker could be killed"
    os.kill(int((folder / "worker-1.pid").read_text()), signal.SIGKILL)
    _, said = there.communicate(timeout=400)
    assert there.returncode == 0, said
    assert tree(tmp_path / "out") == expected
