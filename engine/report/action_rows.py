"""Actions with the words that every list, calendar and notice of them needs, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from engine.duties.action_list import action_id
from engine.duties.nouns import Action, ActionState, CaseFile, Holder, Instance
from engine.messages import Lang, text
from engine.project.policy import Entry, Policy, Text
from engine.wording.duties import holder_words as holders_in_words
from engine.wording.duties import period_label
from engine.wording.one_line import one_line
from engine.wording.words import date_words

Work: TypeAlias = Literal["clear", "review", "attendance", "work"]
STATES: tuple[ActionState, ...] = ("overdue", "due", "open", "unknown", "closed", "superseded")
#: What is still to be done; the others are history.
STANDING: tuple[ActionState, ...] = ("overdue", "due", "open", "unknown")


class ActionRow(NamedTuple):
    """An action of a unit. ``name``: what is to be done, in both languages; ``instance``: the period of the duty
    that it comes from, None for steps and measures."""

    case: CaseFile
    action: Action
    name: Text
    instance: Instance | None

    @property
    def unit(self) -> str:
        """The unit's name, its id where it has none."""
        return unit_label(self.case)

    @property
    def begins(self) -> date | None:
        """The first day of a duty that has not begun yet; None for one that has."""
        opened = self.action.opened
        return opened if opened is not None and opened > self.case.program.as_of else None

    @property
    def work(self) -> Work:
        """What kind of work it is; whatever is no duty is plain work."""
        return "work" if self.instance is None else self.instance.duty.work


@dataclass(frozen=True)
class Wanted:
    """Which actions are wanted: in these states, and held by ``holder`` if one is named."""

    states: Collection[str] = STANDING
    holder: str | None = None

    def keeps(self, action: Action) -> bool:
        """Whether the action is one of them."""
        held = self.holder is None or self.holder in holder_ids(action.holders)
        return held and action.state in self.states


def rows(case: CaseFile, actions: Iterable[Action], wanted: Wanted) -> Iterator[ActionRow]:
    """The wanted actions of one unit, in the order given; those of planned duties among them."""
    instances = {(i.duty.id, i.period.id): i for i in (*case.instances, *case.planned)}
    for action in actions:
        if wanted.keeps(action):
            instance = instances[action.rule, action.period] if action.kind == "duty" else None
            yield ActionRow(case, action, rule_text(case.program.policy, action), instance)


def planned_actions(case: CaseFile) -> Iterator[Action]:
    """The actions that duties will give that begin after the as-of date, as far as the case file looks ahead."""
    for instance in case.planned:
        if instance.status not in ("pending", "unknown"):
            continue
        duty = instance.duty
        yield Action(
            id=action_id(case.program.policy, case.unit, duty.id, instance.period.id),
            kind="duty",
            rule=duty.id,
            period=instance.period.id,
            state="open" if instance.status == "pending" else "unknown",
            holders=case.held_by(duty.owners),
            clause=duty.clause,
            opened=instance.period.first,
            due=instance.due.day,
            provisional=instance.due.provisional,
            closed=None,
            advisory=duty.advisory,
            missing=instance.missing,
        )


def unit_label(case: CaseFile) -> str:
    """The unit's name, its id where it has none."""
    return one_line(case.evaluation.sheet.name) or one_line(case.unit)


def rule_text(policy: Policy, action: Action) -> Text:
    """The name of the duty, the step or the measure that the action comes from."""
    if action.kind == "duty":
        return policy.duties[action.rule].name
    if action.kind == "measure":
        return policy.measures[action.rule].name
    procedure, _, step = action.rule.rpartition(".")
    return next(s.name for s in policy.procedures[procedure].steps if s.id == step)


def holder_ids(holders: Iterable[Holder]) -> tuple[str, ...]:
    """Posts, offices and units that hold something, each once."""
    return tuple(dict.fromkeys(name for holder in holders for name in holder.names))


def named(entries: Mapping[str, Entry], id_: str, lang: Lang) -> str:
    """The name of a post or office in ``lang``; a unit's as it is."""
    return entries[id_].name[lang] if id_ in entries else one_line(id_)


def holder_words(policy: Policy, holders: Iterable[Holder], lang: Lang) -> str:
    """Everyone who holds something; a holder that is not known yet is said to be so."""
    return one_line(holders_in_words(policy, tuple(holders), lang))


def name_words(row: ActionRow, lang: Lang) -> str:
    """What is to be done, for which period, and whether it is only asked for in principle."""
    policy, action = row.case.program.policy, row.action
    said = row.name[lang]
    if row.instance is not None and action.period != "once":
        period = period_label(policy, row.instance.duty, row.instance.period, lang)
        said = text("actions.for-period", lang, name=said, period=one_line(period))
    return text("actions.advisory", lang, name=said) if action.advisory else said


def due_words(action: Action, lang: Lang) -> str:
    """The last good day; provisional where working days are not published yet, a dash where it cannot be told."""
    if action.due is None:
        return text("actions.no-day", lang)
    said = date_words(action.due, lang)
    return text("actions.provisional", lang, day=said) if action.provisional else said
