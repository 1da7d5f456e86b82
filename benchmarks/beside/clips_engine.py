"""CLIPS: a fact for each known value, a rule for each way to a conclusion; a new environment every 250 units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beside.rules import LABEL, Both, Compare, Count, Either, Evaluate, Is, Number, Result, Rule, Term, plain

TITLE, PACKAGE, UNITS = "CLIPS", "clipspy", 1_000
_TOGETHER = 250


def _number(number: Number) -> str:
    if isinstance(number, str):
        return f"?{number}"
    if isinstance(number, tuple):
        return f"({number[0]} {_number(number[1])} {_number(number[2])})"
    return str(number)


def _condition(term: Term) -> str:
    if isinstance(term, Is):
        return f"({term.name} {'TRUE' if term.value else 'FALSE'})"
    if isinstance(term, Compare):
        facts = " ".join(f"({fact} ?{fact})" for fact in term.facts)
        operator = {"!=": "<>"}.get(term.operator, term.operator)
        return f"(and {facts} (test ({operator} {_number(term.left)} {_number(term.right)})))"
    if isinstance(term, Count):
        from itertools import combinations

        return _condition(Either(tuple(Both(some) for some in combinations(term.parts, term.need))))
    word = "and" if isinstance(term, Both) else "or"
    return f"({word} {' '.join(_condition(part) for part in term.parts)})"


def _rules(rules: Sequence[Rule]) -> list[str]:
    found = []
    for rule in rules:
        for value, term in (("TRUE", rule.true), ("FALSE", rule.false)):
            found.append(f"(defrule {rule.id}-{value} {_condition(term)} => (assert ({rule.id} {value})))")
    for outcome, term in LABEL.items():
        found.append(f"(defrule label-{outcome} {_condition(term)} => (assert (label {outcome})))")
    return found


def prepare(rules: Sequence[Rule]) -> Evaluate:
    """The rules as text; an environment is made of them for every few units."""
    import clips

    built = _rules(rules)
    names = {rule.id for rule in rules}

    def environment() -> Any:
        made = clips.Environment()
        for text in built:
            made.build(text)
        return made

    def one(made: Any, unit: Mapping[str, Any]) -> Result:
        made.reset()
        for name, value in plain(unit).items():
            shown = ("TRUE" if value else "FALSE") if isinstance(value, bool) else value
            made.assert_string(f"({name} {shown})")
        made.run()
        found: Result = dict.fromkeys(names) | {"label": None}
        for fact in made.facts():
            name = fact.template.name
            if name in names:
                found[name] = str(fact[0]) == "TRUE"
            elif name == "label":
                found[name] = str(fact[0])
        return found

    def evaluate(units: Sequence[Mapping[str, Any]]) -> list[Result]:
        found = []
        for first in range(0, len(units), _TOGETHER):
            made = environment()
            found += [one(made, unit) for unit in units[first : first + _TOGETHER]]
        return found

    return evaluate
