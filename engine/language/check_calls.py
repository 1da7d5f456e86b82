"""Types of the arguments and results of the built-in functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.language import syntax
from engine.language.temporal import parse_date, parse_duration
from engine.language.type_rules import DURATIONS, ORDERED, is_any, join, same_kind, same_unit, word
from engine.language.types import (
    Boolean,
    Date,
    DaysDuration,
    ListOf,
    Null,
    Number,
    String,
    Type,
    YearsMonthsDuration,
)

Report = Callable[..., None]
_MEASURES = (Number, *DURATIONS)
#: Functions over lists and what elements they take; None takes any.
_AGGREGATES: dict[str, tuple[type[Type], ...] | None] = {
    "count": None,
    "sum": _MEASURES,
    "mean": _MEASURES,
    "min": ORDERED,
    "max": ORDERED,
}
#: The argument types of the others.
_PARAMETERS: dict[str, tuple[tuple[type[Type], ...], ...]] = {
    "abs": (_MEASURES,),
    "ceiling": ((Number,), (Number,)),
    "contains": ((String,), (String,)),
    "decimal": ((Number,), (Number,)),
    "duration": ((String,),),
    "ends with": ((String,), (String,)),
    "floor": ((Number,), (Number,)),
    "starts with": ((String,), (String,)),
    "string length": ((String,),),
    "years and months duration": ((Date,), (Date,)),
}
_RESULTS: dict[str, Type] = {
    "contains": Boolean(),
    "count": Number(),
    "date": Date(),
    "ends with": Boolean(),
    "is defined": Boolean(),
    "starts with": Boolean(),
    "string length": Number(),
    "years and months duration": YearsMonthsDuration(),
}
_NAMES: dict[type[Type], str] = {
    Number: "number",
    String: "string",
    Date: "date",
    YearsMonthsDuration: "years and months duration",
    DaysDuration: "days and time duration",
}


def call_type(call: syntax.Call, arguments: list[Type], report: Report) -> Type:
    """The result of a call with arguments of these types; ``report(expr, code, **params)`` takes the problems."""
    name = call.function

    def expect(at: int, allowed: tuple[type[Type], ...], found: Type) -> bool:
        if is_any(found) or isinstance(found, allowed):
            return True
        expected = " / ".join(_NAMES[kind] for kind in allowed)
        report(call.arguments[at], "argument-type", function=name, expected=expected, found=word(found))
        return False

    if name in _AGGREGATES:
        return _aggregate(call, arguments, _AGGREGATES[name], expect, report)
    if name == "date":
        allowed: tuple[type[Type], ...] = (String, Date) if len(arguments) == 1 else (Number,)
        for at, found in enumerate(arguments):
            expect(at, allowed, found)
        _constant_text(call, parse_date, "no-such-day", report)
        return Date()
    for at, (allowed, found) in enumerate(zip(_PARAMETERS.get(name, ()), arguments, strict=False)):
        expect(at, allowed, found)
    if name == "duration":
        _constant_text(call, parse_duration, "no-such-duration", report)
        text = _text(call)
        kind = None if text is None else parse_duration(text)
        if kind is None:
            return Type()
        return YearsMonthsDuration() if type(kind).__name__ == "YearsMonths" else DaysDuration()
    if name in ("abs", "floor", "ceiling", "decimal"):
        first = arguments[0]
        return first if isinstance(first, _MEASURES) else Type()
    return _RESULTS[name]


def _text(call: syntax.Call) -> str | None:
    """The argument, if it is one literal text."""
    first = call.arguments[0]
    if len(call.arguments) == 1 and isinstance(first, syntax.Literal) and isinstance(first.value, str):
        return first.value
    return None


def _constant_text(call: syntax.Call, read: Callable[[str], Any], code: str, report: Report) -> None:
    text = _text(call)
    if text is not None and read(text) is None:
        report(call.arguments[0], code, found=text)
    if call.function == "date" and len(call.arguments) == 3:
        values = [a.value for a in call.arguments if isinstance(a, syntax.Literal)]
        numbers = [str(v) for v in values]
        if len(numbers) == 3:
            from engine.language.compiler import compile

            if compile(call)({}) is None:
                report(call, code, found="-".join(n.rjust(2, "0") for n in numbers))


def _aggregate(
    call: syntax.Call,
    arguments: list[Type],
    allowed: tuple[type[Type], ...] | None,
    expect: Callable[[int, tuple[type[Type], ...], Type], bool],
    report: Report,
) -> Type:
    if len(arguments) == 1:
        (only,) = arguments
        if is_any(only):
            element: Type = Type()
        elif not isinstance(only, ListOf):
            report(call.arguments[0], "list-expected", found=word(only))
            return _RESULTS.get(call.function, Type())
        else:
            element = only.element
            if allowed is not None and not isinstance(element, Null):
                expect(0, allowed, element)
    else:
        element = arguments[0]
        for at, found in enumerate(arguments):
            if allowed is None or not expect(at, allowed, found):
                continue
            if not same_kind(element, found):
                report(call.arguments[at], "different-types", left=word(element), right=word(found))
            elif not same_unit(element, found):
                report(call.arguments[at], "different-units", left=word(element), right=word(found))
        for found in arguments[1:]:
            element = join(element, found)
    return _RESULTS.get(call.function, element)
