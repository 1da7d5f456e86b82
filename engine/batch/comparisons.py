"""``= != < <= > >=``, ``in``, ``if`` and the functions of single values, over columns (see ``engine.language.compare``)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import narwhals as nw

from engine.batch import dates, numbers, truths
from engine.batch.cells import (
    Between,
    Branches,
    Cell,
    Column,
    Const,
    NotColumnar,
    Number,
    Whole,
    null_of_either,
)
from engine.batch.numbers import MIRRORED
from engine.language import compare as values
from engine.language.values import Range, Unknown, Value, YearsMonths

_EQUALITY = ("=", "!=")
_KINDS: dict[type, str] = {bool: "boolean", str: "text", date: "date", YearsMonths: "months"}


def compare(operator: str, left: Cell, right: Cell) -> Const | Column:
    """The comparison ``operator`` of two cells."""
    if isinstance(left, Const) and isinstance(right, Const):
        return Const(values.compare(operator, left.value, right.value))
    if isinstance(left, Const):
        left, right, operator = right, left, MIRRORED[operator]
    if isinstance(left, Branches) or isinstance(right, Branches):
        return _branches(operator, left, right)
    if isinstance(left, Between):
        if not isinstance(right, Const):
            raise NotColumnar("batch.why.duration")
        return dates.compare_between(operator, left, right.value)
    if not isinstance(left, Column | Number) or not isinstance(right, Column | Number | Const):
        raise NotColumnar("batch.why.comparison")
    if isinstance(right, Const):
        return _with_constant(operator, left, right)
    if isinstance(left, Number) and isinstance(right, Number):
        return _nulls(operator, left, right, numbers.compare(operator, left, right))
    if isinstance(left, Column) and isinstance(right, Column) and left.kind == right.kind:
        if left.kind == "boolean" and operator not in _EQUALITY:
            return truths.constant(None)
        return _nulls(operator, left, right, dates.compared(operator, left.value, right.value))
    return _other_kind(operator, left, right)


def _with_constant(operator: str, left: Column | Number, right: Const) -> Const | Column:
    value = right.value
    if isinstance(value, Unknown):
        raise NotColumnar("batch.why.comparison")
    if value is None:
        return _with_null(operator, left)
    if isinstance(left, Number) and isinstance(value, Decimal):
        return _nulls(operator, left, right, numbers.compare(operator, left, right))
    if isinstance(left, Column) and _KINDS.get(type(value)) == left.kind:
        if left.kind == "boolean":
            if operator not in _EQUALITY:
                return truths.constant(None)
            wanted = (operator == "=") is value
            return _nulls(operator, left, right, left.value if wanted else ~left.value)
        plain = value.months if isinstance(value, YearsMonths) else value
        return _nulls(operator, left, right, dates.compared(operator, left.value, plain))  # type: ignore[arg-type]
    if isinstance(value, tuple | Range):
        raise NotColumnar("batch.why.list")
    return _other_kind(operator, left, right)


def _with_null(operator: str, left: Column | Number) -> Const | Column:
    """``x = null``: a known value is not null; of an unknown one nobody knows, unless it surely is a number."""
    if operator not in _EQUALITY:
        return Column("boolean", nw.lit(None, dtype=nw.Boolean), ~left.unknown)
    never = nw.lit(operator == "!=")
    if isinstance(left, Number) and left.ends:
        known = ~left.ends[0].expr.is_null()
        value = nw.when(known).then(never)
        found = value if left.null is None else nw.when(left.null).then(~never).otherwise(value)
        return Column("boolean", found)
    if left.null is None:
        return Column("boolean", nw.when(~left.unknown).then(never))
    return Column("boolean", nw.when(left.null).then(~never).otherwise(nw.when(~left.unknown).then(never)))


def _nulls(operator: str, left: Column | Number, right: Column | Number | Const, value: nw.Expr) -> Column:
    """What a comparison says where an operand is null: no order, and equal to nothing but another null."""
    nulls = [cell.null for cell in (left, right) if not isinstance(cell, Const) and cell.null is not None]
    if not nulls:
        return Column("boolean", value)
    if operator not in _EQUALITY:
        return Column("boolean", value, null_of_either(left, right))
    one = null_of_either(left, right)
    assert one is not None
    both = nw.lit(False)
    if len(nulls) == 2:
        both = nulls[0] & nulls[1]
    same = both if operator == "=" else ~both
    return Column("boolean", nw.when(one).then(same).otherwise(value))


def _other_kind(operator: str, left: Column | Number, right: Column | Number | Const) -> Column:
    """Values of different types: no truth, except that one of them may be null and the other not."""
    if any(not isinstance(cell, Const) and cell.null is not None for cell in (left, right)):
        raise NotColumnar("batch.why.other-kind")
    known = ~left.unknown
    if not isinstance(right, Const):
        known = known & ~right.unknown
    return Column("boolean", nw.lit(None, dtype=nw.Boolean), known)


def _branches(operator: str, left: Cell, right: Cell) -> Column:
    """A number that depends on a condition: each branch compared, and while the condition is unknown both."""
    if isinstance(right, Branches):
        if isinstance(left, Branches):
            raise NotColumnar("batch.why.branches")
        left, right, operator = right, left, MIRRORED[operator]
    assert isinstance(left, Branches)
    if not isinstance(right, Const | Number) or (isinstance(right, Number) and right.ends):
        raise NotColumnar("batch.why.branches")
    if isinstance(right, Const) and not isinstance(right.value, Decimal):
        raise NotColumnar("batch.why.branches")
    if operator == "!=":
        found = truths.negation(_branches("=", left, right))
        assert isinstance(found, Column)
        return found
    yes, no = (_as_column(compare(operator, cell, right)) for cell in (left.yes, left.no))
    agreed = _agreed(operator, left, right, yes, no)
    condition = left.condition
    value = (
        nw.when(condition.value)
        .then(yes.value)
        .otherwise(nw.when(condition.unknown).then(agreed).otherwise(no.value))
    )
    if yes.null is None and no.null is None:
        return Column("boolean", value)
    taken_yes = condition.value.fill_null(False)
    taken_no = ~condition.unknown & ~taken_yes
    null = nw.lit(False)
    if yes.null is not None:
        null = null | (taken_yes & yes.null)
    if no.null is not None:
        null = null | (taken_no & no.null)
    # Under an unknown condition null and unknown come to the same for every use that a number has.
    return Column("boolean", value, null)


def _agreed(operator: str, left: Branches, right: Cell, yes: Column, no: Column) -> nw.Expr:
    """What holds of every number between the two branches."""
    same = nw.when(yes.value == no.value).then(yes.value)
    if operator != "=":
        return same
    below = [_as_column(compare("<", cell, right)).value for cell in (left.yes, left.no)]
    above = [_as_column(compare(">", cell, right)).value for cell in (left.yes, left.no)]
    apart = (below[0] & below[1]) | (above[0] & above[1])
    return nw.when(yes.value & no.value).then(nw.lit(True)).otherwise(nw.when(apart).then(nw.lit(False)))


def _as_column(cell: Cell) -> Column:
    found = truths.constant(cell.value) if isinstance(cell, Const) else cell
    assert isinstance(found, Column)
    return found


# ------------------------------------------------------------------------------------------------ membership


def in_ends(value: Cell, low: Cell, high: Cell, low_closed: bool, high_closed: bool) -> Const | Column:
    """Whether ``value`` lies between two ends that both exist."""
    first = compare(">=" if low_closed else ">", value, low)
    return truths.all_of([first, compare("<=" if high_closed else "<", value, high)])


def holds(value: Cell, test: Value) -> Const | Column:
    """``value in test`` for a constant: a range, a list of values and ranges, or a value."""
    if isinstance(test, Range):
        return _in_range(value, test)
    if not isinstance(test, tuple):
        return compare("=", value, Const(test))
    plain = _among(value, test)
    return plain if plain is not None else truths.any_of([_one_of(value, element) for element in test])


def _in_range(value: Cell, span: Range) -> Const | Column:
    if span.low is None and span.high is None:
        return Const(None)
    if span.low is None:
        return compare("<=" if span.high_closed else "<", value, Const(span.high))
    if span.high is None:
        return compare(">=" if span.low_closed else ">", value, Const(span.low))
    return in_ends(value, Const(span.low), Const(span.high), span.low_closed, span.high_closed)


def _among(value: Cell, test: tuple[Value, ...]) -> Column | None:
    """Membership of texts or dates in one go."""
    if not isinstance(value, Column) or value.kind not in ("text", "date") or value.null is not None:
        return None
    if not test or any(_KINDS.get(type(element)) != value.kind for element in test):
        return None
    if any(isinstance(element, date) and element.year < 1000 for element in test):
        return None  # see dates.literal
    return Column("boolean", value.value.is_in(list(test)))


def _one_of(value: Cell, element: Value) -> Const | Column:
    """A value of another type is not the one that is looked for."""
    if isinstance(element, tuple):
        raise NotColumnar("batch.why.list")
    found = _in_range(value, element) if isinstance(element, Range) else compare("=", value, Const(element))
    if isinstance(found, Const):
        return Const(False) if found.value is None else found
    return truths.false_if_null(found)


# ------------------------------------------------------------------------------------------- if and functions


def choose(condition: Column, yes: Cell, no: Cell) -> Cell:
    """``if``: null counts as false; under an unknown condition, what both branches agree on."""
    numeric = [
        isinstance(c, Number | Branches) or (isinstance(c, Const) and isinstance(c.value, Decimal))
        for c in (yes, no)
    ]
    if all(numeric):
        assert isinstance(yes, Const | Number | Branches) and isinstance(no, Const | Number | Branches)
        return Branches(condition, yes, no)
    a, b = _same_kind(yes, no)
    same = nw.when(a.value == b.value).then(a.value)
    unsure = nw.when(condition.unknown).then(same).otherwise(b.value)
    value = nw.when(condition.value).then(a.value).otherwise(unsure)
    if a.null is None and b.null is None:
        return Column(a.kind, value)
    null_a = nw.lit(False) if a.null is None else a.null
    null_b = nw.lit(False) if b.null is None else b.null
    null = (
        nw.when(condition.value)
        .then(null_a)
        .otherwise(nw.when(condition.unknown).then(null_a & null_b).otherwise(null_b))
    )
    return Column(a.kind, value, null)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Number | Branches) or (
        isinstance(cell, Const) and isinstance(cell.value, Decimal)
    )


def _same_kind(yes: Cell, no: Cell) -> tuple[Column, Column]:
    kinds: set[str] = {cell.kind for cell in (yes, no) if isinstance(cell, Column)}
    kinds |= {
        _KINDS.get(type(c.value), "") for c in (yes, no) if isinstance(c, Const) and c.value is not None
    }
    if len(kinds) != 1 or kinds & {"", "months"}:
        raise NotColumnar("batch.why.branches")
    kind = kinds.pop()
    return _literal(yes, kind), _literal(no, kind)


_TYPES = {"boolean": nw.Boolean, "text": nw.String, "date": nw.Date}


def _literal(cell: Cell, kind: str) -> Column:
    if isinstance(cell, Column):
        return cell
    assert isinstance(cell, Const)
    null = nw.lit(True) if cell.value is None else None
    if isinstance(cell.value, date):
        return Column(kind, dates.literal(cell.value), null)  # type: ignore[arg-type]
    return Column(kind, nw.lit(cell.value, dtype=_TYPES[kind]), null)  # type: ignore[arg-type]


def call(function: str, arguments: list[Cell]) -> Cell:
    """A function of single values."""
    first = arguments[0]
    if function == "is defined" and isinstance(first, Column | Number):
        return Column("boolean", ~first.unknown)
    if function in ("contains", "starts with", "ends with"):
        return _about_text(function, first, arguments[1])
    if function == "string length" and isinstance(first, Column) and first.kind == "text":
        return Number(Whole(first.value.str.len_chars().cast(nw.Int64), 0, 2**31), None, first.null)
    if function == "years and months duration":
        return dates.months_between(first, arguments[1])
    if function == "abs" and isinstance(first, Number):
        return numbers.absolute(first)
    raise NotColumnar("batch.why.function")


def _about_text(function: str, text: Cell, part: Cell) -> Column:
    if not (
        isinstance(text, Column)
        and text.kind == "text"
        and isinstance(part, Const)
        and isinstance(part.value, str)
    ):
        raise NotColumnar("batch.why.function")
    words = text.value.str
    if function == "contains":
        value = words.contains(part.value, literal=True)
    else:
        value = words.starts_with(part.value) if function == "starts with" else words.ends_with(part.value)
    return Column("boolean", value, text.null)
