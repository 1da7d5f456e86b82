"""A unit's cells on the page: facts by the row that they stand in, and the rows of its registers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from engine.explain.cell_words import cell_words
from engine.explain.notes import row_counter
from engine.facts.sheet import Observation, Row
from engine.inference.evaluation import Evaluation, Program
from engine.inference.network import Truth
from engine.language import free_names
from engine.language.syntax import Expr
from engine.project.policy import UNIT_KIND
from engine.report.page.book import Book, CellPlace
from engine.report.page.places import around, first_number, last_number, prefix, runs

#: For a test and a register that it reads, a letter for each row: does it count?
Counted = list[tuple[int, str, str]]
Counter = Callable[[Evaluation], list[Truth]]
_LETTER = {True: "T", False: "F", None: "U"}


class Cells:
    """Writes the cells of units. Registers that no test of the screening reads are there with their places alone."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._policy = book.policy
        registers = book.policy.registers.keys()
        leaves = book.program.leaves.values()
        #: Registers that a test reads itself, and those that are read only by what is computed from them.
        self._direct = {name for leaf in leaves for name in free_names(leaf.leaf.expression)} & registers
        self._computed = ({name for leaf in leaves for name in leaf.reads} & registers) - self._direct
        self._counters: list[tuple[int, str, int]] = []
        self._counting: list[Counter] = []
        self._layouts: dict[tuple[object, ...], int] = {}
        self._find_counters(book.program)

    def _find_counters(self, program: Program) -> None:
        """The tests that count some rows of a register and not others, by their nodes; one counter for one condition."""
        places: dict[tuple[str, Expr], int] = {}
        derived = self._policy.derived
        for node, leaf in program.leaves.items():
            test = leaf.leaf.expression
            for name in sorted(leaf.reads & self._policy.registers.keys()):
                through = [derived[id_].expression for id_ in derived if id_ in free_names(test)]
                for expression in (test, *through):
                    count = row_counter(program, name, expression)
                    if count is None:
                        continue
                    which = places.setdefault((name, expression), len(self._counting))
                    if which == len(self._counting):
                        self._counting.append(count)
                    self._counters.append((node, name, which))
                    break

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

    def registers(self, evaluation: Evaluation, counted: Counted) -> dict[str, list[object]]:
        """Register → ``[[layout, [row numbers in runs], observed, supplier, [word…]]…]``, rows in their order.

        The last three are left out for rows that are there only to be found: those of a register that no test reads,
        and those that no computed fact counts, where nothing else reads the register.
        """
        found: dict[str, list[object]] = {}
        for id_, rows in evaluation.sheet.registers.items():
            wanted: Sequence[bool] = [id_ in self._direct] * len(rows)
            if id_ in self._computed:
                letters = [truths for _, register, truths in counted if register == id_]
                wanted = (
                    [any(line[i] != "F" for line in letters) for i in range(len(rows))] if letters else ()
                )
            found[str(self._book.names[id_])] = self._register(id_, rows, wanted)
        return found

    def _register(self, id_: str, rows: tuple[Row, ...], wanted: Sequence[bool]) -> list[object]:
        book = self._book
        columns = book.columns[id_]
        groups: list[tuple[tuple[int, object, object], list[int], list[int]]] = []
        for row, full in zip(rows, wanted or [True] * len(rows), strict=True):
            before, number, after = last_number(row.source)
            places: list[CellPlace] = []
            words: list[int] = []
            for column, cell in row.cells.items() if full else ():
                if column in columns:
                    places.append((columns[column], *around(cell.source, number)))
                    words.append(self._column_word(id_, column, cell))
            shape = (row.source.file, row.source.sheet, before, after, tuple(places))
            layout = self._layouts.get(shape)
            if layout is None:
                layout = book.layouts.place((book.word(prefix(row.source)), before, after, shape[-1]))
                self._layouts[shape] = layout
            key = (layout, row.observed, row.supplier) if places else (layout, None, None)
            if not groups or groups[-1][0] != key:
                groups.append((key, [], []))
            groups[-1][1].append(number)
            groups[-1][2].extend(words)
        return [
            [layout, runs(numbers), *([self._day(observed), self._office(supplier), words] if words else [])]
            for (layout, observed, supplier), numbers, words in groups
        ]

    def counted(self, evaluation: Evaluation) -> Counted:
        """``[(node, register, "TFU…")…]``: whether a test counts each row, where it has a condition on rows."""
        found = []
        known: dict[int, str] = {}
        for node, register, which in self._counters:
            rows = evaluation.context.values[register]
            if isinstance(rows, tuple) and rows:
                if which not in known:
                    known[which] = "".join([_LETTER[truth] for truth in self._counting[which](evaluation)])
                found.append((node, register, known[which]))
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
