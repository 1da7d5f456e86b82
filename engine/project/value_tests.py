"""What may stand to the right of a fact: a value, a list of values, a window of time, or a FEEL unary test."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from engine.language import Boolean, Date, DaysDuration, Number, String, Type, YearsMonthsDuration, substitute
from engine.language.syntax import Expr, Literal, Name
from engine.nearest import nearest
from engine.project.durations import parse_duration
from engine.project.expressions import ExpressionReader, template
from engine.project.policy import AS_OF, Fact
from engine.project.reporting import Path
from engine.project.texts import shown

WITHIN = "within"
LONGER_AGO = "longer ago than"
_YES_NO = {"是": True, "否": False}


class ValueTests:
    """Tests of a value of type ``type_``; ``fact`` gives the choices of an enumeration."""

    def __init__(self, reader: ExpressionReader, type_: Type, fact: Fact | None) -> None:
        self._reader = reader
        self._type = type_
        self._fact = fact

    def on(self, name: str, test: Any, path: Path) -> Expr | None:
        """The test as a boolean expression over the name ``name``."""
        return self.on_expression(Name(name), test, path)

    def on_expression(self, subject: Expr | None, test: Any, path: Path) -> Expr | None:
        """The test as a boolean expression over ``subject``; errors are found even if that is None."""
        found = self._list(test, path) if isinstance(test, list) else self._single(test, path)
        return None if found is None or subject is None else substitute(found, {"?": subject})

    def _list(self, tests: list[Any], path: Path) -> Expr | None:
        if not tests:
            self._wrong(path, "list-of-no-values")
            return None
        found = [self._single(test, (*path, i)) for i, test in enumerate(tests)]
        if any(test is None for test in found):
            return None
        names = {f"t{i}": test for i, test in enumerate(found) if test is not None}
        return substitute(template(" or ".join(names)), names)

    def _single(self, test: Any, path: Path) -> Expr | None:
        if isinstance(test, dict):
            return self._window(test, path)
        if isinstance(test, bool):
            if not isinstance(self._type, Boolean):
                return self._mismatch(path, test)
            return equals(test)
        if isinstance(test, int | Decimal):
            return equals(Decimal(test)) if isinstance(self._type, Number) else self._mismatch(path, test)
        if not isinstance(test, str):
            return self._mismatch(path, test)
        return self._text(test.strip(), path)

    def _text(self, text: str, path: Path) -> Expr | None:
        if isinstance(self._type, Boolean):
            if text in _YES_NO:
                return equals(_YES_NO[text])
            if text.lower() in ("yes", "no", "on", "off", "y", "n"):
                self._wrong(path, "yaml-boolean", found=text)
                return None
        if self._fact is not None and self._fact.choices:
            for choice in self._fact.choices:
                if text in (choice.value, choice.en):
                    return equals(choice.value)
            if text.replace("_", "").isalnum() and text not in self._reader.scope.types:
                values = [c.value for c in self._fact.choices]
                guess = nearest(text, values)
                code = "not-a-choice" if guess is None else "not-a-choice-near"
                self._wrong(
                    path, code, found=text, choices=", ".join(f"`{v}`" for v in values), nearest=guess
                )
                return None
        if isinstance(self._type, String) and self._type.values is not None and text in self._type.values:
            return equals(text)
        if isinstance(self._type, Date) and len(text) == 10 and text[4:5] == text[7:8] == "-":
            try:
                return equals(datetime.date.fromisoformat(text))
            except ValueError:
                self._wrong(path, "not-a-date", found=text)
                return None
        if isinstance(self._type, YearsMonthsDuration | DaysDuration):
            duration = parse_duration(text)
            if duration is not None:
                return equals(duration)
        return self._reader.unary_test(text, path, self._type)

    def _window(self, test: dict[str, Any], path: Path) -> Expr | None:
        if len(test) != 1 or next(iter(test)) not in (WITHIN, LONGER_AGO):
            self._wrong(path, "unknown-window", found=shown(test))
            return None
        key, text = next(iter(test.items()))
        if not isinstance(self._type, Date):
            self._wrong(path, "window-needs-date", found=key)
            return None
        period = self._period(text, (*path, key))
        if period is None:
            return None
        included = self._reader.scope.first_day_included
        if key == WITHIN:
            shape = "? > a - p and ? <= a" if included else "? >= a - p and ? <= a"
        else:
            shape = "? <= a - p" if included else "? < a - p"
        return substitute(template(shape), {"a": Name(AS_OF), "p": period})

    def _period(self, text: Any, path: Path) -> Expr | None:
        duration = parse_duration(text) if isinstance(text, str) else None
        if duration is not None:
            return Literal(duration)
        scope = self._reader.scope
        if isinstance(text, str) and scope.canonical.get(text) in scope.parameters:
            if isinstance(scope.types[text], YearsMonthsDuration | DaysDuration):
                return Name(scope.canonical[text])
            self._wrong(path, "parameter-not-a-duration", found=text)
            return None
        if isinstance(text, str) and text in scope.broken:
            return None
        known = [n for n in scope.types if isinstance(scope.types[n], YearsMonthsDuration | DaysDuration)]
        guess = nearest(text, known) if isinstance(text, str) else None
        self._wrong(
            path,
            "not-a-duration" if guess is None else "not-a-duration-near",
            found=shown(text),
            nearest=guess,
        )
        return None

    def _mismatch(self, path: Path, test: Any) -> Expr | None:
        self._wrong(path, "test-of-wrong-type", found=shown(test), expected=type_word(self._type))
        return None

    def _wrong(self, path: Path, code: str, **params: object) -> None:
        self._reader.report.at_value(self._reader.document, path, code, **params)


def equals(value: Any) -> Expr:
    """``? = value``"""
    return substitute(template("? = v"), {"v": Literal(value)})


def type_word(type_: Type) -> str:
    """The type as the vocabulary calls it."""
    words = {Boolean: "boolean", Number: "number", String: "text", Date: "date"}
    return words.get(type(type_), "duration")
