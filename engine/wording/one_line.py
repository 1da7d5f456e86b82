"""Text from workbooks made safe to stand inside a line: no line ends, no control characters, no direction marks."""

from __future__ import annotations

import unicodedata

#: Control, format (direction marks among them), surrogate, private and unassigned characters; separators of lines.
_NOT_SHOWN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def one_line(said: str) -> str:
    """``said`` on one line, without the spaces around it; what cannot be seen becomes a space.

    A name must not be able to end a line of a calendar, a document or a terminal and begin one of its own.
    """
    if said.isprintable():
        return said.strip()
    shown = "".join(" " if unicodedata.category(char) in _NOT_SHOWN else char for char in said)
    return " ".join(shown.split())
