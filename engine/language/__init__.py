"""A typed, three-valued subset of FEEL (DMN 1.5). Knows nothing of policies; docs/language.md describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.language.checker import check
from engine.language.compiler import compile
from engine.language.convert import to_value
from engine.language.parser import SUBJECT, parse, parse_unary_tests
from engine.language.printing import to_text, value_text
from engine.language.problems import LanguageError, LanguageProblem
from engine.language.scope import free_names, substitute
from engine.language.syntax import Expr
from engine.language.types import (
    Boolean,
    Date,
    DaysDuration,
    ListOf,
    Null,
    Number,
    RangeOf,
    Row,
    String,
    Type,
    YearsMonthsDuration,
)
from engine.language.values import Interval, PartialList, Range, Unknown, Value, YearsMonths

__all__ = [
    "Boolean",
    "Date",
    "DaysDuration",
    "Expr",
    "Interval",
    "LanguageError",
    "LanguageProblem",
    "ListOf",
    "Null",
    "Number",
    "PartialList",
    "Range",
    "RangeOf",
    "Row",
    "String",
    "Type",
    "Unknown",
    "Value",
    "YearsMonths",
    "YearsMonthsDuration",
    "check",
    "compile",
    "evaluate",
    "free_names",
    "parse",
    "parse_unary_tests",
    "substitute",
    "to_text",
    "to_value",
    "unary_test",
    "value_text",
]


def evaluate(expression: str, context: Mapping[str, Any]) -> Value:
    """The value of a FEEL expression.

    Ints, floats, lists and dicts in ``context`` are converted. A name that is not in it is Unknown; one that is None is
    null. An operation that has no result, such as ``1 / 0`` or ``1 < "a"``, is null, as FEEL has it. Raises
    LanguageError for a text that is not an expression of the subset, and for context values beyond the limits.
    """
    return _evaluated(parse(expression), context)


def unary_test(test: str, value: Any, context: Mapping[str, Any]) -> bool | Unknown | None:
    """Whether ``value`` passes the FEEL unary tests ``test``. None if they have no truth value for it."""
    found = _evaluated(parse_unary_tests(test), {**context, SUBJECT: value})
    return found if isinstance(found, bool | Unknown) else None


def _evaluated(expr: Expr, context: Mapping[str, Any]) -> Value:
    # Of a large context only what is read gets converted; a column may go by any of the names.
    values = {name: to_value(context[name]) for name in sorted(free_names(expr)) if name in context}
    return compile(expr)(values)
