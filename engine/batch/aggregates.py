"""Lists of a register's rows as columns of whoever they belong to: counts and sums as intervals, ``some``, ``every``.

A row that surely is in the list gives one end of the interval, a row that is perhaps in it the other (see
``engine.language.lists``).
"""

from __future__ import annotations

import narwhals as nw

from engine.batch.cells import Cell, Column, NotColumnar, Number, Rows, Whole
from engine.batch.numbers import LIMIT, TooWide
from engine.batch.scopes import Scope

#: No unit has more rows than this in one register (a workbook's sheet has a million).
MAX_ROWS = 2**20


class _Gathering:
    """The aggregates of one list, and their columns outside."""

    def __init__(self, rows: Rows, scope: Scope, known: nw.Expr) -> None:
        assert rows.inside is not None
        self.inside = rows.inside
        self._scope = scope
        self._known = known
        self._keep: str | None = None
        self._reads: frozenset[str] = frozenset()
        if rows.keep is not None:
            self._keep = self.inside.let(rows.keep.value, rows.reads, "t")
            self._reads = frozenset((self._keep,))

    @property
    def kept(self) -> nw.Expr:
        """Whether a row is surely in the list; never null."""
        return nw.lit(True) if self._keep is None else nw.col(self._keep).fill_null(False)

    @property
    def perhaps(self) -> nw.Expr:
        """Whether a row is perhaps in the list; never null."""
        return nw.lit(False) if self._keep is None else nw.col(self._keep).is_null()

    @property
    def filtered(self) -> bool:
        """Whether a row may be left out at all."""
        return self._keep is not None

    def made(self, expr: nw.Expr, reads: frozenset[str], prefix: str = "v") -> str:
        """A column of the rows; ``reads``: the made columns that it names besides the filter."""
        return self.inside.let(expr, reads | self._reads, prefix)

    def total(self, row: nw.Expr, *reads: str) -> str:
        """The name outside of the sum of an integer column of the rows; a truth counts as one."""
        return self.add(nw.col(self.made(row.cast(nw.Int64), frozenset(reads))).sum().cast(nw.Int64))

    def extreme(self, values: nw.Expr, function: str) -> str:
        """The name outside of the least or greatest of a column of the rows."""
        made = nw.col(self.made(values, frozenset()))
        return self.add(made.max() if function == "max" else made.min())

    def number(self) -> str:
        """The name outside of the number of rows, in the list or not."""
        return self.add(nw.len().cast(nw.Int64))

    def add(self, aggregate: nw.Expr) -> str:
        """The name outside of an aggregate."""
        name = self._scope.names.new("a")
        self.inside.aggregates[name] = aggregate
        return name

    def settle(self) -> None:
        """Nothing more is added."""
        self._scope.settle(self.inside)

    def outside(self, name: str) -> nw.Expr:
        """The sum outside: none of no rows, null if the register is not known."""
        return nw.when(self._known).then(self._scope.column(name).fill_null(0))

    def plain(self, name: str) -> nw.Expr:
        """The aggregate outside, null of no rows."""
        return nw.when(self._known).then(self._scope.column(name))


def over(function: str, rows: Rows, element: Cell | None, known: nw.Expr, scope: Scope) -> Cell:
    """``count``, ``sum``, ``min`` or ``max`` of a list. ``element``: what stands in it, None for whole rows."""
    gathering = _Gathering(rows, scope, known)
    if function == "count":
        return _count(gathering)
    if function == "sum" and isinstance(element, Number):
        return _sum(gathering, element)
    if function in ("min", "max") and isinstance(element, Number):
        return _extreme_number(gathering, element, function)
    if function in ("min", "max") and isinstance(element, Column) and element.kind == "date":
        return _extreme_date(gathering, element, function)
    raise NotColumnar("batch.why.list-function")


def _count(gathering: _Gathering) -> Number:
    if not gathering.filtered:
        count = gathering.number()
        gathering.settle()
        return Number(Whole(gathering.outside(count), 0, MAX_ROWS))
    sure, perhaps = gathering.total(gathering.kept), gathering.total(gathering.perhaps)
    gathering.settle()
    low, more = gathering.outside(sure), gathering.outside(perhaps)
    ends = (Whole(low, 0, MAX_ROWS), Whole(low + more, 0, 2 * MAX_ROWS))
    return Number(Whole(nw.when(more == 0).then(low), 0, MAX_ROWS), None, None, ends)


def _sum(gathering: _Gathering, element: Number) -> Number:
    """Null of an empty list; an interval if some rows are perhaps out; unknown if an amount is, or all perhaps out."""
    amount, bound = element.top.expr, element.top.bound * MAX_ROWS
    if element.under or element.ends or element.null is not None:
        raise NotColumnar("batch.why.partial-quotient")
    if 2 * bound >= LIMIT:
        raise TooWide
    kept, perhaps = gathering.kept, gathering.perhaps
    rows, open_rows = gathering.total(kept), gathering.total(perhaps)
    blanks = gathering.total((kept | perhaps) & amount.is_null())
    sure = gathering.total(nw.when(kept).then(amount).otherwise(0).fill_null(0))
    less = gathering.total(nw.when(perhaps & (amount < 0)).then(amount).otherwise(0))
    more = gathering.total(nw.when(perhaps & (amount > 0)).then(amount).otherwise(0))
    gathering.settle()
    out = gathering.outside
    none_open, whole_known = out(open_rows) == 0, out(blanks) == 0
    null = (none_open & (out(rows) == 0)).fill_null(False)
    some = whole_known & (out(rows) > 0)
    scale = element.top.scale
    top = Whole(nw.when(some & none_open).then(out(sure)), scale, bound)
    low = Whole(nw.when(some).then(out(sure) + out(less)), scale, 2 * bound)
    high = Whole(nw.when(some).then(out(sure) + out(more)), scale, 2 * bound)
    return Number(top, None, null, (low, high))


def _extreme_number(gathering: _Gathering, element: Number, function: str) -> Number:
    """The extreme of the sure rows and that of all rows are the two ends."""
    if element.under or element.ends or element.null is not None:
        raise NotColumnar("batch.why.partial-quotient")
    sure, every, null = _extremes(gathering, element.top.expr, function)
    scale, bound = element.top.scale, element.top.bound
    near, far = Whole(sure, scale, bound), Whole(every, scale, bound)
    top = Whole(nw.when(sure == every).then(sure), scale, bound)
    return Number(top, None, null, (near, far) if function == "max" else (far, near))


def _extreme_date(gathering: _Gathering, element: Column, function: str) -> Column:
    """A date is known only if it is the same for the sure rows and for all."""
    if element.null is not None:
        raise NotColumnar("batch.why.list-function")
    sure, every, null = _extremes(gathering, element.value, function)
    return Column("date", nw.when(sure == every).then(sure), null)


def _extremes(gathering: _Gathering, values: nw.Expr, function: str) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """The extreme of the sure rows and of all, unknown where a blank or no sure row leaves it so; and where the list is
    empty."""
    kept, perhaps = gathering.kept, gathering.perhaps
    rows, open_rows = gathering.total(kept), gathering.total(perhaps)
    blanks = gathering.total((kept | perhaps) & values.is_null())
    sure = gathering.extreme(nw.when(kept).then(values), function)
    every = gathering.extreme(nw.when(kept | perhaps).then(values), function)
    gathering.settle()
    out, plain = gathering.outside, gathering.plain
    some = (out(rows) > 0) & (out(blanks) == 0)
    null = ((out(rows) == 0) & (out(open_rows) == 0)).fill_null(False)
    return nw.when(some).then(plain(sure)), nw.when(some).then(plain(every)), null


def quantified(
    kind: str, rows: Rows, condition: Column, reads: frozenset[str], known: nw.Expr, scope: Scope
) -> Column:
    """``some … satisfies`` or ``every …``: a row that is perhaps not there cannot decide the matter."""
    gathering = _Gathering(rows, scope, known)
    truth = gathering.made(condition.value, reads, "q")
    decisive = kind == "some"
    decides = nw.col(truth) if decisive else ~nw.col(truth)
    neutral = (~decides).fill_null(False)
    null, names = nw.lit(False), [truth]
    if condition.null is not None:
        names.append(gathering.made(condition.null, reads, "q"))
        null = nw.col(names[1])
    kept, perhaps = gathering.kept, gathering.perhaps
    found = gathering.total(kept & decides.fill_null(False), *names)
    unknown = gathering.total((kept & nw.col(truth).is_null() & ~null) | (perhaps & ~neutral), *names)
    nulls = gathering.total(kept & null, *names)
    gathering.settle()
    out = gathering.outside
    yes = out(found) > 0
    open_ = (out(unknown) > 0) | (out(nulls) > 0)
    value = nw.when(yes).then(nw.lit(decisive)).otherwise(nw.when(~open_).then(nw.lit(not decisive)))
    if condition.null is None:
        return Column("boolean", value)
    only_null = (~yes & (out(unknown) == 0) & (out(nulls) > 0)).fill_null(False)
    return Column("boolean", value, only_null)
