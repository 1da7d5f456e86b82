"""Every clause is accounted for: carried out by a rule, not operative, or openly not encoded yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.project.policy import Clause

Status = Literal["executed", "by_parts", "not_operative", "not_yet_encoded", "without_rule"]


@dataclass(frozen=True)
class ClauseCoverage:
    """How a clause is accounted for, and the rules that carry it out."""

    clause: Clause
    status: Status


def coverage(clauses: Mapping[str, Clause], executed: frozenset[str]) -> tuple[ClauseCoverage, ...]:
    """The status of each clause, in document order. A clause with parts is accounted for by its parts."""
    parents = {clause.parent for clause in clauses.values()}
    return tuple(
        ClauseCoverage(clause, _status(clause, clauses, executed, clause.id in parents))
        for clause in clauses.values()
    )


def _status(
    clause: Clause, clauses: Mapping[str, Clause], executed: frozenset[str], has_parts: bool
) -> Status:
    if clause.id in executed:
        return "executed"
    if not clause.operative:
        return "not_operative"
    above: Clause | None = clause
    while above is not None:
        if above.not_yet_encoded is not None:
            return "not_yet_encoded"
        above = clauses.get(above.parent) if above.parent is not None else None
    return "by_parts" if has_parts else "without_rule"
