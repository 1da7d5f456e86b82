"""The supervised child process: crashes, hangs, kills, full pipes, and what they cost (one unit, or nothing)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from durable_networks import LEAF, network

from engine.inference.durable import DurableFailure, DurablePool, DurableResult, compile_network
from engine.inference.durable_pool import Answer
from engine.inference.network import Node, Truth
from engine.inference.reference import Reference
from engine.messages import text

pytest.importorskip("durable_rules_engine")

NETWORK = network(*[LEAF] * 10, Node("any", tuple(range(5))), Node("at_least", tuple(range(10)), 4))
PROGRAM = compile_network(NETWORK)


def unit(number: int) -> list[Truth]:
    """The unit whose leaves spell ``number`` in binary; 511 is all true but the last."""
    return [*[bool(number >> i & 1) for i in range(10)], None, None]


def spelt(number: int) -> str:
    return "".join(str(number >> i & 1) for i in range(10))


def expected(number: int) -> DurableResult:
    return DurableResult(Reference(NETWORK).conclude(unit(number)))


def worker(folder: Path, behaviour: str) -> list[str]:
    """A command for a worker that runs ``behaviour`` before each ``unit``."""
    script = folder / "worker.py"
    script.write_text(
        "import ctypes, os, sys, time\n"
        "from pathlib import Path\n"
        "from engine.inference import durable_worker\n"
        "answer = durable_worker.answer\n"
        "def misbehave(engine, unit, trace):\n"
        f"    {behaviour}\n"
        "    return answer(engine, unit, trace)\n"
        "durable_worker.answer = misbehave\n"
        "durable_worker.main()\n"
    )
    return [sys.executable, str(script)]


def gone(pid: int) -> bool:
    """Whether no process has this id, not even a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_answers_come_in_order_for_any_number_of_units() -> None:
    with DurablePool(PROGRAM) as pool:
        for count in (0, 1, 2, 3, 63, 64, 65, 127, 128, 129, 500):
            assert list(pool.run(map(unit, range(count)))) == [expected(i) for i in range(count)]


def test_a_trace_if_asked_for() -> None:
    with DurablePool(PROGRAM) as pool:
        (traced,) = pool.run([unit(1)], trace=True)
        (plain,) = pool.run([unit(1)], trace=False)
    assert isinstance(traced, DurableResult)
    assert isinstance(plain, DurableResult)
    assert [firing.rule for firing in traced.firings] == [
        "10 true (1)",
        *[f.rule for f in traced.firings[1:]],
    ]
    assert plain.firings == ()


def test_units_are_read_as_they_are_needed() -> None:
    read = 0

    def units() -> Iterator[list[Truth]]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield unit(number)

    with DurablePool(PROGRAM) as pool:
        answers = pool.run(units())
        next(answers)
        assert read == 1
        for _ in range(500):
            next(answers)
        assert read <= 501 + 128


def test_a_segmentation_fault_costs_the_unit_that_it_happens_in(tmp_path: Path) -> None:
    command = worker(tmp_path, f"if unit == {spelt(300)!r}: ctypes.string_at(0)")
    with DurablePool(PROGRAM, command=command) as pool:
        answers = list(pool.run(map(unit, range(600))))
    crashed = answers.pop(300)
    assert crashed == DurableFailure("failure.durable-crashed", {"seconds": "10"})
    assert answers == [expected(i) for i in range(600) if i != 300]


def test_a_hanging_unit_is_given_up_after_the_timeout(tmp_path: Path) -> None:
    command = worker(tmp_path, f"while unit == {spelt(70)!r}: time.sleep(1)")
    with DurablePool(PROGRAM, timeout_s=1, command=command) as pool:
        started = time.monotonic()
        answers = list(pool.run(map(unit, range(100))))
        assert time.monotonic() - started < 30
    hung = answers.pop(70)
    assert hung == DurableFailure("failure.durable-timeout", {"seconds": "1"})
    assert text(hung.reason_key, "en", **hung.params) == (
        "internal error: durable-rules did not finish this unit within 1 s, twice"
    )
    assert answers == [expected(i) for i in range(100) if i != 70]


def test_a_slow_unit_in_a_batch_is_not_taken_for_a_hang(tmp_path: Path) -> None:
    command = worker(tmp_path, "time.sleep(0.02)")
    with DurablePool(PROGRAM, timeout_s=1, command=command) as pool:
        first = pool.pid
        assert list(pool.run(map(unit, range(100)))) == [expected(i) for i in range(100)]
        assert pool.pid == first


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    killed = []
    with DurablePool(PROGRAM) as pool:
        answers: list[Answer] = []
        for answer in pool.run(map(unit, range(800))):
            answers.append(answer)
            if len(answers) in (1, 100, 400, 401):
                assert pool.pid is not None
                killed.append(pool.pid)
                os.kill(pool.pid, signal.SIGKILL)
    assert answers == [expected(i) for i in range(800)]
    assert len(killed) == 4
    assert all(map(gone, killed))


def test_a_crash_that_does_not_happen_again_costs_nothing(tmp_path: Path) -> None:
    once = tmp_path / "once"
    command = worker(
        tmp_path,
        f"if unit == {spelt(5)!r} and not Path({str(once)!r}).exists(): Path({str(once)!r}).touch(); os._exit(1)",
    )
    with DurablePool(PROGRAM, command=command) as pool:
        assert list(pool.run(map(unit, range(20)))) == [expected(i) for i in range(20)]
    assert once.exists()


def test_a_worker_that_always_crashes_is_given_up(tmp_path: Path) -> None:
    with DurablePool(PROGRAM, command=worker(tmp_path, "os._exit(3)")) as pool:
        answers = list(pool.run(map(unit, range(200))))
    assert answers[:5] == [DurableFailure("failure.durable-crashed", {"seconds": "10"})] * 5
    assert answers[5:] == [DurableFailure("failure.durable-hopeless", {"times": 5})] * 195


def test_crashes_with_good_units_between_them_are_not_hopeless(tmp_path: Path) -> None:
    command = worker(tmp_path, "if unit.startswith('111'): os._exit(3)")
    with DurablePool(PROGRAM, command=command) as pool:
        answers = list(pool.run(map(unit, range(64))))
    bad = [i for i in range(64) if spelt(i).startswith("111")]
    assert len(bad) == 8
    assert [i for i, answer in enumerate(answers) if isinstance(answer, DurableFailure)] == bad
    assert [answers[i] for i in range(64) if i not in bad] == [expected(i) for i in range(64) if i not in bad]


@pytest.mark.parametrize(
    ("command", "detail"),
    [
        ([sys.executable, "-c", "import sys; sys.exit(1)"], ""),
        ([sys.executable, "-c", "print('! no such module')"], "no such module"),
        (["/nonexistent/python"], "[Errno 2] No such file or directory: '/nonexistent/python'"),
    ],
)
def test_a_worker_that_does_not_start(command: list[str], detail: str) -> None:
    with DurablePool(PROGRAM, command=command) as pool:
        answers = list(pool.run(map(unit, range(3))))
    assert answers == [DurableFailure("failure.durable-not-starting", {"detail": detail})] * 3


def test_an_error_of_the_c_module_costs_one_unit(tmp_path: Path) -> None:
    command = worker(
        tmp_path,
        f"if unit == {spelt(3)!r}: return '! Could not assert facts, error code: 303'\n"
        f"    if unit == {spelt(4)!r}: return 'x 10'",
    )
    with DurablePool(PROGRAM, command=command) as pool:
        answers = list(pool.run(map(unit, range(6))))
    assert answers[3:5] == [
        DurableFailure("failure.durable-error", {"detail": "Could not assert facts, error code: 303"}),
        DurableFailure("failure.durable-contradiction", {"what": "10 true"}),
    ]
    assert answers[:3] + answers[5:] == [expected(i) for i in (0, 1, 2, 5)]


def test_requests_and_answers_larger_than_any_pipe() -> None:
    wide = network(*[LEAF] * 20_000, Node("any", (0, 1)))
    units = [[i % 3 == 0, *[True] * 19_999, None] for i in range(200)]
    with DurablePool(compile_network(wide)) as pool:
        truths = [a.conclusions.truths for a in pool.run(units) if isinstance(a, DurableResult)]
    assert [t[0] for t in truths] == [i % 3 == 0 for i in range(200)]
    assert all(t[-1] is True for t in truths)


def test_a_network_without_leaves() -> None:
    with DurablePool(compile_network(network(Node("all")))) as pool:
        answers = [a.conclusions.truths for a in pool.run([[None]] * 3) if isinstance(a, DurableResult)]
    assert answers == [(True,)] * 3


def test_a_run_that_is_abandoned_does_not_disturb_the_next() -> None:
    with DurablePool(PROGRAM) as pool:
        answers = pool.run(map(unit, range(1000)))
        for _ in range(10):
            next(answers)
        answers.close()  # type: ignore[attr-defined]
        assert list(pool.run(map(unit, range(500, 600)))) == [expected(i) for i in range(500, 600)]


def test_an_error_in_the_source_of_units_reaches_the_caller() -> None:
    def units() -> Iterator[list[Truth]]:
        yield unit(1)
        raise RuntimeError("the workbook ended early")

    with DurablePool(PROGRAM) as pool:
        answers = pool.run(units())
        assert next(answers) == expected(1)
        with pytest.raises(RuntimeError, match="ended early"):
            next(answers)
        assert list(pool.run([unit(2)])) == [expected(2)]


def test_no_process_is_left_behind() -> None:
    pool = DurablePool(PROGRAM)
    pid = pool.pid
    assert pid is not None
    assert list(pool.run([unit(1)])) == [expected(1)]
    assert not gone(pid)
    pool.close()
    pool.close()
    assert gone(pid)


def test_a_pool_that_is_never_used_ends_too() -> None:
    with DurablePool(PROGRAM) as pool:
        pid = pool.pid
    assert pid is not None
    assert gone(pid)


FORGOTTEN = """
from engine.inference.durable import DurablePool, compile_network
from engine.inference.network import Network, Node
pool = DurablePool(compile_network(Network((Node("leaf"), Node("any", (0,))), {"r": 1})))
answers = pool.run([[True, None]] * 1000)
next(answers)
print(pool.pid)
"""


def test_a_pool_that_nobody_closes_ends_with_the_interpreter() -> None:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", FORGOTTEN],
        capture_output=True,
        text=True,
        timeout=20,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert gone(int(done.stdout))


INTERRUPTED = """
from engine.inference.durable import DurablePool, compile_network
from engine.inference.network import Network, Node
network = Network((Node("leaf"), Node("any", (0,))), {"r": 1})
with DurablePool(compile_network(network)) as pool:
    for number, _ in enumerate(pool.run(iter(lambda: [True, None], None))):
        if number == 100:
            print(pool.pid, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_ctrl_c_ends_both_processes() -> None:
    root = str(Path(__file__).resolve().parents[2])
    parent = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.killpg(parent.pid, signal.SIGINT)
    _, errors = parent.communicate(timeout=10)
    assert errors.strip().endswith("KeyboardInterrupt")
    assert parent.returncode == -signal.SIGINT
    assert gone(child)


def test_the_worker_imports_next_to_nothing() -> None:
    code = "import sys, engine.inference.durable_worker; print(*sys.modules)"
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    heavy = {
        "pydantic",
        "openpyxl",
        "lark",
        "networkx",
        "click",
        "yaml",
        "dataclasses",
        "subprocess",
        "durable",
    }
    assert heavy.isdisjoint(done.stdout.split())
