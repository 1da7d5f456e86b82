"""The workbook that an office fills in: what it shows, that it can be filled in anywhere, and how it is written."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from facts_vocabulary import fact, policy, rows, said, values

from engine.facts import read, write_template
from engine.facts.clauses import clauses_of
from engine.project.policy import Choice, Text

POLICY = policy()


def template(tmp_path, lang="zh", **more):
    write_template(POLICY, tmp_path / "t.xlsx", lang, **more)
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


def test_sheets_and_headings(tmp_path):
    book = template(tmp_path)
    assert book.sheetnames == ["单位", "信访登记", "资金问题登记", "填表说明"]
    assert [cell.value for cell in book["单位"][1]] == [
        *("单位编号", "单位名称", "单位类型", "填报日期", "填报单位", "班子不团结", "集体收入（万元）"),
        *("组织生活会次数（次）", "党员比例（%）", "最近走访日期", "资产状况", "备注情况"),
        *("信访登记填报情况", "资金问题登记填报情况"),
    ]
    assert [cell.value for cell in book["信访登记"][1]] == [
        "单位编号",
        "案号",
        "级别",
        "日期",
        "填报日期",
        "填报单位",
    ]
    assert book["单位"].freeze_panes == "C2"


def test_sheets_and_headings_in_english(tmp_path):
    book = template(tmp_path, "en")
    assert book.sheetnames == ["units", "petitions register", "funds register", "how to fill in"]
    assert [cell.value for cell in book["units"][1]][:8] == [
        *("unit id", "unit name", "unit kind", "date observed", "reported by", "team disunited"),
        *("collective income (万元)", "meetings held (次)"),
    ]


def test_notes_say_clauses_office_unit_range_and_how_it_is_judged(tmp_path):
    notes = {cell.value: cell.comment.text for cell in template(tmp_path)["单位"][1]}
    assert notes["班子不团结"] == "条款：1.1 班子\n提供科室：综访科\n填写口径：以民主测评为准"
    assert notes["集体收入（万元）"] == "条款：1.2 经济\n提供科室：综访科\n计量单位：万元\n范围：≥ 0"
    assert notes["最近走访日期"] == "提供科室：综访科\n自填报日期起 12 个月内有效"
    assert notes["信访登记填报情况"].startswith("“无记录”表示已查、没有")
    (tmp_path / "t.xlsx").unlink()
    english = {cell.value: cell.comment.text for cell in template(tmp_path, "en")["units"][1]}
    assert english["team disunited"] == (
        "clause: 1.1 part 1.1\nsupplied by: petitions office\nhow it is judged: by the yearly vote"
    )


def test_drop_downs(tmp_path):
    sheet = template(tmp_path)["单位"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["C2"].formula1 == '"社区,联社,村"'
    assert rules["E2"].formula1 == '"综访科,农管科"'
    assert rules["F2"].formula1 == '"是,否"'
    assert rules["K2"].formula1 == '"清楚,混乱"'
    assert rules["M2"].formula1 == '"有记录,无记录"'
    assert (rules["D2"].type, rules["J2"].type) == ("date", "date")
    assert not {"A2", "G2", "L2"} & rules.keys()


def test_a_long_list_of_choices_stands_in_cells(tmp_path):
    choices = tuple(Choice(f"第{i}种较长的情形", f"case {i}") for i in range(60))
    long = fact("long", "情形", "case", "choice", choices=choices)
    write_template(replace(POLICY, facts={"long": long}), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    rules = {str(r.sqref).split(":")[0]: r for r in book["单位"].data_validations.dataValidation}
    assert rules["F2"].formula1 == "'填表说明'!$C$1:$C$60"
    assert [cell.value for cell in book["填表说明"]["C"]] == [choice.value for choice in choices]


@pytest.mark.parametrize("sign", [*"=+-@", "\t", "\r"])
def test_no_text_becomes_a_formula(tmp_path, sign):
    odd = fact("odd", f"{sign}1+1", "odd", "text")
    policy_ = replace(POLICY, facts={"odd": odd}, title=Text(f"{sign}t", "t"))
    write_template(policy_, tmp_path / "t.xlsx", units=[("A1", f"{sign}cmd", "社区")])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    written = [
        cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None
    ]
    assert {cell.data_type for cell in written} == {"s"}
    assert read([tmp_path / "t.xlsx"], policy_).sheets[0].name == f"{sign}cmd".strip()


def test_the_same_policy_gives_the_same_bytes(tmp_path):
    """Also in another process, at another time, under another hash seed."""
    write_template(POLICY, tmp_path / "a.xlsx")
    code = (
        f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\n"
        "from pathlib import Path; from facts_vocabulary import policy; from engine.facts import write_template\n"
        f"write_template(policy(), Path({str(tmp_path / 'b.xlsx')!r}))"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Shanghai",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_that_exists_is_not_replaced_without_force(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_text("filled in")
    with pytest.raises(FileExistsError):
        write_template(POLICY, path)
    assert path.read_text() == "filled in"
    write_template(POLICY, path, force=True)
    assert openpyxl.load_workbook(path).sheetnames[0] == "单位"
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


def test_where_the_disk_has_no_links_the_file_is_written_all_the_same(tmp_path, monkeypatch):
    def no_links(*_):
        raise PermissionError("not supported")

    monkeypatch.setattr(os, "link", no_links)
    write_template(POLICY, tmp_path / "t.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_failed_write_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_template(POLICY, tmp_path / "t.xlsx", force=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_template_reads_as_no_units(tmp_path):
    template(tmp_path)
    reading = read([tmp_path / "t.xlsx"], POLICY)
    assert (reading.sheets, said(reading), reading.rows_read) == ((), [], 0)


def test_clauses_of_the_rules_that_read_a_fact():
    found = clauses_of(POLICY)
    assert found["disunited"] == ("1.1",)
    assert found["income"] == ("1.2",)  # through the derived fact
    assert found["state"] == ("1.1",)  # through a decision table
    assert found["petitions"] == ("1", "1.2")
    assert found["remark"] == ()


# ------------------------------------------------------------------------------------------ filled in

UNITS = [
    [
        *(
            "A1",
            "甲社区",
            "社区",
            date(2018, 12, 1),
            "综访科",
            "是",
            3.5,
            4,
            "12%",
            date(2018, 7, 25),
            "清楚",
            "好",
        ),
        *("有记录", "无记录"),
    ],
    [
        "A2",
        "乙联社",
        "联社",
        "2018.12.1",
        "农管科",
        "×",
        "１，２３４．５",
        "三次",
        0.5,
        "2018年7月25日",
        "混乱",
        "—",
        None,
        None,
    ],
]
PETITIONS = [
    ["A1", "c1", "京", date(2018, 10, 1), "2018-12-01", "综访科"],
    ["A1", "c2", "省", "2018.10.2", "2018-12-01", "综访科"],
]
EXPECTED = {
    "A1": {
        "disunited": [True],
        "income": [Decimal("3.5")],
        "meetings": [Decimal(4)],
        "share": [Decimal(12)],
        "visited": [date(2018, 7, 25)],
        "state": ["清楚"],
        "remark": ["好"],
    },
    "A2": {
        "disunited": [False],
        "income": [Decimal("1234.5")],
        "meetings": [Decimal(3)],
        "share": [Decimal("0.5")],
        "visited": [date(2018, 7, 25)],
        "state": ["混乱"],
    },
}


def fill_in(tmp_path, lang="zh"):
    book = template(tmp_path, lang)
    for line in UNITS:
        book.worksheets[0].append(line)
    for line in PETITIONS:
        book.worksheets[1].append(line)
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


def check_filled_in(reading):
    assert said(reading) == []
    assert {sheet.unit: values(sheet) for sheet in reading.sheets} == EXPECTED
    first, second = reading.sheets
    assert (first.name, first.kind[0].value) == ("甲社区", "社区")
    assert {o.observed for seen in (*first.facts.values(), *second.facts.values()) for o in seen} == {
        date(2018, 12, 1)
    }
    assert rows(first, "petitions") == [
        {"case_no": "c1", "level": "京", "date": date(2018, 10, 1)},
        {"case_no": "c2", "level": "省", "date": date(2018, 10, 2)},
    ]
    assert rows(first, "funds") == []
    assert second.registers == {}
    assert (reading.rows_read, reading.cells_unread) == (2, 0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filled_in_by_openpyxl(tmp_path, lang):
    check_filled_in(read([fill_in(tmp_path, lang)], POLICY))


def office(tmp_path, *arguments):
    """Run LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", *map(str, arguments)]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=180)


needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed"
)


@needs_office
def test_saved_by_libreoffice_and_as_csv(tmp_path):
    filled = fill_in(tmp_path)
    office(tmp_path, "ods", filled)
    (tmp_path / "again").mkdir()
    office(tmp_path, "xlsx", "--outdir", tmp_path / "again", tmp_path / "t.ods")
    check_filled_in(read([tmp_path / "again" / "t.xlsx"], POLICY))

    (tmp_path / "csv").mkdir()
    # Comma, quotation mark, UTF-8, from row 1, every sheet into a file of its own.
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    office(tmp_path, to_csv, "--outdir", tmp_path / "csv", tmp_path / "again" / "t.xlsx")
    names = sorted(path.name for path in (tmp_path / "csv").iterdir())
    assert names == ["t-信访登记.csv", "t-单位.csv", "t-填表说明.csv", "t-资金问题登记.csv"]
    check_filled_in(read([tmp_path / "csv"], POLICY))
    with (tmp_path / "csv" / "t-单位.csv").open(encoding="utf-8") as stream:
        assert next(csv.reader(stream))[0] == "单位编号"
