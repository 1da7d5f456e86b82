"""Texts that are sound YAML and yet probably not what was meant.

Errors only where nothing sensible can be meant; the rest are warnings, and each can be silenced by quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.project.yaml.anatomy import MAX_LINE, WIDE, indentation, quote, shown
from engine.project.yaml.finding import Finding
from engine.project.yaml.nodes import Node

#: Lines without any of these need no closer look.
_CANDIDATE = re.compile(f"[：，、；“”‘’{WIDE}]| #[^\\s]|[^\\s]:[^\\s]|[-－—–−•·][^\\s]")
_WIDE = f"[{WIDE}]+"
_WIDE_AFTER_COLON = re.compile(f":(?={_WIDE})")
_COMMENT = re.compile(r"[ \t]#(?=[^\s#!])")
_WORD_END = re.compile(r"[\w\u4e00-\u9fff]$")
_WRAPPED = re.compile("“[^“”]*”|‘[^‘’]*’")
_SEPARATOR = re.compile("[，、；]")
_LONGEST_ENTRY = 100
#: A key, a colon, and what only a value looks like: a word of the core schema, a number, a quote or a test.
_ENTRY = re.compile(
    r"(?P<key>[^\s:：\"'，。；、,]*[^\s\d:：\"'，。；、,.][^\s:：\"'，。；、,]*)(?P<colon>[：:])[ \u3000]*"
    r"(?:true|false|null|~|[-+]?\d+(?:\.\d+)?|[\"“<>=@\[].*)?$",
    re.DOTALL,
)
_IDENTIFIER_ENTRY = re.compile(r"(?P<key>[A-Za-z_][A-Za-z0-9_ ]*)(?P<colon>：)", re.DOTALL)


def traps(root: Node, lines: Sequence[str]) -> Iterator[tuple[Finding, bool]]:
    """The findings in a document, each with whether it is only a warning."""
    suspects = {
        number
        for number, line in enumerate(lines)
        if len(line) <= MAX_LINE and _CANDIDATE.search(line) is not None
    }
    if root.kind == "scalar":
        if not root.style:
            yield from _entry(root, lines, warning=False)
        return
    stack, seen = [root], {id(root)}
    while stack:
        node = stack.pop()
        for key, value in _children(node):
            if id(value) in seen:
                continue
            seen.add(id(value))
            if key is not None and not key.style and key.line in suspects:
                yield from _key(node, key, value, lines)
            if value.kind != "scalar":
                stack.append(value)
            elif not value.style:
                if value.line in suspects:
                    yield from _value(node, key, value, lines)
                if value.end_line != value.line:
                    yield from _items_in_text(value, lines)


def _children(node: Node) -> Iterator[tuple[Node | None, Node]]:
    if node.kind == "list":
        for item in node.items:
            yield None, item
    else:
        for name, value in node.values.items():
            yield node.keys[name], value


def _key(parent: Node, key: Node, value: Node, lines: Sequence[str]) -> Iterator[tuple[Finding, bool]]:
    line, text = lines[key.line], key.text
    after = _WIDE_AFTER_COLON.search(text)
    at = after.end() if after is not None else _wide_end(text)
    if at >= 0:
        column = key.column + at
        before, rest = line[:column], line[column:].lstrip(WIDE + " ")
        spaced = rest if not before.strip(" -") or rest.startswith(":") else f" {rest}"
        params = {"character": f"U+{ord(text[at]):04X}", "fixed": shown(before.rstrip() + spaced)}
        yield Finding("wide-space", key.line, column, 1, params), False
    elif parent.flow and value.kind == "scalar" and not value.text and not value.style:
        match = re.search("[：:，]", text)
        if match is not None and key.line == key.end_line:
            fixed = line[: key.column] + _plain_marks(text) + line[key.end_column :]
            code = {"：": "full-width-colon", "，": "full-width-comma", ":": "no-space-after-colon"}[match[0]]
            yield Finding(code, key.line, key.column + match.start(), 1, {"fixed": shown(fixed)}), False


def _plain_marks(text: str) -> str:
    return re.sub("[：:] ?", ": ", re.sub("， ?", ", ", text)).strip()


def _value(
    parent: Node, key: Node | None, node: Node, lines: Sequence[str]
) -> Iterator[tuple[Finding, bool]]:
    text, line = node.text, lines[node.line]
    if not text:
        return
    on_one_line = node.line == node.end_line
    if on_one_line and _WORD_END.search(text) and not is_number(text):
        comment = _COMMENT.match(line, node.end_column)
        if comment is not None:
            column = comment.end() - 1
            whole = f"{line[: node.column]}{quote(line[node.column :].rstrip())}"
            params = {"kept": shown(text), "fixed": shown(whole)}
            yield Finding("comment-cuts-text", node.line, column, len(line.rstrip()) - column, params), True
            return
    wide = _wide_end(text)
    if wide >= 0 and on_one_line:
        column = node.column + wide
        character = f"U+{ord(line[column]):04X}"
        fixed = line[: node.column] + text.strip(WIDE + " ") + line[node.end_column :]
        yield (
            Finding(
                "wide-space-in-value", node.line, column, 1, {"character": character, "fixed": shown(fixed)}
            ),
            True,
        )
    elif _WRAPPED.fullmatch(text) and on_one_line:
        params = {
            "fixed": shown(f"{line[: node.column]}{quote(text[1:-1])}{line[node.end_column :]}"),
            "kept": shown(f"{line[: node.column]}{quote(text)}{line[node.end_column :]}"),
        }
        yield Finding("full-width-quotes", node.line, node.column, len(text), params), True
    elif parent.flow and parent.kind == "list" and on_one_line and _SEPARATOR.search(text):
        match = _SEPARATOR.search(text)
        assert match is not None
        split = ", ".join(part.strip() for part in _SEPARATOR.split(text) if part.strip())
        params = {
            "character": match[0],
            "fixed": shown(line[: node.column] + split + line[node.end_column :]),
            "kept": shown(line[: node.column] + quote(text) + line[node.end_column :]),
        }
        yield Finding("wide-separator", node.line, node.column + match.start(), 1, params), True
    elif not parent.flow and (key is None or key.line != node.line):
        yield from _entry(node, lines, warning=True)


def _entry(node: Node, lines: Sequence[str], *, warning: bool) -> Iterator[tuple[Finding, bool]]:
    """A text on a line of its own that would be a key and its value if the colon were plain and followed by a space."""
    line = lines[node.line]
    if len(line) > MAX_LINE:
        return
    # The patterns may take quadratic time, and a key is short.
    text = node.text[:_LONGEST_ENTRY].partition("\n")[0]
    dash = re.match(r"-(?=[^\s\d.-])|[－•·](?=\s)", text)
    if dash is not None and not line[: node.column].strip():
        fixed = f"{line[: node.column]}- {line[node.column + 1 :].lstrip()}"
        code = "no-space-after-dash" if dash[0] == "-" else "not-a-dash"
        params = {"fixed": shown(fixed), "character": dash[0]}
        yield Finding(f"{code}-in-text" if warning else code, node.line, node.column, 1, params), warning
        return
    match = _ENTRY.match(text) or _IDENTIFIER_ENTRY.match(text)
    if match is None and not warning:
        match = re.match("(?P<key>[^：:]{1,40})(?P<colon>：)", text)
    if match is None:
        return
    column = node.column + match.start("colon")
    code = "full-width-colon" if match["colon"] == "：" else "no-space-after-colon"
    fixed = f"{line[:column]}: {line[column + 1 :].lstrip(WIDE + ' ')}"
    yield (
        Finding(f"{code}-in-text" if warning else code, node.line, column, 1, {"fixed": shown(fixed)}),
        warning,
    )


def _items_in_text(node: Node, lines: Sequence[str]) -> Iterator[tuple[Finding, bool]]:
    """Lines that begin like a list item inside a plain text: indented too far to be one."""
    for number in range(node.line + 1, min(node.end_line + 1, len(lines))):
        if lines[number].lstrip(" ").startswith("- "):
            yield Finding("item-in-text", number, indentation(lines[number])), True


def _wide_end(text: str) -> int:
    """Where a space that is not plain begins or ends the text; -1 if none does."""
    if text[:1] and text[0] in WIDE:
        return 0
    kept = len(text.rstrip(WIDE))
    return kept if kept < len(text) else -1


def is_number(text: str) -> bool:
    """Whether a plain text is a number; a comment behind one cuts nothing off."""
    return re.fullmatch(r"[-+]?[0-9][0-9.eE+-]*", text) is not None
