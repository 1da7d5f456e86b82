"""Where a run's results may go: a new folder, or the place of an earlier run's results, away from the data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from engine.cli import exits


def results_place(out: Path, data: Iterable[Path]) -> Path:
    """``out`` from the root of the file system, if results may be put there.

    Raises CommandError for a file, a folder of anything else, a missing parent, and a place that the data is in or beside
    which would become data the next time.
    """
    from engine.batch.results import REPORT

    place = Path(os.path.abspath(out))
    real = place.resolve()
    for path in data:
        source = path.resolve()
        if source.is_dir() and real.is_relative_to(source):
            raise exits.CommandError("batch.out-in-data", "batch.out-apart-help", folder=out, data=path)
        if source.is_relative_to(real):
            raise exits.CommandError("batch.data-in-out", "batch.out-apart-help", folder=out, data=path)
    if place.exists() and not place.is_dir():
        raise exits.CommandError("cli.out-is-file", file=out)
    if not place.parent.is_dir():
        raise exits.CommandError("cli.no-such-folder", folder=out.parent)
    if place.is_dir() and any(place.iterdir()) and not (place / REPORT).is_file():
        folder = str(out).rstrip("/\\")
        raise exits.CommandError("batch.out-is-other", "batch.out-is-other-help", folder=folder)
    return place
