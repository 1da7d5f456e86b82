"""A unit's cells on the page: facts by the row that they stand in, and the rows of its registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from engine.explain.cell_words import cell_words
from engine.explain.notes import names_read, row_counter
from engine.facts.sheet import FactSheet, Observation, Row
from engine.inference.evaluation import Evaluation, Program
from engine.inference.network import Truth
from engine.project.policy import UNIT_KIND
from engine.report.page.book import Book, CellPlace
from engine.report.page.places import around, first_number, last_number, prefix, runs

_LETTER = {True: "T", False: "F", None: "U"}


class Cells:
    """Writes the cells of units. Registers that no test of the screening reads are there with their places alone."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._policy = book.policy
        read = {name for leaf in book.program.leaves.values() for name in leaf.reads}
        self._read = read & book.policy.registers.keys()
        self._counters = _counters(book.program)

    def facts(self, evaluation: Evaluation) -> list[object]:
        """``[[layout, number, observed, supplier, [word…]]…]``: the cells of one row together."""
        sheet = evaluation.sheet
        rows: dict[tuple[object, ...], tuple[list[CellPlace], list[int]]] = {}
        for id_, seen in ((UNIT_KIND, sheet.kind), *sheet.facts.items()):
            for cell in seen:
                before, number, after = first_number(cell.source)
                key = (prefix(cell.source), number, cell.observed, cell.supplier)
                places, words = rows.setdefault(key, ([], []))
                places.append((self._book.names[id_], before, after))
                words.append(self._word(id_, cell))
        found: list[object] = []
        for (where, line, observed, supplier), (places, words) in rows.items():
            layout = self._book.layouts.place((self._book.word(str(where)), "", "", tuple(places)))
            found.append([layout, line, self._day(observed), self._office(supplier), words])
        return found

    def registers(self, sheet: FactSheet) -> dict[str, list[object]]:
        """Register → ``[[layout, observed, supplier, [row numbers in runs], [word…]]…]``, rows in their order."""
        return {
            str(self._book.names[id_]): self._register(id_, rows) for id_, rows in sheet.registers.items()
        }

    def _register(self, id_: str, rows: tuple[Row, ...]) -> list[object]:
        book, full = self._book, id_ in self._read
        groups: list[tuple[tuple[object, ...], list[int], list[int]]] = []
        for row in rows:
            before, number, after = last_number(row.source)
            places: list[CellPlace] = []
            words: list[int] = []
            for column, cell in row.cells.items() if full else ():
                if column in book.columns[id_]:
                    places.append((book.columns[id_][column], *around(cell.source, number)))
                    words.append(self._column_word(id_, column, cell))
            layout = book.layouts.place((book.word(prefix(row.source)), before, after, tuple(places)))
            key = (layout, row.observed, row.supplier)
            if not groups or groups[-1][0] != key:
                groups.append((key, [], []))
            groups[-1][1].append(number)
            groups[-1][2].extend(words)
        return [
            [layout, self._day(observed), self._office(supplier), runs(numbers), words]
            for (layout, observed, supplier), numbers, words in groups
        ]

    def counted(self, evaluation: Evaluation) -> list[object]:
        """``[[node, register, "TFU…"]…]``: whether a test counts each row, where it has a condition on rows."""
        found: list[object] = []
        for node, register, count in self._counters:
            rows = evaluation.context.values[register]
            if isinstance(rows, tuple) and rows:
                truths = "".join(_LETTER[truth] for truth in count(evaluation))
                found.append([node, self._book.names[register], truths])
        return found

    def reasons(self, evaluation: Evaluation) -> list[object]:
        """``[[fact, reason]…]`` for facts and registers that something is written for and that are still unknown."""
        context, sheet = evaluation.context, evaluation.sheet
        found: list[object] = []
        for id_, reason in context.reasons.items():
            written = sheet.kind if id_ == UNIT_KIND else sheet.facts.get(id_) or id_ in sheet.registers
            if written and id_ in self._book.names:
                found.append([self._book.names[id_], reason])
        return found

    def unused(self, evaluation: Evaluation) -> list[object]:
        """``[[fact, [n…]]…]``: which cells of a known fact were left out of account, as they are out of date."""
        sheet, used = evaluation.sheet, evaluation.context.used
        found: list[object] = []
        for id_, seen in ((UNIT_KIND, sheet.kind), *sheet.facts.items()):
            if len(seen) > 1 and id_ in used and len(used[id_]) < len(seen):
                left = [i for i, cell in enumerate(seen) if cell not in used[id_]]
                found.append([self._book.names[id_], left])
        return found

    def _word(self, fact: str, cell: Observation) -> int:
        noun = self._policy.facts.get(fact)
        return self._book.cell(
            fact, cell, noun, partial(cell_words, self._policy, cell, noun, self._book.lang)
        )

    def _column_word(self, register: str, column: str, cell: Observation) -> int:
        noun = self._policy.registers[register].columns[column]
        say = partial(cell_words, self._policy, cell, noun, self._book.lang)
        return self._book.cell(f"{register}.{column}", cell, noun, say)

    def _day(self, day: object) -> int | None:
        return self._book.day(day) if isinstance(day, date) else None

    def _office(self, supplier: object) -> int:
        return self._book.office(supplier if isinstance(supplier, str) else None)


def _counters(program: Program) -> list[tuple[int, str, Callable[[Evaluation], list[Truth]]]]:
    """The tests that count some rows of a register and not others, by their nodes."""
    found = []
    for node, leaf in program.leaves.items():
        for name in names_read(program.policy, leaf):
            if name in program.policy.registers:
                count = row_counter(program, name, leaf.leaf.expression)
                if count is not None:
                    found.append((node, name, count))
    return found
