"""Where a run's units come from: tables that are scanned, or fact sheets of files that are read cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import polars as pl

from engine.batch.canonical import Canonical
from engine.batch.layout import PLACES, ROW, UNIT, Layout, Stored, known_column, stale_column, usual_layout
from engine.batch.parts import PLACE, TYPES, UNIT_NAME, Part, Parts
from engine.batch.spool import spooled
from engine.batch.tables import Table, files_in, is_columnar, open_table
from engine.batch.uses import Uses, needed
from engine.facts.collected import Collected
from engine.facts.read import read
from engine.facts.refused import DataError, FileRefused
from engine.facts.sheet import DataProblem, FactSheet, Reading, Row, Source
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, Program
from engine.language.values import Unknown, Value

#: Units that are read the other way at a time.
_AT_A_TIME = 20_000


class InputFile(NamedTuple):
    """A file that was read: a table of units, or of the rows of ``register``; of ``rows``, where it is one table."""

    file: str
    register: str | None
    rows: int | None


class UnitSource(Protocol):
    """The units of a run. ``rows_read``: rows of unit tables, of which ``rejected`` name no unit and ``merged`` are a
    further row of a unit that has one. ``streamed``: only a part of the data is in memory at a time."""

    layout: Layout
    problems: list[DataProblem]
    streamed: bool

    @property
    def files(self) -> Sequence[InputFile]: ...

    @property
    def rows_read(self) -> int: ...

    @property
    def rejected(self) -> int: ...

    @property
    def merged(self) -> int: ...

    def __len__(self) -> int: ...

    def part(self, number: int) -> Part:
        """Some of the units, in order."""
        ...

    def sheets(self, ids: Sequence[str]) -> Iterator[FactSheet]:
        """The fact sheets of some units, in the order of the data; notes problems on the way."""
        ...

    def rows(self, register: str, ids: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        """The rows of one register of some units, with where each stands."""
        ...

    @property
    def unlisted(self) -> Mapping[str, int]:
        """Units that only registers mention, with their places."""
        ...


def open_source(program: Program, paths: Sequence[Path], uses: Uses, size: int, spool: Path) -> UnitSource:
    """The units of some files and folders. ``uses``: what of them is needed; ``spool``: a folder for copies.

    Raises DataError if a path does not exist or nothing can be read.
    """
    missing = [
        DataProblem(Source(path.as_posix()), "data.no-such-file") for path in paths if not path.exists()
    ]
    if missing:
        raise DataError(missing)
    files = files_in(paths)
    if files and all(is_columnar(path) for path in files):
        return TableSource(program, files, uses, size, spool)
    return SheetSource(program, paths, uses, size)


class TableSource:
    """Tables that are scanned."""

    streamed = True

    def __init__(self, program: Program, files: Sequence[Path], uses: Uses, size: int, spool: Path) -> None:
        self._policy = program.policy
        collected = Collected()
        tables: list[Table] = []
        for number, path in enumerate(files):
            file = path.as_posix()
            try:
                table = open_table(path, file, program.policy, collected)
                if table is not None:
                    tables.append(spooled(table, spool / f"{number:03d}", collected))
            except FileRefused as refused:
                collected.problem(None, Source(file, path=refused.place), refused.key, refused.params)
        self.problems: list[DataProblem] = [problem for _, problem in collected.problems]
        self._tables = tables
        units = [table for table in tables if table.register is None]
        if not units:
            self.problems += [
                DataProblem(
                    Source(table.file),
                    "data.only-register",
                    {"name_zh": table.register.name.zh, "name_en": table.register.name.en},
                )
                for table in tables
                if table.register is not None
            ]
            raise DataError(self.problems)
        registers: dict[str, list[Table]] = {}
        for table in tables:
            if table.register is not None:
                registers.setdefault(table.register.id, []).append(table)
        facts, columns = uses.frozen()
        canonical = Canonical(program.policy, program.as_of, units, registers, facts, columns, uses.reasons)
        self.layout = canonical.layout()
        self._parts = Parts(canonical, self.layout, size, spool / "parts")

    @cached_property
    def rows_read(self) -> int:
        """Rows of all unit tables."""
        return self._parts.rows_read

    @cached_property
    def files(self) -> Sequence[InputFile]:
        """See UnitSource."""
        return [
            InputFile(
                table.file,
                None if table.register is None else table.register.id,
                int(table.frame.select(pl.len()).collect().item()),
            )
            for table in self._tables
        ]

    @cached_property
    def _strays(self) -> Reading | None:
        """What the other reader makes of the rows without a plain id; None if there are none."""
        if not self._parts.nameless:
            return None
        files = self._files
        found = read(list(files), self._policy, display=lambda path: files[path], only=self._parts.strange)
        self.problems += found.problems
        return found

    @cached_property
    def rejected(self) -> int:
        """Rows that name no unit."""
        return 0 if self._strays is None else self._strays.rows_rejected

    @cached_property
    def merged(self) -> int:
        """Rows of units that have an earlier one."""
        listed = self._parts.plainly_listed()
        if self._strays is not None:
            more = {sheet.unit for sheet in self._strays.sheets if not _only_in_registers(sheet)}
            listed += len(more) - self._parts.plainly_listed(more)
        return self.rows_read - self.rejected - listed

    @property
    def _files(self) -> Mapping[Path, str]:
        return {table.spool or table.path: table.file for table in self._tables}

    def __len__(self) -> int:
        return len(self._parts)

    def part(self, number: int) -> Part:
        """See UnitSource."""
        return self._parts.part(number)

    @property
    def unlisted(self) -> Mapping[str, int]:
        """See UnitSource."""
        return self._parts.unlisted

    def sheets(self, ids: Sequence[str]) -> Iterator[FactSheet]:
        """See UnitSource. The files are gone through once for every twenty thousand units."""
        files = self._files
        waiting = iter(ids)
        while some := frozenset(islice(waiting, _AT_A_TIME)):
            reading = read(list(files), self._policy, display=lambda path: files[path], only=some)
            self.problems += reading.problems
            yield from reading.sheets

    def rows(self, register: str, ids: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        """See UnitSource."""
        files = {
            table.spool or table.path: table.file
            for table in self._tables
            if table.register is not None and table.register.id == register
        }
        found = read(list(files), self._policy, display=lambda path: files[path], only=frozenset(ids))
        return {sheet.unit: sheet.registers.get(register, ()) for sheet in found.sheets}


def _only_in_registers(sheet: FactSheet) -> bool:
    return any(problem.key.startswith("data.unit-not-listed") for problem in sheet.problems)


class SheetSource:
    """Fact sheets of workbooks and other files that are read cell by cell."""

    streamed = False

    def __init__(self, program: Program, paths: Sequence[Path], uses: Uses, size: int) -> None:
        reading = read(paths, program.policy)
        self._sheets = {sheet.unit: sheet for sheet in reading.sheets}
        self._order = list(self._sheets)
        self._contexts = ContextBuilder(program)
        self._size = size
        self._reasons = uses.reasons
        self.layout = needed(usual_layout(program.policy), uses)
        self.problems: list[DataProblem] = list(reading.problems)
        self.files = [InputFile(path.as_posix(), None, None) for path in files_in(paths)]
        self.rows_read = reading.rows_read + reading.rows_rejected
        self.rejected = reading.rows_rejected
        self.merged = reading.rows_read - reading.units_listed

    def __len__(self) -> int:
        return max(1, -(-len(self._order) // self._size))

    @property
    def unlisted(self) -> Mapping[str, int]:
        """Every unit that is mentioned has a sheet here."""
        return {}

    def part(self, number: int) -> Part:
        """See UnitSource."""
        first = number * self._size
        ids = self._order[first : first + self._size]
        contexts = {id_: self._contexts.context(self._sheets[id_]) for id_ in ids}
        odd = {
            id_: first + i
            for i, id_ in enumerate(ids)
            if self._sheets[id_].problems
            or contexts[id_].conflicts
            or not _storable(contexts[id_].values, self.layout)
        }
        plain = [(first + i, id_) for i, id_ in enumerate(ids) if id_ not in odd]
        values = [(id_, contexts[id_].values) for _, id_ in plain]
        units = unit_table(self.layout, values).with_columns(
            pl.Series(PLACE, [place for place, _ in plain], dtype=pl.Int64),
            pl.Series(UNIT_NAME, [self._sheets[id_].name or None for _, id_ in plain], dtype=pl.String),
        )
        if self._reasons:
            units = units.with_columns(_stale([contexts[id_] for _, id_ in plain], self.layout))
        registers = {
            id_: register_table(id_, columns, values) for id_, columns in self.layout.registers.items()
        }
        return Part(units, registers, odd, len(ids))

    def sheets(self, ids: Sequence[str]) -> Iterator[FactSheet]:
        """See UnitSource."""
        for id_ in ids:
            yield self._sheets[id_]

    def rows(self, register: str, ids: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        """See UnitSource."""
        return {id_: self._sheets[id_].registers.get(register, ()) for id_ in ids}


# ------------------------------------------------------------------------------------------- values as tables

Values = Sequence[tuple[str, Mapping[str, Value]]]


def unit_table(layout: Layout, units: Values) -> pl.DataFrame:
    """The unit table of (id, values): each fact a column, unknown null."""
    data: dict[str, list[Any]] = {UNIT: [id_ for id_, _ in units]}
    schema: dict[str, Any] = {UNIT: pl.String}
    for id_, stored in layout.facts.items():
        schema[id_] = TYPES[stored.storage]
        data[id_] = [_cell(values[id_], stored) for _, values in units]
    for id_ in layout.registers:
        schema[known_column(id_)] = pl.Boolean
        data[known_column(id_)] = [not isinstance(values[id_], Unknown) for _, values in units]
    return pl.DataFrame(data, schema=schema)


def register_table(register: str, columns: Mapping[str, Stored], units: Values) -> pl.DataFrame:
    """The rows of a register of all units for which it is known."""
    data: dict[str, list[Any]] = {UNIT: [], ROW: [], **{column: [] for column in columns}}
    for id_, values in units:
        rows: Any = values[register]
        if isinstance(rows, Unknown):
            continue
        for number, row in enumerate(rows, start=1):
            data[UNIT].append(id_)
            data[ROW].append(number)
            for column, stored in columns.items():
                data[column].append(_cell(row[column], stored))
    types = {column: TYPES[stored.storage] for column, stored in columns.items()}
    return pl.DataFrame(data, schema={UNIT: pl.String, ROW: pl.Int64, **types})


def _stale(contexts: Sequence[Context], layout: Layout) -> list[pl.Series]:
    """Which facts and registers of the units are past their shelf life, for those of which any are."""
    old = {id_ for context in contexts for id_, reason in context.reasons.items() if reason == "stale"}
    return [
        pl.Series(stale_column(id_), [context.reasons.get(id_) == "stale" for context in contexts])
        for id_ in sorted(old & (layout.facts.keys() | layout.registers.keys()))
    ]


def _cell(value: Value, stored: Stored) -> Any:
    if isinstance(value, Unknown):
        return None
    if isinstance(value, Decimal):
        return int(value.scaleb(stored.scale)) if stored.storage == "whole" else float(value)
    return value


def _storable(values: Mapping[str, Value], layout: Layout) -> bool:
    """Whether every number has few enough places and digits for its column."""
    numbers = [id_ for id_, stored in layout.facts.items() if stored.storage == "whole"]
    if not all(_fits(values[id_]) for id_ in numbers):
        return False
    for id_, columns in layout.registers.items():
        rows: Any = values[id_]
        if not isinstance(rows, Unknown):
            amounts = [column for column, stored in columns.items() if stored.storage == "whole"]
            if not all(_fits(row[column]) for row in rows for column in amounts):
                return False
    return True


def _fits(value: Value) -> bool:
    return not isinstance(value, Decimal) or (value == round(value, PLACES) and abs(value) < 10**12)
