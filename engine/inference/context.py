"""A fact sheet as of a date: stale values out, conflicts found, one value or an Unknown for every name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from engine.facts.sheet import FactSheet, Observation, Row
from engine.inference.evaluation import Conflict, Context, Program, Reason
from engine.inference.later import Later
from engine.inference.standings import stand
from engine.language.calendar import add_months
from engine.language.values import Unknown, Value
from engine.project.policy import UNIT_KIND


class ContextBuilder:
    """Builds contexts for one program; what depends on policy and date alone is computed once."""

    def __init__(self, program: Program) -> None:
        policy = program.policy
        self._derived = program.derived
        # A value observed before this day is past its shelf life; the day itself is still fresh.
        lives = {item.id: item.shelf_life for item in policy.facts.values()}
        lives |= {item.id: item.shelf_life for item in policy.registers.values()}
        self._oldest: dict[str, date] = {
            id_: add_months(program.as_of, -life.months) for id_, life in lives.items() if life is not None
        }
        self._unknown: dict[str, Value] = {
            id_: Unknown(frozenset({id_}))
            for id_ in (UNIT_KIND, *policy.facts, *policy.registers, *policy.compared)
        }
        self._compared = policy.compared
        self._comparisons = program.comparisons
        self._facts = tuple((id_, self._oldest.get(id_)) for id_ in policy.facts)
        self._registers = tuple((id_, tuple(register.columns)) for id_, register in policy.registers.items())
        self._blank: dict[str, list[dict[str, Value]]] = {id_: [] for id_ in policy.registers}

    def context(self, sheet: FactSheet) -> Context:
        """The context of ``sheet``."""
        values = dict(self._unknown)
        reasons: dict[str, Reason] = {}
        conflicts: dict[str, Conflict] = {}
        seen = sheet.facts
        for id_, oldest in self._facts:
            observations = seen.get(id_)
            if not observations:
                continue
            if len(observations) == 1:
                one = observations[0]
                if one.readable and (oldest is None or one.observed is None or one.observed >= oldest):
                    # What ``_resolve`` would do in the case that almost every fact is.
                    values[id_] = one.value
                    continue
            self._resolve(id_, observations, values, reasons, conflicts)
        if sheet.kind:
            self._resolve(UNIT_KIND, sheet.kind, values, reasons, conflicts)
        registers = sheet.registers
        for id_, columns in self._registers:
            rows = registers.get(id_)
            if rows is None:
                continue
            if id_ in self._oldest and self._is_stale(id_, rows, sheet):
                reasons[id_] = "stale"
            elif rows:
                self._rows(id_, columns, rows, values, reasons)
            else:
                values[id_] = ()
        if self._compared:
            stand(self._comparisons, sheet.standings, values, reasons)
        for id_, compute in self._derived:
            values[id_] = compute(values)
        return Context(values, reasons, conflicts, Later(partial(self._used, sheet, reasons)))

    def nothing_known(self) -> Context:
        """A context in which every name is unknown, derived facts included."""
        values = dict(self._unknown)
        for id_, _ in self._derived:
            values[id_] = Unknown(frozenset({id_}))
        return Context(values, {}, {}, {})

    def with_values(self, context: Context, replaced: Mapping[str, Value]) -> Mapping[str, Value]:
        """The context's values with some facts replaced and everything derived computed again."""
        values = {**context.values, **replaced}
        for id_, compute in self._derived:
            values[id_] = compute(values)
        return values

    def _resolve(
        self,
        id_: str,
        observations: tuple[Observation, ...],
        values: dict[str, Value],
        reasons: dict[str, Reason],
        conflicts: dict[str, Conflict],
    ) -> None:
        observations = self._fresh(id_, observations)
        if not observations:
            reasons[id_] = "stale"
            return
        if not all(o.readable for o in observations):
            # What could not be read may contradict what could.
            reasons[id_] = "unreadable"
            return
        value = observations[0].value
        if any(o.value != value for o in observations):
            reasons[id_] = "conflict"
            conflicts[id_] = Conflict(id_, observations)
            return
        values[id_] = value

    def _fresh(self, id_: str, observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
        oldest = self._oldest.get(id_)
        if oldest is None:
            return observations
        return tuple(o for o in observations if o.observed is None or o.observed >= oldest)

    def _used(self, sheet: FactSheet, reasons: Mapping[str, Reason]) -> dict[str, tuple[Observation, ...]]:
        """The observations behind each value that is known."""
        seen = {id_: sheet.facts.get(id_, ()) for id_, _ in self._facts} | {UNIT_KIND: sheet.kind}
        return {
            id_: self._fresh(id_, observations)
            for id_, observations in seen.items()
            if observations and id_ not in reasons
        }

    def _is_stale(self, register: str, rows: tuple[Row, ...], sheet: FactSheet) -> bool:
        """Whether a register was last filled in before its shelf life began; without any day it counts as current."""
        days = [row.observed for row in rows if row.observed is not None]
        if register in sheet.reported:
            days.append(sheet.reported[register])
        return bool(days) and max(days) < self._oldest[register]

    def _rows(
        self,
        register: str,
        columns: tuple[str, ...],
        rows: tuple[Row, ...],
        values: dict[str, Value],
        reasons: dict[str, Reason],
    ) -> None:
        blank = self._blank_rows(register, columns, len(rows))
        found: list[Value] = []
        for row, nothing in zip(rows, blank, strict=False):
            cells = nothing.copy()
            for column, cell in row.cells.items():
                if cell.readable:
                    cells[column] = cell.value
                else:
                    reasons[f"{register}[{len(found) + 1}].{column}"] = "unreadable"
            found.append(cells)
        values[register] = tuple(found)

    def _blank_rows(self, register: str, columns: tuple[str, ...], count: int) -> list[dict[str, Value]]:
        """At least ``count`` rows in which every cell is unknown; made once, for units to fill in copies of them."""
        blank = self._blank[register]
        for i in range(len(blank) + 1, count + 1):
            blank.append({column: Unknown(frozenset({f"{register}[{i}].{column}"})) for column in columns})
        return blank
