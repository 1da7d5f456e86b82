"""Exact numbers as texts that sort as the numbers do, so that decimals, fractions and integers compare in one column.

A text is the whole part, moved so that it is never negative, a point, and the decimal places without zeros at the end. A
fraction of two integers is written to 36 places: fractions with so small a denominator that differ do so before.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import polars as pl

from engine.language.arithmetic import NUMBERS
from engine.language.limits import DIGITS

_OFFSET = 2**62
_STEP, _STEPS = 6, 6
#: The remainder of a division times ten to the power of a step has to fit into an integer column.
MAX_UNDER = 2**43
_LONGEST = 10**5


def key_of_whole(top: pl.Expr, scale: int) -> pl.Expr:
    """The key of an integer column that stands for numbers with so many decimal places."""
    factor = 10**scale
    whole = top // factor
    if not scale:
        return _text(whole, pl.lit(""))
    places = (top - whole * factor).cast(pl.String).str.zfill(scale)
    return _text(whole, places)


def key_of_fraction(top: pl.Expr, under: pl.Expr) -> pl.Expr:
    """The key of one integer column over another; null where that is zero."""
    sign = pl.when(under < 0).then(-1).otherwise(pl.when(under > 0).then(1))
    top, under = top * sign, under * sign
    whole = top // under
    rest = top - whole * under
    places: list[pl.Expr] = []
    for _ in range(_STEPS):
        rest = rest * 10**_STEP
        digits = rest // under
        rest = rest - digits * under
        places.append(digits.cast(pl.String).str.zfill(_STEP))
    return _text(whole, pl.concat_str(places))


def _text(whole: pl.Expr, places: pl.Expr) -> pl.Expr:
    shown = (whole + _OFFSET).cast(pl.String).str.zfill(19)
    return pl.concat_str([pl.lit("p"), shown, pl.lit("."), places.str.strip_chars_end("0")])


def key_of(number: Decimal) -> str:
    """The key of one number."""
    whole = int(number.to_integral_value(ROUND_FLOOR))
    shown = f"p{whole + _OFFSET:019d}" if abs(whole) < _OFFSET else _huge(whole)
    return f"{shown}.{_places(number, whole)}"


def _places(number: Decimal, whole: int) -> str:
    """The decimal places: all of a decimal number, and of a fraction so many as a column has."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    places = _STEP * _STEPS
    fraction = _fraction(number) if len(number.as_tuple().digits) >= DIGITS or -exponent > places else None
    if fraction is None:
        places = max(places, -exponent)
    rest = (Fraction(number) if fraction is None else fraction) - whole
    return f"{rest.numerator * 10**places // rest.denominator:0{places}d}".rstrip("0")


def _fraction(number: Decimal) -> Fraction | None:
    """The fraction of small integers that division gave or rounded to this number, if there is one."""
    near = Fraction(number).limit_denominator(MAX_UNDER)
    divided = NUMBERS.divide(Decimal(near.numerator), Decimal(near.denominator))
    return near if divided == number else None


def _huge(whole: int) -> str:
    """Whole parts beyond any column: the longer, the larger, and the other way round below zero."""
    digits = str(abs(whole))
    if whole > 0:
        return f"q{len(digits):06d}{digits}"
    turned = "".join(str(9 - int(digit)) for digit in digits)
    return f"o{_LONGEST - len(digits):06d}{turned}"
