"""The parts of one line of YAML, found without a parser: for lines that the parser does not accept."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Longer lines are not looked into.
MAX_LINE = 2_000
#: Spaces that are not the plain one: ideographic, no-break, and the others of Unicode, some of no width.
WIDE = "\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200C))) + "\u202f\u205f\u3000\ufeff"

_PREFIX = re.compile(r"[ \t]*(?:[-?][ \t]+)*")
_COLON = re.compile(r":(?=\s|$)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_COMMENT = re.compile(r"[ \t]#")
_BLANK = re.compile(r"[ \t]*(?:#.*)?$")


def is_blank(line: str) -> bool:
    """Whether the line is empty or only a comment."""
    return _BLANK.match(line) is not None


def indentation(line: str) -> int:
    """How many spaces the line begins with."""
    return len(line) - len(line.lstrip(" "))


def key_column(line: str) -> int:
    """The column of the line's key or text, after indentation and dashes."""
    match = _PREFIX.match(line)
    return match.end() if match else 0


def key_colon(line: str) -> int:
    """The column of the colon after the line's key; -1 if it has none."""
    start = key_column(line)
    quoted = _QUOTED.match(line, start)
    if quoted is not None:
        rest = line[quoted.end() :].lstrip(" \t")
        return len(line) - len(rest) if rest.startswith(":") else -1
    match = _COLON.search(line, start)
    return match.start() if match else -1


def value_column(line: str) -> int:
    """The column at which the line's value begins; of a line without a key, its text."""
    colon = key_colon(line)
    if colon < 0:
        return key_column(line)
    rest = line[colon + 1 :]
    return colon + 1 + len(rest) - len(rest.lstrip(" \t"))


def value_end(line: str, start: int) -> int:
    """The column after the value that begins at ``start``, without a comment or spaces behind it."""
    comment = _COMMENT.search(line, start)
    return len((line[: comment.start()] if comment else line).rstrip())


def quote(text: str) -> str:
    """``text`` as a quoted scalar, in double quotes where nothing needs escaping there."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def in_quotes(line: str, column: int, *, flow: bool = False) -> str:
    """The line with the value around ``column`` in quotes: up to the line's end, or in ``flow`` to the next comma."""
    start = value_column(line)
    if column < start:
        start = column
    end = value_end(line, start)
    if flow and line[start : start + 1] in ("[", "{") and column > start:
        start = column
        stop = re.compile(r"[,\]}]").search(line, column)
        end = stop.start() if stop else end
        end = start + len(line[start:end].rstrip())
    return line[:start] + quote(line[start:end]) + line[end:]


def shown(line: str) -> str:
    """A line as a help shows it: without indentation, and not too long."""
    text = line.strip()
    return text if len(text) <= 100 else text[:99] + "…"


def previous(lines: Sequence[str], number: int) -> int:
    """The nearest line above ``number`` that has content; -1 if there is none."""
    number -= 1
    while number >= 0 and is_blank(lines[number]):
        number -= 1
    return number


def open_columns(lines: Sequence[str], number: int) -> list[int]:
    """The columns (from 0) at which a line ``number`` could begin, judged by the indentation of the lines above."""
    found: set[int] = set()
    limit = MAX_LINE
    for above in range(number - 1, max(number - 500, 0) - 1, -1):
        line = lines[above]
        if is_blank(line):
            continue
        indent = len(line) - len(line.lstrip(" "))
        if indent < limit:
            found.add(indent)
            if key_column(line) < limit:
                found.add(key_column(line))
            limit = indent
        if not indent:
            break
    return sorted(found)
