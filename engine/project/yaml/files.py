"""Reading a file's bytes, refusing what is not a file of reasonable size before opening it."""

from __future__ import annotations

import stat
from pathlib import Path

from engine.project.yaml.decode import Problem
from engine.project.yaml.limits import MAX_BYTES


def read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The content of ``path``, or None and why not. A pipe or device is not opened: it might never end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return None, [("is-a-folder", -1, 0, {})]
        if not stat.S_ISREG(status.st_mode):
            return None, [("not-a-file", -1, 0, {})]
        if status.st_size > MAX_BYTES:
            return None, [too_big(status.st_size)]
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None, [("no-such-file", -1, 0, {})]
    except PermissionError:
        return None, [("file-not-permitted", -1, 0, {})]
    except (OSError, ValueError):
        return None, [("file-not-readable", -1, 0, {})]
    if len(content) > MAX_BYTES:
        return None, [too_big(len(content))]
    return content, []


def too_big(size: int) -> Problem:
    """The problem of a file of ``size`` bytes."""
    return ("file-too-big", -1, 0, {"size": f"{size / 1e6:.1f}", "limit": f"{MAX_BYTES / 1e6:g}"})
