"""The channel is the same run after run: across hash seeds, in memory, and where durable-rules is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from durable_networks import big_network, some_leaves

from engine.inference.durable import (
    DurableChannel,
    DurablePool,
    available,
    compile_network,
    unavailable_reason,
)

ROOT = str(Path(__file__).resolve().parents[2])


def test_without_durable_rules_the_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    # this is how Python marks a module that must not be imported
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert not available()
    assert "durable_rules_engine" in (unavailable_reason() or "")


def test_compiling_does_not_need_durable_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    program = compile_network(big_network(1))
    assert program.rules
    with pytest.raises(ImportError):
        DurableChannel(program)


class TestWithDurableRules:
    @pytest.fixture(autouse=True)
    def _needed(self) -> None:
        pytest.importorskip("durable_rules_engine")

    def test_it_is_available(self) -> None:
        assert available()
        assert unavailable_reason() is None

    DIGEST = """
import hashlib, json
from durable_networks import big_network, some_leaves
from engine.inference.durable import DurableChannel, compile_network
digest = hashlib.sha256()
for seed in range(6):
    drawn = big_network(seed)
    program = compile_network(drawn)
    digest.update(json.dumps(program.to_json()).encode())
    channel = DurableChannel(program)
    for leaves in some_leaves(drawn, seed, 5):
        digest.update(repr(channel.conclude(leaves, trace=True)).encode())
print(digest.hexdigest())
"""

    def test_programs_conclusions_and_traces_do_not_depend_on_the_hash_seed(self) -> None:
        digests = {
            subprocess.run(
                [sys.executable, "-c", self.DIGEST],
                capture_output=True,
                text=True,
                check=True,
                env={
                    **os.environ,
                    "PYTHONHASHSEED": seed,
                    "TZ": zone,
                    "PYTHONPATH": os.pathsep.join((ROOT, str(Path(__file__).parent))),
                },
            ).stdout
            for seed, zone in (("0", "UTC"), ("1", "Asia/Shanghai"), ("4711", "America/New_York"))
        }
        assert len(digests) == 1

    @pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
    def test_memory_is_flat_over_twenty_thousand_units(self) -> None:
        drawn = big_network(2)
        units = some_leaves(drawn, 2, 200)
        with DurablePool(compile_network(drawn)) as pool:
            for _ in pool.run(unit for _ in range(10) for unit in units):
                pass
            before = {pid: resident_mb(pid) for pid in (os.getpid(), pool.pid or 0)}
            for _ in pool.run((unit for _ in range(100) for unit in units), trace=True):
                pass
            after = {pid: resident_mb(pid) for pid in before}
        # the state of one unit of this network takes 4 MB while it is alive
        assert all(after[pid] - before[pid] < 4 for pid in before), (before, after)


def resident_mb(pid: int) -> float:
    """Memory of a process that is in use, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
