"""What a run computes of each part: the same tables from columns and from evaluations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock

import narwhals as nw
import polars as pl

from engine.batch import outputs
from engine.batch.cells import NotColumnar
from engine.batch.comparing.measure import comparison_uses
from engine.batch.comparing.stage import Comparing
from engine.batch.duties.measures import MeasureStage
from engine.batch.duties.stage import DutyStage
from engine.batch.duties.tables import duty_table, measure_table
from engine.batch.duties.uses import duty_uses, measure_uses
from engine.batch.guards import units_beyond, without_units
from engine.batch.layout import UNIT, Layout
from engine.batch.missing.stage import MissingStage
from engine.batch.outputs import Column, Output
from engine.batch.parts import NUMBER, PLACE, Part
from engine.batch.rebuilt import sheets
from engine.batch.screening import Screening
from engine.batch.uses import Uses, screening_uses
from engine.duties.nouns import CaseFile
from engine.duties.program import DutyProgram, prepare_duties
from engine.duties.run import Desk, case_files
from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all
from engine.inference.evaluation import Evaluation, Program

Tables = Mapping[Output, pl.DataFrame]


def outputs_of(program: Program, only: Sequence[Output]) -> tuple[Output, ...]:
    """Those of the outputs wanted that the policy has anything to say of."""
    there = {"duties": bool(program.policy.duties), "measures": bool(program.policy.measures)}
    return tuple(output for output in only if there.get(output, True))


class Plan:
    """What is wanted of a program, before anything of the data is known."""

    def __init__(self, program: Program, only: Sequence[Output], long: bool) -> None:
        self.program = program
        self.only = outputs_of(program, only)
        self.long = long
        self.duties: DutyProgram | None = None
        if {"duties", "measures"} & set(self.only):
            self.duties = prepare_duties(program)

    @property
    def programs(self) -> tuple[Program, ...]:
        """The screening's program, and the measures' where it runs."""
        return (self.program,) if self.duties is None else (self.program, self.duties.measures)

    def uses(self) -> Uses:
        """What of the data the outputs rest on."""
        network = self.program.network
        nodes: list[int] = []
        if "verdicts" in self.only:
            nodes += [network.rules[rule] for rule in ("weak", "key") if rule in network.rules]
            nodes += [node for table in network.tables for node, _ in table.rows]
        if {"findings", "missing", "measures"} & set(self.only):
            nodes += network.rules.values()
        if "missing" in self.only:
            nodes += [node for table in network.tables for node, _ in table.rows]
        if self.duties is not None:
            nodes += [ready.applies for ready in self.duties.duties]
            nodes += [node for table in network.tables for node, _ in table.rows]
        found = screening_uses(self.program, nodes)
        found.add(comparison_uses(self.program))
        found.reasons = "missing" in self.only
        if self.duties is not None:
            found.add(duty_uses(self.duties))
        if self.duties is not None and "measures" in self.only:
            found.add(measure_uses(self.duties))
        return found


class Stages:
    """A plan compiled for one layout. ``comparing``: the comparisons between units, if the policy makes any."""

    def __init__(self, plan: Plan, layout: Layout, comparing: Comparing | None = None) -> None:
        self._plan = plan
        self._layout = layout
        self._comparing = comparing
        program = plan.program
        given = ({}, {}) if comparing is None else (comparing.given, comparing.truths)
        self._screening = Screening(program, layout, *given)
        self._columns: dict[Output, list[Column]] = {}
        if "verdicts" in plan.only:
            self._columns["verdicts"] = outputs.verdict_columns(self._screening)
        if "findings" in plan.only:
            self._columns["findings"] = outputs.finding_columns(self._screening)
        #: Columns of the finished unit table that later stages go on from.
        self._wanted: dict[str, nw.Expr] = {}
        self._missing: MissingStage | None = None
        if "missing" in plan.only:
            self._missing = MissingStage(self._screening, layout)
            self._wanted |= self._missing.wanted()
        self._one_by_one = Lock()
        self._desk = None if plan.duties is None else Desk(plan.duties)
        self._duties: DutyStage | None = None
        self._measures: MeasureStage | None = None
        self._applies: dict[str, nw.Expr] = {}
        self._why: dict[str, str] = {}
        try:
            if plan.duties is not None:
                self._duties = DutyStage(plan.duties, self._screening)
                self._wanted |= self._duties.applies()
            if plan.duties is not None and "measures" in plan.only:
                self._measures = MeasureStage(plan.duties, self._screening, layout, *given)
                self._wanted |= self._measures.wanted()
        except NotColumnar as error:
            self._why["duties"] = error.why

    @property
    def obstacles(self) -> Mapping[str, str]:
        """Rule → the reason (a message's key) for which it has no columnar form; then no unit goes through columns."""
        found = {obstacle.owner: obstacle.why for obstacle in self._screening.obstacles}
        if self._measures is not None:
            found |= {obstacle.owner: obstacle.why for obstacle in self._measures.obstacles}
        return found | self._why

    @property
    def _bounded(self) -> Mapping[tuple[str, str], int]:
        found = dict(self._screening.bounded)
        for column, bound in (self._measures.bounded if self._measures is not None else {}).items():
            found[column] = min(bound, found.get(column, bound))
        return found

    def whole(self, part: Part) -> tuple[Tables, int, list[str]]:
        """The outputs of all units that were plain to read, how many of them columns did not serve, and the ids of those of
        which it has to be said where a waiver stands that waives nothing."""
        tables, beyond = self._computed(part)
        unclear = [] if self._duties is None else self._duties.unclear(part.registers).to_list()
        if not beyond:
            return tables, 0, unclear
        rebuilt = sheets(part, self._layout, beyond)
        if self._comparing is not None:
            rebuilt = self._comparing.compared(rebuilt)
        more = self.odd([(beyond[sheet.unit], sheet) for sheet in rebuilt])
        both = {name: table.merge_sorted(more[name], PLACE) for name, table in tables.items()}
        return both, len(beyond), unclear

    def plain(self, part: Part) -> tuple[Part, Tables]:
        """The outputs of a part's plain units; the part again, for there may be more odd ones: those that columns do not
        serve, and those of which the other engines have more to say."""
        if self._duties is not None:
            part = without_units(part, self._duties.unclear(part.registers))
        tables, beyond = self._computed(part)
        return without_units(part, pl.Series(UNIT, list(beyond), dtype=pl.String)), tables

    def _computed(self, part: Part) -> tuple[Tables, Mapping[str, int]]:
        """The outputs of those units that columns serve; the others, with their places."""
        wide = units_beyond(part, self._layout, self._bounded)
        beyond = _places(part, wide)
        part = without_units(part, wide)
        units, registers = _numbered(part)
        exprs = {column.name: column.expr for columns in self._columns.values() for column in columns}
        # Results may be called as facts are, so they wait under names of their own.
        named = {f":out {name}": expr for name, expr in exprs.items()} | self._wanted
        tables = {id_: nw.from_native(rows.lazy()) for id_, rows in registers.items()}
        whole = self._screening.unit.run(nw.from_native(units.lazy()), tables)
        made = [expr.alias(name) for name, expr in named.items()]
        # Duties look at facts again; without them nothing but the results is computed.
        kept = [UNIT, PLACE] if self._duties is None else whole.collect_schema().names()
        done = _in_order(whole.select(*kept, *made).to_native().collect())
        ids = part.units.select(PLACE, UNIT)
        shown = done.select(PLACE, ids[UNIT], *[pl.col(f":out {name}").alias(name) for name in exprs])
        results = {**self._shaped(shown), **self._duty_tables(done, registers, ids, units.columns)}
        away = self._measures.away(registers) if self._measures is not None else set()
        if self._missing is not None:
            results["missing"], failed = self._missing.table(done, units, registers, ids)
            away |= failed
        if not away:
            return results, beyond
        gone = ids[sorted(away)]
        out = pl.col(PLACE).is_in(gone[PLACE].implode())
        beyond |= dict(gone.select(UNIT, PLACE).iter_rows())
        return {output: table.filter(~out) for output, table in results.items()}, beyond

    def _duty_tables(
        self,
        done: pl.DataFrame,
        registers: Mapping[str, pl.DataFrame],
        ids: pl.DataFrame,
        given: Sequence[str],
    ) -> Tables:
        if self._duties is None:
            return {}
        found: dict[Output, pl.DataFrame] = {}
        done, spells = self._duties.listed(done, registers)
        periods = self._duties.periods(done, spells, registers)
        if "duties" in self._plan.only:
            found["duties"] = duty_table(periods, outputs.duty_schema(self._plan.program), ids)
        if self._measures is not None:
            found["measures"] = measure_table(self._measures.outcomes(done, registers, periods, given), ids)
        return found

    def _shaped(self, done: pl.DataFrame) -> Tables:
        tables = {
            output: done[[PLACE, UNIT, *[column.name for column in columns]]]
            for output, columns in self._columns.items()
        }
        if self._plan.long and "findings" in tables:
            tables["findings"] = outputs.long(tables["findings"], self._plan.program)
        return tables

    # ------------------------------------------------------------------------------------- the per-unit engines

    def evaluated(self, sheets: Sequence[FactSheet]) -> list[Evaluation | CaseFile]:
        """Units one by one, with what became of duties where that is wanted."""
        with self._one_by_one:  # parts are computed at once, these engines are not made for it
            evaluations = evaluate_all(self._plan.program, sheets, engine="reference")
            if self._plan.duties is None:
                return list(evaluations)
            return list(case_files(self._plan.duties, evaluations, engine="reference", desk=self._desk))

    def odd(self, units: Sequence[tuple[int, FactSheet]]) -> Tables:
        """The same tables of units that are evaluated one by one: place and sheet of each."""
        return self.told([place for place, _ in units], self.evaluated([sheet for _, sheet in units]))

    def told(self, places: Sequence[int], units: Sequence[Evaluation | CaseFile]) -> Tables:
        """The same tables of units that were evaluated one by one. ``places``: of each."""
        evaluations = [unit.evaluation if isinstance(unit, CaseFile) else unit for unit in units]
        ids = [(place, one.sheet.unit) for place, one in zip(places, evaluations, strict=True)]
        found: dict[Output, pl.DataFrame] = {}
        for output, columns in self._columns.items():
            row = outputs.verdict_row if output == "verdicts" else outputs.finding_row
            found[output] = outputs.rows_table(columns, ids, [row(evaluation) for evaluation in evaluations])
        if self._plan.long and "findings" in found:
            found["findings"] = outputs.long(found["findings"], self._plan.program)
        if "missing" in self._plan.only:
            rows = [
                row
                for (place, _), evaluation in zip(ids, evaluations, strict=True)
                for row in outputs.missing_rows(place, evaluation)
            ]
            found["missing"] = pl.DataFrame(rows, schema=outputs.MISSING_SCHEMA, orient="row")
        cases = [
            (place, unit) for place, unit in zip(places, units, strict=True) if isinstance(unit, CaseFile)
        ]
        if "duties" in self._plan.only:
            rows = [row for place, case in cases for row in outputs.duty_rows(place, case)]
            found["duties"] = pl.DataFrame(rows, schema=outputs.duty_schema(self._plan.program), orient="row")
        if "measures" in self._plan.only:
            rows = [row for place, case in cases for row in outputs.measure_rows(place, case)]
            found["measures"] = pl.DataFrame(rows, schema=outputs.MEASURE_SCHEMA, orient="row")
        return found


def _numbered(part: Part) -> tuple[pl.DataFrame, Mapping[str, pl.DataFrame]]:
    """The tables of a part with units by number, from 0, in place of their ids: joining and counting is faster so."""
    here = pl.int_range(0, part.units.height, dtype=pl.UInt32, eager=True)
    units = part.units.with_columns(here.alias(UNIT))
    if NUMBER in units.columns:
        before = part.units[NUMBER]
        size = int(before[-1]) + 1 if len(before) else 0
        # Some that the part was read with went the other way.
        numbers = pl.repeat(None, size, dtype=pl.UInt32, eager=True).scatter(before, here)
        found = {
            id_: rows.with_columns(pl.lit(numbers).gather(pl.col(NUMBER)).alias(UNIT)).drop(NUMBER)
            for id_, rows in part.registers.items()
        }
        return units.drop(NUMBER), found
    ids = part.units.select(UNIT, here.alias(NUMBER))
    registers = {}
    for id_, rows in part.registers.items():
        joined = rows.join(ids, on=UNIT, how="inner", maintain_order="left")
        registers[id_] = joined.drop(UNIT).rename({NUMBER: UNIT})
    return units, registers


def _in_order(done: pl.DataFrame) -> pl.DataFrame:
    """Joining the registers' counts promises no order."""
    return done if done[UNIT].is_sorted() else done.sort(UNIT)


def _places(part: Part, ids: pl.Series) -> dict[str, int]:
    if ids.is_empty():
        return {}
    return dict(part.units.filter(pl.col(UNIT).is_in(ids.implode())).select(UNIT, PLACE).iter_rows())
