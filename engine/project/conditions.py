"""Reads conditions: YAML structure with FEEL leaves → the condition nouns of ``engine.project.policy``.

Every leaf becomes one boolean FEEL expression, so the language alone decides what a test means.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.language import Boolean, Number, substitute
from engine.language.syntax import Expr, Literal, Name
from engine.project.comparison import last_name
from engine.project.expressions import ExpressionReader, template
from engine.project.policy import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    FindingRef,
    Leaf,
    NoneOf,
    Reading,
)
from engine.project.reporting import Path
from engine.project.texts import shown
from engine.project.value_tests import ValueTests

#: The keys that begin a condition of their own; any other single key names a fact.
GROUPS = ("all", "any", "none")
_GROUP_NOUNS: dict[str, Callable[[tuple[Condition, ...]], Condition]] = {
    "all": All,
    "any": AnyOf,
    "none": NoneOf,
}
KEYWORDS = (*GROUPS, "at least", "reading", "finding", "count", "expression")
#: What a condition says of a unit's place in a ranking besides numbers.
LAST = ("last", "末位")
_TOGETHER = {"at least": {"of"}, "reading": {"of"}, "count": {"where", "is"}}


class ConditionReader(ExpressionReader):
    """Reads the conditions of one document. Returns None for a condition with an error, after reporting it."""

    def condition(self, data: Any, path: Path) -> Condition | None:
        """The condition written at ``path``."""
        if not isinstance(data, dict):
            self.report.at_value(self.document, path, "condition-not-a-mapping", found=shown(data))
            return None
        if not data:
            self.report.at_value(self.document, path, "condition-empty")
            return None
        head = next((key for key in KEYWORDS if key in data), None)
        allowed = {head} | _TOGETHER.get(head or "", set()) if head else set()
        if head is None:
            if len(data) > 1:
                second = list(data)[1]
                self.report.at_key(
                    self.document,
                    (*path, second),
                    "condition-two-keys",
                    first=next(iter(data)),
                    second=second,
                )
                return None
            return self._fact_test(data, path)
        strangers = [key for key in data if key not in allowed]
        for key in strangers:
            self.report.at_key(self.document, (*path, key), "condition-two-keys", first=head, second=key)
        if strangers:
            return None
        if head in GROUPS:
            items = self._items(data[head], (*path, head))
            return None if items is None else _GROUP_NOUNS[head](items)
        if head == "finding":
            return self._finding(data[head], (*path, head))
        if head == "expression":
            return self._expression(data[head], (*path, head))
        if head == "count":
            return self._count(data, path)
        return self._counted_items(head, data, path)

    def _items(self, data: Any, path: Path) -> tuple[Condition, ...] | None:
        if not isinstance(data, list) or not data:
            self.report.at_value(self.document, path, "condition-needs-list", key=str(path[-1]))
            return None
        items = [self.condition(item, (*path, i)) for i, item in enumerate(data)]
        return tuple(item for item in items if item is not None) if None not in items else None

    def _counted_items(self, head: str, data: dict[str, Any], path: Path) -> Condition | None:
        if "of" not in data:
            self.report.at_key(self.document, (*path, head), "missing-key", key="of")
            return None
        items = self._items(data["of"], (*path, "of"))
        if head == "reading":
            name = self.parameter(data[head], (*path, head))
            if name is not None and name not in self.scope.readings:
                self.report.at_value(self.document, (*path, head), "not-a-reading", found=name)
                return None
            return None if items is None or name is None else Reading(name, items)
        need = self.number_of_parameters(data[head], (*path, head))
        if items is None or need is None:
            return None
        given = [need.value] if isinstance(need, Literal) else []
        if isinstance(need, Name):
            given = list(self.scope.values.get(need.name, ()))
        for value in given:
            if not (isinstance(value, Decimal) and 1 <= value <= len(items)):
                self.report.at_value(
                    self.document, (*path, head), "at-least-out-of-range", found=value, count=len(items)
                )
                return None
        return AtLeast(need, items)

    def _finding(self, data: Any, path: Path) -> Condition | None:
        if isinstance(data, str) and data in self.scope.findings:
            return FindingRef(self.scope.findings[data])
        if self.scope.findings_complete or not isinstance(data, str):
            self.unknown("unknown-finding", data, self.scope.findings, path)
        return None

    def _expression(self, data: Any, path: Path) -> Condition | None:
        if not isinstance(data, str):
            self.report.at_value(self.document, path, "not-a-text", found=shown(data), key="expression")
            return None
        expression = self.expression(data, path, Boolean())
        return None if expression is None else self._leaf(expression, path, "", data)

    def _fact_test(self, data: dict[str, Any], path: Path) -> Condition | None:
        name, test = next(iter(data.items()))
        if name in self.scope.findings and name not in self.scope.types:
            self.report.at_key(self.document, (*path, name), "finding-as-fact", found=name)
            return None
        id_ = self.scope.canonical.get(name)
        if id_ is None or id_ in self.scope.parameters:
            code = "unknown-fact" if id_ is None else "parameter-as-fact"
            self.unknown(
                code, name, [*self.scope.facts_and_derived(), *KEYWORDS], path, at_key=True, key=name
            )
            return None
        if id_ in self.scope.registers:
            self.report.at_key(self.document, (*path, name), "register-as-fact", found=name)
            return None
        if id_ in self.scope.ranks and test in LAST:
            last = substitute(template("x = true"), {"x": Name(last_name(id_))})
            return self._leaf(last, (*path, name), id_, shown(test))
        tests = ValueTests(self, self.scope.types[id_], self.scope.facts.get(id_))
        expression = tests.on(id_, test, (*path, name))
        return None if expression is None else self._leaf(expression, (*path, name), id_, shown(test))

    def _count(self, data: dict[str, Any], path: Path) -> Condition | None:
        name = data["count"]
        id_ = self.scope.canonical.get(name) if isinstance(name, str) else None
        if id_ is None or id_ not in self.scope.registers:
            known = [n for n, i in self.scope.canonical.items() if i in self.scope.registers]
            self.unknown("unknown-register", name, known, (*path, "count"))
            return None
        tests = self.where(data.get("where", {}), id_, (*path, "where"))
        if "is" not in data:
            self.report.at_key(self.document, (*path, "count"), "missing-key", key="is")
            return None
        count = self.count_of(id_, tests) if tests is not None else None
        bound = ValueTests(self, Number(), None).on_expression(count, data["is"], (*path, "is"))
        if bound is None or tests is None:
            return None
        return self._leaf(bound, path, id_, shown(data["is"]))

    def where(self, data: Any, register: str, path: Path) -> list[Expr] | None:
        """The tests of a `where`, each a boolean expression over the columns of ``register``."""
        if not isinstance(data, dict):
            self.report.at_value(self.document, path, "not-a-mapping", found=shown(data), key="where")
            return None
        tests: list[Expr | None] = []
        columns = self.scope.registers[register].columns
        for name, test in data.items():
            column = self.scope.column(register, name)
            if column is None:
                known = [c for i, f in columns.items() for c in (i, f.name.zh)]
                self.unknown("unknown-column", name, known, (*path, name), at_key=True, register=register)
                tests.append(None)
                continue
            fact = columns[column]
            tests.append(ValueTests(self, fact.language_type, fact).on(column, test, (*path, name)))
        return [t for t in tests if t is not None] if None not in tests else None

    def _leaf(self, expression: Expr, path: Path, subject: str, test: str) -> Leaf:
        return Leaf(expression, self.document.value_location(path), subject, test)
