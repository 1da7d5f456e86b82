"""The noun of the ledger: an entry, chained to the one before it.

What is hashed is the canonical JSON of ``{"body", "kind", "previous", "seq"}``; ``previous`` has the digests of the entry
before, or those of ``HEADER`` for the first. So a change of any entry changes the digest of every later one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.ledger.canonical import Json, canonical
from engine.ledger.digests import Digests, digests_of

FORMAT = "plumbline-ledger"
VERSION = 1
HEADER = canonical({"format": FORMAT, "version": VERSION})
#: A body refers to a stored object by its address under a key that ends so.
OBJECT_KEY = "_object"


@dataclass(frozen=True)
class Head:
    """How many entries there are, and the digests of the last."""

    count: int
    digests: Digests

    def __str__(self) -> str:
        return f"{self.count} {self.digests}"


@dataclass(frozen=True)
class Entry:
    """``seq`` counts from 1; ``body`` is what the entry says; ``digests`` are its own."""

    seq: int
    kind: str
    body: Mapping[str, Any]
    previous: Digests
    digests: Digests


def empty_head() -> Head:
    """The head of a ledger without entries."""
    return Head(0, digests_of(HEADER))


def chained(head: Head, kind: str, body: Mapping[str, Json]) -> tuple[bytes, Head]:
    """The canonical bytes of the entry that follows ``head``, and the head after it. Raises as ``canonical`` does."""
    previous: dict[str, Json] = {"sha256": head.digests.sha256}
    if head.digests.sm3 is not None:
        previous["sm3"] = head.digests.sm3
    written = canonical({"body": body, "kind": kind, "previous": previous, "seq": head.count + 1})
    return written, Head(head.count + 1, digests_of(written))


def read_entry(written: bytes, digests: Digests) -> Entry:
    """The entry that ``written`` is. Raises ValueError if it is none."""
    try:
        found = json.loads(written)
        if found.keys() != {"body", "kind", "previous", "seq"}:
            raise ValueError("not an entry")
        previous = Digests(found["previous"]["sha256"], found["previous"].get("sm3"))
        return Entry(found["seq"], found["kind"], found["body"], previous, digests)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not an entry") from error


def objects_named(body: object) -> Iterator[str]:
    """The addresses of the objects that a body refers to."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            if key.endswith(OBJECT_KEY) and isinstance(value, str):
                yield value
            else:
                yield from objects_named(value)
    elif isinstance(body, list):
        for item in body:
            yield from objects_named(item)
