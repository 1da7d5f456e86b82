"""What a duty asks, in sentences: how often, by when, shown by what."""

from __future__ import annotations

from engine.language.syntax import Expr, Literal, Name
from engine.language.values import YearsMonths
from engine.messages import Lang, text
from engine.project.duty import (
    Due,
    Duty,
    Event,
    FactEvidence,
    Lapse,
    Party,
    RowEvidence,
    SameRowEvidence,
)
from engine.project.policy import Policy
from engine.wording.words import COMMA, duration_words, value_words


def party_words(policy: Policy, parties: tuple[Party, ...], lang: Lang) -> str:
    """The parties as the policy names them; a table by its own name."""
    names = []
    for party in parties:
        if party.kind == "unit":
            names.append(text("duty-rule.unit", lang))
        elif party.kind == "table":
            names.append(policy.tables[party.id].name[lang])
        else:
            group = policy.posts if party.kind == "post" else policy.offices
            names.append(group[party.id].name[lang])
    return COMMA[lang].join(names)


def recurrence_words(policy: Policy, duty: Duty, lang: Lang) -> str:
    """`each year, while the unit is listed`"""
    if duty.recurrence == "row" and duty.rows is not None:
        often = text(
            "duty-rule.each.row", lang, register=policy.registers[duty.rows.rows.register].name[lang]
        )
    elif duty.recurrence == "phase" and duty.phases:
        names = COMMA[lang].join(policy.timetable.phases[phase].name[lang] for phase in duty.phases)
        often = text("duty-rule.each.phases", lang, names=names)
    else:
        often = text(f"duty-rule.each.{duty.recurrence}", lang, n=duty.months)
    said = text("duty-rule.often", lang, often=often, span=text(f"duty-rule.span.{duty.span}", lang))
    if duty.start is not None:
        said += text("duty-rule.from", lang, day=duty.start)
    if duty.end is not None:
        said += text("duty-rule.until", lang, day=duty.end)
    return said


def due_words(policy: Policy, due: Due, lang: Lang) -> str:
    """`within 30 days of the listing`"""
    if due.form == "month_day" and due.month_day is not None:
        month, day = due.month_day
        return text("duty-rule.due.month_day", lang, month=month, day=day)
    event = text("duty-rule.event.none", lang) if due.event is None else _event(policy, due.event, lang)
    if due.lapse is None:
        return text("duty-rule.due.on", lang, event=event)
    return text(f"duty-rule.due.{due.form}", lang, event=event, lapse=lapse_words(policy, due.lapse, lang))


def lapse_words(policy: Policy, lapse: Lapse, lang: Lang) -> str:
    """A length of time, by its parameter's name where it has one."""
    length = lapse.length
    if isinstance(length, Name):
        name = policy.parameters[length.name].name[lang]
        return (
            text("duty-rule.lapse.working", lang, n=f"“{name}”") if lapse.unit != "calendar" else f"“{name}”"
        )
    if isinstance(length, Literal) and lapse.unit != "calendar":
        return text("duration.working-days", lang, n=length.value)
    if isinstance(length, Literal) and not isinstance(length.value, str | bool):
        if isinstance(length.value, YearsMonths):
            return duration_words(length.value, lang)
        return value_words(length.value, lang)
    return lapse.written


def evidence_words(policy: Policy, duty: Duty, lang: Lang) -> str:
    """`1 row of Reviews, dated by Reviewed on`"""
    evidence = duty.evidence
    if isinstance(evidence, FactEvidence):
        name = _fact(policy, evidence.fact, lang)
        if evidence.date is None:
            return text("duty-rule.evidence.fact", lang, name=name)
        return text("duty-rule.evidence.fact-dated", lang, name=name, date=_fact(policy, evidence.date, lang))
    if isinstance(evidence, SameRowEvidence):
        assert duty.rows is not None
        column = policy.registers[duty.rows.rows.register].columns[evidence.date]
        return text("duty-rule.evidence.same-row", lang, column=column.name[lang])
    return row_evidence_words(policy, evidence, lang)


def row_evidence_words(policy: Policy, evidence: RowEvidence, lang: Lang) -> str:
    """The rows that are evidence, how many, and the columns that date them."""
    register = policy.registers[evidence.rows.register]
    said = text(
        "duty-rule.evidence.rows",
        lang,
        n=_number(policy, evidence.need, lang),
        register=register.name[lang],
        column=register.columns[evidence.date].name[lang],
    )
    if evidence.period is not None:
        said += text("duty-rule.evidence.period", lang, column=register.columns[evidence.period].name[lang])
    return said


def _number(policy: Policy, need: Expr, lang: Lang) -> str:
    if isinstance(need, Name):
        return f"“{policy.parameters[need.name].name[lang]}”"
    return str(need.value) if isinstance(need, Literal) else "…"


def _fact(policy: Policy, id_: str, lang: Lang) -> str:
    return policy.facts[id_].name[lang] if id_ in policy.facts else policy.derived[id_].name[lang]


def _event(policy: Policy, event: Event, lang: Lang) -> str:
    if event.kind == "day" and event.day is not None:
        for fixed in policy.timetable.dates.values():
            if event.id in (fixed.id, fixed.name.zh):
                return text("duty-rule.event.named-day", lang, name=fixed.name[lang], day=event.day)
        for phase in policy.timetable.phases.values():
            if event.id in (phase.id, phase.name.zh):
                return text("duty-rule.event.named-day", lang, name=phase.name[lang], day=event.day)
        return event.day.isoformat()
    if event.kind == "duty":
        return text("duty-rule.event.duty", lang, name=policy.duties[event.id].name[lang])
    if event.kind == "fact":
        return _fact(policy, event.id, lang)
    if event.kind == "rows":
        return text("duty-rule.event.rows", lang, name=policy.registers[event.id].name[lang])
    if event.kind == "step":
        for procedure in policy.procedures.values():
            for step in procedure.steps:
                if step.id == event.id:
                    return text("duty-rule.event.duty", lang, name=step.name[lang])
    return text(f"duty-rule.event.{event.kind}", lang)
