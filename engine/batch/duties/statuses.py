"""The status of every period in columns: ``engine.duties.statuses`` and what surrounds it, said for whole tables."""

from __future__ import annotations

from datetime import date

import polars as pl

from engine.batch.duties.slots import DUE, SHORT

#: Counts of the rows that show something in a period.
SURE, OPEN, IN_TIME, OPEN_IN_TIME, OPEN_CERTAIN = "sure", "open", "in time", "open in time", "open certain"
#: The day of the row with which it is fulfilled, and whether an open row may have fulfilled it before.
DONE, DONE_OPEN = "done", "done open"
#: What is known of a period beside its rows.
TRUTH, EVENT_OPEN, DUE_MISSING, NO_EVIDENCE, NEED, UNSURE = (
    "truth",
    "event open",
    "due missing",
    "no evidence",
    "need",
    "unsure",
)
STATUS, WHY = "status", "why"


def with_statuses(instances: pl.LazyFrame, as_of: date, end: str) -> pl.LazyFrame:
    """``instances`` with ``STATUS``, ``WHY`` and ``DONE``; ``end``: the column with the day of delisting.

    Columns wanted: ``DUE`` (null: not known), ``SHORT``, ``TRUTH`` (null: not known whether it binds), ``EVENT_OPEN``
    (what its due date counts from has not happened), ``DUE_MISSING`` (why its due day is null is a missing fact),
    ``NO_EVIDENCE`` (what would show it is not known at all), ``UNSURE`` (not known whether there is such a period), ``NEED``
    and the counts, of which null is none.
    """
    counts = {name: pl.col(name).fill_null(0) for name in (SURE, OPEN, IN_TIME, OPEN_IN_TIME, OPEN_CERTAIN)}
    need, due, delisted = pl.col(NEED), pl.col(DUE), pl.col(end)
    lapses = delisted.is_not_null() & pl.when(due.is_null()).then(~pl.col(DUE_MISSING)).otherwise(
        due > delisted
    )
    nothing = (counts[SURE] + counts[OPEN]) == 0
    must = counts[SURE] >= need
    can = counts[SURE] + counts[OPEN] >= need
    in_time = counts[IN_TIME] >= need
    can_be_in_time = counts[IN_TIME] + counts[OPEN_IN_TIME] >= need
    undone = pl.when(pl.lit(as_of) > due).then(pl.lit("overdue")).otherwise(pl.lit("pending"))
    left = pl.when(lapses).then(pl.lit("lapsed")).otherwise(undone)
    undated = must | (counts[OPEN_CERTAIN] == counts[OPEN])
    by_rows = (
        pl.when(due.is_null())
        .then(pl.lit("due_unknown"))
        .when(in_time)
        .then(pl.lit("met"))
        .when(~can)
        .then(left)
        .when(must & ~can_be_in_time)
        .then(pl.lit("met_late"))
        .when(undated)
        .then(pl.lit("date_unknown"))
        .otherwise(pl.lit("evidence_unknown"))
    )
    bare = (
        pl.when(lapses)
        .then(pl.lit("lapsed"))
        .when(due.is_null())
        .then(pl.lit("due_unknown"))
        .otherwise(undone)
    )
    outcome = (
        pl.when(pl.col(UNSURE))
        .then(pl.lit("evidence_unknown"))
        .when(pl.col(EVENT_OPEN))
        .then(pl.lit("event_open"))
        .when(pl.col(SHORT))
        .then(pl.lit("too_short"))
        .when(pl.col(NO_EVIDENCE))
        .then(pl.lit("evidence_unknown"))
        .when(nothing)
        .then(bare)
        .otherwise(by_rows)
    )
    denied = pl.col(TRUTH) == False  # noqa: E712  a column, not a value
    found = instances.with_columns(outcome.alias("outcome"))
    word = pl.col("outcome")
    none = word.is_in(["lapsed", "event_open", "too_short"])
    unknown = word.is_in(["due_unknown", "date_unknown", "evidence_unknown"])
    status = (
        pl.when(none)
        .then(pl.lit("not_applicable"))
        .when(pl.col(TRUTH).is_null() | unknown)
        .then(pl.lit("unknown"))
        .otherwise(word)
    )
    why = (
        pl.when(none)
        .then(word)
        .when(pl.col(TRUTH).is_null())
        .then(pl.lit("condition_unknown"))
        .when(unknown)
        .then(word)
    )
    told = ~none & ~pl.col(NO_EVIDENCE) & ~pl.col(UNSURE) & (counts[SURE] + counts[OPEN] > 0) & must
    done = pl.when(told & ~pl.col(DONE_OPEN).fill_null(False)).then(pl.col(DONE))
    return found.filter(~denied.fill_null(False)).with_columns(
        status.alias(STATUS), why.alias(WHY), done.alias(DONE)
    )
