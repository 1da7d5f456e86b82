"""Cedar: a policy for each truth of each rule, one request for each stage; the policies that permit are the answer.

Policies cannot use each other's outcome, so what one stage found is context of the next. There are no binary numbers:
amounts are whole numbers of thousandths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from beside.rules import (
    LABEL,
    Both,
    Compare,
    Count,
    Either,
    Evaluate,
    Is,
    Result,
    Rule,
    Term,
    amounts,
    infix,
    plain,
)

TITLE, PACKAGE, UNITS = "Cedar", "cedarpy", 500
_SCALE = 3


def _text(term: Term) -> str:
    if isinstance(term, Is):
        return f"context has {term.name} && context.{term.name} == {str(term.value).lower()}"
    if isinstance(term, Compare):
        operator = {"=": "=="}.get(term.operator, term.operator)
        scale = _SCALE if amounts(term) else 0
        sides = [infix(side, lambda name: f"context.{name}", scale) for side in (term.left, term.right)]
        known = " && ".join(f"context has {fact}" for fact in term.facts)
        return f"{known} && {sides[0]} {operator} {sides[1]}"
    if isinstance(term, Count):
        return _text(Either(tuple(Both(some) for some in combinations(term.parts, term.need))))
    return (" && " if isinstance(term, Both) else " || ").join(f"({_text(part)})" for part in term.parts)


def prepare(rules: Sequence[Rule]) -> Evaluate:
    """The policies, parsed once, by stage."""
    import cedarpy

    last = 1 + max(rule.stage for rule in rules)
    policies: list[list[str]] = [[] for _ in range(last + 1)]
    for rule in rules:
        for value, term in (("true", rule.true), ("false", rule.false)):
            when = f"when {{ {_text(term)} }};"
            policies[rule.stage].append(
                f'@id("{rule.id}:{value}") permit(principal, action, resource) {when}'
            )
    for outcome, term in LABEL.items():
        when = f"when {{ {_text(term)} }};"
        policies[last].append(f'@id("label:{outcome}") permit(principal, action, resource) {when}')
    stages = [cedarpy.PolicySet.from_str("\n".join(some)) for some in policies]
    request = {"principal": 'Office::"o"', "action": 'Action::"screen"', "resource": 'Unit::"u"'}
    names = [rule.id for rule in rules]

    def evaluate(units: Sequence[Mapping[str, Any]]) -> list[Result]:
        found = []
        for unit in units:
            context = {
                name: round(value * 10**_SCALE) if isinstance(value, float) else value
                for name, value in plain(unit).items()
            }
            result: Result = dict.fromkeys(names) | {"label": None}
            for stage in stages:
                answer = cedarpy.is_authorized({**request, "context": context}, stage, [])
                for shown in answer.diagnostics.id_annotations_by_reason.values():
                    name, _, value = shown.partition(":")
                    result[name] = value if name == "label" else value == "true"
                    context[name] = result[name]
            found.append(result)
        return found

    return evaluate
