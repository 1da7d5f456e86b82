"""What a comparison needs of one unit: its group, its number, whether a condition holds, each as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, product

from engine.facts.sheet import FactSheet
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Program, ReadyComparison
from engine.inference.leaves import MAX_COMBINATIONS, LeafDecider
from engine.inference.network import Truth
from engine.inference.reference import Reference
from engine.language import LanguageError
from engine.language.arithmetic import bounds_of
from engine.language.values import Unknown, Value
from engine.project.policy import UNIT_KIND

#: The least and the greatest that a number can be; None: no bound.
Ends = tuple[Decimal | None, Decimal | None]
NO_ENDS: Ends = (None, None)


@dataclass(frozen=True, slots=True)
class Measured:
    """One unit in one comparison, before it is compared.

    ``covered``: whether the plan covers it. ``group``: its value of each fact that groups go by, None where unknown.
    ``ends``: of a ranking's number. ``holds``: of a share's condition. ``group_needs`` and ``needs``: the facts that are
    missing for the group, and for the number or condition.
    """

    covered: Truth
    group: tuple[Value, ...]
    ends: Ends = NO_ENDS
    holds: Truth = None
    group_needs: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    @property
    def placed(self) -> bool:
        """Whether it surely belongs to the group that it names."""
        return self.covered is True and None not in self.group


class Measuring:
    """Measures units for all comparisons of a program; quotas go by their ranking's."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._contexts = ContextBuilder(program)
        self._ready = tuple(ready for ready in program.comparisons if ready.value or ready.node is not None)
        self._nodes = [ready.node for ready in self._ready if ready.node is not None]
        self._decider = LeafDecider(program, self._contexts)
        self._reference = Reference(program.network)

    def measure(self, sheet: FactSheet) -> dict[str, Measured]:
        """Comparison id → what it needs of the unit. What goes beyond a limit of the language is not known."""
        nothing_of_others = replace(sheet, standings=None)
        try:
            context = self._contexts.context(nothing_of_others)
            truths: tuple[Truth, ...] = ()
            open_facts: Mapping[int, frozenset[str]] = {}
            if self._nodes:
                leaves, open_facts = self._decider.decide(context)
                truths = self._reference.conclude(leaves).truths
            return {
                ready.comparison.id: self._one(ready, context, truths, open_facts) for ready in self._ready
            }
        except LanguageError:
            nothing = self._contexts.nothing_known()
            blank = (None,) * len(self._program.network.nodes)
            return {ready.comparison.id: self._one(ready, nothing, blank, {}) for ready in self._ready}

    def _one(
        self,
        ready: ReadyComparison,
        context: Context,
        truths: tuple[Truth, ...],
        open_facts: Mapping[int, frozenset[str]],
    ) -> Measured:
        group, missing = [], set[str]()
        for name in ready.comparison.among:
            value = context.values[name]
            if isinstance(value, Unknown) or value is None:
                missing |= value.facts if isinstance(value, Unknown) else {name}
                value = None
            group.append(value)
        covered = self._covered(context)
        if covered is None:
            missing.add(UNIT_KIND)
        found = Measured(covered, tuple(group), group_needs=frozenset(missing))
        if ready.value is not None:
            ends, needs = self._ends(ready, context)
            return replace(found, ends=ends, needs=needs)
        assert ready.node is not None
        holds = truths[ready.node]
        needs = frozenset(self._unknown(ready.node, truths, open_facts)) if holds is None else frozenset()
        return replace(found, holds=holds, needs=needs)

    def _covered(self, context: Context) -> Truth:
        """Whether the plan covers the unit's kind; where sources disagree, whether it covers all that they say."""
        kinds = self._program.policy.kinds
        kind = context.values[UNIT_KIND]
        said: list[Value] = [kind]
        if UNIT_KIND in context.conflicts:
            said = [o.value for o in context.conflicts[UNIT_KIND].observations]
        scopes = {kinds[one].in_scope if isinstance(one, str) and one in kinds else None for one in said}
        return next(iter(scopes)) if len(scopes) == 1 else None

    def _ends(self, ready: ReadyComparison, context: Context) -> tuple[Ends, frozenset[str]]:
        """What the number can be; where sources disagree, from the least to the greatest that they make of it."""
        assert ready.value is not None
        names = sorted(ready.reads & context.conflicts.keys())
        found = [ready.value(values) for values in self._alternatives(context, names)]
        all_ends = [bounds_of(value) for value in found]
        unknown = frozenset[str]().union(*[v.facts for v in found if isinstance(v, Unknown)])
        if not found or any(ends is None for ends in all_ends):
            # A number that is null has no place among numbers; any of the facts that it stands on may settle it.
            return NO_ENDS, unknown or ready.reads
        lows, highs = zip(*[ends for ends in all_ends if ends is not None], strict=True)
        low = None if None in lows else min(lows)
        high = None if None in highs else max(highs)
        known = low is not None and low == high
        return (low, high), frozenset() if known else unknown | frozenset(names)

    def _alternatives(self, context: Context, names: list[str]) -> Iterator[Mapping[str, Value]]:
        """The context's values with each combination of what sources say of ``names``; none if there are too many."""
        if not names:
            yield context.values
            return
        said = [list(dict.fromkeys(o.value for o in context.conflicts[name].observations)) for name in names]
        combinations = list(islice(product(*said), MAX_COMBINATIONS + 1))
        if len(combinations) <= MAX_COMBINATIONS:
            for one in combinations:
                yield self._contexts.with_values(context, dict(zip(names, one, strict=True)))

    def _unknown(
        self, node: int, truths: tuple[Truth, ...], open_facts: Mapping[int, frozenset[str]]
    ) -> Iterator[str]:
        """The facts in the unknown branches below a node."""
        waiting, seen = [node], {node}
        while waiting:
            here = waiting.pop()
            if truths[here] is None:
                yield from open_facts.get(here, ())
                below = [i for i in self._program.network.nodes[here].inputs if i not in seen]
                seen.update(below)
                waiting += below
