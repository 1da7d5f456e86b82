"""A derivation as a Mermaid flowchart; labels are escaped, ids follow the network.

What Mermaid reads before the labels is escaped too: the title is a YAML string, and ``%%{…}%%`` would be a directive
wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.explain.derivation import DerivationTree
from engine.explain.graph import TABLE, derivation_graph
from engine.explain.head import picture_head
from engine.messages import Lang, text
from engine.wording.one_line import one_line
from engine.wording.words import SEMICOLON

if TYPE_CHECKING:
    from engine.explain.graph import Graph

#: The node with the head; it is tied to nothing.
HEAD = "head"
_CLASSES = (
    "  classDef head fill:none,stroke:none,color:#111,text-align:left;",
    "  classDef none fill:#eef2f7,stroke:#44546a,color:#111;",
    "  classDef true fill:#e6f4ea,stroke:#1e7b34,color:#111;",
    "  classDef false fill:#fbe9e7,stroke:#b3261e,color:#111;",
    "  classDef unknown fill:#fff8e1,stroke:#8a6d00,color:#111,stroke-dasharray:5 4;",
)
#: Entity codes that Mermaid decodes inside quoted labels.
_ESCAPES = (
    ("&", "#amp;"),
    ('"', "#quot;"),
    ("<", "#lt;"),
    (">", "#gt;"),
    ("`", "#96;"),
    ("\\", "#92;"),
    ("%", "#37;"),
    ("{", "#123;"),
    ("}", "#125;"),
)


def escape(label: str) -> str:
    """``label`` as it may stand between double quotes; what cannot be seen becomes a space."""
    shown = one_line(label).replace("#", "\0")
    for char, code in _ESCAPES:
        shown = shown.replace(char, code)
    return shown.replace("\0", "#35;")


def mermaid(tree: DerivationTree, lang: Lang) -> str:
    """The flowchart, top down, each node once, with a line end after every line."""
    graph = derivation_graph(tree, lang)
    root = next(iter(graph))
    sheet = tree.evaluation.sheet
    title = text("graph.title", lang, name=sheet.name, id=sheet.unit)
    head = picture_head(tree, lang)
    described = SEMICOLON[lang].join((*head, text("graph.desc-down", lang, n=len(graph))))
    lines = (
        "---",
        f"title: {_yaml(title)}",
        "---",
        "flowchart TD",
        f"  accTitle: {escape(title)}",
        f"  accDescr: {escape(described)}",
        f'  {HEAD}["{"<br/>".join(map(escape, head))}"]:::head',
        *_draw(graph, root, set()),
        *_CLASSES,
    )
    return "\n".join(lines) + "\n"


def _yaml(said: str) -> str:
    """A YAML string on one line without characters that Mermaid looks for before it reads the YAML."""
    shown = one_line(said).replace("\\", "\\\\").replace('"', '\\"')
    for char in "<>&%#{}":
        shown = shown.replace(char, f"\\u{ord(char):04x}")
    return f'"{shown}"'


def _draw(graph: Graph, name: str, drawn: set[str]) -> Iterator[str]:
    if name in drawn:
        return
    drawn.add(name)
    node = graph.nodes[name]
    label = "<br/>".join(map(escape, node["lines"]))
    if name == TABLE:
        yield f'  {name}{{{{"{label}"}}}}:::none'
    else:
        opening, closing = ("[", "]") if node["kind"] == "rule" else ("(", ")")
        yield f'  {name}{opening}"{label}"{closing}:::{node["truth"]}'
    for child in graph.successors(name):
        yield from _draw(graph, child, drawn)
        said = graph.edges[name, child]["label"]
        if said:
            yield f'  {name} -->|"{escape(said)}"| {child}'
        else:
            arrow = "-.->" if graph.nodes[child]["truth"] == "unknown" else "-->"
            yield f"  {name} {arrow} {child}"
