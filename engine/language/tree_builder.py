"""Makes syntax trees while lark reduces. Called bottom-up, once for each piece, so deep text needs no deep stack.

Each method takes the pieces of one grammar alternative, all tokens included, so the first and the last give its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.language import literals, syntax
from engine.language.builtins import FUNCTIONS
from engine.language.problems import failure
from engine.language.syntax import Expr
from engine.language.temporal import looks_like_time, parse_date, parse_duration

Parts = list[Any]


@dataclass(frozen=True, eq=False, repr=False)
class NegatedTests(Expr):
    """``not(> 3, "a")``: has a meaning only as the whole of some unary tests."""

    tests: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.tests


class Named(NamedTuple):
    """An argument given by name."""

    name: str
    value: Expr


def _span(parts: Parts) -> dict[str, int]:
    first, last = parts[0], parts[-1]
    return {
        "start": first.start if isinstance(first, Expr) else first.start_pos,
        "end": last.end if isinstance(last, Expr) else last.end_pos,
    }


def _expressions(parts: Parts) -> tuple[Expr, ...]:
    return tuple(part for part in parts if isinstance(part, Expr))


class TreeBuilder:
    """The callbacks; names are those of the grammar."""

    def start(self, parts: Parts) -> list[Expr | None]:
        return list(parts[0])

    def anything(self, parts: Parts) -> list[Expr | None]:
        return [None]

    def tests(self, parts: Parts) -> tuple[Expr, ...]:
        return _expressions(parts)

    def comparator(self, parts: Parts) -> Any:
        return parts[0]

    closing = comparator

    def operator_test(self, parts: Parts) -> Expr:
        return syntax.OperatorTest(str(parts[0]), parts[1], **_span(parts))  # type: ignore[arg-type]

    def number(self, parts: Parts) -> Expr:
        span = _span(parts)
        return syntax.Literal(literals.number(str(parts[0]), **span), **span)

    def string(self, parts: Parts) -> Expr:
        span = _span(parts)
        return syntax.Literal(literals.string(str(parts[0]), span["start"]), **span)

    def at_string(self, parts: Parts) -> Expr:
        span = _span(parts)
        text = str(parts[0])[2:-1]
        if looks_like_time(text):
            raise failure("outside-time", found=text, **span)
        value = parse_date(text)
        found = parse_duration(text) if value is None else value
        return syntax.NoSuchValue(text, **span) if found is None else syntax.Literal(found, **span)

    def true(self, parts: Parts) -> Expr:
        return syntax.Literal(True, **_span(parts))

    def false(self, parts: Parts) -> Expr:
        return syntax.Literal(False, **_span(parts))

    def null(self, parts: Parts) -> Expr:
        return syntax.Literal(None, **_span(parts))

    def name(self, parts: Parts) -> Expr:
        return syntax.Name(str(parts[0]), **_span(parts))

    subject = name

    def group(self, parts: Parts) -> Expr:
        return parts[1]  # type: ignore[no-any-return]

    def list(self, parts: Parts) -> Expr:
        return syntax.ListOf(_expressions(parts), **_span(parts))

    def closed_range(self, parts: Parts) -> Expr:
        return syntax.RangeOf(parts[1], parts[3], True, parts[4] == "]", **_span(parts))

    def open_range(self, parts: Parts) -> Expr:
        return syntax.RangeOf(parts[1], parts[3], False, parts[4] == "]", **_span(parts))

    def negate(self, parts: Parts) -> Expr:
        return syntax.Negate(parts[1], **_span(parts))

    def _arithmetic(self, parts: Parts) -> Expr:
        return syntax.Arithmetic(str(parts[1]), parts[0], parts[2], **_span(parts))  # type: ignore[arg-type]

    add = subtract = multiply = divide = power = _arithmetic

    def compare(self, parts: Parts) -> Expr:
        return syntax.Compare(str(parts[1]), parts[0], parts[2], **_span(parts))  # type: ignore[arg-type]

    def between(self, parts: Parts) -> Expr:
        operand, low, high = _expressions(parts)
        return syntax.Between(operand, low, high, **_span(parts))

    def _in(self, parts: Parts) -> Expr:
        operand, *tests = _expressions(parts)
        return syntax.In(operand, tuple(tests), **_span(parts))

    in_one = in_many = _in

    def and_(self, parts: Parts) -> Expr:
        return syntax.And(_expressions(parts), **_span(parts))

    def or_(self, parts: Parts) -> Expr:
        return syntax.Or(_expressions(parts), **_span(parts))

    def not_(self, parts: Parts) -> Expr:
        tests = _expressions(parts)
        if len(tests) == 1 and not isinstance(tests[0], syntax.OperatorTest):
            return syntax.Not(tests[0], **_span(parts))
        return NegatedTests(tests, **_span(parts))

    def if_(self, parts: Parts) -> Expr:
        condition, yes, no = _expressions(parts)
        return syntax.If(condition, yes, no, **_span(parts))

    def binding(self, parts: Parts) -> tuple[str, Expr]:
        return str(parts[0]), parts[2]

    def _quantified(self, parts: Parts) -> Expr:
        span, kind, condition = _span(parts), str(parts[0]), parts[-1]
        for name, domain in reversed([part for part in parts if type(part) is tuple]):
            condition = syntax.Quantified(kind, name, domain, condition, **span)  # type: ignore[arg-type]
        return condition  # type: ignore[no-any-return]

    some = every = _quantified

    def filter(self, parts: Parts) -> Expr:
        return syntax.Filter(parts[0], parts[2], **_span(parts))

    def path(self, parts: Parts) -> Expr:
        return syntax.Path(parts[0], " ".join(parts[2].split()), **_span(parts))

    def named(self, parts: Parts) -> Named:
        return Named(str(parts[0]), parts[2])

    def call(self, parts: Parts) -> Expr:
        span = _span(parts)
        function = " ".join(parts[0].split())
        given = [part for part in parts[1:] if isinstance(part, Expr | Named)]
        return syntax.Call(function, _in_order(function, given, span), **span)


def _in_order(function: str, given: list[Expr | Named], span: dict[str, int]) -> tuple[Expr, ...]:
    """Arguments by position. A function that does not exist is reported later, with all other problems."""
    named = [argument for argument in given if isinstance(argument, Named)]
    if not named:
        return tuple(argument for argument in given if isinstance(argument, Expr))
    names = [argument.name for argument in named]
    if function not in FUNCTIONS:
        return tuple(argument.value for argument in named)
    for form in FUNCTIONS[function].forms:
        if len(named) == len(given) == len(form) and set(names) == set(form):
            values = {argument.name: argument.value for argument in named}
            return tuple(values[parameter] for parameter in form)
    expected = " / ".join(", ".join(form) for form in FUNCTIONS[function].forms)
    raise failure("wrong-argument-names", function=function, expected=expected, **span)
