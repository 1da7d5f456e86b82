"""Characters that a Chinese input method puts where YAML wants its own, and spaces left out after `:` and `-`."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.project.yaml.anatomy import MAX_LINE, WIDE

_WIDE = re.compile(f"[{WIDE}]")
_WIDE_IN_FRONT = re.compile(f"[ \\t]*(?:-[ \\t]*)*(?=[{WIDE}])")
_WIDE_AFTER_COLON = re.compile(f"[^:：#\"']{{1,80}}:(?=[{WIDE}])")
_COLON = re.compile(r"[ \t]*(?:- +)*[^\s:：#\[{][^:：]{0,40}(?=：)")
_DASH = re.compile(r"[ \t]*(?=[－—–−•·])")
_HASH = re.compile(r"[ \t]*(?=＃)")
_NO_SPACE_AFTER_COLON = re.compile(r"[ \t]*(?:- +)*[^\s:：#\"'\[{][^:：\"']{0,80}:(?=[^\s:/])")
_NO_SPACE_AFTER_DASH = re.compile(r"[ \t]*(?:- +)*-(?=[^\s-])")


class Lookalike(NamedTuple):
    """What is wrong at ``column`` (from 0) of a line, and the line put right."""

    code: str
    column: int
    params: dict[str, str]
    fixed: str


def lookalike(line: str) -> Lookalike | None:
    """The first thing in the line that only looks like YAML, if there is one."""
    if len(line) > MAX_LINE:
        return None
    for pattern in (_WIDE_IN_FRONT, _WIDE_AFTER_COLON):
        if match := pattern.match(line):
            return _wide(line, match.end())
    if match := _COLON.match(line):
        at = match.end()
        fixed = f"{line[:at]}: {line[at + 1 :].lstrip()}".rstrip()
        return Lookalike("full-width-colon", at, {}, fixed)
    for pattern, code, plain in ((_DASH, "not-a-dash", "- "), (_HASH, "full-width-hash", "# ")):
        if match := pattern.match(line):
            at = match.end()
            return Lookalike(code, at, {"character": line[at]}, line[:at] + plain + line[at + 1 :].lstrip())
    if match := _NO_SPACE_AFTER_COLON.match(line):
        at = match.end()
        return Lookalike("no-space-after-colon", at - 1, {}, f"{line[:at]} {line[at:]}")
    if match := _NO_SPACE_AFTER_DASH.match(line):
        at = match.end()
        return Lookalike("no-space-after-dash", at - 1, {}, f"{line[:at]} {line[at:]}")
    return None


def _wide(line: str, at: int) -> Lookalike:
    fixed = _WIDE.sub(" ", line[: at + 1]) + re.sub(f"^[{WIDE}]+", "", line[at + 1 :])
    if not line[:at].strip(" \t-"):
        # An ideographic space is as wide as two letters, and is typed for two spaces.
        run = re.match(f"[{WIDE} ]*", line[at:])
        spaces = run[0] if run else ""
        fixed = line[:at] + spaces.replace("\u3000", "  ").translate(_TO_SPACE) + line[at + len(spaces) :]
    return Lookalike("wide-space", at, {"character": f"U+{ord(line[at]):04X}"}, fixed)


_TO_SPACE: dict[int, str | None] = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_TO_SPACE |= {0x200B: None, 0xFEFF: None}
