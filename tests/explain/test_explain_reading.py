"""Conditions read as sentences in both languages, and as FEEL where no sentence fits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from lantern_units import loaded

from engine.explain.reading import Reader
from engine.language import parse
from engine.project import load


@pytest.mark.parametrize(
    ("feel", "zh", "en"),
    [
        ("keeper", "“有管理人”为是", "“Has a keeper” is yes"),
        ("keeper = false", "“有管理人”为否", "“Has a keeper” is no"),
        ("not(keeper)", "并非“有管理人”为是", "not so that “Has a keeper” is yes"),
        ("dark_days > 30", "不亮天数大于30天", "Days dark is more than 30 天"),
        (
            "dark_days >= repeated_damage",
            "不亮天数不小于3次（“反复损坏次数门槛”）",
            "Days dark is at least 3 次 (“Repeated damage threshold”)",
        ),
        (
            "dark_days in [1..5)",
            "不亮天数不小于1天且小于5天",
            "Days dark is at least 1 天 and is less than 5 天",
        ),
        (
            "dark_days between 1 and 5",
            "不亮天数不小于1天且不超过5天",
            "Days dark is at least 1 天 and is at most 5 天",
        ),
        ('lamp = "纸"', "灯具类型为纸", "Kind of lamp is paper"),
        ('lamp = "纸" or lamp = "绸"', "灯具类型为纸、绸之一", "Kind of lamp is one of paper, silk"),
        ('lamp in ("纸", "绸")', "灯具类型为纸、绸之一", "Kind of lamp is one of paper, silk"),
        (
            'unit_kind = "社区" or unit_kind = "村"',
            "单位类型为社区、村之一",
            "kind of unit is one of community, village",
        ),
        ("count(damage) = 0", "损坏登记中的记录恰为0条", "Damage register has exactly 0 rows"),
        ('count(damage[level = "重" and day >= as_of - duration("P1Y") and day <= as_of]) >= 2', None, None),
        (
            "keeper and dark_days > 1",
            "“有管理人”为是且不亮天数大于1天",
            "“Has a keeper” is yes and Days dark is more than 1 天",
        ),
        (
            "keeper or (dark_days > 1 and dark_days < 9)",
            "“有管理人”为是或者（不亮天数大于1天且不亮天数小于9天）",
            "“Has a keeper” is yes or (Days dark is more than 1 天 and Days dark is less than 9 天)",
        ),
        ("dark_days + 1 > 3", "不亮天数 + 1大于3", "Days dark + 1 is more than 3"),
    ],
)
def test_sentences(feel: str, zh: str | None, en: str | None) -> None:
    policy = loaded().policy
    assert policy is not None
    parameters = {"repeated_damage": Decimal(3), "neglect_reading": "any"}
    said = {lang: Reader(policy, lang, parameters).test(parse(feel)) for lang in ("zh", "en")}  # type: ignore[arg-type]
    if zh is not None:
        assert said == {"zh": zh, "en": en}
    else:
        assert "损坏登记中，程度为重且" in said["zh"]
        assert "at least 2 rows where degree is severe and" in said["en"]


def test_windows_of_time() -> None:
    policy = loaded().policy
    assert policy is not None
    leaf = policy.rules["lantern_damage.repeated"].when
    assert Reader(policy, "zh").heading(leaf) == (
        "损坏登记中，程度为重、毁之一且日期在最近12个月内的记录不少于“反复损坏次数门槛”条"
    )
    assert Reader(policy, "en").heading(leaf) == (
        "Damage register has at least “Repeated damage threshold” rows where degree is one of severe, total"
        " and day is within the last 12 months"
    )


def test_a_choice_that_a_parameter_makes_is_read_in_words() -> None:
    """The built-in plan asks which way of counting was chosen; the way's own name, and not what it is now."""
    policy = load(Path(__file__).parents[2]).policy
    assert policy is not None
    test, chosen = parse('petition_counting = "逐级计算"'), {"petition_counting": "合并计算"}
    assert Reader(policy, "en", chosen).test(test) == "“How petitions are counted” is each level"
    assert Reader(policy, "zh", chosen).test(test) == "“上访计数办法”为逐级计算"
