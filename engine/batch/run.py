"""A whole run over files: part by part in columns, what has no simple form by the per-unit engines, then together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from engine.batch import outputs
from engine.batch.layout import UNIT
from engine.batch.outputs import Output
from engine.batch.parts import PLACE
from engine.batch.rejected import Complaint, complaints_of, table_of
from engine.batch.sources import UnitSource, open_source
from engine.batch.stages import Plan, Stages, Tables
from engine.batch.summary import Counts, Summary, write_csv
from engine.batch.tables import files_in
from engine.batch.work import WorkFolder, fingerprint
from engine.inference.evaluation import Program

#: Units that went the other way and are written together.
_TOGETHER = 20_000


@dataclass(frozen=True)
class Request:
    """What a run is asked for. ``size``: rows of the unit table in a part; ``long``: findings as rows, not as columns."""

    program: Program
    paths: Sequence[Path]
    out: Path
    only: tuple[Output, ...] = outputs.OUTPUTS
    long: bool = False
    csv: bool = False
    size: int = 200_000


@dataclass(frozen=True)
class Outcome:
    """How a run went. ``rows_read`` = ``evaluated`` - ``unlisted`` + ``merged`` + ``rejected``: ``merged`` are the rows of
    a unit beyond its first, ``unlisted`` the units that only registers mention. ``detour``: the units that went through
    the per-unit engines; ``obstacles``: rule → why all of them did, if they did. ``complaints``: rows of ``rejected``."""

    rows_read: int
    evaluated: int
    merged: int
    rejected: int
    unlisted: int
    detour: int
    complaints: int
    obstacles: Mapping[str, str]
    counts: Counts

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.rows_read == self.evaluated - self.unlisted + self.merged + self.rejected


#: Told how many of how many rows are done.
Progress = Callable[[int, int], None]


def run(request: Request, progress: Progress = lambda done, total: None) -> Outcome:
    """Evaluates every unit and puts the results where they are wanted, all at once at the end.

    Raises DataError if nothing can be read. Stopped anywhere, the same request goes on from the last part that was
    finished, and gives the same bytes.
    """
    return _Run(request, progress).run()


def identity(request: Request) -> dict[str, Any]:
    """All that the results of a run depend on."""
    program = request.program
    return {
        "policy": program.policy.digest,
        "as of": program.as_of.isoformat(),
        "parameters": {id_: repr(program.parameters[id_]) for id_ in sorted(program.overridden)},
        "data": [fingerprint(path) for path in files_in(request.paths)],
        "only": list(request.only),
        "long": request.long,
        "csv": request.csv,
        "size": request.size,
        "version": version("plumbline"),
    }


class _Run:
    def __init__(self, request: Request, progress: Progress) -> None:
        self._request = request
        self._progress = progress
        self._work = WorkFolder(request.out, identity(request))
        self._plan = Plan(request.program, request.only, request.long)
        spool = self._work.path / "input"
        self._source: UnitSource = open_source(
            request.program, request.paths, self._plan.uses(), request.size, spool
        )
        self._stages = Stages(self._plan, self._source.layout)
        self._columnar = not self._stages.obstacles

    def run(self) -> Outcome:
        parts, total = len(self._source), self._source.rows_read
        for number in range(parts):
            if self._state(number) is None:
                self._part(number)
            self._progress(min((number + 1) * self._request.size, total), total)
        detour = self._work.state("detour")
        if detour is None:
            detour = self._detour(parts)
        counts = self._results(parts, detour)
        outcome = Outcome(
            rows_read=total,
            evaluated=sum(self._state(number)["units"] for number in range(parts)) + detour["units"],
            merged=self._source.merged,
            rejected=self._source.rejected,
            unlisted=detour["unlisted"],
            detour=detour["units"],
            complaints=detour["complaints"],
            obstacles=self._stages.obstacles,
            counts=counts,
        )
        self._work.finish()
        return outcome

    def _state(self, number: int) -> Any:
        return self._work.state(f"part-{number:05d}")

    def _part(self, number: int) -> None:
        part = self._source.part(number)
        tables: Tables = {}
        if self._columnar:
            part, tables = self._stages.plain(part)
            odd = dict(part.odd)
        else:
            odd = {**part.odd, **dict(part.units.select(UNIT, PLACE).iter_rows())}
        for name, table in tables.items():
            self._work.write(name, number, table if odd else table.drop(PLACE))
        units = part.units.height if self._columnar else 0
        self._work.keep(f"part-{number:05d}", {"odd": odd, "units": units})

    # ------------------------------------------------------------------------------------- the per-unit engines

    def _detour(self, parts: int) -> dict[str, int]:
        """Evaluates the units that columns cannot, and writes what every reader has to complain of."""
        places: dict[str, int] = dict(self._source.unlisted)
        for number in range(parts):
            places |= self._state(number)["odd"]
        ids = sorted(places, key=lambda id_: (places[id_], id_))
        complaints: list[Complaint] = []
        units = unlisted = 0
        sheets = self._source.sheets(ids)
        for number, some in enumerate(iter(lambda: list(islice(sheets, _TOGETHER)), [])):
            for name, table in self._stages.odd([(places[sheet.unit], sheet) for sheet in some]).items():
                self._work.write(f"{name}-detour", number, table)
            complaints += [c for sheet in some for c in complaints_of(sheet.problems, sheet.unit)]
            units += len(some)
            unlisted += sum(1 for sheet in some if sheet.unit in self._source.unlisted)
        complaints += complaints_of(self._source.problems, None)
        kept = table_of(dict.fromkeys(complaints))
        self._work.write("rejected", 0, kept)
        state = {"units": units, "unlisted": unlisted, "complaints": kept.height}
        self._work.keep("detour", state)
        return state

    # ------------------------------------------------------------------------------------------- the results

    def _results(self, parts: int, detour: Mapping[str, int]) -> Counts:
        folder = self._work.path / "results"
        summary = Summary(self._request.program)
        for name in self._plan.only:
            odd = self._detoured(name)
            for number in range(parts + 1):
                table = self._joined(name, number, parts, odd)
                if table is None:
                    continue
                summary.add(name, table)
                self._written(folder / name, number, table)
        rejected = pl.read_parquet(self._work.table("rejected", 0))
        self._written(folder / "rejected", 0, rejected)
        write_csv(folder / "summary.csv", summary.table())
        return summary.counts

    def _detoured(self, name: str) -> pl.DataFrame | None:
        parts = sorted((self._work.path / "tables" / f"{name}-detour").glob("*.parquet"))
        return pl.concat([pl.read_parquet(part) for part in parts]) if parts else None

    def _joined(self, name: str, number: int, parts: int, odd: pl.DataFrame | None) -> pl.DataFrame | None:
        """One part of a result, the odd units in their places; the last part has those that only registers mention."""
        found = []
        path = self._work.table(name, number)
        if path.is_file():
            found.append(pl.read_parquet(path))
        if odd is not None:
            size = self._request.size
            inside = pl.col(PLACE) >= number * size
            if number < parts:
                inside &= pl.col(PLACE) < (number + 1) * size
            mine = odd.filter(inside)
            if mine.height:
                found.append(mine)
        if not found:
            return None
        if PLACE not in found[0].columns:
            return found[0]
        return pl.concat(found).sort(PLACE, maintain_order=True).drop(PLACE)

    def _written(self, folder: Path, number: int, table: pl.DataFrame) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self._request.csv:
            write_csv(folder / f"{number:05d}.csv", table)
        else:
            table.write_parquet(folder / f"{number:05d}.parquet", compression="zstd", compression_level=1)
