"""What the duty stage gives: one unit's CaseFile as of a date, with all that a report or an explanation needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from engine.inference.evaluation import Evaluation
from engine.project.duty import Duty, Measure, Party, Procedure, Status, Step

if TYPE_CHECKING:
    from engine.duties.program import DutyProgram

#: Why an instance has no status of its own making, or what kept it from one. Keys ``duties.why.*`` of the messages.
Why: TypeAlias = Literal[
    "not_applicable",  # its condition is false, or its kind of unit is another
    "too_short",  # the part of the period that is left does not count
    "lapsed",  # the unit was delisted before it fell due
    "event_open",  # what its due date counts from has not happened
    "condition_unknown",
    "listing_unknown",
    "evidence_unknown",
    "due_unknown",
    "date_unknown",  # fulfilled, but nobody knows when
]
#: Where an action stands at the as-of date. ``due``: within the days that the caller calls soon.
ActionState: TypeAlias = Literal["open", "due", "overdue", "unknown", "closed", "superseded"]


class Spell(NamedTuple):
    """A stretch from listing to delisting, both days included; ``number`` counts from 1. ``end``: None if it lasts.

    ``start`` is None only for what is not bound to a listing.
    """

    number: int
    start: date | None
    end: date | None


class Period(NamedTuple):
    """What an instance of a duty is for. ``start`` and ``end`` are the uncut period, both days included;
    ``first``/``last`` what listing, delisting and the plan leave of it. ``id`` is stable; see docs/duties.md."""

    id: str
    start: date
    end: date
    first: date
    last: date
    spell: int = 1
    phase: str | None = None
    row: int | None = None


class Term(NamedTuple):
    """One line of the arithmetic of a due date: an event with its day, or a length of time added to it."""

    key: str
    params: Mapping[str, object]
    day: date | None


class DueDay(NamedTuple):
    """The last good day, None if it cannot be told. ``provisional``: counted beyond the published working days."""

    day: date | None
    provisional: bool = False
    terms: tuple[Term, ...] = ()
    missing: frozenset[str] = frozenset()


class Proof(NamedTuple):
    """Something that shows fulfilment: row ``row`` (from 1) of ``register``, or a fact if that is 0.

    ``day`` is None if it is not known; ``certain`` is False if an unknown cell decides whether it counts.
    """

    register: str
    row: int
    day: date | None
    certain: bool


class Instance(NamedTuple):
    """A duty in one of its periods. ``done_on``: the day it was fulfilled, where that is known.

    ``missing``: the facts and cells that would settle an unknown status; those of a waived period would only tell
    whether it was done all the same, and those of a fulfilled one, on which day. ``waiver``: the row of the waivers'
    register.
    """

    duty: Duty
    period: Period
    due: DueDay
    status: Status
    why: Why | None = None
    proofs: tuple[Proof, ...] = ()
    done_on: date | None = None
    missing: frozenset[str] = frozenset()
    waiver: int | None = None

    @property
    def wanted(self) -> frozenset[str]:
        """What somebody has to find out: nothing for a period that is waived or surely fulfilled."""
        return self.missing if self.status == "unknown" else frozenset()


class StepRun(NamedTuple):
    """A step in one run of a procedure. ``state``: ``not_done`` may still come; ``missing`` was passed over."""

    step: Step
    state: Literal["done", "unknown", "not_done", "missing"]
    day: date | None
    actors: tuple[str, ...]
    due: DueDay | None
    proofs: tuple[Proof, ...]
    open_cells: frozenset[str] = frozenset()


class Violation(NamedTuple):
    """A step that broke the procedure: left out before a later one, taken before ``other``, or by another actor."""

    step: str
    why: Literal["missing", "out_of_order", "wrong_actor"]
    other: str | None = None


class ProcedureRun(NamedTuple):
    """One run of a procedure. ``next``: the first step that is not done; None if all are, or it is not known."""

    procedure: Procedure
    spell: int
    steps: tuple[StepRun, ...]
    violations: tuple[Violation, ...]
    next: str | None

    @property
    def completed(self) -> bool | None:
        """Whether every step is done; None if it is not known."""
        states = {step.state for step in self.steps}
        if states & {"not_done", "missing"}:
            return False
        return None if "unknown" in states else True


class MeasureOutcome(NamedTuple):
    """A measure for one unit. ``truth``: whether the plan requires it now, None if that is not known.

    ``since``: the day from which its trigger held, where that has a day; ``taken``: the rows that show that it was
    taken; ``superseded_by``: the higher rung of its ladder that holds as well.
    """

    measure: Measure
    truth: bool | None
    spell: int
    since: date | None = None
    due: DueDay | None = None
    taken: tuple[Proof, ...] = ()
    taken_on: date | None = None
    superseded_by: str | None = None
    missing: frozenset[str] = frozenset()


class Holder(NamedTuple):
    """Who a party is for this unit: names of posts or offices as in the policy; ``unknown`` if a table is undecided.

    The unit itself is the kind ``unit`` with the unit's name.
    """

    party: Party
    names: tuple[str, ...]
    unknown: bool = False


class Action(NamedTuple):
    """Something to do, once: ``id`` depends on policy, unit, rule and period alone.

    ``kind``: what it comes from. ``opened``: first day on which it stands; ``closed``: the day it was done.
    """

    id: str
    kind: Literal["duty", "step", "measure"]
    rule: str
    period: str
    state: ActionState
    holders: tuple[Holder, ...]
    clause: str
    opened: date | None
    due: date | None
    provisional: bool
    closed: date | None
    advisory: bool
    missing: frozenset[str]


@dataclass(frozen=True)
class CaseFile:
    """One unit at one date: its spells, every instance of every duty begun by then, procedures, measures.

    ``planned``: instances that begin later, for calendars. ``measured``: the evaluation of the measures' own network,
    which explains them (its ``failure`` says why there is nothing); None for a unit without verdict.
    ``listing_missing``: what keeps the spells from being known. ``problems``: messages about rows that were left out
    of account, such as a waiver without a reason. ``withheld``: the outcomes that are left out of a publication, by the
    keys of ``engine.wording.outcomes``.
    """

    program: DutyProgram
    evaluation: Evaluation
    spells: tuple[Spell, ...]
    instances: tuple[Instance, ...]
    planned: tuple[Instance, ...]
    procedures: tuple[ProcedureRun, ...]
    measures: tuple[MeasureOutcome, ...]
    measured: Evaluation | None
    problems: tuple[tuple[str, Mapping[str, object]], ...] = ()
    holders: Mapping[Party, Holder] = field(default_factory=lambda: MappingProxyType({}))
    listing_missing: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()

    @property
    def unit(self) -> str:
        """The unit's id."""
        return self.evaluation.sheet.unit

    @property
    def listed(self) -> bool | None:
        """Whether the unit is on the list at the as-of date; None if that is not known."""
        if self.listing_missing or self.measured is None or self.measured.failure is not None:
            return None
        return any(spell.end is None for spell in self.spells)

    def held_by(self, parties: tuple[Party, ...]) -> tuple[Holder, ...]:
        """Who the parties are for this unit."""
        return tuple(self.holders[party] for party in parties)
