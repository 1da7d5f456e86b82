"""Compiles filters and quantifiers: one expression evaluated for each element of a list.

The environment of an element holds no more than its expression reads: names of the row before those around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from engine.language.code import Code, Env, Run
from engine.language.compile_rows import Keep
from engine.language.kleene import all_of, any_of, union
from engine.language.lists import at_index
from engine.language.scope import ITEM
from engine.language.values import Interval, PartialList, Unknown, Value

#: Whether a filter's predicate decides elements, picks one by number, or either, which only its value tells.
FilterKind = Literal["predicate", "index", "open"]


class ElementScope:
    """Makes the environment for one element of a filtered list.

    ``names`` are all names that the predicate reads. ``folded`` are those that were compiled in as constants: a row
    that happens to have such a column needs ``fallback``, the predicate compiled without them.
    """

    def __init__(
        self,
        names: frozenset[str],
        folded: Mapping[str, Value],
        predicate: Run,
        fallback: Callable[[], Run] | None,
    ) -> None:
        self._names = names - folded.keys()
        self._order = tuple(sorted(self._names - {ITEM}))
        self._needs_item = ITEM in names
        self._folded = folded
        self._guard = frozenset(folded) if fallback is not None else frozenset()
        self._predicate = predicate
        self._make_fallback = fallback
        self._fallback: Run | None = None

    def decide_rows(self, rows: tuple[Value, ...], env: Env) -> list[Value]:
        """The predicate for each of ``rows``; plain rows that have all that is read take no detour."""
        names, predicate, guard = self._names, self._predicate, self._guard
        truths: list[Value] = []
        decide: Callable[[Value], Value] | None = None
        plain = not self._needs_item
        for row in rows:
            if plain and type(row) is dict and row.keys() >= names and guard.isdisjoint(row):
                truths.append(predicate(row))
            else:
                decide = decide or self.decider(env)
                truths.append(decide(row))
        return truths

    def decider(self, env: Env) -> Callable[[Value], Value]:
        """The predicate as a function of the element, inside ``env``."""
        names, predicate, guard, order = self._names, self._predicate, self._guard, self._order
        needs_item = self._needs_item
        frame: dict[str, Value] | None = None

        def decide(element: Any) -> Value:
            nonlocal frame
            row: Mapping[str, Value] | None
            # An exact dict is what rows usually are, and isinstance against Mapping takes ten times as long.
            row = element if type(element) is dict or isinstance(element, Mapping) else None
            if row is not None:
                if guard and not guard.isdisjoint(row):
                    return self._shadowed(env, element, row)
                if not needs_item and row.keys() >= names:
                    return predicate(row)
            if frame is None:
                frame = {name: env[name] for name in order if name in env}
            inner = {**frame, ITEM: element}
            if row is not None:
                inner.update(row)
            elif isinstance(element, Unknown):
                # What columns it has is not known either, so each name may be one of them.
                for name in order:
                    inner[name] = union(element)
            return predicate(inner)

        return decide

    def _shadowed(self, env: Env, element: Value, row: Mapping[str, Value]) -> Value:
        if self._fallback is None:
            assert self._make_fallback is not None
            self._fallback = self._make_fallback()
        frame = {name: env[name] for name in self._order if name in env}
        return self._fallback({**self._folded, **frame, ITEM: element, **row})


def filtered(
    source: Code, scope: ElementScope, is_open: bool, plain: Keep | None, begin: Callable[[], None] | None
) -> Code:
    """``source[predicate]``, where an open predicate may turn out to be a number.

    ``plain`` is the short way for ordinary rows, if there is one; ``begin`` is called first by an outermost loop.
    """
    run = source.run

    def keep(env: Env) -> Value:
        value = run(env)
        if type(value) is tuple:
            if not value:
                return value
            if plain is not None:
                try:
                    found = plain(value)
                except KeyError:  # a row without a column that is read
                    found = None
                if found is not None:
                    return found
            if begin is not None:
                begin()
            return _keep_some(value, scope, env, is_open)
        if type(value) is Unknown:
            return value
        if begin is not None:
            begin()
        return _keep_other(value, scope, env, is_open)

    return Code(keep)


def _keep_some(value: tuple[Value, ...], scope: ElementScope, env: Env, is_open: bool) -> Value:
    truths = scope.decide_rows(value, env)
    if is_open and (number := _number(truths)) is not None:
        return at_index(value, number)
    kept = []
    for element, truth in zip(value, truths, strict=True):
        if truth is True:
            kept.append(element)
        elif truth is not False and isinstance(truth, Unknown):
            return _partial([(e, True) for e in value], truths, ())
    return tuple(kept)


def _keep_other(value: Value, scope: ElementScope, env: Env, is_open: bool) -> Value:
    """Sources that are not plain lists; a single value stands for a list of itself."""
    if isinstance(value, PartialList):
        decide = scope.decider(env)
        truths = [decide(element) for element, _ in value.entries]
        if is_open and (number := _number(truths)) is not None:
            return at_index(value, number)
        return _partial(list(value.entries), truths, (value,))
    if isinstance(value, Unknown):
        return union(value)
    items: tuple[Value, ...] = () if value is None else (value,)
    truths = [scope.decider(env)(element) for element in items]
    if is_open and (number := _number(truths)) is not None:
        return at_index(value, number)
    if any(isinstance(truth, Unknown) for truth in truths):
        return _partial([(value, True)], truths, ())
    return items if truths == [True] else ()


def _number(truths: list[Value]) -> Value:
    """The number that an open predicate turns out to be; None if it decides elements.

    Unknown for every element, it may be either; then so is the result. Of an empty list nothing can be seen: it stays
    one, so that knowing more changes nothing.
    """
    for truth in truths:
        if isinstance(truth, Decimal | Interval):
            return truth
    return union(*truths) if truths and all(isinstance(truth, Unknown) for truth in truths) else None


def _partial(entries: list[tuple[Value, bool]], truths: list[Value], reasons: tuple[Value, ...]) -> Value:
    """Keeps what is true or may be; a plain list again if nothing about it is left open."""
    kept: list[tuple[Value, bool]] = []
    unknown: list[Value] = []
    for (element, certain), truth in zip(entries, truths, strict=True):
        if truth is True:
            kept.append((element, certain))
        elif isinstance(truth, Unknown):
            kept.append((element, False))
            unknown.append(truth)
    if all(certain for _, certain in kept):
        return tuple(element for element, _ in kept)
    return PartialList(tuple(kept), union(*reasons, *unknown).facts)


def quantified(
    kind: str,
    name: str,
    domain: Code,
    condition: Code,
    names: frozenset[str],
    begin: Callable[[], None] | None,
) -> Code:
    """``some name in domain satisfies condition``, or ``every``; an outermost loop calls ``begin`` first."""
    run, decide = domain.run, condition.run
    around = tuple(sorted(names - {name}))
    combine: Callable[[Iterable[Value]], Value] = any_of if kind == "some" else all_of
    deciding = kind == "some"

    def truths(entries: Iterable[tuple[Value, bool]], source: Value, env: Env) -> Iterable[Value]:
        frame = {other: env[other] for other in around if other in env}
        for element, certain in entries:
            truth = decide({**frame, name: element})
            # An element that is perhaps not there cannot decide the matter; if it is not there, it does not count.
            yield truth if certain or truth is (not deciding) else union(source, truth)

    def over(env: Env) -> Value:
        value = run(env)
        if begin is not None:
            begin()
        if isinstance(value, tuple):
            return combine(truths([(element, True) for element in value], value, env))
        if isinstance(value, PartialList):
            return combine(truths(value.entries, value, env))
        if isinstance(value, Unknown):
            return union(value)
        return None if value is None else combine(truths([(value, True)], value, env))

    return Code(over)
