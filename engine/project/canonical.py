"""Rewrites an expression so that every name is the canonical id, whichever of its names the officer used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from engine.language.syntax import Expr, Filter, Name, Path, Quantified
from engine.project.scope import Scope, column_names


def canonical(expression: Expr, scope: Scope) -> Expr:
    """``信访登记[级别 = "京"]`` → ``petitions[level = "京"]``."""
    return _Canonical(scope).rewrite(expression, {}, {})


class _Canonical:
    """``columns``: column names in sight inside a filter; ``rows``: loop variable → register of its rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def rewrite(self, e: Expr, columns: Mapping[str, str], rows: Mapping[str, str | None]) -> Expr:
        """``e`` with canonical names."""
        if isinstance(e, Name):
            if e.name in rows:
                return e
            return replace(e, name=columns.get(e.name) or self._scope.canonical.get(e.name, e.name))
        if isinstance(e, Filter):
            register = self._register(e.source, rows)
            inside = {**columns, **column_names(self._scope.registers[register])} if register else columns
            source = self.rewrite(e.source, columns, rows)
            return replace(
                e, source=source, predicate=self.rewrite(e.predicate, inside, {**rows, "item": register})
            )
        if isinstance(e, Quantified):
            bound = {**rows, e.name: self._register(e.domain, rows)}
            domain = self.rewrite(e.domain, columns, rows)
            return replace(e, domain=domain, condition=self.rewrite(e.condition, columns, bound))
        if isinstance(e, Path):
            register = self._register(e.source, rows)
            names = column_names(self._scope.registers[register]) if register else {}
            return replace(e, source=self.rewrite(e.source, columns, rows), name=names.get(e.name, e.name))
        return self._children(e, columns, rows)

    def _children(self, e: Expr, columns: Mapping[str, str], rows: Mapping[str, str | None]) -> Expr:
        changed: dict[str, Any] = {}
        for field in fields(e):
            value = getattr(e, field.name)
            if isinstance(value, Expr):
                changed[field.name] = self.rewrite(value, columns, rows)
            elif isinstance(value, tuple) and value and isinstance(value[0], Expr):
                changed[field.name] = tuple(self.rewrite(item, columns, rows) for item in value)
        return replace(e, **changed) if changed else e

    def _register(self, e: Expr, rows: Mapping[str, str | None]) -> str | None:
        """The register whose rows ``e`` gives, if it gives any."""
        if isinstance(e, Name):
            if e.name in rows:
                return rows[e.name]
            id_ = self._scope.canonical.get(e.name)
            return id_ if id_ in self._scope.registers else None
        return self._register(e.source, rows) if isinstance(e, Filter) else None
