"""The range of a number in the vocabulary: `>= 0`, `<= 100` or `[0..100]`, ends included."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?"
_AT_LEAST = re.compile(rf">=\s*({_NUMBER})")
_AT_MOST = re.compile(rf"<=\s*({_NUMBER})")
_BETWEEN = re.compile(rf"\[\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*\]")


def parse_bounds(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """Lowest and highest allowed value (None: unbounded); None if ``text`` is not a range or an empty one."""
    text = text.strip()
    if found := _AT_LEAST.fullmatch(text):
        return Decimal(found[1]), None
    if found := _AT_MOST.fullmatch(text):
        return None, Decimal(found[1])
    if (found := _BETWEEN.fullmatch(text)) and Decimal(found[1]) <= Decimal(found[2]):
        return Decimal(found[1]), Decimal(found[2])
    return None
