"""Columns as they lie in files → columns of facts. What has no simple form makes its row *odd*.

An odd row is read again, with all that is known of its unit, by the reader that every other command uses: so nothing here
has to understand every way to write a date, and nothing that it does understand may mean anything else than there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import narwhals as nw

from engine.batch.layout import PLACES, Stored
from engine.facts.folding import BLANK_MARKS
from engine.facts.normalise import Understood, normalise
from engine.language.values import Value
from engine.project.policy import Fact

#: Numbers beyond this many millions of millions are read the other way.
_LARGEST = 10**12
_INTEGER = r"^-?[0-9]{1,12}$"
_DECIMAL = r"^-?[0-9]{1,12}\.[0-9]{1,4}$"
_ISO_DAY = r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"
#: A text that the reader would leave as it is: visible characters of the common planes, no spaces.
_PLAIN_TEXT = r"^[!-~\x{A1}-\x{AC}\x{AE}-\x{2FF}\x{2010}-\x{2027}\x{3001}-\x{FEFE}\x{FF01}-\x{FFEF}]+$"
#: More different texts than this in one column are no words to be looked up.
_MOST_WORDS = 100_000


class Odd(Exception):
    """A text that only the other reader can deal with."""


@dataclass
class Words:
    """What the texts of one column mean, as far as they were met: text → value, None where nothing is filled in.

    ``meaning`` says it, or raises Odd.
    """

    meaning: Callable[[str], Value]
    known: dict[str, Value] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)

    def learn(self, texts: Iterable[str]) -> None:
        """Looks up what was not met before."""
        for text in texts:
            if text in self.known or text in self.odd:
                continue
            try:
                self.known[text] = self.meaning(text)
            except Odd:
                self.odd.add(text)

    @property
    def full(self) -> bool:
        """Whether the column has too many different texts to look each of them up."""
        return len(self.known) + len(self.odd) > _MOST_WORDS


def words_for(fact: Fact) -> Words:
    """The words of a fact's column."""

    def meaning(text: str) -> Value:
        found = normalise(fact, text)
        if found is None:
            return None
        if isinstance(found, Understood) and found.note is None and _storable(found.value):
            return found.value
        raise Odd

    return Words(meaning)


def _storable(value: Value) -> bool:
    """Whether a number has no more places and digits than its column."""
    if not isinstance(value, Decimal):
        return True
    return value == round(value, PLACES) and abs(value) < _LARGEST


@dataclass(frozen=True)
class Read:
    """A column as the compiled policy takes it. ``odd``: rows that have to be read the other way, None if there are none;
    ``new``: rows with a text that was not looked up yet."""

    stored: Stored
    value: nw.Expr
    odd: nw.Expr | None = None
    new: nw.Expr | None = None


def storage(fact: Fact, kind: nw.dtypes.DType | type[nw.dtypes.DType]) -> Stored | None:
    """How a fact is stored that lies in a column of that type; None if every row of it is odd."""
    if fact.type in ("text", "choice"):
        return Stored("text") if _is_text(kind) else None
    if fact.type == "date":
        return Stored("date") if _is_text(kind) or kind in (nw.Date, nw.Datetime) else None
    if fact.type == "boolean":
        return Stored("boolean") if _is_text(kind) or kind == nw.Boolean or _is_integer(kind) else None
    whole = fact.type == "integer"
    if _is_integer(kind):
        return Stored("whole", 0)
    if _is_text(kind):
        return Stored("whole", 0 if whole else PLACES)
    if kind in (nw.Float64, nw.Float32):
        return Stored("whole", 0) if whole else Stored("float") if kind == nw.Float64 else None
    if isinstance(kind, nw.Decimal):
        return Stored("whole", 0 if whole else PLACES)
    return None


def _is_text(kind: Any) -> bool:
    return kind in (nw.String, nw.Categorical, nw.Enum) or isinstance(kind, nw.Enum)


def _is_integer(kind: Any) -> bool:
    return kind in (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)


def read(fact: Fact, column: nw.Expr, kind: Any, words: Words) -> Read | None:
    """The column of a fact; None if no row of it has a simple form."""
    stored = storage(fact, kind)
    if stored is None:
        return None
    if _is_text(kind):
        return _READ_TEXT[fact.type](fact, stored, column.cast(nw.String), words)
    if fact.type == "boolean" and kind != nw.Boolean:
        return Read(stored, column == 1, _flag((column != 0) & (column != 1)))
    if fact.type == "date" and kind != nw.Date:
        day = column.cast(nw.Date)
        return Read(stored, day, _flag(day.cast(nw.Datetime) != column.cast(nw.Datetime)))
    if fact.type in ("number", "integer"):
        return _number(fact, stored, column, kind)
    return Read(stored, column)


def _flag(odd: nw.Expr) -> nw.Expr:
    return odd.fill_null(False)


def _number(fact: Fact, stored: Stored, column: nw.Expr, kind: Any) -> Read:
    value, odd = column, None
    if kind in (nw.Float64, nw.Float32):
        # A comparison with what is not a number is false, so such a row is not among the plain ones.
        plain = (column.abs() < float(_LARGEST)).fill_null(True)
        if stored.storage == "whole":
            plain = plain & (column == column.round(0)).fill_null(True)
            value = nw.when(plain).then(column).cast(nw.Int64)
        odd = ~plain
    elif isinstance(kind, nw.Decimal):
        plain = (column.abs() < _LARGEST).fill_null(True)
        scaled = nw.when(plain).then(column).cast(nw.Decimal(38, 12)) * 10**stored.scale
        value = scaled.cast(nw.Int64)
        odd = ~(plain & (scaled == value.cast(nw.Decimal(38, 12))).fill_null(True))
    elif kind not in (nw.Int8, nw.Int16, nw.Int32, nw.UInt8, nw.UInt16):
        value = column.cast(nw.Int64)
        odd = _flag(column.abs() >= _LARGEST)
    else:
        value = column.cast(nw.Int64)
    return Read(stored, value, _outside(fact, stored, value, odd))


def _outside(fact: Fact, stored: Stored, value: nw.Expr, odd: nw.Expr | None) -> nw.Expr | None:
    """``odd``, and numbers that the vocabulary rules out."""
    scale = 0 if stored.storage == "float" else stored.scale
    for end, beyond in ((fact.minimum, True), (fact.maximum, False)):
        if not isinstance(end, Decimal):
            continue
        edge: Any = float(end) if stored.storage == "float" else end.scaleb(scale)
        if isinstance(edge, Decimal):
            edge = int(edge.to_integral_value("ROUND_CEILING" if beyond else "ROUND_FLOOR"))
        wrong = _flag(value < edge if beyond else value > edge)
        odd = wrong if odd is None else odd | wrong
    return odd


# ------------------------------------------------------------------------------------------------------ texts


def looked_up(stored: Stored, text: nw.Expr, words: Words, kind: Any, plain: Read | None = None) -> Read:
    """The value of each text that was looked up, ``plain`` for those that need no looking up."""
    known = {word: value for word, value in words.known.items() if value is not None}
    met = [*words.known, *words.odd]
    value: nw.Expr = nw.lit(None, dtype=kind)
    if known:
        there = {word: _as_stored(value, stored) for word, value in known.items()}
        value = text.replace_strict(list(there), list(there.values()), default=None, return_dtype=kind)
    new = ~text.is_null()
    odd = text.is_in(sorted(words.odd)) if words.odd else nw.lit(False)
    if met:
        new = new & ~text.is_in(met)
    if plain is not None:
        simple = ~plain.value.is_null()
        value = nw.when(simple).then(plain.value).otherwise(value)
        new = new & ~simple
        if plain.odd is not None:
            odd = odd | plain.odd
    return Read(stored, value, _flag(odd), _flag(new))


def _as_stored(value: Value, stored: Stored) -> Any:
    if isinstance(value, Decimal):
        return int(value.scaleb(stored.scale))
    return value


def _boolean_text(fact: Fact, stored: Stored, text: nw.Expr, words: Words) -> Read:
    return looked_up(stored, text, words, nw.Boolean)


def _choice_text(fact: Fact, stored: Stored, text: nw.Expr, words: Words) -> Read:
    return looked_up(stored, text, words, nw.String)


def _date_text(fact: Fact, stored: Stored, text: nw.Expr, words: Words) -> Read:
    # A day that does not exist has the form but stays null, and is looked up like any other text.
    shaped = nw.when(text.str.contains(_ISO_DAY)).then(text)
    month, day = shaped.str.slice(5, 2).cast(nw.Int32), shaped.str.slice(8, 2).cast(nw.Int32)
    safe = nw.when((month >= 1) & (month <= 12) & (day >= 1) & (day <= 28)).then(shaped)
    plain = Read(stored, safe.str.to_date("%Y-%m-%d"))
    return looked_up(stored, text, words, nw.Date, plain)


def _number_text(fact: Fact, stored: Stored, text: nw.Expr, words: Words) -> Read:
    whole = nw.when(text.str.contains(_INTEGER)).then(text).cast(nw.Int64) * 10**stored.scale
    value = whole
    if stored.scale:
        shaped = nw.when(text.str.contains(_DECIMAL)).then(text)
        digits = shaped.str.replace(".", "", literal=True).cast(nw.Int64)
        places = shaped.str.len_chars() - shaped.str.replace(r"\..*$", "").str.len_chars() - 1
        scaled: nw.Expr = nw.lit(None, dtype=nw.Int64)
        for count in range(1, stored.scale + 1):
            scaled = nw.when(places == count).then(digits * 10 ** (stored.scale - count)).otherwise(scaled)
        value = nw.when(whole.is_null()).then(scaled).otherwise(whole)
    plain = Read(stored, value, _outside(fact, stored, value, None))
    return looked_up(stored, text, words, nw.Int64, plain)


def _free_text(fact: Fact, stored: Stored, text: nw.Expr, words: Words) -> Read:
    plain = text.str.contains(_PLAIN_TEXT) & (text.str.len_chars() > max(map(len, BLANK_MARKS)))
    simple = Read(stored, nw.when(plain).then(text))
    return looked_up(stored, text, words, nw.String, simple)


_Reader = Callable[[Fact, Stored, nw.Expr, Words], Read]
_READ_TEXT: Mapping[str, _Reader] = {
    "boolean": _boolean_text,
    "choice": _choice_text,
    "date": _date_text,
    "number": _number_text,
    "integer": _number_text,
    "text": _free_text,
}
