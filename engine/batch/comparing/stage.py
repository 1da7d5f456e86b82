"""Comparisons within a run: a first pass over the parts measures every unit, a second has what the comparisons gave.

Everything is kept in the run's folder part by part, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import polars as pl

from engine.batch.comparing.given import Given, ShareTests, cells, prepared, standing
from engine.batch.comparing.measure import MeasuredColumns, MeasuredSheets
from engine.batch.comparing.standings import columns_of, standings
from engine.batch.layout import UNIT
from engine.batch.parts import PLACE, Part
from engine.batch.sources import UnitSource
from engine.batch.work import Work
from engine.facts.sheet import FactSheet
from engine.inference.evaluation import Program, ReadyComparison
from engine.inference.measured import Measuring
from engine.language.syntax import Expr
from engine.project.comparison import Quota

_MEASURED, _DETOUR, _STANDINGS = "measured", "measured-detour", "standings"
#: Units that are measured one by one and written together.
_TOGETHER = 20_000


class Comparing:
    """The comparisons of one run. ``programs``: the screening's and, if it runs, the measures' that reads the same names."""

    def __init__(self, programs: Sequence[Program], source: UnitSource, work: Work) -> None:
        self._program = programs[0]
        self._source = source
        self._work = work
        self._columns = MeasuredColumns(self._program, source.layout)
        self._tests = ShareTests(
            [self._program, *[replace(p, comparisons=self._program.comparisons) for p in programs[1:]]]
        )
        self._measuring = Measuring(self._program)

    @property
    def obstacles(self) -> Mapping[str, str]:
        """Comparison → why its measure has no columnar form; then every unit is measured one by one."""
        return self._columns.obstacles

    @property
    def given(self) -> Given:
        """What rankings and quotas give, as cells over columns that ``joined`` adds."""
        return cells(self._program)

    @property
    def truths(self) -> Mapping[Expr, str]:
        """Tests of shares → the columns of their truths, which ``joined`` adds."""
        return self._tests.truths

    # --------------------------------------------------------------------------------------------- the first pass

    def run(self) -> None:
        """Measures and compares all units, as far as that was not done before."""
        if self._work.state(_STANDINGS) is not None:
            return
        for number in range(len(self._source)):
            if self._work.state(f"{_MEASURED}-{number:05d}") is None:
                self._measure(number)
        if self._work.state(_DETOUR) is None:
            self._detour()
        for i, ready in enumerate(self._program.comparisons):
            self._compare(i, ready)
        self._work.keep(_STANDINGS, True)

    def _measure(self, number: int) -> None:
        part = self._source.part(number)
        odd: dict[str, int]
        if self.obstacles:
            odd = {**part.odd, **dict(part.units.select(UNIT, PLACE).iter_rows())}
        else:
            part, frame = self._columns.run(part)
            odd = dict(part.odd)
            self._work.write(_MEASURED, number, frame)
        self._work.keep(f"{_MEASURED}-{number:05d}", odd)

    def _detour(self) -> None:
        places: dict[str, int] = dict(self._source.unlisted)
        for number in range(len(self._source)):
            places |= self._work.state(f"{_MEASURED}-{number:05d}")
        ids = sorted(places, key=lambda id_: (places[id_], id_))
        one_by_one = MeasuredSheets(self._program)
        sheets = self._source.sheets(ids)
        count = 0
        for number, some in enumerate(iter(lambda: list(islice(sheets, _TOGETHER)), [])):
            self._work.write(_DETOUR, number, one_by_one.table(some))
            count = number + 1
        self._work.keep(_DETOUR, count)

    def _compare(self, i: int, ready: ReadyComparison) -> None:
        """One comparison over all units, cut into the parts that they were measured in."""
        wanted = columns_of(self._program, ready)
        names = [(_MEASURED, n) for n in range(len(self._source)) if self._work.table(_MEASURED, n).is_file()]
        names += [(_DETOUR, n) for n in range(self._work.state(_DETOUR))]
        if not names:
            return
        frames = [pl.read_parquet(self._work.table(name, n), columns=wanted) for name, n in names]
        found = standings(self._program, ready, pl.concat(frames))
        first = 0
        for (name, n), frame in zip(names, frames, strict=True):
            self._work.write(_of(name, i), n, found[first : first + frame.height])
            first += frame.height

    # -------------------------------------------------------------------------------------------- the second pass

    def joined(self, number: int, part: Part) -> Part:
        """The part with what comparisons gave its plain units."""
        units = part.units
        for i, ready in enumerate(self._program.comparisons):
            table = self._table(i, [(_MEASURED, number), *self._detours()])
            if table is not None:
                units = units.join(prepared(ready, table), on=UNIT, how="left", maintain_order="left")
        return replace(part, units=self._tests.decide(units))

    def compared(self, sheets: Iterable[FactSheet]) -> Iterator[FactSheet]:
        """Units that are evaluated one by one, with how they stand."""
        waiting = iter(sheets)
        while some := list(islice(waiting, _TOGETHER)):
            yield from self._compared(some)

    def _compared(self, sheets: Sequence[FactSheet]) -> Iterator[FactSheet]:
        ids = [sheet.unit for sheet in sheets]
        everywhere = [(_MEASURED, n) for n in range(len(self._source))] + self._detours()
        rows: list[dict[str, Mapping[str, Any]]] = []
        for i, _ in enumerate(self._program.comparisons):
            table = self._table(i, everywhere, ids)
            rows.append({} if table is None else {row[UNIT]: row for row in table.iter_rows(named=True)})
        for sheet in sheets:
            measured = self._measuring.measure(sheet)
            found = {}
            for ready, own in zip(self._program.comparisons, rows, strict=True):
                form = ready.comparison.form
                of = form.rank if isinstance(form, Quota) else ready.comparison.id
                found[ready.comparison.id] = standing(ready, own.get(sheet.unit, {}), measured[of])
            yield replace(sheet, standings=found)

    def _detours(self) -> list[tuple[str, int]]:
        return [(_DETOUR, n) for n in range(self._work.state(_DETOUR))]

    def _table(
        self, i: int, names: Sequence[tuple[str, int]], ids: Sequence[str] | None = None
    ) -> pl.DataFrame | None:
        """The standings of comparison ``i`` in some tables, of some units alone if they are named."""
        paths = [self._work.table(_of(name, i), n) for name, n in names]
        frames = [pl.scan_parquet(path) for path in paths if path.is_file()]
        if not frames:
            return None
        if ids is not None:
            frames = [frame.filter(pl.col(UNIT).is_in(ids)) for frame in frames]
        return pl.concat(frames).collect()


def _of(name: str, i: int) -> str:
    return f"{_STANDINGS}-{i}" if name == _MEASURED else f"{_STANDINGS}-{i}-detour"
