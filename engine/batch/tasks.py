"""What a run consists of: the parts of the data, and lots of units that go through the per-unit engines.

No task needs another of its kind, and each keeps what it made in the run's folder. So they may be done in any order, by
other processes and on other machines that see the same files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from engine.batch import outputs
from engine.batch.comparing.stage import Comparing
from engine.batch.layout import UNIT
from engine.batch.outputs import Output
from engine.batch.parts import PLACE, Part, without
from engine.batch.reasons import reason_of
from engine.batch.rejected import complaints_of, complaints_of_duties, table_of
from engine.batch.sources import UnitSource, open_source
from engine.batch.stages import Plan, Stages, Tables
from engine.batch.steps import in_step
from engine.batch.summary import Summary
from engine.batch.work import Work
from engine.facts.sheet import FactSheet
from engine.inference.evaluation import Program

#: Units of a part.
UNITS_ALONE, WITH_REGISTERS = 200_000, 25_000
#: Units that go the other way and are evaluated together.
TOGETHER = 20_000
#: The name of the table with what the reader of a lot had to complain of.
COMPLAINTS = "complaints"


@dataclass(frozen=True)
class Request:
    """What a run is asked for. ``long``: findings as rows, not as columns; ``size``: rows of the unit table in a part, 0 for
    as many as ``sized`` finds fitting."""

    program: Program
    paths: Sequence[Path]
    out: Path
    only: tuple[Output, ...] = outputs.OUTPUTS
    long: bool = False
    csv: bool = False
    size: int = 0


def sized(request: Request) -> Request:
    """The request with parts that take a few hundred megabytes: the rows of registers make units large."""
    if request.size:
        return request
    rows = Plan(request.program, request.only, request.long).uses().registers
    return replace(request, size=WITH_REGISTERS if rows else UNITS_ALONE)


class OddUnit(NamedTuple):
    """A unit that goes the other way. ``unlisted``: only registers mention it."""

    id: str
    place: int
    unlisted: bool


@dataclass(frozen=True)
class Task:
    """One part of the data, or the units of one lot. Numbers count from 0, parts and lots apart."""

    number: int
    lot: tuple[OddUnit, ...] | None = None

    @property
    def name(self) -> str:
        """What its state is kept under."""
        return f"{'part' if self.lot is None else 'lot'}-{self.number:05d}"


class Tasks:
    """The tasks of one request. ``work``: the run's folder. ``comparing``: the comparisons between units, if there are any,
    whose first pass over all units has to be done before any task.

    Raises DataError if nothing can be read.
    """

    def __init__(self, request: Request, work: Work) -> None:
        self.request = request
        self.work = work
        self.plan = Plan(request.program, request.only, request.long)
        self.source: UnitSource = open_source(
            request.program, request.paths, self.plan.uses(), request.size, work.path / "input"
        )
        self.comparing: Comparing | None = None
        if request.program.comparisons:
            self.comparing = Comparing(self.plan.programs, self.source, work)
        self.stages = Stages(self.plan, self.source.layout, self.comparing)
        self.columnar = not self.stages.obstacles

    def do(self, task: Task) -> None:
        """Does a task and keeps its tables, then its state."""
        if task.lot is None:
            self.part(task.number, self.source.part(task.number))()
        else:
            self._lot(task, task.lot)

    def part(self, number: int, part: Part) -> Callable[[], None]:
        """Computes a part; what comes back writes its tables."""
        tables: Tables = {}
        beyond = units = 0
        unclear: list[str] = []
        odd = dict(part.odd)
        if self.columnar:
            if self.comparing is not None:
                part = self.comparing.joined(number, part)
            tables, beyond, unclear = self.stages.whole(part)
            units = part.units.height
        else:
            odd |= dict(part.units.select(UNIT, PLACE).iter_rows())

        def keep() -> None:
            for name, table in tables.items():
                self.work.write(name, number, table if odd else without(table, PLACE))
            state = {"odd": odd, "beyond": beyond, "unclear": unclear, "units": units}
            self._keep(Task(number), tables, state)

        return keep

    def _lot(self, task: Task, lot: Sequence[OddUnit]) -> None:
        odd = {unit.id: unit for unit in lot}
        known = len(self.source.problems)
        sheets: Iterable[FactSheet] = self.source.sheets(list(odd))
        if self.comparing is not None:
            sheets = self.comparing.compared(sheets)
        sheets = list(sheets)
        units = self.stages.evaluated(sheets)
        tables = self.stages.told([odd[sheet.unit].place for sheet in sheets], units)
        for name, table in tables.items():
            self.work.write(f"{name}-detour", task.number, table)
        found = [c for sheet in sheets for c in complaints_of(sheet.problems, sheet.unit)]
        of_duties = [list(complaints_of_duties(unit)) for unit in units]
        found += [c for some in of_duties for c in some]
        found += complaints_of(self.source.problems[known:], None)
        self.work.write(COMPLAINTS, task.number, table_of(dict.fromkeys(found)))
        reasons = Counter(
            reason_of(sheet, not self.columnar, odd[sheet.unit].unlisted, bool(wrong))
            for sheet, wrong in zip(sheets, of_duties, strict=True)
        )
        self._keep(task, tables, {"units": len(sheets), "reasons": reasons})

    def _keep(self, task: Task, tables: Tables, state: Mapping[str, Any]) -> None:
        summary = Summary(self.request.program)
        summary.add(tables)
        rows = {name: table.height for name, table in tables.items()}
        self.work.keep(task.name, {**state, "counts": summary.rows, "rows": rows})


#: Does tasks, all of them parts or all of them lots, in any order; told how many are done as they are.
Hands = Callable[[Tasks, Sequence[Task], Callable[[int], None]], None]


def in_this_process(tasks: Tasks, some: Sequence[Task], done: Callable[[int], None]) -> None:
    """In order, without any help."""
    if some[0].lot is None:
        in_step([task.number for task in some], tasks.source.part, tasks.part, done)
        return
    for count, task in enumerate(some, start=1):
        tasks.do(task)
        done(count)
