"""Where each character of a scalar's value stands in the source, for errors inside an expression.

Each style is decoded a second time, keeping the place of every character (YAML 1.2.2, sections 7.3 and 8.1). The
result is used only if it equals what the parser gave, so a rule overlooked here costs precision and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.project.yaml.nodes import Node

Place = tuple[int, int]
#: Decoded text, one place a character.
Placed = tuple[list[str], list[Place]]

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)+")
_HEADER = re.compile(r"[|>](?:([1-9])([+-]?)|([+-])([1-9])?)?[ \t]*(?:#.*)?$")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX = {"x": 2, "u": 4, "U": 8}


def places(node: Node, lines: Sequence[str]) -> list[Place] | None:
    """The place (line, column from 0) of each character of the scalar, and of its end; None if it cannot be told."""
    line, column = node.line, node.column
    if node.end_line >= len(lines) or line >= len(lines):
        return None
    if match := _PROPERTIES.match(lines[line], column):
        column = match.end()
    if node.style in ("|", ">"):
        return _block(node, lines, line, column)
    if node.style in ("'", '"'):
        rows = _rows(lines, line, column + 1, node.end_line, node.end_column - 1)
        placed = _flow(rows, node.style)
    else:
        placed = _flow(_rows(lines, line, column, node.end_line, node.end_column), "")
    return _checked(placed, node)


def _checked(placed: Placed, node: Node) -> list[Place] | None:
    text, where = placed
    if "".join(text) != node.text:
        return None
    if where:
        last_line, last_column = where[-1]
        return [*where, (last_line, last_column + 1)]
    return [(node.line, node.column)]


def _rows(
    lines: Sequence[str], line: int, column: int, end_line: int, end_column: int
) -> list[tuple[int, int, str]]:
    """The source between two places, by line: its number, the column it begins at, and the text."""
    if line == end_line:
        return [(line, column, lines[line][column:end_column])]
    middle = [(n, 0, lines[n]) for n in range(line + 1, end_line)]
    return [(line, column, lines[line][column:]), *middle, (end_line, 0, lines[end_line][:end_column])]


def _flow(rows: list[tuple[int, int, str]], quote: str) -> Placed:
    """Plain and quoted scalars: line breaks fold into a space, or into one less than their number."""
    text: list[str] = []
    where: list[Place] = []
    blanks: list[Place] = []
    fold_from: Place | None = None
    last = len(rows) - 1
    for index, (line, column, source) in enumerate(rows):
        if index > 0:
            stripped = source.lstrip(" \t")
            column += len(source) - len(stripped)
            source = stripped
            if not source and index < last:
                blanks.append((line, column))
                continue
            _fold(text, where, fold_from, blanks)
            blanks = []
        continued = _decode_row(line, column, source, quote, index < last, text, where)
        end = column + len(source.rstrip(" \t"))
        fold_from = None if continued else (line, end)
    return text, where


def _fold(text: list[str], where: list[Place], fold_from: Place | None, blanks: list[Place]) -> None:
    if blanks:
        text.extend("\n" * len(blanks))
        where.extend(blanks)
    elif fold_from is not None:
        text.append(" ")
        where.append(fold_from)


def _decode_row(
    line: int, column: int, source: str, quote: str, broken: bool, text: list[str], where: list[Place]
) -> bool:
    """Append one row's characters. True if the row ends in an escaped line break, which leaves nothing behind."""
    end = len(source.rstrip(" \t")) if broken else len(source)
    position = 0
    while position < end:
        character, step = source[position], 1
        if quote == "'" and source.startswith("''", position):
            step = 2
        elif quote == '"' and character == "\\":
            if position + 1 >= len(source):
                return True
            escape = source[position + 1]
            digits = _HEX.get(escape, 0)
            step = 2 + digits
            if digits:
                code = int(source[position + 2 : position + step] or "0", 16)
                character = chr(code) if code < 0x110000 else ""
            else:
                character = _ESCAPES.get(escape, escape)
        text.append(character)
        where.append((line, column + position))
        position += step
    return False


def _block(node: Node, lines: Sequence[str], line: int, column: int) -> list[Place] | None:
    header = _HEADER.match(lines[line], column)
    if header is None:
        return None
    chomp = header[2] or header[3] or ""
    end = node.end_line + 1 if node.end_column else node.end_line
    rows = [(n, lines[n]) for n in range(line + 1, min(max(end, line + 1), len(lines)))]
    if rows and rows[-1][0] == len(lines) - 1 and not rows[-1][1]:
        rows.pop()
    first = next((source for _, source in rows if source.strip(" ")), "")
    most = len(first) - len(first.lstrip(" "))
    for indent in range(most, -1, -1):
        placed = _decode_block(rows, indent, node.style == ">", chomp)
        if "".join(placed[0]) == node.text:
            return _checked(placed, node)
        if not (header[1] or header[4]):
            break
    return None


def _decode_block(rows: list[tuple[int, str]], indent: int, folded: bool, chomp: str) -> Placed:
    text: list[str] = []
    where: list[Place] = []
    pending: list[Place] = []  # line breaks since the last line with content, the first being its own
    has_content = blank_before = False
    for line, source in rows:
        content = source[indent:] if not source[:indent].strip(" ") else ""
        if not content:
            pending.append((line, len(source)))
            continue
        blank = content[0] in " \t"
        if folded and has_content and not blank and not blank_before:
            text.extend(" " if len(pending) == 1 else "\n" * (len(pending) - 1))
            where.extend(pending if len(pending) == 1 else pending[1:])
        else:
            text.extend("\n" * len(pending))
            where.extend(pending)
        text.extend(content)
        where.extend((line, indent + n) for n in range(len(content)))
        pending = [(line, len(source))]
        has_content, blank_before = True, blank
    keep = pending if chomp == "+" else pending[:1] if not chomp and has_content else []
    text.extend("\n" * len(keep))
    where.extend(keep)
    return text, where
