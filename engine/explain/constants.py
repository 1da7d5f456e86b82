"""What the tests of a program compare facts with: parts of expressions in which no fact occurs, worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.inference.evaluation import Program
from engine.language import compile, free_names
from engine.language.syntax import (
    And,
    Between,
    Compare,
    Expr,
    In,
    ListOf,
    Literal,
    Name,
    Not,
    OperatorTest,
    Or,
    Quantified,
    RangeOf,
)
from engine.language.values import Unknown, Value
from engine.project.policy import AS_OF

_COMPARING = (And, Or, Not, Compare, Between, In, ListOf, RangeOf, OperatorTest)


class Constants:
    """The constants in a program's expressions."""

    def __init__(self, program: Program) -> None:
        self._values: dict[str, Value] = {**program.parameters, AS_OF: program.as_of}

    def of(self, expressions: Iterable[Expr]) -> list[Value]:
        """The values of the largest parts without a fact, in order; a list or range gives its members and ends."""
        found: list[Value] = []
        for expression in expressions:
            for part in self._parts(expression):
                value = compile(part, self._values)({})
                if value is not None and not isinstance(value, Unknown):
                    found.append(value)
        return list(dict.fromkeys(found))

    def only_compares(self, expression: Expr, name: str) -> bool:
        """Whether ``expression`` does nothing with ``name`` but compare it with constants, and reads nothing else."""
        if self._constant(expression) or expression == Name(name):
            return True
        return isinstance(expression, _COMPARING) and all(
            self.only_compares(child, name) for child in expression.children()
        )

    def _constant(self, part: Expr) -> bool:
        return isinstance(part, Literal) or (
            not isinstance(part, ListOf | RangeOf | OperatorTest | Quantified)
            and free_names(part) <= self._values.keys()
        )

    def _parts(self, expression: Expr) -> Iterator[Expr]:
        if self._constant(expression):
            yield expression
            return
        for child in expression.children():
            yield from self._parts(child)
