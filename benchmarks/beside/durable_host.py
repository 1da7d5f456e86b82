"""durable-rules through its Host: conditions decided in Python, conclusions drawn by the rules, one unit after another."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from beside.rules import LABEL, Compare, Evaluate, Is, Number, Result, Rule, atoms, plain, ways

TITLE, PACKAGE, UNITS = "durable-rules (Host)", "durable-rules", 200
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def _value(number: Number, unit: Mapping[str, Any]) -> Any:
    if isinstance(number, str):
        return unit[number]
    if isinstance(number, tuple):
        return _ARITHMETIC[number[0]](_value(number[1], unit), _value(number[2], unit))
    return float(number)


def prepare(rules: Sequence[Rule]) -> Evaluate:
    """The rule set in its host. Every condition is a fact with a name, true or false; what is unknown is no fact."""
    from durable.engine import MessageNotHandledException, MessageObservedException
    from durable.lang import assert_fact, delete_state, get_host, m, ruleset, when_all

    # A comparison and its opposite are one condition.
    compared: dict[tuple[str, ...], tuple[str, Compare]] = {}

    def named(atom: Is | Compare) -> tuple[str, bool]:
        if isinstance(atom, Is):
            return atom.name, atom.value
        shown = (repr(atom.left), repr(atom.right))
        turned = {"<=": ">", "<": ">=", "!=": "="}
        straight = turned.get(atom.operator, atom.operator)
        name, _ = compared.setdefault(
            (*shown, straight),
            (f"c{len(compared)}", Compare(straight, atom.left, atom.right, atom.facts)),
        )
        return name, straight == atom.operator

    results: Result = {}
    with ruleset("workload"):

        def add(name: str, value: Any, way: tuple[Is | Compare, ...]) -> None:
            tests = [(m.name == fact) & (m.value == truth) for fact, truth in dict.fromkeys(map(named, way))]

            @when_all(*tests)
            def concluded(c: Any) -> None:
                if name not in results:
                    results[name] = value
                    c.assert_fact({"name": name, "value": value, "id": name})

        for rule in rules:
            for value, term in ((True, rule.true), (False, rule.false)):
                for way in ways(term):
                    add(rule.id, value, way)
        for outcome, term in LABEL.items():
            for way in ways(term):
                add("label", outcome, way)

        # A unit of which nothing follows has a state as well, which can be deleted.
        @when_all(m.name == "begin")
        def begun(c: Any) -> None:
            pass

    get_host()
    ids = [rule.id for rule in rules] + ["label"]
    used = {named(atom)[0] for rule in rules for term in (rule.true, rule.false) for atom in atoms(term)}

    def post(sid: str, name: str, value: Any) -> None:
        with suppress(MessageNotHandledException, MessageObservedException):
            assert_fact("workload", {"sid": sid, "name": name, "value": value, "id": f"in-{name}"})

    def evaluate(units: Sequence[Mapping[str, Any]]) -> list[Result]:
        found = []
        for number, raw in enumerate(units):
            unit, sid = plain(raw), str(number)
            results.clear()
            post(sid, "begin", True)
            for name, value in unit.items():
                if isinstance(value, bool) and name in used:
                    post(sid, name, value)
            for name, compare in compared.values():
                if all(fact in unit for fact in compare.facts):
                    truth = _OPERATORS[compare.operator](
                        _value(compare.left, unit), _value(compare.right, unit)
                    )
                    post(sid, name, truth)
            delete_state("workload", sid)
            found.append({id_: results.get(id_) for id_ in ids})
        return found

    return evaluate
