"""Why a duty, a procedure or a measure stands as it does: periods, arithmetic of due dates, evidence cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.duties.measure_policy import finding_name
from engine.duties.nouns import CaseFile, Instance, MeasureOutcome, ProcedureRun, StepRun
from engine.explain.derivation import DerivationTree, TableDerivation, derivation
from engine.explain.head import head_lines
from engine.explain.notes import fact_notes
from engine.explain.proofs import proof_words, row_place
from engine.explain.tree_text import TreeText
from engine.messages import Lang, text
from engine.project.duty import DutyTest, ProcedureTest
from engine.project.policy import Policy
from engine.wording.columns import wrap
from engine.wording.duties import due_terms, holder_words, period_label, status_word
from engine.wording.words import COLON, fact_name, office_name, supplier_of, truth_token

Style = Callable[[str, str], str]


def text_lines(case: CaseFile, subject: str, lang: Lang, width: int, style: Style) -> Iterator[str]:
    """The head (unit, date, policy, channels) and the page about ``subject``, without line ends."""
    yield from head_lines(case.evaluation, lang, width)
    yield ""
    yield from subject_lines(case, subject, lang, width, style)


def subject_lines(case: CaseFile, subject: str, lang: Lang, width: int, style: Style) -> Iterator[str]:
    """The lines about a duty, procedure or measure by id. Raises KeyError for another name."""
    policy = case.program.policy
    page = _Page(case, lang, width, style)
    if subject in policy.duties:
        yield from page.duty(subject)
    elif subject in policy.procedures:
        yield from page.procedure(subject)
    elif subject in policy.measures:
        yield from page.measure(subject)
    else:
        raise KeyError(subject)


class _Page:
    def __init__(self, case: CaseFile, lang: Lang, width: int, style: Style) -> None:
        self._case = case
        self._policy: Policy = case.program.policy
        self._lang: Lang = lang
        self._width = width
        self._style = style

    # ------------------------------------------------------------------------------------------ duties

    def duty(self, id_: str) -> Iterator[str]:
        duty = self._policy.duties[id_]
        yield from self._head(duty.name[self._lang], id_, duty.clause)
        who = holder_words(self._policy, self._case.held_by(duty.owners), self._lang)
        yield from self._said("  ", text("explain.owner", self._lang, who=who))
        if duty.note is not None:
            yield from self._said("  ", duty.note[self._lang])
        own = [instance for instance in self._case.instances if instance.duty.id == id_]
        if not own:
            yield from self._said("  ", text("explain.no-period", self._lang))
        for instance in own:
            yield from self._instance(instance)
        node = self._case.program.program.applies[id_]
        if duty.applies_when is not None and any(i.why in _CONDITIONAL for i in own):
            tree = derivation(self._case.evaluation)
            yield from self._said("  ", text("explain.applies-when", self._lang))
            yield from ("    " + line for line in self._tree(tree).node_lines(node))

    def _instance(self, instance: Instance) -> Iterator[str]:
        lang, period = self._lang, instance.period
        label = period_label(self._policy, instance.duty, period, lang)
        status = status_word(instance.status, lang)
        said = text("explain.instance", lang, period=label, id=period.id, status=status)
        yield from self._said("  ", said, instance.status, status)
        key = (
            "explain.period"
            if (period.first, period.last) == (period.start, period.end)
            else "explain.period-cut"
        )
        if instance.why not in ("listing_unknown", "not_applicable"):
            yield from self._item(
                text(key, lang, start=period.start, end=period.end, first=period.first, last=period.last)
            )
            terms = due_terms(self._policy, instance.due, lang)
            if terms:
                yield from self._item(text("explain.due", lang, terms=text("explain.then", lang).join(terms)))
        if instance.why is not None:
            yield from self._item(text(f"duties.why.{instance.why}", lang))
        for proof in instance.proofs:
            yield from self._item(proof_words(self._case, proof, lang))
        if instance.done_on is not None:
            yield from self._item(text("explain.done-on", lang, day=instance.done_on))
        if instance.waiver is not None and self._policy.waivers is not None:
            register = self._policy.waivers.register
            where = row_place(self._case.evaluation.sheet, register, instance.waiver)
            name = self._policy.registers[register].name[lang]
            yield from self._item(
                text("explain.waived-by", lang, name=name, row=instance.waiver, where=where)
            )
        yield from self._missing(instance.wanted)

    # -------------------------------------------------------------------------------------- procedures

    def procedure(self, id_: str) -> Iterator[str]:
        procedure = self._policy.procedures[id_]
        yield from self._head(procedure.name[self._lang], id_, procedure.clause)
        runs = [run for run in self._case.procedures if run.procedure.id == id_]
        if not runs:
            yield from self._said("  ", text("explain.no-run", self._lang))
        for run in runs:
            if len(runs) > 1:
                yield from self._said("  ", text("explain.run-number", self._lang, number=run.spell))
            for step in run.steps:
                yield from self._step(run, step)
            for violation in run.violations:
                names = {step.step.id: step.step.name[self._lang] for step in run.steps}
                said = text(
                    f"explain.violation.{violation.why}",
                    self._lang,
                    step=names[violation.step],
                    other=names.get(violation.other or "", ""),
                )
                yield from self._said("  ", said)

    def _step(self, run: ProcedureRun, step: StepRun) -> Iterator[str]:
        lang = self._lang
        state = text(f"explain.step.{step.state}", lang)
        if run.next == step.step.id:
            state += text("explain.step.next", lang)
        said = text("explain.step", lang, name=step.step.name[lang], id=step.step.id, state=state)
        yield from self._said("  ", said)
        yield from self._item(
            text("explain.clause", lang, id=step.step.clause, title=self._title(step.step.clause))
        )
        if step.step.by:
            who = holder_words(self._policy, self._case.held_by(step.step.by), lang)
            yield from self._item(text("explain.by", lang, who=who))
        if step.day is not None:
            yield from self._item(text("explain.done-on", lang, day=step.day))
        if step.due is not None:
            terms = due_terms(self._policy, step.due, lang)
            yield from self._item(text("explain.due", lang, terms=text("explain.then", lang).join(terms)))
        for proof in step.proofs:
            yield from self._item(proof_words(self._case, proof, lang))
        yield from self._missing(step.open_cells)

    # ---------------------------------------------------------------------------------------- measures

    def measure(self, id_: str) -> Iterator[str]:
        measure, lang = self._policy.measures[id_], self._lang
        yield from self._head(measure.name[lang], id_, measure.clause)
        outcome = next((o for o in self._case.measures if o.measure.id == id_), None)
        if outcome is None or self._case.measured is None:
            return
        for key, parties in (("explain.by", measure.by), ("explain.against", measure.against)):
            who = holder_words(self._policy, self._case.held_by(parties), lang)
            yield from self._said("  ", text(key, lang, who=who))
        if measure.note is not None:
            yield from self._said("  ", measure.note[lang])
        yield from self._outcome(outcome)
        tree = derivation(self._case.measured, id_)
        yield from ("  " + line for line in self._tree(tree).lines())
        yield from self._missing(outcome.missing)
        for name, subject in self._further(tree):
            yield from self._item(text("explain.further", lang, name=name, id=subject))

    def _further(self, tree: DerivationTree) -> Iterator[tuple[str, str]]:
        """(name, id) of the findings, duties and procedures that a measure rests on, to be asked about next."""
        policy, lang = self._policy, self._lang
        roots = tree.root.rows if isinstance(tree.root, TableDerivation) else (tree.root,)
        read = {note.fact: None for root in roots for node in root.walk() for note in fact_notes(node)}
        for fact in read:
            test = policy.duty_tests.get(fact)
            if isinstance(test, DutyTest):
                yield from ((policy.duties[duty].name[lang], duty) for duty in test.duties[:_MOST])
            elif isinstance(test, ProcedureTest):
                yield policy.procedures[test.procedure].name[lang], test.procedure
            elif fact.startswith(finding_name("")):
                rule = fact.removeprefix(finding_name(""))
                yield policy.rules[rule].name[lang], rule

    def _outcome(self, outcome: MeasureOutcome) -> Iterator[str]:
        lang = self._lang
        key = f"explain.measure.{truth_token(outcome.truth)}"
        yield from self._said("  ", text(key, lang))
        if outcome.since is not None:
            yield from self._item(text("explain.since-day", lang, day=outcome.since))
        if outcome.due is not None:
            terms = due_terms(self._policy, outcome.due, lang)
            yield from self._item(text("explain.due", lang, terms=text("explain.then", lang).join(terms)))
        for proof in outcome.taken:
            yield from self._item(proof_words(self._case, proof, lang))
        if outcome.superseded_by is not None:
            name = self._policy.measures[outcome.superseded_by].name[lang]
            yield from self._item(text("explain.superseded", lang, name=name))

    # ------------------------------------------------------------------------------------------- lines

    def _tree(self, tree: DerivationTree) -> TreeText:
        return TreeText(tree, self._lang, self._width - 4, self._style)

    def _head(self, name: str, id_: str, clause: str) -> Iterator[str]:
        yield from self._said("", text("explain.rule", self._lang, name=name, id=id_))
        said = text("explain.clause", self._lang, id=clause, title=self._title(clause))
        yield from self._said(
            "  ", said + COLON[self._lang] + self._policy.clauses[clause].summary[self._lang]
        )

    def _title(self, clause: str) -> str:
        return self._policy.clauses[clause].title[self._lang]

    def _missing(self, names: frozenset[str]) -> Iterator[str]:
        for name in sorted(names):
            said = fact_name(self._policy, name, self._lang)
            office = supplier_of(self._policy, name)
            if office is not None:
                said = text(
                    "explain.missing-from",
                    self._lang,
                    fact=said,
                    office=office_name(self._policy, office, self._lang),
                )
            yield from self._item(text("explain.missing", self._lang, fact=said))

    def _item(self, said: str) -> Iterator[str]:
        for i, line in enumerate(wrap(said, max(self._width - 6, 16))):
            yield ("      " if i else "    - ") + line

    def _said(self, prefix: str, said: str, name: str = "", mark: str = "") -> Iterator[str]:
        for i, line in enumerate(wrap(said, max(self._width - len(prefix), 16))):
            if i == 0 and mark and mark in line:
                line = line.replace(mark, self._style(name, mark), 1)
            yield prefix + line


#: Duties of one group that are named to be asked about next.
_MOST = 5
_CONDITIONAL = ("not_applicable", "condition_unknown")
