"""Plain scalars to values, by the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2).

The parsers' own rules are those of YAML 1.1, where ``no`` is false, ``010`` is eight and ``1:30`` is ninety.
Unlike the schema, floats become exact decimals, and infinities and not-a-number are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from engine.project.yaml.limits import MAX_DIGITS, MAX_EXPONENT

Scalar = str | int | Decimal | bool | None

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NotANumber(ValueError):
    """A number that cannot be a value. ``code`` is the diagnostic's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def resolve(text: str) -> Scalar:
    """The value of a plain scalar. Raises NotANumber for infinities, not-a-number and numbers too long to use."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _STARTS:
        return text
    if _INTEGER.fullmatch(text):
        return int(_short(text))
    if match := _FLOAT.fullmatch(text):
        exponent = match[1]
        if exponent is not None and (len(exponent) > 10 or abs(int(exponent)) > MAX_EXPONENT):
            raise NotANumber("number-out-of-bounds")
        return Decimal(_short(text))
    if _OCTAL.fullmatch(text):
        return int(_short(text)[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(_short(text)[2:], 16)
    if _NOT_FINITE.fullmatch(text):
        raise NotANumber("number-not-finite")
    return text


def _short(text: str) -> str:
    if len(text) > MAX_DIGITS:
        raise NotANumber("number-out-of-bounds")
    return text
