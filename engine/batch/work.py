"""The folder that a run works in: finished parts are kept, so that a run that was stopped goes on where it was.

It lies beside the place of the results, which are put there by one renaming when everything is there.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from engine.batch.results import write_parquet

_IDENTITY = "run.json"


class Busy(Exception):
    """Another run is at work on the same results."""


#: Whose half-written files these are: several processes, on several machines, may write the same part.
_OWN = f".{socket.gethostname()}-{os.getpid()}.new"


class Work:
    """The folder of a run, for whoever does some of its tasks."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def state(self, name: str) -> Any:
        """What was kept under a name; None if that was not finished."""
        found = self.path / "state" / f"{name}.json"
        return json.loads(found.read_text(encoding="utf-8")) if found.is_file() else None

    def finished(self, name: str) -> bool:
        """Whether anything was kept under a name."""
        return (self.path / "state" / f"{name}.json").is_file()

    def keep(self, name: str, state: Any) -> None:
        """Keeps the state of something finished."""
        (self.path / "state").mkdir(exist_ok=True)
        _write(self.path / "state" / f"{name}.json", json.dumps(state, ensure_ascii=False, sort_keys=True))

    def table(self, name: str, part: int) -> Path:
        """Where a part of a result lies."""
        return self.path / "tables" / name / f"{part:05d}.parquet"

    def write(self, name: str, part: int, frame: pl.DataFrame) -> None:
        """Writes a part of a result, whole or not at all."""
        path = self.table(name, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(_OWN)
        write_parquet(beside, frame)
        os.replace(beside, path)


class WorkFolder(Work):
    """The parts of one run. ``identity``: all that the results depend on; the parts of another run are thrown away.

    Raises Busy if another process works there, and OSError if the folder cannot be made.
    """

    def __init__(self, out: Path, identity: Mapping[str, Any]) -> None:
        super().__init__(out.parent / f".{out.name}.part")
        self._out = out
        self.path.mkdir(exist_ok=True)
        self._handle = _locked(self.path)
        written = json.dumps(identity, ensure_ascii=False, sort_keys=True)
        found = self.path / _IDENTITY
        self.begun_before = found.is_file() and found.read_text(encoding="utf-8") == written
        if not self.begun_before:
            self._clear()
            _write(found, written)

    @property
    def results(self) -> Path:
        """Where the results are put together."""
        return self.path / "results"

    def finish(self) -> None:
        """Puts the results in their place, those of an earlier run away, and everything else too."""
        earlier = self._out.parent / f".{self._out.name}.earlier"
        if self._out.exists():
            shutil.rmtree(earlier, ignore_errors=True)
            os.replace(self._out, earlier)
        os.replace(self.results, self._out)
        shutil.rmtree(earlier, ignore_errors=True)
        self.discard()

    def discard(self) -> None:
        """Throws away everything that was kept."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.close()

    def close(self) -> None:
        """Leaves the folder to other runs."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _clear(self) -> None:
        for inside in self.path.iterdir():
            if inside.is_dir():
                shutil.rmtree(inside)
            else:
                inside.unlink()


def _locked(folder: Path) -> int | None:
    """A handle that keeps other processes away until it is closed or its process ends; None where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Busy from None
    except OSError:  # a network folder without locks
        os.close(handle)
        return None
    return handle


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(_OWN)
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def fingerprint(path: Path) -> list[Any]:
    """A file as a run takes it for unchanged: its place, size and time of change."""
    status = path.stat()
    return [str(path.resolve()), status.st_size, status.st_mtime_ns]
