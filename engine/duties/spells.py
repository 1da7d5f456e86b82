"""From listing to delisting: the stretches during which a unit is on the list."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from engine.duties.nouns import Spell
from engine.duties.rows import Match


class Spells(NamedTuple):
    """A unit's spells up to the as-of date, oldest first. ``missing``: what keeps them from being known."""

    spells: tuple[Spell, ...]
    missing: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether every listing and delisting has a day."""
        return not self.missing


def read_spells(
    listed: tuple[Match, ...] | frozenset[str], delisted: tuple[Match, ...] | frozenset[str], as_of: date
) -> Spells:
    """The spells that rows of listings and delistings make; days after ``as_of`` have not happened yet.

    Listed twice without a delisting between is one spell. A delisting on the day of a listing ends it; one without a
    listing before it says nothing. A set of names instead of rows is what is missing to know them.
    """
    if isinstance(listed, frozenset) or isinstance(delisted, frozenset):
        missing = frozenset(
            name for side in (listed, delisted) if isinstance(side, frozenset) for name in side
        )
        return Spells((), missing)
    missing = frozenset(name for row in (*listed, *delisted) for name in row.missing)
    days = sorted(
        [(row.day, 0) for row in listed if row.day is not None and row.certain and row.day <= as_of]
        + [(row.day, 1) for row in delisted if row.day is not None and row.certain and row.day <= as_of]
    )
    found: list[Spell] = []
    start: date | None = None
    for day, ends in days:
        if not ends and start is None:
            start = day
        elif ends and start is not None:
            found.append(Spell(len(found) + 1, start, day))
            start = None
    if start is not None:
        found.append(Spell(len(found) + 1, start, None))
    return Spells(tuple(found), missing)
