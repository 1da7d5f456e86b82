"""Which clauses of the plan need each fact: those of the rules that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.language import free_names
from engine.project.comparison import owner
from engine.project.policy import AtLeast, Condition, FindingRef, Leaf, Policy
from engine.project.usage import own_facts


def clauses_of(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """Fact or register id → the clauses of the rules and decision tables that read it, in the plan's order.

    A derived fact stands for the facts that it is computed from. A fact's own clause, if it names one, is included.
    """
    found: dict[str, set[str]] = {id_: set() for id_ in (*policy.facts, *policy.registers)}
    for clause, condition in _conditions(policy):
        for name in _names(condition):
            for fact in _base(policy, policy.names.get(name, name)):
                found.setdefault(fact, set()).add(clause)
    own = {id_: fact.clause for id_, fact in policy.facts.items()}
    own |= {id_: register.clause for id_, register in policy.registers.items()}
    for id_, named in own.items():
        if named is not None:
            found[id_].add(named)
    order = {clause: place for place, clause in enumerate(policy.clauses)}
    return {
        fact: tuple(sorted(clauses, key=lambda clause: (order.get(clause, len(order)), clause)))
        for fact, clauses in found.items()
        if fact in policy.facts or fact in policy.registers
    }


def _conditions(policy: Policy) -> Iterator[tuple[str, Condition]]:
    for rule in policy.rules.values():
        for condition in rule.conditions:
            yield rule.clause, condition
    for table in policy.tables.values():
        if table.applies_when is not None:
            yield table.clause, table.applies_when
        for row in table.rows:
            yield row.clause, row.when


def _names(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Leaf):
        yield from free_names(condition.expression)
    elif not isinstance(condition, FindingRef):
        if isinstance(condition, AtLeast):
            yield from free_names(condition.need)
        for item in condition.items:
            yield from _names(item)


def _base(policy: Policy, name: str) -> Iterator[str]:
    derived = policy.derived.get(name)
    if name in policy.compared and policy.comparisons:
        yield from own_facts(policy, owner(name, policy.comparisons.values()))
    elif derived is None:
        yield name
    else:
        for read in derived.reads:
            yield from _base(policy, policy.names.get(read, read))
