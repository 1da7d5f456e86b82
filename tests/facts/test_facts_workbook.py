"""Workbooks as Excel, WPS and others write them, and the traps in them."""

# ruff: noqa: E501  (an exact sentence stays on one line)

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from facts_vocabulary import policy, rows, said, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_parts import data, headings, row, text_cell, write_workbook

from engine.facts import read
from engine.facts.refused import FileRefused
from engine.facts.xlsx import open_workbook

POLICY = policy()


def reading_of(path: Path):
    return read([path], POLICY, display=lambda p: p.name)


def one_sheet(tmp_path, inside, **more):
    return reading_of(write_workbook(tmp_path / "t.xlsx", {"单位": inside}, **more))


def test_a_wrong_dimension_as_wps_writes_it_hides_nothing(tmp_path):
    inside = '<dimension ref="A1:A1"/>' + data(
        headings("单位编号", "班子不团结"), row(2, text_cell("A2", "A1"), text_cell("B2", "是"))
    )
    assert values(one_sheet(tmp_path, inside).sheets[0]) == {"disunited": [True]}


def test_shared_texts_with_runs_and_readings_above_them(tmp_path):
    shared = (
        "<si><t>单位编号</t></si>",
        "<si><r><t>备注</t></r><r><t>情况</t></r><rPh sb='0' eb='1'><t>reading</t></rPh></si>",
        "<si><t xml:space='preserve'> a_x000D_b_x0041_ </t></si>",
    )
    inside = data(
        row(1, '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>'),
        row(2, text_cell("A2", "A1"), '<c r="B2" t="s"><v>2</v></c>'),
    )
    assert values(one_sheet(tmp_path, inside, shared=shared).sheets[0]) == {"remark": ["a\rbA"]}


def test_cells_and_rows_without_references_follow_each_other(tmp_path):
    inside = (
        "<sheetData><row><c t='inlineStr'><is><t>单位编号</t></is></c><c t='inlineStr'><is><t>组织生活会次数</t></is></c></row>"
        "<row><c><v>101</v></c><c><v>12</v></c></row></sheetData>"
    )
    reading = one_sheet(tmp_path, inside)
    assert reading.sheets[0].unit == "101"
    assert values(reading.sheets[0]) == {"meetings": [Decimal(12)]}
    assert reading.sheets[0].facts["meetings"][0].source.cell == "B2"


def test_strict_workbooks_and_prefixed_elements(tmp_path):
    inside = (
        "<x:sheetData><x:row r='1'><x:c r='A1' t='str'><x:v>单位编号</x:v></x:c><x:c r='B1' t='str'><x:v>最近走访日期</x:v></x:c></x:row>"
        "<x:row r='2'><x:c r='A2' t='str'><x:v>A1</x:v></x:c><x:c r='B2' t='d'><x:v>2018-07-25T00:00:00</x:v></x:c></x:row></x:sheetData>"
    )
    reading = one_sheet(tmp_path, inside, strict=True, prefix="x:")
    assert values(reading.sheets[0]) == {"visited": [date(2018, 7, 25)]}


@pytest.mark.parametrize(
    ("cell", "date_1904", "fact", "value"),
    [
        ('<c r="B2" s="1"><v>43306</v></c>', False, "visited", date(2018, 7, 25)),
        ('<c r="B2" s="2"><v>43306</v></c>', False, "visited", date(2018, 7, 25)),
        ('<c r="B2"><v>43306</v></c>', False, "visited", date(2018, 7, 25)),
        ('<c r="B2" s="1"><v>41844</v></c>', True, "visited", date(2018, 7, 25)),
        ('<c r="B2"><v>41844</v></c>', True, "visited", date(2018, 7, 25)),
        ('<c r="B2" s="1"><v>43306.5</v></c>', False, "visited", "?"),
        ('<c r="B2" s="1"><v>60</v></c>', False, "visited", "?"),
        ('<c r="B2" s="3"><v>0.07</v></c>', False, "share", Decimal(7)),
        ('<c r="B2" s="3"><v>0.125</v></c>', False, "income", "?"),
        ('<c r="B2" s="4"><v>1.1000000000000001</v></c>', False, "income", Decimal("1.1")),
        ('<c r="B2"><v>1E-3</v></c>', False, "income", Decimal("0.001")),
        ('<c r="B2"><v>4.0</v></c>', False, "meetings", Decimal(4)),
        ('<c r="B2" s="1"><v>43306</v></c>', False, "income", "?"),
        ('<c r="B2" t="b"><v>0</v></c>', False, "disunited", False),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', False, "meetings", Decimal(2)),
        ('<c r="B2" t="str"><f>IF(1,"")</f><v></v></c>', False, "meetings", None),
        ('<c r="B2" s="1"/>', False, "visited", None),
    ],
)
def test_a_cell(tmp_path, cell, date_1904, fact, value):
    inside = data(headings("单位编号", fact), row(2, text_cell("A2", "A1"), cell))
    sheet = one_sheet(tmp_path, inside, date_1904=date_1904).sheets[0]
    assert values(sheet) == ({} if value is None else {fact: [value]})


TRAPS = [
    (
        "a formula without a value",
        data(
            headings("单位编号", "集体收入"),
            row(2, text_cell("A2", "A1"), '<c r="B2"><f>SUM(D2:E2)</f></c>'),
            row(3, text_cell("A3", "A2"), '<c r="B3"><f>D3</f><v></v></c>'),
        ),
        [
            "t.xlsx!单位!B2: the formula `=SUM(D2:E2)` for collective income has no computed value; open the workbook, let it compute and save it",
            "t.xlsx!单位!B3: the formula `=D3` for collective income has no computed value; open the workbook, let it compute and save it",
        ],
        [
            "t.xlsx!单位!B2: 集体收入的公式 `=SUM(D2:E2)` 没有计算结果；请打开工作簿，计算后保存",
            "t.xlsx!单位!B3: 集体收入的公式 `=D3` 没有计算结果；请打开工作簿，计算后保存",
        ],
        [{"income": ["?"]}, {"income": ["?"]}],
    ),
    (
        "an error value",
        data(
            headings("单位编号", "集体收入"), row(2, text_cell("A2", "A1"), '<c r="B2" t="e"><v>#N/A</v></c>')
        ),
        ["t.xlsx!单位!B2: the cell for collective income shows the error `#N/A`; expected is a value"],
        ["t.xlsx!单位!B2: 集体收入的单元格显示错误 `#N/A`；应填写数值或文字"],
        [{"income": ["?"]}],
    ),
    (
        "merged cells",
        data(
            headings("单位编号", "班子不团结"),
            row(2, text_cell("A2", "A1"), text_cell("B2", "是")),
            row(3, text_cell("A3", "A2")),
        )
        + '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
        [
            "t.xlsx!单位!B2: the cells B2:B3 are merged: the value counts for the first of them only; unmerge them and fill in each"
        ],
        ["t.xlsx!单位!B2: B2:B3 是合并单元格：只有第一格有值；请取消合并并逐格填写"],
        [{"disunited": [True]}, {}],
    ),
    (
        "a merged title is no trap",
        data(
            row(1, text_cell("A1", "台账")),
            '<row r="2"><c r="A2" t="inlineStr"><is><t>单位编号</t></is></c></row>',
            row(3, text_cell("A3", "A1")),
        )
        + '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>',
        [],
        [],
        [{}],
    ),
    (
        "a far stray cell",
        data(
            headings("单位编号", "班子不团结"),
            row(2, text_cell("A2", "A1"), text_cell("B2", "是")),
            row(1048576, text_cell("XFD1048576", "x")),
        ),
        ["t.xlsx!单位!XFD1048576: `x` stands in a column without a heading; that column was not read"],
        ["t.xlsx!单位!XFD1048576: `x` 所在的列没有表头；没有读这一列"],
        [{"disunited": [True]}],
    ),
]


@pytest.mark.parametrize(
    ("title", "inside", "english", "chinese", "expected"), TRAPS, ids=[t[0] for t in TRAPS]
)
def test_a_sheet_with(tmp_path, title, inside, english, chinese, expected):
    reading = one_sheet(tmp_path, inside)
    assert said(reading) == english
    assert said(reading, "zh") == chinese
    assert [values(sheet) for sheet in reading.sheets] == expected


def test_a_far_stray_cell_costs_neither_time_nor_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["单位编号"])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "t.xlsx")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    reading_of(tmp_path / "t.xlsx")
    assert time.perf_counter() - start < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


def test_hidden_rows_and_hidden_sheets_are_read_too(tmp_path):
    book = openpyxl.Workbook()
    units = book.active
    units.append(["单位编号", "班子不团结"])
    units.append(["A1", "是"])
    units.row_dimensions[2].hidden = True
    hidden = book.create_sheet("信访登记 ")
    hidden.append(["单位编号", "案号"])
    hidden.append(["A1", "c1"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Sheet3")
    book.save(tmp_path / "t.xlsx")
    reading = reading_of(tmp_path / "t.xlsx")
    assert values(reading.sheets[0]) == {"disunited": [True]}
    assert rows(reading.sheets[0], "petitions") == [{"case_no": "c1"}]
    assert said(reading) == []


def test_a_sheet_that_is_no_register_is_reported_and_a_near_name_suggested(tmp_path):
    sheets = {
        "单位": data(headings("单位编号"), row(2, text_cell("A2", "A1"))),
        "信访登记表": data(headings("单位编号", "案号")),
        "草稿": data(headings("x")),
    }
    reading = reading_of(write_workbook(tmp_path / "t.xlsx", sheets))
    assert said(reading) == [
        "t.xlsx!信访登记表: this sheet was not read: `信访登记表` is no register of the project; did you mean `信访登记`?",
        "t.xlsx!草稿: this sheet was not read: `草稿` is no register of the project",
    ]
    assert said(reading, "zh") == [
        "t.xlsx!信访登记表: 没有读这张表：项目中没有名为 `信访登记表` 的登记表；是不是 `信访登记`？",
        "t.xlsx!草稿: 没有读这张表：项目中没有名为 `草稿` 的登记表",
    ]


def test_a_workbook_with_only_a_register(tmp_path):
    sheets = {
        "信访登记": data(headings("单位编号", "案号"), row(2, text_cell("A2", "A1"), text_cell("B2", "c1")))
    }
    reading = reading_of(write_workbook(tmp_path / "t.xlsx", sheets))
    assert rows(reading.sheets[0], "petitions") == [{"case_no": "c1"}]


def test_rows_beyond_the_limit_are_reported(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.facts.xlsx.MAX_ROWS", 3)
    inside = data(headings("单位编号"), *(row(i, text_cell(f"A{i}", f"A{i}")) for i in range(2, 7)))
    reading = one_sheet(tmp_path, inside)
    assert [sheet.unit for sheet in reading.sheets] == ["A2", "A3"]
    assert said(reading) == ["t.xlsx!单位!A4: the table has too many rows: from row 4 on nothing was read"]


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).filter(
        lambda t: not t.startswith("=")
    ),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    st.datetimes(datetime(1900, 3, 1), datetime(2500, 1, 1)).map(lambda d: d.replace(microsecond=0)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_was_written_is_read(tmp_path, table):
    """Numbers to the last of the 16 digits that openpyxl writes; texts, moments and truth values as they are."""
    book = openpyxl.Workbook()
    for line in table:
        book.active.append(line)
    book.save(tmp_path / "t.xlsx")
    written = {
        (row, column): _decimal(cell) if type(cell) in (int, float) else cell
        for row, line in enumerate(table, start=1)
        for column, cell in enumerate(line, start=1)
        if cell not in (None, "")
    }
    found = {
        (number, column): cell
        for grid in open_workbook(tmp_path / "t.xlsx", "t")
        for number, cells in grid.rows
        for column, cell in cells.items()
    }
    assert found == written
    assert {place: type(cell) for place, cell in found.items()} == {p: type(c) for p, c in written.items()}


def _decimal(number: float) -> Decimal:
    return Decimal(number) if isinstance(number, int) else Decimal(repr(float(f"{number:.16g}")))


def cells_of(path: Path):
    """sheet → its cells in order, or the key of what is wrong with it."""
    found: dict[str, list[object]] = {}
    for grid in open_workbook(path, "t"):
        found[grid.sheet] = []
        try:
            for _, cells in grid.rows:
                found[grid.sheet] += cells.values()
        except FileRefused as refused:
            found[grid.sheet].append(refused.key)
    return found


def test_a_damaged_sheet_gives_its_rows_before_and_leaves_the_other_sheets_alone(tmp_path):
    sound = data(headings("a"), row(2, text_cell("A2", "b")))
    sheets = {"1": sound, "2": sound + "<", "3": "<a>" * 300, "4": sound}
    assert cells_of(write_workbook(tmp_path / "t.xlsx", sheets)) == {
        "1": ["a", "b"],
        "2": ["a", "b", "data.workbook-damaged"],
        "3": ["data.workbook-nested"],
        "4": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("inside", "cells"),
    [
        # out of order, and the same row twice
        (data(row(5, "<c><v>5</v></c>"), row(2, "<c><v>2</v></c>"), row(2, "<c><v>3</v></c>")), [5, 2, 3]),
        # words where a number, a truth value or a day is announced
        (data(row(1, "<c><v>NaN</v></c>", "<c t='b'><v>true</v></c>")), ["NaN", "true"]),
        (
            data(row(1, "<c t='d'><v>2018-02-30</v></c>", "<c t='d'><v>10:00:00</v></c>")),
            ["2018-02-30", "10:00:00"],
        ),
        (data(row(1, "<c t='d'><v>2018-07-25 10:00:00</v></c>")), [datetime(2018, 7, 25, 10)]),
        # a reference and a shared text that cannot be
        (data(row(1, "<c r='?'><v>1</v></c>")), ["data.workbook-damaged"]),
        (data(row(1, "<c t='s'><v>-1</v></c>")), ["data.workbook-damaged"]),
        # a time of day; a number that is no day of any calendar
        (
            data(row(1, "<c s='1'><v>0.5</v></c>", "<c s='1'><v>1E9</v></c>")),
            [datetime(1899, 12, 31, 12), 10**9],
        ),
        # a font that openpyxl refuses
        (data(row(1, "<c t='inlineStr'><is><r><rPr><family val='99'/></rPr><t>a</t></r></is></c>")), ["a"]),
    ],
)
def test_what_few_programs_write(tmp_path, inside, cells):
    assert cells_of(write_workbook(tmp_path / "t.xlsx", {"1": inside})) == {"1": cells}


def test_a_sheet_in_an_unknown_namespace_is_reported_and_not_taken_for_empty(tmp_path):
    elsewhere = "<?xml version='1.0'?><worksheet xmlns='urn:x'>" + data(headings("a")) + "</worksheet>"
    with zipfile.ZipFile(write_workbook(tmp_path / "t.xlsx", {"1": ""})) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as book:
        for name, content in {**parts, "xl/worksheets/s1.xml": elsewhere}.items():
            book.writestr(name, content)
    assert cells_of(tmp_path / "t.xlsx") == {"1": ["data.workbook-damaged"]}


def test_whole_columns_and_single_cells_are_not_reported_as_merged(tmp_path):
    inside = data(headings("a")) + "<mergeCells>{}</mergeCells>".format(
        "".join(f"<mergeCell ref='{area}'/>" for area in ("B2", "C:D", "$A$2:$B$3"))
    )
    for grid in open_workbook(write_workbook(tmp_path / "t.xlsx", {"1": inside}), "t"):
        list(grid.rows)
        assert grid.merged == [(2, 1, 3, 2)]


def test_a_row_filled_beyond_reason_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.facts.package.MAX_INSIDE", 1000)
    wide = row(1, "<c>" + "<v/>" * 1000 + "</c>")
    long = data(*(row(number, "<c><v>1</v></c>") for number in range(1, 1001))) + "<a/>" * 1000
    found = cells_of(write_workbook(tmp_path / "t.xlsx", {"1": data(wide), "2": long}))
    assert found == {"1": ["data.workbook-nested"], "2": [1] * 1000}


def test_openpyxl_is_imported_only_for_a_workbook(tmp_path):
    (tmp_path / "t.csv").write_text("单位编号\nA1\n", encoding="utf-8")
    (tmp_path / "t.json").write_text('[{"id": "A1"}]', encoding="utf-8")
    code = (
        f"import sys; sys.path[:0] = {[os.path.dirname(__file__), *sys.path]!r}\n"
        "from pathlib import Path; from facts_vocabulary import policy; from engine.facts import read\n"
        f"read([Path({str(tmp_path / 't.csv')!r}), Path({str(tmp_path / 't.json')!r})], policy())\n"
        "print('openpyxl' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
