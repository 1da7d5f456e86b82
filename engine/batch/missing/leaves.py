"""Which facts an unknown leaf waits for.

A leaf that reads a single fact waits for that fact, and one that reads a single register nobody filled in for that register.
Any other is asked itself, with the values of the unit, and says it just as the reference channel does; units with the same
values are asked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from engine.batch.layout import UNIT, Layout, known_column
from engine.batch.missing import masks
from engine.batch.missing.blanks import RowCondition, open_cells, row_condition
from engine.batch.missing.found import Found, flags
from engine.batch.missing.masks import Words
from engine.batch.missing.values import AT, Compute, Registers, derived_for, records
from engine.inference.evaluation import Program, ProgramLeaf
from engine.language import LanguageError, free_names
from engine.language.printing import to_text
from engine.language.values import Unknown, Value


@dataclass(frozen=True)
class OpenLeaf:
    """A leaf with all that its being unknown can rest on. ``facts`` and ``registers``: what it reads, through derived facts;
    ``reads``: what it waits for if a test has no result; ``compared``: it reads what a comparison with other units gives."""

    leaf: ProgramLeaf
    facts: tuple[str, ...]
    registers: tuple[str, ...]
    derived: Sequence[tuple[str, Compute]]
    rows: RowCondition | None
    compared: bool = False

    @property
    def single(self) -> str | None:
        """The one fact or register that it reads; None if there are several."""
        names = (*self.facts, *self.registers)
        return names[0] if len(names) == 1 and self.leaf.reads == {names[0]} else None


def open_leaf(program: Program, layout: Layout, index: int) -> OpenLeaf:
    """The leaf at a node."""
    policy, leaf = program.policy, program.leaves[index]
    expression = leaf.leaf.expression
    derived = derived_for(program, expression)
    columns = {id_: frozenset(register.columns) for id_, register in policy.registers.items()}
    names = free_names(expression, columns)
    names = names.union(*(free_names(policy.derived[id_].expression, columns) for id_, _ in derived))
    return OpenLeaf(
        leaf,
        tuple(id_ for id_ in layout.facts if id_ in names),
        tuple(id_ for id_ in layout.registers if id_ in names),
        derived,
        row_condition(program, layout, expression),
        bool(leaf.reads & policy.compared.keys()),
    )


class Asking:
    """Adds what unknown leaves wait for to ``found``. ``units``: the unit table, in the order of the sets in masks."""

    def __init__(self, layout: Layout, units: pl.DataFrame, registers: Registers, found: Found) -> None:
        self._layout = layout
        self._units = units
        self._numbers = units.select(UNIT, pl.int_range(pl.len(), dtype=pl.UInt32).alias(AT))
        self._registers = registers
        self._found = found
        self._one_by_one: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[OpenLeaf, Words]]] = {}

    def leaf(self, leaf: OpenLeaf, words: Words) -> None:
        """A leaf that is unknown, and waited for, where there is a set in ``words``."""
        if leaf.compared:
            # Whether the unit's own facts or others' leave it open, its standing says, which is made unit by unit.
            waiting = masks.some(words)
            self._found.failed.update([] if waiting is None else waiting.arg_true().to_list())
            return
        single = leaf.single
        if single is not None and leaf.facts:
            self._found.fact(single, words)
            return
        if not leaf.registers:
            self._by_values(leaf, words)
            return
        known = pl.repeat(False, self._units.height, eager=True)
        for register in leaf.registers:
            known = known | self._units[known_column(register)]
        unfilled = masks.where(~known, words)
        if single is not None:
            self._found.fact(single, unfilled)
        else:
            self._by_values(leaf, unfilled)
        filled = masks.where(known, words)
        if leaf.rows is not None and masks.any_of(filled):
            blank = self._registers.blank(leaf.rows.register, leaf.rows.columns, self._numbers)
            seen = open_cells(leaf.rows, self._layout, blank, filled, self._found)
            filled = masks.where(~seen, filled)
        if masks.any_of(filled):
            self._one_by_one.setdefault((leaf.facts, leaf.registers), []).append((leaf, filled))

    def finish(self) -> None:
        """Asks what can only be asked unit by unit."""
        for (facts, registers), leaves in self._one_by_one.items():
            self._by_unit(facts, registers, leaves)
        self._one_by_one = {}

    def _by_values(self, leaf: OpenLeaf, words: Words) -> None:
        """Leaves over facts alone, their registers being unknown: asked once for all units with the same values."""
        wanted = masks.some(words)
        if wanted is None or not (leaf.facts or leaf.registers):
            return
        at = wanted.arg_true()
        columns = list(leaf.facts)
        if not columns:
            answers = dict.fromkeys(at.to_list(), self._asked(leaf, {}))
            self._add(answers, words)
            return
        rows = self._units.select(columns)[at]
        different = rows.unique(maintain_order=True)
        sets: dict[frozenset[str] | None, int] = {}
        codes = [
            sets.setdefault(self._asked(leaf, values), len(sets))
            for values in records(different, columns, self._layout.facts)
        ]
        coded = different.with_columns(pl.Series(AT, codes, dtype=pl.Int32))
        code = rows.join(coded, on=columns, how="left", nulls_equal=True, maintain_order="left")[AT]
        for names, number in sets.items():
            mine = at.filter(code == number)
            if names is None:
                self._found.failed.update(mine.to_list())
                continue
            here = masks.where(flags(mine, self._units.height), words)
            for name in names:
                self._found.fact(name, here)

    def _by_unit(
        self,
        facts: tuple[str, ...],
        registers: tuple[str, ...],
        leaves: Sequence[tuple[OpenLeaf, Words]],
    ) -> None:
        wanted = [masks.some(words) for _, words in leaves]
        any_wanted = pl.repeat(False, self._units.height, eager=True)
        for flags_ in wanted:
            assert flags_ is not None
            any_wanted = any_wanted | flags_
        at = any_wanted.arg_true()
        answers: list[dict[int, frozenset[str] | None]] = [{} for _ in leaves]
        asked = [set() if flags_ is None else set(flags_.arg_true().to_list()) for flags_ in wanted]
        for unit, values in self._values(facts, registers, at):
            derived: set[str] = set()
            for number, (leaf, _) in enumerate(leaves):
                if unit not in asked[number]:
                    continue
                answers[number][unit] = self._asked(leaf, values, derived)
        for found, (_, words) in zip(answers, leaves, strict=True):
            self._add(found, words)

    def _values(
        self, facts: Sequence[str], registers: Sequence[str], at: pl.Series
    ) -> Iterator[tuple[int, dict[str, Value]]]:
        """The values of some units; their rows are those of registers that are known."""
        units = self._units[at]
        rows = {register: self._registers.rows(register, self._numbers[at]) for register in registers}
        known = {register: units[known_column(register)].to_list() for register in registers}
        given = list(records(units, facts, self._layout.facts)) if facts else [{} for _ in range(len(at))]
        for i, (unit, values) in enumerate(zip(at.to_list(), given, strict=True)):
            for register in registers:
                if known[register][i]:
                    values[register] = rows[register].get(unit, ())
            yield unit, values

    def _asked(
        self, leaf: OpenLeaf, values: dict[str, Value], derived: set[str] | None = None
    ) -> frozenset[str] | None:
        """What the leaf waits for with these values; None if it cannot be computed. ``derived``: the derived facts that
        ``values`` has already."""
        try:
            for name, compute in leaf.derived:
                if derived is None or name not in derived:
                    values[name] = compute(values)
                    if derived is not None:
                        derived.add(name)
            value = leaf.leaf.decide(values)
        except LanguageError:
            return None
        if isinstance(value, Unknown):
            return value.facts
        # What is decided here is unknown in the columns: the two would disagree.
        assert value is not True and value is not False, to_text(leaf.leaf.leaf.expression)
        return leaf.leaf.reads

    def _add(self, answers: Mapping[int, frozenset[str] | None], words: Words) -> None:
        self._found.failed.update(unit for unit, names in answers.items() if names is None)
        known = {unit: names for unit, names in answers.items() if names is not None}
        self._found.names(list(known), known.values(), words)
