"""A whole run over files: part by part in columns, what has no simple form by the per-unit engines, then together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from engine.batch import outputs
from engine.batch.closing import report_object
from engine.batch.comparing.stage import Comparing
from engine.batch.layout import UNIT
from engine.batch.outputs import Output
from engine.batch.parts import PLACE, Part, without
from engine.batch.reasons import reason_of
from engine.batch.rejected import Complaint, complaints_of, complaints_of_duties, table_of
from engine.batch.results import REPORT, ResultFolder
from engine.batch.sources import InputFile, UnitSource, open_source
from engine.batch.stages import Plan, Stages, Tables
from engine.batch.steps import in_step
from engine.batch.summary import Key, Summary
from engine.batch.summary import table_of as summary_table
from engine.batch.tables import files_in
from engine.batch.work import WorkFolder, fingerprint
from engine.facts.refused import DataError
from engine.inference.evaluation import Program
from engine.wording.json_text import dumps

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
    """How a run went.

    ``rows_read`` = ``evaluated`` - ``unlisted`` + ``merged`` + ``rejected``: ``merged`` are the rows of a unit beyond its
    first, ``unlisted`` the units that only registers mention. ``detour``: the units that went through the per-unit engines,
    by reason (see ``engine.batch.reasons``); ``obstacles``: rule → why all of them did, if they did. ``complaints``: rows
    of ``rejected``. ``tables``: rows written, by table. ``streamed``: no more than a part of the data was in memory.
    """

    files: Sequence[InputFile]
    streamed: bool
    rows_read: int
    evaluated: int
    merged: int
    rejected: int
    unlisted: int
    detour: Mapping[str, int]
    complaints: int
    obstacles: Mapping[str, str]
    tables: Mapping[str, int]
    counts: Mapping[Key, int]

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.rows_read == self.evaluated - self.unlisted + self.merged + self.rejected


class Changed(Exception):
    """Files were changed while they were read, so that nothing can be said of them as a whole."""

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__(", ".join(map(str, files)))
        self.files = files


#: Told how many of how many rows are done.
Progress = Callable[[int, int], None]


def run(request: Request, progress: Progress = lambda done, total: None) -> Outcome:
    """Evaluates every unit and puts the results where they are wanted, all at once at the end.

    Raises DataError if nothing can be read, Changed if it was changed meanwhile, and Busy if another run is at work on the
    same results. Stopped anywhere, the same request goes on from the last part that was finished, and gives the same bytes.
    """
    work = WorkFolder(request.out, identity(request))
    try:
        return _Run(request, progress, work).run()
    except (DataError, Changed):
        work.discard()
        raise
    finally:
        work.close()


def identity(request: Request) -> dict[str, Any]:
    """All that the results of a run depend on."""
    program = request.program
    return {
        "policy": program.policy.digest,
        "as of": program.as_of.isoformat(),
        "parameters": {id_: repr(program.parameters[id_]) for id_ in sorted(program.overridden)},
        "data": [fingerprint(path) for path in files_in(request.paths)],
        "names": [path.as_posix() for path in request.paths],
        "only": list(request.only),
        "long": request.long,
        "csv": request.csv,
        "size": request.size,
        "version": version("plumbline"),
        "polars": pl.__version__,
    }


class _Run:
    def __init__(self, request: Request, progress: Progress, work: WorkFolder) -> None:
        self._request = request
        self._progress = progress
        self._work = work
        self._before = [fingerprint(path) for path in files_in(request.paths)]
        self._plan = Plan(request.program, request.only, request.long)
        self._source: UnitSource = open_source(
            request.program, request.paths, self._plan.uses(), request.size, work.path / "input"
        )
        self._comparing: Comparing | None = None
        if request.program.comparisons:
            self._comparing = Comparing(self._plan.programs, self._source, self._work)
        self._stages = Stages(self._plan, self._source.layout, self._comparing)
        self._columnar = not self._stages.obstacles

    def run(self) -> Outcome:
        parts, total = len(self._source), self._source.rows_read
        if self._comparing is not None:
            self._comparing.run()
        missing = [number for number in range(parts) if self._work.state(_named(number)) is None]
        before = parts - len(missing)
        self._progress(min(before * self._request.size, total), total)
        in_step(
            missing,
            self._source.part,
            self._part,
            lambda done: self._progress(min((before + done) * self._request.size, total), total),
        )
        states = [self._work.state(_named(number)) for number in range(parts)]
        detour = self._work.state("detour")
        if detour is None:
            detour = self._detour(states)
        if self._before != [fingerprint(path) for path in files_in(self._request.paths)]:
            raise Changed(files_in(self._request.paths))
        outcome = self._outcome(states, detour)
        self._results(outcome, states)
        self._work.finish()
        return outcome

    def _outcome(self, states: Sequence[Any], detour: Any) -> Outcome:
        every = [*states, detour]
        beyond = sum(state["beyond"] for state in states)
        summary = Summary(self._request.program)
        for state in every:
            summary.add_rows(state["counts"])
        return Outcome(
            files=self._source.files,
            streamed=self._source.streamed,
            rows_read=self._source.rows_read,
            evaluated=sum(state["units"] for state in every),
            merged=self._source.merged,
            rejected=detour["rejected"],
            unlisted=detour["unlisted"],
            detour=dict(sorted((Counter(detour["reasons"]) + Counter(beyond=beyond)).items())),
            complaints=detour["complaints"],
            obstacles=self._stages.obstacles,
            tables={
                name: sum(state["rows"].get(name, 0) for state in every)
                for name in self._plan.only
                if any(name in state["rows"] for state in every)
            },
            counts=summary.counts,
        )

    def _part(self, number: int, part: Part) -> Callable[[], None]:
        """Computes a part; what comes back writes its tables."""
        tables: Tables = {}
        beyond = units = 0
        odd = dict(part.odd)
        if self._columnar:
            if self._comparing is not None:
                part = self._comparing.joined(number, part)
            part, tables, beyond = self._stages.whole(part)
            odd, units = dict(part.odd), part.units.height
        else:
            odd |= dict(part.units.select(UNIT, PLACE).iter_rows())

        def keep() -> None:
            for name, table in tables.items():
                self._work.write(name, number, table if odd else without(table, PLACE))
            self._keep(_named(number), tables, {"odd": odd, "beyond": beyond, "units": units})

        return keep

    def _keep(self, name: str, tables: Tables, state: Mapping[str, Any]) -> None:
        summary = Summary(self._request.program)
        summary.add(tables)
        rows = {name: table.height for name, table in tables.items()}
        self._work.keep(name, {**state, "counts": summary.rows, "rows": rows})

    # ------------------------------------------------------------------------------------- the per-unit engines

    def _detour(self, states: Sequence[Any]) -> Any:
        """Evaluates the units that columns cannot, and writes what every reader has to complain of."""
        places: dict[str, int] = dict(self._source.unlisted)
        for state in states:
            places |= state["odd"]
        ids = sorted(places, key=lambda id_: (places[id_], id_))
        complaints: list[Complaint] = []
        reasons: Counter[str] = Counter()
        summary = Summary(self._request.program)
        rows: Counter[str] = Counter()
        sheets = self._source.sheets(ids)
        self._progress(0, len(ids))
        if self._comparing is not None:
            sheets = self._comparing.compared(sheets)
        for number, some in enumerate(iter(lambda: list(islice(sheets, _TOGETHER)), [])):
            units = self._stages.evaluated(some)
            tables = self._stages.told([places[sheet.unit] for sheet in some], units)
            for name, table in tables.items():
                self._work.write(f"{name}-detour", number, table)
                rows[name] += table.height
            summary.add(tables)
            complaints += [c for sheet in some for c in complaints_of(sheet.problems, sheet.unit)]
            for sheet, unit in zip(some, units, strict=True):
                of_duties = list(complaints_of_duties(unit))
                complaints += of_duties
                unlisted = sheet.unit in self._source.unlisted
                reasons[reason_of(sheet, not self._columnar, unlisted, bool(of_duties))] += 1
            self._progress(len(some) + number * _TOGETHER, len(ids))
        rejected = (
            self._source.rejected
        )  # first, for what is wrong with such rows is noted when they are counted
        complaints += complaints_of(self._source.problems, None)
        kept = table_of(dict.fromkeys(complaints))
        self._work.write("rejected", 0, kept)
        state = {
            "units": sum(reasons.values()),
            "unlisted": len(self._source.unlisted),
            "rejected": rejected,
            "reasons": dict(sorted(reasons.items())),
            "complaints": kept.height,
            "counts": summary.rows,
            "rows": dict(rows),
        }
        self._work.keep("detour", state)
        return state

    # ------------------------------------------------------------------------------------------- the results

    def _results(self, outcome: Outcome, states: Sequence[Any]) -> None:
        policy = self._request.program.policy
        folder = ResultFolder(self._work.results, self._request.csv, policy.tables)
        for name in self._plan.only:
            odd = self._detoured(name)
            for number in range(len(states) + 1):
                mine = self._mine(odd, number, len(states))
                path = self._work.table(name, number)
                if mine is None and path.is_file() and not states[number]["odd"]:
                    folder.take(name, number, path)
                    continue
                found = [pl.read_parquet(path)] if path.is_file() else []
                found += [] if mine is None else [mine]
                if found:
                    table = pl.concat(found).sort(PLACE, maintain_order=True).drop(PLACE)
                    folder.add(name, number, table)
        folder.whole("rejected", pl.read_parquet(self._work.table("rejected", 0)))
        folder.whole("summary", summary_table(outcome.counts, policy))
        written = dumps(report_object(outcome, self._request.program)) + "\n"
        (self._work.results / REPORT).write_text(written, encoding="utf-8", newline="\n")

    def _detoured(self, name: str) -> pl.DataFrame | None:
        parts = sorted((self._work.path / "tables" / f"{name}-detour").glob("*.parquet"))
        return pl.concat([pl.read_parquet(part) for part in parts]) if parts else None

    def _mine(self, odd: pl.DataFrame | None, number: int, parts: int) -> pl.DataFrame | None:
        """The odd units of one part, None if there are none; the last has those that only registers mention."""
        if odd is None:
            return None
        size = self._request.size
        inside = pl.col(PLACE) >= number * size
        if number < parts:
            inside &= pl.col(PLACE) < (number + 1) * size
        mine = odd.filter(inside)
        return mine if mine.height else None


def _named(number: int) -> str:
    return f"part-{number:05d}"
