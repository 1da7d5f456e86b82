"""Many units for whoever looks at them at once: part by part, nothing written, the odd units as fact sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from engine.batch.layout import UNIT
from engine.batch.network import BROKEN
from engine.batch.outputs import Output
from engine.batch.parts import PLACE
from engine.batch.sources import open_source
from engine.batch.stages import Plan, Stages, Tables
from engine.batch.tables import files_in, is_columnar, open_table
from engine.facts.collected import Collected
from engine.facts.refused import FileRefused
from engine.facts.sheet import DataProblem, FactSheet
from engine.inference.evaluation import Program
from engine.project.policy import Policy


@dataclass(frozen=True)
class Stretch:
    """Some units in the order of the data: ``tables`` of those in columns, each with its place, and the others' sheets."""

    tables: Tables
    sheets: Sequence[tuple[int, FactSheet]]


class Survey:
    """A program over the tables of some files; ``spool``: a folder for copies. Raises DataError if nothing can be read."""

    def __init__(
        self, program: Program, paths: Sequence[Path], only: Sequence[Output], spool: Path, size: int = 50_000
    ) -> None:
        plan = Plan(program, only, long=False)
        self._source = open_source(program, paths, plan.uses(), size, spool)
        self.stages = Stages(plan, self._source.layout)

    @property
    def obstacles(self) -> Mapping[str, str]:
        """Rule → why it has no columnar form: then the units have to be evaluated one by one."""
        return self.stages.obstacles

    @property
    def problems(self) -> Sequence[DataProblem]:
        """Problems of no single unit, complete when the last stretch has been taken."""
        seen = {(str(p.where), p.key, str(p.params)): p for p in self._source.problems}
        return tuple(seen.values())

    def stretches(self, progress: Callable[[int, int], None]) -> Iterator[Stretch]:
        """All units."""
        total = self._source.rows_read
        progress(0, total)
        done = 0
        for number in range(len(self._source)):
            part = self._source.part(number)
            done += part.rows
            part, tables = self.stages.plain(part)
            tables, odd = _without_broken(tables, dict(part.odd))
            yield Stretch(tables, self._sheets(odd))
            progress(min(done, total), total)
        if self._source.unlisted:
            yield Stretch({}, self._sheets(dict(self._source.unlisted)))

    def _sheets(self, places: Mapping[str, int]) -> list[tuple[int, FactSheet]]:
        ids = sorted(places, key=lambda id_: (places[id_], id_))
        found = [(places[sheet.unit], sheet) for sheet in self._source.sheets(ids)] if ids else []
        return sorted(found, key=lambda one: one[0])


def _without_broken(tables: Tables, odd: dict[str, int]) -> tuple[Tables, dict[str, int]]:
    """Units that break a decision table's hit policy have something to be said of them, as odd ones have."""
    texts = [pl.col(name) for name, kind in tables["verdicts"].schema.items() if kind == pl.String]
    broken = tables["verdicts"].filter(pl.any_horizontal(text.str.starts_with(BROKEN) for text in texts))
    if broken.is_empty():
        return tables, odd
    ids = broken[UNIT].implode()
    kept = {name: table.filter(~pl.col(UNIT).is_in(ids)) for name, table in tables.items()}
    return kept, {**odd, **dict(broken.select(UNIT, PLACE).iter_rows())}


def table_rows(paths: Sequence[Path], policy: Policy) -> int | None:
    """How many rows the unit tables have, if all files are tables that can be scanned; else None."""
    files = files_in(paths)
    if not files or not all(is_columnar(file) for file in files):
        return None
    rows = 0
    for file in files:
        try:
            table = open_table(file, file.as_posix(), policy, Collected())
            if table is not None and table.register is None:
                rows += int(table.frame.select(pl.len()).collect().item())
        except (FileRefused, pl.exceptions.PolarsError):
            continue
    return rows
