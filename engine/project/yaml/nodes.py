"""The tree of places: where each key and value of a document stands in its text."""

from __future__ import annotations

from typing import Literal

Kind = Literal["scalar", "mapping", "list"]


class Node:
    """A value's place. Lines and columns count from 0 here, as the parsers' marks do.

    ``text`` and ``style`` (one of ``'``, ``"``, ``|``, ``>`` or empty for plain) belong to scalars. A mapping has
    ``keys`` and ``values`` by key, a list has ``items``. ``flow`` tells ``[…]`` and ``{…}`` from block form.
    """

    __slots__ = (
        "column",
        "end_column",
        "end_line",
        "flow",
        "height",
        "items",
        "keys",
        "kind",
        "line",
        "size",
        "style",
        "text",
        "values",
    )

    def __init__(self, kind: Kind, line: int, column: int, end_line: int, end_column: int) -> None:
        self.kind: Kind = kind
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.text = ""
        self.style = ""
        self.flow = False
        self.keys: dict[str, Node] = {}
        self.values: dict[str, Node] = {}
        self.items: list[Node] = []
        #: Nodes in this one, itself included, with aliases expanded; and how deep they nest.
        self.size = 1
        self.height = 1
