"""A derivation as a Mermaid flowchart; labels are escaped, ids follow the network."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explain.derivation import DerivationNode, DerivationTree, TableDerivation
from engine.explain.labels import Labels
from engine.explain.notes import FactNote, fact_notes
from engine.explain.outline import outline
from engine.messages import Lang, text
from engine.project.policy import UNIT_KIND
from engine.wording.words import COLON, choice_words, fact_name, truth_token, truth_word, value_words

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
    return "\n".join(("flowchart TD", *_Chart(tree, lang).lines(), *_CLASSES)) + "\n"


class _Chart:
    def __init__(self, tree: DerivationTree, lang: Lang) -> None:
        self._tree = tree
        self._lang: Lang = lang
        self._policy = tree.evaluation.program.policy
        self._labels = Labels(outline(tree.evaluation.program), lang)
        self._drawn: set[int] = set()

    def lines(self) -> Iterator[str]:
        root = self._tree.root
        if isinstance(root, TableDerivation):
            table = root.outline.table
            choice = choice_words(root.choice, table.outcomes, self._lang)
            yield f'  t0{{{{"{escape(table.name[self._lang] + COLON[self._lang] + choice)}"}}}}'
            for i, (node, (_, row)) in enumerate(zip(root.rows, root.outline.rows, strict=True), start=1):
                outcome = table.outcomes[row.then][self._lang] if row.then in table.outcomes else row.then
                yield from self._draw(node)
                label = text("explain.row", self._lang, n=i, outcome=outcome)
                yield f'  t0 -->|"{escape(label)}"| n{node.point.index}'
        else:
            yield from self._draw(root)

    def _draw(self, node: DerivationNode) -> Iterator[str]:
        index = node.point.index
        if index in self._drawn:
            return
        self._drawn.add(index)
        opening, closing = ("[", "]") if node.point.rule is not None else ("(", ")")
        label = "<br/>".join(map(escape, self._label(node)))
        yield f'  n{index}{opening}"{label}"{closing}:::{truth_token(node.truth)}'
        for child in node.inputs:
            yield from self._draw(child)
            arrow = "-.->" if child.truth is None else "-->"
            yield f"  n{index} {arrow} n{child.point.index}"

    def _value(self, note: FactNote) -> str:
        if note.fact == UNIT_KIND and note.value in self._policy.kinds:
            return self._policy.kinds[str(note.value)].name[self._lang]
        return value_words(note.value, self._lang, self._policy.facts.get(note.fact))

    def _label(self, node: DerivationNode) -> Iterator[str]:
        yield self._labels.label(node.point) + COLON[self._lang] + truth_word(node.truth, self._lang)
        if node.point.rule is not None:
            yield text(
                "explain.clause",
                self._lang,
                id=node.point.rule.clause,
                title=self._policy.clauses[node.point.rule.clause].title[self._lang],
            )
            if node.point.leaf is not None:
                yield self._labels.condition(node.point)
        for note in fact_notes(node):
            value = (
                text(f"reason.{note.reason}", self._lang) if note.reason is not None else self._value(note)
            )
            sources = "".join(f" ({observation.source})" for observation in note.observations[:1])
            yield fact_name(self._policy, note.fact, self._lang) + COLON[self._lang] + value + sources
