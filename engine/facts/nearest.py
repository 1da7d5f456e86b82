"""The known name that a misspelt one most probably stands for."""

from __future__ import annotations

from collections.abc import Iterable

from engine.facts.folding import folded


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to ``word``; None if nothing is close. A very long word is not a slip of the pen."""
    from difflib import get_close_matches

    if len(word) > 100:
        return None
    names = {folded(name): name for name in sorted(set(known), reverse=True)}
    found = get_close_matches(folded(word), names, n=1, cutoff=0.5)
    return names[found[0]] if found else None
