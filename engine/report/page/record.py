"""The record of a run that the page is written from: units go by one after the other and leave little behind."""

from __future__ import annotations

from engine.duties.nouns import CaseFile
from engine.duties.program import DutyProgram, prepare_duties
from engine.facts.withhold import sensitive_in
from engine.inference.evaluation import Evaluation, Program
from engine.inference.network import Truth
from engine.language.values import Unknown, Value
from engine.messages import Lang
from engine.project.comparison import owner
from engine.report.page.book import Book
from engine.report.page.case_record import CaseRecords
from engine.report.page.cells import Cells
from engine.report.page.places import letters
from engine.report.run import Run, Tally, evaluation_and_case, unit_problems
from engine.wording.comparisons import standing_words
from engine.wording.outcomes import chosen_words, classification_token, status_token, taken_withheld
from engine.wording.words import value_words

_LETTER = {True: "T", False: "F", None: "U"}


class PageRecord:
    """Everything about the units of one run. ``add`` each, in the order in which they are to be listed.

    ``tally`` counts them as for every other output.
    """

    def __init__(self, run: Run, lang: Lang) -> None:
        self.run, self.lang = run, lang
        policy = run.program.policy
        stage = policy.duties or policy.procedures or policy.measures
        self.duties: DutyProgram | None = prepare_duties(run.program) if stage else None
        sensitive = None if run.left_out is None else sensitive_in(policy)
        self.book = Book(run.program, self.duties, lang, sensitive)
        self.tally = Tally()
        self.units: list[dict[str, object]] = []
        self._cells = Cells(self.book)
        self._cases = CaseRecords(self.book)
        self._computed = (*policy.compared, *policy.derived)
        self._measured = () if self.duties is None else computed_for_measures(self.duties)

    def add(self, unit: Evaluation | CaseFile) -> None:
        """Write one unit down. What is empty is left out."""
        self.tally.add(unit)
        evaluation, case = evaluation_and_case(unit)
        found = {**self._screened(evaluation), **({} if case is None else self._case(case))}
        found["problems"] = [[p.where, p.message] for p in unit_problems(unit, self.lang)]
        kept = {key: value for key, value in found.items() if value not in ([], {}, "", None)}
        if case is not None and case.listed is None:
            kept["spells"] = None
        self.units.append(kept)

    def _screened(self, evaluation: Evaluation) -> dict[str, object]:
        book, sheet = self.book, evaluation.sheet
        policy = book.policy
        counted = self._cells.counted(evaluation)
        found: dict[str, object] = {
            "id": sheet.unit,
            "name": sheet.name,
            "kind": book.kinds.get(evaluation.kind or "", -1),
            "verdict": classification_token(evaluation),
            "facts": self._cells.facts(evaluation),
            "rows": self._cells.registers(evaluation, counted),
            "reasons": self._cells.reasons(evaluation),
            "unused": self._cells.unused(evaluation),
            "computed": self._values(evaluation, self._computed),
        }
        if evaluation.conclusions is None:
            return found
        found["truths"] = self._truths(evaluation)
        found["counted"] = [
            [node, book.names[register], letters(truths)] for node, register, truths in counted
        ]
        found["choices"] = [book.word(chosen_words(evaluation, id_, self.lang)) for id_ in policy.tables]
        found["missing"] = [
            [book.asks.place(m.fact), m.reason, book.settles.place(m.settles)] for m in evaluation.missing
        ]
        return found

    def _case(self, case: CaseFile) -> dict[str, object]:
        measured = case.measured
        explained = measured is not None and measured.conclusions is not None
        return {
            "spells": self._cases.spells(case),
            "duties": self._cases.duties(case),
            "procedures": self._cases.procedures(case),
            "measures": self._cases.measures(case),
            "measured": self._truths(measured, case.withheld) if measured is not None and explained else "",
            "measuredFacts": self._values(measured, self._measured) if measured is not None else [],
            "overdue": sum(
                status_token(case, i) == "overdue" and not i.duty.advisory for i in case.instances
            ),
            "called": sum(
                o.truth is True
                and o.superseded_by is None
                and o.taken_on is None
                and not taken_withheld(case, o)
                for o in case.measures
            ),
        }

    def _values(self, evaluation: Evaluation, names: tuple[str, ...]) -> list[object]:
        """The words for what was computed; -1 for what is not known."""
        return [
            -1 if isinstance(value, Unknown) else self.book.word(self._said(evaluation, name, value))
            for name in names
            for value in (evaluation.context.values.get(name, Unknown()),)
        ]

    def _said(self, evaluation: Evaluation, name: str, value: Value) -> str:
        """A computed value in words; what a comparison gives, with what it rests on."""
        policy, standings = evaluation.program.policy, evaluation.sheet.standings
        if standings and name in policy.compared and policy.comparisons:
            comparison = owner(name, policy.comparisons.values())
            if comparison.id in standings:
                return standing_words(policy, comparison, standings[comparison.id], self.lang)
        return value_words(value, self.lang, policy.facts.get(name))

    def _truths(self, evaluation: Evaluation, hidden: frozenset[str] = frozenset()) -> str:
        """A letter for each node of the network; W for what is unknown because something is withheld.

        ``hidden``: rules that are withheld for another reason than what their tests read.
        """
        assert evaluation.conclusions is not None
        truths = evaluation.conclusions.truths
        if evaluation.withheld is None:
            return "".join([_LETTER[truth] for truth in truths])
        return "".join(self._letters(evaluation, truths, evaluation.withheld | hidden))

    def _letters(
        self, evaluation: Evaluation, truths: tuple[Truth, ...], hidden: frozenset[str]
    ) -> list[str]:
        program = evaluation.program
        rules = {node: id_ for id_, node in program.network.rules.items()}
        found: list[str] = []
        for index, (node, truth) in enumerate(zip(program.network.nodes, truths, strict=True)):
            letter = _LETTER[truth]
            below = any(found[i] == "W" for i in node.inputs)
            if rules.get(index) in hidden or (truth is None and (below or self._withheld(evaluation, index))):
                letter = "W"
            found.append(letter)
        return found

    def _withheld(self, evaluation: Evaluation, index: int) -> bool:
        """Whether a test that is unknown reads something withheld: it does, if nothing that may be named settles it."""
        leaf = evaluation.program.leaves.get(index)
        if leaf is None:
            return False
        return not evaluation.leaf_facts.get(index) or any(self.book.hides(name) for name in leaf.reads)


def computed_for_measures(duties: DutyProgram) -> tuple[str, ...]:
    """The facts that the engine gives to the measures' network, in its order."""
    first: Program = duties.program
    return tuple(id_ for id_ in duties.measures.policy.facts if id_ not in first.policy.facts)
