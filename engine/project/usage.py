"""What a parameter touches: the rules, tables, duties, procedures and measures that come out otherwise with another
value of it.

Touched is whatever names the parameter, in a condition, a threshold, a reading, a length of time, a filter of rows, a
number of proofs or a rung; and whatever names a derived fact or another parameter that is computed from it. What
merely refers to a touched finding is not listed: that would be almost everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.language import free_names
from engine.project.comparison import Comparison, Quota, Rank, Share
from engine.project.duty import (
    DatedRows,
    Due,
    Duty,
    FactEvidence,
    Ladder,
    Lapse,
    Measure,
    RowEvidence,
    RowFilter,
)
from engine.project.policy import (
    UNIT_KIND,
    AtLeast,
    Condition,
    DecisionTable,
    FindingRef,
    Leaf,
    Policy,
    Reading,
    Text,
)

UserRole = Literal[
    "criterion",
    "category",
    "weak",
    "key",
    "finding",
    "table",
    "comparison",
    "duty",
    "procedure",
    "measure",
    "ladder",
    "listing",
    "counting",
]


@dataclass(frozen=True)
class Use:
    """Something that a parameter touches; ``name`` is None for the counting of periods.

    ``through``: the derived facts and parameters in between, those next to the user first.
    """

    role: UserRole
    id: str
    name: Text | None
    through: tuple[str, ...] = ()


def uses(policy: Policy) -> Mapping[str, tuple[Use, ...]]:
    """Parameter id → what it touches, each thing once, in the order of the policy."""
    found: dict[str, list[Use]] = {id_: [] for id_ in policy.parameters}
    steps = _steps(policy)
    for role, id_, name, names in _users(policy):
        for parameter, through in _reached(names, steps, policy.parameters.keys()).items():
            found[parameter].append(Use(role, id_, name, through))
    return {id_: tuple(touched) for id_, touched in found.items()}


def condition_names(condition: Condition | None) -> set[str]:
    """The facts, registers, derived facts and parameters that a condition names."""
    if condition is None or isinstance(condition, FindingRef):
        return set()
    if isinstance(condition, Leaf):
        return set(free_names(condition.expression))
    found = {name for item in condition.items for name in condition_names(item)}
    if isinstance(condition, AtLeast):
        found |= free_names(condition.need)
    elif isinstance(condition, Reading):
        found.add(condition.parameter)
    return found


def own_facts(policy: Policy, comparison: Comparison) -> frozenset[str]:
    """The facts and registers of a unit itself that a comparison goes by, through derived facts but not findings."""
    form = comparison.form
    if isinstance(form, Quota):
        return own_facts(policy, policy.comparisons[form.rank])
    names = names_compared(comparison) | set(comparison.among)
    while through := names & policy.derived.keys():
        names = (names - through) | {name for id_ in through for name in policy.derived[id_].reads}
    return frozenset(names & {UNIT_KIND, *policy.facts, *policy.registers})


def _steps(policy: Policy) -> Mapping[str, frozenset[str]]:
    """Derived fact or parameter → the names that it is computed from."""
    derived = {id_: frozenset(free_names(fact.expression)) for id_, fact in policy.derived.items()}
    parameters = {
        id_: frozenset(name for value in parameter.values for name in free_names(value.expression))
        for id_, parameter in policy.parameters.items()
    }
    return {**derived, **parameters}


def _reached(
    names: Iterable[str], steps: Mapping[str, frozenset[str]], parameters: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """The parameters that ``names`` come down to, each with the shortest way there."""
    ways: dict[str, tuple[str, ...]] = {}
    front: dict[str, tuple[str, ...]] = dict.fromkeys(sorted(names), ())
    while front:
        following: dict[str, tuple[str, ...]] = {}
        for name, way in front.items():
            ways[name] = way
            for below in sorted(steps.get(name, ())):
                if below not in ways and below not in front:
                    following.setdefault(below, (*way, name))
        front = following
    return {id_: ways[id_] for id_ in parameters if id_ in ways}


def _users(policy: Policy) -> Iterator[tuple[UserRole, str, Text | None, set[str]]]:
    rows = _Rows(policy)
    for rule in policy.rules.values():
        names = {name for condition in rule.conditions for name in condition_names(condition)}
        yield rule.role, rule.id, rule.name, names
    for table in policy.tables.values():
        yield "table", table.id, table.name, _of_table(table)
    for comparison in policy.comparisons.values():
        yield "comparison", comparison.id, comparison.name, names_compared(comparison)
    for duty in policy.duties.values():
        yield "duty", duty.id, duty.name, rows.of_duty(duty)
    for procedure in policy.procedures.values():
        dues = {name for step in procedure.steps for name in rows.of_due(step.due)}
        yield "procedure", procedure.id, procedure.name, dues
    for measure in policy.measures.values():
        yield "measure", measure.id, measure.name, rows.of_measure(measure)
    for ladder in policy.ladders.values():
        yield "ladder", ladder.id, ladder.name, rows.of_ladder(ladder)
    if policy.listing is not None:
        register = policy.listing.listed.rows.register
        names = rows.of_dated(policy.listing.listed) | rows.of_dated(policy.listing.delisted)
        yield "listing", register, policy.registers[register].name, names
    yield "counting", "part of a period", None, _of_lapse(policy.timetable.shortest_part)


def _of_table(table: DecisionTable) -> set[str]:
    found = condition_names(table.applies_when)
    for row in table.rows:
        found |= condition_names(row.when)
    return found


def names_compared(comparison: Comparison) -> set[str]:
    """The facts, registers, derived facts and parameters that a comparison names, its groups apart."""
    form = comparison.form
    if isinstance(form, Rank):
        return set(free_names(form.value))
    if isinstance(form, Share):
        return condition_names(form.holds)
    return {name for e in (form.part, form.least, form.most) if e is not None for name in free_names(e)}


def _of_lapse(lapse: Lapse | None) -> set[str]:
    return set() if lapse is None else set(free_names(lapse.length))


class _Rows:
    """The names in what duties, procedures and measures say of rows and days."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._rungs = {
            rung.measure: rung.start for ladder in policy.ladders.values() for rung in ladder.rungs
        }

    def of_duty(self, duty: Duty) -> set[str]:
        found = condition_names(duty.applies_when) | self.of_due(duty.due)
        if isinstance(duty.evidence, RowEvidence):
            found |= self.of_evidence(duty.evidence)
        elif isinstance(duty.evidence, FactEvidence):
            # The fact may be a derived one.
            found |= {duty.evidence.fact, duty.evidence.date or duty.evidence.fact}
        return found | self.of_dated(duty.rows)

    def of_measure(self, measure: Measure) -> set[str]:
        found = self.of_due(measure.due)
        found |= {name for condition in measure.conditions for name in condition_names(condition)}
        if measure.evidence is not None:
            found |= self.of_evidence(measure.evidence)
        if measure.id in self._rungs:
            found |= free_names(self._rungs[measure.id])
        return found

    def of_ladder(self, ladder: Ladder) -> set[str]:
        found = {ladder.in_a_row} if isinstance(ladder.in_a_row, str) else set()
        for rows in (ladder.occasions, ladder.broken_by):
            if isinstance(rows, DatedRows):
                found |= self.of_dated(rows)
        return found

    def of_due(self, due: Due | None) -> set[str]:
        if due is None:
            return set()
        event = due.event
        fact = {event.id} if event is not None and event.kind == "fact" else set()
        return _of_lapse(due.lapse) | fact | self.of_dated(None if event is None else event.rows)

    def of_evidence(self, evidence: RowEvidence) -> set[str]:
        return self._filter(evidence.rows) | set(free_names(evidence.need))

    def of_dated(self, rows: DatedRows | None) -> set[str]:
        return set() if rows is None else self._filter(rows.rows)

    def _filter(self, rows: RowFilter) -> set[str]:
        """Columns are left out: within a filter they come before parameters of the same name."""
        names = {name for test in rows.where for name in free_names(test)}
        return names - self._policy.registers[rows.register].columns.keys()
