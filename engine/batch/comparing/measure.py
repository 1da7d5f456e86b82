"""What comparisons need of every unit, as a table: from columns, and for units that go the other way from ``Measuring``.

The columns: ``unit``; for comparison number i its groups ``g i k``, and ``covered i``; of a ranking the keys of the lowest
and highest number, ``low i`` and ``high i``; of a share the truth of its condition, ``holds i``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from engine.batch.cells import Cell, Column, Const, NotColumnar, Number, Whole
from engine.batch.comparing.keys import MAX_UNDER, key_of, key_of_fraction, key_of_whole
from engine.batch.guards import guarded
from engine.batch.layout import UNIT, Layout
from engine.batch.numbers import TooWide
from engine.batch.parts import Part
from engine.batch.screening import Screening
from engine.batch.uses import Uses, screening_uses
from engine.facts.sheet import FactSheet
from engine.inference.evaluation import Program, ReadyComparison
from engine.inference.measured import Measuring
from engine.language.syntax import Name
from engine.language.values import Value
from engine.project.comparison import Rank
from engine.project.policy import UNIT_KIND

#: Decimal places beyond which an integer column's remainder no longer fits a key.
_MAX_SCALE = 18


def measured_comparisons(program: Program) -> list[ReadyComparison]:
    """Rankings and shares; quotas go by their ranking's measure."""
    return [ready for ready in program.comparisons if ready.value is not None or ready.node is not None]


def comparison_uses(program: Program) -> Uses:
    """What of the data comparisons rest on."""
    found = Uses()
    for ready in measured_comparisons(program):
        form = ready.comparison.form
        if isinstance(form, Rank):
            found.expression(program.policy, form.value)
        elif ready.node is not None:
            found.add(screening_uses(program, [ready.node]))
        for name in ready.comparison.among:
            found.expression(program.policy, Name(name))
    return found


def schema(program: Program) -> dict[str, Any]:
    """The types of the table's columns."""
    found: dict[str, Any] = {UNIT: pl.String}
    for i, ready in enumerate(measured_comparisons(program)):
        found[f"covered {i}"] = pl.Boolean
        found |= {f"g {i} {k}": pl.String for k in range(len(ready.comparison.among))}
        if ready.value is not None:
            found |= {f"low {i}": pl.String, f"high {i}": pl.String}
        else:
            found[f"holds {i}"] = pl.Boolean
    return found


class MeasuredColumns:
    """Compiled for one layout. ``obstacles``: comparison → why it has no columnar form (the key of a message)."""

    def __init__(self, program: Program, layout: Layout) -> None:
        self._program = program
        self._layout = layout
        self._screening = Screening(program, layout)
        self._outputs: dict[str, nw.Expr] = {}
        self._finish: list[pl.Expr] = []
        self.obstacles: dict[str, str] = {}
        for i, ready in enumerate(measured_comparisons(program)):
            try:
                self._compile(i, ready)
            except NotColumnar as error:
                self.obstacles[ready.comparison.id] = error.why
        for obstacle in self._screening.obstacles:
            self.obstacles[obstacle.owner] = obstacle.why

    # ------------------------------------------------------------------------------------------------ compiling

    def _compile(self, i: int, ready: ReadyComparison) -> None:
        self._outputs[f"covered {i}"] = self._covered()
        self._finish.append(pl.col(f"covered {i}"))
        for k, name in enumerate(ready.comparison.among):
            self._outputs[f"g {i} {k}"] = self._group(name)
            self._finish.append(pl.col(f"g {i} {k}").cast(pl.String))
        form = ready.comparison.form
        if isinstance(form, Rank):
            self._number(i, form)
        else:
            assert ready.node is not None
            self._outputs[f"holds {i}"] = self._screening.network.truth(ready.node)
            self._finish.append(pl.col(f"holds {i}"))

    def _covered(self) -> nw.Expr:
        kinds = self._program.policy.kinds
        inside = [id_ for id_, kind in kinds.items() if kind.in_scope]
        return nw.col(UNIT_KIND).is_in(inside)

    def _group(self, name: str) -> nw.Expr:
        compiler, unit = self._screening.compiler, self._screening.unit
        cell, reads = unit.reads(lambda: compiler.widest(lambda: compiler.cell(Name(name), unit, {})))
        if not isinstance(cell, Column) or cell.kind not in ("text", "boolean"):
            raise NotColumnar("batch.why.other-kind")
        return nw.col(unit.let(cell.value, reads))

    def _number(self, i: int, form: Rank) -> None:
        compiler, unit = self._screening.compiler, self._screening.unit

        def make() -> Cell:
            cell = compiler.cell(form.value, unit, {})
            compiler.entered(cell)
            if isinstance(cell, Number) and cell.under is not None and cell.under.bound > MAX_UNDER:
                raise TooWide
            return cell

        cell, reads = unit.reads(lambda: compiler.widest(make))
        if isinstance(cell, Const):
            raise NotColumnar("batch.why.other-kind")
        if not isinstance(cell, Number):
            raise NotColumnar("batch.why.branches")

        def kept(name: str, number: Whole) -> str:
            self._outputs[name] = nw.col(unit.let(number.expr, reads))
            return name

        if cell.ends is not None:
            for end, number in zip(("low", "high"), cell.ends, strict=True):
                self._finish.append(_key(kept(f"{end} {i}", number), number.scale).alias(f"{end} {i}"))
            return
        if cell.under is not None:
            top, under = kept(f"top {i}", cell.top), kept(f"under {i}", cell.under)
            key = key_of_fraction(pl.col(top), pl.col(under))
        else:
            key = _key(kept(f"top {i}", cell.top), cell.top.scale)
        self._finish += [key.alias(f"low {i}"), key.alias(f"high {i}")]

    # -------------------------------------------------------------------------------------------------- running

    def run(self, part: Part) -> tuple[Part, pl.DataFrame]:
        """The plain units of a part, measured; the part again, for computing may have found more odd ones."""
        part = guarded(part, self._layout, self._screening.bounded)
        units = nw.from_native(part.units.lazy())
        registers = {id_: nw.from_native(rows.lazy()) for id_, rows in part.registers.items()}
        done = self._screening.run(units, registers, self._outputs).to_native().collect()
        return part, done.select(UNIT, *self._finish).select(list(schema(self._program)))


def _key(name: str, scale: int) -> pl.Expr:
    if scale > _MAX_SCALE:
        raise NotColumnar("batch.why.number-too-long")
    return key_of_whole(pl.col(name), scale)


class MeasuredSheets:
    """Measures units one by one."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._measuring = Measuring(program)

    def table(self, sheets: Sequence[FactSheet]) -> pl.DataFrame:
        """The same table of units that go the other way."""
        rows = [self._row(sheet) for sheet in sheets]
        return pl.DataFrame(rows, schema=schema(self._program), orient="row")

    def _row(self, sheet: FactSheet) -> tuple[Any, ...]:
        measured = self._measuring.measure(sheet)
        row: list[Any] = [sheet.unit]
        for ready in measured_comparisons(self._program):
            one = measured[ready.comparison.id]
            row += [one.covered, *map(_group_text, one.group)]
            if ready.value is not None:
                row += [None if end is None else key_of(end) for end in one.ends]
            else:
                row.append(one.holds)
        return tuple(row)


def _group_text(value: Value) -> str | None:
    return (
        None if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value)
    )
