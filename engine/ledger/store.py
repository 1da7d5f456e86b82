"""The ledger's file: SQLite, append-only by triggers, every append one transaction.

Rollback journal with ``synchronous = EXTRA``: what ``append`` returned is on the disk, also after a power cut; what it did
not return from is not there, or is there as a whole. Writers wait for one another (``BEGIN IMMEDIATE``) and continue one
chain.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from engine.ledger.canonical import Json
from engine.ledger.digests import Digests, address_of, digests_of
from engine.ledger.entry import VERSION, Entry, Head, chained, empty_head, read_entry
from engine.ledger.errors import LedgerError, explained

#: Marks the file as a ledger: "PLMB".
APPLICATION_ID = 0x504C4D42
#: Seconds that a writer waits for another.
PATIENCE = 30.0
SCHEMA = (
    "CREATE TABLE entries (seq INTEGER PRIMARY KEY, written BLOB NOT NULL, sha256 BLOB NOT NULL, sm3 BLOB)",
    "CREATE TABLE objects (address TEXT PRIMARY KEY, packed INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries "
    "BEGIN SELECT RAISE(ABORT, 'entries are not changed'); END",
    "CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries "
    "BEGIN SELECT RAISE(ABORT, 'entries are not removed'); END",
    "CREATE TRIGGER entries_follow_one_another BEFORE INSERT ON entries "
    "WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM entries) "
    "BEGIN SELECT RAISE(ABORT, 'entries follow one another'); END",
    "CREATE TRIGGER objects_are_not_changed BEFORE UPDATE ON objects "
    "BEGIN SELECT RAISE(ABORT, 'objects are not changed'); END",
    "CREATE TRIGGER objects_are_not_removed BEFORE DELETE ON objects "
    "BEGIN SELECT RAISE(ABORT, 'objects are not removed'); END",
)

Item: TypeAlias = tuple[str, Mapping[str, Json]]


class Ledger:
    """An open ledger. Use as a context manager; not for several threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> Ledger:
        """The ledger in ``path``; with ``create`` a new one if there is no file.

        Raises LedgerError if there is none, it is not a ledger, is from a newer version, or cannot be opened.
        """
        if not path.exists():
            if not create:
                raise LedgerError("ledger.none", file=path)
            _create(path)
        ledger = cls(path, _connect(path, read_only))
        try:
            ledger._check_version()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def append(self, items: Sequence[Item], *, objects: Iterable[bytes] = ()) -> list[Entry]:
        """Entries, and objects that they refer to, all or none. Raises LedgerError."""
        return self.append_from(lambda head: items, objects=objects)

    def append_from(
        self, make: Callable[[Head], Sequence[Item]], *, objects: Iterable[bytes] = ()
    ) -> list[Entry]:
        """As ``append``; ``make`` sees the head that the entries will follow, and no other writer comes between.

        Raises LedgerError, or what ``make`` raises; then nothing is written.
        """
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                head, added = self._sound_head(), []
                for content in objects:
                    self._put(content)
                for kind, body in make(head):
                    written, following = chained(head, kind, body)
                    sm3 = following.digests.sm3
                    self._connection.execute(
                        "INSERT INTO entries VALUES (?, ?, ?, ?)",
                        (
                            following.count,
                            written,
                            bytes.fromhex(following.digests.sha256),
                            None if sm3 is None else bytes.fromhex(sm3),
                        ),
                    )
                    added.append(read_entry(written, following.digests))
                    head = following
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        return added

    def head(self) -> Head:
        """The present head. Raises LedgerError."""
        with self._errors():
            return self._head()

    def entry(self, seq: int) -> Entry:
        """One entry. Raises LedgerError if there is none of that number."""
        for found in self.entries(seq, seq):
            return found
        raise LedgerError("ledger.no-entry", seq=seq, count=self.head().count)

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[Entry]:
        """Entries in order, ``last`` included. Raises LedgerError for one that cannot be read."""
        return self._read("seq >= ? AND seq <= ?", (first, 2**62 if last is None else last))

    def entries_of(self, kind: str) -> Iterator[Entry]:
        """The entries of one kind, in order; the others are not read. Raises LedgerError as ``entries`` does."""
        said = f'"kind":{json.dumps(kind)}'.encode()
        return (entry for entry in self._read("instr(written, ?)", (said,)) if entry.kind == kind)

    def _read(self, where: str, values: tuple[object, ...]) -> Iterator[Entry]:
        with self._errors():
            rows = self._connection.execute(
                f"SELECT seq, written, sha256, sm3 FROM entries WHERE {where} ORDER BY seq", values
            )
            for seq, written, sha256, sm3 in rows:
                try:
                    yield read_entry(written, Digests(sha256.hex(), None if sm3 is None else sm3.hex()))
                except ValueError as error:
                    raise LedgerError("ledger.entry-unreadable", seq=seq) from error

    def latest(self) -> Iterator[Entry]:
        """Entries from the last to the first. Raises LedgerError for one that cannot be read."""
        seq = self.head().count
        while seq > 0:
            yield from reversed(list(self.entries(max(1, seq - 99), seq)))
            seq -= 100

    def get(self, address: str) -> bytes:
        """The object at ``address``. Raises LedgerError if it is missing or not what its address says."""
        with self._errors():
            row = self._connection.execute(
                "SELECT packed, content FROM objects WHERE address = ?", (address,)
            ).fetchone()
        if row is None:
            raise LedgerError("ledger.no-object", address=address)
        content = unpacked(*row)
        if content is None or address_of(content) != address:
            raise LedgerError("ledger.object-changed", address=address)
        return content

    def raw(self) -> sqlite3.Connection:
        """The connection, for checking the file itself."""
        return self._connection

    def _put(self, content: bytes) -> None:
        packed = zlib.compress(content, 1)
        smaller = len(packed) < len(content)
        self._connection.execute(
            "INSERT OR IGNORE INTO objects VALUES (?, ?, ?)",
            (address_of(content), int(smaller), packed if smaller else content),
        )

    def _head(self) -> Head:
        row = self._connection.execute(
            "SELECT seq, sha256, sm3 FROM entries ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return empty_head()
        return Head(row[0], Digests(row[1].hex(), None if row[2] is None else row[2].hex()))

    def _sound_head(self) -> Head:
        """The head, if the last entry is what its digest says: nothing is written behind a damaged end."""
        head = self._head()
        if head.count:
            row = self._connection.execute(
                "SELECT written FROM entries WHERE seq = ?", (head.count,)
            ).fetchone()
            written = row[0] if isinstance(row[0], bytes) else str(row[0]).encode()
            if digests_of(written).sha256 != head.digests.sha256:
                raise LedgerError("ledger.damaged-end", seq=head.count)
        return head

    def _check_version(self) -> None:
        with self._errors():
            (mark,) = self._connection.execute("PRAGMA application_id").fetchone()
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            # Reading the schema finds a damaged file before anything is made of it.
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if mark != APPLICATION_ID:
            raise LedgerError("ledger.not-a-ledger", file=self.path)
        if version > VERSION:
            raise LedgerError("ledger.newer", file=self.path, version=version, known=VERSION)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.path) from error


def unpacked(packed: int, content: bytes) -> bytes | None:
    """A stored object's content; None if it cannot be unpacked."""
    if not packed:
        return content
    try:
        return zlib.decompress(content)
    except zlib.error:
        return None


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    try:
        if read_only:
            return sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None
            )
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
        )
        connection.execute("PRAGMA synchronous = EXTRA")
        return connection
    except sqlite3.Error as error:
        raise explained(error, path) from error


def _create(path: Path) -> None:
    """A new ledger, made beside its place and put there complete; one that somebody else just put there stays."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise LedgerError("ledger.cannot-create", file=path, why=error.strerror) from error
    os.close(handle)
    try:
        connection = sqlite3.connect(beside, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("BEGIN")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            for statement in SCHEMA:
                connection.execute(statement)
            connection.execute("COMMIT")
        finally:
            connection.close()
        os.chmod(beside, 0o644)
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
        except OSError:
            # A file system without links, such as that of a USB stick.
            os.rename(beside, path)
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except OSError as error:
        raise LedgerError("ledger.cannot-create", file=path, why=error.strerror) from error
    finally:
        Path(beside).unlink(missing_ok=True)
