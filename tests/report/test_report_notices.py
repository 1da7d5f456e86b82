"""Notices: which letters are written, what they say, and the page of GB/T 9704-2012 that they stand on."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import bell_cases
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from engine.messages import Lang
from engine.report.action_rows import STANDING, Wanted
from engine.report.notice_docx import balanced, notice_docx
from engine.report.notices import Notice, notices


def made(
    units: list[object], as_of: date = bell_cases.AS_OF, lang: Lang = "zh", states: tuple[str, ...] = STANDING
) -> dict[str, Notice]:
    """The notices, by the first word of their file."""
    found = (
        notice
        for case, actions in bell_cases.cases(units, as_of)
        for notice in notices(case, actions, Wanted(states), lang)
    )
    return {notice.file.partition("-")[0]: notice for notice in found}


def opened(notice: Notice, lang: Lang = "zh") -> Any:
    return Document(io.BytesIO(notice_docx(notice, lang)))


def paragraphs(notice: Notice, lang: Lang = "zh") -> list[str]:
    return [p.text for p in opened(notice, lang).paragraphs if p.text]


def test_supervision() -> None:
    """The aim was due on 21 March and the supervision a month later; it is 10 April."""
    notice = made([bell_cases.unit(派任="2018-03-05", 听钟="2018-03-30")], date(2018, 4, 10))["督办通知"]
    assert paragraphs(notice) == [
        "钟楼街道办事处文件",
        "　　　〔2018〕　　号",
        "钟楼街道办事处",
        "关于对东湖社区进行督办的通知",
        "东湖社区、主任：",
        "根据《铜钟养护方案》4（督促）的规定和截至2018年4月10日的情况，现就督办事项通知如下：",
        "一、督办事项",
        "东湖社区自2018年3月21日起已符合“挂牌督办”的情形。",
        "逾期未办的1项工作见附件。",
        "二、督办责任",
        "由综合办负责督办；由主任（责任领导）、东湖社区负责整改落实。",
        "三、办理时限",
        "须于2018年4月21日前（含当日）办结，并将办理情况书面报钟楼街道办事处。",
        "特此通知。",
        "附件：东湖社区逾期未办事项清单",
        "钟楼街道办事处",
        "2018年4月10日",
        "附件",
        "东湖社区逾期未办事项清单",
    ]
    (table,) = opened(notice).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "事项", "责任人", "期限", "条款"],
        ["1", "目标要清", "主任", "2018年3月21日", "3.1"],
    ]


def test_a_date_that_has_passed_is_no_date_to_meet() -> None:
    notice = made([bell_cases.unit(派任="2018-03-05")], date(2018, 5, 10))["督办通知"]
    assert notice.parts[-1] == (
        "三、办理时限",
        ("规定期限（2018年4月21日）已过，请立即办结，并将办理情况书面报钟楼街道办事处。",),
    )


def test_interview_and_assignment() -> None:
    found = made([bell_cases.unit(目标="2018-03-05", listed="2018-03-01")])
    assert found["约谈通知"].addressee == "东湖社区、敲钟人："
    assert found["约谈通知"].parts[1:] == (
        ("二、约谈人和约谈对象", ("由主任约谈，约谈对象为敲钟人。",)),
        ("三、时间和地点", ("具体时间和地点由主任另行通知。",)),
    )
    assert found["派任通知"].title == "关于东湖社区明确责任领导的通知"
    annex = found["派任通知"].annex
    assert annex is not None
    assert {row[2] for row in annex.rows} == {"主任", "主任、敲钟人"}


def test_what_is_asked_for_in_principle_is_no_matter_for_pressure() -> None:
    annex = made([bell_cases.unit()])["督办通知"].annex
    assert annex is not None
    assert not any("修钟" in cell for row in annex.rows for cell in row)


def test_no_letter_without_need() -> None:
    """Taken, not called for, or not known: no letter."""
    done = bell_cases.unit(目标="2018-03-05", 派任="2018-03-05", 听钟="2018-03-30")
    assert made([done], date(2018, 4, 10)) == {}
    nothing_known = {**bell_cases.unit(), "registers": {"list": [{"entry": "列入", "day": "2018-03-01"}]}}
    assert list(made([nothing_known])) == ["派任通知"]


def test_english() -> None:
    notice = made([bell_cases.unit(派任="2018-03-05")], date(2018, 4, 10), "en")["supervision"]
    assert paragraphs(notice, "en")[:6] == [
        "Bell Tower Sub-district Office",
        "No. [2018]        ",
        "Bell Tower Sub-district Office",
        "Notice of supervision: 东湖社区",
        "To: 东湖社区, director",
        "Under clause 4 (Pressure) of Bell plan, and as the records stand on 2018-04-10, "
        "supervision is ordered as follows:",
    ]


# ------------------------------------------------------------------------------------------ the page


@pytest.fixture(scope="module")
def page() -> Any:
    return opened(made([bell_cases.unit()])["督办通知"])


def test_the_type_area(page: Any) -> None:
    """5.2.1: A4, 37 mm above, 28 mm on the left, 156 by 225 mm to write on."""
    section = page.sections[0]

    def millimetres(length: Any) -> int:
        return round(length / Mm(1))

    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    assert (millimetres(section.top_margin), millimetres(section.left_margin)) == (37, 28)
    assert millimetres(section.page_width - section.left_margin - section.right_margin) == 156
    assert millimetres(section.page_height - section.top_margin - section.bottom_margin) == 225


def test_lines_and_characters(page: Any) -> None:
    """5.2.3: 22 lines a page, 28 characters a line; they fit, and no more would."""
    section = page.sections[0]
    height = section.page_height - section.top_margin - section.bottom_margin
    body = [p for p in page.paragraphs if p.text.startswith("根据")]
    assert height // body[0].paragraph_format.line_spacing == 22
    width = section.page_width - section.left_margin - section.right_margin
    normal = page.styles["Normal"]
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert width // (normal.font.size + Pt(closer / 20)) == 28


def faces(page: Any, said: str) -> tuple[str, float, str | None]:
    """Typeface, size in points and colour of the first paragraph that begins with ``said``."""
    (run, *_) = next(p for p in page.paragraphs if p.text.startswith(said)).runs
    color = run.font.color.rgb
    return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt, color and str(color)


def test_typefaces(page: Any) -> None:
    """7.2.4 head in red; 7.3.1 title 二号小标宋; 7.3.3 text 三号仿宋, headings 黑体."""
    assert faces(page, "钟楼街道办事处文件") == ("方正小标宋简体", 48.0, "FF0000")
    assert faces(page, "关于对东湖社区") == ("方正小标宋简体", 22.0, None)
    assert faces(page, "根据") == ("仿宋_GB2312", 16.0, None)
    assert faces(page, "一、") == ("黑体", 16.0, None)
    assert faces(page, "附件") == ("仿宋_GB2312", 16.0, None)


def test_two_characters_in_and_four_characters_out(page: Any) -> None:
    """7.3.3 a paragraph begins two characters in; 7.3.5 the date ends four characters from the edge."""

    def indent(said: str, name: str) -> str | None:
        found = next(p for p in page.paragraphs if p.text.startswith(said))._p.pPr.ind
        return None if found is None else found.get(qn(f"w:{name}"))

    assert indent("根据", "firstLineChars") == "200"
    assert indent("东湖社区、主任：", "firstLineChars") is None
    assert indent("2018年12月10日", "rightChars") == "400"


def test_the_red_line_is_as_wide_as_the_type_area(page: Any) -> None:
    number = next(p for p in page.paragraphs if "〔2018〕" in p.text)
    bottom = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert bottom.get(qn("w:color")) == "FF0000"
    assert number._p.pPr.ind is None


def test_page_numbers_stand_on_the_outer_side(page: Any) -> None:
    """7.5: 四号宋体 between dashes; odd pages on the right, even pages on the left."""
    section = page.sections[0]
    assert page.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        (paragraph,) = footer.paragraphs
        assert paragraph.alignment.name == side
        assert paragraph.text == "— 1 —"
        assert [i.text for i in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert {run.font.size.pt for run in paragraph.runs} == {14.0}


def test_the_attachment_has_a_page_of_its_own(page: Any) -> None:
    first = next(p for p in page.paragraphs if p.text == "附件")
    assert first.paragraph_format.page_break_before
    assert first.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert page.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_same_bytes_and_no_clock() -> None:
    units: list[object] = [bell_cases.unit()]
    first, again = (notice_docx(made(units)["督办通知"], "zh") for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in packed.read("docProps/core.xml")
        assert "仿宋".encode() in packed.read("word/fontTable.xml")


@pytest.mark.parametrize(
    "name",
    [
        "</w:t></w:r><w:r><w:t>x",
        '<w:instrText>INCLUDETEXT "c:\\\\x"</w:instrText>',
        "东湖\r\n社区\t\x00\x1b{ PAGE }",
        "]]>&amp;&#x41;",
    ],
)
def test_a_name_stays_text(name: str) -> None:
    """Whatever a workbook holds, the document has the same elements, and the name as text."""
    plain, hostile = (opened(made([bell_cases.unit(n)])["督办通知"]) for n in ("东湖社区", name))
    assert {element.tag for element in hostile.element.iter()} == {
        element.tag for element in plain.element.iter()
    }
    said = "".join(p.text for p in hostile.paragraphs)
    assert any(part in said for part in ("</w:t></w:r><w:r>", "INCLUDETEXT", "{ PAGE }", "]]>&amp;&#x41;"))


def test_lines_of_a_title_are_about_as_long() -> None:
    """Not a full line and a stub."""
    assert balanced("关于督办的通知", 20) == ["关于督办的通知"]
    assert balanced("关于对名字特别长的一个社区进行督办并且约谈的通知", 20) == [
        "关于对名字特别长的一个社",
        "区进行督办并且约谈的通知",
    ]


def test_a_title_keeps_every_word() -> None:
    for length in range(1, 90):
        said = "字" * length
        lines = balanced(said, 20)
        assert "".join(lines) == said
        assert max(map(len, lines)) <= 20
        assert len(lines) == -(-length // 20)
