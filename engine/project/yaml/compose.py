"""Events to data and places in one pass, refusing what the reader's subset of YAML leaves out.

The subset: one document, text keys without repetition, no tags, no merge keys, anchors and aliases within limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from engine.project.yaml.core_schema import NotANumber, resolve
from engine.project.yaml.limits import MAX_ALIASES, MAX_DEPTH, MAX_EXPANDED, MAX_NODES, MAX_SCALAR
from engine.project.yaml.nodes import Node

#: Reports ``code`` at a line and column from 0, over ``length`` characters, with the message's parameters.
Report = Callable[..., None]


class Stop(Exception):
    """A limit was passed; it has been reported, and the rest of the file is not read."""


class Composer:
    """Builds one document. ``root`` and ``data`` are None for a file without content."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.root: Node | None = None
        self.data: Any = None
        #: Whether the data lacks something that was written, so that checking it would only repeat the errors.
        self.broken = False
        self._open: list[tuple[Node, Any, list[Any]]] = []
        self._anchors: dict[str, tuple[Node, Any]] = {}
        self._anchor_places: dict[str, tuple[int, int]] = {}
        self._unfinished: dict[str, int] = {}
        self._closing: list[tuple[str | None, Any]] = []
        self._used: set[str] = set()
        self._aliases = self._expanded = self._nodes = self._documents = 0

    def compose(self, events: Iterator[Any]) -> None:
        """Read all ``events``. Raises Stop past a limit and lets the events' Fault through."""
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._start(event, kind is yaml.MappingStartEvent)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._end(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    mark = event.start_mark
                    self._report("several-documents", mark.line, mark.column, 3)
                    raise Stop
        for name in sorted(self._anchor_places.keys() - self._used):
            line, column = self._anchor_places[name]
            self._report("unused-anchor", line, column, len(name) + 1, warning=True, name=name)

    def _count(self, line: int, column: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._report("too-many-nodes", line, column, 1, limit=MAX_NODES)
            raise Stop

    def _scalar(self, event: Any) -> None:
        start, end, text = event.start_mark, event.end_mark, event.value
        node = Node("scalar", start.line, start.column, end.line, end.column)
        node.text = text
        self._count(node.line, node.column)
        if len(text) > MAX_SCALAR:
            self._report("scalar-too-long", node.line, node.column, 1, limit=MAX_SCALAR)
            raise Stop
        style = event.style
        plain = style not in ("'", '"', "|", ">")
        data = text
        if plain:
            try:
                data = resolve(text)
            except NotANumber as problem:
                self._report(problem.code, node.line, node.column, min(len(text), 40), text=text[:40])
        else:
            node.style = style
        if event.tag is not None or event.anchor is not None:
            self._properties(event, node, data)
        self._add(node, data, plain)

    def _start(self, event: Any, is_mapping: bool) -> None:
        start = event.start_mark
        node = Node("mapping" if is_mapping else "list", start.line, start.column, start.line, start.column)
        node.flow = bool(event.flow_style)
        self._count(start.line, start.column)
        data: Any = {} if is_mapping else []
        if len(self._open) >= MAX_DEPTH:
            self._report("too-deep", start.line, start.column, 1, limit=MAX_DEPTH)
            raise Stop
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            self._unfinished[event.anchor] = self._unfinished.get(event.anchor, 0) + 1
            self._anchor_places[event.anchor] = (start.line, start.column)
        self._closing.append((event.anchor, event))
        self._open.append((node, data, []))

    def _end(self, event: Any) -> None:
        node, data, _ = self._open.pop()
        node.end_line, node.end_column = event.end_mark.line, event.end_mark.column
        anchor, _ = self._closing.pop()
        if anchor is not None:
            self._unfinished[anchor] -= 1
            self._anchors[anchor] = (node, data)
        self._add(node, data, False)

    def _alias(self, event: Any) -> None:
        name, line, column = event.anchor, event.start_mark.line, event.start_mark.column
        self._used.add(name)
        self._count(line, column)
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            self._report("too-many-aliases", line, column, len(name) + 1, limit=MAX_ALIASES)
            raise Stop
        node, data = self._anchors.get(name, (None, None))
        if self._unfinished.get(name):
            self._report("alias-inside-itself", line, column, len(name) + 1, name=name)
            node = None
        elif node is None:
            self._report("unknown-alias", line, column, len(name) + 1, name=name)
        if node is None:
            self.broken = True
            node, data = Node("scalar", line, column, line, column + len(name) + 1), None
            node.style = "'"  # not a text of the user's: nothing else is to be said about it
        else:
            self._expanded += node.size
            if self._expanded > MAX_EXPANDED:
                self._report("aliases-too-large", line, column, len(name) + 1, limit=MAX_EXPANDED)
                raise Stop
            if len(self._open) + node.height - 1 > MAX_DEPTH:
                self._report("too-deep", line, column, len(name) + 1, limit=MAX_DEPTH)
                raise Stop
        self._add(node, data, False, shown=(line, column))

    def _add(self, node: Node, data: Any, plain: bool, shown: tuple[int, int] | None = None) -> None:
        """Put a finished value into the collection that is open, or make it the document."""
        if not self._open:
            self.root, self.data = node, data
            return
        parent, into, pending = self._open[-1]
        parent.size += node.size
        if node.height >= parent.height:
            parent.height = node.height + 1
        if parent.kind == "list":
            parent.items.append(node)
            into.append(data)
        elif not pending:
            pending.append(self._key(node, data, plain, shown or (node.line, node.column)))
            pending.append(node)
        else:
            key, key_node = pending
            pending.clear()
            if key in into:
                first = parent.keys[key]
                length = key_node.end_column - key_node.column if key_node.line == key_node.end_line else 1
                self._report(
                    "duplicate-key", key_node.line, key_node.column, length, key=key, first=first.line + 1
                )
            else:
                parent.keys[key] = key_node
                parent.values[key] = node
                into[key] = data

    def _key(self, node: Node, data: Any, plain: bool, shown: tuple[int, int]) -> str:
        line, column = shown
        if node.kind != "scalar":
            self.broken = True
            self._report("key-not-text", line, column, 1)
            return f"\0{line}:{column}"
        text = node.text
        if plain and text == "<<":
            self.broken = True
            self._report("merge-key", line, column, 2)
        elif not isinstance(data, str):
            self.broken = self.broken or not text
            self._report(
                "key-needs-quotes" if text else "key-empty", line, column, max(len(text), 1), key=text
            )
        return text

    def _properties(self, event: Any, node: Node, data: Any) -> None:
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, data)
            self._anchor_places[event.anchor] = (node.line, node.column)

    def _tag(self, event: Any) -> None:
        self._report("tag", event.start_mark.line, event.start_mark.column, 1)
