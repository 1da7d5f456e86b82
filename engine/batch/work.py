"""The folder that a run works in: finished parts are kept, so that a run that was stopped goes on where it was.

It lies beside the place of the results and becomes them by one renaming, when everything is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

_IDENTITY = "run.json"


class WorkFolder:
    """The parts of one run. ``identity``: all that the results depend on; the parts of another run are thrown away."""

    def __init__(self, out: Path, identity: Mapping[str, Any]) -> None:
        self.path = out.parent / f".{out.name}.part"
        self._out = out
        written = json.dumps(identity, ensure_ascii=False, sort_keys=True)
        found = self.path / _IDENTITY
        if not found.is_file() or found.read_text(encoding="utf-8") != written:
            shutil.rmtree(self.path, ignore_errors=True)
            self.path.mkdir(parents=True)
            _write(found, written)

    def state(self, name: str) -> Any:
        """What was kept under a name; None if that was not finished."""
        found = self.path / "state" / f"{name}.json"
        return json.loads(found.read_text(encoding="utf-8")) if found.is_file() else None

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
        beside = path.with_suffix(".new")
        frame.write_parquet(beside, compression="zstd", compression_level=1)
        os.replace(beside, path)

    def finish(self) -> None:
        """Makes the folder the results: everything but its tables is taken out first."""
        results = self.path / "results"
        os.replace(results, self._out)
        shutil.rmtree(self.path)


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def fingerprint(path: Path) -> list[Any]:
    """A file as a run takes it for unchanged: its place, size and time of change."""
    status = path.stat()
    return [str(path.resolve()), status.st_size, status.st_mtime_ns]


def digest(parts: Any) -> str:
    """A short name for anything that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]
