"""Rego: one module with a body for each way to a conclusion, asked once for each unit; undefined is unknown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from beside.rules import LABEL, Compare, Evaluate, Is, Result, Rule, infix, plain, ways

TITLE, PACKAGE, UNITS = "Rego (rego-cpp)", "regopy", 100


def _condition(atom: Is | Compare) -> str:
    if isinstance(atom, Is):
        return f"{'' if atom.rule else 'input.'}{atom.name} == {str(atom.value).lower()}"
    operator = {"=": "=="}.get(atom.operator, atom.operator)
    sides = [infix(side, lambda name: f"input.{name}") for side in (atom.left, atom.right)]
    return f"{sides[0]} {operator} {sides[1]}"


def _module(rules: Sequence[Rule]) -> str:
    lines = ["package workload", "import rego.v1"]
    for rule in rules:
        for value, term in (("true", rule.true), ("false", rule.false)):
            lines += [
                f"{rule.id} := {value} if {{ {'; '.join(map(_condition, way))} }}" for way in ways(term)
            ]
    for outcome, term in LABEL.items():
        lines += [f'label := "{outcome}" if {{ {"; ".join(map(_condition, way))} }}' for way in ways(term)]
    return "\n".join(lines) + "\n"


def prepare(rules: Sequence[Rule]) -> Evaluate:
    """The interpreter with the module in it."""
    import regopy

    rego = regopy.Interpreter()
    rego.add_module("workload", _module(rules))
    names = [rule.id for rule in rules] + ["label"]

    def evaluate(units: Sequence[Mapping[str, Any]]) -> list[Result]:
        found = []
        for unit in units:
            rego.set_input(plain(unit))
            result = json.loads(str(rego.query("data.workload")))["expressions"][0]
            found.append({name: result.get(name) for name in names})
        return found

    return evaluate
