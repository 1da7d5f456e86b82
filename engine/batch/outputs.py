"""The tables that a run gives, from columns and, for the units that went the other way, from their evaluations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import narwhals as nw
import polars as pl

from engine.batch.layout import UNIT
from engine.batch.network import AND, BROKEN
from engine.batch.parts import PLACE, UNIT_NAME
from engine.batch.screening import Screening
from engine.duties.nouns import CaseFile, Why
from engine.inference.evaluation import Evaluation, Program
from engine.inference.network import UNDECIDED, Choice, HitPolicyBroken
from engine.project.duty import STATUSES
from engine.project.policy import UNIT_KIND

Output: TypeAlias = Literal["verdicts", "findings", "duties", "measures", "missing"]
OUTPUTS: tuple[Output, ...] = ("verdicts", "findings", "duties", "measures", "missing")
#: Other names that people write for them.
ALSO_CALLED: Mapping[str, Output] = {"classification": "verdicts"}


@dataclass(frozen=True)
class Column:
    """A column of a result: its name in the table, its expression, and what an evaluation says in its place."""

    name: str
    kind: Any
    expr: nw.Expr


def told(choice: Choice) -> str | None:
    """A choice as a table says it: null if undecided, empty if there is none; see ``NetworkColumns.choice``."""
    if choice == UNDECIDED:
        return None
    if isinstance(choice, HitPolicyBroken):
        return BROKEN + AND.join(str(row + 1) for row in choice.rows)
    return AND.join(choice) if isinstance(choice, tuple) else "" if choice is None else str(choice)


def verdict_columns(screening: Screening) -> list[Column]:
    """The verdict, whether the unit is a key one where the plan knows that, and the outcome of each decision table."""
    policy = screening.program.policy
    found = [
        Column("name", pl.String, nw.col(UNIT_NAME)),
        Column("kind", pl.String, nw.col(UNIT_KIND)),
        Column("verdict", pl.String, screening.classification()),
    ]
    if "key" in policy.rules:
        found.append(Column("key", pl.Boolean, screening.finding("key")))
    return found + [Column(id_, pl.String, screening.choice(id_)) for id_ in policy.tables]


def verdict_row(evaluation: Evaluation) -> dict[str, Any]:
    """The same of one evaluation."""
    policy = evaluation.program.policy
    decided = evaluation.conclusions is not None
    row: dict[str, Any] = {
        "name": evaluation.sheet.name or None,
        "kind": evaluation.kind,
        "verdict": evaluation.classification,
    }
    if "key" in policy.rules:
        row["key"] = evaluation.finding("key")
    return row | {id_: told(evaluation.choice(id_)) if decided else None for id_ in policy.tables}


def finding_columns(screening: Screening) -> list[Column]:
    """The finding of each rule."""
    return [Column(id_, pl.Boolean, screening.finding(id_)) for id_ in screening.program.policy.rules]


def finding_row(evaluation: Evaluation) -> dict[str, Any]:
    """The same of one evaluation."""
    return {id_: evaluation.finding(id_) for id_ in evaluation.program.policy.rules}


def rows_table(
    columns: Sequence[Column], units: Sequence[tuple[int, str]], rows: Sequence[Mapping[str, Any]]
) -> pl.DataFrame:
    """A table with the columns' types from rows. ``units``: place and id of each."""
    schema = {PLACE: pl.Int64, UNIT: pl.String, **{column.name: column.kind for column in columns}}
    records = [{PLACE: place, UNIT: unit, **row} for (place, unit), row in zip(units, rows, strict=True)]
    return pl.DataFrame(records, schema=schema, orient="row")


def long(findings: pl.DataFrame, program: Program) -> pl.DataFrame:
    """One row for each finding that is true or not known; what is false is left out."""
    rules = list(program.policy.rules)
    melted = findings.unpivot(rules, index=[PLACE, UNIT], variable_name="rule", value_name="finding")
    kept = melted.filter(pl.col("finding").ne_missing(False))
    order = pl.DataFrame({"rule": rules, ":rule": range(len(rules))})
    return kept.join(order, on="rule", how="left").sort(PLACE, ":rule").drop(":rule")


def duty_schema(program: Program) -> Mapping[str, Any]:
    """The columns of the table of duties. Words of which there are few are kept as numbers, for there are millions."""
    return {
        PLACE: pl.Int64,
        UNIT: pl.String,
        "duty": pl.Enum(list(program.policy.duties)),
        "period": pl.String,
        "status": pl.Enum(STATUSES),
        "why": pl.Enum(get_args(Why)),
        "due": pl.Date,
        "provisional": pl.Boolean,
        "done": pl.Date,
    }


MEASURE_SCHEMA: Mapping[str, Any] = {
    PLACE: pl.Int64,
    UNIT: pl.String,
    "measure": pl.String,
    "required": pl.Boolean,
    "since": pl.Date,
    "due": pl.Date,
    "provisional": pl.Boolean,
    "taken": pl.Date,
    "superseded by": pl.String,
}

#: ``settles``: the rules and tables that the fact could settle, joined by ``AND``.
MISSING_SCHEMA: Mapping[str, Any] = {
    PLACE: pl.Int64,
    UNIT: pl.String,
    "fact": pl.String,
    "reason": pl.String,
    "settles": pl.String,
}


def missing_rows(place: int, evaluation: Evaluation) -> Iterator[tuple[Any, ...]]:
    """What one unit lacks; a unit without a verdict lacks nothing in particular."""
    if evaluation.conclusions is not None:
        for item in evaluation.missing:
            yield (place, evaluation.sheet.unit, item.fact, item.reason, AND.join(item.settles))


def duty_rows(place: int, case: CaseFile) -> Iterator[tuple[Any, ...]]:
    """The periods of one unit that bind it, or may."""
    for i in case.instances:
        if i.why != "not_applicable":
            yield (
                *(place, case.unit, i.duty.id, i.period.id, i.status, i.why),
                *(i.due.day, i.due.provisional, i.done_on),
            )


def measure_rows(place: int, case: CaseFile) -> Iterator[tuple[Any, ...]]:
    """The measures of one unit that are required, may be, or were taken."""
    for o in case.measures:
        if o.truth is not False or o.taken_on is not None:
            due = (None, False) if o.due is None else (o.due.day, o.due.provisional)
            yield (place, case.unit, o.measure.id, o.truth, o.since, *due, o.taken_on, o.superseded_by)
