"""The linked nouns of what a plan orders to be done: duties, procedures, measures, and how their periods run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.diagnostics import Location
from engine.language.syntax import Expr

if TYPE_CHECKING:
    from engine.project.policy import Condition, RuleVersion, Text

Status: TypeAlias = Literal["met", "met_late", "pending", "overdue", "unknown", "waived", "not_applicable"]
STATUSES: tuple[Status, ...] = (
    "met",
    "met_late",
    "pending",
    "overdue",
    "unknown",
    "waived",
    "not_applicable",
)
#: ``listed``: from listing to delisting, anew each time; ``in force``: as long as the plan runs, listed or not.
Span: TypeAlias = Literal["listed", "in force"]
Recurrence: TypeAlias = Literal["once", "phase", "year", "half-year", "quarter", "month", "months", "row"]


@dataclass(frozen=True)
class Party:
    """Who acts or is acted on: a post, an office, the unit itself, or whoever a decision table names."""

    kind: Literal["post", "office", "unit", "table"]
    id: str


@dataclass(frozen=True)
class RowFilter:
    """Rows of a register that pass every test of ``where`` (boolean expressions over the columns)."""

    register: str
    where: tuple[Expr, ...]
    location: Location = field(compare=False)


@dataclass(frozen=True)
class DatedRows:
    """Rows with the column that dates them; ``which`` of them is meant where one day is wanted."""

    rows: RowFilter
    date: str
    which: Literal["first", "latest"] = "first"


@dataclass(frozen=True)
class Lapse:
    """A length of time: a YearsMonths or a number of days (calendar or working), or a parameter that gives it."""

    length: Expr
    unit: Literal["calendar", "working days"]
    written: str


@dataclass(frozen=True)
class Event:
    """A day that a due date is counted from. ``id`` names the fixed date, duty, fact, phase or step."""

    kind: Literal[
        "listing", "period start", "period end", "day", "duty", "fact", "rows", "trigger", "step", "delisting"
    ]
    id: str = ""
    day: date | None = None
    rows: DatedRows | None = None


@dataclass(frozen=True)
class Due:
    """The last good day. ``on``: an event; ``within``: so long after it; ``before``: so long before it;
    ``month_day``: that day of the year in which the period ends."""

    form: Literal["on", "within", "before", "month_day"]
    event: Event | None = None
    lapse: Lapse | None = None
    month_day: tuple[int, int] | None = None


@dataclass(frozen=True)
class RowEvidence:
    """At least ``need`` rows, dated by the column ``date``; ``period``: the column with the year they are for."""

    rows: RowFilter
    date: str
    need: Expr
    period: str | None = None


@dataclass(frozen=True)
class SameRowEvidence:
    """A date column of the very row that the duty is about."""

    date: str


@dataclass(frozen=True)
class FactEvidence:
    """A boolean fact, with the date fact that says since when, if there is one."""

    fact: str
    date: str | None = None


Evidence: TypeAlias = RowEvidence | SameRowEvidence | FactEvidence


@dataclass(frozen=True)
class Group:
    """Duties that the plan names together, such as 四必审."""

    id: str
    name: Text
    clause: str


@dataclass(frozen=True)
class Duty:
    """An obligation: who, when, how often, by when, and what shows that it was done.

    ``months``: the n of "every n months"; ``phases``: those meant, all if empty; ``rows``: those that each
    begin an instance; ``start``/``end`` narrow the span. An ``advisory`` duty is shown, but is never neglected.
    """

    id: str
    name: Text
    clause: str
    owners: tuple[Party, ...]
    span: Span
    recurrence: Recurrence
    due: Due
    evidence: Evidence
    location: Location = field(compare=False)
    group: str | None = None
    kinds: tuple[str, ...] = ()
    applies_when: Condition | None = None
    months: int = 0
    phases: tuple[str, ...] = ()
    rows: DatedRows | None = None
    start: date | None = None
    end: date | None = None
    advisory: bool = False
    work: Literal["work", "review", "attendance", "clear"] = "work"
    note: Text | None = None


@dataclass(frozen=True)
class Step:
    """A step of a procedure. ``by``: who may take it; ``by_all``: each of them has to. ``value``: how the step
    column names it; None for the step that is the delisting itself."""

    id: str
    name: Text
    clause: str
    value: str | None
    by: tuple[Party, ...] = ()
    by_all: bool = False
    due: Due | None = None


@dataclass(frozen=True)
class Procedure:
    """Steps in a fixed order, found in a register: the column that names the step, its date and its actor."""

    id: str
    name: Text
    clause: str
    span: Span
    register: str
    step_column: str
    date_column: str
    actor_column: str | None
    steps: tuple[Step, ...]
    location: Location = field(compare=False)
    note: Text | None = None


@dataclass(frozen=True)
class Measure:
    """What is done about neglect or success. ``when`` is None for a rung of a ladder.

    ``by`` takes it against (or in favour of, if it is a ``reward``) ``against``; ``notice``: the letter it needs.
    ``versions`` and ``version``: as of a rule that was amended.
    """

    id: str
    name: Text
    clause: str
    by: tuple[Party, ...]
    against: tuple[Party, ...]
    span: Span
    when: Condition | None
    location: Location = field(compare=False)
    due: Due | None = None
    evidence: RowEvidence | None = None
    reward: bool = False
    notice: Literal["assignment", "supervision", "interview"] | None = None
    ladder: str | None = None
    note: Text | None = None
    versions: tuple[RuleVersion, ...] = ()
    version: RuleVersion | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that the measure ever had; none for a rung of a ladder."""
        if not self.versions:
            return () if self.when is None else (self.when,)
        return tuple(version.when for version in self.versions if version.when is not None)


@dataclass(frozen=True)
class DutyOccasions:
    """Periods of duties that came out with one of the statuses."""

    duties: tuple[str, ...]
    statuses: tuple[Status, ...]


@dataclass(frozen=True)
class Rung:
    """The measure that a ladder reaches from ``start`` occasions on."""

    start: Expr
    measure: str


@dataclass(frozen=True)
class Ladder:
    """Occasions that add up to ever stronger measures.

    ``in_a_row``: true, false, or the choice parameter that says so; then rows in ``broken_by`` start the count anew.
    """

    id: str
    name: Text
    clause: str
    over: Literal["this listing", "the whole plan"]
    occasions: DatedRows | DutyOccasions
    in_a_row: bool | str
    rungs: tuple[Rung, ...]
    location: Location = field(compare=False)
    broken_by: DatedRows | None = None


@dataclass(frozen=True)
class Listing:
    """Where the listings and delistings of a unit are recorded: two filters over one register, and its date."""

    listed: DatedRows
    delisted: DatedRows
    clause: str


@dataclass(frozen=True)
class Waivers:
    """Where waivers are recorded: the columns for the duty, the period, the reason and the day."""

    register: str
    duty: str
    period: str | None
    reason: str
    date: str | None


@dataclass(frozen=True)
class DutyTest:
    """A number of periods with one of the statuses, bound to a test; an expression over the name that stands for it."""

    name: str
    duties: tuple[str, ...]
    statuses: tuple[Status, ...]


@dataclass(frozen=True)
class ProcedureTest:
    """Whether a procedure (or one of its steps) stands as said."""

    name: str
    procedure: str
    step: str | None
    is_: Literal["violated", "completed", "done"]
