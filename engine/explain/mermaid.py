"""A derivation as a Mermaid flowchart; labels are escaped, ids follow the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.explain.derivation import DerivationTree
from engine.explain.graph import TABLE, derivation_graph
from engine.messages import Lang

if TYPE_CHECKING:
    from engine.explain.graph import Graph

_CLASSES = (
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
)


def escape(label: str) -> str:
    """``label`` as it may stand between double quotes; line breaks become spaces."""
    shown = " ".join(label.split()).replace("#", "\0")
    for char, code in _ESCAPES:
        shown = shown.replace(char, code)
    return shown.replace("\0", "#35;")


def mermaid(tree: DerivationTree, lang: Lang) -> str:
    """The flowchart, top down, each node once, with a line end after every line."""
    graph = derivation_graph(tree, lang)
    root = next(iter(graph))
    return "\n".join(("flowchart TD", *_draw(graph, root, set()), *_CLASSES)) + "\n"


def _draw(graph: Graph, name: str, drawn: set[str]) -> Iterator[str]:
    if name in drawn:
        return
    drawn.add(name)
    node = graph.nodes[name]
    label = "<br/>".join(map(escape, node["lines"]))
    if name == TABLE:
        yield f'  {name}{{{{"{label}"}}}}'
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
