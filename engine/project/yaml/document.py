"""A document that was read: plain data, and the place of everything in it."""

from __future__ import annotations

from typing import Any, Literal

from engine.diagnostics import Location
from engine.project.yaml.nodes import Node
from engine.project.yaml.scalar_places import places

DataPath = tuple[str | int, ...]
Style = Literal["plain", "quoted", "block", "collection"]


class Document:
    """The content of one YAML file.

    ``data`` holds dict, list, str, int, Decimal, bool and None only. Paths are keys and indexes from the root,
    ``("criteria", 2, "when")``. A component that the document does not have is passed over, since the paths of
    validators also name members of unions; so a path that does not exist leads to its nearest ancestor.
    """

    def __init__(self, name: str, data: Any, root: Node, lines: tuple[str, ...]) -> None:
        self.name = name
        self.data = data
        self.lines = lines
        self._root = root

    def __repr__(self) -> str:
        return f"Document({self.name!r}, {len(self.lines)} lines)"

    def key_location(self, path: DataPath) -> Location:
        """The key that ``path`` ends in; for an item of a list or the root, the value itself."""
        key, value = self._find(path)
        return self._scalar(key) if key is not None else self._value(value)

    def value_location(self, path: DataPath) -> Location:
        """The value under ``path``, as far as it goes on its first line; of a mapping in block form, the first key."""
        return self._value(self._find(path)[1])

    def text_location(self, path: DataPath, start: int, end: int) -> Location:
        """Characters ``start`` to ``end`` of the text under ``path``, as far as they go on the first line.

        Escapes, folding and indentation are accounted for; the text's own place is the fallback.
        """
        node = self._find(path)[1]
        where = places(node, self.lines) if node.kind == "scalar" else None
        if where is None:
            return self._value(node)
        start = min(max(start, 0), len(where) - 1)
        end = min(max(end, start), len(where) - 1)
        line, column = where[start]
        last_line, last_column = where[end]
        if end > start and last_line != line and where[end - 1][0] == line:
            last_line, last_column = line, where[end - 1][1] + 1
        if last_line != line:
            last_column = len(self.lines[line])
        # A line end that became a space stands behind the last character of its line.
        column = min(column, len(self.lines[line]))
        return Location(self.name, line + 1, column + 1, max(last_column - column, 1))

    def source_line(self, location: Location) -> str | None:
        """The line of ``location``; None if it names the file as a whole."""
        return self.lines[location.line - 1] if 0 < location.line <= len(self.lines) else None

    def style(self, path: DataPath) -> Style:
        """How the value under ``path`` is written."""
        node = self._find(path)[1]
        if node.kind != "scalar":
            return "collection"
        return "quoted" if node.style in ("'", '"') else "block" if node.style else "plain"

    def _find(self, path: DataPath) -> tuple[Node | None, Node]:
        key: Node | None = None
        here = self._root
        for part in path:
            if isinstance(part, str) and part in here.values:
                key, here = here.keys[part], here.values[part]
            elif type(part) is int and here.kind == "list" and -1 < part < len(here.items):
                key, here = None, here.items[part]
        return key, here

    def _value(self, node: Node) -> Location:
        if node.kind == "mapping" and not node.flow and node.keys:
            return self._scalar(next(iter(node.keys.values())))
        if node.kind == "list" and not node.flow:
            return Location(self.name, node.line + 1, node.column + 1, 1)
        return self._scalar(node)

    def _scalar(self, node: Node) -> Location:
        if node.line >= len(self.lines):
            # The parsers place a value that is left out behind the last line if nothing else follows.
            return Location(self.name, len(self.lines), len(self.lines[-1]) + 1, 1)
        end = node.end_column if node.end_line == node.line else len(self.lines[node.line].rstrip())
        return Location(self.name, node.line + 1, node.column + 1, max(end - node.column, 1))
