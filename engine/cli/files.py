"""Files that a command writes: beside their place first and then renamed, so that nobody meets half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from engine.cli import exits


def write_file(path: Path, content: bytes) -> None:
    """``content`` at ``path``, complete or not at all. Raises OSError if it cannot be written."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)


def output_file(path: Path, sources: Iterable[Path]) -> Path:
    """``path``, if a file may be written there: its folder exists and it is none of the data files.

    Raises CommandError otherwise.
    """
    if not path.parent.is_dir():
        raise exits.CommandError("cli.no-such-folder", folder=path.parent)
    if path.is_dir():
        raise exits.CommandError("cli.out-is-folder", "cli.out-is-folder-help", folder=path)
    if path.resolve() in {source.resolve() for source in sources}:
        raise exits.CommandError("cli.out-is-data", file=path)
    return path


def output_folder(path: Path) -> Path:
    """``path``, if it is a folder or can be made one. Raises CommandError for a file or a missing parent."""
    if path.exists() and not path.is_dir():
        raise exits.CommandError("cli.out-is-file", file=path)
    if not path.parent.is_dir():
        raise exits.CommandError("cli.no-such-folder", folder=path.parent)
    return path
