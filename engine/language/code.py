"""What compiling gives: a function of the environment, or a constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.language.values import Value

#: The values of the names that are known. A name without an entry is unknown.
Env = Mapping[str, Value]
Run = Callable[[Env], Value]


class Code(NamedTuple):
    """A compiled expression. ``value`` is meaningful only if it is ``constant``."""

    run: Run
    constant: bool = False
    value: Value = None
    #: The name that it merely looks up, so that others can do so without a call.
    name: str | None = None


def constant(value: Value) -> Code:
    """Code that always gives ``value``."""
    return Code(lambda env: value, True, value)


def apply(function: Callable[..., Value], *arguments: Code) -> Code:
    """``function`` of the arguments' values, computed now if they are all constant."""
    if all(argument.constant for argument in arguments):
        return constant(function(*(argument.value for argument in arguments)))
    runs: tuple[Any, ...] = tuple(argument.run for argument in arguments)
    if len(runs) == 1:
        (only,) = runs
        return Code(lambda env: function(only(env)))
    if len(runs) == 2:
        first, second = runs
        if arguments[1].constant:
            fixed = arguments[1].value
            return Code(lambda env: function(first(env), fixed))
        return Code(lambda env: function(first(env), second(env)))
    return Code(lambda env: function(*[run(env) for run in runs]))
