"""``+ - * / **`` and unary minus (DMN 1.5, tables 50 to 56), on values, unknown values and intervals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from engine.language.calendar import add_months
from engine.language.kleene import union
from engine.language.limits import DIGITS, MAX_EXPONENT, MAX_POWER
from engine.language.values import Interval, Unknown, Value, YearsMonths

#: decimal128; nothing traps: what overflows is infinite, and an infinite result is null.
NUMBERS = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emax=MAX_EXPONENT, Emin=1 - MAX_EXPONENT, traps=[])
_MICROSECOND = timedelta(microseconds=1)


def finite(number: Decimal) -> Decimal | None:
    """The number, or null for one that does not exist."""
    return number if number.is_finite() else None


def add(left: Value, right: Value) -> Value:
    """``left + right``"""
    if type(left) is Decimal and type(right) is Decimal:
        return finite(NUMBERS.add(left, right))
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _add_intervals(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(right, date):
        left, right = right, left
    return _shifted(left, right, 1)


def subtract(left: Value, right: Value) -> Value:
    """``left - right``"""
    if type(left) is Decimal and type(right) is Decimal:
        return finite(NUMBERS.subtract(left, right))
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _add_intervals(left, negate(right), left, right)
    if isinstance(left, date) and isinstance(right, date):
        return left - right
    return _shifted(left, right, -1)


def _shifted(left: Value, right: Value, sign: int) -> Value:
    """Two durations, or a date and a duration."""
    try:
        if isinstance(right, YearsMonths):
            if isinstance(left, YearsMonths):
                return YearsMonths(left.months + sign * right.months)
            if isinstance(left, date):
                return add_months(left, sign * right.months)
        elif isinstance(right, timedelta) and isinstance(left, timedelta | date):
            # Subtracting adds the negated duration: a date keeps no hours, so the two would round differently.
            return left + (right if sign > 0 else -right)
    except (OverflowError, ValueError):
        return None
    return None


def multiply(left: Value, right: Value) -> Value:
    """``left * right``"""
    if type(left) is Decimal and type(right) is Decimal:
        return finite(NUMBERS.multiply(left, right))
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _multiply_intervals(left, right)
    if isinstance(right, YearsMonths | timedelta):
        left, right = right, left
    if isinstance(right, Decimal) and isinstance(left, YearsMonths | timedelta):
        return _scaled(left, NUMBERS.multiply(_size(left), right))
    return None


def divide(left: Value, right: Value) -> Value:
    """``left / right``; null if ``right`` is zero."""
    if type(left) is Decimal and type(right) is Decimal:
        return finite(NUMBERS.divide(left, right))
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return union(left, right)
    if isinstance(left, YearsMonths | timedelta):
        if isinstance(right, Decimal):
            return _scaled(left, NUMBERS.divide(_size(left), right))
        if type(left) is type(right):
            return finite(NUMBERS.divide(_size(left), _size(right)))
    return None


def power(left: Value, right: Value) -> Value:
    """``left ** right`` for ``right`` between -999 and 999; null beyond, and for a root of a negative number."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return union(left, right)
    if not (isinstance(left, Decimal) and isinstance(right, Decimal)):
        return None
    if abs(right) > MAX_POWER:
        return None
    if not right:
        return Decimal(1)  # also 0 ** 0
    return finite(NUMBERS.power(left, right))


def negate(value: Value) -> Value:
    """``-value``"""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if isinstance(value, Interval):
        low, high = value.low, value.high
        return Interval(None if high is None else -high, None if low is None else -low, value.facts)
    if isinstance(value, Unknown):
        return union(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    if isinstance(value, timedelta):
        try:
            return -value
        except OverflowError:
            return None
    return None


def absolute(value: Value) -> Value:
    """``abs(value)`` of a number or a duration."""
    if isinstance(value, Interval):
        low, high = value.low, value.high
        if low is not None and low >= 0:
            return value
        if high is not None and high <= 0:
            return negate(value)
        bound = None if low is None or high is None else max(-low, high)
        return Interval(Decimal(0), bound, value.facts)
    if isinstance(value, Unknown):
        return union(value)
    if isinstance(value, Decimal):
        return NUMBERS.abs(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    if isinstance(value, timedelta):
        return negate(value) if value < timedelta(0) else value
    return None


def _size(duration: YearsMonths | timedelta) -> Decimal:
    """Months, or microseconds."""
    return Decimal(duration.months if isinstance(duration, YearsMonths) else duration // _MICROSECOND)


def _scaled(kind: YearsMonths | timedelta, size: Decimal) -> Value:
    """A duration of the same kind, its fraction of a month or microsecond dropped."""
    if not size.is_finite() or abs(size) > Decimal(10) ** 20:
        return None
    if isinstance(kind, YearsMonths):
        return YearsMonths(int(size)) if abs(size) < Decimal(10) ** 10 else None
    try:
        return timedelta(microseconds=int(size))
    except OverflowError:
        return None


Bounds = tuple[Decimal | None, Decimal | None]


def bounds_of(value: Value) -> Bounds | None:
    """The bounds of a number or an interval; None for anything else."""
    if isinstance(value, Interval):
        return value.low, value.high
    return (value, value) if type(value) is Decimal else None


def _add_intervals(left: Value, right: Value, *reasons: Value) -> Value:
    a, b = bounds_of(left), bounds_of(right)
    unknown = union(*(reasons or (left, right)))
    if a is None or b is None:
        return unknown
    low = None if a[0] is None or b[0] is None else NUMBERS.add(a[0], b[0])
    high = None if a[1] is None or b[1] is None else NUMBERS.add(a[1], b[1])
    return interval(low, high, unknown.facts)


def _multiply_intervals(left: Value, right: Value) -> Value:
    a, b = bounds_of(left), bounds_of(right)
    unknown = union(left, right)
    if a is None or b is None:
        return unknown
    if None in a or None in b:
        # A number of known sign still turns or keeps one open end; an open end times zero is zero.
        if a[0] != a[1]:
            a, b = b, a
        factor = a[0]
        if factor is None or a[0] != a[1]:
            return unknown
        if not factor:
            return interval(Decimal(0), Decimal(0), unknown.facts)
        ends = [None if end is None else NUMBERS.multiply(factor, end) for end in b]
        low, high = ends if factor > 0 else reversed(ends)
        return interval(low, high, unknown.facts)
    products = [NUMBERS.multiply(x, y) for x in a for y in b if x is not None and y is not None]
    return interval(min(products), max(products), unknown.facts)


def interval(low: Decimal | None, high: Decimal | None, facts: frozenset[str]) -> Unknown:
    """An interval; unknown if an end overflowed, for then the number itself may be null."""
    if (low is not None and not low.is_finite()) or (high is not None and not high.is_finite()):
        return Unknown(facts)
    return Interval(low, high, facts)


OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
