"""What stands behind a test of one unit: values with their sources, parameters with their basis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.explain.derivation import DerivationNode
from engine.explain.outline import Point
from engine.facts.sheet import Observation, Row, Source
from engine.facts.standing import Standing
from engine.inference.evaluation import Evaluation, Program, ProgramLeaf, Reason
from engine.inference.network import Truth
from engine.language import compile, free_names
from engine.language.syntax import Expr, Filter, Name
from engine.language.values import PartialList, Unknown, Value
from engine.project.comparison import Comparison, Quota, owner
from engine.project.policy import AS_OF, UNIT_KIND, AtLeast, Parameter, Policy, Reading
from engine.project.usage import names_compared, own_facts


@dataclass(frozen=True)
class RowNote:
    """A row of a register, ``number`` counting from 1, and whether the test counts it.

    ``counted`` is None if that is not known, and True where the test has no condition on rows.
    """

    number: int
    row: Row
    counted: Truth


@dataclass(frozen=True)
class FactNote:
    """A fact or register as a test saw it. ``value`` is an Unknown if it is not known, ``reason`` then says why.

    ``observations``: what was written: the ones used, or those that disagree or could not be used. ``empty``: where it
    is said of a register that it has no rows; ``reported``: the day it was last filled in, where that is known.
    ``standing``: what a comparison with other units rests on, if the fact is one that it gives.
    """

    fact: str
    value: Value
    reason: Reason | None
    observations: tuple[Observation, ...]
    rows: tuple[RowNote, ...] = ()
    empty: Source | None = None
    reported: date | None = None
    standing: Standing | None = None


@dataclass(frozen=True)
class ParameterNote:
    """A parameter as a condition used it. ``since``: the day its value holds from; None if it was given."""

    parameter: Parameter
    value: Value
    since: date | None


def fact_notes(node: DerivationNode) -> tuple[FactNote, ...]:
    """The facts, registers and derived facts that a test reads, in the order of the vocabulary."""
    if node.point.leaf is None:
        return ()
    evaluation, leaf = node.evaluation, node.point.leaf
    names = names_read(evaluation.program.policy, leaf)
    return tuple(_fact_note(evaluation, name, leaf.leaf.expression) for name in names)


def names_read(policy: Policy, leaf: ProgramLeaf) -> tuple[str, ...]:
    """The facts, registers and derived facts that a test reads, in the order of the vocabulary.

    With a fact that a comparison gives come the unit's own facts that it was compared by.
    """
    named = free_names(leaf.leaf.expression)
    wanted = leaf.reads | (named & policy.derived.keys())
    for name in sorted(wanted & policy.compared.keys()) if policy.comparisons else ():
        wanted |= _behind(policy, owner(name, policy.comparisons.values()))
    order = (UNIT_KIND, *policy.facts, *policy.registers, *policy.compared, *policy.derived)
    return tuple(name for name in order if name in wanted)


def _behind(policy: Policy, comparison: Comparison) -> frozenset[str]:
    """What a comparison goes by: the unit's own facts and what is derived from them; of a quota, its ranking."""
    form = comparison.form
    if isinstance(form, Quota):
        return frozenset({form.rank}) | _behind(policy, policy.comparisons[form.rank])
    return own_facts(policy, comparison) | (names_compared(comparison) & policy.derived.keys())


def _fact_note(evaluation: Evaluation, fact: str, test: Expr) -> FactNote:
    context, sheet = evaluation.context, evaluation.sheet
    value = context.values[fact]
    reason: Reason | None = None
    policy = evaluation.program.policy
    if fact in policy.compared:
        made = owner(fact, policy.comparisons.values()) if policy.comparisons else None
        standing = None if made is None or sheet.standings is None else sheet.standings.get(made.id)
        if isinstance(value, Unknown):
            reason = context.reasons.get(fact)
        return FactNote(fact, value, reason, (), standing=standing)
    computed = fact in policy.derived or (fact in policy.facts and policy.facts[fact].computed)
    if isinstance(value, Unknown) and not computed:
        reason = context.reasons.get(fact, "not_filled")
    if fact in evaluation.program.policy.registers:
        rows = sheet.registers.get(fact, ())
        counted = _counted(evaluation, fact, test) if isinstance(value, tuple) else [None] * len(rows)
        notes = tuple(
            RowNote(i, row, truth) for i, (row, truth) in enumerate(zip(rows, counted, strict=True), start=1)
        )
        said, day = sheet.empty.get(fact), sheet.reported.get(fact)
        return FactNote(fact, value, reason if isinstance(value, Unknown) else None, (), notes, said, day)
    seen = sheet.kind if fact == UNIT_KIND else sheet.facts.get(fact, ())
    if fact in context.used:
        seen = context.used[fact]
    elif fact in context.conflicts:
        seen = context.conflicts[fact].observations
    return FactNote(fact, value, reason, seen)


def _counted(evaluation: Evaluation, register: str, test: Expr) -> list[Truth]:
    rows = evaluation.context.values[register]
    assert isinstance(rows, tuple)
    count = row_counter(evaluation.program, register, test)
    return [True] * len(rows) if count is None else count(evaluation)


def row_counter(program: Program, register: str, test: Expr) -> Callable[[Evaluation], list[Truth]] | None:
    """What tells whether a test counts each row of a register that is known; None if it has no condition on rows.

    Each row goes alone through the test's filter, which is exact because a filter looks at one row at a time.
    """
    filters = list(dict.fromkeys(_filters(test, register)))
    if len(filters) != 1:
        return None
    select = compile(filters[0], {**program.parameters, AS_OF: program.as_of})

    def count(evaluation: Evaluation) -> list[Truth]:
        values = dict(evaluation.context.values)
        rows = values[register]
        assert isinstance(rows, tuple)
        kept = select(values)
        if isinstance(kept, tuple):
            # Every row is decided; a filter keeps the rows themselves.
            same = {id(row) for row in kept}
            return [id(row) in same for row in rows]
        found: list[Truth] = []
        for row in rows:
            values[register] = (row,)
            chosen = select(values)
            if isinstance(chosen, PartialList):
                found.append(None)
            else:
                found.append(len(chosen) > 0 if isinstance(chosen, tuple) else None)
        return found

    return count


def _filters(expression: Expr, register: str) -> Iterator[Filter]:
    if isinstance(expression, Filter) and expression.source == Name(register):
        yield expression
    for child in expression.children():
        yield from _filters(child, register)


def parameter_notes(node: DerivationNode) -> tuple[ParameterNote, ...]:
    """The parameters that a test or a group uses, in the policy's order."""
    return point_parameters(node.evaluation.program, node.point)


def point_parameters(program: Program, point: Point) -> tuple[ParameterNote, ...]:
    """The same for a point, whatever the unit."""
    used: set[str] = set()
    if point.leaf is not None:
        used |= point.leaf.parameters
        policy = program.policy
        for name in sorted(point.leaf.reads & policy.compared.keys()) if policy.comparisons else ():
            used |= names_compared(owner(name, policy.comparisons.values())) & policy.parameters.keys()
    if isinstance(point.condition, Reading):
        used.add(point.condition.parameter)
    if isinstance(point.condition, AtLeast):
        used |= free_names(point.condition.need) & program.policy.parameters.keys()
    notes = []
    for id_, parameter in program.policy.parameters.items():
        if id_ in used:
            dated = None if id_ in program.overridden else parameter.in_force(program.as_of)
            notes.append(ParameterNote(parameter, program.parameters[id_], dated.start if dated else None))
    return tuple(notes)
