"""The network of a policy as columns: strong Kleene logic, a node computed once however many rules share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import comb
from typing import TypeAlias

import narwhals as nw

from engine.batch.balanced import conjunction, disjunction, total
from engine.batch.scopes import Scope
from engine.batch.together import possible
from engine.inference import reference
from engine.inference.network import ChoiceTable, Network, Node, Truth

#: A truth that is the same for all units, or the name of a column of truths.
Place: TypeAlias = "Truth | str"
#: Up to this many ways to pick k of n, at-least-k-of-n is written out as and and or; beyond it is counted.
_WRITTEN_OUT = 60
#: How many conditions deep a condition is looked into for one that it repeats.
_LOOKED_INTO = 3
#: Up to this many rows of a table are tried two by two for whether they exclude one another.
_COMPARED = 12
#: What stands in a table's column where the hit policy was broken, before the numbers of the rows that were true.
BROKEN = "!"
#: Between the outcomes of a table that collects them.
AND = ","


@dataclass(frozen=True)
class _Inside:
    """A truth that is no column of its own but stands inside the one condition that asks for it. ``column``: if it is
    nothing but that column."""

    expr: nw.Expr
    reads: frozenset[str]
    column: str | None = None


def _columns(network: Network) -> frozenset[int]:
    """The nodes that are columns: what rules and tables say, and what is asked for more than once."""
    asked = Counter(i for node in network.nodes for i in node.inputs)
    found = {i for i, times in asked.items() if times > 1}
    found.update(network.rules.values())
    found.update(node for table in network.tables for node, _ in table.rows)
    # Whatever is counted is named several times in what counts it.
    found.update(i for node in network.nodes if node.kind == "at_least" for i in node.inputs)
    return frozenset(found)


class NetworkColumns:
    """The nodes of a network as columns of the unit table, made when asked for."""

    def __init__(self, network: Network, leaf: Callable[[int], Place], unit: Scope) -> None:
        self._network = network
        self._leaf = leaf
        self._places: dict[int, Place] = {}
        self._inside: dict[int, _Inside] = {}
        self._columns = _columns(network)
        self._unit = unit

    def place(self, index: int) -> Place:
        """Where the truth of a node stands."""
        waiting = [index]
        while waiting:
            here = waiting[-1]
            if here in self._places or (here in self._inside and here != index):
                waiting.pop()
                continue
            node = self._network.nodes[here]
            if node.kind == "leaf":
                self._places[here] = self._leaf(here)
                continue
            below = [i for i in node.inputs if i not in self._places and i not in self._inside]
            if below:
                waiting += below
                continue
            found = self._made(node)
            if isinstance(found, _Inside) and (here == index or here in self._columns):
                found = self._unit.let(found.expr, found.reads, name=f":n{here}")
            if isinstance(found, _Inside):
                self._inside[here] = found
            else:
                self._places[here] = found
            waiting.pop()
        return self._places[index]

    def _made(self, node: Node) -> Place | _Inside:
        # What another condition of an `all` demands anyway need not be asked again: a category whose criteria each
        # belong to some kinds of unit belongs to these kinds without a further test.
        needed = [
            i
            for i in node.inputs
            if node.kind != "all" or not any(j != i and self._carries(j, i) for j in node.inputs)
        ]
        fixed: list[Truth] = []
        parts: list[_Inside] = []
        for i in needed:
            place = self._inside[i] if i not in self._places else self._places[i]
            if isinstance(place, _Inside):
                parts.append(place)
            elif isinstance(place, str):
                parts.append(_Inside(nw.col(place), frozenset((place,)), place))
            else:
                fixed.append(place)
        if not parts:
            return _constant(node, fixed)
        exprs = [part.expr for part in parts]
        reads = frozenset(name for part in parts for name in part.reads)
        if node.kind == "at_least":
            found = _at_least(node, fixed, exprs)
            return _Inside(found, reads) if isinstance(found, nw.Expr) else found
        decisive = node.kind != "all"
        if decisive in fixed:
            return node.kind == "any" if decisive else False
        if None in fixed:
            exprs.append(nw.lit(None, dtype=nw.Boolean))
        if len(exprs) == 1 and node.kind != "none":
            return parts[0].column or parts[0]
        expr = conjunction(exprs) if node.kind == "all" else disjunction(exprs)
        return _Inside(~expr if node.kind == "none" else expr, reads)

    def _carries(self, index: int, other: int, depth: int = _LOOKED_INTO) -> bool:
        """Whether a node is never truer than another, because each way to reach it goes through an ``all`` with that.

        Looks only so many conditions deep: it saves a little work for every unit, and may not cost much itself.
        """
        node = self._network.nodes[index]
        if index == other or (node.kind == "all" and other in node.inputs):
            return True
        if other > index or not depth:
            return False
        found = (self._carries(i, other, depth - 1) for i in node.inputs)
        if node.kind == "all":
            return any(found)
        several = node.kind == "any" or (node.kind == "at_least" and node.need > 0)
        return several and bool(node.inputs) and all(found)

    def truth(self, index: int) -> nw.Expr:
        """The truth of a node as an expression over the finished unit table."""
        place = self.place(index)
        return nw.col(place) if isinstance(place, str) else nw.lit(place, dtype=nw.Boolean)

    def choice(self, table: ChoiceTable) -> nw.Expr:
        """The outcome of a decision table: null if it is undecided, empty if there is none; several joined by ``AND``;
        ``BROKEN`` and the numbers of the rows, from 1, if they break the hit policy."""
        # An unknown truth counts as not true wherever a choice is made by it, so nothing has to be filled in.
        truths = [self.truth(node) for node, _ in table.rows]
        outcomes = [outcome for _, outcome in table.rows]
        decided = conjunction(~truth.is_null() for truth in truths)
        if table.hit_policy == "C":
            return nw.when(decided).then(_listed(truths, outcomes))
        rest: nw.Expr | None = nw.when(decided).then(nw.lit(""))
        if table.rows and not possible(self._network, {node: False for node, _ in table.rows}):
            rest = None
        if table.hit_policy == "F":
            wins = []
            for i, true in enumerate(truths):
                for j in range(i):
                    if outcomes[j] != outcomes[i]:
                        true = true & ~truths[j]
                wins.append(true)
            return _first(wins, outcomes, rest)
        clashes = [
            (one, truths[j])
            for i, one in enumerate(truths)
            for j in range(i)
            if (table.hit_policy == "U" or outcomes[i] != outcomes[j]) and self._together(table, i, j)
        ]
        chosen = _first(truths, outcomes, rest)
        if not clashes:
            return chosen
        broken = disjunction(one & other for one, other in clashes)
        numbers = _listed(truths, [str(i + 1) for i in range(len(truths))])
        return nw.when(broken).then(nw.concat_str([nw.lit(BROKEN), numbers])).otherwise(chosen)

    def _together(self, table: ChoiceTable, i: int, j: int) -> bool:
        """Whether two rows of a table may be true at once."""
        one, other = table.rows[i][0], table.rows[j][0]
        return len(table.rows) > _COMPARED or possible(self._network, {one: True, other: True})


def _constant(node: Node, inputs: list[Truth]) -> Truth:
    if node.kind == "at_least":
        return reference.at_least(node.need, inputs)
    return {"all": reference.all_of, "any": reference.any_of, "none": reference.none_of}[node.kind](inputs)


def _at_least(node: Node, fixed: list[Truth], given: list[nw.Expr]) -> nw.Expr | Truth:
    """k of n; inputs that are the same for all units only change the k."""
    need = node.need - fixed.count(True)
    open_inputs = fixed.count(None)
    if need <= 0:
        return True
    if need > len(given) + open_inputs:
        return False
    parts = given + [nw.lit(None, dtype=nw.Boolean)] * open_inputs
    if comb(len(parts), need) <= _WRITTEN_OUT:
        return _written_out(parts, need)
    low, high = (total(part.fill_null(unknown).cast(nw.Int32) for part in parts) for unknown in (False, True))
    return nw.when(low >= need).then(nw.lit(True)).otherwise(nw.when(high < need).then(nw.lit(False)))


def _written_out(parts: list[nw.Expr], need: int) -> nw.Expr:
    """At least ``need`` of the parts so far, for every need up to the one wanted; monotone, so exactly Kleene's."""
    reached: list[nw.Expr | None] = [None] * (need + 1)
    for count, part in enumerate(parts, start=1):
        for k in range(min(need, count), 0, -1):
            before = reached[k - 1]
            with_this = part if k == 1 else None if before is None else before & part
            if with_this is None:
                continue
            here = reached[k]
            reached[k] = with_this if here is None else here | with_this
    found = reached[need]
    assert found is not None
    return found


def _first(flags: list[nw.Expr], outcomes: list[str], otherwise: nw.Expr | None) -> nw.Expr:
    """The outcome of the first flag that is set; ``otherwise`` None: null."""
    found = otherwise
    for flag, outcome in reversed(list(zip(flags, outcomes, strict=True))):
        chosen = nw.when(flag).then(nw.lit(outcome))
        found = chosen if found is None else chosen.otherwise(found)
    assert found is not None
    return found


def _listed(flags: list[nw.Expr], words: list[str]) -> nw.Expr:
    """The words of the flags that are set, joined."""
    shown = [nw.when(flag).then(nw.lit(word)) for flag, word in zip(flags, words, strict=True)]
    return nw.concat_str(shown, separator=AND, ignore_nulls=True) if shown else nw.lit("")
