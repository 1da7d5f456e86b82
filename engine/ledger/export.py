"""A ledger as text files that anybody can check without this program: JSON lines and a manifest.

``entries.jsonl`` has ``{"digests": {"sha256", "sm3"?}, "entry": {…}}`` a line, ``objects.jsonl`` ``{"address", "content"}``;
``manifest.json`` the count, the head and the SHA-256 of both files. All of it canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine.ledger.canonical import Json, canonical
from engine.ledger.digests import address_of
from engine.ledger.entry import FORMAT, VERSION, Head
from engine.ledger.errors import LedgerError, explained
from engine.ledger.store import Ledger, unpacked

ENTRIES, OBJECTS, MANIFEST = "entries.jsonl", "objects.jsonl", "manifest.json"


def export(ledger: Ledger, folder: Path) -> Head:
    """Write the ledger to the new folder ``folder``, complete or not at all.

    Raises LedgerError if the folder exists or cannot be written, or the ledger cannot be read.
    """
    if folder.exists():
        raise LedgerError("ledger.folder-exists", folder=folder)
    try:
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    except OSError as error:
        raise LedgerError("ledger.cannot-create", file=folder, why=error.strerror) from error
    try:
        connection = ledger.raw()
        connection.execute("BEGIN")  # one look at the file, whatever is appended meanwhile
        try:
            head = ledger.head()
            files: dict[str, Json] = {
                ENTRIES: _write(beside / ENTRIES, _entries(connection)),
                OBJECTS: _write(beside / OBJECTS, _objects(connection)),
            }
        finally:
            connection.execute("COMMIT")
        manifest: dict[str, Json] = {
            "format": FORMAT,
            "version": VERSION,
            "count": head.count,
            "head": str(head.digests),
            "files": files,
        }
        (beside / MANIFEST).write_bytes(canonical(manifest) + b"\n")
        beside.chmod(0o755)
        os.rename(beside, folder)
    except OSError as error:
        raise LedgerError("ledger.cannot-create", file=folder, why=error.strerror) from error
    except sqlite3.Error as error:
        raise explained(error, ledger.path) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return head


def _write(path: Path, lines: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as stream:
        for line in lines:
            stream.write(line + b"\n")
            digest.update(line + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return "sha256:" + digest.hexdigest()


def _entries(connection: sqlite3.Connection) -> Iterator[bytes]:
    for written, sha256, sm3 in connection.execute("SELECT written, sha256, sm3 FROM entries ORDER BY seq"):
        digests: dict[str, Json] = {"sha256": sha256.hex()}
        if sm3 is not None:
            digests["sm3"] = sm3.hex()
        yield b'{"digests":' + canonical(digests) + b',"entry":' + written + b"}"


def _objects(connection: sqlite3.Connection) -> Iterator[bytes]:
    for address, packed, content in connection.execute("SELECT * FROM objects ORDER BY address"):
        found = unpacked(packed, content)
        if found is None or address_of(found) != address:
            raise LedgerError("ledger.object-changed", address=address)
        yield canonical({"address": address, "content": json.loads(found)})
