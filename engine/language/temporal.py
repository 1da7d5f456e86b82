"""Dates and durations as FEEL writes them, and the properties they have."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from engine.language.values import Value, YearsMonths

_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)", re.ASCII)
_YEARS_MONTHS = re.compile(r"(-?)P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-?)P(?:(\d{1,12})D)?(?:(T)(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(?:\.(\d{0,9}))?S)?)?", re.ASCII
)
_TIME = re.compile(r"(?:-?\d{4,9}-\d\d-\d\dT)?\d\d:\d\d:\d\d.*", re.ASCII | re.DOTALL)


def looks_like_date(text: str) -> bool:
    """Whether ``text`` has the shape of a date, whether or not the day exists."""
    return _DATE.fullmatch(text) is not None


def looks_like_time(text: str) -> bool:
    """Whether ``text`` is a time or a date and time, which the language does not have."""
    return _TIME.fullmatch(text) is not None


def parse_date(text: str) -> date | None:
    """The day that ``2018-07-25`` names; None if there is no such day in the years 1 to 9999."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    return make_date(*map(int, match.groups()))


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None if it does not exist."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def parse_duration(text: str) -> YearsMonths | timedelta | None:
    """``P1Y2M`` or ``P3DT4H`` (ISO 8601 as DMN 1.5, 10.3.2.3.7 and 8 restrict it); None if it is neither."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if match is None or not any(match.group(2, 4, 5, 6)) or (match[3] and not any(match.group(4, 5, 6))):
        return None
    microseconds = int((match[7] or "").ljust(6, "0")[:6])
    try:
        days = timedelta(
            days=int(match[2] or 0),
            hours=int(match[4] or 0),
            minutes=int(match[5] or 0),
            seconds=int(match[6] or 0),
            microseconds=microseconds,
        )
        return -days if match[1] else days
    except OverflowError:
        return None


def days_text(value: timedelta) -> str:
    """``P3DT4H5M6.5S``"""
    sign, value = ("-", -value) if value < timedelta(0) else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06d}".rstrip("0") if value.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    body = (f"{value.days}D" if value.days else "") + (f"T{clock}" if clock else "")
    return f"{sign}P{body or '0D'}"


def property_of(value: Value, name: str) -> Value:
    """The property ``name`` of a date or a duration; None if it has none such (DMN 1.5, table 65)."""
    if isinstance(value, date):
        if name == "weekday":
            return Decimal(value.isoweekday())
        return Decimal(getattr(value, name)) if name in ("year", "month", "day") else None
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        part: int | Decimal | None = {"years": years, "months": months}.get(name)
        negative = value.months < 0
    elif isinstance(value, timedelta):
        negative = value < timedelta(0)
        size = abs(value)
        seconds = Decimal(size.seconds % 60) + Decimal(size.microseconds).scaleb(-6)
        clock: dict[str, int | Decimal] = {
            "hours": size.seconds // 3600,
            "minutes": size.seconds // 60 % 60,
            "seconds": seconds,
        }
        clock["days"] = size.days
        part = clock.get(name)
    else:
        return None
    if part is None:
        return None
    return Decimal(-part if negative else part)
