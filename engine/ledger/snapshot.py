"""A policy as an object of the ledger: the text of its files, so that it can be loaded again exactly as it was."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from engine.ledger.canonical import canonical
from engine.ledger.errors import LedgerError
from engine.project import load
from engine.project.files import policy_texts
from engine.project.policy import Policy


def snapshot(root: Path) -> bytes:
    """The policy project in ``root`` as an object ``{"files": {name: text}}``, without its tests."""
    return canonical({"files": policy_texts(root)})


def load_snapshot(content: bytes, digest: str) -> Policy:
    """The policy of a snapshot. Raises LedgerError if it does not load any more, or loads as another policy."""
    files: dict[str, str] = json.loads(content)["files"]
    with TemporaryDirectory(prefix="plumbline-") as folder:
        root = Path(folder)
        for name, text in files.items():
            place = PurePosixPath(name)
            if place.is_absolute() or ".." in place.parts or place.parts[0] not in ("policy", "rules"):
                raise LedgerError("ledger.snapshot-strange", name=name)
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        result = load(root, tests=False)
    if result.policy is None:
        raise LedgerError("ledger.snapshot-does-not-load", digest=digest)
    if result.policy.digest != digest:
        raise LedgerError("ledger.snapshot-other", digest=digest, found=result.policy.digest)
    return result.policy
