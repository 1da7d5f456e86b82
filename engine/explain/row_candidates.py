"""What may be done with a register: rows that are put right or taken out, rows that are added; the fewest for each outcome.

Rows that every test treats alike are interchangeable, so only their number is tried. Combinations of different kinds of
change are not, and whoever uses these candidates cannot say that there are no shorter ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, product

from engine.explain.candidates import Candidate, Candidates, Vector, sample_values
from engine.explain.changes import CellChange, Change, RegisterEmpty, RowAdded, RowRemoved
from engine.explain.constants import Constants
from engine.explain.supposition import Supposed, Suppositions
from engine.language import compile, free_names
from engine.language.syntax import And, Expr, Filter, Name
from engine.language.values import Unknown, Value
from engine.project.policy import AS_OF, Register

#: Rows that are added or changed before it is given up.
MOST_ROWS = 12
#: Combinations of cells that are looked at for rows that a test counts.
MOST_TEMPLATES = 400

Row = Mapping[str, Value]


def register_candidates(
    suppositions: Suppositions, constants: Constants, now: Supposed, register: Register
) -> Candidates:
    """The changes of ``register`` worth trying, the fewest rows first; never exact.

    Rows of an unchangeable register stay, and so do cells of an unchangeable column; what is blank may be filled in.
    """
    tests = suppositions.readers.get(register.id, ())
    present = now.context.values[register.id]
    rows: tuple[Row, ...] = present if isinstance(present, tuple) else ()  # type: ignore[assignment]
    shape = _Shape(suppositions, constants, register)

    def outcome(changes: tuple[Change, ...]) -> Vector:
        return suppositions.leaves(now.sheet, changes, tests)

    as_it_is = outcome(())
    found: dict[Vector, Candidate] = {}
    begin: tuple[Change, ...] = () if isinstance(present, tuple) else (RegisterEmpty(register.id),)
    options = [*shape.removed(rows), *shape.put_right(rows), *shape.added()]
    if begin:
        options = [(), *shape.added()]
    for changes in sorted(options, key=len):
        every = (*begin, *changes)
        came_out = outcome(every)
        if came_out != as_it_is and came_out not in found:
            found[came_out] = Candidate(every, len(every))
    return Candidates(tuple(found.values()), exact=False)


class _Shape:
    """The filters and columns through which a program looks at one register."""

    def __init__(self, suppositions: Suppositions, constants: Constants, register: Register) -> None:
        program = suppositions.program
        self._register = register
        self._program = program
        leaves = [program.leaves[i].leaf.expression for i in suppositions.readers.get(register.id, ())]
        derived = [fact.expression for fact in program.policy.derived.values()]
        self._filters = tuple(
            dict.fromkeys(f for expression in (*leaves, *derived) for f in _filters(expression, register.id))
        )
        fixed: dict[str, Value] = {**program.parameters, AS_OF: program.as_of}
        self._select = [compile(f, fixed) for f in self._filters]
        self._columns = tuple(
            c for c in register.columns if any(c in free_names(f.predicate) for f in self._filters)
        )
        known = constants.of(f.predicate for f in self._filters)
        self._values = {
            c: self._telling_apart(c, sample_values(register.columns[c], known, program.as_of), fixed)
            for c in self._columns
        }

    def _telling_apart(self, column: str, values: Sequence[Value], fixed: Mapping[str, Value]) -> list[Value]:
        """One value for each way in which the conditions on ``column`` alone come out."""
        alone = [
            condition
            for f in self._filters
            for condition in (f.predicate.items if isinstance(f.predicate, And) else (f.predicate,))
            if free_names(condition) & self._register.columns.keys() == {column}
        ]
        tests = [compile(condition, fixed) for condition in dict.fromkeys(alone)]
        found: dict[tuple[Value, ...], Value] = {}
        # Of several days that make no difference, the latest: nobody is asked to have done something years ago.
        for value in reversed(values) if values and type(values[0]) is date else values:
            found.setdefault(tuple(test({column: value}) for test in tests), value)
        return list(found.values())

    def removed(self, rows: tuple[Row, ...]) -> Iterator[tuple[Change, ...]]:
        """Every number of rows of each kind taken out."""
        if self._register.unchangeable:
            return
        kinds: dict[object, list[int]] = {}
        for number, row in enumerate(rows, start=1):
            kinds.setdefault(self._kind(row), []).append(number)
        numbers = [range(len(group) + 1) for group in kinds.values()]
        for counts in islice(product(*numbers), 1, 2_000):
            yield tuple(
                RowRemoved(self._register.id, number)
                for count, group in zip(counts, kinds.values(), strict=True)
                for number in group[:count]
            )

    def put_right(self, rows: tuple[Row, ...]) -> Iterator[tuple[Change, ...]]:
        """One cell of one or more rows of a kind written differently."""
        ways: dict[tuple[object, str, object], list[CellChange]] = {}
        for number, row in enumerate(rows, start=1):
            before = self._kind(row)
            for column in self._columns:
                blank = isinstance(row[column], Unknown)
                if self._register.columns[column].unchangeable and not blank:
                    continue
                seen = {before}
                for value in self._values[column]:
                    after = self._kind({**row, column: value})
                    if after not in seen:
                        seen.add(after)
                        change = CellChange(self._register.id, number, column, value)
                        ways.setdefault((before, column, after), []).append(change)
        for changes in ways.values():
            for count in range(1, min(len(changes), MOST_ROWS) + 1):
                yield tuple(changes[:count])

    def added(self) -> Iterator[tuple[Change, ...]]:
        """Up to a dozen rows of each kind that some test counts."""
        nothing: dict[str, Value] = {
            c: Unknown(frozenset({f"{self._register.id}[0].{c}"})) for c in self._register.columns
        }
        kinds: set[object] = {self._kind(nothing)}
        for cells in islice(product(*self._values.values()), MOST_TEMPLATES):
            row = dict(zip(self._values, cells, strict=True))
            kind = self._kind({**nothing, **row})
            if kind in kinds:
                continue
            kinds.add(kind)
            change = RowAdded(self._register.id, tuple(row.items()))
            for count in range(1, MOST_ROWS + 1):
                yield (change,) * count

    def _kind(self, row: Row) -> object:
        """Which filters count a row; the row itself where the register is not only looked at through filters."""
        if not self._filters:
            return tuple((c, row[c]) for c in sorted(row))
        counted = []
        for select in self._select:
            chosen = select({self._register.id: (dict(row),)})
            counted.append(len(chosen) > 0 if type(chosen) is tuple else None)
        return tuple(counted)


def _filters(expression: Expr, register: str) -> Iterator[Filter]:
    if isinstance(expression, Filter) and expression.source == Name(register):
        yield expression
    for child in expression.children():
        yield from _filters(child, register)
