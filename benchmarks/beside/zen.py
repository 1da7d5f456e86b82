"""GoRules Zen: a decision graph with an expression node for each stage, called once for each unit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from beside.rules import LABEL, Both, Compare, Count, Evaluate, Is, Result, Rule, Term, atoms, infix, plain

TITLE, PACKAGE, UNITS = "GoRules Zen", "zen-engine", 2_000


def _text(term: Term) -> str:
    if isinstance(term, Is):
        return f"{term.name} == {str(term.value).lower()}"
    if isinstance(term, Compare):
        operator = {"=": "=="}.get(term.operator, term.operator)
        shown = f"{infix(term.left, str)} {operator} {infix(term.right, str)}"
        return " and ".join([*(f"{fact} != null" for fact in term.facts), shown])
    if isinstance(term, Count):
        parts = ", ".join(f"({_text(part)})" for part in term.parts)
        return f"count([{parts}], # == true) >= {term.need}"
    return (" and " if isinstance(term, Both) else " or ").join(f"({_text(part)})" for part in term.parts)


def _graph(rules: Sequence[Rule]) -> dict[str, Any]:
    stages: list[list[dict[str, str]]] = [[] for _ in range(2 + max(rule.stage for rule in rules))]
    for rule in rules:
        value = f"({_text(rule.true)}) ? true : (({_text(rule.false)}) ? false : null)"
        stages[rule.stage].append({"id": rule.id, "key": rule.id, "value": value})
    label = "null"
    for outcome, term in reversed(LABEL.items()):
        label = f"({_text(term)}) ? '{outcome}' : ({label})"
    stages[-1].append({"id": "label", "key": "label", "value": label})
    nodes: list[dict[str, Any]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    for number, expressions in enumerate(stages):
        content = {"expressions": expressions, "passThrough": True}
        nodes.append({"id": f"s{number}", "name": f"s{number}", "type": "expressionNode", "content": content})
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    edges = [
        {"id": f"e{i}", "type": "edge", "sourceId": a["id"], "targetId": b["id"]}
        for i, (a, b) in enumerate(pairwise(nodes))
    ]
    return {"nodes": nodes, "edges": edges}


def prepare(rules: Sequence[Rule]) -> Evaluate:
    """The engine with its graph."""
    import zen

    decision = zen.ZenEngine().create_decision(json.dumps(_graph(rules)))
    names = [rule.id for rule in rules] + ["label"]
    facts = sorted({fact for rule in rules for fact in _facts_of(rule)})

    def evaluate(units: Sequence[Mapping[str, Any]]) -> list[Result]:
        found = []
        for unit in units:
            result = decision.evaluate(dict.fromkeys(facts) | plain(unit))["result"]
            found.append({name: result.get(name) for name in names})
        return found

    return evaluate


def _facts_of(rule: Rule) -> set[str]:
    found: set[str] = set()
    for atom in (*atoms(rule.true), *atoms(rule.false)):
        found |= set(atom.facts) if isinstance(atom, Compare) else set() if atom.rule else {atom.name}
    return found
