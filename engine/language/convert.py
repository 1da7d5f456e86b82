"""Turns ordinary Python values into values of the language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from engine.language.limits import DIGITS, MAX_EXPONENT, MAX_LIST, MAX_VALUE_DEPTH
from engine.language.problems import failure
from engine.language.values import Range, Unknown, Value, YearsMonths

_EXACT = Context(prec=DIGITS, Emax=MAX_EXPONENT, Emin=1 - MAX_EXPONENT)


def to_value(given: Any, depth: int = 0) -> Value:
    """int, float (its shortest decimal form), list, dict and so on as a Value; what is one already stays.

    Raises LanguageError for anything else, for numbers beyond decimal128, and beyond the limits on lists and depth.
    """
    if given is None or isinstance(given, bool | str | YearsMonths | timedelta | Unknown):
        return given
    if isinstance(given, int | float | Decimal):
        return _number(given)
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if depth >= MAX_VALUE_DEPTH:
        raise failure("value-too-deep", limit=MAX_VALUE_DEPTH)
    if isinstance(given, Range):
        low, high = to_value(given.low, depth + 1), to_value(given.high, depth + 1)
        return Range(low, high, given.low_closed, given.high_closed)
    if isinstance(given, list | tuple):
        if len(given) > MAX_LIST:
            raise failure("list-too-long", limit=MAX_LIST, found=len(given))
        return tuple(to_value(item, depth + 1) for item in given)
    if isinstance(given, Mapping):
        return {str(name): to_value(value, depth + 1) for name, value in given.items()}
    raise failure("value-not-supported", found=type(given).__name__)


def _number(given: int | float | Decimal) -> Decimal:
    if isinstance(given, int) and given.bit_length() > 20_000:  # before its digits take a long time
        raise failure("number-too-large", limit=MAX_EXPONENT)
    value = (
        given if isinstance(given, Decimal) else Decimal(repr(given) if isinstance(given, float) else given)
    )
    if not value.is_finite():
        raise failure("value-not-supported", found=str(value))
    try:
        return _EXACT.plus(value) if len(value.as_tuple().digits) > DIGITS else _EXACT.create_decimal(value)
    except (InvalidOperation, ArithmeticError):
        raise failure("number-too-large", limit=MAX_EXPONENT) from None
