"""An expression as FEEL text, with names as people know them: the fallback where no sentence fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from engine.language.syntax import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    Expr,
    Filter,
    If,
    In,
    ListOf,
    Literal,
    Name,
    Negate,
    Not,
    OperatorTest,
    Or,
    Path,
    Quantified,
    RangeOf,
)
from engine.language.values import Value, YearsMonths


def feel_text(expression: Expr, name: Callable[[str], str] = lambda name: name) -> str:
    """``expression`` as text; compound operands are bracketed. ``name`` turns an id into what is shown."""

    def text(part: Expr) -> str:
        return feel_text(part, name)

    def operand(part: Expr) -> str:
        shown = text(part)
        return (
            shown if isinstance(part, Literal | Name | Call | Filter | Path | ListOf | Not) else f"({shown})"
        )

    match expression:
        case Literal():
            return literal_text(expression.value)
        case Name():
            return name(expression.name)
        case ListOf():
            return "[" + ", ".join(map(text, expression.items)) + "]"
        case RangeOf():
            left, right = "[" if expression.low_closed else "(", "]" if expression.high_closed else ")"
            return f"{left}{text(expression.low)}..{text(expression.high)}{right}"
        case OperatorTest():
            return f"{expression.operator} {operand(expression.operand)}"
        case Negate():
            return f"-{operand(expression.operand)}"
        case Arithmetic() | Compare():
            return f"{operand(expression.left)} {expression.operator} {operand(expression.right)}"
        case Between():
            return f"{operand(expression.operand)} between {operand(expression.low)} and {operand(expression.high)}"
        case In():
            return f"{operand(expression.operand)} in ({', '.join(map(text, expression.tests))})"
        case And():
            return " and ".join(map(operand, expression.items))
        case Or():
            return " or ".join(map(operand, expression.items))
        case Not():
            return f"not({text(expression.operand)})"
        case If():
            return f"if {text(expression.condition)} then {text(expression.yes)} else {text(expression.no)}"
        case Quantified():
            head = f"{expression.kind} {name(expression.name)} in {operand(expression.domain)}"
            return f"{head} satisfies {text(expression.condition)}"
        case Filter():
            return f"{operand(expression.source)}[{text(expression.predicate)}]"
        case Path():
            return f"{operand(expression.source)}.{name(expression.name)}"
        case Call():
            return f"{expression.function}({', '.join(map(text, expression.arguments))})"
    raise TypeError(f"no text for {type(expression).__name__}")


def literal_text(value: Value) -> str:
    """A literal as FEEL writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return f'@"{value.isoformat()}"'
    if isinstance(value, YearsMonths):
        return f'@"{value}"'
    if isinstance(value, timedelta):
        return f'@"P{value.days}D"'
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
