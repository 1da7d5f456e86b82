"""What a unit's timeline shows, before it is drawn: rows of marks, each with its day, its status and its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.duties.nouns import CaseFile, Instance, MeasureOutcome, ProcedureRun
from engine.messages import Lang, text
from engine.project.duty import Duty
from engine.project.policy import Policy
from engine.wording.duties import holder_words, period_label, status_word
from engine.wording.words import COLON, COMMA, date_words

#: The most pressing first: where marks would cover each other, these come on top.
STATUSES = ("overdue", "unknown", "met_late", "pending", "met", "waived")


@dataclass(frozen=True)
class Mark:
    """A duty in one period: at the day it was done, otherwise at its last good day, or the end of the period if that
    is not known either. ``late``: from the last good day to the day until which it was, or is, late. ``undated``: it was
    done on a day that is not known, and stands at the last on which it can have been done.
    """

    day: date
    status: str
    words: str
    due: date | None
    late: tuple[date, date] | None = None
    undated: bool = False


@dataclass(frozen=True)
class Row:
    """Duties that the plan names together, or those of one part of the plan. ``first``/``last``: when they bind."""

    name: str
    marks: tuple[Mark, ...]
    first: date
    last: date


@dataclass(frozen=True)
class StepMark:
    """A step of a procedure; ``number`` counts from 1. ``broken``: what was wrong with it, empty if nothing."""

    number: int
    name: str
    state: str
    day: date | None
    broken: str
    words: str


@dataclass(frozen=True)
class ProcedureRow:
    """One run of a procedure."""

    name: str
    steps: tuple[StepMark, ...]


@dataclass(frozen=True)
class MeasureRow:
    """A measure that is called for, from the day of its trigger. ``state``: what became of it, in a few words."""

    name: str
    since: date | None
    due: date | None
    taken: date | None
    superseded: bool
    state: str
    words: str


def duty_rows(case: CaseFile, lang: Lang) -> tuple[Row, ...]:
    """The rows of duties in the order of the document; duties that do not bind the unit are left out."""
    rows: dict[tuple[str, str], list[Instance]] = {}
    for instance in case.instances:
        if instance.status != "not_applicable":
            rows.setdefault(row_of(case.program.policy, instance.duty), []).append(instance)
    order = {clause: i for i, clause in enumerate(case.program.policy.clauses)}
    found = []
    for (clause, group), instances in sorted(rows.items(), key=lambda item: (order[item[0][0]], item[0][1])):
        marks = tuple(sorted((_mark(case, i, lang) for i in instances), key=lambda mark: mark.day))
        found.append(
            Row(
                _row_name(case, clause, group, instances, lang),
                marks,
                min(i.period.first for i in instances),
                max(i.period.last for i in instances),
            )
        )
    return tuple(found)


def row_of(policy: Policy, duty: Duty) -> tuple[str, str]:
    """(clause, group id or nothing): a group's own clause, else the section that holds the duty's."""
    if duty.group is not None:
        return policy.groups[duty.group].clause, duty.group
    section = ".".join(duty.clause.split(".")[:2])
    return (section if section in policy.clauses else duty.clause), ""


def _row_name(case: CaseFile, clause: str, group: str, instances: list[Instance], lang: Lang) -> str:
    policy = case.program.policy
    if group:
        return policy.groups[group].name[lang]
    if len({instance.duty.id for instance in instances}) == 1:
        return instances[0].duty.name[lang]
    return policy.clauses[clause].title[lang]


def _mark(case: CaseFile, instance: Instance, lang: Lang) -> Mark:
    policy, due = case.program.policy, instance.due.day
    parts = [
        instance.duty.name[lang] + COLON[lang] + period_label(policy, instance.duty, instance.period, lang),
        status_word(instance.status, lang),
        holder_words(policy, case.held_by(instance.duty.owners), lang),
    ]
    if due is not None:
        parts.append(text("timeline.due", lang, day=date_words(due, lang)))
    done_on = None if instance.status == "waived" else instance.done_on
    undated = done_on is None and instance.status in ("met", "met_late")
    if done_on is not None:
        parts.append(text("timeline.done", lang, day=date_words(done_on, lang)))
    if undated:
        parts.append(text("timeline.day-unknown", lang))
    if instance.duty.advisory:
        parts.append(text("page.role.advisory", lang))
    as_of, words = case.program.as_of, COMMA[lang].join(parts)
    day, late = done_on or due or instance.period.last, None
    if undated:
        day = as_of if instance.status == "met_late" else min(day, as_of)
    if due is not None and instance.status in ("overdue", "met_late"):
        late = (due, as_of if instance.status == "overdue" else day)
    return Mark(day, instance.status, words, due, late, undated)


def procedure_rows(case: CaseFile, lang: Lang) -> tuple[ProcedureRow, ...]:
    """The runs of procedures in which anything has happened."""
    runs = [run for run in case.procedures if any(step.day is not None for step in run.steps)]
    return tuple(ProcedureRow(_run_name(run, lang), tuple(_steps(run, lang))) for run in runs)


def _run_name(run: ProcedureRun, lang: Lang) -> str:
    name = run.procedure.name[lang]
    return name if run.spell == 1 else text("duties.period.again", lang, period=name, number=run.spell)


def _steps(run: ProcedureRun, lang: Lang) -> Iterator[StepMark]:
    for number, step in enumerate(run.steps, start=1):
        wrong = [text(f"timeline.broken.{v.why}", lang) for v in run.violations if v.step == step.step.id]
        day = None if step.day is None else date_words(step.day, lang)
        parts = [step.step.name[lang], day or text(f"timeline.step.{step.state}", lang), *wrong]
        yield StepMark(
            number,
            step.step.name[lang],
            step.state,
            step.day,
            COMMA[lang].join(wrong),
            COMMA[lang].join(parts),
        )


def measure_rows(case: CaseFile, lang: Lang) -> tuple[MeasureRow, ...]:
    """The measures that are called for, in the policy's order."""
    return tuple(_measure(case, outcome, lang) for outcome in case.measures if outcome.truth is True)


def _measure(case: CaseFile, outcome: MeasureOutcome, lang: Lang) -> MeasureRow:
    due = None if outcome.due is None else outcome.due.day
    measure, policy = outcome.measure, case.program.policy
    state = text("timeline.open", lang)
    parts = [measure.name[lang], holder_words(policy, case.held_by(measure.by), lang)]
    for key, day in (("since", outcome.since), ("due", due), ("taken", outcome.taken_on)):
        if day is not None:
            parts.append(text(f"timeline.{key}", lang, day=date_words(day, lang)))
            state = parts[-1]
    if outcome.superseded_by is not None:
        higher = policy.measures[outcome.superseded_by].name[lang]
        parts.append(text("timeline.superseded", lang, name=higher))
        state = state if outcome.taken_on is not None else parts[-1]
    return MeasureRow(
        measure.name[lang],
        outcome.since,
        due,
        outcome.taken_on,
        outcome.superseded_by is not None,
        state,
        COMMA[lang].join(parts),
    )
