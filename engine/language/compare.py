"""``= != < <= > >=``, ``between`` and ``in`` (DMN 1.5, 10.3.2.13) on values, unknown values and intervals."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.language.arithmetic import bounds_of
from engine.language.kleene import all_of, any_of, negation, union
from engine.language.values import Interval, PartialList, Range, Unknown, Value, YearsMonths

_PYTHON: dict[str, Callable[[Any, Any], bool]] = {
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
}
ORDERED = (Decimal, str, date, timedelta, YearsMonths)
_SCALARS = (*ORDERED, bool)


def order(operator: str, left: Value, right: Value) -> Value:
    """``left < right`` and the like: null unless both are of one ordered type."""
    kind = type(left)
    if kind is type(right) and kind in ORDERED:
        return _PYTHON[operator](left, right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _order_bounds(operator, left, right)
    return None


def _order_bounds(operator: str, left: Value, right: Value) -> Value:
    """Decided if every number of the one interval compares alike with every number of the other."""
    a, b = bounds_of(left), bounds_of(right)
    if a is None or b is None:
        return union(left, right)
    if operator in (">", ">="):
        a, b = b, a
    (a_low, a_high), (b_low, b_high) = a, b
    strict = operator in ("<", ">")
    if a_high is not None and b_low is not None and (a_high < b_low if strict else a_high <= b_low):
        return True
    if a_low is not None and b_high is not None and (a_low >= b_high if strict else a_low > b_high):
        return False
    return union(left, right)


def equal(left: Value, right: Value) -> Value:
    """``left = right``: null for two values of different types, neither of them null."""
    kind = type(left)
    if kind is type(right) and kind in _SCALARS:
        return left == right
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _equal_unknown(left, right)
    if left is None or right is None:
        return left is right
    # A list of one element equals that element (DMN 1.5, 10.3.2.9.4).
    if isinstance(left, tuple) != isinstance(right, tuple):
        many, one = (left, right) if isinstance(left, tuple) else (right, left)
        return equal(many[0], one) if isinstance(many, tuple) and len(many) == 1 else None
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            return False
        return _all_equal([(a, b) for a, b in zip(left, right, strict=True)])
    if isinstance(left, Range) and isinstance(right, Range):
        if left.low_closed != right.low_closed or left.high_closed != right.high_closed:
            return False
        return _all_equal([(left.low, right.low), (left.high, right.high)])
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        if left.keys() != right.keys():
            return False
        return _all_equal([(left[key], right[key]) for key in left])
    return None


def _all_equal(pairs: list[tuple[Value, Value]]) -> Value:
    """Parts that cannot be compared make the wholes unequal, not null."""
    results = [equal(a, b) for a, b in pairs]
    return all_of(False if result is None else result for result in results)


def _equal_unknown(left: Value, right: Value) -> Value:
    a, b = bounds_of(left), bounds_of(right)
    if a is not None and b is not None:
        if None not in (*a, *b) and a[0] == a[1] == b[0] == b[1]:
            return True
        if _order_bounds("<", left, right) is True or _order_bounds(">", left, right) is True:
            return False
    for one, other in ((left, right), (right, left)):
        # Whatever the number or the list turns out to be, it is not null.
        if isinstance(one, Interval | PartialList) and other is None:
            return False
    return union(left, right)


def unequal(left: Value, right: Value) -> Value:
    """``left != right``"""
    return negation(equal(left, right))


def compare(operator: str, left: Value, right: Value) -> Value:
    """The comparison ``operator`` of two values."""
    if operator == "=":
        return equal(left, right)
    return unequal(left, right) if operator == "!=" else order(operator, left, right)


def between(value: Value, low: Value, high: Value) -> Value:
    """``value between low and high``"""
    return all_of((order(">=", value, low), order("<=", value, high)))


def in_ends(value: Value, low: Value, high: Value, low_closed: bool, high_closed: bool) -> Value:
    """Whether ``value`` lies between two ends that both exist."""
    return all_of(
        (order(">=" if low_closed else ">", value, low), order("<=" if high_closed else "<", value, high))
    )


def in_range(value: Value, span: Range) -> Value:
    """Whether ``value`` lies in ``span``, of which an end may be unbounded."""
    if span.low is None and span.high is None:
        return None
    if span.low is None:
        return order("<=" if span.high_closed else "<", value, span.high)
    if span.high is None:
        return order(">=" if span.low_closed else ">", value, span.low)
    return in_ends(value, span.low, span.high, span.low_closed, span.high_closed)


def holds(value: Value, test: Value) -> Value:
    """``value in test`` for a test that is a range, a list of values and ranges, or a value (DMN 1.5, table 55)."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test)
    if isinstance(test, tuple):
        among = any_of(_one_of(value, element) for element in test)
        if isinstance(value, tuple | PartialList) and among is not True:
            return any_of((among, _false_if_null(equal(value, test))))
        return among
    if isinstance(test, PartialList):
        return any_of(_possibly(_one_of(value, element), certain, test) for element, certain in test.entries)
    return equal(value, test)


def _one_of(value: Value, element: Value) -> Value:
    """A value of another type is not the one that is looked for; a list may be an element of a list."""
    if isinstance(element, Range) and not isinstance(value, Range):
        return _false_if_null(in_range(value, element))
    if isinstance(element, tuple) != isinstance(value, tuple) and not isinstance(value, Unknown):
        return _one_of(value, element[0]) if isinstance(element, tuple) and len(element) == 1 else False
    return _false_if_null(equal(value, element))


def _false_if_null(truth: Value) -> Value:
    return False if truth is None else truth


def _possibly(truth: Value, certain: bool, source: Unknown) -> Value:
    """``truth`` of an element that is perhaps not in the list: true becomes unknown."""
    return union(source) if truth is True and not certain else truth


def same(left: Value, right: Value) -> bool:
    """Whether both are known and the very same value; unlike ``=`` this takes no list for its only element."""
    if type(left) is not type(right) or isinstance(left, Unknown):
        return False
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, Range) and isinstance(right, Range):
        closed = (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
        return closed and same(left.low, right.low) and same(left.high, right.high)
    return bool(left == right)
