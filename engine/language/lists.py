"""Functions over lists and access to their elements, where membership or elements may be unknown.

Over a PartialList the sure elements give one end of an interval and the possible ones the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.language.arithmetic import NUMBERS, add, bounds_of, divide, interval
from engine.language.code import Code, Env, Run
from engine.language.compare import ORDERED
from engine.language.kleene import union
from engine.language.temporal import property_of
from engine.language.values import Interval, PartialList, Range, Unknown, Value, YearsMonths


def elements(arguments: tuple[Value, ...]) -> Value:
    """``max(a, b)`` is ``max([a, b])``; a single value stands for a list of itself (DMN 1.5, 10.3.2.9.4)."""
    if len(arguments) != 1:
        return arguments
    (only,) = arguments
    if isinstance(only, tuple | PartialList) or type(only) is Unknown:
        return only
    return None if only is None else (only,)


def count(*arguments: Value) -> Value:
    """How many elements; of a partial list an interval."""
    found = elements(arguments)
    if isinstance(found, tuple):
        return Decimal(len(found))
    if isinstance(found, PartialList):
        sure = [certain for _, certain in found.entries].count(True)
        return Interval(Decimal(sure), Decimal(len(found.entries)), found.facts)
    return found


#: The numbers that counting mostly gives, made once.
_SMALL = tuple(map(Decimal, range(100)))


def counts(run: Run) -> Code:
    """Code for ``count`` of one argument, the same as ``count`` and quicker for plain lists."""

    def number(env: Env) -> Value:
        found = run(env)
        if type(found) is not tuple:
            return count(found)
        size = len(found)
        return _SMALL[size] if size < len(_SMALL) else Decimal(size)

    return Code(number)


def total(*arguments: Value) -> Value:
    """The sum; null of an empty list, and of one with an element that is no number (or not of the first's kind)."""
    found = elements(arguments)
    if isinstance(found, PartialList):
        return _partial_total(found)
    if not isinstance(found, tuple):
        return found
    if not found:
        return None
    if any(isinstance(item, tuple | Mapping | Range | bool | str | date) for item in found):
        return None
    result = found[0]
    for item in found[1:]:
        result = add(result, item)
    return result if isinstance(result, Decimal | timedelta | YearsMonths | Unknown) else None


def _partial_total(found: PartialList) -> Value:
    unknown = union(found, *(element for element, _ in found.entries))
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    if not any(certain for _, certain in found.entries):
        return unknown  # perhaps empty, and then null
    for element, certain in found.entries:
        ends = bounds_of(element)
        if ends is None:
            return unknown
        least, most = ends
        if not certain:
            least = None if least is None else min(least, Decimal(0))
            most = None if most is None else max(most, Decimal(0))
        low = None if low is None or least is None else NUMBERS.add(low, least)
        high = None if high is None or most is None else NUMBERS.add(high, most)
    return interval(low, high, unknown.facts)


def mean(*arguments: Value) -> Value:
    """The arithmetic mean of numbers or durations."""
    found = elements(arguments)
    if isinstance(found, PartialList):
        return union(found, *(element for element, _ in found.entries))
    whole = total(found) if isinstance(found, tuple) else found
    if isinstance(whole, Unknown):
        return union(whole)
    return divide(whole, Decimal(len(found))) if isinstance(found, tuple) and found else None


def extreme(choose: Callable[..., Any]) -> Callable[..., Value]:
    """``min`` or ``max``: null of an empty list and of elements that cannot be compared."""

    def apply(*arguments: Value) -> Value:
        found = elements(arguments)
        if isinstance(found, PartialList):
            sure = tuple(element for element, certain in found.entries if certain)
            return _bracketed(sure, tuple(element for element, _ in found.entries), found)
        if not isinstance(found, tuple):
            return found
        if any(isinstance(element, Unknown) for element in found):
            return _bracketed(found, found, union(*found))
        return chosen(found)

    def chosen(values: tuple[Value, ...]) -> Value:
        kinds = {type(value) for value in values}
        return choose(values) if len(kinds) == 1 and kinds <= set(ORDERED) else None

    def _bracketed(sure: tuple[Value, ...], possible: tuple[Value, ...], reason: Unknown) -> Value:
        """The extreme of the sure ones, the extreme of all, and what lies between."""
        unknown = union(reason, *possible)
        if not sure:
            return unknown
        if not any(isinstance(element, Unknown) for element in possible):
            first, last = chosen(sure), chosen(possible)
            if first is None:
                return None if chosen(possible) is None else unknown
            if type(first) is type(last) and first == last:
                return first
            if not (isinstance(first, Decimal) and isinstance(last, Decimal)):
                return unknown
            return Interval(min(first, last), max(first, last), unknown.facts)
        sure_ends = [bounds_of(element) for element in sure]
        all_ends = [bounds_of(element) for element in possible]
        if None in sure_ends or None in all_ends:
            return unknown
        candidates = [_choose_ends([e for e in ends if e is not None]) for ends in (sure_ends, all_ends)]
        lows, highs = zip(*candidates, strict=True)
        low = None if None in lows else min(lows)
        high = None if None in highs else max(highs)
        return Interval(low, high, unknown.facts)

    def _choose_ends(
        ends: list[tuple[Decimal | None, Decimal | None]],
    ) -> tuple[Decimal | None, Decimal | None]:
        """Ends of the extreme: an open end wins where it lies on the chosen side and loses on the other."""
        lows, highs = [low for low, _ in ends], [high for _, high in ends]
        if choose is max:
            known = [low for low in lows if low is not None]
            return (
                max(known) if known else None,
                None if None in highs else max(h for h in highs if h is not None),
            )
        known = [high for high in highs if high is not None]
        return (
            None if None in lows else min(v for v in lows if v is not None),
            min(known) if known else None,
        )

    return apply


def at_index(source: Value, index: Value) -> Value:
    """``source[index]`` from 1, or from the end for a negative index; null outside."""
    if isinstance(index, Unknown) or type(source) is Unknown or isinstance(source, Interval):
        return union(source, index)
    if not isinstance(index, Decimal) or index != index.to_integral_value():
        return None
    if isinstance(source, PartialList):
        return _partial_at(source, index)
    items = source if isinstance(source, tuple) else () if source is None else (source,)
    if not index or abs(index) > len(items):
        return None
    return items[int(index) - 1 if index > 0 else int(index)]


def _partial_at(source: PartialList, index: Decimal) -> Value:
    """Decided if all elements up to the one wanted are surely there, or if it lies beyond the longest list."""
    if not index or abs(index) > len(source.entries):
        return None
    entries = source.entries if index > 0 else source.entries[::-1]
    upto = entries[: int(abs(index))]
    return upto[-1][0] if all(certain for _, certain in upto) else union(source)


def member(source: Value, name: str) -> Value:
    """``source.name``: of a row its column, of a list the list of its elements' (DMN 1.5, 10.3.2.5)."""
    if isinstance(source, tuple):
        return tuple(member(element, name) for element in source)
    if isinstance(source, PartialList):
        return PartialList(tuple((member(e, name), certain) for e, certain in source.entries), source.facts)
    if isinstance(source, Unknown):
        return union(source)
    if isinstance(source, Mapping):
        return source.get(name)
    if isinstance(source, Range):
        parts = {
            "start": source.low,
            "end": source.high,
            "start included": source.low_closed,
            "end included": source.high_closed,
        }
        return parts.get(name)
    return property_of(source, name)
