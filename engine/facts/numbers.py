"""Numbers as people write them: ``1,234.5``, ``４``, ``3 次``, ``12%``, ``三十二``, ``3万``."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.facts.folding import folded

_PLAIN = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?e[+-]?\d{1,2}")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"两": 2, "○": 0}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"亿": 100_000_000, "万": 10_000}
_ZEROS = "零〇○"
_SCALES = {**_SMALL, **_LARGE}
#: More digits than this are no count, area or amount, and exponents beyond them cost memory.
MAX_DIGITS = 30


def parse_number(text: str, unit: str | None) -> Decimal | None:
    """The number that ``text`` writes, with or without ``unit`` after it; None if it is not exactly one number.

    A multiplier (万) before nothing is ambiguous when the unit itself begins with one (万元), so it is refused.
    """
    body = folded(text).replace("−", "-")
    body = _without_unit(body, unit)
    sign = 1
    if body[:1] in ("-", "+", "负"):
        sign = -1 if body[0] in ("-", "负") else 1
        body = body[1:]
    scaled = folded(unit or "")[:1] in _SCALES
    if _PLAIN.fullmatch(body):
        found = Decimal(body.replace(",", ""))
    elif body[-1:] in _SCALES and _PLAIN.fullmatch(body[:-1]):
        if scaled:
            return None
        found = Decimal(body[:-1].replace(",", "")) * _SCALES[body[-1]]
    else:
        chinese = parse_chinese(body)
        if chinese is None or (scaled and body[-1:] in _LARGE):
            return None
        found = Decimal(chinese)
    return sign * found if in_reach(found) else None


def in_reach(number: Decimal) -> bool:
    """Whether the number has few enough digits, before and after the point, to be written out."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= MAX_DIGITS and number.adjusted() <= MAX_DIGITS


def parse_chinese(text: str) -> int | None:
    """``三百零五`` → 305, ``二〇一八`` → 2018; None if it is not a number in Chinese."""
    if not text or len(text) > 20 or not all(c in _DIGITS or c in _SCALES for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = 0
    for mark, scale in _LARGE.items():
        if mark in text:
            before, _, text = text.partition(mark)
            part = _below_ten_thousand(before)
            if not part:
                return None
            total += part * scale
    rest = _below_ten_thousand(text) if text else 0
    if rest is None or (total and 0 < rest < 1000 and text[0] not in _ZEROS):
        return None  # 三万五 means 35,000 to one reader and 30,005 to another
    return total + rest


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last_scale = 0, None, 10_000
    for place, character in enumerate(text):
        if character in _DIGITS:
            value = _DIGITS[character]
            if digit is not None and digit != 0:
                return None
            digit = value
        elif character in _SMALL:
            scale = _SMALL[character]
            if scale >= last_scale or (digit is None and not (scale == 10 and place == 0)):
                return None
            total += (1 if digit is None else digit) * scale
            digit, last_scale = None, scale
        else:
            return None
    if digit and last_scale > 10 and total and not any(zero in text for zero in _ZEROS):
        return None  # 一百二 may mean 120 or 102
    return total + (digit or 0)


def _without_unit(body: str, unit: str | None) -> str:
    own = folded(unit or "")
    if own and body.endswith(own) and len(body) > len(own):
        body = body[: -len(own)]
        return body.removesuffix("个") if len(body) > 1 else body
    return body
