"""What if: a unit before and after a change of facts, parameters or date, and what made the difference.

Where a finding differs, so does at least one thing that its condition looks at directly: a test, or another finding. Those
are the reasons that are given; following them leads down to the facts that were changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.duties.nouns import CaseFile, Instance
from engine.inference.evaluation import Evaluation
from engine.inference.network import Choice, Truth
from engine.language.values import Unknown


@dataclass(frozen=True)
class TestDifference:
    """A test by its nodes in both programs (None where one has no such test), and how it came out."""

    before_node: int | None
    after_node: int | None
    before: Truth
    after: Truth


@dataclass(frozen=True)
class FindingDifference:
    """A rule whose finding differs; ``tests`` of its own and other ``findings`` that it looks at and that differ.

    ``condition_changed``: its condition itself is another one, because the policy or a parameter is.
    """

    rule: str
    before: Truth
    after: Truth
    tests: tuple[TestDifference, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class ChoiceDifference:
    """A decision table whose outcome differs."""

    table: str
    before: Choice
    after: Choice


@dataclass(frozen=True)
class DutyDifference:
    """A duty in a period, before and after; None where there is no such period."""

    duty: str
    period: str
    before: Instance | None
    after: Instance | None


@dataclass(frozen=True)
class MeasureDifference:
    """A measure that is called for on one side and not, or not known to be, on the other."""

    measure: str
    before: Truth
    after: Truth


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two looks at one unit. All tuples empty: nothing does."""

    before: Evaluation
    after: Evaluation
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    findings: tuple[FindingDifference, ...]
    choices: tuple[ChoiceDifference, ...]
    duties: tuple[DutyDifference, ...]
    measures: tuple[MeasureDifference, ...]

    @property
    def verdict_differs(self) -> bool:
        """Whether the classification is another one."""
        return self.before.classification != self.after.classification


def difference(before: Evaluation | CaseFile, after: Evaluation | CaseFile) -> Difference:
    """What differs between two evaluations of one unit under one policy, or two versions of it.

    Rules are matched by id. Raises ValueError for a unit without verdict.
    """
    one, other = _evaluation(before), _evaluation(after)
    if one.conclusions is None or other.conclusions is None:
        raise ValueError("a unit without verdict cannot be compared")
    values, others = one.context.values, other.context.values
    conflicts = one.context.conflicts.keys() ^ other.context.conflicts.keys()
    facts = [
        name
        for name in dict.fromkeys((*values, *others))
        if name in conflicts or not _same(values.get(name), others.get(name))
    ]
    known = dict.fromkeys((*one.program.parameters, *other.program.parameters))
    parameters = [
        name for name in known if one.program.parameters.get(name) != other.program.parameters.get(name)
    ]
    both_duties = isinstance(before, CaseFile) and isinstance(after, CaseFile)
    return Difference(
        one,
        other,
        tuple(facts),
        tuple(parameters),
        tuple(_findings(one, other)),
        tuple(_choices(one, other)),
        tuple(_duties(before, after)) if both_duties else (),  # type: ignore[arg-type]
        tuple(_measures(before, after)) if both_duties else (),  # type: ignore[arg-type]
    )


def _same(one: object, other: object) -> bool:
    """Whether two values say the same; what is not known is so on both sides for the same reasons."""
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return isinstance(one, Unknown) and isinstance(other, Unknown) and one.facts == other.facts
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return one == other


def _evaluation(unit: Evaluation | CaseFile) -> Evaluation:
    return unit.evaluation if isinstance(unit, CaseFile) else unit


def _findings(before: Evaluation, after: Evaluation) -> Iterator[FindingDifference]:
    rules = dict.fromkeys((*before.program.network.rules, *after.program.network.rules))
    truths = {rule: (_finding(before, rule), _finding(after, rule)) for rule in rules}
    differing = {rule for rule, (one, other) in truths.items() if one is not other}
    for rule in rules:
        if rule in differing:
            one, other = truths[rule]
            below = _tests_and_rules(before, rule), _tests_and_rules(after, rule)
            findings = tuple(r for r in dict.fromkeys((*below[0][1], *below[1][1])) if r in differing)
            yield FindingDifference(
                rule, one, other, tuple(_tests(before, after, below[0][0], below[1][0])), findings
            )


def _finding(evaluation: Evaluation, rule: str) -> Truth:
    return evaluation.finding(rule) if rule in evaluation.program.network.rules else False


def _tests(
    before: Evaluation, after: Evaluation, old: dict[object, int], new: dict[object, int]
) -> Iterator[TestDifference]:
    for test in dict.fromkeys((*old, *new)):
        one, other = old.get(test), new.get(test)
        was = None if one is None else before.truth(one)
        is_now = None if other is None else after.truth(other)
        if was is not is_now or one is None or other is None:
            yield TestDifference(one, other, was, is_now)


def _tests_and_rules(evaluation: Evaluation, rule: str) -> tuple[dict[object, int], list[str]]:
    """The tests in a rule's own condition (by expression), and the rules that it looks at."""
    program = evaluation.program
    if rule not in program.network.rules:
        return {}, []
    owner_of = {index: id_ for id_, index in program.network.rules.items()}
    tests: dict[object, int] = {}
    rules: list[str] = []
    waiting, seen = [program.network.rules[rule]], set()
    while waiting:
        index = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        if index in owner_of and owner_of[index] != rule:
            rules.append(owner_of[index])
        elif index in program.leaves:
            tests.setdefault(program.leaves[index].leaf.expression, index)
        else:
            waiting.extend(reversed(program.network.nodes[index].inputs))
    return tests, rules


def _choices(before: Evaluation, after: Evaluation) -> Iterator[ChoiceDifference]:
    for table in dict.fromkeys((*before.program.policy.tables, *after.program.policy.tables)):
        one = before.choice(table) if table in before.program.policy.tables else None
        other = after.choice(table) if table in after.program.policy.tables else None
        if one != other:
            yield ChoiceDifference(table, one, other)


def _duties(before: CaseFile, after: CaseFile) -> Iterator[DutyDifference]:
    """Periods that bind the unit on one side at least and whose status or due date differs."""

    def binding(case: CaseFile) -> dict[tuple[str, str], Instance]:
        return {(i.duty.id, i.period.id): i for i in case.instances if i.why != "not_applicable"}

    old, new = binding(before), binding(after)
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        same = (
            one is not None
            and other is not None
            and (one.status, one.due.day) == (other.status, other.due.day)
        )
        if not same:
            yield DutyDifference(*key, one, other)


def _measures(before: CaseFile, after: CaseFile) -> Iterator[MeasureDifference]:
    old = {outcome.measure.id: outcome.truth for outcome in before.measures}
    new = {outcome.measure.id: outcome.truth for outcome in after.measures}
    for measure in dict.fromkeys((*old, *new)):
        if old.get(measure, False) is not new.get(measure, False):
            yield MeasureDifference(measure, old.get(measure, False), new.get(measure, False))
