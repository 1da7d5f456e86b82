"""Where the boxes and lines of a derivation's picture stand: in layers from left to right, nothing over anything else.

The layers are the longest ways from the root, so that every line leads to the right; within a layer boxes stand in the
order of what they lead to, and are as high as their wrapped text needs. A line over several layers runs between their
boxes, and lines to the same box run together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.report.svg import wrapped

if TYPE_CHECKING:
    from engine.explain.graph import Graph

BOX = 250.0
SIZE = 12.0
LINE = 16.0
PAD = 9.0
GAP, MARGIN = 56.0, 16.0
_ROW_GAP = 10.0
#: The mark of a truth says it without colour.
MARKS = {"true": "✓", "false": "✗", "unknown": "?", "none": ""}


@dataclass(frozen=True)
class Box:
    """A place and the lines of text in it, of which the first ``head`` are what it is called.

    ``kind`` and ``truth`` are those of the graph's node; also ``row``, what a row of a table says, and ``lane``, where a
    line passes through a layer.
    """

    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    head: int
    kind: str
    truth: str

    @property
    def middle(self) -> float:
        """Where lines begin and end."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """The boxes by name, and the lines between boxes of neighbouring layers."""

    boxes: dict[str, Box]
    lines: tuple[tuple[str, str], ...]


def laid_out(graph: Graph, top: float = MARGIN) -> Layout:
    """The places of a graph's nodes, all below ``top``."""
    drawn, layer = _with_lanes(_with_rows(graph))
    order = {name: i for i, name in enumerate(drawn)}
    boxes: dict[str, Box] = {}
    for number in range(max(layer.values()) + 1):
        names = [name for name in drawn if layer[name] == number]
        middle = {name: _mean([boxes[p].middle for p in drawn.predecessors(name)]) for name in names}
        y = top
        for name in sorted(names, key=lambda name: (middle[name], order[name])):
            node = drawn.nodes[name]
            lines, head = _lines(node)
            height = len(lines) * LINE + 2 * PAD if lines else 0.0
            y = max(y, middle[name] - height / 2)
            x = MARGIN + number * (BOX + GAP)
            boxes[name] = Box(x, y, height, lines, head, node["kind"], node["truth"])
            y += height + _ROW_GAP
    return Layout(boxes, tuple(drawn.edges))


def _with_rows(graph: Graph) -> Graph:
    """The graph with a node for each edge that says something."""
    import networkx

    found: Graph = networkx.DiGraph()
    for name, node in graph.nodes.items():
        found.add_node(name, kind=node["kind"], truth=node["truth"], lines=node["lines"])
    said: str
    for parent, child, said in graph.edges.data("label"):
        if said:
            row = f"{parent}/{child}"
            found.add_node(row, kind="row", truth=graph.nodes[child]["truth"], lines=[said])
            found.add_edge(parent, row)
            found.add_edge(row, child)
        else:
            found.add_edge(parent, child)
    return found


def _with_lanes(graph: Graph) -> tuple[Graph, dict[str, int]]:
    """The graph with a lane for each layer that edges to a node only pass through; and the layer of each node."""
    import networkx

    layer: dict[str, int] = {}
    for name in networkx.topological_sort(graph):
        layer[name] = max((layer[p] + 1 for p in graph.predecessors(name)), default=0)
    found: Graph = networkx.DiGraph()
    found.add_nodes_from(graph.nodes.items())
    for parent, child in graph.edges:
        before = parent
        for number in range(layer[parent] + 1, layer[child]):
            lane = f"{child}@{number}"
            found.add_node(lane, kind="lane", truth=graph.nodes[child]["truth"], lines=[])
            layer[lane] = number
            found.add_edge(before, lane)
            before = lane
        found.add_edge(before, child)
    return found, layer


def _lines(node: dict[str, object]) -> tuple[tuple[str, ...], int]:
    """The node's text wrapped to the box, and how many of the lines are the first thing that it says."""
    said = [str(line) for line in node["lines"]]  # type: ignore[attr-defined]
    mark = MARKS[str(node["truth"])]
    if said and mark and node["kind"] != "row":
        said[0] = f"{mark} {said[0]}"
    pieces = [wrapped(line, SIZE, BOX - 2 * PAD) for line in said]
    return tuple(line for lines in pieces for line in lines), len(pieces[0]) if pieces else 0


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
