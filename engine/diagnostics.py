"""A diagnostic: what is wrong, where, and one line that shows the right form.

Rendered as ``file:line:col: error[code]: message``, then the source line with a caret, then the help.
The shape follows what compilers print, so editors and CI systems can already read it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from engine import messages
from engine.messages import Lang

#: A source line is shown up to this many characters.
_LONGEST_LINE = 160


@dataclass(frozen=True, order=True)
class Location:
    """A place in a text file. Lines and columns count from 1 (characters, not bytes); line 0 is the file."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1


@dataclass(frozen=True)
class Diagnostic:
    """One finding about the user's files. ``code`` is a kebab-case id that the message table knows."""

    code: str
    location: Location
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"
    source_line: str | None = None

    def message(self, lang: Lang) -> str:
        """The message, without place or code."""
        return messages.text(f"error.{self.code}", lang, **self.params)

    @property
    def shown_code(self) -> str:
        """The code as users see it: whether a nearest name was found changes the help, not the kind of error."""
        return self.code.removesuffix("-near")

    def help(self, lang: Lang) -> str | None:
        """The line of help, if the table has one for this code."""
        key = f"help.{self.code}"
        return messages.text(key, lang, **self.params) if messages.known(key) else None


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, then code, without repetitions: the same project always gives the same list."""
    keyed = {(d.location, d.code, d.message("en")): d for d in diagnostics}
    return [keyed[key] for key in sorted(keyed)]


def display_width(text: str) -> int:
    """Columns that ``text`` takes in a terminal: two for a wide character (UAX #11), none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_width_of, text))


@lru_cache(maxsize=20_000)
def _width_of(char: str) -> int:
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _clipped(source: str, column: int) -> tuple[str, int]:
    """A long line around the column that matters, and where that column is then."""
    if len(source) <= _LONGEST_LINE:
        return source, column
    start = max(0, column - 1 - _LONGEST_LINE // 2)
    end = start + _LONGEST_LINE
    shown = ("…" if start else "") + source[start:end] + ("…" if end < len(source) else "")
    return shown, column - start + (1 if start else 0)


def render(diagnostic: Diagnostic, lang: Lang) -> str:
    """The diagnostic as a person reads it, without a newline at its end."""
    place = diagnostic.location
    where = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
    lines = [f"{where}: {diagnostic.severity}[{diagnostic.shown_code}]: {diagnostic.message(lang)}"]
    if diagnostic.source_line is not None and place.line:
        source = diagnostic.source_line.replace("\t", " ").rstrip()
        source, column = _clipped(source, place.column)
        before = source[: column - 1]
        marked = source[column - 1 : column - 1 + max(place.length, 1)]
        gutter = f"{place.line:>5} | "
        lines.append(gutter + source)
        lines.append(" " * 5 + " | " + " " * display_width(before) + "^" * max(display_width(marked), 1))
    help_line = diagnostic.help(lang)
    if help_line is not None:
        lines.append(f"  {messages.text('label.help', lang)}: {help_line}")
    return "\n".join(lines)
