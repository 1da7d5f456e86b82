"""A cell as people fill it in → the typed value of its fact.

=========  ====================================================================================================
boolean    是 否 有 无 没有 对 错 √ ✓ ✔ ☑ × ✗ ✘ ☒ Y N yes no true false t f 1 0
number     ``3`` ``４`` ``1,234.5`` ``3 次`` (the fact's own unit) ``三十二`` ``3万``; ``无`` is 0; ``12%`` only where the
           unit is %; an integer must be whole; a value outside the fact's range is not understood
date       ``2018-07-25`` ``2018/7/25`` ``2018.7.25`` ``2018年7月25日`` ``20180725``, a date cell, a serial number
choice     an allowed value or its English reading, whatever the width or case of its letters
text       trimmed; at most 32,767 characters
=========  ====================================================================================================

An empty cell and a mark such as ``—``, ``/``, ``未知`` mean that nothing was filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.facts.cells import Cell, NoValue, Percent, plain, shown
from engine.facts.dates import day_of, parse_date, serial_date
from engine.facts.folding import clean, folded, is_blank
from engine.facts.numbers import in_reach, parse_number
from engine.language.values import Value
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.project.policy import Fact

MAX_TEXT = 32_767
_YES = frozenset(["是", "有", "对", "√", "✓", "✔", "☑", "✅", "y", "yes", "true", "t", "1"])
_NO = frozenset(["否", "无", "没有", "错", "×", "✗", "✘", "☒", "✕", "❌", "n", "no", "false", "f", "0"])
_NONE = frozenset({"无", "没有", "none"})
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Understood:
    """The typed value; ``note`` is the key of a message about it, if there is something to say."""

    value: Value
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something is written but not a value of this fact: the message's key and parameters."""

    key: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


def normalise(fact: Fact, cell: Cell, date_1904: bool = False) -> Understood | NotUnderstood | None:
    """The value of ``fact`` that ``cell`` writes; None where nothing is filled in. Never raises.

    ``date_1904``: serial numbers count days from 1904, as workbooks made on old Macs do.
    """
    if cell is None:
        return None
    if isinstance(cell, NoValue):
        return NotUnderstood(cell.key, {"found": cell.raw})
    if isinstance(cell, str):
        if len(cell) > MAX_TEXT:
            return NotUnderstood("data.text-too-long", {"found": cell[:20] + "…", "limit": str(MAX_TEXT)})
        if fact.type == "choice" and (choice := _choice(fact, cell)) is not None:
            return Understood(choice)
        if is_blank(cell):
            return None
    return _READERS[fact.type](fact, cell, date_1904)


def excerpt(cell: Cell) -> str:
    """The cell for a message: one line, without control characters, and not longer than a line."""
    text = " ".join(clean(shown(cell))[0].replace("`", "'").split())
    return text if len(text) <= 60 else text[:59] + "…"


def _boolean(fact: Fact, cell: Cell, date_1904: bool) -> Understood | NotUnderstood:
    if isinstance(cell, bool):
        return Understood(cell)
    if isinstance(cell, Decimal) and cell.is_finite() and cell in (0, 1):
        return Understood(cell == 1)
    if isinstance(cell, str):
        word = folded(cell)
        if word in _YES:
            return Understood(True)
        if word in _NO:
            return Understood(False)
    return NotUnderstood("data.not-yes-or-no", {"found": excerpt(cell)})


def _number(fact: Fact, cell: Cell, date_1904: bool) -> Understood | NotUnderstood:
    found: Decimal | None = None
    percent = fact.unit is not None and folded(fact.unit) == "%"
    if isinstance(cell, Percent):
        found = cell.share * 100 if percent and cell.share.is_finite() else None
    elif isinstance(cell, Decimal):
        found = cell if cell.is_finite() and in_reach(cell) else None
    elif isinstance(cell, str):
        found = Decimal(0) if folded(cell) in _NONE else parse_number(cell, fact.unit)
    elif isinstance(cell, datetime):
        return NotUnderstood("data.date-for-number", {"found": excerpt(cell)})
    if found is None or not in_reach(found):
        if isinstance(cell, Percent) or (
            isinstance(cell, str) and folded(cell).endswith("%") and not percent
        ):
            return NotUnderstood("data.percent-for-number", {"found": excerpt(cell), **_unit(fact)})
        return NotUnderstood("data.not-a-number", {"found": excerpt(cell), **_unit(fact)})
    found = Decimal(plain(found))
    if fact.type == "integer" and found != found.to_integral_value():
        return NotUnderstood("data.not-whole", {"found": excerpt(cell)})
    if (isinstance(fact.minimum, Decimal) and found < fact.minimum) or (
        isinstance(fact.maximum, Decimal) and found > fact.maximum
    ):
        return NotUnderstood("data.out-of-range", {"found": excerpt(cell), "range": range_text(fact)})
    return Understood(found)


def _date(fact: Fact, cell: Cell, date_1904: bool) -> Understood | NotUnderstood:
    found: object = "data.not-a-date"
    if isinstance(cell, datetime):
        found = day_of(cell)
    elif isinstance(cell, Decimal) and cell.is_finite() and in_reach(cell):
        found = serial_date(cell, date_1904)
    elif isinstance(cell, str):
        found = parse_date(cell, date_1904)
    if isinstance(found, str):
        return NotUnderstood(found, {"found": excerpt(cell)})
    return Understood(found)  # type: ignore[arg-type]


def _choice(fact: Fact, text: str) -> str | None:
    word = folded(text)
    for choice in fact.choices:
        if choice.value == text:
            return choice.value
    for choice in fact.choices:
        if word and word in (folded(choice.value), folded(choice.en)):
            return choice.value
    return None


def _choice_cell(fact: Fact, cell: Cell, date_1904: bool) -> Understood | NotUnderstood:
    text = shown(cell)
    found = _choice(fact, text)
    if found is not None:
        return Understood(found)
    expected = ", ".join(f"`{choice.value}`" for choice in fact.choices)
    near = nearest(clean(text)[0], [word for choice in fact.choices for word in (choice.value, choice.en)])
    if near is None:
        return NotUnderstood("data.not-a-choice", {"found": excerpt(cell), "expected": expected})
    return NotUnderstood(
        "data.not-a-choice-near", {"found": excerpt(cell), "expected": expected, "nearest": near}
    )


def _text(fact: Fact, cell: Cell, date_1904: bool) -> Understood | NotUnderstood:
    text, had_controls = clean(shown(cell))
    return Understood(text, "data.control-characters" if had_controls else None)


def _unit(fact: Fact) -> Mapping[str, object]:
    return {"example": f"12 {fact.unit}" if fact.unit else "12"}


def range_text(fact: Fact) -> str:
    """``≥ 0``, ``≤ 100`` or ``0–100``."""
    low = plain(fact.minimum) if isinstance(fact.minimum, Decimal) else ""
    high = plain(fact.maximum) if isinstance(fact.maximum, Decimal) else ""
    return f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}"


_READERS = {
    "boolean": _boolean,
    "number": _number,
    "integer": _number,
    "date": _date,
    "choice": _choice_cell,
    "text": _text,
}
