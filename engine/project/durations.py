"""Durations as an officer writes them: `12 months`, `2 years`, `30 days`, `12个月`, `2年`, `30天`, or ISO 8601."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.language.values import YearsMonths

_WRITTEN = re.compile(
    r"(?P<n>[0-9]{1,5})\s*(?:(?P<years>years?|年)|(?P<months>months?|个?月)|(?P<weeks>weeks?|周)|(?P<days>days?|天|日))"
)
_ISO = re.compile(r"P(?:(?P<y>[0-9]{1,4})Y)?(?:(?P<m>[0-9]{1,5})M)?(?:(?P<d>[0-9]{1,5})D)?")


def parse_duration(text: str) -> YearsMonths | timedelta | None:
    """The duration that ``text`` names, or None. Years and months give YearsMonths, weeks and days a timedelta."""
    found = _WRITTEN.fullmatch(text.strip())
    if found:
        number = int(found["n"])
        if found["years"]:
            return YearsMonths(12 * number)
        if found["months"]:
            return YearsMonths(number)
        return timedelta(days=number * (7 if found["weeks"] else 1))
    iso = _ISO.fullmatch(text.strip())
    if iso is None or not any(iso.groups()):
        return None
    if iso["d"] is not None:
        return timedelta(days=int(iso["d"])) if iso["y"] is None and iso["m"] is None else None
    return YearsMonths(12 * int(iso["y"] or 0) + int(iso["m"] or 0))
