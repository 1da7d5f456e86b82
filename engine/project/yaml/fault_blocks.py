"""Faults in block form: indentation, colons and dashes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.project.yaml.anatomy import (
    in_quotes,
    indentation,
    is_blank,
    key_colon,
    key_column,
    open_columns,
    previous,
    quote,
    shown,
    value_column,
    value_end,
)
from engine.project.yaml.events import Fault
from engine.project.yaml.finding import Finding
from engine.project.yaml.lookalikes import lookalike


def second_colon(fault: Fault, lines: Sequence[str]) -> Finding | None:
    """A colon where none may be: a second one in a line, or the first one in a line that continues a text above."""
    number, line = fault.line, lines[fault.line]
    if key_colon(line) != fault.column:
        fixed = in_quotes(line, fault.column)
        return Finding("colon-in-text", number, fault.column, 1, {"fixed": shown(fixed)}, number, fixed)
    above = previous(lines, number)
    if above < 0:
        return None
    text = lines[above]
    found = lookalike(text)
    if found is not None:
        return Finding.of_lookalike(above, found)
    while key_colon(text) < 0 and indentation(text) >= indentation(line) and above > 0:
        above = previous(lines, above)
        text = lines[above] if above >= 0 else ""
    if key_colon(text) >= 0:
        wanted = key_column(text)
        fixed = " " * wanted + line.lstrip()
        params = {"key": text[wanted : key_colon(text)], "above": above + 1}
        return Finding("indented-under-value", number, key_column(line), 1, params, number, fixed)
    column = key_column(text)
    end = len(text.rstrip())
    return Finding(
        "missing-colon",
        above,
        column,
        end - column,
        {"text": shown(text[column:end])},
        above,
        text.rstrip() + ":",
    )


def block_mapping(fault: Fault, lines: Sequence[str]) -> Finding | None:
    """Something that is not a key inside a mapping."""
    number, column = fault.line, fault.column
    line = lines[number]
    if not line[:column].strip():
        if line.startswith(":", column):
            return Finding("key-empty", number, column, 1, {}, number, "")
        if line[column : column + 2].rstrip() == "-" and column == fault.context_column:
            return Finding("item-among-keys", number, column, 1)
        return _indentation(number, lines)
    if line[:column].rstrip().endswith(('"', "'")):
        opened = _opened_above(lines, number, column)
        if opened is not None:
            return opened
    start = value_column(line)
    end = max(value_end(line, start), column + 1)
    if column <= start:
        return None
    value = line[start:end]
    # `'it's'` is one text; `"京" or "省"` is an expression that keeps its own quotes.
    whole = value[1:-1] if len(value) > 2 and value[0] == value[-1] == "'" else value
    fixed = line[:start] + quote(whole) + line[end:]
    params = {"text": shown(line[start:column]), "fixed": shown(fixed)}
    return Finding("text-after-value", number, column, end - column, params, number, fixed)


def block_list(fault: Fault, lines: Sequence[str]) -> Finding | None:
    """Something that is not an item inside a list."""
    number, column = fault.line, fault.column
    line = lines[number]
    if not line[:column].strip() and column == fault.context_column:
        found = lookalike(line)
        if found is not None and found.code in ("not-a-dash", "no-space-after-dash"):
            return Finding.of_lookalike(number, found)
        return Finding("key-among-items", number, column, 1)
    return _indentation(number, lines) if not line[:column].strip(" -") else block_mapping(fault, lines)


def _indentation(number: int, lines: Sequence[str]) -> Finding | None:
    line = lines[number]
    found = lookalike(line)
    if found is not None and found.code == "wide-space":
        return Finding.of_lookalike(number, found)
    indent = len(line) - len(line.lstrip(" "))
    columns = [column for column in open_columns(lines, number) if column != indent]
    if not columns or is_blank(line):
        return None
    nearest = min(columns, key=lambda column: (abs(column - indent), -column))
    expected = ", ".join(str(column) for column in columns)
    params = {"spaces": indent, "expected": expected}
    return Finding("bad-indentation", number, indent, 1, params, number, " " * nearest + line.lstrip(" "))


def _opened_above(lines: Sequence[str], number: int, column: int) -> Finding | None:
    """The quote that was never closed, if the one before ``column`` closes a text begun on a line above."""
    mark = lines[number][:column].rstrip()[-1]
    if lines[number][:column].count(mark) % 2 == 0:
        return None
    for above in range(number - 1, max(number - 100, 0) - 1, -1):
        if lines[above].count(mark) % 2:
            at = lines[above].rindex(mark)
            return Finding(
                "unclosed-quote", above, at, 1, {"quote": mark}, above, lines[above].rstrip() + mark
            )
    return None
