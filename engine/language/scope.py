"""Which names an expression reads, and putting expressions in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from engine.language.syntax import Expr, Filter, Name, Quantified

#: In a filter, the element that is being looked at.
ITEM = "item"

Columns = Mapping[str, frozenset[str]]


def free_names(expr: Expr, columns: Columns | None = None) -> frozenset[str]:
    """The names that ``expr`` takes from its context.

    Names bound by ``some`` and ``every`` are not among them, nor is ``item`` in a filter. In a filter over the list
    called ``r`` the names in ``columns[r]`` are its columns; of a list that is not in ``columns`` nothing is known,
    so names in the filter count as free, although a row that has such a column would shadow them.
    """
    if isinstance(expr, Name):
        return frozenset((expr.name,))
    if isinstance(expr, Filter):
        bound = known_columns(expr.source, columns) or frozenset()
        return free_names(expr.source, columns) | (free_names(expr.predicate, columns) - bound - {ITEM})
    if isinstance(expr, Quantified):
        return free_names(expr.domain, columns) | (free_names(expr.condition, columns) - {expr.name})
    found: frozenset[str] = frozenset()
    for child in expr.children():
        found |= free_names(child, columns)
    return found


def known_columns(source: Expr, columns: Columns | None) -> frozenset[str] | None:
    """The columns of the rows of ``source``, a list or a filtered one; None if they are not known."""
    while isinstance(source, Filter):
        source = source.source
    return columns.get(source.name) if columns and isinstance(source, Name) else None


def substitute(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """``expr`` with each free name in ``values`` replaced; a bound name that would capture one is renamed."""
    if not values:
        return expr
    if isinstance(expr, Name):
        return values.get(expr.name, expr)
    if isinstance(expr, Filter):
        inner = {name: value for name, value in values.items() if name != ITEM}
        return replace(
            expr, source=substitute(expr.source, values), predicate=substitute(expr.predicate, inner)
        )
    if isinstance(expr, Quantified):
        return _substitute_quantified(expr, values)
    changed: dict[str, object] = {}
    for field in fields(expr):
        part = getattr(expr, field.name)
        if isinstance(part, Expr):
            changed[field.name] = substitute(part, values)
        elif isinstance(part, tuple) and part and isinstance(part[0], Expr):
            changed[field.name] = tuple(substitute(item, values) for item in part)
    return replace(expr, **changed) if changed else expr  # type: ignore[arg-type]


def _substitute_quantified(expr: Quantified, values: Mapping[str, Expr]) -> Quantified:
    inside = free_names(expr.condition)
    inner = {name: value for name, value in values.items() if name != expr.name and name in inside}
    name, condition = expr.name, expr.condition
    brought = frozenset[str]().union(*(free_names(value) for value in inner.values()))
    if name in brought:
        number = 1
        while f"{name}_{number}" in brought | inside:
            number += 1
        name = f"{expr.name}_{number}"
        condition = substitute(condition, {expr.name: Name(name)})
    return replace(
        expr, name=name, domain=substitute(expr.domain, values), condition=substitute(condition, inner)
    )
