"""The noun that the durable channel runs: positive rules over signed literals, cut into rulesets.

A *proposition* is something that can be true or false: first every node of the network, then every row of
every table and its "nothing applies", then one that always holds, then the intermediate ones. A *literal* is
a proposition with a sign, and is a plain number here: ``2 * proposition`` if true, ``2 * proposition + 1`` if
false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.inference.network import HitPolicy


@dataclass(frozen=True, slots=True)
class Literal:
    """A signed literal for people and explanations.

    ``id`` names it inside the program; ``node`` is set for a node's truth, ``table`` and ``row`` for a row of
    a table (``row`` None: no row applies), neither for an intermediate, which only ``text`` describes.
    """

    id: str
    text: str
    value: bool
    node: int | None = None
    table: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class DurableRule:
    """If all ``antecedents`` (at most 16 literals) hold, ``concludes`` does."""

    concludes: int
    antecedents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where a table's propositions are: rows from ``first`` on, then (not for C) "nothing applies"."""

    id: str
    hit_policy: HitPolicy
    outcomes: tuple[str, ...]
    first: int


@dataclass(frozen=True)
class DurableProgram:
    """A network compiled for durable-rules. Made by ``compile_network``.

    ``ids`` has the message id of every literal, ``always`` is the literal asserted for every unit, ``notes``
    describe the intermediate propositions, and ``rulesets`` are (start, stop) ranges of ``rules``, run in
    order: a rule's antecedents are concluded in the same range or an earlier one.
    """

    nodes: int
    leaves: tuple[int, ...]
    tables: tuple[TableLayout, ...]
    always: int
    notes: tuple[str, ...]
    ids: tuple[str, ...]
    rules: tuple[DurableRule, ...]
    rulesets: tuple[tuple[int, int], ...]

    @property
    def public(self) -> int:
        """How many propositions have a place on the board: the nodes and the rows of the tables."""
        return self.always // 2

    def literal(self, index: int) -> Literal:
        """The literal ``index`` as people read it: ``7 true``, ``leader row 2``, ``at least 2 of …``."""
        return self._literals[index]

    def rule_name(self, index: int) -> str:
        """A name for rule ``index``: what it concludes, and which of the rules that conclude it this is."""
        return self._rule_names[index]

    @cached_property
    def _literals(self) -> tuple[Literal, ...]:
        return tuple([self._describe(index) for index in range(len(self.ids))])

    def _describe(self, index: int) -> Literal:
        proposition, value = index // 2, index % 2 == 0
        id_ = self.ids[index]
        sign = "true" if value else "false"
        if proposition < self.nodes:
            return Literal(id_, f"{proposition} {sign}", value, node=proposition)
        if proposition == self.public:
            return Literal(id_, "always" if value else "never", value)
        if proposition > self.public:
            return Literal(id_, self.notes[proposition - self.public - 1], value)
        table = next(t for t in reversed(self.tables) if t.first <= proposition)
        row = proposition - table.first
        if row == len(table.outcomes):
            return Literal(id_, f"{table.id} nothing applies", value, table=table.id)
        left_out = "" if value else " left out"
        return Literal(id_, f"{table.id} row {row + 1}{left_out}", value, table=table.id, row=row)

    @cached_property
    def _rule_names(self) -> tuple[str, ...]:
        seen: dict[int, int] = {}
        names = []
        for rule in self.rules:
            seen[rule.concludes] = number = seen.get(rule.concludes, 0) + 1
            literal = self.literal(rule.concludes)
            # intermediates may read alike when their texts are shortened; their ids never are
            owner = literal.text if rule.concludes < self.always else f"{literal.id}: {literal.text}"
            names.append(f"{owner} ({number})")
        return tuple(names)

    def to_json(self) -> dict[str, Any]:
        """Plain lists, texts and numbers; ``from_json`` gives an equal program back."""
        return {
            "nodes": self.nodes,
            "leaves": list(self.leaves),
            "tables": [[t.id, t.hit_policy, list(t.outcomes), t.first] for t in self.tables],
            "always": self.always,
            "notes": list(self.notes),
            "ids": list(self.ids),
            "rules": [[rule.concludes, list(rule.antecedents)] for rule in self.rules],
            "rulesets": [list(ends) for ends in self.rulesets],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DurableProgram:
        """The inverse of ``to_json``."""
        return cls(
            nodes=data["nodes"],
            leaves=tuple(data["leaves"]),
            tables=tuple(TableLayout(i, h, tuple(outcomes), f) for i, h, outcomes, f in data["tables"]),
            always=data["always"],
            notes=tuple(data["notes"]),
            ids=tuple(data["ids"]),
            rules=tuple(DurableRule(concludes, tuple(given)) for concludes, given in data["rules"]),
            rulesets=tuple((start, stop) for start, stop in data["rulesets"]),
        )

    def listing(self) -> Iterator[str]:
        """The rules as text, one line each: ``2 true <- 0 true & 1 true``."""
        for rule in self.rules:
            given = " & ".join(self.literal(a).text for a in rule.antecedents)
            yield f"{self.literal(rule.concludes).text} <- {given}"
