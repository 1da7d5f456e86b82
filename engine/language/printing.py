"""The canonical text of a syntax tree: parsing it gives the same tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from engine.language import syntax
from engine.language.limits import DIGITS
from engine.language.literals import quoted
from engine.language.syntax import Expr
from engine.language.temporal import days_text
from engine.language.values import Range, Unknown, Value, YearsMonths

# How tightly each form binds, as in grammar.lark.
_LOOSE, _OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _UNARY, _POSTFIX, _ATOM = range(10)
_LEVELS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


def to_text(expr: Expr) -> str:
    """``expr`` as FEEL text.

    ``parse(to_text(e)) == e`` holds for every tree that parsing can give; literals that text can only write as an
    expression (negative numbers, lists, ranges) come back as that expression.
    """
    return _text(expr)[0]


def _text(expr: Expr) -> tuple[str, int]:
    """The text and how tightly it binds."""
    match expr:
        case syntax.Literal():
            return value_text(expr.value), _UNARY if _negative(expr.value) else _ATOM
        case syntax.NoSuchValue():
            return f'@"{expr.text}"', _ATOM
        case syntax.Name():
            return expr.name, _ATOM
        case syntax.ListOf():
            return f"[{_listed(expr.items)}]", _ATOM
        case syntax.RangeOf():
            opening, closing = "[" if expr.low_closed else "(", "]" if expr.high_closed else ")"
            return f"{opening}{_at(expr.low, _LOOSE)}..{_end(expr.high)}{closing}", _ATOM
        case syntax.OperatorTest():
            return f"({_test(expr)})", _ATOM
        case syntax.Negate():
            operand = _at(expr.operand, _UNARY)
            return f"-{operand}", _UNARY
        case syntax.Arithmetic():
            level = _LEVELS[expr.operator]
            return f"{_at(expr.left, level)} {expr.operator} {_at(expr.right, level + 1)}", level
        case syntax.Compare():
            return f"{_at(expr.left, _COMPARISON)} {expr.operator} {_at(expr.right, _SUM)}", _COMPARISON
        case syntax.Between():
            ends = f"{_at(expr.low, _SUM)} and {_at(expr.high, _SUM)}"
            return f"{_at(expr.operand, _COMPARISON)} between {ends}", _COMPARISON
        case syntax.In():
            return f"{_at(expr.operand, _COMPARISON)} in {_tests(expr.tests)}", _COMPARISON
        case syntax.And():
            return " and ".join(_at(item, _COMPARISON) for item in expr.items), _AND
        case syntax.Or():
            return " or ".join(_at(item, _AND) for item in expr.items), _OR
        case syntax.Not():
            return f"not({_at(expr.operand, _LOOSE)})", _ATOM
        case syntax.If():
            condition, yes, no = (_at(part, _LOOSE) for part in expr.children())
            return f"if {condition} then {yes} else {no}", _LOOSE
        case syntax.Quantified():
            domain = _at(expr.domain, _OR)
            return f"{expr.kind} {expr.name} in {domain} satisfies {_at(expr.condition, _LOOSE)}", _LOOSE
        case syntax.Filter():
            return f"{_at(expr.source, _POSTFIX)}[{_at(expr.predicate, _LOOSE)}]", _POSTFIX
        case syntax.Path():
            return f"{_at(expr.source, _POSTFIX)}.{expr.name}", _POSTFIX
        case syntax.Call():
            return f"{expr.function}({_listed(expr.arguments)})", _ATOM
        case _:
            raise TypeError(f"not an expression: {expr!r}")


def _at(expr: Expr, level: int) -> str:
    """In parentheses unless it binds at least as tightly as ``level``."""
    text, own = _text(expr)
    return text if own >= level else f"({text})"


def _end(expr: Expr) -> str:
    """The upper end of a range, where ``[`` would close the range."""
    simple = isinstance(expr, syntax.Literal | syntax.NoSuchValue | syntax.Name | syntax.Call)
    text = _text(expr)[0]
    return text if simple else f"({text})"


def _listed(items: tuple[Expr, ...]) -> str:
    return ", ".join(_at(item, _LOOSE) for item in items)


def _test(expr: Expr) -> str:
    if isinstance(expr, syntax.OperatorTest):
        return f"{expr.operator} {_at(expr.operand, _SUM)}"
    return _at(expr, _LOOSE)


def _tests(tests: tuple[Expr, ...]) -> str:
    if len(tests) == 1:
        (only,) = tests
        return _test(only) if isinstance(only, syntax.OperatorTest) else _at(only, _SUM)
    return f"({', '.join(_test(test) for test in tests)})"


def _negative(value: Value) -> bool:
    return isinstance(value, Decimal) and value.is_signed()


def value_text(value: Value) -> str:
    """A value as a FEEL literal, or as the expression that makes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        if not value:
            return "0"
        plain = -12 <= value.adjusted() < DIGITS
        return format(value, "f") if plain else str(value).replace("E+", "e").replace("E", "e")
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return f'@"{value.isoformat()}"'
    if isinstance(value, timedelta):
        return f'@"{days_text(value)}"'
    if isinstance(value, YearsMonths):
        return f'@"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(value_text(item) for item in value)}]"
    if isinstance(value, Range):
        return _range_text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(name)}: {value_text(part)}" for name, part in value.items()) + "}"
    assert isinstance(value, Unknown)
    return f"unknown({', '.join(sorted(value.facts))})"


def _range_text(value: Range) -> str:
    if value.low is None:
        return f"({'<=' if value.high_closed else '<'} {value_text(value.high)})"
    if value.high is None:
        return f"({'>=' if value.low_closed else '>'} {value_text(value.low)})"
    opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{opening}{value_text(value.low)}..{value_text(value.high)}{closing}"
