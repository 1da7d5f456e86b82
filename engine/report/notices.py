"""The letters that measures need: to whom, about what, by when. Words only; ``notice_docx`` lays them out.

Which measure needs which letter is said by the policy (``notice`` of a measure). The letter goes out under the name
of the plan's issuer, whoever takes the measure: it is its office that hands it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.duties.nouns import Action, CaseFile, Holder, MeasureOutcome
from engine.messages import Lang, text
from engine.project.duty import Measure
from engine.project.policy import Policy
from engine.report.action_rows import (
    ActionRow,
    Wanted,
    due_words,
    holder_ids,
    holder_words,
    name_words,
    named,
    rows,
    unit_label,
)
from engine.report.safe_names import safe_name
from engine.wording.words import COMMA, date_words


@dataclass(frozen=True)
class Annex:
    """A list that goes with a letter: its title, the head of its table and the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Notice:
    """One letter. ``file``: its name without ending; ``parts``: headings with the paragraphs below them.

    ``number``: the document number, with room for the office's own sign and the running number. ``title``: without the
    issuer, which stands above it.
    """

    file: str
    issuer: str
    head: str
    number: str
    title: str
    addressee: str
    opening: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    closing: str
    annex: Annex | None
    day: date
    signed: str


def notices(case: CaseFile, actions: Iterable[Action], wanted: Wanted, lang: Lang) -> Iterator[Notice]:
    """A letter for every measure that the plan requires now, that needs one and that no higher rung has replaced."""
    all_actions = tuple(actions)
    outcomes = {outcome.measure.id: outcome for outcome in case.measures}
    for row in rows(case, all_actions, wanted):
        measure = case.program.policy.measures.get(row.action.rule) if row.action.kind == "measure" else None
        if measure is None or measure.notice is None or row.action.state == "unknown":
            continue
        outcome = outcomes.get(measure.id)
        if outcome is not None and outcome.truth is True:
            yield _notice(row, measure, outcome, _attached(case, all_actions, measure), lang)


def _notice(
    row: ActionRow, measure: Measure, outcome: MeasureOutcome, attached: tuple[ActionRow, ...], lang: Lang
) -> Notice:
    policy, as_of = row.case.program.policy, row.case.program.as_of
    issuer, kind, unit = policy.issuer[lang], measure.notice or "", row.unit
    by = holder_words(policy, row.case.held_by(measure.by), lang)
    clause = policy.clauses[measure.clause]
    said: dict[str, object] = {
        "issuer": issuer,
        "unit": unit,
        "measure": measure.name[lang],
        "by": by,
        "against": _roles(row.case, measure, lang),
        "plan": policy.title[lang],
        "clause": measure.clause,
        "clause_title": clause.title[lang],
        "as_of": date_words(as_of, lang),
    }
    annex = _annex(attached, kind, said, lang)
    return Notice(
        file=safe_name(text(f"notices.{kind}.word", lang), unit, measure.name[lang], mark=row.action.id),
        issuer=issuer,
        head=text("notices.head", lang, issuer=issuer),
        number=text("notices.number", lang, year=as_of.year),
        title=text(f"notices.{kind}.title", lang, **said),
        addressee=text("notices.addressee", lang, names=_addressees(row.case, measure, lang)),
        opening=text(f"notices.{kind}.opening", lang, **said),
        parts=tuple(_parts(row, outcome, kind, said, annex, lang)),
        closing=text("notices.closing", lang),
        annex=annex,
        day=as_of,
        signed=date_words(as_of, "zh") if lang == "zh" else as_of.isoformat(),
    )


def _parts(
    row: ActionRow,
    outcome: MeasureOutcome,
    kind: str,
    said: dict[str, object],
    annex: Annex | None,
    lang: Lang,
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Why, who and by when; each with a heading of its own."""
    since = outcome.since
    why = [
        text(f"notices.{kind}.matter", lang, **said)
        if since is None
        else text(f"notices.{kind}.matter-since", lang, since=date_words(since, lang), **said)
    ]
    if annex is not None:
        why.append(text(f"notices.{kind}.annexed", lang, n=len(annex.rows)))
    who = text(f"notices.{kind}.who", lang, **said)
    due, when = row.action.due, "no-day"
    if due is not None:
        when = "until" if due >= row.case.program.as_of else "passed"
    until = text(f"notices.{kind}.{when}", lang, due=due_words(row.action, lang), **said)
    for number, (name, paragraphs) in enumerate(
        (("matter", tuple(why)), ("who", (who,)), ("until", (until,))), start=1
    ):
        heading = text(f"notices.{kind}.heading-{name}", lang)
        yield text(f"notices.heading-{number}", lang, heading=heading), paragraphs


def _roles(case: CaseFile, measure: Measure, lang: Lang) -> str:
    """Those concerned, with the role that a table gives them, such as "leader in charge: secretary"."""
    policy = case.program.policy
    parts = []
    for party, holder in zip(measure.against, case.held_by(measure.against), strict=True):
        words = holder_words(policy, (holder,), lang)
        if party.kind == "table":
            words = text("notices.role", lang, role=policy.tables[party.id].name[lang], holder=words)
        parts.append(words)
    return COMMA[lang].join(dict.fromkeys(parts)) or unit_label(case)


def _addressees(case: CaseFile, measure: Measure, lang: Lang) -> str:
    """The unit first, then whom the measure concerns; each once."""
    holders: tuple[Holder, ...] = case.held_by(measure.against)
    entries = {**case.program.policy.offices, **case.program.policy.posts}
    names = [unit_label(case)]
    names += [named(entries, name, lang) for name in holder_ids(holders)]
    return COMMA[lang].join(dict.fromkeys(names))


def _attached(case: CaseFile, actions: tuple[Action, ...], measure: Measure) -> tuple[ActionRow, ...]:
    """What the letter is about: with an assignment, the work of those assigned; else what they have neglected, or
    what the unit has if the neglect is not theirs. Nobody is urged to do what is asked for only in principle."""
    concerned = set(holder_ids(case.held_by(measure.against)))
    assigned = measure.notice == "assignment"
    states = ("overdue", "due", "open") if assigned else ("overdue",)
    found = [
        row
        for row in rows(case, actions, Wanted(states))
        if row.action.kind != "measure" and (assigned or not row.action.advisory)
    ]
    theirs = tuple(row for row in found if concerned & set(holder_ids(row.action.holders)))
    return theirs if theirs or assigned else tuple(found)


def _annex(attached: tuple[ActionRow, ...], kind: str, said: dict[str, object], lang: Lang) -> Annex | None:
    if not attached:
        return None
    policy: Policy = attached[0].case.program.policy
    head = tuple(
        text(f"actions.column.{name}", lang) for name in ("number", "what", "holder", "due", "clause")
    )
    lines = tuple(
        (
            str(i),
            name_words(row, lang),
            holder_words(policy, row.action.holders, lang),
            due_words(row.action, lang),
            row.action.clause,
        )
        for i, row in enumerate(attached, start=1)
    )
    return Annex(text(f"notices.{kind}.annex", lang, **said), head, lines)
