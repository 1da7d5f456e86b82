"""JSON read exactly: numbers as decimals, keys that stand twice kept apart, nesting and size bounded."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.facts.refused import FileRefused
from engine.facts.texts import encoding_of

MAX_BYTES = 300 * 1024 * 1024
MAX_DEPTH = 50
_TOKENS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', re.DOTALL)


class Members(dict[str, Any]):
    """An object; ``doubled`` has the keys that stand in it more than once, with all their values."""

    doubled: Mapping[str, tuple[Any, ...]] = MappingProxyType({})


def read_json(path: Path) -> Any:
    """The content, objects as ``Members``. Raises FileRefused with the line and column of what is wrong."""
    if path.stat().st_size > MAX_BYTES:
        raise FileRefused("data.file-too-large", {"limit": str(MAX_BYTES >> 20)})
    text = path.read_text(encoding=encoding_of(path))
    _check_depth(text)
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_members,
        )
    except json.JSONDecodeError as error:
        # The library's sentence is English only and about its own grammar: show the place and what stands there.
        rest = " ".join(text[error.pos : error.pos + 20].split())
        place = f"{error.lineno}:{error.colno}"
        key = "data.json-damaged" if rest else "data.json-ends-early"
        params = {"line": str(error.lineno), "column": str(error.colno), "found": rest.replace("`", "'")}
        raise FileRefused(key, params, place) from error


def _check_depth(text: str) -> None:
    depth = 0
    for match in _TOKENS.finditer(text):
        token = match[0]
        if token in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, match.start()) + 1
                raise FileRefused("data.nested-too-deep", {"limit": str(MAX_DEPTH)}, f"{line}:1")
        elif token in "]}":
            depth -= 1


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return text


def _refuse_constant(text: str) -> Any:
    raise FileRefused("data.json-constant", {"found": text})


def _members(pairs: list[tuple[str, Any]]) -> Members:
    found = Members(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        found.doubled = {
            key: tuple(value for at, value in pairs if at == key)
            for key, count in counts.items()
            if count > 1
        }
    return found
