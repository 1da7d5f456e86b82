"""The syntax tree. Two trees are equal if they mean the same text; places in the text do not count.

Trees may be built from Python: ``Compare(">", Name("age"), Literal(Decimal(3)))``. A tree that is nested beyond
``limits.MAX_TREE_DEPTH`` cannot be built (LanguageError), so functions over trees may be recursive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf

from engine.language.limits import MAX_TREE_DEPTH
from engine.language.problems import failure
from engine.language.values import Value

Comparator = OneOf["<", "<=", ">", ">=", "=", "!="]
Operator = OneOf["+", "-", "*", "/", "**"]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Expr:
    """An expression. ``start`` and ``end`` are character offsets in its source, both 0 if it has none."""

    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)
    depth: int = field(default=1, compare=False, repr=False, init=False)

    def __post_init__(self) -> None:
        children = self.children()
        if children:
            depth = 1 + max(child.depth for child in children)
            if depth > MAX_TREE_DEPTH:
                raise failure("nested-too-deeply", self.start, self.end, limit=MAX_TREE_DEPTH)
            object.__setattr__(self, "depth", depth)

    def children(self) -> tuple[Expr, ...]:
        """The expressions that this one is made of, in the order of the text."""
        return ()

    # Written once here: generating these methods for each class would double the time that importing takes.

    def parts(self) -> tuple[object, ...]:
        """The fields that make the meaning, in order."""
        names: tuple[str, ...] = type(self).__match_args__
        return tuple(getattr(self, name) for name in names)

    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        assert isinstance(other, Expr)
        return self.parts() == other.parts()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.parts()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.parts()))})"


@dataclass(frozen=True, eq=False, repr=False)
class Literal(Expr):
    """A value. Python holds ``1 == True``; two literals are equal only if their types are, too."""

    value: Value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Literal):
            return NotImplemented
        return type(self.value) is type(other.value) and bool(self.value == other.value)

    def __hash__(self) -> int:
        try:
            return hash((type(self.value), self.value))
        except TypeError:  # a mapping
            return hash(type(self.value))


@dataclass(frozen=True, eq=False, repr=False)
class NoSuchValue(Expr):
    """``@"2024-02-31"``: has the form of a literal but names no value. It is null, and an error to the checker."""

    text: str


@dataclass(frozen=True, eq=False, repr=False)
class Name(Expr):
    """The value that the context has under ``name``."""

    name: str


@dataclass(frozen=True, eq=False, repr=False)
class ListOf(Expr):
    """``[a, b]``"""

    items: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.items


@dataclass(frozen=True, eq=False, repr=False)
class RangeOf(Expr):
    """``[low..high]``, open or closed at either end."""

    low: Expr
    high: Expr
    low_closed: bool = True
    high_closed: bool = True

    def children(self) -> tuple[Expr, ...]:
        return (self.low, self.high)


@dataclass(frozen=True, eq=False, repr=False)
class OperatorTest(Expr):
    """``< 10``: among the tests of ``in``, a comparison with the value tested; elsewhere an unbounded range."""

    operator: Comparator
    operand: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.operand,)


@dataclass(frozen=True, eq=False, repr=False)
class Negate(Expr):
    """``-a``"""

    operand: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.operand,)


@dataclass(frozen=True, eq=False, repr=False)
class Arithmetic(Expr):
    """``a + b`` and the like."""

    operator: Operator
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False, repr=False)
class Compare(Expr):
    """``a <= b`` and the like."""

    operator: Comparator
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False, repr=False)
class Between(Expr):
    """``a between low and high``, both included."""

    operand: Expr
    low: Expr
    high: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.operand, self.low, self.high)


@dataclass(frozen=True, eq=False, repr=False)
class In(Expr):
    """``a in (t1, t2)``: true if one of the tests holds of ``operand``."""

    operand: Expr
    tests: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return (self.operand, *self.tests)


@dataclass(frozen=True, eq=False, repr=False)
class And(Expr):
    """``a and b and c``"""

    items: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.items


@dataclass(frozen=True, eq=False, repr=False)
class Or(Expr):
    """``a or b or c``"""

    items: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.items


@dataclass(frozen=True, eq=False, repr=False)
class Not(Expr):
    """``not(a)``"""

    operand: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.operand,)


@dataclass(frozen=True, eq=False, repr=False)
class If(Expr):
    """``if condition then yes else no``"""

    condition: Expr
    yes: Expr
    no: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.condition, self.yes, self.no)


@dataclass(frozen=True, eq=False, repr=False)
class Quantified(Expr):
    """``some name in domain satisfies condition``, or ``every``. Several bindings nest: each sees those before it."""

    kind: OneOf["some", "every"]
    name: str
    domain: Expr
    condition: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.domain, self.condition)


@dataclass(frozen=True, eq=False, repr=False)
class Filter(Expr):
    """``source[predicate]``; a predicate that is a number picks one element, counted from 1, or from the end."""

    source: Expr
    predicate: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.source, self.predicate)


@dataclass(frozen=True, eq=False, repr=False)
class Path(Expr):
    """``source.name``; of a list, the list of what its elements have."""

    source: Expr
    name: str

    def children(self) -> tuple[Expr, ...]:
        return (self.source,)


@dataclass(frozen=True, eq=False, repr=False)
class Call(Expr):
    """``function(argument, …)`` with one of the built-in functions."""

    function: str
    arguments: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.arguments
