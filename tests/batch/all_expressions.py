"""A policy with every form of expression that has columns, and units with the values that engines differ about."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from random_policies import AS_OF, BOOLEANS, DATES, FRAME, NUMBERS, SOURCE, _fact, _text

from engine.facts.sheet import FactSheet, Observation, Row
from engine.language.values import Value

EXPRESSIONS = [
    # texts: length in characters, no patterns, order of characters
    "string length(s0) > 2",
    "string length(s0) = string length(s1)",
    "string length(s0) * 2 > i0",
    'contains(s0, "甲")',
    'contains(s0, ".*")',
    'contains(s0, "\'")',
    r'contains(s0, "\\")',
    'starts with(s0, "%a")',
    'ends with(s0, "_")',
    "s0 = s1",
    "s0 != s1",
    "s0 < s1",
    's0 >= "甲"',
    's0 in ["a", "b", "😀"]',
    '(if b0 then s0 else s1) = "a"',
    # dates: months of different lengths, the ends of the calendar
    'd0 + duration("P1M") > d1',
    'd0 - duration("P1M") > d1',
    'd0 + duration("P1Y6M") < d1',
    'd0 - duration("P5D") = d1',
    'd0 + duration("P30D") > d1',
    'd0 - d1 > duration("P3D")',
    'as_of - d0 > duration("P100D")',
    'd0 - as_of < duration("P100D")',
    'd0 = date("0001-02-01")',
    'd0 in [date("2018-12-31"), date("0001-01-01")]',
    "d0 in [d1..as_of]",
    "(if b0 then d0 else d1) > as_of",
    '(if b0 then d0 else date("0001-02-01")) = d1',
    "d0.year = 2018",
    "d0.month in [2..12]",
    "d0.day = 31",
    "d0.weekday = 5",
    "d0.weekday > 5",
    'years and months duration(d0, d1) > duration("P3M")',
    'years and months duration(d0, as_of) >= duration("P1Y")',
    # numbers: exact, signs, division by zero
    "abs(n0) > 2",
    "n0 / n1 > n2 / n3",
    "n0 / n1 = 1.5",
    "-n0 + 3 > n1",
    "n0 * n1 < n2",
    "n0 * 0.001 > 0.0015",
    "(if b0 then n0 else n1) > 2",
    "n0 between n1 and n2",
    "n0 in (n1..n2]",
    "i0 * i0 > 5",
    "i0 > 2.5",
    "i0 = 2.5",
    # null and unknown
    "n0 = null",
    "d0 != null",
    "s0 = null",
    "n0 / n1 = null",
    "is defined(n0 / n1)",
    "is defined(r0)",
    "not(b0)",
    "b0 = b1",
    "b0 != b1",
    "if b0 then b1 else b2",
    # rows of a register
    "count(r0) >= 1",
    "count(r0[item.amount > 1]) = 2",
    'count(r0[level = "京"]) > count(r0[level = "省"])',
    "count(r0[day in [d0..d1]]) > 0",
    "sum(r0.amount) > 3",
    "sum(r0[amount > n0].amount) >= 2",
    "min(r0.day) > d0",
    'max(r0.day) > as_of - duration("P1Y")',
    'min(r0[level = "市"].amount) = max(r0.amount)',
    "some a in r0.amount satisfies a > n0",
    "some r in r0 satisfies r.day > d0 and r.amount > n0",
    "every r in r0 satisfies r.day > d0",
    "some r in r0 satisfies (some q in r0 satisfies q.amount > r.amount)",
]

_DAYS = [date(1, 1, 1), date(1, 2, 1), date(1582, 10, 10), date(9999, 11, 30), date(9999, 12, 31)]
# The summer times of 1986 began and ended on these days.
_DAYS += [date(1986, 5, 4), date(1986, 9, 14), date(2016, 2, 29), date(2018, 1, 31), date(2018, 3, 31)]
_DAYS += [AS_OF - timedelta(days=days) for days in (-1, 0, 1, 30, 31, 365, 366)]
_OBSERVED = [None, AS_OF, AS_OF, AS_OF - timedelta(days=400)]
_TEXTS = [
    "",
    "a",
    "b",
    "😀",
    "😀甲",
    "甲乙",
    "%a",
    "x_",
    ".*",
    "a'b",
    "a\\b",
    " a",
    "A",
    "ａ",
    "e\u0301",
    "é",
]
_AMOUNTS = [Decimal(n) for n in ("0", "1", "2", "3", "-1", "-2.5", "0.0001", "1.5", "5", "99999", "-99999")]


def project() -> dict[str, Any]:
    """File name → content; criterion ``c.3`` is the third expression, counted from 0."""
    files = deepcopy(FRAME)
    files["policy/vocabulary.yaml"]["registers"][0]["shelf life"] = "12 months"
    files["policy/vocabulary.yaml"]["facts"] += [
        _fact("s0", "text"),
        _fact("s1", "text"),
        _fact("i0", "integer"),
    ]
    criteria = [
        {"id": f"c.{i}", "name": _text(f"规则{i}"), "clause": "1", "when": {"expression": expression}}
        for i, expression in enumerate(EXPRESSIONS)
    ]
    category: dict[str, Any] = {"id": "c", "name": _text("类"), "clause": "1", "lead": "科室"}
    category["when"] = {"at least": 30, "of": [{"finding": criterion["id"]} for criterion in criteria]}
    files["rules/c.yaml"] = {"category": category, "criteria": criteria}
    files["rules/classification.yaml"] = {
        "weak": {"name": _text("弱"), "clause": "1", "when": {"finding": "c"}},
        "key": {"name": _text("重"), "clause": "1", "when": {"all": [{"finding": "weak"}, {"b0": True}]}},
    }
    return files


def sheet(random: Random) -> FactSheet:
    """One unit without conflicting sources; all its facts were observed on one day, each of its rows on another."""

    def seen(value: Value, day: date | None) -> Observation:
        return Observation(value, str(value), SOURCE, day)

    def some(draws: dict[str, Any], day: date | None) -> dict[str, Observation]:
        return {name: seen(draw(), day) for name, draw in draws.items() if random.random() < 0.8}

    observed = random.choice(_OBSERVED)
    facts = some(
        {
            **dict.fromkeys(BOOLEANS, lambda: random.random() < 0.5),
            **dict.fromkeys(NUMBERS, lambda: random.choice(_AMOUNTS)),
            **dict.fromkeys(DATES, lambda: random.choice(_DAYS)),
            **dict.fromkeys(("s0", "s1"), lambda: random.choice(_TEXTS)),
            "i0": lambda: Decimal(random.randint(-5, 9)),
        },
        observed,
    )
    columns = {
        "level": lambda: random.choice("京省市"),
        "day": lambda: random.choice(_DAYS),
        "amount": lambda: random.choice(_AMOUNTS[:6]),
    }
    rows = tuple(
        Row(some(columns, None), SOURCE, random.choice(_OBSERVED)) for _ in range(random.randint(0, 3))
    )
    said = observed is not None and not rows
    return FactSheet(
        unit="u",
        name="单位",
        kind=(seen("社区", None),),
        facts={id_: (observation,) for id_, observation in facts.items()},
        registers={"r0": rows} if random.random() < 0.8 else {},
        reported={"r0": observed} if said and observed is not None else {},
    )
