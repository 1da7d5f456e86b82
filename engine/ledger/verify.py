"""Checking a ledger: that nothing was changed, removed, inserted or put into another order, and where if it was.

A chain can be cut at its end, or written anew from some entry on, without showing it from inside; so its head is compared
with one that was kept elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from engine.ledger.digests import HAS_SM3, Digests, address_of, digests_of
from engine.ledger.entry import HEADER, Head, empty_head, objects_named, read_entry
from engine.ledger.errors import explained
from engine.ledger.store import SCHEMA, Ledger, unpacked

#: Findings after which a check stops naming more of the same kind.
MOST_FINDINGS = 100


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was written. ``seq``: the first entry concerned; ``key`` a message of the table."""

    key: str
    seq: int | None = None
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Verification:
    """``head``: of the entries that are there. ``notes`` are remarks that are no fault."""

    head: Head
    findings: tuple[Finding, ...]
    objects: int
    notes: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


#: ``(seq, written, sha256, sm3)`` as stored: bytes, digests in binary.
Row: TypeAlias = tuple[int, bytes, bytes, "bytes | None"]


def verify(ledger: Ledger, kept: Head | None = None) -> Verification:
    """Check the whole file; ``kept`` is a head that was kept elsewhere. Raises LedgerError if it cannot be read."""
    connection = ledger.raw()
    try:
        findings = [*_file(connection)]
        wanted: dict[str, int] = {}
        chain = Chain(kept)
        for row in connection.execute("SELECT seq, written, sha256, sm3 FROM entries ORDER BY seq"):
            for address in chain.add(row):
                wanted.setdefault(address, row[0])
        findings += chain.findings()
        stored = 0
        seen = set()
        for address, packed, content in connection.execute("SELECT address, packed, content FROM objects"):
            stored += 1
            seen.add(address)
            found = unpacked(packed, content)
            if found is None or address_of(found) != address:
                findings.append(Finding("ledger.object-changed", wanted.get(address), {"address": address}))
        missing = [(seq, address) for address, seq in wanted.items() if address not in seen]
    except sqlite3.Error as error:
        raise explained(error, ledger.path) from error
    findings += [Finding("ledger.no-object", seq, {"address": address}) for seq, address in sorted(missing)]
    notes = list(chain.notes())
    if spare := len(seen - wanted.keys()):
        findings.append(Finding("ledger.spare-objects", None, {"count": spare}))
    return Verification(chain.head, tuple(findings), stored, tuple(notes))


class Chain:
    """Follows the entries one by one; says what breaks the chain."""

    def __init__(self, kept: Head | None = None) -> None:
        self.head = empty_head()
        self._expected = digests_of(HEADER)
        self._kept = kept
        self._kept_met = kept is None or (kept.count == 0 and kept.digests.sha256 == self._expected.sha256)
        self._found: list[Finding] = []
        self._without_sm3 = self._unchecked_sm3 = 0

    def add(self, row: Row) -> Iterable[str]:
        """Check one row against those before it; the addresses of the objects it refers to."""
        seq, written, sha256, sm3 = row
        stored = Digests(_hex(sha256) or "", _hex(sm3))
        place = self.head.count + 1
        if seq != place:
            self._add("ledger.gap", place, found=seq)
        actual = digests_of(written if isinstance(written, bytes) else str(written).encode())
        if stored.sha256 != actual.sha256 or (
            stored.sm3 is not None and actual.sm3 is not None and stored.sm3 != actual.sm3
        ):
            self._add("ledger.changed", seq)
        if stored.sm3 is None:
            self._without_sm3 += 1
        elif not HAS_SM3:
            self._unchecked_sm3 += 1
        addresses: Iterable[str] = ()
        try:
            entry = read_entry(written, stored)
        except ValueError:
            self._add("ledger.entry-unreadable", seq)
        else:
            if entry.seq != seq:
                self._add("ledger.moved", seq, found=entry.seq)
            if entry.previous != self._expected:
                self._add("ledger.chain-broken", seq)
            addresses = objects_named(entry.body)
        # The next entry has to follow what is stored here; so one broken entry is one finding.
        self._expected = stored
        self.head = Head(seq, stored)
        if self._kept is not None and seq == self._kept.count:
            self._kept_met = stored.sha256 == self._kept.digests.sha256
        return addresses

    def findings(self) -> Iterator[Finding]:
        """What was found, and whether the kept head is among the entries."""
        yield from self._found
        if self._kept is not None and not self._kept_met:
            if self.head.count < self._kept.count:
                yield Finding(
                    "ledger.cut", self.head.count + 1, {"kept": self._kept.count, "count": self.head.count}
                )
            else:
                yield Finding("ledger.rewritten", None, {"kept": self._kept.count})

    def notes(self) -> Iterator[Finding]:
        """Digests that could not be compared."""
        if self._unchecked_sm3:
            yield Finding("ledger.sm3-unchecked", None, {"count": self._unchecked_sm3})
        elif self._without_sm3 and HAS_SM3:
            yield Finding("ledger.sm3-absent", None, {"count": self._without_sm3})

    def _add(self, key: str, seq: int, **params: object) -> None:
        if len(self._found) < MOST_FINDINGS:
            self._found.append(Finding(key, seq, params))


def _hex(stored: object) -> str | None:
    return stored.hex() if isinstance(stored, bytes) else None if stored is None else str(stored)


def _file(connection: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite's own check, and that tables and triggers are those that were made."""
    for (said,) in connection.execute("PRAGMA integrity_check(10)"):
        if said != "ok":
            yield Finding("ledger.file-damaged", None, {"why": said})
    schema = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if schema != set(SCHEMA):
        yield Finding("ledger.schema-changed")
