"""Reads what duties say about registers: which rows, dated by which column, and who a party is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.language import Date
from engine.language.syntax import Expr
from engine.project.conditions import ConditionReader
from engine.project.duty import DatedRows, Party, RowFilter
from engine.project.duty_models import RowsModel
from engine.project.policy import DecisionTable, Entry
from engine.project.reporting import Path
from engine.project.scope import column_names
from engine.project.texts import shown

#: How a rule file calls the unit that a duty is about.
THE_UNIT = ("本单位", "the unit")


class RowReader(ConditionReader):
    """Rows of registers and their columns."""

    def register(self, name: Any, path: Path) -> str | None:
        """The id of the register ``name``."""
        id_ = self.scope.canonical.get(name) if isinstance(name, str) else None
        if id_ in self.scope.registers:
            return id_
        known = [n for n, i in self.scope.canonical.items() if i in self.scope.registers]
        self.unknown("unknown-register", name, known, path)
        return None

    def column(self, register: str, name: str, path: Path, type_: type | None = None) -> str | None:
        """The id of a column; ``type_``: the language type that it must have."""
        names = column_names(self.scope.registers[register])
        if name not in names:
            self.unknown("unknown-column", name, names, path, register=register)
            return None
        id_ = names[name]
        found = self.scope.registers[register].columns[id_].language_type
        if type_ is not None and not isinstance(found, type_):
            code = "column-not-a-date" if type_ is Date else "column-of-wrong-type"
            self.report.at_value(self.document, path, code, found=name)
            return None
        return id_

    def row_filter(self, register: str, where: Mapping[str, Any], path: Path) -> RowFilter | None:
        """``where`` over ``register``; ``path`` is that of the mapping that has both keys."""
        tests: list[Expr] | None = self.where(dict(where), register, path)
        return (
            None if tests is None else RowFilter(register, tuple(tests), self.document.value_location(path))
        )

    def dated_rows(self, model: RowsModel, path: Path) -> DatedRows | None:
        """A register with its filter and its date column."""
        register = self.register(model.register_, (*path, "register"))
        if register is None:
            return None
        rows = self.row_filter(register, model.where, (*path, "where"))
        date = self.column(register, model.date, (*path, "date"), Date)
        return None if rows is None or date is None else DatedRows(rows, date, model.which)


class PartyReader:
    """Who may be named as an owner or an actor: posts, offices, the unit, and whoever a table names."""

    def __init__(
        self,
        reader: ConditionReader,
        organisation: Mapping[str, Mapping[str, Entry]],
        tables: Mapping[str, DecisionTable],
    ) -> None:
        self._reader = reader
        self._posts = organisation.get("posts", {})
        self._offices = organisation.get("offices", {})
        self._tables = {name: id_ for id_, t in tables.items() for name in (id_, t.name.zh)}

    def parties(self, names: list[str], path: Path) -> tuple[Party, ...]:
        """The parties named; those that do not exist are reported."""
        found = [self._party(name, (*path, i)) for i, name in enumerate(names)]
        return tuple(party for party in found if party is not None)

    def _party(self, name: str, path: Path) -> Party | None:
        if name in THE_UNIT:
            return Party("unit", "")
        if name in self._posts:
            return Party("post", name)
        if name in self._offices:
            return Party("office", name)
        if name in self._tables:
            return Party("table", self._tables[name])
        known = [*self._posts, *self._offices, *self._tables, THE_UNIT[0]]
        self._reader.unknown("unknown-party", shown(name), known, path)
        return None
