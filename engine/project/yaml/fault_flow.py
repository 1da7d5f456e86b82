"""Faults between brackets: ``[…]`` and ``{…}``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.project.yaml.anatomy import in_quotes, is_blank, quote, shown, value_column, value_end
from engine.project.yaml.events import Fault
from engine.project.yaml.finding import Finding

_CLOSING = {"[": "]", "{": "}"}
_WIDE_CLOSING = {"]": "］】〕", "}": "｝"}
_RANGE = re.compile(r"[\[\]][^,\[\]{}]*\.\.")
_COMMENT = re.compile(r"[ \t](#)")


def flow(fault: Fault, lines: Sequence[str]) -> Finding | None:
    """A list or mapping between brackets that does not end or whose items are not separated."""
    opened, at = fault.context_line, fault.context_column
    line = lines[opened]
    bracket = line[at : at + 1]
    if bracket not in _CLOSING:
        return _inside(fault, lines)
    closing = _CLOSING[bracket]
    if _RANGE.match(line, at) and closing not in line[at:]:
        return _quoted(opened, at, lines, "range-needs-quotes")
    wide = re.search(f"[{_WIDE_CLOSING[closing]}]", line[at:])
    if wide is not None:
        column = at + wide.start()
        fixed = line[:column] + closing + line[column + 1 :]
        params = {"character": line[column], "fixed": shown(fixed)}
        return Finding("full-width-bracket", opened, column, 1, params, opened, fixed)
    if fault.line != opened or not lines[fault.line][fault.column :].strip():
        return _unclosed(fault, lines, closing)
    return _inside(fault, lines)


def _unclosed(fault: Fault, lines: Sequence[str], closing: str) -> Finding:
    opened, at = fault.context_line, fault.context_column
    line = lines[opened]
    end = value_end(line, at)
    alone = all(is_blank(text) for text in lines[opened + 1 : fault.line])
    repair = opened if alone else -1
    comment = _COMMENT.search(line, at)
    if comment is not None and closing in line[comment.start(1) :]:
        fixed = in_quotes_whole(line, at, comment.start(1), closing)
        params = {"fixed": shown(fixed)}
        return Finding("comment-in-brackets", opened, comment.start(1), 1, params, repair, fixed)
    fixed = line[:end].rstrip(", ") + closing + line[end:]
    params = {"bracket": line[at], "closing": closing, "fixed": shown(fixed)}
    return Finding("unclosed-bracket", opened, at, 1, params, repair, fixed)


def in_quotes_whole(line: str, at: int, comment: int, closing: str) -> str:
    """The line with the item around the ``#`` at ``comment`` in quotes."""
    start = max(line.rfind(mark, at, comment) for mark in ("[", "{", ",", ": ")) + 1
    start += len(line[start:]) - len(line[start:].lstrip(" \t"))
    end = next((n for n in range(comment, len(line)) if line[n] in "," + closing), len(line))
    return line[:start] + quote(line[start:end].rstrip()) + line[end:]


def _inside(fault: Fault, lines: Sequence[str]) -> Finding | None:
    number, column = fault.line, fault.column
    line = lines[number]
    character = line[column : column + 1]
    if not character.strip():
        return None
    start = value_column(line)
    fixed = line[:start] + quote(line[start : value_end(line, start)])
    if character == ",":
        return Finding(
            "comma-without-item", number, column, 1, {}, number, line[:column] + " " + line[column + 1 :]
        )
    opening = lines[fault.context_line][fault.context_column : fault.context_column + 1]
    if character in "]})" and opening in _CLOSING:
        params = {"bracket": opening, "closing": _CLOSING[opening], "found": character}
        return Finding("wrong-bracket", number, column, 1, params, number, fixed)
    if character in "&*!|>%@`":
        return _quoted(number, column, lines, "needs-quotes")
    return Finding("items-not-separated", number, column, 1, {"text": shown(line[column:])}, number, fixed)


def _quoted(number: int, column: int, lines: Sequence[str], code: str) -> Finding:
    line = lines[number]
    fixed = in_quotes(line, column, flow=True)
    params = {"character": line[column], "fixed": shown(fixed)}
    return Finding(code, number, column, 1, params, number, fixed)
