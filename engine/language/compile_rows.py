"""Filters whose predicate tests columns of the rows against constants: one Python loop instead of nested calls.

Registers are where the time goes, and almost every filter has this form. The loop decides the rows that it can by plain
two-valued tests. A row with an open cell (unknown, null, of another type) is still out if another of its tests is
false; any other such row is left to the predicate compiled in the general way. A test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple

from engine.language import syntax
from engine.language.code import Code
from engine.language.compare import ORDERED
from engine.language.kleene import union
from engine.language.scope import ITEM
from engine.language.values import PartialList, Unknown, Value

#: The rows kept; None if some row is not plain, KeyError if it lacks a column: then the general way has to do it.
Keep = Callable[[tuple[Value, ...]], Value]

_PYTHON = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}


class _Test(NamedTuple):
    """A test of one column, as Python source in which ``cell`` is the cell; right for cells of exactly ``kind``."""

    column: str
    kind: type
    source: str


class _Unsuitable(Exception):
    """The predicate has another form."""


def plain_filter(predicate: syntax.Expr, code: Callable[[syntax.Expr], Code]) -> Keep | None:
    """The loop for ``predicate``; None if it has another form. ``code`` compiles expressions in its place."""
    constants: dict[str, Any] = {"Unknown": Unknown, "partial": _partial}
    try:
        tests = [_test(part, code, constants) for part in _parts(predicate)]
    except _Unsuitable:
        return None
    constants["decide"] = code(predicate).run
    lines = ["def keep(rows):", " kept = []", " open = {}", " for row in rows:"]
    lines += ["  if type(row) is not dict: return None", "  sure = True"]
    for column, kind, source in tests:
        lines.append(f"  cell = row[{column!r}]")
        lines.append(f"  if type(cell) is {_name(kind, constants)}:")
        lines.append(f"   if not ({source}): continue")
        lines.append("  else: sure = False")
    lines += ["  if not sure:", "   truth = decide(row)"]
    lines += [
        "   if isinstance(truth, Unknown): open[len(kept)] = truth",
        "   elif truth is not True: continue",
    ]
    lines += ["  kept.append(row)", " return partial(kept, open) if open else tuple(kept)"]
    exec(_compiled("\n".join(lines)), constants)  # column names are quoted, constants are passed as objects
    keep: Keep = constants["keep"]
    return keep


def _partial(kept: list[Value], open_rows: dict[int, Unknown]) -> PartialList:
    """The rows kept, of which those at the keys of ``open_rows`` are perhaps out."""
    entries = tuple([(row, i not in open_rows) for i, row in enumerate(kept)])
    return PartialList(entries, union(*open_rows.values()).facts)


@lru_cache(maxsize=1024)
def _compiled(source: str) -> CodeType:
    """Filters that differ in their constants alone share their code."""
    return compile(source, "<filter>", "exec")


def _parts(expr: syntax.Expr) -> list[syntax.Expr]:
    """The parts of a conjunction, nested ones included."""
    if not isinstance(expr, syntax.And):
        return [expr]
    return [part for item in expr.items for part in _parts(item)]


def _test(expr: syntax.Expr, code: Callable[[syntax.Expr], Code], constants: dict[str, Any]) -> _Test:
    if isinstance(expr, syntax.Compare):
        return _comparison(expr, code, constants)
    if isinstance(expr, syntax.Or | syntax.And):
        tests = [_test(item, code, constants) for item in expr.items]
        if len({(test.column, test.kind) for test in tests}) > 1:
            raise _Unsuitable
        word = " or " if isinstance(expr, syntax.Or) else " and "
        return tests[0]._replace(source=f"({word.join(test.source for test in tests)})")
    if isinstance(expr, syntax.Not):
        test = _test(expr.operand, code, constants)
        return test._replace(source=f"(not {test.source})")
    raise _Unsuitable


def _comparison(
    expr: syntax.Compare, code: Callable[[syntax.Expr], Code], constants: dict[str, Any]
) -> _Test:
    column, fixed = expr.left, code(expr.right)
    if not isinstance(column, syntax.Name) or column.name == ITEM or code(column).constant:
        raise _Unsuitable
    kind = type(fixed.value)
    if not fixed.constant or not (kind in ORDERED or (kind is bool and expr.operator in ("=", "!="))):
        raise _Unsuitable
    return _Test(column.name, kind, f"(cell {_PYTHON[expr.operator]} {_name(fixed.value, constants)})")


def _name(value: Any, constants: dict[str, Any]) -> str:
    name = f"c{len(constants)}"
    constants[name] = value
    return name
