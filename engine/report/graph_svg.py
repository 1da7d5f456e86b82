"""A derivation drawn as a picture: the conclusion on the left, what it follows from to the right, in layers.

The layers are the longest ways from the root, so that every arrow points to the right; within a layer boxes stand in the
order of what they lead to. Boxes are as high as their wrapped text needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from engine.explain.derivation import DerivationTree
from engine.explain.graph import derivation_graph
from engine.messages import Lang, text
from engine.report.svg import add, document, label, picture, text_width
from engine.wording.columns import wrap
from engine.wording.one_line import one_line
from engine.wording.words import date_words

if TYPE_CHECKING:
    from engine.explain.graph import Graph

BOX = 250.0
_SIZE = 12.0
_LINE = 16.0
_PAD = 9.0
_COLUMN_GAP, _ROW_GAP, _MARGIN = 56.0, 10.0, 16.0
#: Fill, line and mark of a truth; the mark says it without colour.
_LOOKS = {
    "true": ("#e6f4ea", "#1e7b34", "✓"),
    "false": ("#fbe9e7", "#b3261e", "✗"),
    "unknown": ("#fff8e1", "#8a6d00", "?"),
    "none": ("#eef2f7", "#44546a", ""),
}


@dataclass(frozen=True)
class Box:
    """A node's place and its lines of text."""

    x: float
    y: float
    height: float
    lines: tuple[str, ...]


def graph_svg(tree: DerivationTree, lang: Lang) -> str:
    """The picture as a file's content, the same for the same derivation and language."""
    graph = derivation_graph(tree, lang)
    boxes = laid_out(graph)
    evaluation = tree.evaluation
    width = max(box.x for box in boxes.values()) + BOX + _MARGIN
    height = max(box.y + box.height for box in boxes.values()) + _MARGIN
    root = picture(
        width,
        height,
        text("graph.title", lang, name=evaluation.sheet.name, id=evaluation.sheet.unit),
        text("graph.desc", lang, as_of=date_words(evaluation.program.as_of, lang), n=len(boxes)),
        evaluation.sheet.unit + "-graph",
    )
    add(root, "rect", width=width, height=height, fill="#ffffff")
    for parent, child in graph.edges:
        _edge(
            root,
            boxes[parent],
            boxes[child],
            graph.nodes[child]["truth"],
            graph.edges[parent, child]["label"],
        )
    for name, box in boxes.items():
        _box(root, box, graph.nodes[name]["truth"], graph.nodes[name]["kind"])
    return document(root)


def laid_out(graph: Graph) -> dict[str, Box]:
    """A box for each node, none over another."""
    import networkx

    layer: dict[str, int] = {}
    for name in networkx.lexicographical_topological_sort(graph, key=list(graph).index):
        layer[name] = max((layer[p] + 1 for p in graph.predecessors(name)), default=0)
    boxes: dict[str, Box] = {}
    for number in range(max(layer.values()) + 1):
        names = [name for name in graph if layer[name] == number]
        middle = {
            name: _mean([boxes[p].y + boxes[p].height / 2 for p in graph.predecessors(name)])
            for name in names
        }
        order = {name: i for i, name in enumerate(names)}
        y = _MARGIN
        for name in sorted(names, key=lambda name: (middle[name], order[name])):
            lines = _lines(graph.nodes[name])
            height = len(lines) * _LINE + 2 * _PAD
            y = max(y, middle[name] - height / 2)
            boxes[name] = Box(_MARGIN + number * (BOX + _COLUMN_GAP), y, height, lines)
            y += height + _ROW_GAP
    return boxes


def _lines(node: dict[str, object]) -> tuple[str, ...]:
    """The node's text wrapped to the box, by the width that its characters take at most."""
    found: list[str] = []
    said = [one_line(str(line)) for line in node["lines"]]  # type: ignore[attr-defined]
    mark = _LOOKS[str(node["truth"])][2]
    if mark:
        said[0] = f"{mark} {said[0]}"
    columns = int((BOX - 2 * _PAD) / (0.55 * _SIZE))
    for line in said:
        pieces = wrap(line, columns)
        assert all(text_width(piece, _SIZE) <= BOX - 2 * _PAD + 1 for piece in pieces)
        found += pieces
    return tuple(found)


def _box(root: Element, box: Box, truth: str, kind: str) -> None:
    fill, line, _ = _LOOKS[truth]
    add(
        root,
        "rect",
        x=box.x,
        y=box.y,
        width=BOX,
        height=box.height,
        rx=2 if kind == "rule" else 10,
        fill=fill,
        stroke=line,
        stroke_width=2 if kind == "rule" else 1,
        stroke_dasharray="5 4" if truth == "unknown" else None,
    )
    for i, said in enumerate(box.lines):
        label(
            root,
            box.x + _PAD,
            box.y + _PAD + 12 + i * _LINE,
            said,
            size=_SIZE,
            font_weight="bold" if i == 0 and kind in ("rule", "table") else None,
        )


def _edge(root: Element, parent: Box, child: Box, truth: str, said: str) -> None:
    x1, y1 = parent.x + BOX, parent.y + parent.height / 2
    x2, y2 = child.x, child.y + child.height / 2
    bend = (x2 - x1) / 2
    add(
        root,
        "path",
        d=f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}",
        fill="none",
        stroke=_LOOKS[truth][1],
        stroke_width=1.2,
        stroke_dasharray="5 4" if truth == "unknown" else None,
    )
    if said:
        label(root, x1 + 4, (y1 + y2) / 2, said, room=_COLUMN_GAP - 8, size=10)


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
