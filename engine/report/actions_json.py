"""Actions as CloudEvents 1.0 in structured JSON mode: one event for each state that an action comes into.

An event's ``id`` is the action's id and its state. To run again with the same result gives the same ids, which a
receiver recognises as repeated (CloudEvents 1.0.2, section "id"); a new state is a new event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

from engine.duties.nouns import Action, Holder
from engine.project.policy import Policy
from engine.report.action_rows import ActionRow, unit_label
from engine.wording.json_text import dumps
from engine.wording.one_line import one_line


def event_chunks(rows: Iterable[ActionRow]) -> Iterator[str]:
    """A JSON array of events in pieces (the batch format of the CloudEvents JSON format, section 4)."""
    separator = "\n"
    yield "["
    for row in rows:
        yield separator + dumps(event(row))
        separator = ",\n"
    yield "\n]\n" if separator != "\n" else "]\n"


def event_lines(rows: Iterable[ActionRow]) -> Iterator[str]:
    """An event on each line."""
    for row in rows:
        yield dumps(event(row)) + "\n"


def event(row: ActionRow) -> dict[str, object]:
    """One event. Its time is the start of the as-of date: nothing here reads a clock."""
    action, program = row.action, row.case.program.program
    return {
        "specversion": "1.0",
        "id": one_line(f"{action.id}/{action.state}"),
        "source": source(program.policy),
        "type": f"plumbline.action.{action.state}",
        "subject": one_line(row.case.unit),
        "time": f"{program.as_of.isoformat()}T00:00:00Z",
        "datacontenttype": "application/json",
        "data": _data(row),
    }


def source(policy: Policy) -> str:
    """The policy as a URN (RFC 8141), its id percent-encoded."""
    return "urn:plumbline:policy:" + quote(policy.id, safe="")


def _data(row: ActionRow) -> dict[str, object]:
    action, sheet = row.action, row.case.evaluation.sheet
    return {
        "action": action.id,
        "state": action.state,
        "kind": action.kind,
        "rule": action.rule,
        "name": {"zh": row.name.zh, "en": row.name.en},
        "clause": action.clause,
        "period": action.period,
        "unit": {"id": sheet.unit, "name": unit_label(row.case), "kind": row.case.evaluation.kind},
        "holders": _holders(action),
        "opened": _day(action.opened),
        "due": _day(action.due),
        "provisional": action.provisional,
        "closed": _day(action.closed),
        "advisory": action.advisory,
        "work": row.work,
        "missing": sorted(action.missing),
        "policy": {"id": row.case.program.policy.id, "digest": row.case.program.policy.digest},
    }


def _holders(action: Action) -> list[dict[str, object]]:
    return [_holder(holder) for holder in action.holders]


def _holder(holder: Holder) -> dict[str, object]:
    return {
        "kind": holder.party.kind,
        "id": holder.party.id,
        "names": holder.names,
        "unknown": holder.unknown,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
