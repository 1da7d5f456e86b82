"""Why a unit took the way through the per-unit engines, as it is said to whoever reads the report of a run."""

from __future__ import annotations

from engine.facts.sheet import FactSheet

#: In the order in which they are looked for and shown; each is the end of a message's key.
REASONS = ("rule", "unlisted", "beyond", "sources", "problem", "spelling")


def reason_of(sheet: FactSheet, all_units: bool, unlisted: bool, wrong: bool) -> str:
    """One of ``REASONS``, of a unit that was not plain to read: ``beyond``, what columns do not hold, comes out later.

    ``all_units``: a rule has no columnar form; ``unlisted``: only registers mention the unit; ``wrong``: something
    that was read of it has to be put right, though it could be read.
    """
    if all_units:
        return "rule"
    if unlisted:
        return "unlisted"
    if any(len(seen) > 1 for seen in (sheet.kind, *sheet.facts.values())):
        return "sources"
    return "problem" if wrong or sheet.problems else "spelling"
