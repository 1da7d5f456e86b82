"""What types fit together, and what an operator makes of them."""

from __future__ import annotations

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

ORDERED = (Number, String, Date, YearsMonthsDuration, DaysDuration)
DURATIONS = (YearsMonthsDuration, DaysDuration)
_WORDS: dict[type[Type], str] = {
    Boolean: "boolean",
    Date: "date",
    YearsMonthsDuration: "years and months duration",
    DaysDuration: "days and time duration",
    Null: "null",
    Row: "row",
    String: "string",
    Type: "anything",
}
_DATE_PARTS = frozenset(("year", "month", "day", "weekday"))
_PARTS: dict[type[Type], frozenset[str]] = {
    Date: _DATE_PARTS,
    YearsMonthsDuration: frozenset(("years", "months")),
    DaysDuration: frozenset(("days", "hours", "minutes", "seconds")),
}
Unit = tuple[tuple[str, int], ...] | None


def is_any(type_: Type) -> bool:
    """Whether nothing is known about it."""
    return type(type_) is Type


def word(type_: Type) -> str:
    """The type as FEEL calls it, with its unit: ``number [元/户]``, ``list of string``."""
    if isinstance(type_, Number):
        return f"number [{unit_word(type_.unit)}]" if type_.unit else "number"
    if isinstance(type_, ListOf):
        return "list" if is_any(type_.element) else f"list of {word(type_.element)}"
    if isinstance(type_, RangeOf):
        return "range" if is_any(type_.element) else f"range of {word(type_.element)}"
    return _WORDS[type(type_)]


def unit_word(unit: Unit) -> str:
    """``元/户``; ``1`` for a number without unit."""
    if not unit:
        return "1"

    def symbols(sign: int) -> str:
        return "·".join("·".join([s] * abs(e)) for s, e in unit if e * sign > 0)

    under = symbols(-1)
    return (symbols(1) or "1") + (f"/{under}" if under else "")


def same_kind(left: Type, right: Type) -> bool:
    """Whether values of the two can be compared, units aside."""
    if is_any(left) or is_any(right):
        return True
    if isinstance(left, ListOf) and isinstance(right, ListOf):
        return same_kind(left.element, right.element)
    if isinstance(left, RangeOf) and isinstance(right, RangeOf):
        return same_kind(left.element, right.element)
    return type(left) is type(right)


def same_unit(left: Type, right: Type) -> bool:
    """Whether two numbers have one unit; a number whose unit is not stated fits every unit."""
    if isinstance(left, Number) and isinstance(right, Number):
        return left.unit is None or right.unit is None or left.unit == right.unit
    return True


def join(left: Type, right: Type) -> Type:
    """The narrowest type that has the values of both."""
    if left == right or isinstance(right, Null):
        return left
    if isinstance(left, Null):
        return right
    if isinstance(left, Number) and isinstance(right, Number):
        return Number()
    if isinstance(left, String) and isinstance(right, String):
        if left.values is None or right.values is None:
            return String()
        return String(tuple(dict.fromkeys(left.values + right.values)))
    if isinstance(left, ListOf) and isinstance(right, ListOf):
        return ListOf(join(left.element, right.element))
    return Row() if isinstance(left, Row) and isinstance(right, Row) else Type()


def arithmetic(operator: str, left: Type, right: Type) -> Type | None:
    """The type of ``left operator right``; None if there is no such operation. Units are not compared here."""
    if is_any(left) or is_any(right):
        return Type()
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(_unit(operator, left.unit, right.unit))
    if operator in ("+", "-"):
        return _added(operator, left, right)
    if operator == "*" and isinstance(left, Number) and isinstance(right, DURATIONS):
        return right
    if isinstance(left, DURATIONS) and isinstance(right, Number) and operator in ("*", "/"):
        return left
    if isinstance(left, DURATIONS) and type(left) is type(right) and operator == "/":
        return Number(())
    return None


def _added(operator: str, left: Type, right: Type) -> Type | None:
    if isinstance(left, String) and isinstance(right, String):
        return String() if operator == "+" else None
    if isinstance(left, Date):
        if isinstance(right, Date):
            return DaysDuration() if operator == "-" else None
        return left if isinstance(right, DURATIONS) else None
    if isinstance(left, DURATIONS):
        if isinstance(right, Date):
            return right if operator == "+" else None
        return left if type(left) is type(right) else None
    return None


def _unit(operator: str, left: Unit, right: Unit) -> Unit:
    if operator in ("+", "-"):
        return right if left is None else left
    if operator == "**" or (left is None and right is None):
        return None
    sign = 1 if operator == "*" else -1
    parts = dict(left or ())
    for symbol, exponent in right or ():
        parts[symbol] = parts.get(symbol, 0) + sign * exponent
    return tuple(sorted((symbol, exponent) for symbol, exponent in parts.items() if exponent))


def part(type_: Type, name: str) -> Type | None:
    """The type of the property ``name``; None if there is none."""
    if isinstance(type_, Row):
        return Type() if type_.fields is None else type_.fields.get(name)
    if isinstance(type_, RangeOf):
        if name in ("start", "end"):
            return type_.element
        return Boolean() if name in ("start included", "end included") else None
    if name in _PARTS.get(type(type_), ()):
        return Number()
    return Type() if is_any(type_) else None


def parts(type_: Type) -> list[str]:
    """The names of the properties."""
    if isinstance(type_, Row):
        return list(type_.fields or ())
    if isinstance(type_, RangeOf):
        return ["start", "end", "start included", "end included"]
    return sorted(_PARTS.get(type(type_), ()))
