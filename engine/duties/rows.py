"""Which rows of a register pass a filter, for one unit: surely or perhaps, and dated by a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias, cast

from engine.language import compile, free_names
from engine.language.syntax import Compare, Expr, Literal, Name, Or
from engine.language.values import Unknown, Value
from engine.project.duty import RowFilter


class Match(NamedTuple):
    """A row that passes, by its number from 1. ``certain`` is False if an unknown cell decides whether it does.

    ``day``: the day in its date column, None if that is not known. ``missing``: the cells that would tell both.
    """

    row: int
    certain: bool
    day: date | None
    missing: frozenset[str] = frozenset()


Rows: TypeAlias = Sequence[Mapping[str, Value]]
#: Rows by number from 0, with the cells that would tell whether the row passes; None if it surely does.
Found: TypeAlias = list[tuple[int, frozenset[str] | None]]
Test = Callable[[Mapping[str, Value]], Value]


@dataclass(frozen=True)
class Matcher:
    """A filter ready to run: the rows whose cell ``column`` is one of ``texts``, and then those that pass ``tests``."""

    register: str
    column: str | None
    texts: tuple[str, ...]
    tests: tuple[Test, ...]
    needs_facts: bool

    def rows(self, values: Mapping[str, Value], index: RowIndex) -> Found | frozenset[str]:
        """(row number from 0, missing cells or None if it surely passes); or what is missing to know any row."""
        listed = values[self.register]
        if isinstance(listed, Unknown):
            return listed.facts
        rows = table(values, self.register)
        if not rows:
            return []
        found: Found
        if self.column is None:
            found = [(i, None) for i in range(len(rows))]
        else:
            found = index.where(self.register, self.column, self.texts, rows)
        return self._tested(found, rows, values) if self.tests else found

    def _tested(self, found: Found, rows: Sequence[Any], values: Mapping[str, Value]) -> Found:
        passed: Found = []
        for i, missing in found:
            row = {**values, **rows[i]} if self.needs_facts else rows[i]
            open_cells = missing
            for test in self.tests:
                outcome = test(row)
                if outcome is False:
                    break
                if outcome is not True:
                    # Null, too: the test has no result for what is there, so another value might pass.
                    more = (
                        outcome.facts
                        if isinstance(outcome, Unknown)
                        else frozenset({f"{self.register}[{i + 1}]"})
                    )
                    open_cells = more if open_cells is None else open_cells | more
            else:
                passed.append((i, open_cells))
        return passed


def table(values: Mapping[str, Value], register: str) -> Rows:
    """The rows of a register that is known."""
    return cast(Rows, values[register])


class RowIndex:
    """The rows of one unit by the value of a column; each column is gone through once, however many ask."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[dict[str, Found], Found]] = {}

    def where(self, register: str, column: str, texts: tuple[str, ...], rows: Rows) -> Found:
        """The rows whose ``column`` is, or may be, one of ``texts``."""
        known = self._known.get((register, column))
        if known is None:
            known = self._known[register, column] = _by_value(column, rows)
        by_value, unsure = known
        if len(texts) == 1 and not unsure:
            return by_value.get(texts[0], [])
        found = [entry for text in texts for entry in by_value.get(text, ())]
        return sorted(found + unsure, key=itemgetter(0))


def _by_value(column: str, rows: Rows) -> tuple[dict[str, Found], Found]:
    """The rows with each value, and those whose value is not known."""
    found: dict[str, Found] = {}
    unsure: Found = []
    for i, row in enumerate(rows):
        cell = row[column]
        if isinstance(cell, Unknown):
            unsure.append((i, cell.facts))
        else:
            found.setdefault(str(cell), []).append((i, None))
    return found, unsure


def matcher(
    rows: RowFilter, constants: Mapping[str, Value], columns: Mapping[str, frozenset[str]]
) -> Matcher:
    """``rows`` ready to run; ``constants``: parameters and the as-of date; ``columns``: those of each register."""
    own = columns[rows.register]
    tests = list(rows.where)
    first = next((i for i, test in enumerate(tests) if one_of_texts(test) is not None), None)
    column: str | None = None
    texts: tuple[str, ...] = ()
    if first is not None:
        column, texts = one_of_texts(tests.pop(first)) or (None, ())
    compiled = tuple(compile(test, constants, columns) for test in tests)
    foreign = any(free_names(test) - own - constants.keys() for test in tests)
    return Matcher(rows.register, column, texts, compiled, foreign)


def one_of_texts(test: Expr) -> tuple[str, tuple[str, ...]] | None:
    """The column and the texts of ``column = "text"``, or of several of these joined by `or`."""
    match test:
        case Compare(operator="=", left=Name(name=column), right=Literal(value=str() as value)):
            return column, (value,)
        case Or(items=items):
            parts = [one_of_texts(item) for item in items]
            columns = {part[0] for part in parts if part is not None}
            if len(columns) == 1 and None not in parts:
                return columns.pop(), tuple(dict.fromkeys(text for part in parts if part for text in part[1]))
    return None


def dated(
    found: Found | frozenset[str],
    date_column: str,
    values: Mapping[str, Value],
    register: str,
) -> tuple[Match, ...] | frozenset[str]:
    """The rows found with the days in ``date_column``."""
    if isinstance(found, frozenset):
        return found
    if not found:
        return ()
    rows = table(values, register)
    matches = []
    for i, missing in found:
        cell = rows[i][date_column]
        if isinstance(cell, date):
            matches.append(Match(i + 1, missing is None, cell, missing or frozenset()))
        else:
            cells = (
                cell.facts if isinstance(cell, Unknown) else frozenset({f"{register}[{i + 1}].{date_column}"})
            )
            matches.append(Match(i + 1, missing is None, None, cells | (missing or frozenset())))
    return tuple(matches)
