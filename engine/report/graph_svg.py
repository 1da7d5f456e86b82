"""A derivation drawn as a picture: its head above, the conclusion on the left, what it follows from to the right."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from engine.explain.derivation import DerivationTree
from engine.explain.graph import derivation_graph
from engine.explain.head import picture_head
from engine.messages import Lang, text
from engine.report.graph_layout import BOX, LINE, MARGIN, PAD, SIZE, Box, laid_out
from engine.report.svg import FONTS, LATIN_FONTS, add, document, label, picture, wrapped
from engine.wording.words import SEMICOLON

#: The head is at most as wide as the picture, or as can be read; it makes a small picture this wide at least.
_HEAD_WIDEST, _HEAD_NARROWEST = 900.0, 560.0
_HEAD_SIZE, _HEAD_LINE = 13.0, 20.0
#: Fill and line of a truth.
_LOOKS = {
    "true": ("#e6f4ea", "#1e7b34"),
    "false": ("#fbe9e7", "#b3261e"),
    "unknown": ("#fff8e1", "#8a6d00"),
    "none": ("#eef2f7", "#44546a"),
}


def graph_svg(tree: DerivationTree, lang: Lang) -> str:
    """The picture as a file's content, the same for the same derivation and language."""
    graph = derivation_graph(tree, lang)
    head = picture_head(tree, lang)
    across = max(box.x for box in laid_out(graph).boxes.values()) + BOX - MARGIN
    room = max(min(across, _HEAD_WIDEST), _HEAD_NARROWEST)
    said = [wrapped(sentence, _HEAD_SIZE, room) for sentence in head]
    layout = laid_out(graph, MARGIN + sum(map(len, said)) * _HEAD_LINE + MARGIN)
    sheet = tree.evaluation.sheet
    width = max(across, room) + 2 * MARGIN
    height = max(box.y + box.height for box in layout.boxes.values()) + MARGIN
    nodes = text("graph.desc", lang, n=len(graph))
    root = picture(
        width,
        height,
        text("graph.title", lang, name=sheet.name, id=sheet.unit),
        SEMICOLON[lang].join((*head, nodes)),
        sheet.unit + "-graph",
        LATIN_FONTS if lang == "en" else FONTS,
    )
    add(root, "rect", width=width, height=height, fill="#ffffff")
    _head(root, said)
    for parent, child in layout.lines:
        _line(root, layout.boxes[parent], layout.boxes[child])
    for box in layout.boxes.values():
        _box(root, box)
    return document(root)


def _head(root: Element, said: list[list[str]]) -> None:
    """The sentences above the drawing, the first one bold."""
    y = MARGIN + _HEAD_SIZE
    for i, lines in enumerate(said):
        for line in lines:
            label(root, MARGIN, y, line, size=_HEAD_SIZE, font_weight="bold" if i == 0 else None)
            y += _HEAD_LINE


def _box(root: Element, box: Box) -> None:
    fill, line = _LOOKS[box.truth]
    if box.kind == "lane":
        _stroke(root, f"M{box.x:.1f} {box.y:.1f}H{box.x + BOX:.1f}", box.truth)
        return
    add(
        root,
        "rect",
        x=box.x,
        y=box.y,
        width=BOX,
        height=box.height,
        rx=10 if box.kind in ("group", "test") else 2,
        fill="#ffffff" if box.kind == "row" else fill,
        stroke=line,
        stroke_width=2 if box.kind in ("rule", "table") else 1,
        stroke_dasharray="5 4" if box.truth == "unknown" else None,
    )
    for i, said in enumerate(box.lines):
        label(
            root,
            box.x + PAD,
            box.y + PAD + 12 + i * LINE,
            said,
            size=SIZE,
            font_weight="bold" if i < box.head and box.kind in ("rule", "table") else None,
        )


def _line(root: Element, parent: Box, child: Box) -> None:
    """A line between neighbouring layers, in the look of what it leads to."""
    x1, y1, x2, y2 = parent.x + BOX, parent.middle, child.x, child.middle
    bend = (x1 + x2) / 2
    _stroke(
        root, f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}", child.truth
    )


def _stroke(root: Element, path: str, truth: str) -> None:
    add(
        root,
        "path",
        d=path,
        fill="none",
        stroke=_LOOKS[truth][1],
        stroke_width=1.2,
        stroke_dasharray="5 4" if truth == "unknown" else None,
    )
