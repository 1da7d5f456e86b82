"""Every clause is accounted for: carried out by a rule, not operative, or openly not encoded yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.project.clause_rules import RuleRef, clause_rules
from engine.project.policy import Clause, Policy, Text

Status = Literal["executed", "by_parts", "not_operative", "not_yet_encoded", "without_rule"]
STATUSES: tuple[Status, ...] = ("executed", "by_parts", "not_operative", "not_yet_encoded", "without_rule")


@dataclass(frozen=True)
class ClauseCoverage:
    """How a clause is accounted for, and the rules that carry it out.

    ``reason``: why no rule does, where the document says so, for the clause or for one that contains it.
    """

    clause: Clause
    status: Status
    rules: tuple[RuleRef, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True)
class Totals:
    """How many clauses there are, and how many of each status."""

    clauses: int
    by_status: Mapping[Status, int]

    @property
    def accounted(self) -> int:
        """How many are carried out or have a reason why not."""
        return self.clauses - self.by_status["without_rule"]

    @property
    def percent(self) -> int:
        """Of all clauses, those accounted for; 100 only if every one is."""
        return 100 if not self.clauses else self.accounted * 100 // self.clauses


def coverage(clauses: Mapping[str, Clause], executed: frozenset[str]) -> tuple[ClauseCoverage, ...]:
    """The status of each clause, in document order. A clause with parts is accounted for by its parts."""
    parents = {clause.parent for clause in clauses.values()}
    found = []
    for clause in clauses.values():
        status = _status(clause, clauses, executed, clause.id in parents)
        found.append(ClauseCoverage(clause, status, reason=_reason(clause, clauses, status)))
    return tuple(found)


def policy_coverage(policy: Policy) -> tuple[ClauseCoverage, ...]:
    """The coverage of a policy's clauses, with the rules that carry each out."""
    rules = clause_rules(policy)
    return tuple(
        ClauseCoverage(entry.clause, entry.status, rules[entry.clause.id], entry.reason)
        for entry in coverage(policy.clauses, policy.executed)
    )


def totals(entries: Iterable[ClauseCoverage]) -> Totals:
    """The counts of ``entries``."""
    counted: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    for entry in entries:
        counted[entry.status] += 1
    return Totals(sum(counted.values()), counted)


def _status(
    clause: Clause, clauses: Mapping[str, Clause], executed: frozenset[str], has_parts: bool
) -> Status:
    if clause.id in executed:
        return "executed"
    if not clause.operative:
        return "not_operative"
    if _not_yet(clause, clauses) is not None:
        return "not_yet_encoded"
    return "by_parts" if has_parts else "without_rule"


def _reason(clause: Clause, clauses: Mapping[str, Clause], status: Status) -> Text | None:
    if status == "not_operative":
        return clause.why_not
    return _not_yet(clause, clauses) if status == "not_yet_encoded" else None


def _not_yet(clause: Clause, clauses: Mapping[str, Clause]) -> Text | None:
    """Why no rule carries the clause out so far: said of it, or of one that contains it."""
    above: Clause | None = clause
    while above is not None:
        if above.not_yet_encoded is not None:
            return above.not_yet_encoded
        above = clauses.get(above.parent) if above.parent is not None else None
    return None
