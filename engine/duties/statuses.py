"""The status of a duty in one period, from the rows that count for it. The specification: short on purpose.

A row counts surely or perhaps, with a day or without one. Taking the rows that perhaps count all away gives one
outcome, taking them all for done in time another; where every possibility between agrees, that is the status, and
otherwise it is unknown. So what nobody knows is never overdue.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from engine.duties.nouns import DueDay, Proof, Why
from engine.project.duty import Status


class Outcome(NamedTuple):
    """A status, the day on which the duty was fulfilled if that is known, why the status is unknown, and what would
    settle it: the status, or the day of what is surely fulfilled."""

    status: Status
    done_on: date | None = None
    why: Why | None = None
    missing: frozenset[str] = frozenset()


def outcome(
    proofs: tuple[Proof, ...], need: int, due: DueDay, as_of: date, missing: frozenset[str]
) -> Outcome:
    """The outcome of a period that has begun. ``missing``: the cells that make some of ``proofs`` uncertain.

    ``proofs`` are those that fall into the period by ``as_of``; one without a day may be early, late or yet to come.
    """
    if need == 1 and len(proofs) == 1 and proofs[0].certain and due.day is not None:
        # One row that surely counts, as most duties have: what follows says the same of it.
        day = proofs[0].day
        if day is not None:
            return Outcome("met" if day <= due.day else "met_late", day)
    sure = sorted(proof.day for proof in proofs if proof.certain and proof.day is not None)
    perhaps = len(proofs) - len(sure)
    must_be_done, can_be_done = len(sure) >= need, len(sure) + perhaps >= need
    open_rows = [proof for proof in proofs if not (proof.certain and proof.day is not None)]
    done_on = sure[need - 1] if must_be_done else None
    if done_on is not None and any(proof.day is None or proof.day < done_on for proof in open_rows):
        done_on = None  # one of them may have fulfilled it before
    unsettled = missing if must_be_done and done_on is None else frozenset()
    if due.day is None:
        return Outcome(
            "unknown", done_on, "due_unknown", due.missing | (missing if can_be_done else frozenset())
        )
    in_time = sum(day <= due.day for day in sure)
    can_be_in_time = in_time + sum(proof.day is None or proof.day <= due.day for proof in open_rows)
    if in_time >= need:
        return Outcome("met", done_on, missing=unsettled)
    if not can_be_done:
        return Outcome("overdue" if as_of > due.day else "pending")
    if must_be_done and can_be_in_time < need:
        return Outcome("met_late", done_on, missing=unsettled)
    undated = must_be_done or all(proof.certain for proof in open_rows)
    return Outcome("unknown", done_on, "date_unknown" if undated else "evidence_unknown", missing)
