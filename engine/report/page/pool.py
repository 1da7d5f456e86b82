"""What many units share is written once and referred to by its place."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Pool(Generic[Key]):
    """Things in the order in which they first came up; the same things in the same order give the same places."""

    def __init__(self) -> None:
        self._places: dict[Key, int] = {}

    def place(self, thing: Key) -> int:
        """The place of ``thing``, from 0; it is added if it is new."""
        return self._places.setdefault(thing, len(self._places))

    @property
    def things(self) -> list[Key]:
        """All of them, in order."""
        return list(self._places)
