"""JSON and YAML: the same units, and what is wrong with them."""

# ruff: noqa: E501  (an exact sentence stays on one line)

from __future__ import annotations

import json
import time
from datetime import date
from decimal import Decimal

import pytest
from facts_vocabulary import policy, rows, said, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.facts import DataError, read

POLICY = policy()


def document(tmp_path, text, name="t.json", encoding="utf-8"):
    (tmp_path / name).write_text(text, encoding=encoding)
    return read([tmp_path / name], POLICY, display=lambda p: p.name)


JSON = """{"observed": "2018-12-01", "by": "综访科", "units": [
  {"id": "A1", "name": "甲", "kind": "community",
   "facts": {"disunited": true, "集体收入": 0.1, "Meetings held": {"value": "４", "observed": "2018-11-30", "by": "农管科"},
             "state": ["清楚", {"value": "混乱"}], "remark": null},
   "registers": {"petitions": [{"case_no": "c1", "级别": "capital", "date": "2018.7.25"}], "funds": []}},
  {"id": 102, "observed": "2018-10-01", "facts": {"disunited": false}, "registers": {"petitions": null}}
]}"""
YAML = """\
observed: 2018-12-01
by: 综访科
units:
  - id: A1
    name: 甲
    kind: community
    facts:
      disunited: true
      集体收入: 0.1
      Meetings held: {value: ４, observed: 2018-11-30, by: 农管科}
      state: [清楚, {value: 混乱}]
      remark: ~
    registers:
      petitions:
        - {case_no: c1, 级别: capital, date: 2018.7.25}
      funds: []
  - id: 102
    observed: 2018-10-01
    facts: {disunited: false}
    registers: {petitions: ~}
"""


@pytest.mark.parametrize(("name", "text"), [("t.json", JSON), ("t.yaml", YAML)])
def test_units_with_facts_and_registers(tmp_path, name, text):
    reading = document(tmp_path, text, name)
    assert said(reading) == []
    first, second = reading.sheets
    assert (first.unit, first.name, first.kind[0].value) == ("A1", "甲", "社区")
    assert values(first) == {
        "disunited": [True],
        "income": [Decimal("0.1")],
        "meetings": [Decimal(4)],
        "state": ["清楚", "混乱"],
    }
    assert rows(first, "petitions") == [{"case_no": "c1", "level": "京", "date": date(2018, 7, 25)}]
    assert rows(first, "funds") == []
    meetings = first.facts["meetings"][0]
    assert (meetings.observed, meetings.supplier) == (date(2018, 11, 30), "农管科")
    assert str(meetings.source) == f"{name}!units[1].facts.Meetings held"
    assert first.facts["disunited"][0].observed == date(2018, 12, 1)
    assert str(first.facts["state"][1].source) == f"{name}!units[1].facts.state[2]"
    assert (
        str(first.registers["petitions"][0].cells["level"].source)
        == f"{name}!units[1].registers.petitions[1].级别"
    )
    assert second.unit == "102"
    assert second.facts["disunited"][0].observed == date(2018, 10, 1)
    assert second.registers == {}
    assert (reading.rows_read, reading.cells_unread) == (2, 0)


def test_a_bare_list_of_units_and_gb18030(tmp_path):
    reading = document(tmp_path, '[{"id": "甲"}]', encoding="gb18030")
    assert [sheet.unit for sheet in reading.sheets] == ["甲"]


BAD = [
    (
        "unknown keys",
        '{"unit": [], "units": [{"id": "A1", "fact": {}, "facts": {"班子不团": true}, "registers": {"信访": [], "funds": [{"用处": 1}]}}]}',
        [
            "t.json!unit: the key `unit` is not known; it was not read; did you mean `units`?",
            "t.json!units[1].fact: the key `fact` is not known; it was not read; did you mean `facts`?",
            "t.json!units[1].facts.班子不团: no fact is named `班子不团`; it was not read; did you mean `班子不团结`?",
            "t.json!units[1].registers.信访: no register is named `信访`; it was not read; did you mean `信访登记`?",
            "t.json!units[1].registers.funds[1].用处: the register has no column `用处`; it was not read; did you mean `用途`?",
            "t.json!units[1].registers.funds[1]: this entry of the unit `A1` is empty; it counts as one of which nothing is known",
        ],
        [
            "t.json!unit: 没有 `unit` 这个键；没有读；是不是 `units`？",
            "t.json!units[1].fact: 没有 `fact` 这个键；没有读；是不是 `facts`？",
            "t.json!units[1].facts.班子不团: 没有名为 `班子不团` 的事项；没有读；是不是 `班子不团结`？",
            "t.json!units[1].registers.信访: 没有名为 `信访` 的登记表；没有读；是不是 `信访登记`？",
            "t.json!units[1].registers.funds[1].用处: 登记表没有 `用处` 这一列；没有读；是不是 `用途`？",
            "t.json!units[1].registers.funds[1]: 单位 `A1` 的这条记录没有内容；按内容未知的一条记录处理",
        ],
        [{}],
    ),
    (
        "a unit twice, one without an id, one that is no object",
        '[{"id": "A1", "facts": {"disunited": true}}, {"id": "A1", "facts": {"disunited": false}}, {"name": "乙"}, "A3"]',
        [
            't.json![3]: this unit was not read: it has no `id`; write `"id": "…"`',
            't.json![4]: `A3` stands where `{"id": "…"}` is expected',
            "t.json![2]: the unit `A1` stands twice, at [1] and [2]; both were read, and where they differ neither counts",
        ],
        [
            't.json![3]: 没有读这个单位：缺少 `id`；请写 `"id": "…"`',
            't.json![4]: 此处应为 `{"id": "…"}`，却是 `A3`',
            "t.json![2]: 单位 `A1` 重复出现（[1] 和 [2]）；两处都已读，不一致之处均不采用",
        ],
        [{"disunited": [True, False]}],
    ),
    (
        "a fact twice",
        '[{"id": "A1", "facts": {"disunited": true, "disunited": false}}]',
        [
            "t.json![1].facts.disunited: the key `disunited` stands twice; where its values differ neither counts"
        ]
        * 2,
        ["t.json![1].facts.disunited: 键 `disunited` 重复；值不一致的均不采用"] * 2,
        [{"disunited": [True, False]}],
    ),
    (
        "values of the wrong shape",
        '[{"id": "A1", "facts": {"income": {"value": {}}, "meetings": 1e999999999999999999999, "share": true}, "registers": {"funds": {}}}]',
        [
            "t.json![1].facts.income: `{…}` stands where collective income needs a single value",
            "t.json![1].facts.meetings: `1e999999999999999999999` is not a number, as meetings held needs; write it as `12 次`",
            "t.json![1].facts.share: `TRUE` is not a number, as share of members needs; write it as `12 %`",
            "t.json![1].registers.funds: `{…}` stands where a list `[{…}, {…}]` is expected",
        ],
        [
            "t.json![1].facts.income: 集体收入应为单个值，却是 `{…}`",
            "t.json![1].facts.meetings: 组织生活会次数应为数字，`1e999999999999999999999` 不是；请写成 `12 次` 的样子",
            "t.json![1].facts.share: 党员比例应为数字，`TRUE` 不是；请写成 `12 %` 的样子",
            "t.json![1].registers.funds: 此处应为列表 `[{…}, {…}]`，却是 `{…}`",
        ],
        [{"income": ["?"], "meetings": ["?"], "share": ["?"]}],
    ),
]


@pytest.mark.parametrize(("title", "text", "english", "chinese", "expected"), BAD, ids=[b[0] for b in BAD])
def test_json_with(tmp_path, title, text, english, chinese, expected):
    reading = document(tmp_path, text)
    assert said(reading) == english
    assert said(reading, "zh") == chinese
    assert [values(sheet) for sheet in reading.sheets] == expected


REFUSED = [
    (
        '[{"id": "A1",}]',
        "t.json!1:14: this is not JSON: line 1, column 14, at `}]`",
        "t.json!1:14: 这不是 JSON：第 1 行第 14 列，`}]` 处",
    ),
    (
        '[{"id": "A1"',
        "t.json!1:13: this JSON ends too early, at line 1, column 13; a bracket or quotation mark is not closed",
        "t.json!1:13: 这个 JSON 没有写完：第 1 行第 13 列处括号或引号没有闭合",
    ),
    (
        '[{"id": "A1", "facts": {"income": NaN}}]',
        "t.json: `NaN` is not a number that JSON knows; write `null` for a value that is not known",
        "t.json: JSON 中没有 `NaN` 这样的数；不知道的值请写 `null`",
    ),
    (
        "[" * 100_000,
        "t.json!1:1: the brackets are nested deeper than 50 levels; a list of units needs no more than ten",
        "t.json!1:1: 括号嵌套超过 50 层；单位清单用不到十层",
    ),
    (
        '{"facts": {}}',
        't.json: this file has no list of units; expected is `{"units": [{"id": "…", "facts": {}}]}`',
        't.json: 这个文件没有单位清单；应为 `{"units": [{"id": "…", "facts": {}}]}`',
    ),
]


@pytest.mark.parametrize(("text", "english", "chinese"), REFUSED)
def test_json_that_cannot_be_read(tmp_path, text, english, chinese):
    start = time.perf_counter()
    with pytest.raises(DataError) as raised:
        document(tmp_path, text)
    assert said(list(raised.value.problems))[-1] == english
    assert said(list(raised.value.problems), "zh")[-1] == chinese
    assert time.perf_counter() - start < 3


def test_yaml_that_is_wrong_in_one_place_says_where_and_the_rest_is_read(tmp_path):
    reading = document(tmp_path, "units:\n  - id: A1\n    name: 甲\n    name: 乙\n", "t.yaml")
    (problem,) = reading.problems
    assert str(problem.where) == "t.yaml!4:5"
    assert said([problem], "en") != said([problem], "zh")
    assert [sheet.unit for sheet in reading.sheets] == ["A1"]


def test_yaml_that_is_no_yaml_is_refused(tmp_path):
    with pytest.raises(DataError) as raised:
        document(tmp_path, "units: [\n", "t.yaml")
    assert all(str(problem.where).startswith("t.yaml!") for problem in raised.value.problems)
    assert said(list(raised.value.problems), "en") != said(list(raised.value.problems), "zh")


NAMES = (
    "units",
    "id",
    "facts",
    "registers",
    "disunited",
    "income",
    "petitions",
    "observed",
    "by",
    "kind",
    "value",
    "x",
)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TREES)
def test_any_json_is_read_or_refused_cleanly(tmp_path, tree):
    try:
        reading = document(
            tmp_path, json.dumps({"units": [{"id": "A", **(tree if isinstance(tree, dict) else {})}, tree]})
        )
    except DataError as error:
        said(list(error.problems))
        return
    said(reading)
    said(reading, "zh")
