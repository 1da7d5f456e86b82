"""The two digests of a text: SHA-256 (FIPS 180-4) always, SM3 (GB/T 32905-2016) where the machine has it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

HAS_SM3 = "sm3" in hashlib.algorithms_available


class Digests(NamedTuple):
    """Lower-case hexadecimal, 64 digits each; ``sm3`` None where it was not available."""

    sha256: str
    sm3: str | None = None

    def __str__(self) -> str:
        return "sha256:" + self.sha256


def digests_of(content: bytes) -> Digests:
    """Both digests of ``content``."""
    sm3 = hashlib.new("sm3", content).hexdigest() if HAS_SM3 else None
    return Digests(hashlib.sha256(content).hexdigest(), sm3)


def address_of(content: bytes) -> str:
    """The address of an object: ``sha256:`` and its digest."""
    return "sha256:" + hashlib.sha256(content).hexdigest()
