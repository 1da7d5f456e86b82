"""A policy's screening as one SQL query, for data that stays in a warehouse: DuckDB says what the compiled columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

import narwhals as nw

from engine.batch import outputs
from engine.batch.layout import UNIT, usual_layout
from engine.batch.outputs import Output
from engine.batch.screening import Screening
from engine.batch.sql_tables import ODD, UNITS, SqlColumn, SqlTables, quoted, read_name
from engine.batch.stages import Plan
from engine.batch.uses import needed
from engine.inference.evaluation import Program

#: The tables of results that a query can give.
IN_SQL: tuple[Output, ...] = ("verdicts", "findings")
NOT_COMPUTED = "not_computed"
_STEP = re.compile(r'"__duckdb_s(\d+)"(?: AS NOT MATERIALIZED)?')


class NoSql(Exception):
    """Some rule has no columnar form. ``obstacles``: rule → the reason, a message's key."""

    def __init__(self, obstacles: Mapping[str, str]) -> None:
        super().__init__(", ".join(obstacles))
        self.obstacles = obstacles


class SameName(Exception):
    """Two ids of one table differ in capital letters only."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first, second)
        self.names = (first, second)


class SqlScreening:
    """A program as SQL. ``only``: the results wanted, of ``IN_SQL``.

    Raises NoSql if a rule that is wanted has no columnar form, SameName if SQL would confuse two ids, and
    ModuleNotFoundError without DuckDB.
    """

    def __init__(self, program: Program, only: Sequence[Output] = IN_SQL) -> None:
        layout = needed(usual_layout(program.policy), Plan(program, only, long=False).uses())
        self._screening = Screening(program, layout)
        columns: list[outputs.Column] = []
        if "verdicts" in only:
            columns += outputs.verdict_columns(self._screening)
        if "findings" in only:
            columns += outputs.finding_columns(self._screening)
        self._outputs = {c.name: c.expr for c in columns if c.name != "name"}
        if self._screening.obstacles:
            raise NoSql({obstacle.owner: obstacle.why for obstacle in self._screening.obstacles})
        self._tables = SqlTables(program, layout, self._screening.bounded)
        self._registers = list(layout.registers)
        _tell_apart(self.tables)
        for table in self.tables.values():
            _tell_apart(column.name for column in table)
        _tell_apart((UNIT, NOT_COMPUTED, *self._outputs))
        import_module("duckdb")

    @property
    def tables(self) -> Mapping[str, list[SqlColumn]]:
        """Table that is read → its columns."""
        return self._tables.wanted()

    @property
    def results(self) -> list[str]:
        """The columns of the result besides ``unit`` and ``not_computed``."""
        return list(self._outputs)

    def query(self) -> str:
        """The query: a row for each row of ``units``, ``not_computed`` where nothing can be said of it."""
        steps = [f"{quoted(name)} AS (\n{query}\n)" for name, query in self._tables.steps()]
        steps.append(f"screened AS (\n{self._screened()}\n)")
        found = ", ".join(f"s.{quoted(name)}" for name in self._outputs)
        last = (
            f"SELECT u.{UNIT}, u.{quoted(ODD)} AS {NOT_COMPUTED}, {found}\n"
            f"FROM {quoted(read_name(UNITS))} AS u\nLEFT JOIN screened AS s ON s.{UNIT} = u.{UNIT}"
        )
        return "WITH " + ",\n".join(steps) + "\n" + last

    def _screened(self) -> str:
        """What DuckDB makes of the screening, over tables that have the columns of the first steps."""
        import duckdb

        with duckdb.connect() as connection:
            for name, columns in self._tables.read().items():
                typed = ", ".join(f"{quoted(column)} {type_}" for column, type_ in columns)
                connection.execute(f"CREATE TABLE {quoted(name)} ({typed})")

            def table(name: str) -> Any:
                return connection.table(quoted(read_name(name)))

            units = table(UNITS).filter(f"NOT {quoted(ODD)}").project(f"* EXCLUDE {quoted(ODD)}")
            registers = {id_: nw.from_native(table(id_)) for id_ in self._registers}
            done = self._screening.run(nw.from_native(units), registers, self._outputs)
            written: str = done.to_native().sql_query()
        # Steps of the same names may stand around this query, and a hint that only some databases know is left out.
        return _STEP.sub(lambda found: f"step{found[1]}" + (" AS" if "AS" in found[0] else ""), written)


def _tell_apart(names: Iterable[str]) -> None:
    """Raises SameName if two names are one to SQL."""
    met: dict[str, str] = {}
    for name in names:
        other = met.setdefault(name.casefold(), name)
        if other != name:
            raise SameName(other, name)
