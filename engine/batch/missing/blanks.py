"""Which blank cells keep a count, or ``some`` and ``every``, open: the condition asked once for each different row.

Only a row with a blank cell among those that its condition reads can be open, and such rows are few and much alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from engine.batch.layout import ROW, Layout
from engine.batch.missing.found import Found, flags
from engine.batch.missing.masks import Words, some
from engine.batch.missing.values import AT, records
from engine.inference.evaluation import Program
from engine.language import compile, free_names
from engine.language.compiler import filter_kind
from engine.language.scope import ITEM
from engine.language.syntax import Call, Compare, Expr, Filter, Literal, Name, Not, Path, Quantified
from engine.language.values import Unknown, Value
from engine.project.policy import AS_OF

_OPEN = ":open"


@dataclass(frozen=True)
class RowCondition:
    """A condition on single rows of a register that, where it is open, is all that keeps a leaf open. ``decide``: of a row
    as values by column, blank cells being unknown under the column's name."""

    register: str
    columns: tuple[str, ...]
    decide: Callable[[Mapping[str, Value]], Value]


def row_condition(program: Program, layout: Layout, expr: Expr) -> RowCondition | None:
    """The condition that an expression puts on rows; None if the expression has another form.

    The forms: ``count(register[condition])`` compared with a number, ``some row in register satisfies condition`` and
    ``every …``, ``not`` of one, and a derived fact that is one, compared with true or false.
    """
    policy = program.policy
    constants: dict[str, Value] = {**program.parameters, AS_OF: program.as_of}
    match expr:
        case Not(operand=inner):
            return row_condition(program, layout, inner)
        case Compare(operator="=" | "!=", left=left, right=Literal(value=bool())) if isinstance(left, Name):
            derived = policy.derived.get(left.name)
            return None if derived is None else row_condition(program, layout, derived.expression)
        case Compare(left=Call(function="count", arguments=(Filter() as kept,)), right=limit):
            register, columns = _register(policy.registers, kept.source)
            if not columns or filter_kind(kept.predicate) != "predicate":
                return None
            if not _is_number(limit, constants):
                return None
            outside = {name: value for name, value in constants.items() if name not in columns}
            names = free_names(kept.predicate, _all_columns(program))
            if ITEM in _every_name(kept.predicate) or not names <= columns | outside.keys():
                return None
            decide = compile(kept.predicate, outside)
            return _condition(layout, register, names & columns, decide)
        case Quantified(name=row, domain=domain, condition=condition):
            register, columns = _register(policy.registers, domain)
            outside = {name: value for name, value in constants.items() if name != row}
            used = _paths(condition, row)
            if used is None or not used <= columns or not free_names(condition) <= {row, *outside}:
                return None
            inside = compile(condition, outside)
            return _condition(layout, register, used, lambda cells: inside({row: cells}))
    return None


def _condition(
    layout: Layout, register: str, columns: frozenset[str], decide: Callable[[Mapping[str, Value]], Value]
) -> RowCondition | None:
    there = layout.registers.get(register, {})
    if not columns or not columns <= there.keys():
        return None
    return RowCondition(register, tuple(column for column in there if column in columns), decide)


def _register(registers: Mapping[str, Any], source: Expr) -> tuple[str, frozenset[str]]:
    """The register that is named, with its columns; none if something else is."""
    if isinstance(source, Name) and source.name in registers:
        return source.name, frozenset(registers[source.name].columns)
    return "", frozenset()


def _is_number(expr: Expr, constants: Mapping[str, Value]) -> bool:
    return free_names(expr) <= constants.keys() and isinstance(compile(expr, constants)({}), Decimal)


def _all_columns(program: Program) -> Mapping[str, frozenset[str]]:
    return {id_: frozenset(register.columns) for id_, register in program.policy.registers.items()}


def _every_name(expr: Expr) -> frozenset[str]:
    found = frozenset((expr.name,)) if isinstance(expr, Name) else frozenset()
    return found.union(*(_every_name(child) for child in expr.children()))


def _paths(expr: Expr, row: str) -> frozenset[str] | None:
    """The columns of ``row`` that are read; None if the row is used in any other way, or the name means something else."""
    if isinstance(expr, Path) and expr.source == Name(row):
        return frozenset((expr.name,))
    if (isinstance(expr, Name) and expr.name == row) or isinstance(expr, Filter | Quantified):
        return None
    found: frozenset[str] = frozenset()
    for child in expr.children():
        below = _paths(child, row)
        if below is None:
            return None
        found |= below
    return found


def open_cells(
    condition: RowCondition, layout: Layout, blank: pl.DataFrame, words: Words, found: Found
) -> pl.Series:
    """Adds the cells that keep rows open, of the units with a set in ``words``; flags the units that have such rows.

    ``blank``: the rows of the register that have a blank among the columns of the condition, with the unit's number in
    ``AT``.
    """
    wanted = some(words)
    assert wanted is not None
    columns = list(condition.columns)
    rows = blank.filter(wanted.gather(blank[AT]))
    if rows.is_empty():
        return flags([], found.units)
    different = rows.select(columns).unique(maintain_order=True)
    sets: dict[frozenset[str], int] = {}
    codes = []
    for row in records(different, columns, layout.registers[condition.register]):
        for column in columns:
            row.setdefault(column, Unknown(frozenset((column,))))
        truth = condition.decide(row)
        names = truth.facts if isinstance(truth, Unknown) else frozenset()
        codes.append(sets.setdefault(names, len(sets)))
    coded = different.with_columns(pl.Series(_OPEN, codes, dtype=pl.Int32))
    rows = rows.join(coded, on=columns, how="left", nulls_equal=True, maintain_order="left")
    for names, code in sets.items():
        some_rows = rows.filter(pl.col(_OPEN) == code)
        for column in sorted(names):
            name = pl.format("{}[{}].{}", pl.lit(condition.register), ROW, pl.lit(column))
            found.cell(condition.register, some_rows[AT], some_rows.select(name).to_series(), words)
    nothing_open = sets.get(frozenset())
    open_rows = rows if nothing_open is None else rows.filter(pl.col(_OPEN) != nothing_open)
    return flags(open_rows[AT], found.units)
