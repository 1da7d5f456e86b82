"""One child process of the durable channel, seen from its parent: lines out, lines in, and how it ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

#: ``-P`` keeps the working folder, which is somebody's data, off the module path.
COMMAND = (sys.executable, "-P", "-m", "engine.inference.durable_worker")


class ChildLost(Exception):
    """The child cannot answer any more. ``key`` names the message that says how: it ended, or it hung."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Child:
    """A running worker. Raises OSError if the process cannot be started.

    Each pipe has a thread of its own: neither a full pipe nor a hung child ever blocks the caller.
    """

    def __init__(self, command: Sequence[str], first_line: bytes) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        # at the latest when the interpreter ends, which must not find a thread waiting for an answer
        self._end = weakref.finalize(self, _kill, self._process)
        self._requests: SimpleQueue[bytes | None] = SimpleQueue()
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._threads = [threading.Thread(target=t, daemon=True) for t in (self._write, self._read)]
        for thread in self._threads:
            thread.start()
        self.send(first_line)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, line: bytes) -> None:
        """Hands ``line`` (with its end) over; returns at once, and a child that has ended loses it."""
        self._requests.put(line)

    def receive(self, timeout_s: float) -> str:
        """The next line, without its end. Raises ChildLost if the child ended or takes longer."""
        try:
            line = self._answers.get(timeout=timeout_s)
        except Empty:
            raise ChildLost("failure.durable-timeout") from None
        if line is None or not line.endswith(b"\n"):
            self._answers.put(None)
            raise ChildLost("failure.durable-crashed")
        return line[:-1].decode(errors="replace")

    def stop(self) -> None:
        """Kills the child and waits for it; it has nothing to lose. May be repeated."""
        self._end()
        self._requests.put(None)
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # what was still in the buffer has nowhere to go
                    continue

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            while (line := self._requests.get()) is not None:
                pipe.write(line)
                pipe.flush()
        except (OSError, ValueError):
            # the child has ended: the reading side notices and says so
            return

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        for line in pipe:
            self._answers.put(line)
        self._answers.put(None)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _environment() -> dict[str, str]:
    """Ours, with the place of this package first on the module path: a checkout need not be installed."""
    paths = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
