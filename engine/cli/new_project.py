"""A new policy project: an empty skeleton that passes ``check``, or a copy of the built-in plan."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import engine
from engine.cli import exits

#: In a wheel these are inside the package; in a checkout they are beside it.
PARTS = ("policy", "rules", "examples")


def builtin_folder() -> Path:
    """Where the built-in plan is. Raises CommandError if this installation has none."""
    package = Path(engine.__file__).resolve().parent
    for folder in (package / "builtin", package.parent):
        if all((folder / part).is_dir() for part in ("policy", "rules")):
            return folder
    raise exits.CommandError("cli.no-builtin", code=exits.INTERNAL)


def skeleton_folder() -> Path:
    """Where the files of an empty project are."""
    return Path(__file__).resolve().parent / "skeleton"


def create(folder: Path, *, empty: bool) -> None:
    """Make the project at ``folder``: complete, or not at all. Raises CommandError if anything is there.

    The copy is made beside the folder and renamed, so that a full disk or Ctrl-C leaves no half project.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise exits.CommandError("cli.folder-not-empty", folder=folder)
    source = skeleton_folder() if empty else builtin_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for part in PARTS:
            if (source / part).is_dir():
                shutil.copytree(source / part, beside / part, ignore=_unwanted)
        os.chmod(beside, 0o755)
        if target.exists():
            target.rmdir()
        os.rename(beside, target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _unwanted(folder: str, names: list[str]) -> set[str]:
    """Lock files of office programs, caches, and the official text, which is the office's own."""
    own = {"source.txt"} if Path(folder).name == "policy" else set()
    return {name for name in names if name.startswith(("~", ".~", "__pycache__"))} | (own & set(names))
