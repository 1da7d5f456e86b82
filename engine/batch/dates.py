"""Dates and lengths of time in columns. Only dates are compared: a difference of two is kept as the two."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction

import narwhals as nw

from engine.batch.cells import Between, Cell, Column, Const, NotColumnar, Number, Whole, null_of_either
from engine.language.values import Value, YearsMonths

_DAY = timedelta(days=1)
#: Days from the first to the last day of the calendar.
_ALL_DAYS = (date.max - date.min).days
_PARTS = {"year": 9999, "month": 12, "day": 31, "weekday": 7}


def arithmetic(operator: str, left: Cell, right: Cell, as_numbers: bool = False) -> Cell:
    """``date - date``, ``date + duration`` and the like. ``as_numbers``: a date can be cast to the number of its day."""
    if isinstance(left, Column | Const) and isinstance(right, Column | Const) and operator == "-":
        dates = [_is_date(cell) for cell in (left, right)]
        if all(dates):
            return Between(left, right, as_numbers)
    if operator == "+" and isinstance(left, Const) and not isinstance(left.value, date):
        left, right = right, left
    if (
        isinstance(left, Column)
        and left.kind == "date"
        and isinstance(right, Const)
        and operator in ("+", "-")
    ):
        return _moved(left, right.value, 1 if operator == "+" else -1)
    raise NotColumnar("batch.why.duration")


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, Const):
        return isinstance(cell.value, date)
    return isinstance(cell, Column) and cell.kind == "date"


def _moved(day: Column, by: Value, sign: int) -> Column:
    """A date so much later; null beyond the calendar."""
    if isinstance(by, YearsMonths):
        months = sign * by.months
        if abs(months) > 12 * 9999:
            raise NotColumnar("batch.why.duration")
        moved = day.value.dt.offset_by(f"{months}mo").cast(nw.Date)
        # The last days of the calendar (9999-12-31 is how forms write "for good") have nowhere to go.
        edge = _edge(months)
        beyond = compared("<" if months < 0 else ">", day.value, edge)
    elif isinstance(by, timedelta):
        # A date keeps no hours: what is left of a day is dropped downwards, as adding it does.
        days = (by if sign > 0 else -by) // _DAY
        if abs(days) > _ALL_DAYS:
            raise NotColumnar("batch.why.duration")
        moved = (day.value + timedelta(days=days)).cast(nw.Date)
        edge = date.min - timedelta(days=days) if days < 0 else date.max - timedelta(days=days)
        beyond = compared("<" if days < 0 else ">", day.value, edge)
    else:
        raise NotColumnar("batch.why.duration")
    beyond = beyond.fill_null(False)
    moved = nw.when(~beyond).then(moved)
    return Column("date", moved, beyond if day.null is None else beyond | day.null)


def _edge(months: int) -> date:
    """The first day that can be moved back by so many months, or the last that can be moved on."""
    if months < 0:
        year, month = divmod(-months, 12)
        return date(year + 1, month + 1, 1)
    year, month = divmod(9999 * 12 - months, 12)
    return date.max if not months else date(year + 1, month + 1, 1) - _DAY


def compare_between(operator: str, span: Between, length: Value) -> Column:
    """``end - start > length``, as a comparison of dates: ``end > start + length``."""
    if not isinstance(length, timedelta):
        raise NotColumnar("batch.why.duration")
    days = Fraction(length // timedelta(microseconds=1), 86_400_000_000)
    low, high = math.floor(days), math.ceil(days)
    null = null_of_either(span.end, span.start)
    if operator in ("=", "!=") and low != high:
        raise NotColumnar("batch.why.duration")
    whole = low if low == high else high if operator in ("<", ">=") else low
    if isinstance(span.end, Const):
        # as_of - start > n: start < as_of - n
        assert isinstance(span.start, Column) and isinstance(span.end.value, date)
        mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}[operator]
        return Column("boolean", _against(mirrored, span.start.value, span.end.value, -whole), null)
    if isinstance(span.start, Const):
        assert isinstance(span.end, Column) and isinstance(span.start.value, date)
        return Column("boolean", _against(operator, span.end.value, span.start.value, whole), null)
    if abs(whole) > _ALL_DAYS:
        raise NotColumnar("batch.why.duration")
    if span.as_numbers:
        between = span.end.value.cast(nw.Int32) - span.start.value.cast(nw.Int32)
        return Column("boolean", compared(operator, between, whole), null)
    return Column(
        "boolean",
        compared(operator, span.end.value, (span.start.value + timedelta(days=whole)).cast(nw.Date)),
        null,
    )


def _against(operator: str, column: nw.Expr, day: date, days: int) -> nw.Expr:
    """A column of dates against a day ``days`` later, which may lie beyond the calendar."""
    place = day.toordinal() + days
    if place < 1:
        return (
            compared(">=", column, date.min)
            if operator in (">", ">=", "!=")
            else compared("<", column, date.min)
        )
    if place > date.max.toordinal():
        return (
            compared("<=", column, date.max)
            if operator in ("<", "<=", "!=")
            else compared(">", column, date.max)
        )
    return compared(operator, column, date.fromordinal(place))


def literal(day: date) -> nw.Expr:
    """A day as a column. On their way to Spark the first thousand years lose the zeros that they are written with, so
    they go there as text."""
    if day.year < 1000:
        return nw.lit(day.isoformat()).str.to_date(format="%Y-%m-%d")
    return nw.lit(day, dtype=nw.Date)


def compared(operator: str, left: nw.Expr, right: nw.Expr | date | int) -> nw.Expr:
    """A comparison of dates, or of the numbers of days."""
    found: nw.Expr
    right = literal(right) if isinstance(right, date) else right
    if operator == "=":
        found = left == right
    elif operator == "!=":
        found = left != right
    elif operator == "<":
        found = left < right
    elif operator == "<=":
        found = left <= right
    elif operator == ">":
        found = left > right
    else:
        found = left >= right
    return found


def part(source: Cell, name: str) -> Cell:
    """``day.year`` and the like."""
    if not isinstance(source, Column) or source.kind != "date" or name not in _PARTS:
        raise NotColumnar("batch.why.part")
    day = source.value.dt
    if name == "weekday":
        # Sunday is 7, but some engines call it 0.
        weekday = day.weekday()
        found = nw.when(weekday == 0).then(7).otherwise(weekday)
    else:
        found = {"year": day.year, "month": day.month, "day": day.day}[name]()
    return Number(Whole(found.cast(nw.Int64), 0, _PARTS[name]), None, source.null)


def months_between(start: Cell, end: Cell) -> Column:
    """``years and months duration(start, end)``: whole months towards zero, as a number of months."""
    dates = [_as_column(cell) for cell in (start, end)]
    first, last = (cell.value for cell in dates)
    forward, back = _whole_months(first, last), _whole_months(last, first)
    return Column("months", nw.when(last >= first).then(forward).otherwise(0 - back), null_of_either(*dates))


def _as_column(cell: Cell) -> Column:
    if isinstance(cell, Const) and isinstance(cell.value, date):
        return Column("date", literal(cell.value))
    if isinstance(cell, Column) and cell.kind == "date":
        return cell
    raise NotColumnar("batch.why.duration")


def _whole_months(start: nw.Expr, end: nw.Expr) -> nw.Expr:
    def of(day: nw.Expr) -> nw.Expr:
        return day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64)

    return of(end) - of(start) - (end.dt.day() < start.dt.day()).cast(nw.Int64)
