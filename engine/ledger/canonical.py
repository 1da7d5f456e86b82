"""Canonical JSON (RFC 8785): one text for one value, so that equal values have equal hashes.

Values are objects, arrays, strings, whole numbers below 2^53, booleans and null. There are no fractions: decimal numbers
travel as strings, because binary floating point would change them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = "Mapping[str, Json] | list[Json] | tuple[Json, ...] | str | int | bool | None"

#: The whole numbers that every JSON reader keeps exactly (RFC 7493, 2.2).
_GREATEST = 2**53 - 1
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def canonical(value: Json) -> bytes:
    """The canonical UTF-8 bytes of ``value``.

    Raises TypeError for a type that has no place here, fractions among them, ValueError for a lone surrogate or a whole
    number from 2^53 on.
    """
    _check(value)
    written = _ENCODER.encode(value)
    if not written.isascii() and _BEYOND.search(written):
        # Keys are in the order of their UTF-16 code units, which beyond the first plane is not that of code points.
        written = _in_utf16_order(value)
    return written.encode("utf-8")


def _check(value: object) -> None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -_GREATEST <= value <= _GREATEST:  # type: ignore[operator]
            raise ValueError(f"whole number from 2^53 on: {value}")
    elif kind is dict or isinstance(value, Mapping):
        for key, item in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise TypeError(f"a key that is no text: {key!r}")
            if type(item) is not str:
                _check(item)
    elif kind is list or kind is tuple:
        for item in value:  # type: ignore[attr-defined]
            if type(item) is not str:
                _check(item)
    else:
        raise TypeError(f"no canonical form for {kind.__name__}")


def _in_utf16_order(value: Json) -> str:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_ENCODER.encode(key)}:{_in_utf16_order(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_in_utf16_order, value)) + "]"
    return _ENCODER.encode(value)
