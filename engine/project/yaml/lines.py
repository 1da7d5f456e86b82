"""A text's lines, broken where the YAML parsers break them, so that their marks fit."""

from __future__ import annotations

import re

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of ``text`` without their ends; a text that ends in a line break has an empty last line."""
    if "\x85" in text or "\u2028" in text or "\u2029" in text:
        return tuple(_BREAK.split(text))
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
