"""What the user did, judged from where the parser gave up; and the line put right, so that the parser can go on.

The parser's words only say which kind of thing it was reading. The repaired text is used to find further errors and for
nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.project.yaml import fault_blocks, fault_flow
from engine.project.yaml.anatomy import MAX_LINE, in_quotes, indentation, is_blank, shown
from engine.project.yaml.events import Fault
from engine.project.yaml.finding import Finding
from engine.project.yaml.lookalikes import lookalike


class _Rule(NamedTuple):
    problem: str
    context: str
    #: The name of the function that judges; looked up in _JUDGES.
    judge: str


#: The first rule whose words occur in the parser's decides. libyaml and PyYAML word some of them differently.
_RULES = (
    _Rule("mapping values are not allowed", "", "second_colon"),
    _Rule("could not find expected ':'", "", "no_colon"),
    _Rule("tab character", "", "tab"),
    _Rule("cannot start any token", "", "bad_start"),
    _Rule("", "block scalar", "needs_quotes"),
    _Rule("", "an alias", "needs_quotes"),
    _Rule("", "an anchor", "needs_quotes"),
    _Rule("", "a tag", "needs_quotes"),
    _Rule("tag handle", "", "needs_quotes"),
    _Rule("end of stream", "quoted scalar", "unclosed_quote"),
    _Rule("document indicator", "quoted scalar", "unclosed_quote"),
    _Rule("document separator", "quoted scalar", "unclosed_quote"),
    _Rule("", "quoted scalar", "bad_escape"),
    _Rule("", "scanning a directive", "needs_quotes"),
    _Rule("document start", "", "after_end"),
    _Rule("", "flow", "flow"),
    _Rule("", "block mapping", "block_mapping"),
    _Rule("", "block collection", "block_list"),
    _Rule("", "block sequence", "block_list"),
    _Rule("", "block node", "bad_start"),
    _Rule("sequence entries are not allowed", "", "dash_in_value"),
)


def judge(fault: Fault, lines: Sequence[str]) -> Finding:
    """The finding for a fault in the text of ``lines``."""
    if fault.line >= len(lines):
        fault.line, fault.column = len(lines) - 1, len(lines[-1])
    if fault.context_line >= len(lines):
        fault.context_line, fault.context_column = fault.line, fault.column
    if max(len(lines[fault.line]), len(lines[fault.context_line])) <= MAX_LINE:
        for rule in _RULES:
            if rule.problem in fault.problem and rule.context in fault.context:
                finding = _JUDGES[rule.judge](fault, lines)
                if finding is not None:
                    return finding
                break
    return Finding("not-yaml", fault.line, fault.column)


def _no_colon(fault: Fault, lines: Sequence[str]) -> Finding | None:
    number = fault.context_line
    line = lines[number]
    found = lookalike(line)
    if found is not None:
        return Finding.of_lookalike(number, found)
    if line[fault.context_column : fault.context_column + 1] in ('"', "'") and fault.line > number + 1:
        return None
    end = len(line.rstrip())
    column = min(fault.context_column, max(end - 1, 0))
    return Finding(
        "missing-colon", number, column, end - column, {"text": shown(line[column:end])}, number, ""
    )


def _tab(fault: Fault, lines: Sequence[str]) -> Finding | None:
    for number in (fault.line, fault.context_line):
        line = lines[number]
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            fixed = indent.replace("\t", "  ") + line[len(indent) :]
            return Finding("tab", number, indent.index("\t"), 1, {}, number, fixed)
    line = lines[fault.line]
    at = line.find("\t", max(fault.column - 1, 0))
    if at < 0:
        return None
    return Finding("tab", fault.line, at, 1, {}, fault.line, line.replace("\t", " "))


def _bad_start(fault: Fault, lines: Sequence[str]) -> Finding | None:
    line = lines[fault.line]
    if line[fault.column : fault.column + 1] == "\t":
        return _tab(fault, lines)
    return _quotes(fault.line, fault.column, lines)


def _needs_quotes(fault: Fault, lines: Sequence[str]) -> Finding | None:
    return _quotes(fault.context_line, fault.context_column, lines)


def _quotes(number: int, column: int, lines: Sequence[str]) -> Finding | None:
    line = lines[number]
    if not line[column : column + 1].strip():
        return None
    flow = line[column - 1 : column] in (" ", "[", "{", ",")
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if line[column] in "|>" and below.strip() and indentation(below) > indentation(line):
        # Probably a block of text whose header is wrong; quoting the header would only break the lines below.
        return Finding("block-header", number, column)
    fixed = in_quotes(line, column, flow=flow)
    params = {"character": line[column], "fixed": shown(fixed)}
    code = "backtick-needs-quotes" if line[column] == "`" else "needs-quotes"
    return Finding(code, number, column, 1, params, number, fixed)


def _unclosed_quote(fault: Fault, lines: Sequence[str]) -> Finding | None:
    number, column = fault.context_line, fault.context_column
    line = lines[number]
    mark = line[column : column + 1]
    if mark not in ('"', "'"):
        return None
    return Finding("unclosed-quote", number, column, 1, {"quote": mark}, number, line.rstrip() + mark)


def _bad_escape(fault: Fault, lines: Sequence[str]) -> Finding | None:
    line = lines[fault.line]
    at = line.rfind("\\", 0, fault.column + 1)
    if at < 0:
        return None
    fixed = line[:at] + "\\" + line[at:]
    return Finding(
        "escape-unknown",
        fault.line,
        at,
        2,
        {"text": line[at : at + 2], "fixed": shown(fixed)},
        fault.line,
        fixed,
    )


def _dash_in_value(fault: Fault, lines: Sequence[str]) -> Finding | None:
    line = lines[fault.line]
    fixed = in_quotes(line, fault.column)
    return Finding("dash-in-value", fault.line, fault.column, 1, {"fixed": shown(fixed)}, fault.line, fixed)


def _after_end(fault: Fault, lines: Sequence[str]) -> Finding | None:
    """Content after the document has ended, mostly because its first line was taken for a text."""
    first = next((n for n, line in enumerate(lines) if not is_blank(line)), -1)
    if first < 0 or lines[first].startswith("%"):
        return _quotes(first, 0, lines) if first >= 0 else None
    found = lookalike(lines[first])
    if found is not None:
        return Finding.of_lookalike(first, found)
    return Finding("after-end", fault.line, fault.column)


_JUDGES = {
    "second_colon": fault_blocks.second_colon,
    "no_colon": _no_colon,
    "tab": _tab,
    "bad_start": _bad_start,
    "needs_quotes": _needs_quotes,
    "unclosed_quote": _unclosed_quote,
    "bad_escape": _bad_escape,
    "flow": fault_flow.flow,
    "block_mapping": fault_blocks.block_mapping,
    "block_list": fault_blocks.block_list,
    "dash_in_value": _dash_in_value,
    "after_end": _after_end,
}
