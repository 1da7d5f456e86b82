"""JSON text with exact numbers: decimals digit for digit, which the standard encoder cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring


def dumps(value: object, indent: int | None = None, level: int = 0) -> str:
    """``value`` as JSON; keys in their own order. ``indent`` None: on one line.

    Raises TypeError for anything but texts, numbers, booleans, None, lists, tuples and mappings.
    """
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        # A lone surrogate cannot be written as UTF-8, and no JSON reader needs one.
        return encode_basestring(value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        parts = [f"{dumps(str(k))}: {dumps(v, indent, level + 1)}" for k, v in value.items()]
        return _joined("{", parts, "}", indent, level)
    if isinstance(value, list | tuple):
        parts = [dumps(item, indent, level + 1) for item in value]
        return _joined("[", parts, "]", indent, level)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _number(value: Decimal) -> str:
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _joined(opening: str, parts: list[str], closing: str, indent: int | None, level: int) -> str:
    if indent is None or not parts:
        return opening + ", ".join(parts) + closing
    gap = "\n" + " " * indent * (level + 1)
    return opening + gap + ("," + gap).join(parts) + "\n" + " " * indent * level + closing
