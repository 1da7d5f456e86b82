"""Tables → drafts: a first sheet with one row a unit, and register sheets with one row an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from engine.facts.cells import Cell, Grid, NoValue, shown
from engine.facts.collected import Collected
from engine.facts.columns import Columns, Rows, find_columns
from engine.facts.fixed import FixedColumns
from engine.facts.folding import clean, folded
from engine.facts.headings import REGISTER_COLUMNS, UNIT_COLUMNS, Headings
from engine.facts.merge_rows import conflicting
from engine.facts.normalise import excerpt
from engine.facts.sheet import Observation, Row, Source

if TYPE_CHECKING:
    from engine.project.policy import Fact, Policy, Register

#: What the lines below a table begin with: totals and signatures, not units.
FOOTERS = (
    *("合计", "总计", "小计", "备注", "说明", "注:", "填表人", "填报人", "制表人", "审核人", "负责人"),
    *("填表日期", "制表日期"),
)


class TableReader:
    """Reads grids into ``collected``."""

    def __init__(self, policy: Policy, collected: Collected) -> None:
        self._policy = policy
        self._collected = collected
        self._fixed = FixedColumns(policy, collected)
        self._unit_headings = Headings(policy.facts, UNIT_COLUMNS, policy.registers.values())
        self._register_headings: dict[str, Headings] = {}

    def units(self, grid: Grid) -> None:
        """One row a unit."""
        found = find_columns(grid, self._unit_headings, self._collected)
        if found is None:
            return
        columns, rows = found
        first_seen: dict[str, int] = {}
        for number, cells, unit in self._rows(grid, columns, rows, of_units=True):
            where = self._at(grid, number, columns.of("unit")[0])
            if unit in first_seen:
                params = {"unit": unit, "first": str(first_seen[unit]), "second": str(number)}
                self._collected.problem(unit, where, "data.unit-doubled", params)
            first_seen.setdefault(unit, number)
            self._collected.rows_read += 1
            self._unit_row(grid, columns, number, cells, unit, where)
        self._after(grid, columns)

    def register(self, grid: Grid, register: Register) -> None:
        """One row an entry of ``register``."""
        headings = self._register_headings.get(register.id)
        if headings is None:
            headings = Headings(register.columns, REGISTER_COLUMNS, ())
            self._register_headings[register.id] = headings
        found = find_columns(grid, headings, self._collected)
        if found is None:
            return
        columns, rows = found
        for number, cells, unit in self._rows(grid, columns, rows):
            where = self._at(grid, number, columns.of("unit")[0])
            observed, by = self._when_and_who(grid, columns, number, cells, unit)
            values: dict[str, Observation] = {}
            for column in columns.of("fact"):
                fact = register.columns[columns.headings[column].id]
                seen = self._cell(grid, columns, fact, number, column, cells.get(column), unit, observed, by)
                if seen is None:
                    continue
                values[fact.id] = self._both(fact, values.get(fact.id), seen, unit)
            if not values:
                self._collected.problem(unit, where, "data.register-row-empty", {"unit": unit})
            draft = self._collected.draft(unit, where)
            draft.rows.setdefault(register.id, []).append(Row(values, where, observed, by))
        self._after(grid, columns)

    def _both(self, fact: Fact, first: Observation | None, second: Observation, unit: str) -> Observation:
        """The cell of a row whose heading stands there twice."""
        if first is None or not first.readable:
            return second if first is None or second.readable else first
        if not second.readable or first.value == second.value:
            return first
        cell, params = conflicting(fact.id, (first, second))
        names = {"fact_zh": fact.name.zh, "fact_en": fact.name.en}
        self._collected.unread(unit, second.source, "data.row-cells-conflict", {**params, **names})
        return cell

    def _rows(
        self, grid: Grid, columns: Columns, rows: Rows, of_units: bool = False
    ) -> Iterator[tuple[int, Mapping[int, Cell], str]]:
        """(row number, cells, unit) of each row that names a unit; what stands elsewhere is reported."""
        unit_column = columns.of("unit")[0]
        for number, cells in rows:
            filled = {c: cell for c, cell in cells.items() if cell is not None and cell != ""}
            if not filled:
                continue
            for column in sorted(filled.keys() - columns.headings.keys() - columns.known_bad):
                if clean(shown(filled[column]))[0]:
                    where = self._at(grid, number, column)
                    self._collected.problem(
                        None, where, "data.cell-without-heading", {"found": excerpt(filled[column])}
                    )
                    columns.known_bad.add(column)
            cell = filled.get(unit_column)
            unit = "" if isinstance(cell, NoValue) else self._fixed.unit(cell)
            if unit and not folded(unit[:10]).startswith(FOOTERS):
                yield number, filled, unit
                continue
            headed = [c for c in filled if c in columns.headings and clean(shown(filled[c]))[0]]
            where = self._at(grid, number, unit_column)
            if not headed:
                continue
            if of_units and not (unit and len(headed) > 2):
                self._collected.rows_rejected += 1
            if unit and len(headed) <= 2:
                self._collected.problem(None, where, "data.footer-row", {"found": excerpt(cell)})
            elif unit:
                yield number, filled, unit
            else:
                params = {"row": str(number), "found": excerpt(filled[headed[0]])}
                self._collected.problem(None, where, "data.row-without-unit", params)

    def _unit_row(
        self, grid: Grid, columns: Columns, number: int, cells: Mapping[int, Cell], unit: str, where: Source
    ) -> None:
        draft = self._collected.draft(unit, where)
        observed, by = self._when_and_who(grid, columns, number, cells, unit)
        draft.has_row = True
        draft.observed, draft.supplier = draft.observed or observed, draft.supplier or by
        for column, heading in columns.headings.items():
            cell = cells.get(column)
            if cell is None:
                continue
            at = self._at(grid, number, column)
            if heading.role == "fact":
                fact = self._policy.facts[heading.id]
                seen = self._cell(grid, columns, fact, number, column, cell, unit, observed, by)
                if seen is not None:
                    draft.facts.setdefault(fact.id, []).append(seen)
            elif heading.role == "kind":
                kind = self._fixed.kind(cell, at, unit, observed, by)
                if kind is not None:
                    draft.kind.append(kind)
            elif heading.role == "name" and (name := self._fixed.name(cell)):
                draft.names.append((name, at))
            elif heading.role == "status":
                name_of = self._policy.registers[heading.id].name
                status = self._fixed.status(cell, at, unit, name_of.zh, name_of.en)
                if status is not None:
                    draft.status.setdefault(heading.id, []).append((status, at))

    def _cell(
        self,
        grid: Grid,
        columns: Columns,
        fact: Fact,
        number: int,
        column: int,
        cell: Cell,
        unit: str,
        observed: date | None,
        by: str | None,
    ) -> Observation | None:
        where = self._at(grid, number, column)
        if column in columns.wrong_unit and cell is not None:
            cell = NoValue("data.value-in-other-unit", shown(cell)) if clean(shown(cell))[0] else None
        return self._collected.observe(fact, cell, where, unit, observed, by, grid.date_1904)

    def _when_and_who(
        self, grid: Grid, columns: Columns, number: int, cells: Mapping[int, Cell], unit: str
    ) -> tuple[date | None, str | None]:
        observed, by = None, None
        for column in columns.of("observed"):
            at = self._at(grid, number, column)
            observed = observed or self._fixed.observed(cells.get(column), at, unit, grid.date_1904)
        for column in columns.of("by"):
            by = by or self._fixed.by(cells.get(column), self._at(grid, number, column), unit)
        return observed, by

    def _after(self, grid: Grid, columns: Columns) -> None:
        """What is known only once the last row has been read."""
        for top, left, bottom, right in grid.merged:
            if bottom > columns.row:
                area = f"{grid.cell_name(top, left)}:{grid.cell_name(bottom, right)}"
                self._collected.problem(None, self._at(grid, top, left), "data.merged-cells", {"area": area})
        if grid.cut_at is not None:
            where = Source(grid.file, grid.sheet, f"A{grid.cut_at}")
            self._collected.problem(None, where, "data.too-many-rows", {"row": str(grid.cut_at)})

    def _at(self, grid: Grid, row: int, column: int) -> Source:
        return Source(grid.file, grid.sheet, grid.cell_name(row, column))
