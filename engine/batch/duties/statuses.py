"""The status of every period in columns: ``engine.duties.statuses`` and what surrounds it, said for whole tables.

Statuses and reasons are numbers here, their places in ``STATUSES`` and ``WHYS``: millions of them are compared.
"""

from __future__ import annotations

from datetime import date
from typing import get_args

import polars as pl

from engine.batch.duties.listings import END
from engine.batch.duties.periods import TRUTH
from engine.batch.duties.slots import DUE, SHORT, UNSURE
from engine.duties.nouns import Why
from engine.project.duty import STATUSES, Status

#: Counts of the rows that show something in a period.
SURE, OPEN, IN_TIME, OPEN_IN_TIME, OPEN_CERTAIN = "sure", "open", "in time", "open in time", "open certain"
#: The day of the row with which it is fulfilled, and whether an open row may have fulfilled it before.
DONE, DONE_OPEN = "done", "done open"
#: What is known of a period beside its rows.
EVENT_OPEN, DUE_MISSING, NO_EVIDENCE, NEED, WAIVED, SOLE = (
    "event open",
    "due missing",
    "no evidence",
    "need",
    "waived",
    "sole",
)
STATUS, WHY = "status", "why"
#: Whether the duty may have been fulfilled in the period on a day that nobody knows, whatever its status.
PERHAPS = "perhaps"
WHYS: tuple[Why, ...] = get_args(Why)


def status_number(status: Status) -> int:
    """The number that stands for a status."""
    return STATUSES.index(status)


def status(name: Status) -> pl.Expr:
    """A status as a column of numbers has it."""
    return pl.lit(STATUSES.index(name), pl.UInt8)


def why(name: Why) -> pl.Expr:
    """A reason as a column of numbers has it."""
    return pl.lit(WHYS.index(name), pl.UInt8)


def is_one_of(names: tuple[Status, ...] | list[Status]) -> pl.Expr:
    """Whether the status of a period is one of those named."""
    return pl.col(STATUS).is_in([STATUSES.index(name) for name in names])


def with_statuses(periods: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """``periods`` with ``STATUS``, ``WHY``, ``DONE`` and ``PERHAPS``.

    Columns wanted: ``END`` (day of delisting), ``DUE`` (null: not known), ``SHORT``, ``TRUTH`` (null: not known whether it
    binds), ``EVENT_OPEN`` (what its due date counts from has not happened), ``DUE_MISSING`` (why its due day is null is a
    missing fact), ``NO_EVIDENCE`` (what would show it is not known at all), ``UNSURE`` (not known whether there is such a
    period), ``SOLE`` (why not, if it stands for all of a duty's periods), ``WAIVED``, ``NEED`` and what ``Counts`` gives.
    """
    need, due, delisted = pl.col(NEED), pl.col(DUE), pl.col(END)
    sure, open_ = pl.col(SURE), pl.col(OPEN)
    lapses = delisted.is_not_null() & pl.when(due.is_null()).then(~pl.col(DUE_MISSING)).otherwise(
        due > delisted
    )
    must, can = sure >= need, sure + open_ >= need
    # ``DONE`` is the day of the last row needed, so it tells whether enough were in time.
    in_time = must & (pl.col(DONE) <= due)
    can_be_in_time = in_time | (pl.col(IN_TIME) + pl.col(OPEN_IN_TIME) >= need)
    undated = must | (pl.col(OPEN_CERTAIN) == open_)
    nothing = sure + open_ == 0
    overdue = (pl.lit(as_of) > due).fill_null(False)
    periods = periods.with_columns(
        (pl.col(EVENT_OPEN) | pl.col(SHORT)).alias("none"),
        (pl.col(NO_EVIDENCE) & ~pl.col(UNSURE)).alias("blank"),
        lapses.alias("lapses"),
        # In the order in which the first that holds decides.
        pl.when(nothing | ~can).then(0).when(in_time).then(1).when(must & ~can_be_in_time).then(2).otherwise(3)
        .cast(pl.UInt8).alias("case"),
        undated.alias("undated"),
    )  # fmt: skip
    case = pl.col("case")
    settled_none = pl.col("none") & ~pl.col(UNSURE)
    unknown_rows = pl.col(UNSURE) | pl.col("blank")
    # Nothing shows it: what was not due at the delisting lapses before a due day that nobody knows matters.
    lapsed = (case == 0) & pl.col("lapses") & (nothing | due.is_not_null())
    outcome = (
        pl.when(settled_none | unknown_rows)
        .then(None)
        .when(lapsed)
        .then(None)
        .when(due.is_null())
        .then(None)
        .when(case == 1)
        .then(status("met"))
        .when(case == 2)
        .then(status("met_late"))
        .when(case == 3)
        .then(None)
        .when(overdue)
        .then(status("overdue"))
        .otherwise(status("pending"))
    )
    reason = (
        pl.when(pl.col(UNSURE))
        .then(why("evidence_unknown"))
        .when(pl.col(EVENT_OPEN))
        .then(why("event_open"))
        .when(pl.col(SHORT))
        .then(why("too_short"))
        .when(pl.col("blank"))
        .then(why("evidence_unknown"))
        .when(lapsed)
        .then(why("lapsed"))
        .when(due.is_null())
        .then(why("due_unknown"))
        .when(case != 3)
        .then(None)
        .when(pl.col("undated"))
        .then(why("date_unknown"))
        .otherwise(why("evidence_unknown"))
    )
    found = periods.with_columns(outcome.alias("outcome"), reason.alias("reason"))
    word, open_truth, sole = pl.col("outcome"), pl.col(TRUTH).is_null(), pl.col(SOLE)
    none = (
        pl.col("reason")
        .is_in([WHYS.index(name) for name in ("lapsed", "event_open", "too_short")])
        .fill_null(False)
    )
    unknown = (word.is_null() & ~none) | (open_truth & ~none)
    undone = word.is_in([status_number("pending"), status_number("overdue")]).fill_null(False)
    waived = pl.col(WAIVED) & ~none & (unknown | undone)
    told = ~none & ~pl.col(NO_EVIDENCE) & ~pl.col(UNSURE) & ~nothing & must & ~pl.col(DONE_OPEN)
    # A due day beyond the calendar is not known either, but nothing that is missing would tell it.
    due_unknown = (pl.col("reason") == WHYS.index("due_unknown")).fill_null(False)
    beyond = due_unknown & ~pl.col(DUE_MISSING) & ~(can & (open_ > 0)) & ~open_truth
    return found.with_columns(
        pl.when(none).then(status("not_applicable")).when(waived).then(status("waived"))
        .when(unknown).then(status("unknown")).otherwise(word).alias(STATUS),
        pl.when(sole.is_not_null()).then(sole).when(none).then("reason").when(waived).then(None)
        .when(open_truth).then(why("condition_unknown")).when(unknown).then("reason").alias(WHY),
        pl.when(told).then(DONE).alias(DONE),
        (unknown & ~(waived & beyond)).alias(PERHAPS),
    ).drop("outcome", "reason", "none", "blank", "lapses", "case", "undated")  # fmt: skip
