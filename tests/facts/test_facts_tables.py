"""Tables with good and bad headings, rows and registers. Each case shows the table and every sentence about it."""

# ruff: noqa: E501  (an exact sentence stays on one line)

from __future__ import annotations

import codecs
from datetime import date
from decimal import Decimal

import pytest
from facts_vocabulary import policy, rows, said, values

from engine.facts import read

POLICY = policy()


def table(tmp_path, text, name="t.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read([path], POLICY, display=lambda p: p.name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_and_delimiter_reads_the_same(tmp_path, delimiter, encoding, newline):
    lines = ["单位编号,单位名称,单位类型,集体收入（万元）,班子不团结", "A1,甲,社区,3.5,是"]
    reading = table(tmp_path, newline.join(lines).replace(",", delimiter), encoding=encoding)
    assert said(reading) == []
    assert values(reading.sheets[0]) == {"income": [Decimal("3.5")], "disunited": [True]}
    assert reading.sheets[0].name == "甲"
    assert reading.sheets[0].kind[0].value == "社区"
    assert (reading.rows_read, reading.cells_unread) == (1, 0)


def test_where_when_and_who(tmp_path):
    reading = table(tmp_path, "单位编号,班子不团结,填报日期,填报单位\nA1,是,2018.12.1,petitions office\n")
    seen = reading.sheets[0].facts["disunited"][0]
    assert str(seen.source) == "t.csv!B2"
    assert (seen.raw, seen.observed, seen.supplier) == ("是", date(2018, 12, 1), "综访科")


def test_headings_by_id_by_english_name_and_in_any_width(tmp_path):
    reading = table(
        tmp_path, 'unit id,Team  Disunited,集体收入 (万元),"组织生活会\n次数",share（％）\nA1,yes,1,2,3\n'
    )
    assert said(reading) == []
    assert values(reading.sheets[0]) == {
        "disunited": [True],
        "income": [Decimal(1)],
        "meetings": [Decimal(2)],
        "share": [Decimal(3)],
    }


def test_title_rows_above_the_headings_are_passed_over(tmp_path):
    reading = table(tmp_path, "某街道排查台账\n\n填表日期：2018年12月\n单位编号,班子不团结\nA1,是\n")
    assert said(reading) == []
    assert str(reading.sheets[0].facts["disunited"][0].source) == "t.csv!B5"


BAD = [
    (
        "a renamed heading",
        "单位编号,班子不团\nA1,是\n",
        ["t.csv!B1: this column was not read: no fact is named `班子不团`; did you mean `班子不团结`?"],
        ["t.csv!B1: 没有读这一列：没有名为 `班子不团` 的事项；是不是 `班子不团结`？"],
        {"A1": {}},
        0,
    ),
    (
        "an unknown heading",
        "单位编号,电话\nA1,123\n",
        ["t.csv!B1: this column was not read: no fact is named `电话`"],
        ["t.csv!B1: 没有读这一列：没有名为 `电话` 的事项"],
        {"A1": {}},
        0,
    ),
    (
        "a doubled heading",
        "单位编号,班子不团结,班子不团结\nA1,是,否\n",
        [
            "t.csv!C1: the heading `班子不团结` stands in columns B and C; both were read, and where they differ neither counts"
        ],
        ["t.csv!C1: 表头 `班子不团结` 在 B、C 两列重复；两列都已读，不一致之处均不采用"],
        {"A1": {"disunited": [True, False]}},
        0,
    ),
    (
        "a missing heading of a fact is no problem",
        "单位编号\nA1\n",
        [],
        [],
        {"A1": {}},
        0,
    ),
    (
        "a heading with another unit",
        "单位编号,集体收入（元）\nA1,35000\nA2,\n",
        [
            "t.csv!B1: the heading `集体收入（元）` names another unit than `万元`; nothing is converted, so the column counts as unknown",
            "t.csv!B2: `35000` for collective income is in another unit than the fact's; it counts as unknown",
        ],
        [
            "t.csv!B1: 表头 `集体收入（元）` 的计量单位不是 `万元`；不作换算，本列按未知处理",
            "t.csv!B2: 集体收入的 `35000` 计量单位与事项不同；按未知处理",
        ],
        {"A1": {"income": ["?"]}, "A2": {}},
        1,
    ),
    (
        "a cell outside the table",
        "单位编号,班子不团结\nA1,是,,见附件\n",
        ["t.csv!D2: `见附件` stands in a column without a heading; that column was not read"],
        ["t.csv!D2: `见附件` 所在的列没有表头；没有读这一列"],
        {"A1": {"disunited": [True]}},
        0,
    ),
    (
        "a row without a unit, and a footer",
        "单位编号,班子不团结\n,是\nA1,是\n合计,1\n填表人：综访科\n",
        [
            "t.csv!A2: row 2 was not read: it has `是` but no unit id",
            "t.csv!A4: this row was not read: `合计` looks like a total or a remark and not like a unit id",
            "t.csv!A5: this row was not read: `填表人：综访科` looks like a total or a remark and not like a unit id",
        ],
        [
            "t.csv!A2: 没有读第 2 行：填有 `是`，但没有单位编号",
            "t.csv!A4: 没有读这一行：`合计` 像是合计或备注，不像单位编号",
            "t.csv!A5: 没有读这一行：`填表人：综访科` 像是合计或备注，不像单位编号",
        ],
        {"A1": {"disunited": [True]}},
        0,
    ),
    (
        "a unit that stands twice",
        "单位编号,班子不团结\nA1,是\nＡ１,否\n",
        [
            "t.csv!A3: the unit `A1` stands twice, at 2 and 3; both were read, and where they differ neither counts",
        ],
        ["t.csv!A3: 单位 `A1` 重复出现（2 和 3）；两处都已读，不一致之处均不采用"],
        {"A1": {"disunited": [True, False]}},
        0,
    ),
    (
        "a kind that the plan does not know, and a misspelt office",
        "单位编号,单位类型,填报单位\nA1,街道,综访\nA2,居民社区,\nA3,社 区,\n",
        [
            "t.csv!C2: the project has no office `综访`; did you mean `综访科`? it was kept as written",
            "t.csv!B2: the plan does not know the kind of unit `街道`; expected is one of `社区`, `联社`, `村`",
        ],
        [
            "t.csv!C2: 项目中没有科室 `综访`；是不是 `综访科`？已按原样保留",
            "t.csv!B2: 方案中没有 `街道` 这类单位；应为 `社区`, `联社`, `村` 之一",
        ],
        {"A1": {}, "A2": {}, "A3": {}},
        1,
    ),
    (
        "a date of observation that does not exist",
        "单位编号,填报日期,班子不团结\nA1,2018-13-01,是\n",
        ["t.csv!B2: there is no day `2018-13-01` (date observed); write a day that exists as `2018-07-25`"],
        ["t.csv!B2: 填报日期填了 `2018-13-01`，没有这一天；请写成 `2018-07-25` 的样子"],
        {"A1": {"disunited": [True]}},
        1,
    ),
    (
        "headings without the unit id",
        "单位名称,班子不团结\n甲,是\n乙,否\n",
        ["t.csv!A1: this table was not read (2 rows): its headings lack `unit id` (`单位编号`)"],
        ["t.csv!A1: 没有读这张表（共 2 行）：表头缺少 `单位编号` 一列"],
        {},
        0,
    ),
    (
        "no headings at all",
        "A1,是\nA2,否\n",
        [
            "t.csv: this table was not read: none of its first 10 rows has known headings, among them `unit id` (`单位编号`)"
        ],
        ["t.csv: 没有读这张表：前 10 行中找不到表头，表头须有 `单位编号` 一列"],
        {},
        0,
    ),
    (
        "a quotation mark that is never closed",
        '单位编号,备注情况\nA1,好\nA2,"未完\nA3,好\n',
        [
            "t.csv!A3: from line 4 on nothing was read: a quotation mark is opened and not closed, or closed too early"
        ],
        ["t.csv!A3: 第 4 行起没有读：引号没有成对"],
        {"A1": {"remark": ["好"]}},
        0,
    ),
]


@pytest.mark.parametrize(
    ("title", "text", "english", "chinese", "read_values", "unread"), BAD, ids=[b[0] for b in BAD]
)
def test_a_table_with(tmp_path, title, text, english, chinese, read_values, unread):
    reading = table(tmp_path, text)
    assert said(reading) == english
    assert said(reading, "zh") == chinese
    assert {sheet.unit: values(sheet) for sheet in reading.sheets} == read_values
    assert reading.cells_unread == unread


def test_problems_of_a_unit_stand_at_the_unit(tmp_path):
    reading = table(tmp_path, "单位编号,组织生活会次数,电话\nA1,x,1\nA2,3,1\n")
    assert [p.key for p in reading.problems] == ["data.unknown-heading"]
    assert [[p.key for p in sheet.problems] for sheet in reading.sheets] == [["data.not-a-number"], []]


# ------------------------------------------------------------------------------------------ registers


def units_and_petitions(tmp_path, units, petitions):
    (tmp_path / "1-单位.csv").write_text(units, encoding="utf-8")
    if petitions is not None:
        (tmp_path / "台账-信访登记.csv").write_text(petitions, encoding="utf-8")
    return read([tmp_path], POLICY, display=lambda p: p.name)


REGISTERS = [
    ("rows", "有记录", "单位编号,案号,级别\nA1,c1,京\n", [{"case_no": "c1", "level": "京"}], []),
    ("rows, nothing said", "", "单位编号,案号,级别\nA1,c1,京\n", [{"case_no": "c1", "level": "京"}], []),
    ("none", "无记录", None, [], []),
    ("nothing said, no rows: never filled in", "", "单位编号,案号\nB9,c1\n", None, None),
    ("a mark for nothing is never filled in", "—", None, None, []),
    (
        "none, but rows",
        "无记录",
        "单位编号,案号,级别\nA1,c1,京\n",
        [{"case_no": "c1", "level": "京"}],
        [
            "1-单位.csv!B2: this says that petitions register has no entries, but there is one at 台账-信访登记.csv!A2; the entries count"
        ],
    ),
    (
        "rows said, but none there",
        "有记录",
        None,
        None,
        [
            "1-单位.csv!B2: this says that petitions register has entries, but no source has any; the register counts as never filled in"
        ],
    ),
    (
        "something else said",
        "两条",
        None,
        None,
        [
            "1-单位.csv!B2: `两条` does not say whether petitions register has entries; expected is `has records`, `no records` or nothing"
        ],
    ),
    (
        "an empty row, and a cell that is not understood",
        "",
        "单位编号,案号,日期\nA1,,\nA1,c2,昨天\n",
        [{}, {"case_no": "c2", "date": "?"}],
        [
            "台账-信访登记.csv!A2: this entry of the unit `A1` is empty; it counts as one of which nothing is known",
            "台账-信访登记.csv!C3: `昨天` is not a date, as date needs; write it as `2018-07-25` or `2018年7月25日`",
        ],
    ),
    (
        "two rows of the same key",
        "",
        "单位编号,案号,级别\nA1,c1,京\nA1,c1,省\n",
        [{"case_no": "c1", "level": "京"}, {"case_no": "c1", "level": "省"}],
        ["台账-信访登记.csv!B3: `c1` stands twice in petitions register of one source; both entries count"],
    ),
]


@pytest.mark.parametrize(
    ("title", "status", "petitions", "expected", "english"), REGISTERS, ids=[r[0] for r in REGISTERS]
)
def test_a_register_with(tmp_path, title, status, petitions, expected, english):
    reading = units_and_petitions(tmp_path, f"单位编号,信访登记填报情况\nA1,{status}\n", petitions)
    sheet = reading.sheets[0]
    assert (rows(sheet, "petitions") if "petitions" in sheet.registers else None) == expected
    if english is not None:
        assert said(reading) == english


def test_a_unit_that_only_a_register_names_is_kept_and_reported(tmp_path):
    reading = units_and_petitions(tmp_path, "单位编号\nA-101\n", "单位编号,案号\nA-110,c1\n")
    assert [sheet.unit for sheet in reading.sheets] == ["A-101", "A-110"]
    assert rows(reading.sheets[1], "petitions") == [{"case_no": "c1"}]
    assert said(reading) == [
        "台账-信访登记.csv!A2: the unit `A-110` has register entries but no source lists it as a unit; did you mean `A-101`?"
    ]
    assert said(reading, "zh") == [
        "台账-信访登记.csv!A2: 单位 `A-110` 有登记记录，但没有任何来源把它列为单位；是不是 `A-101`？"
    ]


def test_a_semicolon_text_with_byte_order_mark_and_sep_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(codecs.BOM_UTF8 + "sep=;\r\n单位编号;备注情况\r\nA1;甲,乙\r\n".encode())
    reading = read([path], POLICY)
    assert values(reading.sheets[0]) == {"remark": ["甲,乙"]}
