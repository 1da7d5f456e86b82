"""What people decide about a recorded verdict: confirm it, object to it, override it; and waivers of duties.

A verdict is a proposal until an office confirms it with a reason. An objection is recorded beside it and answered by
whatever is decided next. Nothing is ever taken back: a later entry stands beside the earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from engine.ledger.canonical import Json
from engine.ledger.entry import Entry, Head
from engine.ledger.errors import LedgerError
from engine.ledger.record import EVALUATION
from engine.ledger.store import Item, Ledger

Kind: TypeAlias = Literal["confirmation", "objection", "override", "waiver"]
#: A unit's standing after its last evaluation.
Standing: TypeAlias = Literal["proposed", "confirmed", "objected", "overridden"]
VERDICTS = ("weak", "not_weak")
#: The entries that decide, with where an evaluation stands after them.
_DECIDES: Mapping[str, Standing] = {"confirmation": "confirmed", "override": "overridden"}


@dataclass(frozen=True)
class By:
    """Who decided: an office or the unit itself, the post that acted for it, the day, and why. Never a person."""

    office: str
    on: date
    reason: str
    post: str | None = None


@dataclass(frozen=True)
class Decided:
    """An evaluation and everything that was decided about it, in order. ``verdict``: the one that stands.

    ``contested``: where it stood before it was objected to; None unless an objection waits for an answer.
    """

    evaluation: Entry
    decisions: tuple[Entry, ...]
    standing: Standing
    verdict: str
    contested: Standing | None = None


def decide(ledger: Ledger, about: int, kind: Kind, by: By, more: Mapping[str, Json] | None = None) -> Entry:
    """Append a decision about the evaluation ``about``. A confirmation confirms the verdict that stands.

    Raises LedgerError if that entry is no evaluation, was decided already, has a verdict that nobody can confirm, or
    the decision is dated before what it is about.
    """

    def make(head: Head) -> Sequence[Item]:
        decided = decided_about(ledger, about)
        _check(decided, kind, by, more or {})
        body: dict[str, Json] = {
            "about": about,
            "unit": dict(decided.evaluation.body["unit"]),
            **said_by(by),
            **(more or {}),
        }
        if kind == "confirmation":
            body["verdict"] = decided.verdict
        return [(kind, body)]

    (entry,) = ledger.append_from(make)
    return entry


def decided_about(ledger: Ledger, about: int) -> Decided:
    """An evaluation with its decisions. Raises LedgerError if there is no such entry or it is no evaluation."""
    evaluation = ledger.entry(about)
    if evaluation.kind != EVALUATION:
        raise LedgerError("ledger.not-an-evaluation", seq=about, kind=evaluation.kind)
    later = [entry for entry in ledger.entries(about + 1) if entry.body.get("about") == about]
    return standing(evaluation, later)


def standing(evaluation: Entry, decisions: Iterable[Entry]) -> Decided:
    """Where an evaluation stands after ``decisions`` about it, in order."""
    found: Standing = "proposed"
    contested: Standing | None = None
    verdict = str(evaluation.body["classification"])
    kept = tuple(decisions)
    for entry in kept:
        if entry.kind == "objection":
            contested = contested or found
            found = "objected"
        elif entry.kind in _DECIDES:
            found, contested, verdict = _DECIDES[entry.kind], None, str(entry.body["verdict"])
    return Decided(evaluation, kept, found, verdict, contested)


def latest_evaluation(ledger: Ledger, unit: str) -> Entry | None:
    """The last evaluation of the unit of that id or name."""
    for entry in ledger.latest():
        if entry.kind == EVALUATION and unit in (entry.body["unit"]["id"], entry.body["unit"]["name"]):
            return entry
    return None


def standings(ledger: Ledger) -> dict[str, Decided]:
    """Unit id → where its last evaluation stands. One pass over the ledger. Raises LedgerError."""
    last: dict[str, Entry] = {}
    about: dict[int, list[Entry]] = {}
    for entry in ledger.entries():
        if entry.kind == EVALUATION:
            last[entry.body["unit"]["id"]] = entry
        elif "about" in entry.body:
            about.setdefault(entry.body["about"], []).append(entry)
    return {unit: standing(entry, about.get(entry.seq, ())) for unit, entry in last.items()}


def _check(decided: Decided, kind: Kind, by: By, more: Mapping[str, Json]) -> None:
    seq = decided.evaluation.seq
    days = [(str(decided.evaluation.body["as_of"]), seq)]
    days += [(str(entry.body["on"]), entry.seq) for entry in decided.decisions]
    last, at = max(days)
    if by.on.isoformat() < last:
        raise LedgerError("ledger.before", seq=at, on=by.on.isoformat(), day=last)
    if not by.reason.strip():
        raise LedgerError("ledger.no-reason")
    if kind == "confirmation":
        if decided.standing in _DECIDES.values():
            decision = next(entry for entry in reversed(decided.decisions) if entry.kind in _DECIDES)
            raise LedgerError(f"ledger.{decided.standing}-already", seq=seq, at=decision.seq)
        if decided.verdict == "undetermined":
            raise LedgerError("ledger.undetermined", seq=seq)
    if kind == "override" and more.get("verdict") == decided.verdict:
        raise LedgerError("ledger.same-verdict", seq=seq)


def said_by(by: By) -> dict[str, Json]:
    """Who decided, when and why, as a part of an entry's body."""
    said: dict[str, Json] = {"on": by.on.isoformat(), "office": by.office, "reason": by.reason.strip()}
    return said if by.post is None else {**said, "post": by.post}
