"""Which rules carry out which clause: every item of a policy that cites one, in the order of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.diagnostics import Location
from engine.project.policy import DecisionTable, Policy, Text

RuleRole = Literal[
    "criterion",
    "category",
    "weak",
    "key",
    "finding",
    "table",
    "row",
    "comparison",
    "group",
    "duty",
    "procedure",
    "step",
    "measure",
    "ladder",
    "listing",
]


@dataclass(frozen=True)
class RuleRef:
    """A rule as a reader finds it again. ``id``: of a row ``TABLE[3]``, of a step ``PROCEDURE.STEP``.

    ``location`` is None for what has no place of its own, such as a group of duties.
    """

    id: str
    role: RuleRole
    name: Text
    location: Location | None


def clause_rules(policy: Policy) -> Mapping[str, tuple[RuleRef, ...]]:
    """Clause id → the rules that cite it, for every clause, in document order.

    A row of a table or a step stands under its own clause, and not a second time under that of its table.
    """
    found: dict[str, list[RuleRef]] = {clause: [] for clause in policy.clauses}
    for clause, ref in _all(policy):
        if ref not in found[clause]:
            found[clause].append(ref)
    return {clause: tuple(refs) for clause, refs in found.items()}


def _all(policy: Policy) -> Iterator[tuple[str, RuleRef]]:
    for rule in policy.rules.values():
        yield rule.clause, RuleRef(rule.id, rule.role, rule.name, rule.location)
    for table in policy.tables.values():
        yield from _table(table)
    for comparison in policy.comparisons.values():
        yield comparison.clause, RuleRef(comparison.id, "comparison", comparison.name, comparison.location)
    for group in policy.groups.values():
        yield group.clause, RuleRef(group.id, "group", group.name, None)
    for duty in policy.duties.values():
        yield duty.clause, RuleRef(duty.id, "duty", duty.name, duty.location)
    for procedure in policy.procedures.values():
        yield procedure.clause, RuleRef(procedure.id, "procedure", procedure.name, procedure.location)
        for step in procedure.steps:
            yield step.clause, RuleRef(f"{procedure.id}.{step.id}", "step", step.name, procedure.location)
    for measure in policy.measures.values():
        yield measure.clause, RuleRef(measure.id, "measure", measure.name, measure.location)
    for ladder in policy.ladders.values():
        yield ladder.clause, RuleRef(ladder.id, "ladder", ladder.name, ladder.location)
    if policy.listing is not None:
        rows = policy.listing.listed.rows
        yield (
            policy.listing.clause,
            RuleRef(rows.register, "listing", policy.registers[rows.register].name, rows.location),
        )


def _table(table: DecisionTable) -> Iterator[tuple[str, RuleRef]]:
    yield table.clause, RuleRef(table.id, "table", table.name, table.location)
    for number, row in enumerate(table.rows, start=1):
        if row.clause != table.clause:
            outcome = table.outcomes[row.then]
            name = Text(f"{table.name.zh}：{outcome.zh}", f"{table.name.en}: {outcome.en}")
            yield row.clause, RuleRef(f"{table.id}[{number}]", "row", name, row.location)
