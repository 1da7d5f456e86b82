"""Data in parts: some units at a time with all their rows, those that take no detour apart from those that do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from engine.batch.canonical import FOOTER, NEW, OBSERVED, ODD, PLAIN_ID, Canonical, Columns, learn
from engine.batch.layout import ROW, UNIT, Layout, Stored, known_column, stale_column
from engine.batch.native import translated
from engine.batch.partition import PartRows
from engine.batch.tables import Table
from engine.facts.folding import identifier, is_blank

#: The number of a unit among all units of the data, from 0: the order of results.
PLACE = ":place"
#: The number of a unit among those that its part was read with, in the unit table and in its rows of registers.
NUMBER = ":unit number"
UNIT_NAME = ":name"
TYPES: Mapping[str, Any] = {
    "boolean": pl.Boolean,
    "text": pl.String,
    "date": pl.Date,
    "whole": pl.Int64,
    "float": pl.Float64,
}


@dataclass(frozen=True)
class Part:
    """Some units. ``units`` and ``registers`` are ready for a compiled policy, ``odd`` are the ids of the units that have
    to be read the other way, with their places; ``rows``: how many rows of unit tables were read for it."""

    units: pl.DataFrame
    registers: Mapping[str, pl.DataFrame]
    odd: Mapping[str, int]
    rows: int


class Parts:
    """The data of a run, cut into parts of ``size`` rows of the unit table."""

    def __init__(self, canonical: Canonical, layout: Layout, size: int, folder: Path) -> None:
        self._canonical = canonical
        self._layout = layout
        self._size = size
        self._readers: dict[tuple[str, int], _Reader] = {}
        self._rows_of = {
            (id_, number): PartRows(table, lambda: self._ids_in_order, size, folder / id_ / str(number))
            for id_, tables in canonical.registers.items()
            for number, table in enumerate(tables)
        }

    def __len__(self) -> int:
        return max(1, -(-self.units_read // self._size))

    @cached_property
    def units_read(self) -> int:
        """Rows of the unit table, or units of several tables."""
        if self._spine is not None:
            return len(self._spine)
        return sum(int(t.frame.select(pl.len()).collect().item()) for t in self._canonical.units)

    @cached_property
    def rows_read(self) -> int:
        """Rows of all unit tables."""
        return sum(int(t.frame.select(pl.len()).collect().item()) for t in self._canonical.units)

    # --------------------------------------------------------------------------------------------- whose rows

    @cached_property
    def _spine(self) -> pl.Series | None:
        """The ids in order of first appearance, where several tables speak of the units; None for a single table."""
        tables = self._canonical.units
        if len(tables) == 1:
            return None
        ids = [_ids(table).collect().to_series() for table in tables]
        every = pl.concat(ids) if ids else pl.Series(UNIT, [], dtype=pl.String)
        return every.unique(maintain_order=True)

    @cached_property
    def _ids_in_order(self) -> pl.Series:
        """The ids of all units, in the order of their places."""
        return (
            self._spine if self._spine is not None else _ids(self._canonical.units[0]).collect().to_series()
        )

    @cached_property
    def _each_once(self) -> bool:
        """Whether there is one unit table, with a plain id in every row and none twice: then no id has to be looked at
        again, neither there nor in registers, of which only rows of these units are read."""
        if len(self._canonical.units) != 1:
            return False
        ids = _ids(self._canonical.units[0]).with_row_index(PLACE).collect()
        return bool(ids.select(_plain().fill_null(False).all()).item()) and not _doubled(ids)

    @cached_property
    def strange(self) -> frozenset[str]:
        """Ids in unit tables that are not written plainly, as they are then; and what is no id after all."""
        return frozenset(
            id_ for t in self._canonical.units for id_ in _strange(_ids(t).with_row_index(PLACE).collect())
        )

    @cached_property
    def nameless(self) -> bool:
        """Whether any row of a unit table has no plain id."""
        return not self._each_once and any(
            _ids(t).filter(~_plain().fill_null(False)).head(1).collect().height for t in self._canonical.units
        )

    def plainly_listed(self, among: Collection[str] | None = None) -> int:
        """How many different units unit tables name plainly; ``among``: only these are counted."""
        if among is None and self._each_once:
            return self.rows_read
        ids = pl.concat([_ids(table) for table in self._canonical.units]).filter(_plain().fill_null(False))
        if among is not None:
            ids = ids.filter(pl.col(UNIT).is_in(sorted(among)))
        return int(ids.select(pl.col(UNIT).n_unique()).collect().item())

    @cached_property
    def set_apart(self) -> Mapping[str, int]:
        """Ids that stand in more than one row of a table, or are not written plainly, with the place of the first."""
        found: dict[str, int] = {}
        spine = self._spine
        for table in () if self._each_once else self._canonical.units:
            ids = _ids(table).with_row_index(PLACE).collect()
            found |= _strange(ids)
            found |= _doubled(ids)
        for table in (table for some in self._canonical.registers.values() for table in some):
            ids = _ids(table).unique().with_columns(pl.lit(0).alias(PLACE)).collect()
            found = dict.fromkeys(_strange(ids), -1) | found
        if spine is not None:
            places = {
                id_: i
                for i, id_ in enumerate(spine.to_list())
                if id_ is not None and identifier(id_) in found
            }
            found |= {identifier(id_): place for id_, place in reversed(places.items())}
        unplaced = [id_ for id_, place in found.items() if place < 0]
        if unplaced and spine is None:
            found |= self._places(unplaced)
        return found

    def _places(self, ids: list[str]) -> dict[str, int]:
        """Where units stand in the one unit table; beyond its end if they do not."""
        (table,) = self._canonical.units
        rows = _ids(table).with_row_index(PLACE).filter(pl.col(UNIT).is_in(ids)).collect()
        there = dict(reversed(list(zip(rows[UNIT].to_list(), rows[PLACE].to_list(), strict=True))))
        return {id_: there.get(id_, len(self) * self._size) for id_ in ids}

    @cached_property
    def unlisted(self) -> Mapping[str, int]:
        """Units that only registers mention, with their places after all others."""
        tables = [table for some in self._canonical.registers.values() for table in some]
        if not tables:
            return {}
        end = len(self) * self._size
        listed = pl.concat([_ids(table) for table in self._canonical.units]).unique()
        found = (
            pl.concat([_ids(table) for table in tables]).unique().join(listed, on=UNIT, how="anti").collect()
        )
        ids = {identifier(id_) for id_ in found[UNIT].to_list() if id_ is not None}
        known = {id_ for id_, place in self.set_apart.items() if place < end}
        return {id_: end + i for i, id_ in enumerate(sorted(id_ for id_ in ids - known if not is_blank(id_)))}

    # ------------------------------------------------------------------------------------------------- a part

    def part(self, number: int) -> Part:
        """The part of that number, from 0."""
        first = number * self._size
        units, rows = self._units(first)
        units = units.with_row_index(NUMBER)
        ids = units.select(UNIT, NUMBER).unique(UNIT, keep="first", maintain_order=True)
        registers = {id_: self._rows(id_, number, ids) for id_ in self._layout.registers}
        units = self._with_known(units, registers)
        odd_rows = [frame[NUMBER].filter(frame[ODD]) for frame in (units, *registers.values())]
        odd = units[UNIT].gather(pl.concat(odd_rows).unique())
        apart = [id_ for id_, place in self.set_apart.items() if first <= place < first + self._size]
        strange, units_before = odd.to_list(), units.height
        if strange or self.set_apart:
            placed = units.filter(pl.col(UNIT).is_in(strange)).select(UNIT, PLACE).iter_rows()
            found = {identifier(id_): place for id_, place in placed if id_ is not None}
            found = {id_: place for id_, place in found.items() if id_ and not is_blank(id_)}
            found = {id_: place for id_, place in found.items() if id_ not in self.set_apart}
            found |= {id_: self.set_apart[id_] for id_ in apart}
            out = [*strange, *self.set_apart]
            units = units.filter(~pl.col(UNIT).is_in(out).fill_null(True))
            left = pl.repeat(False, units_before, eager=True).scatter(units[NUMBER], True)
            kept = pl.lit(left).gather(pl.col(NUMBER))
            registers = {id_: frame.filter(kept) for id_, frame in registers.items()}
        else:
            found = {}
        return Part(without(units, ODD), {id_: without(f, ODD) for id_, f in registers.items()}, found, rows)

    def _units(self, first: int) -> tuple[pl.DataFrame, int]:
        tables = self._canonical.units
        if len(tables) == 1:
            raw = tables[0].frame.slice(first, self._size)
            units = self._unit_rows(0, tables[0], raw)
            places = pl.int_range(first, first + units.height, dtype=pl.Int64, eager=True).alias(PLACE)
            return units.with_columns(places), units.height
        assert self._spine is not None
        ids = pl.DataFrame({UNIT: self._spine.slice(first, self._size)})
        joined = ids.with_columns(pl.int_range(first, first + ids.height, dtype=pl.Int64).alias(PLACE))
        joined = joined.with_columns(pl.lit(False).alias(ODD))
        rows = 0
        for number, table in enumerate(tables):
            raw = table.frame.filter(pl.col(table.unit).cast(pl.String).is_in(ids[UNIT].implode()))
            one = self._unit_rows(number, table, raw)
            rows += one.height
            joined = _merged(joined, one.unique(UNIT, keep="first", maintain_order=True))
        return joined, rows

    def _unit_rows(self, number: int, table: Table, raw: pl.LazyFrame) -> pl.DataFrame:
        columns = partial(self._canonical.unit_columns, table)
        return self._read(("", number), columns, table, raw, self._layout.facts)

    def _read(
        self,
        key: tuple[str, int],
        columns: Callable[[], Columns],
        table: Table,
        raw: pl.LazyFrame,
        wanted: Mapping[str, Stored],
    ) -> pl.DataFrame:
        """The rows of ``raw`` as facts, every text of them looked up."""
        if key not in self._readers:
            learn(columns(), raw)
        frame = raw.select(*self._reader(key, columns, table, wanted)).collect()
        if frame[NEW].any():
            learn(columns(), raw)
            frame = raw.select(*self._reader(key, columns, table, wanted)).collect()
        # Words beyond the number that are looked up stay new: their rows go the other way.
        return without(frame, NEW).with_columns((frame[ODD] | frame[NEW]).alias(ODD))

    def _reader(
        self, key: tuple[str, int], columns: Callable[[], Columns], table: Table, wanted: Mapping[str, Stored]
    ) -> tuple[pl.Expr, ...]:
        """The columns of a table as facts: made again only when more words are known than before."""
        kept = self._readers.get(key)
        if kept is None or kept.met != _words_met(kept.made):
            made = columns()
            made.plain_ids = self._each_once
            kept = self._readers[key] = _Reader(
                made, _words_met(made), translated(self._named(made, table, wanted))
            )
        return kept.exprs

    def _named(self, made: Columns, table: Table, wanted: Mapping[str, Stored]) -> Mapping[str, nw.Expr]:
        found = {UNIT: made.unit, ODD: made.odd, NEW: made.new}
        if table.register is None:
            names = table.of("name")
            found[UNIT_NAME] = (
                nw.col(names[0]).cast(nw.String).str.strip_chars() if names else nw.lit(None, dtype=nw.String)
            )
            for id_ in self._layout.registers:
                known = known_column(id_)
                found[known] = made.values.get(known, nw.lit(None, dtype=nw.Boolean))
            if self._canonical.reasons:
                found |= {stale_column(id_): old for id_, old in made.stale.items() if id_ in wanted}
        else:
            found[NUMBER] = nw.col(NUMBER)
        found[OBSERVED] = made.values.get(OBSERVED, nw.lit(None, dtype=nw.Date))
        for id_, stored in wanted.items():
            kind = _NW_TYPES[stored.storage]
            value = made.values.get(id_)
            if value is None:
                value = nw.lit(None, dtype=kind)
            elif made.stored[id_] != stored:
                value = _restored(value, made.stored[id_], stored)
            found[id_] = value.cast(kind)
        return found

    def _rows(self, register: str, part: int, ids: pl.DataFrame) -> pl.DataFrame:
        """The rows of a register of a part's units, numbered unit by unit. ``ids``: with the units' numbers."""
        columns = self._layout.registers[register]
        frames = []
        for number, table in enumerate(self._canonical.registers.get(register, ())):
            raw = self._rows_of[register, number].of(part, ids)
            made = partial(self._canonical.register_columns, register, table)
            frame = self._read((register, number), made, table, raw, columns)
            frames.append(frame.with_columns(pl.lit(number).alias("source")))
        if not frames:
            schema = {UNIT: pl.String, NUMBER: pl.UInt32, ODD: pl.Boolean, OBSERVED: pl.Date}
            types = {id_: TYPES[stored.storage] for id_, stored in columns.items()}
            return pl.DataFrame(schema={**schema, **types, ROW: pl.Int64})
        rows = pl.concat(frames)
        if len(frames) > 1:
            # The same entries in two files count once, which takes comparing rows: the other reader does that.
            several = pl.col("source").n_unique().over(NUMBER) > 1
            rows = rows.with_columns((pl.col(ODD) | several).alias(ODD))
        return rows.drop("source").with_columns(
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(NUMBER).alias(ROW)
        )

    def _with_known(self, units: pl.DataFrame, registers: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """Whether each register's rows are known: there are some, or it is said that there are none; and fresh."""
        for id_, rows in registers.items():
            known = known_column(id_)
            last = pl.col(OBSERVED).max().alias("last")
            counted = rows.group_by(NUMBER).agg(pl.lit(True).alias("there"), last)
            units = units.join(counted, on=NUMBER, how="left", maintain_order="left")
            there, said = pl.col("there").fill_null(False), pl.col(known)
            wrong = (there & ~said).fill_null(False) | (~there & said).fill_null(False)
            if len(self._canonical.units) > 1 and self._canonical.oldest(id_) is not None:
                wrong = wrong | said.is_not_null()  # of which table the day is, matters
            fresh: pl.Expr = pl.lit(True)
            oldest = self._canonical.oldest(id_)
            if oldest is not None:
                reported = pl.when(said.is_not_null()).then(pl.col(OBSERVED))
                day = pl.max_horizontal(pl.col("last"), reported)
                fresh = (day >= oldest).fill_null(True)
            filled = there | (~said).fill_null(False)
            more = [(filled & ~fresh).alias(stale_column(id_))] if self._canonical.reasons else []
            units = units.with_columns(
                (filled & fresh).alias(known), (pl.col(ODD) | wrong).alias(ODD), *more
            ).drop("there", "last")
        return units


_NW_TYPES: Mapping[str, Any] = {
    "boolean": nw.Boolean,
    "text": nw.String,
    "date": nw.Date,
    "whole": nw.Int64,
    "float": nw.Float64,
}


def _restored(value: nw.Expr, now: Stored, wanted: Stored) -> nw.Expr:
    """A number of one table as the others have it."""
    if now.storage == "whole" and wanted.storage == "whole":
        factor: int = 10 ** (wanted.scale - now.scale)
        return value * factor
    raise AssertionError


@dataclass(frozen=True)
class _Reader:
    """How the columns of one table are read while so many words are ``met``."""

    made: Columns
    met: int
    exprs: tuple[pl.Expr, ...]


def _words_met(made: Columns) -> int:
    return sum(len(words.known) + len(words.odd) for _, words in made.looked_up)


def without(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The other columns, as they are: other ways to leave one out copy them all."""
    return frame[[name for name in frame.columns if name != column]]


def _ids(table: Table) -> pl.LazyFrame:
    return table.frame.select(pl.col(table.unit).cast(pl.String).alias(UNIT))


def _plain() -> pl.Expr:
    """Whether an id is written so that every reader takes it as it stands."""
    return pl.col(UNIT).str.contains(PLAIN_ID) & ~pl.col(UNIT).str.contains(FOOTER)


def _strange(ids: pl.DataFrame) -> dict[str, int]:
    """Ids that have to be made plain first, as they are then, with the place of the first."""
    found: dict[str, int] = {}
    for place, id_ in ids.filter(~_plain()).select(PLACE, UNIT).iter_rows():
        made = identifier(id_)
        if made and not is_blank(made):
            found.setdefault(made, place)
    return found


def _doubled(ids: pl.DataFrame) -> dict[str, int]:
    """Ids that stand there more than once, with the place of the first."""
    column = ids[UNIT]
    if column.is_sorted() and not (column == column.shift(1)).any():
        return {}
    if column.hash().n_unique() == len(column):
        return {}
    twice = ids.filter(pl.col(UNIT).hash().is_duplicated() & pl.col(UNIT).is_not_null())
    if twice.is_empty():
        return {}
    counted = (
        twice.group_by(UNIT).agg(pl.col(PLACE).min(), pl.len().alias("count")).filter(pl.col("count") > 1)
    )
    return dict(zip(counted[UNIT].to_list(), counted[PLACE].to_list(), strict=True))


def _merged(units: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """The units with what one more table says; where it says something else than another, the unit is odd."""
    both = [c for c in more.columns if c in units.columns]
    ages = {stale_column(c) for c in both} & set(both)
    shared = [c for c in both if c not in (UNIT, ODD, OBSERVED, UNIT_NAME, *ages)]
    joined = units.join(more, on=UNIT, how="left", suffix="^", maintain_order="left")
    odd = pl.col(ODD) | pl.col(f"{ODD}^").fill_null(False)
    exprs = []
    for column in shared:
        odd = odd | (pl.col(column) != pl.col(f"{column}^")).fill_null(False)
        exprs.append(pl.coalesce(column, f"{column}^").alias(column))
    exprs += [pl.any_horizontal(column, f"{column}^").fill_null(False) for column in sorted(ages)]
    if UNIT_NAME in units.columns:
        odd = odd | (pl.col(UNIT_NAME) != pl.col(f"{UNIT_NAME}^")).fill_null(False)
        exprs.append(pl.coalesce(UNIT_NAME, f"{UNIT_NAME}^").alias(UNIT_NAME))
    if OBSERVED in units.columns:
        exprs.append(pl.max_horizontal(OBSERVED, f"{OBSERVED}^").alias(OBSERVED))
    joined = joined.with_columns(*exprs, odd.alias(ODD))
    return joined.select([c for c in joined.columns if not c.endswith("^")])
