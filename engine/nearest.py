"""The known name that a misspelt one most probably stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

#: A longer word is not a slip of the pen, and comparing it with every name would take long.
_LONGEST = 100


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name closest to ``word``, whatever the case and width of letters; None if nothing is close.

    The order of ``known`` does not matter.
    """
    from difflib import get_close_matches

    if len(word) > _LONGEST:
        return None
    names = {_folded(name): name for name in sorted(set(known), reverse=True)}
    # Chinese words are short: one wrong character of two is already half of the word.
    cutoff = 0.6 if word.isascii() else 0.45
    found = get_close_matches(_folded(word), list(names), n=1, cutoff=cutoff)
    return names[found[0]] if found else None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
