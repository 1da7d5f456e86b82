"""Truth: true, false, null and unknown. The tables are in docs/language.md, and a test reads them there.

Unknown stands for *some* value that is not known yet; null is a value: the result of an operation that has none.
So ``false and unknown`` is false, ``null and unknown`` is unknown, for it may still come out false.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.language.values import Unknown, Value


def union(*values: Value) -> Unknown:
    """Unknown for the reasons of all the unknown ones among ``values``."""
    unknown = [value for value in values if isinstance(value, Unknown)]
    if len(unknown) == 1:
        (only,) = unknown
        return only if type(only) is Unknown else Unknown(only.facts)
    return Unknown(frozenset().union(*[value.facts for value in unknown]))


def all_of(values: Iterable[Value]) -> Value:
    """False if one is false, else unknown if one is unknown, else null if one is no truth value, else true."""
    unknown: list[Unknown] = []
    null = False
    for value in values:
        if value is False:
            return False
        if isinstance(value, Unknown):
            unknown.append(value)
        elif value is not True:
            null = True
    return union(*unknown) if unknown else None if null else True


def any_of(values: Iterable[Value]) -> Value:
    """True if one is true, else unknown if one is unknown, else null if one is no truth value, else false."""
    unknown: list[Unknown] = []
    null = False
    for value in values:
        if value is True:
            return True
        if isinstance(value, Unknown):
            unknown.append(value)
        elif value is not False:
            null = True
    return union(*unknown) if unknown else None if null else False


def negation(value: Value) -> Value:
    """True of false, false of true, unknown of unknown, null of anything else."""
    if value is True:
        return False
    if value is False:
        return True
    return value if type(value) is Unknown else union(value) if isinstance(value, Unknown) else None
