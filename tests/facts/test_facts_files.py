"""Files that cannot be read, each with the sentence a clerk sees; and folders of files."""

# ruff: noqa: E501  (an exact sentence stays on one line)

from __future__ import annotations

import io
import time
import zipfile

import openpyxl
import pytest
from facts_vocabulary import policy, said, values
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from workbook_parts import data, headings, row, text_cell, write_workbook

from engine.facts import DataError, read

POLICY = policy()
GOOD = "单位编号,班子不团结\nA1,是\n"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def sound_workbook() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["单位编号", "班子不团结"])
    for i in range(2000):
        book.active.append([f"A{i}", "是"])
    book.save(stream)
    return stream.getvalue()


def declares_much() -> bytes:
    """A zip whose directory says that a part unpacks to 4 GB."""
    content = bytearray(sound_workbook())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    return bytes(content)


def is_much() -> bytes:
    """A small zip with a part that unpacks to 60 MB of zeros."""
    stream = io.BytesIO(sound_workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.bin", bytes(60 << 20))
    return stream.getvalue()


def locked_entries() -> bytes:
    content = bytearray(sound_workbook())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


BAD = [
    (
        "an encrypted workbook",
        "t.xlsx",
        OLE2 + "EncryptedPackage".encode("utf-16-le") + bytes(500),
        "t.xlsx: this workbook is protected by a password; save it without one",
        "t.xlsx: 这个工作簿设有打开密码；请取消密码后另存",
    ),
    (
        "an encrypted zip",
        "t.xlsx",
        locked_entries(),
        "t.xlsx: this workbook is protected by a password; save it without one",
        "t.xlsx: 这个工作簿设有打开密码；请取消密码后另存",
    ),
    (
        "an old workbook renamed to .xlsx",
        "t.xlsx",
        OLE2 + "Workbook".encode("utf-16-le"),
        "t.xlsx: this is a workbook of an old format; open it and save it as .xlsx",
        "t.xlsx: 这是旧格式的工作簿；请打开后另存为 .xlsx",
    ),
    (
        "an old workbook",
        "t.et",
        OLE2,
        "t.et: this is a workbook of an old format; open it and save it as .xlsx",
        "t.et: 这是旧格式的工作簿；请打开后另存为 .xlsx",
    ),
    (
        "a truncated workbook",
        "t.xlsx",
        sound_workbook()[:3000],
        "t.xlsx: this workbook is incomplete, as after a broken-off copy; get the file again",
        "t.xlsx: 这个工作簿不完整，可能没有复制完；请重新取一份",
    ),
    (
        "a text named .xlsx",
        "t.xlsx",
        GOOD.encode(),
        "t.xlsx: this file ends in .xlsx but is no workbook; save it as .xlsx in a spreadsheet program",
        "t.xlsx: 这个文件扩展名是 .xlsx，但不是工作簿；请用表格软件另存为 .xlsx",
    ),
    ("an empty file", "t.xlsx", b"", "t.xlsx: this file is empty", "t.xlsx: 这个文件是空的"),
    ("an empty table", "t.csv", b"", "t.csv: this file is empty", "t.csv: 这个文件是空的"),
    (
        "a zip bomb that says so",
        "t.xlsx",
        declares_much(),
        "t.xlsx: this workbook would unpack to an unreasonable size (limit 300 MB); it was not read",
        "t.xlsx: 这个工作簿解压后大得不合理（上限 300 MB）；没有读",
    ),
    (
        "a zip bomb by its ratio",
        "t.xlsx",
        is_much(),
        "t.xlsx: this workbook would unpack to an unreasonable size (limit 300 MB); it was not read",
        "t.xlsx: 这个工作簿解压后大得不合理（上限 300 MB）；没有读",
    ),
    (
        "a zip that is no workbook",
        "t.xlsx",
        b"PK\x05\x06" + bytes(18),
        "t.xlsx: this workbook lacks its part `xl/workbook.xml`; open it and save it again as .xlsx",
        "t.xlsx: 这个工作簿缺少 `xl/workbook.xml`；请打开后重新另存为 .xlsx",
    ),
    (
        "a workbook named .csv",
        "t.csv",
        sound_workbook(),
        "t.csv: this is not a text file; save the table as CSV, or give the workbook its own ending .xlsx",
        "t.csv: 这不是文本文件；请把表格另存为 CSV，工作簿则用 .xlsx 作扩展名",
    ),
    (
        "bytes that are no text",
        "t.csv",
        b"\xff\xfe\xff\xff\x00\xd8",
        "t.csv: the text is neither UTF-8 nor GB18030; save it as “CSV UTF-8”",
        "t.csv: 文字编码既不是 UTF-8 也不是 GB18030；请另存为“CSV UTF-8”",
    ),
    (
        "a line that is not JSON",
        "t.jsonl",
        b'{"unit": "A"}\n\n{broken}\n',
        "t.jsonl!3:2: this is not JSON: line 3, column 2, at `broken}`",
        "t.jsonl!3:2: 这不是 JSON：第 3 行第 2 列，`broken}` 处",
    ),
    (
        "a file of another kind",
        "t.docx",
        b"x",
        "t.docx: this file was not read: `.docx` is not one of .xlsx .xlsm .csv .parquet .pq .arrow .feather .ipc .jsonl .ndjson .json .yaml .yml",
        "t.docx: 没有读这个文件：`.docx` 不在可读的格式之内（.xlsx .xlsm .csv .parquet .pq .arrow .feather .ipc .jsonl .ndjson .json .yaml .yml）",
    ),
]


@pytest.mark.parametrize(("title", "name", "content", "english", "chinese"), BAD, ids=[b[0] for b in BAD])
def test_alone_it_is_an_error_and_beside_a_good_file_a_problem(
    tmp_path, title, name, content, english, chinese
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as raised:
        read([tmp_path / name], POLICY, display=lambda p: p.name)
    assert said(list(raised.value.problems)) == [english]
    assert said(list(raised.value.problems), "zh") == [chinese]

    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    reading = read([tmp_path], POLICY, display=lambda p: p.name)
    assert said(reading) == [english]
    assert [values(sheet) for sheet in reading.sheets] == [{"disunited": [True]}]


def test_a_path_that_does_not_exist(tmp_path):
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read([tmp_path / "good.csv", tmp_path / "gone.csv"], POLICY, display=lambda p: p.name)
    assert said(list(raised.value.problems)) == ["gone.csv: there is no such file or folder"]
    assert said(list(raised.value.problems), "zh") == ["gone.csv: 没有这个文件或文件夹"]


def test_an_empty_folder(tmp_path):
    with pytest.raises(DataError) as raised:
        read([tmp_path], POLICY, display=lambda p: "data")
    assert said(list(raised.value.problems)) == [
        "data: this folder holds no file to read; expected are .xlsx .xlsm .csv .parquet .pq .arrow .feather .ipc .jsonl .ndjson .json .yaml .yml"
    ]


def test_a_folder_is_read_in_order_of_name_without_hidden_and_lock_files(tmp_path):
    for name, unit in (("2.csv", "B"), ("10.csv", "A"), (".3.csv", "C"), ("~$4.xlsx", "D")):
        (tmp_path / name).write_text(f"单位编号\n{unit}\n", encoding="utf-8")
    (tmp_path / "old").mkdir()
    reading = read([tmp_path, tmp_path / "2.csv"], POLICY, display=lambda p: p.name)
    assert [sheet.unit for sheet in reading.sheets] == ["A", "B"]
    assert reading.rows_read == 2
    assert said(reading) == [
        "old: this folder was not read: only files directly in a given folder are; name it as a source of its own"
    ]


ENTITIES = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


def test_an_entity_bomb_is_refused_before_it_expands(tmp_path):
    inside = data(headings("单位编号"), row(2, text_cell("A2", "&b;")))
    path = write_workbook(tmp_path / "t.xlsx", {"单位": inside}, prolog=ENTITIES)
    reading = read([path], POLICY, display=lambda p: p.name)
    assert reading.sheets == ()
    assert said(reading) == [
        "t.xlsx!单位: this workbook declares XML entities, which no spreadsheet program does; it was not read further"
    ]
    assert said(reading, "zh") == ["t.xlsx!单位: 这个工作簿声明了 XML 实体，表格软件不会这样写；没有继续读"]


def test_a_sheet_that_breaks_off_keeps_the_rows_before(tmp_path):
    inside = data(headings("单位编号"), row(2, text_cell("A2", "A1"))) + "<"
    path = write_workbook(tmp_path / "t.xlsx", {"单位": inside})
    reading = read([path], POLICY, display=lambda p: p.name)
    assert said(reading) == [
        "t.xlsx!单位: this workbook is damaged in `xl/worksheets/s1.xml`: nothing after that place was read; open it, let it be repaired and save it"
    ]


def test_a_size_that_is_stated_too_small_is_noticed_while_reading(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.facts.package.MAX_UNCOMPRESSED", 50_000)
    monkeypatch.setattr("engine.facts.package.Package._check_sizes", lambda self: None)
    (tmp_path / "t.xlsx").write_bytes(sound_workbook())
    reading = read([tmp_path / "t.xlsx"], POLICY, display=lambda p: p.name)
    assert [p.key for p in reading.problems] == ["data.zip-bomb"]


def test_deeply_nested_elements_are_refused(tmp_path):
    path = write_workbook(tmp_path / "t.xlsx", {"单位": "<a>" * 100_000})
    start = time.perf_counter()
    reading = read([path], POLICY, display=lambda p: p.name)
    assert [p.key for p in reading.problems] == ["data.workbook-nested"]
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_any_cut_of_a_workbook_is_a_clean_error(tmp_path, cut):
    content = sound_workbook()
    (tmp_path / "t.xlsx").write_bytes(content[: len(content) * cut // 100])
    with pytest.raises(DataError):
        read([tmp_path / "t.xlsx"], POLICY)


@pytest.mark.parametrize("place", range(0, 100, 3))
def test_any_flipped_byte_of_a_workbook_is_read_or_reported(tmp_path, place):
    content = bytearray(sound_workbook())
    content[len(content) * place // 100] ^= 0xFF
    (tmp_path / "t.xlsx").write_bytes(content)
    try:
        reading = read([tmp_path / "t.xlsx"], POLICY)
    except DataError:
        return
    assert reading.problems or len(reading.sheets) == 2000


def test_a_row_wider_than_any_sheet_is_refused(tmp_path):
    inside = data(headings("单位编号"), "<row>" + "<c><v>1</v></c>" * 16_385 + "</row>")
    reading = read([write_workbook(tmp_path / "t.xlsx", {"单位": inside})], POLICY)
    assert [p.key for p in reading.problems] == ["data.workbook-damaged"]


def test_many_unlisted_units_take_no_time_to_report(tmp_path):
    (tmp_path / "1.csv").write_text("单位编号\n" + "\n".join(f"A{i}" for i in range(3000)), encoding="utf-8")
    entries = "\n".join(f"B{i},c{i}" for i in range(3000))
    (tmp_path / "信访登记.csv").write_text("单位编号,案号\n" + entries, encoding="utf-8")
    start = time.perf_counter()
    reading = read([tmp_path], POLICY)
    assert len(reading.sheets) == 6000
    assert time.perf_counter() - start < 5


CONTENTS = (
    st.binary()
    | st.text().map(lambda t: t.encode("utf-8", "replace"))
    | st.text("单位编号,;\t\"'\n{}[]:A1-?是", max_size=60).map(str.encode)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["csv", "json", "yaml", "xlsx"]), CONTENTS)
@example("csv", "单位编号\nA1\x00".encode())
@example("csv", b'"' * 200_000)
def test_any_content_is_read_or_refused_cleanly(tmp_path, ending, content):
    path = tmp_path / f"t.{ending}"
    path.write_bytes(content)
    try:
        reading = read([path], POLICY)
    except DataError as error:
        for lang in ("en", "zh"):
            said(list(error.problems), lang)
        return
    said(reading)
    said(reading, "zh")
