"""A derivation as a tree of text, wrapped to the terminal: true, false and unknown branches alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from engine.explain.cell_words import cell_words
from engine.explain.derivation import DerivationNode, DerivationTree, TableDerivation, derivation_node
from engine.explain.head import head_lines, out_of_scope
from engine.explain.labels import Labels
from engine.explain.notes import FactNote, RowNote, fact_notes, parameter_notes
from engine.explain.outline import outline
from engine.facts.sheet import Observation, Source
from engine.facts.standing import Standing
from engine.language.values import Unknown
from engine.messages import Lang, text
from engine.project.comparison import owner
from engine.project.policy import Clause, Fact
from engine.wording.columns import wrap
from engine.wording.comparisons import around_words, standing_words
from engine.wording.history import row_words, value_line, version_line
from engine.wording.words import (
    COLON,
    COMMA,
    choice_words,
    date_words,
    fact_name,
    office_name,
    parameter_words,
    supplier_of,
    truth_token,
    truth_word,
    value_words,
    verdict_word,
)

Style = Callable[[str, str], str]
#: Below this many columns a deep branch is not indented further by wrapping.
_NARROWEST = 16


def _plain(name: str, shown: str) -> str:
    return shown


def text_lines(tree: DerivationTree, lang: Lang, width: int, style: Style = _plain) -> Iterator[str]:
    """The head (unit, date, policy, channels, outcome) and the tree, without line ends."""
    evaluation = tree.evaluation
    yield from head_lines(evaluation, lang, width)
    if tree.is_verdict:
        verdict = verdict_word(evaluation.program.policy, evaluation.classification, lang)
        yield text("explain.verdict", lang, verdict=style(evaluation.classification, verdict))
        outside = out_of_scope(evaluation, lang)
        if outside is not None:
            yield from wrap(outside, width)
    yield ""
    yield from TreeText(tree, lang, width, style).lines()


class TreeText:
    """Writes one tree; remembers the rules and clauses it has written, to write each in full only once."""

    def __init__(self, tree: DerivationTree, lang: Lang, width: int, style: Style = _plain) -> None:
        self._tree = tree
        self._lang: Lang = lang
        self._width = width
        self._style = style
        self._policy = tree.evaluation.program.policy
        self._labels = Labels(outline(tree.evaluation.program), lang)
        self._rules_told: set[str] = set()
        self._only_named = False
        self._clauses_told: set[str] = set()
        self._tests_told: set[int] = set()
        self._parameters_told: set[str] = set()

    def lines(self) -> Iterator[str]:
        """The lines of the tree."""
        root = self._tree.root
        if isinstance(root, TableDerivation):
            yield from self._table(root)
        else:
            yield from self._node(root, "", "", "")

    def node_lines(self, index: int) -> Iterator[str]:
        """The lines of one node of the same evaluation, by its place in the network; rules below it are only named."""
        self._rules_told |= self._policy.rules.keys()
        self._only_named = True
        yield from self._node(derivation_node(self._tree.evaluation, index), "", "", "")

    # ----------------------------------------------------------------------------------------- nodes

    def _table(self, found: TableDerivation) -> Iterator[str]:
        table = found.outline.table
        choice = choice_words(found.choice, table.outcomes, self._lang)
        said = text("explain.table", self._lang, name=table.name[self._lang], id=table.id, choice=choice)
        yield from wrap(said, self._width)
        yield from self._clause(table.clause, "│  ")
        for i, (node, (_, row)) in enumerate(zip(found.rows, found.outline.rows, strict=True)):
            last = i == len(found.rows) - 1
            outcome = table.outcomes[row.then][self._lang] if row.then in table.outcomes else row.then
            label = row_words(text("explain.row", self._lang, n=i + 1, outcome=outcome), row, self._lang)
            yield from self._node(
                node, "", "└─ " if last else "├─ ", "   " if last else "│  ", label, row.clause
            )

    def _node(
        self,
        node: DerivationNode,
        prefix: str,
        branch: str,
        below: str,
        label: str | None = None,
        clause: str | None = None,
    ) -> Iterator[str]:
        point, rule = node.point, node.point.rule
        said = label if label is not None else self._labels.label(point)
        repeated = rule is not None and rule.id in self._rules_told
        if rule is not None and label is None:
            said = text("explain.rule", self._lang, name=said, id=rule.id)
        if repeated and not self._only_named:
            said = text("explain.see-above", self._lang, what=said)
        mark = text(f"mark.{truth_token(node.truth)}", self._lang)
        yield from self._hung(
            prefix + branch, prefix + below, f"{mark} {said}", truth_token(node.truth), mark
        )
        if repeated:
            return
        inner = prefix + below
        detail = inner + ("│  " if node.inputs else "   ")
        if rule is not None:
            self._rules_told.add(rule.id)
            clause = rule.clause
        if clause is not None:
            yield from self._clause(clause, detail)
        if rule is not None:
            line = version_line(rule, self._lang)
            if line is not None:
                yield from self._said(detail, text("explain.version", self._lang, said=line))
            if point.condition is not None:
                said = text("explain.requires", self._lang, what=self._labels.condition(point))
                yield from self._said(detail, said)
            yield from self._firings(node, detail)
        # One test may stand under many rules, above all that of the unit's kind; its values are told once.
        if point.index not in self._tests_told:
            self._tests_told.add(point.index)
            yield from self._values(node, detail)
        for i, child in enumerate(node.inputs):
            last = i == len(node.inputs) - 1 and not node.hidden
            yield from self._node(child, inner, "└─ " if last else "├─ ", "   " if last else "│  ")

        if node.hidden:
            yield from self._hung(
                inner + "└─ ", inner + "   ", text("explain.hidden", self._lang, n=node.hidden), "hidden", ""
            )

    def _clause(self, id_: str, prefix: str) -> Iterator[str]:
        """Number, title and summary of a clause, with its passage where the official text is at hand."""
        clause: Clause = self._policy.clauses[id_]
        said = text("explain.clause", self._lang, id=id_, title=clause.title[self._lang])
        if id_ not in self._clauses_told:
            self._clauses_told.add(id_)
            said += COLON[self._lang] + clause.summary[self._lang]
            yield from self._said(prefix, said)
            if clause.passage is not None:
                passage = " ".join(clause.passage.split())
                yield from self._said(prefix, text("explain.passage", self._lang, passage=passage))
        else:
            yield from self._said(prefix, said)

    def _firings(self, node: DerivationNode, prefix: str) -> Iterator[str]:
        points = outline(node.evaluation.program).points
        for firing in node.firings:
            matched = [
                text(
                    "explain.literal",
                    self._lang,
                    what=self._labels.label(points[literal.node])
                    if literal.node is not None
                    else literal.text,
                    truth=truth_word(literal.value, self._lang),
                )
                for literal in firing.matched
            ]
            said = text("explain.firing", self._lang, matched=COMMA[self._lang].join(matched))
            yield from self._said(prefix, said)

    # ---------------------------------------------------------------------------------------- values

    def _values(self, node: DerivationNode, prefix: str) -> Iterator[str]:
        for fact in fact_notes(node):
            yield from self._fact(fact, prefix)
        for parameter in parameter_notes(node):
            noun = parameter.parameter
            value = parameter_words(self._policy, noun.id, parameter.value, self._lang)
            if noun.id in self._parameters_told:
                again = text("explain.parameter-again", self._lang, name=noun.name[self._lang], value=value)
                yield from self._said(prefix, again)
                continue
            self._parameters_told.add(noun.id)
            since = (
                text("explain.since", self._lang, day=date_words(parameter.since, self._lang))
                if parameter.since is not None
                else text("explain.assumed", self._lang)
            )
            if parameter.since is not None:
                since += value_line(noun, self._tree.evaluation.program.as_of, self._lang)
            said = text(
                "explain.parameter",
                self._lang,
                name=noun.name[self._lang],
                value=value,
                basis=text(f"basis.{noun.basis}", self._lang),
                clause=noun.clause,
                since=since,
                reason=noun.reason[self._lang],
            )
            yield from self._said(prefix, said)

    def _fact(self, note: FactNote, prefix: str) -> Iterator[str]:
        lang = self._lang
        fact = self._policy.facts.get(note.fact)
        name = fact_name(self._policy, note.fact, lang)
        if note.standing is not None:
            yield from self._standing(note.fact, name, note.standing, prefix)
        elif note.reason is not None:
            said = text(f"reason.{note.reason}", lang)
            office = supplier_of(self._policy, note.fact)
            if office is not None:
                said = text("explain.ask", lang, reason=said, office=self._policy.offices[office].name[lang])
            yield from self._said(prefix, text("explain.fact", lang, name=name, value=said))
            for observation in note.observations:
                shown = observation.raw if note.reason == "unreadable" else self._value(observation, fact)
                yield from self._item(prefix, shown + self._source(observation))
        elif note.rows or isinstance(note.value, tuple):
            value = value_words(note.value, lang)
            if note.empty is not None:
                value += self._where(note.empty, note.reported, None)
            yield from self._said(prefix, text("explain.fact", lang, name=name, value=value))
        elif note.observations:
            first, *others = note.observations
            value = self._value(first, fact) + self._source(first)
            yield from self._said(prefix, text("explain.fact", lang, name=name, value=value))
            for observation in others:
                said = text("explain.also", lang, where=self._source(observation).strip())
                yield from self._item(prefix, said)
        else:
            derived = self._policy.derived.get(note.fact)
            value = value_words(note.value, lang)
            key = "explain.fact" if derived is None or isinstance(note.value, Unknown) else "explain.derived"
            yield from self._said(prefix, text(key, lang, name=name, value=value))
        for row in note.rows:
            yield from self._row(note.fact, row, prefix)

    def _standing(self, fact: str, name: str, standing: Standing, prefix: str) -> Iterator[str]:
        """How the unit stands among others; what one comparison gives is told once for each test."""
        comparison = owner(fact, self._policy.comparisons.values())
        value = standing_words(self._policy, comparison, standing, self._lang)
        yield from self._said(prefix, text("explain.fact", self._lang, name=name, value=value))
        for said in around_words(self._policy, comparison, standing, self._lang):
            yield from self._item(prefix, said)

    def _row(self, register: str, note: RowNote, prefix: str) -> Iterator[str]:
        columns = self._policy.registers[register].columns
        cells = COMMA[self._lang].join(
            f"{columns[id_].name[self._lang]} {self._value(cell, columns[id_])}"
            for id_, cell in note.row.cells.items()
            if id_ in columns
        )
        said = text(
            "explain.register-row",
            self._lang,
            n=note.number,
            counted=text(f"row.{truth_token(note.counted)}", self._lang),
            where=str(note.row.source),
            cells=cells,
        )
        yield from self._item(prefix, said)

    def _value(self, observation: Observation, fact: Fact | None) -> str:
        return cell_words(self._policy, observation, fact, self._lang)

    def _source(self, observation: Observation) -> str:
        return self._where(observation.source, observation.observed, observation.supplier)

    def _where(self, source: Source, observed: date | None, supplier: str | None) -> str:
        parts = [str(source)]
        if observed is not None:
            parts.append(text("explain.observed", self._lang, day=date_words(observed, self._lang)))
        if supplier is not None:
            parts.append(office_name(self._policy, supplier, self._lang))
        return text("explain.source", self._lang, parts=COMMA[self._lang].join(parts))

    # ----------------------------------------------------------------------------------------- lines

    def _item(self, prefix: str, said: str) -> Iterator[str]:
        """An item of a list below a fact, its further lines indented under the first."""
        for i, line in enumerate(wrap(said, max(self._width - len(prefix) - 4, _NARROWEST))):
            yield prefix + ("    " if i else "  - ") + line

    def _said(self, prefix: str, said: str) -> Iterator[str]:
        for line in wrap(said, max(self._width - len(prefix), _NARROWEST)):
            yield prefix + line

    def _hung(self, first: str, rest: str, said: str, name: str, mark: str) -> Iterator[str]:
        """The line of a node; its mark is in the style of its truth."""
        for i, line in enumerate(wrap(said, max(self._width - len(first), _NARROWEST))):
            if i == 0 and line.startswith(mark):
                line = self._style(name, mark) + line[len(mark) :]
            yield (first if i == 0 else rest) + line
