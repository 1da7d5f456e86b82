"""What could not be read, cell by cell: file, row, column, unit and reason, for whoever has to put it right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from engine.duties.nouns import CaseFile
from engine.duties.waivers import WaiverReader
from engine.facts.sheet import DataProblem, Row
from engine.inference.evaluation import Evaluation
from engine.language.values import Unknown
from engine.project.policy import Policy
from engine.wording.words import message

_CELL = re.compile(r"([A-Z]+)(\d+)(?::.*)?")


class Complaint(NamedTuple):
    """One row of the table. ``row`` counts from 1 with the headings; ``column`` is a letter or, in nested files, a path."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    unit: str | None
    code: str
    reason_zh: str
    reason_en: str


def complaints_of(problems: Iterable[DataProblem], unit: str | None) -> Iterator[Complaint]:
    """Problems as rows. ``unit``: whose they are."""
    for problem in problems:
        where = problem.where
        match = _CELL.fullmatch(where.cell or "")
        yield Complaint(
            where.file,
            where.sheet,
            int(match[2]) if match else None,
            match[1] if match else where.path,
            unit,
            problem.key.removeprefix("data.").removeprefix("duties."),
            message(problem.key, problem.params, "zh"),
            message(problem.key, problem.params, "en"),
        )


def complaints_of_duties(unit: Evaluation | CaseFile) -> Iterator[Complaint]:
    """Rows of waivers that waive nothing, with where they stand."""
    if not isinstance(unit, CaseFile):
        return
    waivers, sheet = unit.program.policy.waivers, unit.evaluation.sheet
    for key, params in unit.problems:
        rows = () if waivers is None else sheet.registers.get(waivers.register, ())
        number = params.get("row")
        if isinstance(number, int) and 0 < number <= len(rows):
            yield from complaints_of([DataProblem(rows[number - 1].source, key, params)], unit.unit)


def complaints_of_waivers(
    policy: Policy, as_of: date, rows: Mapping[str, Sequence[Row]]
) -> Iterator[Complaint]:
    """The same from the register's rows alone, unit by unit."""
    assert policy.waivers is not None
    register, reader = policy.registers[policy.waivers.register], WaiverReader(policy)
    for unit, found in rows.items():
        values = [
            {
                column: row.cells[column].value
                if column in row.cells and row.cells[column].readable
                else Unknown()
                for column in register.columns
            }
            for row in found
        ]
        for key, params in reader.read({register.id: tuple(values)}, as_of).problems:
            source = found[int(str(params["row"])) - 1].source
            yield from complaints_of([DataProblem(source, key, params)], unit)


def table_of(complaints: Iterable[Complaint]) -> pl.DataFrame:
    """The table, in the order of the files."""
    names = list(Complaint._fields)
    schema = {name: pl.Int64 if name == "row" else pl.String for name in names}
    return in_order(pl.DataFrame([tuple(complaint) for complaint in complaints], schema=schema, orient="row"))


def in_order(table: pl.DataFrame) -> pl.DataFrame:
    """Complaints in the order of the files."""
    return table.sort("file", "sheet", "row", "column", maintain_order=True, nulls_last=True)
