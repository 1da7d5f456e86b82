"""The values of literal tokens."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.language.limits import DIGITS, MAX_EXPONENT
from engine.language.problems import failure

_NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def number(text: str, start: int, end: int) -> Decimal:
    """The number that ``text`` writes. Raises LanguageError beyond 34 digits or the exponents of decimal128."""
    match = _NUMBER.fullmatch(text)
    assert match is not None  # the grammar's token is no wider
    whole, fraction, exponent = match[1], match[2] or "", match[3] or "0"
    digits = (whole + fraction).lstrip("0")
    if len(digits.rstrip("0")) > DIGITS:
        raise failure("number-too-long", start, end, limit=DIGITS)
    if len(exponent) > 6 or abs(int(exponent)) + len(digits) + len(fraction) > MAX_EXPONENT + 1:
        raise failure("number-too-large", start, end, limit=MAX_EXPONENT)
    return Decimal(text)


def string(text: str, start: int) -> str:
    """The string between the quotes, its escapes resolved. Raises LanguageError for an escape that does not exist."""
    body = text[1:-1]
    if "\\" not in body:
        return body

    def resolve(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        at = start + 1 + match.start()
        if code is not None:
            point = int(code, 16)
            if point <= 0x10FFFF:
                return chr(point)
        elif match[3] in _SIMPLE:
            return _SIMPLE[match[3]]
        raise failure("bad-escape", at, at + len(match[0]), found=match[0])

    resolved = _ESCAPE.sub(resolve, body)
    try:  # two escapes may be the halves of one character
        return resolved.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise failure("bad-escape", start, start + len(text), found=text) from None


_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def quoted(text: str) -> str:
    """``text`` as a string literal."""
    return f'"{text.translate(_QUOTED)}"'
