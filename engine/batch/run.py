"""A whole run over files: part by part in columns, what has no simple form by the per-unit engines, then together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from engine.batch.closing import report_object
from engine.batch.parts import PLACE
from engine.batch.rejected import Complaint, complaints_of, complaints_of_waivers, in_order, table_of
from engine.batch.results import REPORT, ResultFolder
from engine.batch.sources import InputFile
from engine.batch.summary import Key, Summary
from engine.batch.summary import table_of as summary_table
from engine.batch.tables import files_in
from engine.batch.tasks import (
    COMPLAINTS,
    TOGETHER,
    Hands,
    OddUnit,
    Request,
    Task,
    Tasks,
    in_this_process,
    sized,
)
from engine.batch.work import WorkFolder, fingerprint
from engine.facts.refused import DataError
from engine.wording.json_text import dumps

__all__ = ["Changed", "Outcome", "Progress", "Request", "run"]


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


def run(
    request: Request, progress: Progress = lambda done, total: None, hands: Hands = in_this_process
) -> Outcome:
    """Evaluates every unit and puts the results where they are wanted, all at once at the end.

    ``hands``: who does the tasks; files that are read cell by cell stay in this process. Raises DataError if nothing can be
    read, Changed if it was changed meanwhile, Busy if another run is at work on the same results, and what ``hands`` raise.
    Stopped anywhere, the same request goes on from the last task that was finished, and gives the same bytes.
    """
    request = sized(request)
    work = WorkFolder(request.out, identity(request))
    try:
        return _Run(request, progress, work, hands).run()
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
    def __init__(self, request: Request, progress: Progress, work: WorkFolder, hands: Hands) -> None:
        self._request = request
        self._progress = progress
        self._work = work
        self._before = [fingerprint(path) for path in files_in(request.paths)]
        self._tasks = Tasks(request, work)
        self._source = self._tasks.source
        self._hands = hands if self._source.streamed else in_this_process

    def run(self) -> Outcome:
        parts, total = len(self._source), self._source.rows_read
        if self._tasks.comparing is not None:
            self._tasks.comparing.run()
        states = self._done([Task(number) for number in range(parts)], self._request.size, total)
        detour = self._work.state("detour")
        if detour is None:
            detour = self._detour(states)
        if self._before != [fingerprint(path) for path in files_in(self._request.paths)]:
            raise Changed(files_in(self._request.paths))
        outcome = self._outcome(states, detour)
        self._results(outcome, states)
        self._work.finish()
        return outcome

    def _done(self, tasks: Sequence[Task], each: int, total: int) -> list[Any]:
        """The states of tasks, those not done before done now. ``each``: rows or units of a task, of ``total``."""
        missing = [task for task in tasks if self._work.state(task.name) is None]
        done = len(tasks) - len(missing)
        self._progress(min(done * each, total), total)
        if missing:
            self._hands(
                self._tasks,
                missing,
                lambda count: self._progress(min((done + count) * each, total), total),
            )
        return [self._work.state(task.name) for task in tasks]

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
            obstacles=self._tasks.stages.obstacles,
            tables={
                name: sum(state["rows"].get(name, 0) for state in every)
                for name in self._tasks.plan.only
                if any(name in state["rows"] for state in every)
            },
            counts=summary.counts,
        )

    # ------------------------------------------------------------------------------------- the per-unit engines

    def _detour(self, states: Sequence[Any]) -> Any:
        """Has the units evaluated that columns cannot, and gathers what every reader has to complain of."""
        unlisted = self._source.unlisted
        places: dict[str, int] = dict(unlisted)
        for state in states:
            places |= state["odd"]
        ids = sorted(places, key=lambda id_: (places[id_], id_))
        odd = [OddUnit(id_, places[id_], id_ in unlisted) for id_ in ids]
        lots = [odd[first : first + TOGETHER] for first in range(0, len(odd), TOGETHER)]
        tasks = [Task(number, tuple(lot)) for number, lot in enumerate(lots)]
        done = self._done(tasks, TOGETHER, len(ids))
        complaints = [pl.read_parquet(self._work.table(COMPLAINTS, task.number)) for task in tasks]
        # First, for what is wrong with such rows is noted when they are counted.
        rejected = self._source.rejected
        general = [*complaints_of(self._source.problems, None), *self._of_waivers(states)]
        complaints.append(table_of(dict.fromkeys(general)))
        kept = in_order(pl.concat(complaints).unique(maintain_order=True))
        self._work.write("rejected", 0, kept)
        summary, reasons, rows = Summary(self._request.program), Counter[str](), Counter[str]()
        for lot in done:
            summary.add_rows(lot["counts"])
            reasons.update(lot["reasons"])
            rows.update(lot["rows"])
        state = {
            "units": sum(reasons.values()),
            "unlisted": len(unlisted),
            "rejected": rejected,
            "reasons": dict(sorted(reasons.items())),
            "complaints": kept.height,
            "counts": summary.rows,
            "rows": dict(rows),
        }
        self._work.keep("detour", state)
        return state

    def _of_waivers(self, states: Sequence[Any]) -> Iterator[Complaint]:
        """What is wrong with the waivers of units that went through columns: only their rows are looked at again."""
        program, ids = self._request.program, [id_ for state in states for id_ in state["unclear"]]
        waivers = program.policy.waivers
        if ids and waivers is not None:
            rows = self._source.rows(waivers.register, ids)
            yield from complaints_of_waivers(program.policy, program.as_of, rows)

    # ------------------------------------------------------------------------------------------- the results

    def _results(self, outcome: Outcome, states: Sequence[Any]) -> None:
        policy = self._request.program.policy
        folder = ResultFolder(self._work.results, self._request.csv, policy.tables)
        for name in self._tasks.plan.only:
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
