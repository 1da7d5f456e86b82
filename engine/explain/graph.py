"""A derivation as a graph: what each node says, and which node follows from which. Its pictures are drawn from this.

Nodes are named ``n`` and their place in the network (``t0`` for a decision table). An edge goes from what is concluded
to what it follows from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.explain.derivation import DerivationNode, DerivationTree, TableDerivation
from engine.explain.labels import Labels
from engine.explain.notes import FactNote, fact_notes
from engine.explain.outline import outline
from engine.messages import Lang, text
from engine.project.policy import UNIT_KIND, Policy
from engine.wording.history import row_words
from engine.wording.words import (
    COLON,
    SEMICOLON,
    choice_words,
    fact_name,
    truth_token,
    truth_word,
    value_words,
)

if TYPE_CHECKING:
    import networkx

    Graph = networkx.DiGraph[str]
TABLE = "t0"


def derivation_graph(tree: DerivationTree, lang: Lang) -> Graph:
    """A directed acyclic graph, each node once, conclusions before what they follow from.

    Node attributes: ``kind`` (table, rule, group, test), ``truth`` (true, false, unknown, none), ``lines`` (what it says),
    ``firings`` (each the native channel's rule with the literals it matched), ``hidden`` (inputs left out of the tree).
    Edge attribute ``label``: the row of a table, else empty.
    """
    import networkx

    graph: Graph = networkx.DiGraph()
    words = _Words(tree, lang)
    root = tree.root
    if isinstance(root, TableDerivation):
        table = root.outline.table
        choice = choice_words(root.choice, table.outcomes, lang)
        said = [table.name[lang] + COLON[lang] + choice]
        graph.add_node(TABLE, kind="table", truth="none", lines=said, firings=[], hidden=0)
        for i, (node, (_, row)) in enumerate(zip(root.rows, root.outline.rows, strict=True), start=1):
            _add(graph, node, words)
            outcome = table.outcomes[row.then][lang] if row.then in table.outcomes else row.then
            label = row_words(text("explain.row", lang, n=i, outcome=outcome), row, lang)
            if graph.has_edge(TABLE, name_of(node)):  # two rows with the same condition are one node
                label = graph.edges[TABLE, name_of(node)]["label"] + SEMICOLON[lang] + label
            graph.add_edge(TABLE, name_of(node), label=label)
    else:
        _add(graph, root, words)
    return graph


def name_of(node: DerivationNode) -> str:
    """The name of a node in the graph."""
    return f"n{node.point.index}"


def _add(graph: Graph, node: DerivationNode, words: _Words) -> None:
    if name_of(node) in graph:
        return
    point = node.point
    attributes: dict[str, Any] = {
        "kind": "rule" if point.rule is not None else "test" if point.leaf is not None else "group",
        "truth": truth_token(node.truth),
        "lines": list(words.lines(node)),
        "firings": [
            {"rule": firing.rule, "matched": [str(literal) for literal in firing.matched]}
            for firing in node.firings
        ],
        "hidden": node.hidden,
    }
    graph.add_node(name_of(node), **attributes)
    for child in node.inputs:
        _add(graph, child, words)
        graph.add_edge(name_of(node), name_of(child), label="")


class _Words:
    """What a node says: its sentence and truth, its clause, and the values that a test read with their cells."""

    def __init__(self, tree: DerivationTree, lang: Lang) -> None:
        self._lang: Lang = lang
        self._policy: Policy = tree.evaluation.program.policy
        self._labels = Labels(outline(tree.evaluation.program), lang)

    def lines(self, node: DerivationNode) -> Iterator[str]:
        lang = self._lang
        yield self._labels.label(node.point) + COLON[lang] + truth_word(node.truth, lang)
        if node.point.rule is not None:
            clause = self._policy.clauses[node.point.rule.clause]
            yield text("explain.clause", lang, id=node.point.rule.clause, title=clause.title[lang])
            if node.point.leaf is not None:
                yield self._labels.condition(node.point)
        for note in fact_notes(node):
            value = text(f"reason.{note.reason}", lang) if note.reason is not None else self._value(note)
            sources = "".join(f" ({observation.source})" for observation in note.observations[:1])
            yield fact_name(self._policy, note.fact, lang) + COLON[lang] + value + sources

    def _value(self, note: FactNote) -> str:
        if note.fact == UNIT_KIND and note.value in self._policy.kinds:
            return self._policy.kinds[str(note.value)].name[self._lang]
        return value_words(note.value, self._lang, self._policy.facts.get(note.fact))
