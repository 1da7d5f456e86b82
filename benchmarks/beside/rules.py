"""The workload's rules for engines with two truth values: each as when it is surely true, and when it is surely false.

Taken from the linked policy, so that nothing is written down twice. What neither of the two says is unknown. Days are
numbers of days since 1970, as engines without dates get them; all units are of one kind, which is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any, TypeAlias

from engine.inference.evaluation import Program
from engine.language import syntax
from engine.language.compiler import compile as compile_value
from engine.project.policy import AS_OF, UNIT_KIND

Number: TypeAlias = "str | Decimal | int | tuple[str, Number, Number]"


@dataclass(frozen=True)
class Is:
    """A boolean fact, or a rule's finding, that is known to be ``value``."""

    name: str
    value: bool
    rule: bool = False


@dataclass(frozen=True)
class Compare:
    """A comparison of numbers: a fact's name, a constant, or an operation on two; all ``facts`` have to be known."""

    operator: str
    left: Number
    right: Number
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Both:
    """All of the parts hold."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Either:
    """One of the parts holds."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Count:
    """At least ``need`` of the parts hold."""

    need: int
    parts: tuple[Term, ...]


Term: TypeAlias = Is | Compare | Both | Either | Count
_TURNED = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=", "!=": "="}


@dataclass(frozen=True)
class Rule:
    """A rule's id, and when it is true and when false. ``stage``: one more than that of the rules it rests on."""

    id: str
    true: Term
    false: Term
    stage: int


def days(day: date) -> int:
    """The number of a day since 1970."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def rules_of(program: Program) -> list[Rule]:
    """All rules, those before that others rest on."""
    made = _Maker(program)
    found: dict[str, Rule] = {}
    for id_, node in sorted(program.network.rules.items(), key=lambda item: item[1]):
        pair = [made.inside(node, wanted) for wanted in (True, False)]
        true, false = pair
        assert true is not None and false is not None
        stage = 1 + max(
            (found[t.name].stage for t in atoms(true) if isinstance(t, Is) and t.rule), default=-1
        )
        found[id_] = Rule(id_, true, false, stage)
    return sorted(found.values(), key=lambda rule: rule.stage)


#: The label, outcome by outcome.
LABEL: Mapping[str, Term] = {
    "key": Is("key", True, True),
    "weak": Both((Is("weak", True, True), Is("key", False, True))),
    "none": Is("weak", False, True),
}


def atoms(term: Term) -> Iterator[Is | Compare]:
    """The conditions that a term is made of."""
    if isinstance(term, Is | Compare):
        yield term
    else:
        for part in term.parts:
            yield from atoms(part)


def ways(term: Term) -> list[tuple[Is | Compare, ...]]:
    """A term as alternatives, each a list of conditions that hold together."""
    if isinstance(term, Is | Compare):
        return [(term,)]
    if isinstance(term, Either):
        return [way for part in term.parts for way in ways(part)]
    if isinstance(term, Count):
        return ways(Either(tuple(Both(some) for some in combinations(term.parts, term.need))))
    found: list[tuple[Is | Compare, ...]] = [()]
    for part in term.parts:
        found = [(*before, *way) for before in found for way in ways(part)]
    return found


class _Maker:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._rule_of = {node: id_ for id_, node in program.network.rules.items()}

    def term(self, node: int, wanted: bool) -> Term | None:
        """When a node is surely true, or surely false; None if that is so of every unit."""
        if node in self._rule_of:
            return Is(self._rule_of[node], wanted, rule=True)
        return self.inside(node, wanted)

    def inside(self, index: int, wanted: bool) -> Term | None:
        node = self._program.network.nodes[index]
        if node.kind == "leaf":
            return self._leaf(self._program.leaves[index].leaf.expression, wanted)
        if node.kind == "none":
            wanted = not wanted
        found = [self.term(i, wanted) for i in node.inputs]
        parts = tuple(term for term in found if term is not None)
        if len(parts) == 1:
            return parts[0]
        if node.kind == "at_least":
            return Count(node.need if wanted else len(parts) - node.need + 1, parts)
        return Both(parts) if (node.kind == "all") is wanted else Either(parts)

    def _leaf(self, expr: syntax.Expr, wanted: bool) -> Term | None:
        if isinstance(expr, syntax.Not):
            (operand,) = expr.children()
            return self._leaf(operand, not wanted)
        if isinstance(expr, syntax.In):
            (span,) = expr.tests
            assert isinstance(span, syntax.RangeOf)
            ends = (
                syntax.Compare(">=" if span.low_closed else ">", expr.operand, span.low),
                syntax.Compare("<=" if span.high_closed else "<", expr.operand, span.high),
            )
            found = tuple(t for end in ends if (t := self._leaf(end, wanted)) is not None)
            return Both(found) if wanted else Either(found)
        assert isinstance(expr, syntax.Compare)
        left, right = expr.left, expr.right
        if isinstance(left, syntax.Name) and left.name == UNIT_KIND:
            return None
        if (
            isinstance(left, syntax.Name)
            and isinstance(right, syntax.Literal)
            and isinstance(right.value, bool)
        ):
            return Is(left.name, right.value is wanted)
        operator = expr.operator if wanted else _TURNED[expr.operator]
        a, b = self._number(left), self._number(right)
        return Compare(operator, a, b, tuple(sorted({*_facts(a), *_facts(b)})))

    def _number(self, expr: syntax.Expr) -> Number:
        if isinstance(expr, syntax.Name) and expr.name != AS_OF:
            return expr.name
        if isinstance(expr, syntax.Arithmetic):
            names = {self._number(child) for child in expr.children() if isinstance(child, syntax.Name)}
            if any(isinstance(name, str) for name in names):
                return expr.operator, self._number(expr.left), self._number(expr.right)
        value = compile_value(expr)({AS_OF: self._program.as_of})
        if isinstance(value, date):
            return days(value)
        return value if isinstance(value, Decimal) else value.days  # type: ignore[union-attr]


def _facts(number: Number) -> Iterator[str]:
    if isinstance(number, str):
        yield number
    elif isinstance(number, tuple):
        yield from _facts(number[1])
        yield from _facts(number[2])


# --------------------------------------------------------------------------------------------------- as text


def infix(number: Number, name: Callable[[str], str], scale: int = 0) -> str:
    """A number as most languages write it. ``scale``: amounts are whole numbers, so many places moved."""
    if isinstance(number, str):
        return name(number)
    if isinstance(number, tuple):
        operator, left, right = number
        return f"{infix(left, name, scale)} {operator} {infix(right, name, scale if operator != '*' else 0)}"
    return str(int(number.scaleb(scale)) if scale and isinstance(number, Decimal) else number)


def amounts(compare: Compare) -> bool:
    """Whether a comparison is of amounts with decimal places."""
    return any(fact.startswith("d") for fact in compare.facts)


def plain(unit: Mapping[str, Any]) -> dict[str, Any]:
    """A unit's known facts, days as numbers."""
    return {
        name: days(value) if isinstance(value, date) else value
        for name, value in unit.items()
        if value is not None and name not in ("unit", "unit_kind")
    }


Result: TypeAlias = dict[str, "bool | str | None"]
Evaluate: TypeAlias = Callable[[Sequence[Mapping[str, Any]]], list[Result]]
