"""Reads FEEL texts that stand in a document: parsed, type-checked, with every name made canonical."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from engine.language import (
    Boolean,
    LanguageError,
    Number,
    Type,
    check,
    free_names,
    parse,
    parse_unary_tests,
    substitute,
)
from engine.language.syntax import Expr, Literal, Name
from engine.nearest import nearest
from engine.project.canonical import canonical
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.texts import shown
from engine.project.yaml import Document


@cache
def template(text: str) -> Expr:
    """A fixed FEEL text, parsed once."""
    return parse(text)


class ExpressionReader:
    """Expressions of one document; errors are reported at their characters."""

    def __init__(self, document: Document, scope: Scope, report: Reporter) -> None:
        self.document = document
        self.scope = scope
        self.report = report

    def expression(self, text: str, path: Path, expected: Type | None) -> Expr | None:
        """The FEEL expression ``text``, of type ``expected`` (None: any)."""
        return self._checked(text, path, expected, unary=None)

    def unary_test(self, text: str, path: Path, subject: Type) -> Expr | None:
        """The FEEL unary test ``text`` over the name ``?`` of type ``subject``."""
        return self._checked(text, path, Boolean(), unary=subject)

    def _checked(self, text: str, path: Path, expected: Type | None, unary: Type | None) -> Expr | None:
        try:
            found = parse(text) if unary is None else parse_unary_tests(text)
        except LanguageError as error:
            self.report.in_text(self.document, path, error.problems)
            return None
        types = self.scope.types if unary is None else {**self.scope.types, "?": unary}
        _, problems = check(found, types, expected)
        if problems:
            self.report.in_text(self.document, path, problems)
            return None
        return canonical(found, self.scope)

    def number_of_parameters(self, data: Any, path: Path) -> Expr | None:
        """A whole number, or an expression over parameters alone."""
        if isinstance(data, int) and not isinstance(data, bool):
            return Literal(Decimal(data))
        if not isinstance(data, str):
            self.report.at_value(self.document, path, "not-a-number", found=str(data))
            return None
        found = self.expression(data, path, Number())
        if found is None:
            return None
        for name in sorted(free_names(found) - self.scope.parameters - self.scope.broken):
            self.report.at_value(self.document, path, "not-a-parameter", found=name)
            found = None
        return found

    def parameter(self, data: Any, path: Path) -> str | None:
        """The id of the parameter that ``data`` names."""
        id_ = self.scope.canonical.get(data) if isinstance(data, str) else None
        if id_ is None or id_ not in self.scope.parameters:
            known = [n for n, i in self.scope.canonical.items() if i in self.scope.parameters]
            self.unknown("unknown-parameter", data, known, path)
            return None
        return id_

    def count_of(self, register: str, tests: list[Expr]) -> Expr:
        """``count(register[test and test …])``; without tests, all rows."""
        if not tests:
            return substitute(template("count(r)"), {"r": Name(register)})
        names = {f"t{i}": test for i, test in enumerate(tests)}
        conjunction = substitute(template(" and ".join(names)), names)
        return substitute(template("count(r[t])"), {"r": Name(register), "t": conjunction})

    def unknown(
        self,
        code: str,
        found: Any,
        known: Any,
        path: Path,
        *,
        at_key: bool = False,
        key: str | None = None,
        **params: object,
    ) -> None:
        """Report a name that does not exist, with the nearest one that does."""
        if isinstance(found, str) and found in self.scope.broken:
            return
        guess = nearest(found, known) if isinstance(found, str) else None
        location = (
            self.document.key_location((*path, key) if key else path)
            if at_key
            else self.document.value_location(path)
        )
        hint = f"{code}-near" if guess is not None else code
        self.report.add(self.document, location, hint, found=shown(found), nearest=guess, **params)
