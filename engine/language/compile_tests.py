"""Compiles comparisons and ``in``. Most rules compare one fact with constants, so those have paths of their own."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import Any

from engine.language.code import Code, Env, apply
from engine.language.compare import ORDERED, compare, equal, holds, in_ends, order, unequal
from engine.language.kleene import any_of, union
from engine.language.values import Range, Unknown, Value

_PYTHON: dict[str, Callable[[Any, Any], bool]] = {
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
    "=": python.eq,
    "!=": python.ne,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def comparison(operator: str, left: Code, right: Code) -> Code:
    """``left operator right``"""
    if left.constant and not right.constant:
        left, right, operator = right, left, _MIRRORED[operator]
    kinds = (*ORDERED, bool) if operator in ("=", "!=") else ORDERED
    slow: Callable[[Value, Value], Value]
    if operator in ("=", "!="):
        slow = equal if operator == "=" else unequal
    else:

        def slow(a: Value, b: Value) -> Value:
            return order(operator, a, b)

    if not right.constant or left.constant or type(right.value) not in kinds:
        return apply(slow, left, right)
    return _with_constant(_PYTHON[operator], slow, left, right.value)


def _with_constant(
    fast: Callable[[Any, Any], bool], slow: Callable[[Value, Value], Value], left: Code, fixed: Value
) -> Code:
    kind, name, run = type(fixed), left.name, left.run
    if name is None:

        def compare_result(env: Env) -> Value:
            value = run(env)
            if type(value) is kind:
                return fast(value, fixed)
            return value if type(value) is Unknown else slow(value, fixed)

        return Code(compare_result)
    missing = Unknown(frozenset((name,)))

    def compare_fact(env: Env) -> Value:
        try:
            value = env[name]
        except KeyError:
            return missing
        if type(value) is kind:
            return fast(value, fixed)
        # Unknown for the same facts; slow would find that out the long way.
        return value if type(value) is Unknown else slow(value, fixed)

    return Code(compare_fact)


class Test:
    """One test of ``in``: decides a value in an environment."""

    __slots__ = ("constant", "decide")

    def __init__(self, decide: Callable[[Value, Env], Value], constant: Value = ..., /) -> None:  # type: ignore[assignment]
        self.decide = decide
        #: The value of a test that is a constant value or range; ``...`` for any other.
        self.constant = constant


def operator_test(operator: str, operand: Code) -> Test:
    """``< 10``"""
    run = operand.run
    return Test(lambda value, env: compare(operator, value, run(env)))


def value_test(test: Code) -> Test:
    """A value, a list or a range."""
    run = test.run
    if test.constant:
        fixed = test.value
        return Test(lambda value, env: holds(value, fixed), fixed)
    return Test(lambda value, env: holds(value, run(env)))


def range_test(low: Code, high: Code, low_closed: bool, high_closed: bool) -> Test:
    """A range that is written out: unlike a range as a value it may have an end that is null or unknown."""
    if low.constant and high.constant and not _absent(low.value) and not _absent(high.value):
        return value_test(apply(lambda a, b: Range(a, b, low_closed, high_closed), low, high))
    low_run, high_run = low.run, high.run
    return Test(lambda value, env: in_ends(value, low_run(env), high_run(env), low_closed, high_closed))


def _absent(value: Value) -> bool:
    return value is None or isinstance(value, Unknown)


def membership(operand: Code, tests: list[Test]) -> Code:
    """``operand in (tests)``"""
    run = operand.run
    constants = [test.constant for test in tests]
    fast = None if ... in constants else _fast(constants)
    decides = [test.decide for test in tests]

    def slow(value: Value, env: Env) -> Value:
        if len(decides) == 1:
            return decides[0](value, env)
        return any_of(decide(value, env) for decide in decides)

    if operand.constant:
        value = operand.value
        if ... not in constants:
            return apply(lambda fixed: slow(fixed, {}), operand)
        return Code(lambda env: slow(value, env))
    if fast is None:
        return Code(lambda env: slow(run(env), env))
    kind, decide_known = fast
    if operand.name is not None:
        name, missing = operand.name, Unknown(frozenset((operand.name,)))

        def decide_fact(env: Env) -> Value:
            try:
                value = env[name]
            except KeyError:
                return missing
            if type(value) is kind:
                return decide_known(value)
            return value if type(value) is Unknown else slow(value, env)

        return Code(decide_fact)

    def decide(env: Env) -> Value:
        value = run(env)
        return decide_known(value) if type(value) is kind else slow(value, env)

    return Code(decide)


def _fast(constants: list[Any]) -> tuple[type, Callable[[Any], bool]] | None:
    """For constants of one kind: that kind, and a decision for values of it."""
    if len(constants) == 1 and isinstance(constants[0], tuple):
        constants = list(constants[0])
    kinds = {type(value) for value in constants}
    if len(kinds) == 1:
        kind = kinds.pop()
        if kind in (*ORDERED, bool):
            return kind, frozenset(constants).__contains__
        if kind is Range and len(constants) == 1:
            return _fast_range(constants[0])
    return None


def _fast_range(span: Range) -> tuple[type, Callable[[Any], bool]] | None:
    low: Any = span.low
    high: Any = span.high
    kind = type(low)
    if kind is not type(high) or kind not in ORDERED:
        return None
    if span.low_closed:
        return kind, (lambda v: low <= v <= high) if span.high_closed else (lambda v: low <= v < high)
    return kind, (lambda v: low < v <= high) if span.high_closed else (lambda v: low < v < high)


def choice(condition: Code, yes: Code, no: Code, merge: Callable[[Unknown, Value, Value], Value]) -> Code:
    """``if``: null counts as false; with an unknown condition ``merge`` makes one value of the two branches."""
    if condition.constant and not isinstance(condition.value, Unknown):
        return yes if condition.value is True else no
    decide, run_yes, run_no = condition.run, yes.run, no.run

    def run(env: Env) -> Value:
        truth = decide(env)
        if truth is True:
            return run_yes(env)
        if isinstance(truth, Unknown):
            return merge(union(truth), run_yes(env), run_no(env))
        return run_no(env)

    return Code(run)
