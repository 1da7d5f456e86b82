"""What a run computes of each part: the same tables from columns and from evaluations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl

from engine.batch import outputs
from engine.batch.guards import guarded
from engine.batch.layout import Layout
from engine.batch.outputs import Column, Output
from engine.batch.parts import PLACE, Part
from engine.batch.screening import Screening
from engine.batch.uses import Uses, screening_uses
from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all
from engine.inference.evaluation import Program

Tables = Mapping[Output, pl.DataFrame]


def needed(program: Program, only: Sequence[Output]) -> Uses:
    """What of the data the outputs rest on."""
    network = program.network
    nodes = [network.rules["weak"]] if "verdicts" in only else []
    if "verdicts" in only:
        nodes += [network.rules[rule] for rule in ("key",) if rule in network.rules]
        nodes += [node for table in network.tables for node, _ in table.rows]
    if {"findings", "missing"} & set(only):
        nodes += network.rules.values()
    return screening_uses(program, nodes)


class Stages:
    """A program compiled for one layout, and the outputs that are wanted."""

    def __init__(self, program: Program, layout: Layout, only: Sequence[Output], long: bool) -> None:
        self.program = program
        self._layout = layout
        self._only = only
        self._long = long
        self._screening = Screening(program, layout)
        self._columns: dict[Output, list[Column]] = {}
        if "verdicts" in only:
            self._columns["verdicts"] = outputs.verdict_columns(self._screening)
        if "findings" in only:
            self._columns["findings"] = outputs.finding_columns(self._screening)

    @property
    def obstacles(self) -> Mapping[str, str]:
        """Rule → the reason (a message's key) for which it has no columnar form; then no unit goes through columns."""
        return {obstacle.owner: obstacle.why for obstacle in self._screening.obstacles}

    def plain(self, part: Part) -> tuple[Part, Tables]:
        """The outputs of a part's plain units; the part again, for computing may have found more odd ones."""
        part = guarded(part, self._layout, self._screening.bounded)
        exprs = {column.name: column.expr for columns in self._columns.values() for column in columns}
        units = nw.from_native(part.units.lazy())
        registers = {id_: nw.from_native(rows.lazy()) for id_, rows in part.registers.items()}
        done = self._screening.run(units, registers, exprs, keep=(PLACE,)).to_native().collect()
        if not done[PLACE].is_sorted():  # joining the registers' counts promises no order
            done = done.sort(PLACE)
        found: dict[Output, pl.DataFrame] = {}
        for output, columns in self._columns.items():
            found[output] = done.select(PLACE, "unit", *[column.name for column in columns])
        return part, self._shaped(found)

    def odd(self, sheets: Sequence[tuple[int, FactSheet]]) -> Tables:
        """The same tables of units that are evaluated one by one. ``sheets``: each with its place."""
        ids = [(place, sheet.unit) for place, sheet in sheets]
        evaluations = list(evaluate_all(self.program, [sheet for _, sheet in sheets], engine="reference"))
        found: dict[Output, pl.DataFrame] = {}
        for output, columns in self._columns.items():
            row = outputs.verdict_row if output == "verdicts" else outputs.finding_row
            found[output] = outputs.rows_table(columns, ids, [row(evaluation) for evaluation in evaluations])
        return self._shaped(found)

    def _shaped(self, tables: dict[Output, pl.DataFrame]) -> Tables:
        if self._long and "findings" in tables:
            tables["findings"] = outputs.long(tables["findings"], self.program)
        return tables
