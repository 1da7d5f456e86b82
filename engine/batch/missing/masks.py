"""Sets of rules and tables as bits, one integer column for every sixty-three of them, carried down the network.

Which rules wait for a leaf depends on the unit: a branch that is decided keeps nobody waiting for what is below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from engine.batch.network import AND
from engine.inference.network import Network

#: Bits in a column: an Int64 without its sign.
_BITS = 63

#: Number of the column → its integers, one for each unit. A column that is not there has no bit for any unit.
Words = dict[int, pl.Series]


def add(words: Words, more: Mapping[int, pl.Series]) -> None:
    """Adds sets to sets, unit by unit."""
    for number, series in more.items():
        words[number] = words[number] | series if number in words else series


def where(flags: pl.Series, words: Mapping[int, pl.Series]) -> Words:
    """The sets of the units that are flagged, nothing for the others; ``flags`` has no nulls."""
    if not flags.any():
        return {}
    if flags.all():
        return dict(words)
    nothing = pl.Series([0], dtype=pl.Int64)
    return {number: series.zip_with(flags, nothing) for number, series in words.items()}


def some(words: Mapping[int, pl.Series]) -> pl.Series | None:
    """Where a set is not empty; None if there are no sets."""
    found: pl.Series | None = None
    for series in words.values():
        flags = series != 0
        found = flags if found is None else found | flags
    return found


def any_of(words: Mapping[int, pl.Series]) -> bool:
    """Whether any set is not empty."""
    found = some(words)
    return found is not None and bool(found.any())


class Waiting:
    """The rules and tables of a network, which wait for what is not known. ``rules``: those to be told of, in order;
    all tables follow them."""

    def __init__(self, network: Network, rules: Sequence[str]) -> None:
        self._network = network
        self._ids = [*rules, *(table.id for table in network.tables)]
        self._bit = {id_: (i // _BITS, 1 << i % _BITS) for i, id_ in enumerate(self._ids)}
        self._roots = [(id_, network.rules[id_]) for id_ in rules]
        self._texts: dict[tuple[int, ...], str] = {}
        below: set[int] = set()
        waiting = [node for _, node in self._roots]
        waiting += [node for table in network.tables for node, _ in table.rows]
        while waiting:
            index = waiting.pop()
            if index not in below:
                below.add(index)
                waiting += network.nodes[index].inputs
        #: The nodes that rules and tables rest on, each before those that it is made of.
        self.nodes = sorted(below, reverse=True)

    @property
    def columns(self) -> int:
        """How many integers a set takes at most."""
        return max(1, -(-len(self._ids) // _BITS))

    def on_leaves(
        self, unknown: Mapping[int, pl.Series | bool], undecided: Mapping[str, pl.Series], units: int
    ) -> Mapping[int, Words]:
        """For each leaf the rules and tables that wait for it, in every unit; leaves that nobody waits for are left out.

        ``unknown``: node → whether it is unknown, unit by unit or for all; ``undecided``: the same of each table.
        """
        waits: dict[int, Words] = {}
        for id_, node in self._roots:
            number, bit = self._bit[id_]
            own = pl.select(pl.repeat(bit, units, dtype=pl.Int64)).to_series()
            add(waits.setdefault(node, {}), {number: own})
        for table in self._network.tables:
            number, bit = self._bit[table.id]
            if undecided[table.id].any():
                own = undecided[table.id].cast(pl.Int64) * bit
                for node, _ in table.rows:
                    add(waits.setdefault(node, {}), {number: own})
        found: dict[int, Words] = {}
        for index in self.nodes:
            words = waits.pop(index, None)
            here = unknown[index]
            if not words or here is False:
                continue
            if here is not True:
                words = where(here, words)
            if not words:
                continue
            here_node = self._network.nodes[index]
            if here_node.kind == "leaf":
                found[index] = words
            for below in dict.fromkeys(here_node.inputs):
                add(waits.setdefault(below, {}), words)
        return found

    def text(self, *words: int) -> str:
        """The ids in a set, in order. ``words``: its integers."""
        if words not in self._texts:
            names = []
            for number, word in enumerate(words):
                while word:
                    names.append(self._ids[number * _BITS + (word & -word).bit_length() - 1])
                    word &= word - 1
            self._texts[words] = AND.join(names)
        return self._texts[words]
