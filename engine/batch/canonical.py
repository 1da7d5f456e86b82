"""Tables of files → the tables that a compiled policy runs on, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from engine.batch.columns import Odd, Read, Words, looked_up, read, storage, words_for
from engine.batch.layout import Layout, Stored, known_column
from engine.batch.tables import Table
from engine.facts.collected import Collected
from engine.facts.fixed import FixedColumns
from engine.facts.headings import UNIT_COLUMNS
from engine.facts.sheet import Source
from engine.facts.tables import FOOTERS
from engine.language.calendar import add_months
from engine.language.types import Date
from engine.language.values import Value
from engine.project.policy import UNIT_KIND, Fact, Policy, Register, Text

#: Columns beside the facts: rows that are read the other way, rows with a text not looked up yet, the day observed.
ODD, NEW, OBSERVED = ":odd", ":new", ":observed"
#: An id that every reader takes as it stands; a digit in it, so that it is no blank mark and no total.
PLAIN_ID = r"^[!-~\x{4E00}-\x{9FFF}]*[0-9][!-~\x{4E00}-\x{9FFF}]*$"
FOOTER = "^(" + "|".join(FOOTERS) + ")"
_HERE = Source("")


class Canonical:
    """Reads tables against a policy as of a date. ``used``: facts, and registers with their columns, that are needed;
    ``reasons``: whether a value past its shelf life is to be told from one that is not there."""

    def __init__(
        self,
        policy: Policy,
        as_of: date,
        units: Sequence[Table],
        registers: Mapping[str, Sequence[Table]],
        used_facts: frozenset[str],
        used_registers: Mapping[str, frozenset[str]],
        reasons: bool = False,
    ) -> None:
        self.policy = policy
        self.reasons = reasons
        self.units = units
        self.registers = registers
        self._facts = [fact for id_, fact in policy.facts.items() if id_ in used_facts]
        self._columns = {
            id_: [fact for column, fact in policy.registers[id_].columns.items() if column in columns]
            for id_, columns in used_registers.items()
        }
        zh, en, _ = UNIT_COLUMNS["observed"]
        self._observed = Fact(OBSERVED, Text(zh, en), "date", Date(), None)
        lives = {id_: fact.shelf_life for id_, fact in policy.facts.items()}
        lives |= {id_: register.shelf_life for id_, register in policy.registers.items()}
        self._oldest = {
            id_: add_months(as_of, -life.months) for id_, life in lives.items() if life is not None
        }
        self._words: dict[tuple[str, str], Words] = {}
        self._schemas: dict[Path, Mapping[str, Any]] = {}
        self._fixed = FixedColumns(policy, Collected())

    # ------------------------------------------------------------------------------------------------- layout

    def layout(self) -> Layout:
        """How the facts and columns that are needed will lie."""
        facts = {UNIT_KIND: Stored("text")}
        for fact in self._facts:
            facts[fact.id] = _common(fact, [self._kinds(t, "fact", fact.id) for t in self.units])
        registers = {
            id_: {
                fact.id: _common(fact, [self._kinds(t, "fact", fact.id) for t in self.registers.get(id_, ())])
                for fact in columns
            }
            for id_, columns in self._columns.items()
        }
        return Layout(facts, registers, days_are_numbers=True)

    def _kinds(self, table: Table, role: str, id_: str) -> list[Any]:
        if table.path not in self._schemas:
            self._schemas[table.path] = nw.from_native(table.frame).collect_schema()
        schema = self._schemas[table.path]
        return [schema[name] for name, h in table.headings.items() if h.role == role and h.id == id_]

    # -------------------------------------------------------------------------------------------------- words

    def _words_of(self, register: str, fact: Fact) -> Words:
        return self._words.setdefault((register, fact.id), words_for(fact))

    def _kind_words(self) -> Words:
        def meaning(text: str) -> Value:
            found = self._fixed.kind(text, _HERE, "", None, None)
            if found is not None and not found.readable:
                raise Odd
            return None if found is None else found.value

        return self._words.setdefault(("", UNIT_KIND), Words(meaning))

    def _status_words(self, register: Register) -> Words:
        def meaning(text: str) -> Value:
            collected = Collected()
            found = FixedColumns(self.policy, collected).status(text, _HERE, "", "", "")
            if collected.problems:
                raise Odd
            return found

        return self._words.setdefault(("", known_column(register.id)), Words(meaning))

    # ------------------------------------------------------------------------------------------------- tables

    def unit_columns(self, table: Table) -> Columns:
        """The columns of one unit table."""
        found = Columns(table)
        for name in table.of("kind"):
            found.add(UNIT_KIND, name, self._kind_words(), None)
        for register in self._columns:
            for name, heading in table.headings.items():
                if heading.role == "status" and heading.id == register:
                    found.add(
                        known_column(register),
                        name,
                        self._status_words(self.policy.registers[register]),
                        None,
                    )
        observed = found.observed(self._observed, self._words_of("", self._observed))
        for fact in self._facts:
            for name, heading in table.headings.items():
                if heading.role == "fact" and heading.id == fact.id:
                    found.add(fact.id, name, self._words_of("", fact), fact)
            if fact.id in self._oldest and observed is not None:
                found.drop_before(fact.id, observed, self._oldest[fact.id])
        return found

    def register_columns(self, id_: str, table: Table) -> Columns:
        """The columns of one table of a register's rows."""
        found = Columns(table)
        found.observed(self._observed, self._words_of("", self._observed))
        for fact in self._columns[id_]:
            for name, heading in table.headings.items():
                if heading.role == "fact" and heading.id == fact.id:
                    found.add(fact.id, name, self._words_of(id_, fact), fact)
        found.empty_rows([fact.id for fact in self._columns[id_]])
        return found

    def oldest(self, id_: str) -> date | None:
        """The first day on which a fact or register that was observed then is still fresh; None if it never grows old."""
        return self._oldest.get(id_)

    def register_facts(self, id_: str) -> Sequence[Fact]:
        """The columns of a register that are needed."""
        return self._columns[id_]

    @property
    def facts(self) -> Sequence[Fact]:
        """The facts that are needed."""
        return self._facts


def _common(fact: Fact, kinds: Iterable[list[Any]]) -> Stored:
    """How a fact lies that several tables have: as the first of them that has it in a simple form."""
    stored = [found for some in kinds for kind in some if (found := storage(fact, kind)) is not None]
    if not stored:
        return storage(fact, nw.String()) or Stored("text")
    if len(set(stored)) == 1:
        return stored[0]
    return max(stored, key=lambda s: (s.storage == "whole", s.scale))


class Columns:
    """The columns of one table while they are put together."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._schema = nw.from_native(table.frame).collect_schema()
        self.values: dict[str, nw.Expr] = {}
        self.stored: dict[str, Stored] = {}
        #: Where a value was left out for its age.
        self.stale: dict[str, nw.Expr] = {}
        #: Whether no id has to be looked at: all are known to be plain.
        self.plain_ids = False
        self._odd: list[nw.Expr] = []
        self._new: list[nw.Expr] = []
        #: The columns whose texts have to be looked up, with their words.
        self.looked_up: list[tuple[str, Words]] = []

    def add(self, id_: str, name: str, words: Words, fact: Fact | None) -> None:
        """A column of the file for a fact; None for the kind of unit and the status of a register."""
        kind = self._schema[name]
        found: Read | None
        if fact is None:
            target: Any = nw.String if id_ == UNIT_KIND else nw.Boolean
            stored = Stored("text" if id_ == UNIT_KIND else "boolean")
            found = looked_up(stored, nw.col(name).cast(nw.String), words, target)
        else:
            found = read(fact, nw.col(name), kind, words)
        if found is None:
            self._odd.append(~nw.col(name).is_null())
            return
        if id_ in self.values:
            # The heading stands there twice: two sources, which have to agree.
            self._odd.append(~(nw.col(name).is_null()))
            return
        self.values[id_], self.stored[id_] = found.value, found.stored
        if found.odd is not None:
            self._odd.append(found.odd)
        if found.new is not None:
            self._new.append(found.new)
            self.looked_up.append((name, words))

    def observed(self, fact: Fact, words: Words) -> nw.Expr | None:
        """The day of observation, of the first column that has it."""
        for name in self._table.of("observed"):
            self.add(OBSERVED, name, words, fact)
        return self.values.get(OBSERVED)

    def drop_before(self, id_: str, observed: nw.Expr, oldest: date) -> None:
        """Values observed before ``oldest`` are past their shelf life."""
        if id_ in self.values:
            fresh = observed.is_null() | (observed >= oldest)
            self.stale[id_] = ~(fresh | self.values[id_].is_null())
            self.values[id_] = nw.when(fresh).then(self.values[id_])

    def empty_rows(self, ids: Sequence[str]) -> None:
        """Entries without a value in any of ``ids`` may be empty altogether, which has to be said of their unit."""
        needed = [self.values[id_] for id_ in ids if id_ in self.values] or [
            nw.col(name) for name in self._table.of("fact")
        ]
        if needed:
            self._odd.append(reduce(lambda a, b: a & b, [value.is_null() for value in needed]))

    @property
    def unit(self) -> nw.Expr:
        """The id of the unit, as it stands."""
        return nw.col(self._table.unit).cast(nw.String)

    @property
    def odd(self) -> nw.Expr:
        """Rows that are read the other way."""
        if self.plain_ids:
            return reduce(lambda a, b: a | b, self._odd, nw.lit(False))
        plain = self.unit.str.contains(PLAIN_ID) & ~self.unit.str.contains(FOOTER)
        return reduce(lambda a, b: a | b, self._odd, ~plain.fill_null(False))

    @property
    def new(self) -> nw.Expr:
        """Rows with a text that was not looked up yet."""
        return reduce(lambda a, b: a | b, self._new, nw.lit(False))


def learn(columns: Columns, rows: pl.LazyFrame) -> None:
    """Looks up the texts of all columns that need it, in ``rows``."""
    names = list(dict.fromkeys(name for name, _ in columns.looked_up))
    for name, texts in zip(
        names, pl.collect_all([rows.select(pl.col(n).cast(pl.String).unique()) for n in names]), strict=True
    ):
        for other, words in columns.looked_up:
            if other == name and not words.full:
                words.learn(text for text in texts.to_series().to_list() if text is not None)
