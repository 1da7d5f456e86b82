"""Everything that an office decided because the plan leaves it open, with the rules that it touches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.language.values import Value
from engine.messages import Lang, text
from engine.project.parameter_values import dated_values, value_on
from engine.project.policy import Parameter, Policy, Text
from engine.project.usage import Use, uses
from engine.report.results_text import Style, plain_style
from engine.wording.columns import wrap
from engine.wording.json_text import dumps
from engine.wording.words import COLON, COMMA, date_words, parameter_words, plain, rule_name, short_digest


@dataclass(frozen=True)
class Assumption:
    """A parameter that is an interpretation. ``values``: each from its day on; ``now``: the one in force, if a day
    was given (None if it has none yet)."""

    parameter: Parameter
    values: tuple[tuple[date, Value], ...]
    now: Value
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Understood:
    """A phase, a date or the counting of periods that the timetable explains in a note."""

    kind: str
    id: str
    name: Text | None
    days: tuple[date, ...]
    clause: str | None
    note: Text


def assumptions(policy: Policy, as_of: date | None = None) -> tuple[Assumption, ...]:
    """The parameters whose basis is an interpretation, in the order of the policy."""
    touched = uses(policy)
    return tuple(
        Assumption(
            parameter,
            tuple(dated_values(policy, id_)),
            None if as_of is None else value_on(policy, id_, as_of),
            touched[id_],
        )
        for id_, parameter in policy.parameters.items()
        if parameter.basis == "interpretation"
    )


def understood(policy: Policy) -> tuple[Understood, ...]:
    """What the timetable says about how it was understood: counting first, then phases and dates."""
    timetable = policy.timetable
    found = []
    if timetable.reason is not None:
        found.append(Understood("counting", timetable.first_day, None, (), None, timetable.reason))
    for phase in timetable.phases.values():
        if phase.note is not None:
            days = (phase.start, phase.end)
            found.append(Understood("phase", phase.id, phase.name, days, phase.clause, phase.note))
    for fixed in timetable.dates.values():
        if fixed.note is not None:
            found.append(Understood("date", fixed.id, fixed.name, (fixed.day,), fixed.clause, fixed.note))
    return tuple(found)


# ------------------------------------------------------------------------------------------------ text


def assumptions_lines(
    policy: Policy, as_of: date | None, lang: Lang, width: int, style: Style = plain_style
) -> Iterator[str]:
    """One paragraph for each; lines without line ends, none wider than ``width`` columns."""
    found, notes = assumptions(policy, as_of), understood(policy)
    head = {"title": policy.title[lang], "digest": short_digest(policy)}
    if as_of is None:
        yield from wrap(text("assumptions.head", lang, **head), width)
    else:
        yield from wrap(text("assumptions.head-on", lang, day=date_words(as_of, lang), **head), width)
    for one in found:
        yield ""
        yield from _paragraph(_heading(policy, one, as_of, lang), _body(policy, one, lang), width, style)
    if notes:
        yield ""
        yield from (style("head", line) for line in wrap(text("assumptions.timetable", lang), width))
    for note in notes:
        yield ""
        lines = [] if note.clause is None else [_clause(policy, note.clause, lang)]
        lines.append(_reason(note.note, lang))
        yield from _paragraph(_note_heading(policy, note, lang), lines, width, style)
    yield ""
    counts = text(
        "assumptions.totals",
        lang,
        interpretations=len(found),
        parameters=len(policy.parameters),
        notes=len(notes),
    )
    yield from wrap(counts, width)


def _paragraph(heading: str, body: list[str], width: int, style: Style) -> Iterator[str]:
    yield from (style("head", line) for line in wrap(heading, width))
    for said in body:
        lines = wrap(said, width - 4)
        yield "  " + lines[0]
        yield from ("    " + line for line in lines[1:])


def _heading(policy: Policy, one: Assumption, as_of: date | None, lang: Lang) -> str:
    id_ = one.parameter.id
    if as_of is not None:
        value = parameter_words(policy, id_, one.now, lang) if one.now is not None else ""
        said = value or text("assumptions.no-value-yet", lang)
    else:
        said = COMMA[lang].join(
            text(
                "page.since",
                lang,
                value=parameter_words(policy, id_, value, lang),
                day=date_words(day, lang),
            )
            for day, value in one.values
        )
    return text("page.fact-plain", lang, name=one.parameter.name[lang], id=id_) + COLON[lang] + said


def _body(policy: Policy, one: Assumption, lang: Lang) -> list[str]:
    touched = [_use(policy, use, lang) for use in one.uses]
    return [
        _clause(policy, one.parameter.clause, lang),
        _reason(one.parameter.reason, lang),
        text("assumptions.touches", lang, names=COMMA[lang].join(touched))
        if touched
        else text("assumptions.touches-nothing", lang),
    ]


def _clause(policy: Policy, id_: str, lang: Lang) -> str:
    return text("explain.clause", lang, id=id_, title=policy.clauses[id_].title[lang])


def _reason(reason: Text, lang: Lang) -> str:
    return text("assumptions.reason", lang, reason=reason[lang])


def _use(policy: Policy, use: Use, lang: Lang) -> str:
    if use.name is None:
        return text("assumptions.counting-part", lang)
    role = text(f"page.role.{use.role}", lang)
    if not use.through:
        return text("assumptions.use", lang, role=role, name=use.name[lang], id=use.id)
    names = COMMA[lang].join(_between(policy, id_, lang) for id_ in use.through)
    return text("assumptions.use-through", lang, role=role, name=use.name[lang], id=use.id, through=names)


def _between(policy: Policy, id_: str, lang: Lang) -> str:
    if id_ in policy.derived:
        return policy.derived[id_].name[lang]
    return policy.parameters[id_].name[lang] if id_ in policy.parameters else rule_name(policy, id_, lang)


def _note_heading(policy: Policy, note: Understood, lang: Lang) -> str:
    if note.name is None:
        last = policy.timetable.last_day.replace(" ", "-")
        return COMMA[lang].join(
            (text(f"assumptions.first-day-{note.id}", lang), text(f"assumptions.last-day-{last}", lang))
        )
    days = [date_words(day, lang) for day in note.days]
    said = days[0] if len(days) == 1 else text("duties.period.months", lang, start=days[0], end=days[1])
    return text("page.fact-plain", lang, name=note.name[lang], id=note.id) + COLON[lang] + said


# ------------------------------------------------------------------------------------------------ JSON


def assumptions_json(policy: Policy, as_of: date | None, lang: Lang) -> str:
    """``{"policy", "as_of", "assumptions": […], "timetable": […], "summary"}``"""
    found, notes = assumptions(policy, as_of), understood(policy)
    return dumps(
        {
            "policy": {"id": policy.id, "digest": policy.digest},
            "as_of": plain(as_of),
            "assumptions": [_object(policy, one, as_of, lang) for one in found],
            "timetable": [
                {
                    "kind": note.kind,
                    "id": note.id,
                    "name": None if note.name is None else note.name[lang],
                    "days": [plain(day) for day in note.days],
                    "clause": None if note.clause is None else _clause_object(policy, note.clause, lang),
                    "reason": note.note[lang],
                }
                for note in notes
            ],
            "summary": {
                "parameters": len(policy.parameters),
                "interpretations": len(found),
                "timetable": len(notes),
            },
        },
        indent=1,
    )


def _object(policy: Policy, one: Assumption, as_of: date | None, lang: Lang) -> dict[str, object]:
    return {
        "parameter": one.parameter.id,
        "name": one.parameter.name[lang],
        "clause": _clause_object(policy, one.parameter.clause, lang),
        "reason": one.parameter.reason[lang],
        "unit": one.parameter.unit,
        **({} if as_of is None else {"value": plain(one.now)}),
        "values": [{"from": plain(day), "value": plain(value)} for day, value in one.values],
        "touches": [
            {
                "role": use.role,
                "id": use.id,
                "name": None if use.name is None else use.name[lang],
                "through": list(use.through),
            }
            for use in one.uses
        ],
    }


def _clause_object(policy: Policy, id_: str, lang: Lang) -> dict[str, object]:
    return {"id": id_, "title": policy.clauses[id_].title[lang]}
