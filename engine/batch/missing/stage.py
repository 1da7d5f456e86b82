"""The table of what is missing, for the units of one part: each unknown fact, why, and the rules that it could settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw
import polars as pl

from engine.batch.layout import UNIT, Layout, known_column, stale_column
from engine.batch.missing.found import FACT, REGISTER, Found, word_column
from engine.batch.missing.leaves import Asking, OpenLeaf, open_leaf
from engine.batch.missing.masks import Waiting, Words, add, some
from engine.batch.missing.values import AT, Registers
from engine.batch.outputs import MISSING_SCHEMA
from engine.batch.parts import PLACE
from engine.batch.screening import Screening
from engine.language.syntax import Expr
from engine.project.policy import UNIT_KIND

#: Units looked at together, for policies whose rules fit into one integer; the sets of this many stay in the cache.
_TOGETHER = 1 << 16
_FEWEST = 1 << 10
_ORDER = ":order"


class MissingStage:
    """Compiled for one layout, over the network of ``screening``."""

    def __init__(self, screening: Screening, layout: Layout) -> None:
        program = screening.program
        self._screening = screening
        self._layout = layout
        self._waiting = Waiting(program.network, tuple(program.network.rules))
        self._places = {node: screening.network.place(node) for node in self._waiting.nodes}
        self._undecided = {table.id: screening.choice(table.id).is_null() for table in program.network.tables}
        self._leaves: dict[int, OpenLeaf] = {}
        first: dict[Expr, int] = {}
        #: Equal leaves wait for the same.
        self._first = {
            node: first.setdefault(program.leaves[node].leaf.expression, node)
            for node in self._waiting.nodes
            if node in program.leaves
        }
        names = [UNIT_KIND, *program.policy.facts, *program.policy.registers]
        self._order = {name: i for i, name in enumerate(names)}

    def wanted(self) -> Mapping[str, nw.Expr]:
        """The columns that the finished unit table has to have for ``table``."""
        truths = dict.fromkeys(place for place in self._places.values() if isinstance(place, str))
        return {f":truth {place}": nw.col(place) for place in truths} | {
            f":undecided {id_}": expr for id_, expr in self._undecided.items()
        }

    def table(
        self,
        done: pl.DataFrame,
        units: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        ids: pl.DataFrame,
    ) -> tuple[pl.DataFrame, set[int]]:
        """The result, in order, and the numbers of the units that have to go the other way after all.

        ``done``: the columns ``wanted`` of ``units``, in their order; both, and ``registers``, with units by number;
        ``ids``: the place and id of each.
        """
        size = max(_FEWEST, _TOGETHER // self._waiting.columns)
        rows = Registers(self._layout, registers)
        parts, away = [], set[int]()
        for first in range(0, done.height, size):
            here = units.slice(first, size)
            found = self._found(done.slice(first, size), here, rows)
            away.update(first + number for number in found.failed)
            parts.append(self._table(found, here, ids.slice(first, size)))
        return pl.concat(parts) if parts else pl.DataFrame(schema=MISSING_SCHEMA), away

    def _found(self, done: pl.DataFrame, units: pl.DataFrame, registers: Registers) -> Found:
        unknown = done.select(pl.col("^:truth .*$").is_null())
        by_node: dict[int, pl.Series | bool] = {}
        for node, place in self._places.items():
            by_node[node] = unknown[f":truth {place}"] if isinstance(place, str) else place is None
        undecided = {id_: done[f":undecided {id_}"] for id_ in self._undecided}
        found = Found(units.height)
        asking = Asking(self._layout, units, registers, found)
        waits: dict[int, Words] = {}
        for node, words in self._waiting.on_leaves(by_node, undecided, units.height).items():
            add(waits.setdefault(self._first[node], {}), words)
        for node, words in waits.items():
            if node not in self._leaves:
                self._leaves[node] = open_leaf(self._screening.program, self._layout, node)
            asking.leaf(self._leaves[node], words)
        asking.finish()
        return found

    # --------------------------------------------------------------------------------------------- as a table

    def _table(self, found: Found, units: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
        blocks = [*self._fact_blocks(found, units), *self._cell_blocks(found)]
        if not blocks:
            return pl.DataFrame(schema=MISSING_SCHEMA)
        columns = [word_column(number) for number in range(self._waiting.columns)]
        every = pl.concat(blocks, how="diagonal")
        blank = [pl.lit(0, pl.Int64).alias(column) for column in columns if column not in every.columns]
        every = every.with_columns(*blank).with_columns(pl.col(columns).fill_null(0))
        # The cells of a register come in the order of their names; sorting keeps it.
        every = every.sort(pl.col(AT).cast(pl.Int64) * len(self._order) + pl.col(_ORDER), maintain_order=True)
        different = every.select(columns).unique(maintain_order=True)
        texts = [self._waiting.text(*row) for row in different.iter_rows()]
        told = different.with_columns(pl.Series("settles", texts, dtype=pl.String))
        every = every.join(told, on=columns, how="left", maintain_order="left")
        who = ids.select(PLACE, UNIT)[every[AT]]
        return pl.concat([who, every.select("fact", "reason", "settles")], how="horizontal")

    def _fact_blocks(self, found: Found, units: pl.DataFrame) -> Iterator[pl.DataFrame]:
        for name in sorted(found.facts, key=self._order.__getitem__):
            words = found.facts[name]
            wanted = some(words)
            if wanted is None or not wanted.any():
                continue
            at = wanted.arg_true()
            sets = {word_column(number): series.gather(at) for number, series in words.items()}
            known = units[known_column(name)] if name in self._layout.registers else units[name].is_not_null()
            stale = stale_column(name)
            old = units[stale].gather(at) if stale in units.columns else pl.lit(False)
            yield pl.DataFrame({AT: at, **sets}).select(
                AT,
                pl.lit(self._order[name], pl.Int64).alias(_ORDER),
                pl.lit(name).alias(FACT),
                pl.when(known.gather(at))
                .then(pl.lit("no_result"))
                .when(old)
                .then(pl.lit("stale"))
                .otherwise(pl.lit("not_filled"))
                .alias("reason"),
                *sets,
            )

    def _cell_blocks(self, found: Found) -> Iterator[pl.DataFrame]:
        """Cells that are wanted: in plain units, nobody has filled them in."""
        if not found.cells:
            return
        every = pl.concat(found.cells, how="diagonal")
        sets = [column for column in every.columns if column not in (AT, REGISTER, FACT)]
        order = pl.col(REGISTER).replace_strict(self._order, return_dtype=pl.Int64)
        yield (
            every.group_by(AT, REGISTER, FACT)
            .agg(pl.col(sets).fill_null(0).bitwise_or())
            .sort(AT, FACT)
            .select(AT, order.alias(_ORDER), FACT, pl.lit("not_filled").alias("reason"), *sets)
        )
