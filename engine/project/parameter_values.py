"""The values that a policy itself gives its parameters, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.language import compile, free_names
from engine.language.values import Value
from engine.project.policy import Policy


def dated_values(policy: Policy, id_: str) -> Iterator[tuple[date, Value]]:
    """Each dated value of a parameter; one that is computed from others with those in force on its first day."""
    for dated in policy.parameters[id_].values:
        yield dated.start, value_on(policy, id_, dated.start)


def value_on(policy: Policy, id_: str, day: date, above: frozenset[str] = frozenset()) -> Value:
    """The value in force on ``day``; None before the first. ``above``: the parameters that are asking for it."""
    dated = policy.parameters[id_].in_force(day)
    if dated is None or id_ in above:
        return None
    names = free_names(dated.expression)
    return compile(dated.expression)({name: value_on(policy, name, day, above | {id_}) for name in names})
