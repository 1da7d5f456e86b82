"""What people write in a cell, and what is read from it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from facts_vocabulary import FACTS, fact
from hypothesis import example, given
from hypothesis import strategies as st

from engine.facts.cells import NoValue, Percent, plain
from engine.facts.normalise import NotUnderstood, Understood, normalise
from engine.messages import text

BY_ID = {f.id: f for f in FACTS}
FOUNDED = fact("founded", "成立日期", "founded", "date")
COUNT = fact("count", "户数", "households", "integer")
YUAN = fact("yuan", "金额", "amount", "number", unit="元")

UNDERSTOOD = [
    ("disunited", "是", True),
    ("disunited", "有", True),
    ("disunited", " √ ", True),
    ("disunited", "Ｙ", True),
    ("disunited", "TRUE", True),
    ("disunited", True, True),
    ("disunited", Decimal(1), True),
    ("disunited", "１", True),
    ("disunited", "否", False),
    ("disunited", "无", False),
    ("disunited", "×", False),
    ("disunited", "No", False),
    ("disunited", Decimal(0), False),
    ("income", "3", Decimal(3)),
    ("income", "３．５", Decimal("3.5")),
    ("income", "1,234.50", Decimal("1234.5")),
    ("income", "１，２３４．５", Decimal("1234.5")),
    ("income", "3.5万元", Decimal("3.5")),
    ("income", "3.5 万元", Decimal("3.5")),
    ("income", "三十二", Decimal(32)),
    ("income", "无", Decimal(0)),
    ("income", Decimal("0.1"), Decimal("0.1")),
    ("meetings", "12 次", Decimal(12)),
    ("meetings", "十二次", Decimal(12)),
    ("meetings", "3个次", Decimal(3)),
    ("meetings", "4.0", Decimal(4)),
    ("share", "12%", Decimal(12)),
    ("share", "１２％", Decimal(12)),
    ("share", Percent(Decimal("0.125")), Decimal("12.5")),
    ("share", "12", Decimal(12)),
    ("yuan", "3万", Decimal(30000)),
    ("yuan", "3.5万元", Decimal(35000)),
    ("yuan", "一百零五", Decimal(105)),
    ("yuan", "二千三百", Decimal(2300)),
    ("yuan", "贰仟叁佰", Decimal(2300)),
    ("yuan", "两万三千", Decimal(23000)),
    ("yuan", "-5", Decimal(-5)),
    ("yuan", "－5", Decimal(-5)),
    ("yuan", "负五", Decimal(-5)),
    ("yuan", "1.2E3", Decimal(1200)),
    ("visited", "2018.7.25", date(2018, 7, 25)),
    ("visited", "2018年7月25日", date(2018, 7, 25)),
    ("visited", "2018 年 7 月 25 号", date(2018, 7, 25)),
    ("visited", "2018-07-25", date(2018, 7, 25)),
    ("visited", "2018/7/25", date(2018, 7, 25)),
    ("visited", "２０１８－７－２５", date(2018, 7, 25)),
    ("visited", "20180725", date(2018, 7, 25)),
    ("visited", Decimal(20180725), date(2018, 7, 25)),
    ("visited", Decimal(43306), date(2018, 7, 25)),
    ("visited", "43306", date(2018, 7, 25)),
    ("visited", datetime(2018, 7, 25), date(2018, 7, 25)),
    ("visited", "2018-07-25 00:00:00", date(2018, 7, 25)),
    ("visited", "2018-07-25T00:00:00", date(2018, 7, 25)),
    ("visited", "二〇一八年七月二十五日", date(2018, 7, 25)),
    ("state", "混乱", "混乱"),
    ("state", " 混 乱 ", "混乱"),
    ("state", "In  Disorder", "混乱"),
    ("remark", "  甲\u200b乙 ", "甲乙"),
    ("remark", "无", "无"),
    ("remark", Decimal(20180001), "20180001"),
    ("remark", datetime(2018, 7, 25), "2018-07-25"),
]


def of(id_: str):
    return {**BY_ID, "founded": FOUNDED, "count": COUNT, "yuan": YUAN}[id_]


@pytest.mark.parametrize(("id_", "cell", "value"), UNDERSTOOD)
def test_a_value_as_people_write_it(id_, cell, value):
    found = normalise(of(id_), cell)
    assert found == Understood(value)
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    "mark", ["", "  ", "—", "－", "-", "/", "／", "——", "未知", "不详", "待查", "?", "？", "N/A"]
)
@pytest.mark.parametrize("id_", [f.id for f in FACTS])
def test_a_mark_for_nothing_is_nothing(id_, mark):
    assert normalise(of(id_), mark) is None


def test_a_choice_that_looks_like_a_mark_is_that_choice():
    from engine.project.policy import Choice

    asked = fact(
        "x", "答复", "answer", "choice", choices=(Choice("不详", "not stated"), Choice("无", "none"))
    )
    assert normalise(asked, "不详") == Understood("不详")
    assert normalise(asked, "无") == Understood("无")
    assert normalise(asked, "—") is None


NOT_UNDERSTOOD = [
    (
        "disunited",
        "也许",
        "`也许` is not understood for team disunited; expected is `是` (yes), `否` (no), or nothing if it is not known",
        "班子不团结填了 `也许`，看不懂；应填 `是`、`否`，不清楚的不填",
    ),
    (
        "meetings",
        "约3",
        "`约3` is not a number, as meetings held needs; write it as `12 次`",
        "组织生活会次数应为数字，`约3` 不是；请写成 `12 次` 的样子",
    ),
    (
        "meetings",
        "4.5",
        "`4.5` is not a whole number, as meetings held needs",
        "组织生活会次数应为整数，`4.5` 不是",
    ),
    (
        "meetings",
        "401",
        "`401` is outside what meetings held can be (0–400)",
        "组织生活会次数填了 `401`，超出允许的范围（0–400）",
    ),
    (
        "income",
        "-1",
        "`-1` is outside what collective income can be (≥ 0)",
        "集体收入填了 `-1`，超出允许的范围（≥ 0）",
    ),
    (
        "income",
        "12%",
        "`12%` is a percentage, but collective income is not given in %; write it as `12 万元`",
        "`12%` 是百分数，而集体收入的单位不是 %；请写成 `12 万元` 的样子",
    ),
    (
        "income",
        datetime(2018, 3, 5),
        "`2018-03-05` is a date where collective income needs a number; set the cell's format to number and type it again",
        "集体收入应为数字，单元格里却是日期 `2018-03-05`；请把单元格格式改为数值后重填",
    ),
    (
        "visited",
        "2018-02-30",
        "there is no day `2018-02-30` (last visit); write a day that exists as `2018-07-25`",
        "最近走访日期填了 `2018-02-30`，没有这一天；请写成 `2018-07-25` 的样子",
    ),
    (
        "visited",
        "2018年7月",
        "`2018年7月` does not name a day, as last visit needs; write it as `2018-07-25`",
        "最近走访日期填了 `2018年7月`，没有写到日；请写成 `2018-07-25` 的样子",
    ),
    (
        "visited",
        datetime(2018, 7, 25, 9, 30),
        "`2018-07-25 09:30:00` has a time of day, but last visit is a date; write it as `2018-07-25`",
        "最近走访日期填了 `2018-07-25 09:30:00`，带有钟点；请只写日期，如 `2018-07-25`",
    ),
    (
        "visited",
        "上周三",
        "`上周三` is not a date, as last visit needs; write it as `2018-07-25` or `2018年7月25日`",
        "最近走访日期应为日期，`上周三` 不是；请写成 `2018-07-25` 或 `2018年7月25日`",
    ),
    (
        "state",
        "清处",
        "`清处` is not a value of state of assets; did you mean `清楚`? expected is one of `清楚`, `混乱`",
        "资产状况没有 `清处` 这个选项；是不是 `清楚`？应为 `清楚`, `混乱` 之一",
    ),
    (
        "state",
        "绿",
        "`绿` is not a value of state of assets; expected is one of `清楚`, `混乱`",
        "资产状况没有 `绿` 这个选项；应为 `清楚`, `混乱` 之一",
    ),
    (
        "remark",
        "长" * 32_768,
        "the text `" + "长" * 20 + "…` for remark is longer than 32767 characters",
        "备注情况的文字 `" + "长" * 20 + "…` 超过 32767 个字符",
    ),
    (
        "income",
        NoValue("data.cell-error", "#N/A"),
        "the cell for collective income shows the error `#N/A`; expected is a value",
        "集体收入的单元格显示错误 `#N/A`；应填写数值或文字",
    ),
]


@pytest.mark.parametrize(("id_", "cell", "english", "chinese"), NOT_UNDERSTOOD)
def test_what_is_not_understood_says_what_is_expected(id_, cell, english, chinese):
    found = normalise(of(id_), cell)
    assert isinstance(found, NotUnderstood)
    names = {"fact_zh": of(id_).name.zh, "fact_en": of(id_).name.en}
    assert text(found.key, "en", **found.params, **names) == english
    assert text(found.key, "zh", **found.params, **names) == chinese


@pytest.mark.parametrize(
    ("id_", "cell"),
    [
        ("income", "3万"),  # 3, or 30,000 ten thousands?
        ("income", "三万"),
        ("income", "3元"),
        ("income", "1.234,5"),
        ("income", "3-5"),
        ("income", True),
        ("yuan", "一百二"),  # 102 or 120
        ("yuan", "三万五"),  # 30,005 or 35,000
        ("yuan", "1e99"),
        ("yuan", Decimal("1e999999")),
        ("visited", Decimal(2018)),  # a year, not the 2,018th day since 1900
        ("visited", Decimal(201807)),
        ("visited", "18.7.25"),
        ("visited", "25/7/2018"),
        ("visited", "无"),
        ("visited", True),
        ("state", "无"),
        ("disunited", Decimal(2)),
        ("disunited", "□"),
    ],
)
def test_what_could_mean_two_things_is_not_understood(id_, cell):
    assert isinstance(normalise(of(id_), cell), NotUnderstood)


def test_control_characters_are_taken_out_and_reported():
    assert normalise(of("remark"), "甲\x07乙") == Understood("甲乙", "data.control-characters")


def test_serial_numbers_of_the_1904_system():
    assert normalise(of("visited"), Decimal(41844), date_1904=True) == Understood(date(2018, 7, 25))


CELLS = st.one_of(
    st.text(),
    st.text("0123456789.,-%年月日号万元次个/ 零一二三四五六七八九十百千亿", max_size=12),
    st.booleans(),
    st.decimals(),
    st.decimals(allow_nan=False, allow_infinity=False).map(Percent),
    st.datetimes(),
    st.none(),
)


@given(st.sampled_from(FACTS), CELLS, st.booleans())
@example(FACTS[1], Decimal("NaN"), False)
@example(FACTS[4], Decimal("-1e40"), True)
def test_no_cell_raises(asked, cell, date_1904):
    found = normalise(asked, cell, date_1904)
    assert found is None or isinstance(found, Understood | NotUnderstood)
    if isinstance(found, NotUnderstood):
        for lang in ("en", "zh"):
            assert text(found.key, lang, fact_zh="x", fact_en="x", **found.params)


@given(st.dates(date(1000, 1, 1)))
def test_a_day_in_every_notation_is_that_day(day):
    y, m, d = day.year, day.month, day.day
    for written in (
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        f"{y}-{m:02}-{d:02}",
        f"{y}/{m}/{d}",
        f"{y}{m:02}{d:02}" if y < 3000 else day.isoformat(),
        f"{y}年{m:02}月{d:02}号".translate({ord(str(i)): chr(0xFF10 + i) for i in range(10)}),
    ):
        assert normalise(FOUNDED, written) == Understood(day), written


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_a_day_as_a_serial_number_is_that_day(day):
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert normalise(FOUNDED, Decimal(serial)) == Understood(day)
    assert normalise(FOUNDED, Decimal(serial - 1462), date_1904=True) == Understood(day)


@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_number_in_every_notation_is_that_number(number):
    wide = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789.,-"}
    shown = plain(number)
    for written in (shown, f"{number:,}", shown.translate(wide), f"{shown} 元", f"{shown}元"):
        assert normalise(YUAN, written) == Understood(number), written


def in_chinese(number: int) -> str:
    """A number below 100,000,000 as it is read out."""
    if number >= 10_000:
        rest = number % 10_000
        return (
            in_chinese(number // 10_000)
            + "万"
            + ("零" if 0 < rest < 1000 else "")
            + (in_chinese(rest) if rest else "")
        )
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            rest = number % scale
            gap = "零" if 0 < rest < scale // 10 else ""
            return "零一二三四五六七八九"[number // scale] + mark + gap + (in_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@given(st.integers(0, 99_999_999))
@example(10)
@example(110)
@example(20_010)
def test_a_number_in_chinese_is_that_number(number):
    written = in_chinese(number)
    assert normalise(COUNT, written) == Understood(Decimal(number)), written
    if 10 <= number < 20:
        assert normalise(COUNT, written.removeprefix("一")) == Understood(Decimal(number))


def test_a_number_that_is_none_is_not_yes_or_no() -> None:
    """A signalling NaN raises when it is compared with anything."""
    assert isinstance(normalise(BY_ID["disunited"], Decimal("sNaN")), NotUnderstood)
