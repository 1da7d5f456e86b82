"""Exact numbers in integer columns: ``+ - * /`` and comparisons, as fractions that are compared by multiplying across.

The reference channel computes with 34 significant digits. A fraction of two integers below 2 ** 62 that equals a number
of so few digits is exact there, and one that differs does so long before the 34th digit; so comparing the fractions
themselves gives the same truth. Forms in which rounding could show (a third times three) have no columnar form.
"""

from __future__ import annotations

import math
import operator as python
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import narwhals as nw

from engine.batch.cells import Column, Const, Near, NotColumnar, Number, Whole, null_of_either

#: Integers in columns stay below this, so that they never wrap around.
LIMIT = 2**62
#: More digits than this make no sense of a constant in a columnar comparison.
_MAX_SCALE = 12
#: Binary numbers are exact to so many digits.
_BINARY_DIGITS = 53

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_PYTHON: dict[str, Callable[[Any, Any], Any]] = {
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
    "=": python.eq,
    "!=": python.ne,
}


class TooWide(Exception):
    """A product of columns would not fit; the numbers that enter it have to be bounded more narrowly."""


def whole(value: Decimal) -> Whole:
    """A constant as a scaled integer. Raises NotColumnar for one with too many digits."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    scale = max(0, -exponent)
    size = int(value.scaleb(scale)) if scale <= _MAX_SCALE and value.adjusted() < 19 else LIMIT
    if abs(size) >= LIMIT:
        raise NotColumnar("batch.why.number-too-long")
    return Whole(nw.lit(size, dtype=nw.Int64), scale, abs(size))


def fixed(value: Decimal) -> Number:
    """A constant as a number."""
    found = whole(value)
    return Number(found, near=Near(nw.lit(float(value)), found.scale, found.bound, found.bound))


def _fits(bound: int) -> int:
    if bound >= LIMIT:
        raise TooWide
    return bound


def _times(left: Whole, right: Whole) -> Whole:
    return Whole(left.expr * right.expr, left.scale + right.scale, _fits(left.bound * right.bound))


def _scaled(number: Whole, scale: int) -> Whole:
    """The same number with more places."""
    factor = 10 ** (scale - number.scale)
    if factor == 1:
        return number
    return Whole(number.expr * factor, scale, _fits(number.bound * factor))


def _aligned(left: Whole, right: Whole) -> tuple[Whole, Whole]:
    scale = max(left.scale, right.scale)
    return _scaled(left, scale), _scaled(right, scale)


def _sum(left: Whole, right: Whole, sign: int) -> Whole:
    left, right = _aligned(left, right)
    expr = left.expr + right.expr if sign > 0 else left.expr - right.expr
    return Whole(expr, left.scale, _fits(left.bound + right.bound))


def add(left: Number, right: Number, sign: int = 1) -> Number:
    """``left + right``, or the difference if ``sign`` is -1."""
    null = null_of_either(left, right)
    if left.under is not None and right.under is not None:
        raise NotColumnar("batch.why.two-quotients")
    if left.under is not None or right.under is not None:
        if left.ends or right.ends:
            raise NotColumnar("batch.why.partial-quotient")
        under = left.under or right.under
        assert under is not None
        a = left.top if left.under else _times(left.top, under)
        b = right.top if right.under else _times(right.top, under)
        return Number(_sum(a, b, sign), under, null)
    top = _sum(left.top, right.top, sign)
    if not (left.ends or right.ends):
        return Number(top, None, null, near=_near_sum(left.near, right.near, sign))
    (a_low, a_high), (b_low, b_high) = _ends(left), _ends(right)
    if sign < 0:
        b_low, b_high = b_high, b_low
    return Number(top, None, null, (_sum(a_low, b_low, sign), _sum(a_high, b_high, sign)))


def _ends(number: Number) -> tuple[Whole, Whole]:
    return number.ends or (number.top, number.top)


def multiply(left: Number, right: Number, factor: Decimal | None) -> Number:
    """``left * right``; ``factor``: the value of ``right`` if that is a constant."""
    null = null_of_either(left, right)
    if left.under is not None or right.under is not None:
        if factor is None or right.under is not None:
            raise NotColumnar("batch.why.product-of-quotients")
        return Number(_times(left.top, right.top), left.under, null)
    top = _times(left.top, right.top)
    if not (left.ends or right.ends):
        return Number(top, None, null, near=_near_product(left.near, right.near))
    if factor is None or right.ends:
        raise NotColumnar("batch.why.product-of-partial")
    low, high = (_times(end, right.top) for end in _ends(left))
    return Number(top, None, null, (low, high) if factor >= 0 else (high, low))


def divide(left: Number, right: Number) -> Number:
    """``left / right``: null where ``right`` is zero; what is only partly known has no quotient."""
    if left.under is not None or right.under is not None:
        raise NotColumnar("batch.why.quotient-of-quotients")
    top, under = left.top, right.top
    shift = top.scale - under.scale
    if shift > 0:
        under = Whole(under.expr * 10**shift, 0, _fits(under.bound * 10**shift))
    elif shift < 0:
        top = Whole(top.expr * 10**-shift, 0, _fits(top.bound * 10**-shift))
    zero = (right.top.expr == 0).fill_null(False) & ~left.unknown
    null = zero if (other := null_of_either(left, right)) is None else zero | other
    return Number(replace(top, scale=0), replace(under, scale=0), null)


def absolute(number: Number) -> Number:
    """``abs(number)``"""
    if number.under is not None or number.ends:
        raise NotColumnar("batch.why.partial-quotient")
    return Number(replace(number.top, expr=number.top.expr.abs()), None, number.null)


# ------------------------------------------------------------------------------------------- binary numbers


def _near_sum(left: Near | None, right: Near | None, sign: int) -> Near | None:
    if left is None or right is None:
        return None
    scale = max(left.scale, right.scale)
    a, b = 10 ** (scale - left.scale), 10 ** (scale - right.scale)
    bound = left.bound * a + right.bound * b
    expr = left.expr + right.expr if sign > 0 else left.expr - right.expr
    return Near(expr, scale, bound, left.error * a + right.error * b + bound)


def _near_product(left: Near | None, right: Near | None) -> Near | None:
    if left is None or right is None:
        return None
    bound = left.bound * right.bound
    # The product of two errors is less than a unit of 2 ** -53 of the bound, as long as each is less than a unit.
    error = left.error * right.bound + right.error * left.bound + 2 * bound
    if max(left.error, right.error) >= 2**_BINARY_DIGITS:
        return None
    return Near(left.expr * right.expr, left.scale + right.scale, bound, error)


def _near_compared(operator: str, left: Near | None, value: Decimal) -> nw.Expr | None:
    """None where binary numbers are not near enough, or where an order is not what is asked for."""
    if left is None or operator in ("=", "!=") or value.adjusted() > 18:
        return None
    wanted = value.scaleb(left.scale)
    # The half-way point is a binary number itself, and as far off.
    if left.error + abs(int(wanted)) + 2 >= 2 ** (_BINARY_DIGITS - 1):
        return None
    # Between which two multiples the answer changes: a number above ``value`` is at least the next one.
    below = math.floor(wanted) if operator in (">", "<=") else math.ceil(wanted) - 1
    half = float((below + Decimal("0.5")).scaleb(-left.scale))
    return left.expr > half if operator in (">", ">=") else left.expr < half


# --------------------------------------------------------------------------------------------- comparisons


def compare(operator: str, left: Number, right: Number | Const) -> nw.Expr:
    """Truth where both are known, null elsewhere; what FEEL says of null is the caller's business."""
    if isinstance(right, Const):
        assert isinstance(right.value, Decimal)
        return _with_constant(operator, left, right.value)
    if left.floating is not None and right.floating is not None:
        return _compared(operator, left.floating, right.floating)
    if left.ends or right.ends:
        return _over_ends(operator, left, right)
    near = _near_compared(operator, _near_sum(left.near, right.near, -1), Decimal(0))
    return _fractions(operator, left, right) if near is None else near


def _compared(operator: str, left: Any, right: Any) -> nw.Expr:
    found: nw.Expr = _PYTHON[operator](left, right)
    return found


def _with_constant(operator: str, left: Number, value: Decimal) -> nw.Expr:
    if left.floating is not None:
        return _float_with_constant(operator, left.floating, value)
    if left.ends:
        return _over_ends(operator, left, fixed(value))
    if left.under is not None:
        return _fractions(operator, left, fixed(value))
    near = _near_compared(operator, left.near, value)
    if near is not None:
        return near
    return _integer_with_constant(operator, left.top, value)


def _integer_with_constant(operator: str, left: Whole, value: Decimal) -> nw.Expr:
    """Scaling the constant instead of the column; between two integers it is moved to the nearer one."""
    wanted = value.scaleb(left.scale) if value.adjusted() < 30 else value
    if abs(wanted) >= LIMIT:
        wanted = Decimal(LIMIT).copy_sign(wanted)
    low, high = math.floor(wanted), math.ceil(wanted)
    if low == high:
        return _compared(operator, left.expr, low)
    if operator in ("=", "!="):
        # No integer is it: false, or true, of every number that is known.
        return _compared("<" if operator == "=" else "=", left.expr, left.expr)
    return _compared(operator, left.expr, high if operator in ("<", ">=") else low)


def _float_with_constant(operator: str, column: nw.Expr, value: Decimal) -> nw.Expr:
    """A binary number stands for its shortest decimal notation; that order and this one are the same, so one end moves."""
    near = float(value)
    shown = Decimal(repr(near))
    if shown == value:
        return _compared(operator, column, near)
    if operator in ("=", "!="):
        return _compared("<" if operator == "=" else "=", column, column)
    # ``near`` lies on one side of the constant, and no other binary number between them.
    if shown > value:
        return column >= near if operator in (">", ">=") else column < near
    return column > near if operator in (">", ">=") else column <= near


def _fractions(operator: str, left: Number, right: Number) -> nw.Expr:
    a, b = left.top, right.top
    if right.under is not None:
        a = _times(a, right.under)
    if left.under is not None:
        b = _times(b, left.under)
    a, b = _aligned(a, b)
    plain = _compared(operator, a.expr, b.expr)
    unders = [u.expr for u in (left.under, right.under) if u is not None]
    if not unders:
        return plain
    if operator in ("=", "!="):
        every = unders[0] != 0
        for other in unders[1:]:
            every = every & (other != 0)
        return nw.when(every).then(plain)
    turned = _compared(MIRRORED[operator], a.expr, b.expr)
    if len(unders) == 1:
        return nw.when(unders[0] > 0).then(plain).otherwise(nw.when(unders[0] < 0).then(turned))
    one, other = unders
    same = ((one > 0) & (other > 0)) | ((one < 0) & (other < 0))
    differ = ((one > 0) & (other < 0)) | ((one < 0) & (other > 0))
    return nw.when(same).then(plain).otherwise(nw.when(differ).then(turned))


def _over_ends(operator: str, left: Number, right: Number) -> nw.Expr:
    """Decided if every number of the one interval compares alike with every number of the other."""
    if left.under is not None or right.under is not None:
        raise NotColumnar("batch.why.partial-quotient")
    if operator == "!=":
        return ~_over_ends("=", left, right)
    (a_low, a_high), (b_low, b_high) = _ends(left), _ends(right)
    if operator == "=":
        equal = _bare("=", a_low, a_high) & _bare("=", a_high, b_low) & _bare("=", b_low, b_high)
        apart = _bare("<", a_high, b_low) | _bare(">", a_low, b_high)
        return nw.when(equal).then(nw.lit(True)).otherwise(nw.when(apart).then(nw.lit(False)))
    if operator in (">", ">="):
        (a_low, a_high), (b_low, b_high) = (b_low, b_high), (a_low, a_high)
    strict = operator in ("<", ">")
    yes = _bare("<" if strict else "<=", a_high, b_low)
    no = _bare(">=" if strict else ">", a_low, b_high)
    return nw.when(yes).then(nw.lit(True)).otherwise(nw.when(no).then(nw.lit(False)))


def _bare(operator: str, left: Whole, right: Whole) -> nw.Expr:
    left, right = _aligned(left, right)
    return _compared(operator, left.expr, right.expr)


def truth(value: nw.Expr, null: nw.Expr | None) -> Column:
    """A column of truths."""
    return Column("boolean", value, null)
