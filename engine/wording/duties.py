"""Periods, due dates and statuses of duties in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from engine.duties.nouns import DueDay, Holder, Period, Term
from engine.language.values import YearsMonths
from engine.messages import Lang, text
from engine.project.duty import Duty
from engine.project.policy import Policy, Text
from engine.wording.words import COMMA, duration_words


def status_word(status: str, lang: Lang) -> str:
    """A status as a person says it."""
    return text(f"duties.status.{status}", lang)


def state_word(state: str, lang: Lang) -> str:
    """The state of an action as a person says it."""
    return text(f"duties.state.{state}", lang)


def period_label(policy: Policy, duty: Duty | None, period: Period, lang: Lang) -> str:
    """`2018年上半年` / `first half of 2018`; the second listing and later ones are named."""
    label = _label(policy, None if duty is None else duty.recurrence, period, lang)
    if period.spell > 1:
        label = text("duties.period.again", lang, period=label, number=period.spell)
    return label


def _label(policy: Policy, recurrence: str | None, period: Period, lang: Lang) -> str:
    start = period.start
    if period.phase is not None:
        return policy.timetable.phases[period.phase].name[lang]
    if recurrence == "year":
        return text("duties.period.year", lang, year=start.year)
    if recurrence == "half-year":
        return text(f"duties.period.half-{1 if start.month < 7 else 2}", lang, year=start.year)
    if recurrence == "quarter":
        return text("duties.period.quarter", lang, year=start.year, number=(start.month + 2) // 3)
    if recurrence == "month":
        return text("duties.period.month", lang, year=start.year, month=start.month)
    if recurrence == "months":
        return text("duties.period.months", lang, start=start, end=period.end)
    if recurrence == "row":
        return text("duties.period.row", lang, id=period.id.partition("#")[0])
    return text("duties.period.once", lang)


def holder_words(policy: Policy, holders: tuple[Holder, ...], lang: Lang) -> str:
    """Who they are, by name; what no table has decided is said to be unknown."""
    names: list[str] = []
    for holder in holders:
        if holder.unknown:
            names.append(text("truth.unknown", lang))
        names += [_name(policy, holder, name, lang) for name in holder.names]
    return COMMA[lang].join(dict.fromkeys(names)) or text("report.none", lang)


def _name(policy: Policy, holder: Holder, name: str, lang: Lang) -> str:
    if holder.party.kind == "unit":
        return name
    known: Mapping[str, Text] = {}
    if holder.party.kind == "table":
        known = policy.tables[holder.party.id].outcomes
    for group in (policy.posts, policy.offices):
        if name in group:
            return group[name].name[lang]
    return known[name][lang] if name in known else name


def due_terms(policy: Policy, due: DueDay, lang: Lang) -> tuple[str, ...]:
    """The arithmetic of a due date, a line for each step: what it counts from, what is added, where it ends."""
    lines = [_term(policy, term, lang) for term in due.terms]
    if due.provisional:
        lines.append(text("duties.term.provisional", lang))
    return tuple(lines)


def _term(policy: Policy, term: Term, lang: Lang) -> str:
    day = term.day.isoformat() if term.day is not None else text("duties.term.no-day", lang)
    params: dict[str, object] = {"day": day}
    if "id" in term.params:
        params["name"] = _event_name(policy, str(term.params["id"]), lang)
        if term.day is None:
            return text("duties.term.event-open", lang, **params)
    if "lapse" in term.params:
        params["lapse"] = _lapse(term.params, lang)
    return text(f"duties.term.{term.key}", lang, **params)


def _lapse(params: Mapping[str, object], lang: Lang) -> str:
    length = params["length"]
    if params["unit"] == "working days":
        return text("duration.working-days", lang, n=length)
    assert isinstance(length, YearsMonths | timedelta)
    return duration_words(length, lang)


def _event_name(policy: Policy, id_: str, lang: Lang) -> str:
    timetable = policy.timetable
    for group in (timetable.dates, timetable.phases):
        for entry in group.values():
            if id_ in (entry.id, entry.name.zh):
                return entry.name[lang]
    for named in (policy.duties, policy.facts, policy.registers, policy.derived):
        if id_ in named:
            return named[id_].name[lang]
    for procedure in policy.procedures.values():
        for step in procedure.steps:
            if step.id == id_:
                return step.name[lang]
    return id_
