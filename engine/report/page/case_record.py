"""What became of a unit's duties, procedures and measures, as the page's script reads it."""

from __future__ import annotations

from collections.abc import Iterable

from engine.duties.nouns import CaseFile, DueDay, Instance, MeasureOutcome, ProcedureRun, Proof, StepRun
from engine.messages import text
from engine.project.duty import RowEvidence
from engine.report.page.book import Book
from engine.wording.duties import due_terms, period_label
from engine.wording.outcomes import (
    WITHHELD,
    called_token,
    run_withheld,
    since_withheld,
    state_token,
    status_token,
    taken_withheld,
)

#: A status or state by its letter; a capital where the day it was done is known.
STATUS = {
    "met": "m",
    "met_late": "l",
    "pending": "p",
    "overdue": "o",
    "unknown": "u",
    "waived": "w",
    "not_applicable": "n",
    WITHHELD: "h",
}
STATE = {"done": "d", "unknown": "u", "not_done": "n", "missing": "m", WITHHELD: "h"}
CALLED = {"true": "T", "false": "F", "unknown": "U", WITHHELD: "W"}


class CaseRecords:
    """Writes case files. Days are numbers of days after the as-of date, everything else is places in the book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._policy = book.policy
        self._same: dict[tuple[object, ...], int] = {}

    def spells(self, case: CaseFile) -> list[object] | None:
        """``[[listed, delisted]…]``; None where the listing is not known."""
        if case.listed is None:
            return None
        return [[self._book.day(s.start), self._book.day(s.end)] for s in case.spells]

    # ----------------------------------------------------------------------------------------- duties

    def duties(self, case: CaseFile) -> dict[str, object]:
        """``plan``: the periods; ``status``: a letter each; ``done``: the days of those with a capital letter, counted
        from their due days; ``proof``: one entry each, 0 for nothing; where one row of the duty's own register shows
        it on the day it was done, how many rows after the last such row, and the text
        `7` for seven that stand each in the next row; ``more``: ``[[n, why, [ask…], waived by]…]``
        for those that have any."""
        plan: list[int] = []
        letters: list[str] = []
        done: list[int] = []
        proofs: list[object] = []
        more: list[object] = []
        before = 0
        for instance in case.instances:
            if instance.why == "not_applicable":
                continue
            status = status_token(case, instance)
            letter = STATUS[status]
            if instance.done_on is not None:
                day = self._book.day(instance.done_on)
                assert day is not None
                done.append(day - (self._book.day(instance.due.day) or 0))
                letter = letter.upper()
            if instance.why is not None or instance.missing or instance.waiver is not None:
                why = None if status == WITHHELD or instance.why is None else instance.why
                word = -1 if why is None else self._book.word(text(f"duties.why.{why}", self._book.lang))
                more.append([len(plan), word, self._asks(instance.wanted), instance.waiver or 0])
            letters.append(letter)
            row = self._own_row(instance)
            if row not in (0, before):
                proofs.append(row - before)
                before = row
            else:
                proofs.append(self._proofs(instance.proofs) if instance.proofs else 0)
            plan.append(self._period(case, instance))
        return {
            "plan": self._book.plans.place(tuple(plan)),
            "status": "".join(letters),
            "done": done,
            "proof": _ones(proofs),
            "more": more,
        }

    def _period(self, case: CaseFile, instance: Instance) -> int:
        book, duty, period, due = self._book, instance.duty, instance.period, instance.due
        owners = case.held_by(duty.owners)
        same = (duty.id, period, due.day, due.provisional, owners, tuple((t.key, t.day) for t in due.terms))
        found = self._same.get(same)
        if found is None:
            label = book.word(period_label(self._policy, duty, period, book.lang))
            found = self._same[same] = book.periods.place(
                (
                    book.duty_places[duty.id],
                    label,
                    book.day(period.first),
                    book.day(period.last),
                    book.holders(owners),
                    book.day(due.day),
                    int(due.provisional),
                    self._due_terms(due),
                )
            )
        return found

    def _due_terms(self, due: DueDay) -> int:
        lines = due_terms(self._policy, due, self._book.lang)
        return self._book.terms.place(tuple(self._book.word(line) for line in lines))

    def _own_row(self, instance: Instance) -> int:
        """The one row of the duty's own register that shows it on the day it was done; 0 where it is otherwise."""
        if len(instance.proofs) != 1 or not isinstance(instance.duty.evidence, RowEvidence):
            return 0
        one = instance.proofs[0]
        own = one.register == instance.duty.evidence.rows.register
        return one.row if own and one.certain and one.day == instance.done_on else 0

    def _proofs(self, proofs: Iterable[Proof]) -> list[object]:
        """``[[fact or register, row or 0, day, certain]…]``; a fifth number says how many rows follow on one another."""
        book = self._book
        groups: list[tuple[Proof, int]] = []
        for proof in proofs:
            first, count = groups[-1] if groups else (None, 0)
            if first is not None and proof.row and proof == first._replace(row=first.row + count):
                groups[-1] = (first, count + 1)
            else:
                groups.append((proof, 1))
        return [
            [book.names[p.register], p.row, book.day(p.day), int(p.certain), *([count] if count > 1 else [])]
            for p, count in groups
        ]

    def _asks(self, names: Iterable[str]) -> list[int]:
        return [self._book.asks.place(name) for name in sorted(names)]

    # ------------------------------------------------------------------------------------- procedures

    def procedures(self, case: CaseFile) -> list[object]:
        """``[[procedure, listing, states, [[day, by, due, [proof…], [ask…]]…], next, [violation…]]…]``"""
        return [self._run(case, run) for run in case.procedures]

    def _run(self, case: CaseFile, run: ProcedureRun) -> list[object]:
        steps = {step.step.id: i for i, step in enumerate(run.steps)}
        hidden = run_withheld(case, run)
        return [
            self._book.procedure_places[run.procedure.id],
            run.spell,
            "".join(STATE[state_token(case, run, step)] for step in run.steps),
            [self._step(step) for step in run.steps],
            WITHHELD if hidden else -1 if run.next is None else steps[run.next],
            []
            if hidden
            else [[steps[v.step], v.why, -1 if v.other is None else steps[v.other]] for v in run.violations],
        ]

    def _step(self, step: StepRun) -> list[object]:
        book = self._book
        due = None if step.due is None else book.day(step.due.day)
        by = [book.word(self._actor(actor)) for actor in step.actors]
        return [book.day(step.day), by, due, self._proofs(step.proofs), self._asks(step.open_cells)]

    def _actor(self, actor: str) -> str:
        for group in (self._policy.offices, self._policy.posts):
            if actor in group:
                return group[actor].name[self._book.lang]
        return actor

    # --------------------------------------------------------------------------------------- measures

    def measures(self, case: CaseFile) -> dict[str, object]:
        """``called``: a letter each, in the policy's order; ``more``: what there is to say of those not plainly false:
        ``[measure, by, against, since, due, taken on, [proof…], superseded by, [ask…], withheld]``; ``withheld`` 1:
        the days, 2: whether it was taken, 3: both."""
        letters = ["F"] * len(self._book.measure_places)
        more = []
        for outcome in case.measures:
            letter = CALLED[called_token(case, outcome)]
            place = self._book.measure_places[outcome.measure.id]
            letters[place] = letter
            if letter != "F":
                more.append(self._measure(case, outcome, place))
        return {"called": "".join(letters), "more": more}

    def _measure(self, case: CaseFile, outcome: MeasureOutcome, place: int) -> list[object]:
        book, measure = self._book, outcome.measure
        days, taken = since_withheld(case, outcome), taken_withheld(case, outcome)
        higher = -1 if outcome.superseded_by is None else book.measure_places[outcome.superseded_by]
        return [
            place,
            book.holders(case.held_by(measure.by)),
            book.holders(case.held_by(measure.against)),
            None if days else book.day(outcome.since),
            None if days or outcome.due is None else book.day(outcome.due.day),
            None if taken else book.day(outcome.taken_on),
            self._proofs(outcome.taken),
            higher,
            self._asks(outcome.missing),
            int(days) + 2 * int(taken),
        ]


def _ones(entries: list[object]) -> list[object]:
    """``entries`` with each stretch of three ones or more as a text with their number."""
    found: list[object] = []
    ones = 0
    for entry in [*entries, None]:
        if entry == 1:
            ones += 1
            continue
        found += [str(ones)] if ones > 2 else [1] * ones
        ones = 0
        found.append(entry)
    return found[:-1]
