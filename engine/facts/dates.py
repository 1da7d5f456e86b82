"""Dates as people write them: ``2018.7.25``, ``2018年7月25日``, ``20180725``, a spreadsheet's serial number."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from engine.facts.folding import folded
from engine.facts.numbers import parse_chinese

_NUMERIC = re.compile(
    r"(\d{4})([-./年])(\d{1,2})([-./月])(\d{1,2})[日号]?(?:t?0{1,2}:00(?::00(?:\.0+)?)?z?)?"
)
_COMPACT = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_MONTH = re.compile(
    r"(\d{4})[-./年](\d{1,2})月?|(\d{4})年?|[〇○零一二三四五六七八九]{4}年([一二三四五六七八九十]{1,2}月)?"
)
_WITH_TIME = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?t?\d{1,2}:\d{2}.*")
#: A number outside these is not taken for a serial: 2018 is a year, not the 2,018th day (1950-01-01 … 2199-12-31).
_SERIALS = range(18_264, 109_575)


def parse_date(text: str, date_1904: bool = False) -> date | str:
    """The day that ``text`` names, or the key of the message that says why it names none."""
    body = folded(text)
    if match := _NUMERIC.fullmatch(body):
        pair = (match[2], match[4])
        if pair[0] == pair[1] != "年" or pair == ("年", "月"):
            return _day(match[1], match[3], match[5])
        return "data.not-a-date"
    if match := _COMPACT.fullmatch(body):
        return _day(match[1], match[2], match[3])
    if match := _CHINESE.fullmatch(body):
        parts = [parse_chinese(part) for part in match.groups()]
        return "data.not-a-date" if None in parts else _day(*(str(part) for part in parts))
    if _MONTH.fullmatch(body):
        return "data.date-without-day"
    if _WITH_TIME.fullmatch(body):
        return "data.date-with-time"
    if re.fullmatch(r"\d{5,6}(\.0+)?", body):
        return serial_date(Decimal(body), date_1904)
    return "data.not-a-date"


def serial_date(number: Decimal, date_1904: bool = False) -> date | str:
    """The day of a spreadsheet's serial number, or ``yyyymmdd`` written as a number; else a message's key."""
    if number != number.to_integral_value():
        whole = int(number)
        return "data.date-with-time" if whole in _SERIALS else "data.not-a-date"
    whole = int(number) + (1462 if date_1904 else 0)
    if whole in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=whole)
    if match := _COMPACT.fullmatch(str(int(number))):
        return _day(match[1], match[2], match[3])
    return (
        "data.date-without-day" if 1900 <= int(number) <= 2199 or _month(int(number)) else "data.not-a-date"
    )


def day_of(moment: datetime) -> date | str:
    """The day of a date cell; one with a time of day is not a date."""
    return moment.date() if moment.time() == datetime.min.time() else "data.date-with-time"


def _month(number: int) -> bool:
    return 190_001 <= number <= 219_912 and 1 <= number % 100 <= 12


def _day(year: str, month: str, day: str) -> date | str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return "data.no-such-day"
    return found if found.year >= 1000 else "data.not-a-date"
