"""Rules whose outcome would change, and not merely become unknown, if sensitive facts were left out.

Leaving a fact out makes what stands on it unknown, with three exceptions: a rule that asks whether something is known
(`is defined`), a waiver, for what nobody shows releases nobody, and a listing, for without one nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.language import Expr, free_names
from engine.language.syntax import Call
from engine.project.comparison import Rank, Share
from engine.project.duty import DatedRows, Duty, RowEvidence, RowFilter
from engine.project.policy import AtLeast, Condition, FindingRef, Leaf, Policy
from engine.project.usage import own_facts


def cannot_publish(policy: Policy) -> tuple[str, ...]:
    """The ids of the rules, derived facts and registers that forbid it, in the order of the policy."""
    hidden = _hidden_names(policy)
    found = [id_ for id_, expressions in _expressions(policy) if any(_asks(e, hidden) for e in expressions)]
    waivers, listing = policy.waivers, policy.listing
    if waivers is not None:
        named = {waivers.duty, waivers.reason, waivers.period, waivers.date}
        if named & _hidden_columns(policy, waivers.register):
            found.append(waivers.register)
        # A waiver names the period of a duty with rows by the key of the row.
        for duty in policy.duties.values():
            if duty.rows is not None:
                register = policy.registers[duty.rows.rows.register]
                if register.key in _hidden_columns(policy, register.id):
                    found.append(duty.id)
    if listing is not None:
        for rows in (listing.listed, listing.delisted):
            used = {rows.date}.union(*(free_names(test) for test in rows.rows.where))
            if used & _hidden_columns(policy, rows.rows.register):
                found.append(rows.rows.register)
    return tuple(dict.fromkeys(found))


def _hidden_columns(policy: Policy, register: str) -> set[str]:
    return {name for name, column in policy.registers[register].columns.items() if column.sensitive}


def _hidden_names(policy: Policy) -> frozenset[str]:
    """Sensitive facts and columns, the registers that have such columns, and what is derived from them."""
    hidden = {id_ for id_, fact in policy.facts.items() if fact.sensitive}
    for id_ in policy.registers:
        columns = _hidden_columns(policy, id_)
        hidden |= columns | ({id_} if columns else set())
    for id_, derived in policy.derived.items():
        if free_names(derived.expression) & hidden:
            hidden.add(id_)
    for comparison in policy.comparisons.values():
        if own_facts(policy, comparison) & hidden:
            hidden |= set(comparison.names)
    return frozenset(hidden)


def _asks(expression: Expr, hidden: frozenset[str]) -> bool:
    if (
        isinstance(expression, Call)
        and expression.function == "is defined"
        and free_names(expression) & hidden
    ):
        return True
    return any(_asks(child, hidden) for child in expression.children())


def _expressions(policy: Policy) -> Iterator[tuple[str, list[Expr]]]:
    for id_, fact in policy.derived.items():
        yield id_, [fact.expression]
    for comparison in policy.comparisons.values():
        if isinstance(comparison.form, Rank):
            yield comparison.id, [comparison.form.value]
        elif isinstance(comparison.form, Share):
            yield comparison.id, list(_of_condition(comparison.form.holds))
    for rule in policy.rules.values():
        yield rule.id, [e for condition in rule.conditions for e in _of_condition(condition)]
    for table in policy.tables.values():
        conditions = [row.when for row in table.rows]
        yield table.id, [e for c in (table.applies_when, *conditions) for e in _of_condition(c)]
    for duty in policy.duties.values():
        yield duty.id, [*_of_condition(duty.applies_when), *_of_duty(duty)]
    for measure in policy.measures.values():
        rows = [measure.evidence.rows] if measure.evidence is not None else []
        event = None if measure.due is None else measure.due.event
        rows += [event.rows.rows] if event is not None and event.rows is not None else []
        own = [e for condition in measure.conditions for e in _of_condition(condition)]
        yield measure.id, [*own, *_of_rows(rows)]
    for ladder in policy.ladders.values():
        dated = [rows for rows in (ladder.occasions, ladder.broken_by) if isinstance(rows, DatedRows)]
        yield ladder.id, list(_of_rows(rows.rows for rows in dated))


def _of_duty(duty: Duty) -> Iterator[Expr]:
    if isinstance(duty.evidence, RowEvidence):
        yield from _of_rows([duty.evidence.rows])
    if duty.rows is not None:
        yield from _of_rows([duty.rows.rows])
    if duty.due.event is not None and duty.due.event.rows is not None:
        yield from _of_rows([duty.due.event.rows.rows])


def _of_rows(filters: Iterable[RowFilter]) -> Iterator[Expr]:
    for rows in filters:
        yield from rows.where


def _of_condition(condition: Condition | None) -> Iterator[Expr]:
    if condition is None or isinstance(condition, FindingRef):
        return
    if isinstance(condition, Leaf):
        yield condition.expression
        return
    if isinstance(condition, AtLeast):
        yield condition.need
    for item in condition.items:
        yield from _of_condition(item)
