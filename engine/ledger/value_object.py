"""Values of facts and parameters as JSON and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from engine.language.values import Unknown, Value
from engine.ledger.canonical import Json
from engine.wording.words import plain


def value_object(value: Value) -> Json:
    """A fact's or parameter's value. Raises TypeError for a list."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Unknown):
        return None
    if isinstance(value, Decimal):
        return {"number": format(value, "f")}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple | list | dict):
        raise TypeError("a list is no value of a fact")
    return {"duration": str(plain(value))}


def read_value(found: Any) -> Value:
    """The value that ``value_object`` wrote."""
    if not isinstance(found, dict):
        return found  # type: ignore[no-any-return]
    if "number" in found:
        return Decimal(found["number"])
    if "date" in found:
        return date.fromisoformat(found["date"])
    from engine.project.durations import parse_duration

    return parse_duration(found["duration"])
