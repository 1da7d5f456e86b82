"""The workload's plan as plain Python: what somebody writes, or generates, who needs nothing but its answers.

One function, one statement a conclusion, strong Kleene logic with None for unknown; no derivation, no sources, no dates of
observation, no conflicts. Numbers are binary ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

AS_OF = date(2025, 6, 30)
DAYS_180 = AS_OF - timedelta(days=180)
DAYS_365 = AS_OF - timedelta(days=365)
DAYS_730 = AS_OF - timedelta(days=730)
DAYS_1000 = AS_OF - timedelta(days=1000)
DAYS_1500 = AS_OF - timedelta(days=1500)
IN_90_DAYS = AS_OF + timedelta(days=90)
YEAR_2020 = date(2020, 1, 1)

#: What ``conclude`` gives, in its order.
CONCLUSIONS = (
    "L01",
    "L02",
    "L03",
    "L04",
    "L05",
    "L06",
    "L07",
    "L08",
    "L09",
    "L10",
    "L11",
    "L12",
    "L13",
    "L14",
    "L15",
    "L16",
    "L17",
    "L18",
    "L19",
    "L20",
    "L21",
    "L22",
    "L23",
    "L24",
    "L25",
    "L26",
    "L27",
    "L28",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "weak",
    "key",
    "D01",
    "D02",
    "D03",
    "D04",
    "D05",
    "D06",
    "D07",
    "D08",
    "D09",
    "D10",
    "D11",
    "D12",
    "D13",
    "D14",
    "D15",
)


def conclude(unit: Mapping[str, Any]) -> tuple[bool | None, ...]:
    """All conclusions about a unit. ``unit`` has a value or None for each of the forty facts."""
    b01 = unit["b01"]
    b02 = unit["b02"]
    b03 = unit["b03"]
    b04 = unit["b04"]
    b05 = unit["b05"]
    b06 = unit["b06"]
    b07 = unit["b07"]
    b08 = unit["b08"]
    b09 = unit["b09"]
    b10 = unit["b10"]
    b11 = unit["b11"]
    b12 = unit["b12"]
    k01 = unit["k01"]
    k02 = unit["k02"]
    k03 = unit["k03"]
    k04 = unit["k04"]
    k05 = unit["k05"]
    k06 = unit["k06"]
    k07 = unit["k07"]
    k08 = unit["k08"]
    k09 = unit["k09"]
    k10 = unit["k10"]
    i01 = unit["i01"]
    i02 = unit["i02"]
    i03 = unit["i03"]
    i04 = unit["i04"]
    i05 = unit["i05"]
    i06 = unit["i06"]
    i07 = unit["i07"]
    i08 = unit["i08"]
    i09 = unit["i09"]
    d01 = unit["d01"]
    d02 = unit["d02"]
    d03 = unit["d03"]
    d04 = unit["d04"]
    t01 = unit["t01"]
    t02 = unit["t02"]
    t03 = unit["t03"]
    t04 = unit["t04"]
    t05 = unit["t05"]
    L01 = None if i01 is None else i01 > 70
    L02 = None if i02 is None else i02 <= 1
    L03 = None if i03 is None else 100 <= i03 < 500
    L04 = None if i04 is None else i04 != 0
    L05 = None if i05 is None or i06 is None else i05 > i06
    L06 = None if i07 is None or i08 is None else i07 * 10 > i08
    L07 = None if d01 is None else d01 > 0.85
    L08 = None if d02 is None else d02 <= 1000
    L09 = None if d03 is None or d02 is None else d03 + d02 > 7000.005
    L10 = None if d04 is None or d03 is None else d04 * 2 < d03
    L11 = None if t01 is None else t01 < DAYS_1500
    L12 = None if t02 is None else t02 < DAYS_730
    L13 = None if t03 is None else t03 <= IN_90_DAYS
    L14 = None if t05 is None or t04 is None else (t05 - t04).days >= 180
    L15 = None if t05 is None else t05 < YEAR_2020
    L16 = b01
    L17 = None if b02 is None else not b02
    x = None if b04 is None else not b04
    L18 = False if b03 is False or x is False else None if b03 is None or x is None else True
    x = None if i09 is None else i09 > 10
    L19 = False if b05 is False or x is False else None if b05 is None or x is None else True
    L20 = True if b06 is True or b07 is True else None if b06 is None or b07 is None else False
    x = None if i04 is None else i04 >= 5
    y = None if d01 is None else d01 < 0.05
    z = True if x is True or y is True else None if x is None or y is None else False
    L21 = False if b08 is False or z is False else None if b08 is None or z is None else True
    x = None if b09 is None else not b09
    y = None if t01 is None else t01 < DAYS_180
    L22 = False if x is False or y is False else None if x is None or y is None else True
    x = None if i06 is None else i06 < 20
    y = None if i08 is None else i08 > 2
    L23 = False if x is False or y is False else None if x is None or y is None else True
    L24 = (
        False
        if b10 is False or b11 is False or b12 is False
        else None
        if b10 is None or b11 is None or b12 is None
        else True
    )
    x = None if t04 is None else t04 < DAYS_1000
    L25 = False if b12 is False or x is False else None if b12 is None or x is None else True
    L26 = None if i01 is None or i02 is None else i01 + i02 < 10
    x = None if i03 is None else i03 > 800
    L27 = True if b04 is True or x is True else None if b04 is None or x is None else False
    x = None if d02 is None else d02 > 4500
    y = None if b07 is None else not b07
    L28 = False if x is False or y is False else None if x is None or y is None else True
    C1 = (
        True
        if L01 is True or L07 is True or L11 is True or L16 is True or L26 is True
        else None
        if L01 is None or L07 is None or L11 is None or L16 is None or L26 is None
        else False
    )
    x = False if L03 is False or L08 is False else None if L03 is None or L08 is None else True
    C2 = (
        True
        if L02 is True or x is True or L17 is True
        else None
        if L02 is None or x is None or L17 is None
        else False
    )
    C3 = (
        True
        if (L04, L09, L12, L18, L20).count(True) >= 2
        else None
        if (L04, L09, L12, L18, L20).count(False) < 4
        else False
    )
    x = True if L19 is True or L21 is True else None if L19 is None or L21 is None else False
    C4 = (
        False
        if L05 is False or L13 is False or x is False
        else None
        if L05 is None or L13 is None or x is None
        else True
    )
    x = False if L15 is False or L22 is False else None if L15 is None or L22 is None else True
    C5 = (
        True
        if L14 is True or x is True or L24 is True
        else None
        if L14 is None or x is None or L24 is None
        else False
    )
    x = (
        True
        if (L06, L10, L23, L27).count(True) >= 2
        else None
        if (L06, L10, L23, L27).count(False) < 3
        else False
    )
    C6 = (
        True
        if L25 is True or L28 is True or x is True
        else None
        if L25 is None or L28 is None or x is None
        else False
    )
    weak = (
        True
        if C1 is True or C2 is True or C3 is True or C4 is True or C5 is True or C6 is True
        else None
        if C1 is None or C2 is None or C3 is None or C4 is None or C5 is None or C6 is None
        else False
    )
    x = (
        True
        if (C1, C2, C3, C4, C5, C6).count(True) >= 2
        else None
        if (C1, C2, C3, C4, C5, C6).count(False) < 5
        else False
    )
    key = True if C6 is True or x is True else None if C6 is None or x is None else False
    D01 = False if weak is False or k01 is True else None if weak is None or k01 is None else True
    D02 = False if weak is False or k02 is True else None if weak is None or k02 is None else True
    D03 = False if weak is False or k03 is True else None if weak is None or k03 is None else True
    D04 = False if key is False or k04 is True else None if key is None or k04 is None else True
    D05 = False if key is False or k05 is True else None if key is None or k05 is None else True
    D06 = False if key is False or k06 is True else None if key is None or k06 is None else True
    D07 = False if C1 is False or k07 is True else None if C1 is None or k07 is None else True
    D08 = False if C2 is False or k08 is True else None if C2 is None or k08 is None else True
    D09 = False if C3 is False or k09 is True else None if C3 is None or k09 is None else True
    D10 = False if C4 is False or k10 is True else None if C4 is None or k10 is None else True
    D11 = False if C5 is False or k07 is True else None if C5 is None or k07 is None else True
    D12 = False if C6 is False or k08 is True else None if C6 is None or k08 is None else True
    D15 = False if C6 is False or k01 is True else None if C6 is None or k01 is None else True
    x = None if t02 is None else t02 < DAYS_365
    D13 = False if weak is False or x is False else None if weak is None or x is None else True
    x = None if t04 is None else t04 < DAYS_180
    D14 = False if key is False or x is False else None if key is None or x is None else True
    return (
        L01,
        L02,
        L03,
        L04,
        L05,
        L06,
        L07,
        L08,
        L09,
        L10,
        L11,
        L12,
        L13,
        L14,
        L15,
        L16,
        L17,
        L18,
        L19,
        L20,
        L21,
        L22,
        L23,
        L24,
        L25,
        L26,
        L27,
        L28,
        C1,
        C2,
        C3,
        C4,
        C5,
        C6,
        weak,
        key,
        D01,
        D02,
        D03,
        D04,
        D05,
        D06,
        D07,
        D08,
        D09,
        D10,
        D11,
        D12,
        D13,
        D14,
        D15,
    )
