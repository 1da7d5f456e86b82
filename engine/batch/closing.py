"""The closing report of a run for programs: what was read, what became of it, where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.inference.evaluation import Program

if TYPE_CHECKING:
    from engine.batch.run import Outcome


def report_object(outcome: Outcome, program: Program) -> dict[str, Any]:
    """``{"policy", "as_of", "parameters", "read", "units", "engines", "rejected", "verdicts", "tables"}``; the same for the
    same data, whenever and however often a run was stopped."""
    policy = program.policy
    verdicts: dict[str, int] = {}
    for key, count in sorted(outcome.counts.items()):
        if key.table == "verdicts":
            verdicts[key.value] = verdicts.get(key.value, 0) + count
    detour = sum(outcome.detour.values())
    return {
        "policy": {"id": policy.id, "digest": policy.digest},
        "as_of": program.as_of.isoformat(),
        "assumed": {id_: str(program.parameters[id_]) for id_ in sorted(program.overridden)},
        "read": {
            "files": [{"file": f.file, "register": f.register, "rows": f.rows} for f in outcome.files],
            "unit_rows": outcome.rows_read,
            "merged": outcome.merged,
            "rejected": outcome.rejected,
            "streamed": outcome.streamed,
        },
        "units": {
            "evaluated": outcome.evaluated,
            "only_in_registers": outcome.unlisted,
            **({"verdicts": verdicts} if verdicts else {}),
        },
        "engines": {
            "columns": outcome.evaluated - detour,
            "per_unit": detour,
            "why": dict(outcome.detour),
            "rules_without_columns": dict(outcome.obstacles),
        },
        "complaints": outcome.complaints,
        "tables": dict(outcome.tables),
    }
