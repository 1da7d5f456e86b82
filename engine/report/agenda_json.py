"""An agenda for programs."""

from __future__ import annotations

from datetime import date

from engine.report.action_rows import ActionRow
from engine.report.agenda import AgendaPart, last_day
from engine.report.run import Run
from engine.wording.json_text import dumps


def agenda_json(run: Run, parts: tuple[AgendaPart, ...], holder: str, days: int) -> str:
    """One object: whose agenda it is, from when to when, and an item for each action, in the agenda's order."""
    policy, as_of = run.program.policy, run.program.as_of
    made = {
        "policy": {"id": policy.id, "digest": policy.digest},
        "engine": run.engine,
        "as_of": as_of.isoformat(),
        "until": last_day(as_of, days).isoformat(),
        "holder": holder,
        "items": [_item(row) for part in parts for unit in part.units for row in unit.rows],
    }
    return dumps(made, indent=2) + "\n"


def _item(row: ActionRow) -> dict[str, object]:
    action = row.action
    return {
        "work": row.work,
        "unit": {"id": row.case.unit, "name": row.unit},
        "action": action.id,
        "kind": action.kind,
        "rule": action.rule,
        "name": {"zh": row.name.zh, "en": row.name.en},
        "clause": action.clause,
        "period": action.period,
        "state": action.state,
        "begins": _day(row.begins),
        "due": _day(action.due),
        "provisional": action.provisional,
        "advisory": action.advisory,
        "missing": sorted(action.missing),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
