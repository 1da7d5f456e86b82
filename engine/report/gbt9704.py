"""The page of GB/T 9704-2012 (official documents of Party and government organs) for python-docx.

Numbers in brackets are the standard's sections. Everything is measured in points unless it says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document

MM = 72 / 25.4
#: [5.2.1] A4; margins above, below, left, right in mm, which leave a type area of 156 x 225 mm.
PAPER, MARGINS, TYPE_AREA = (210, 297), (37, 35, 28, 26), (156, 225)
#: [5.2.3] lines a page, characters a line.
LINES, CHARACTERS = 22, 28
LINE = TYPE_AREA[1] * MM / LINES
CHARACTER = TYPE_AREA[0] * MM / CHARACTERS
#: Chinese sizes: 二号, 三号, 四号.
SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0
RED = "FF0000"


class Face(NamedTuple):
    """A typeface by the name that offices have it under, with what may stand in for it."""

    name: str
    others: tuple[str, ...]


#: [5.2.2], [7.3.1], [7.3.3]: 小标宋 for head and title, 黑体 for headings, 仿宋 for all else; 宋体 for page numbers [7.5].
TITLE = Face(
    "方正小标宋简体", ("方正小标宋_GBK", "小标宋体", "FZXiaoBiaoSong-B05S", "华文中宋", "Noto Serif CJK SC")
)
BODY = Face("仿宋_GB2312", ("仿宋", "FangSong", "华文仿宋", "Noto Serif CJK SC"))
HEADING = Face("黑体", ("SimHei", "Noto Sans CJK SC"))
NUMBER = Face("宋体", ("SimSun", "Noto Serif CJK SC"))
FACES = (TITLE, BODY, HEADING, NUMBER)


def new_page() -> Document:
    """An empty document with the standard's page, grid, typefaces and page numbers."""
    from docx import Document as new
    from docx.shared import Mm, Pt

    document = new()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAPER[0]), Mm(PAPER[1])
    section.top_margin, section.bottom_margin = Mm(MARGINS[0]), Mm(MARGINS[1])
    section.left_margin, section.right_margin = Mm(MARGINS[2]), Mm(MARGINS[3])
    _grid(section)
    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZE_3)
    properties = normal.element.get_or_add_rPr()
    _typeface(properties, BODY)
    # In twentieths of a point, rounded so that the last character of a line is not lost.
    tighter = _element("w:spacing", val=str(int((CHARACTER - SIZE_3) * 20) - 1))
    properties.insert_element_before(tighter, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    _line(normal.paragraph_format, LINE)
    _stand_ins(document)
    _page_numbers(document)
    return document


def paragraph(
    document: Any,
    said: str = "",
    *,
    face: Face = BODY,
    size: float = SIZE_3,
    line: float = LINE,
    align: str = "left",
    indent: float = 0,
    right: float = 0,
    color: str | None = None,
    keep: bool = False,
) -> Any:
    """A paragraph of one style at the end of ``document`` or a table's cell.

    Args:
        indent: how many characters the first line begins further in [7.3.3: two].
        right: how many characters stay free on the right [7.3.5: four].
        keep: whether the next paragraph has to stand on the same page.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made = document.add_paragraph()
    made.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]
    _line(made.paragraph_format, line)
    made.paragraph_format.keep_with_next = keep
    _indent(made, indent, right, size)
    if said:
        write(made, said, face=face, size=size, color=color)
    return made


def write(made: Any, said: str, *, face: Face, size: float, color: str | None = None) -> Any:
    """A run at the end of a paragraph. ``said`` becomes text and nothing else, whatever is in it."""
    from docx.shared import Pt, RGBColor

    run = made.add_run(said)
    run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = RGBColor.from_string(color)
    _typeface(run._r.get_or_add_rPr(), face)
    return run


def rule_below(made: Any, distance: float) -> None:
    """A red line as wide as the type area below a paragraph, ``distance`` mm from it [7.2.7: four]."""
    border = _element("w:pBdr")
    border.append(
        _element("w:bottom", val="single", sz="12", space=str(round(distance * MM)), color=RED),
    )
    properties = made._p.get_or_add_pPr()
    # The schema fixes the order of a paragraph's properties; borders stand before these.
    later = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(border, *later)


def space_above(made: Any, millimetres: float) -> None:
    """Free space above a paragraph, which holds at the top of the first page too."""
    from docx.shared import Mm

    made.paragraph_format.space_before = Mm(millimetres)


def _line(layout: Any, points: float) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt, Twips

    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Twips(int(points * 20))
    layout.widow_control = False


def _indent(made: Any, first: float, right: float, size: float) -> None:
    """In characters, which Word and WPS measure by the grid; the lengths beside them are for all other readers."""
    if not first and not right:
        return
    made.paragraph_format.first_line_indent = made.paragraph_format.right_indent = None
    indent = made._p.get_or_add_pPr().get_or_add_ind()
    width = min(size, CHARACTER) if size == SIZE_3 else size
    if first:
        indent.set(_name("w:firstLineChars"), str(round(first * 100)))
        indent.set(_name("w:firstLine"), str(round(first * width * 20)))
    if right:
        indent.set(_name("w:rightChars"), str(round(right * 100)))
        indent.set(_name("w:right"), str(round(right * width * 20)))


def _grid(section: Any) -> None:
    """[5.2.3] 22 lines a page. A grid of lines alone: readers disagree about grids of characters that are narrower
    than the type, so 28 characters come of tighter spacing instead."""
    for old in section._sectPr.findall(_name("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch=str(int(LINE * 20))))


def _typeface(properties: Any, face: Face) -> None:
    fonts = properties.find(_name("w:rFonts"))
    if fonts is None:
        fonts = _element("w:rFonts")
        properties.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_name(f"w:{script}"), face.name)


def _stand_ins(document: Any) -> None:
    """Name other typefaces in the table of fonts, for computers without the usual ones (ECMA-376, 17.8.3.1)."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    part = next(p for p in document.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    table = parse_xml(part.blob)
    for face in FACES:
        font = _element("w:font", name=face.name)
        font.append(_element("w:altName", val=",".join(face.others)))
        font.append(_element("w:charset", val="86"))
        table.append(font)
    part._blob = serialize_part_xml(table)


def _page_numbers(document: Any) -> None:
    """[7.5] Size 四号 between dashes, their top 7 mm below the type area: on the outer side, one character in."""
    from docx.shared import Mm

    section = document.sections[0]
    section.footer_distance = Mm(MARGINS[1] - 7 - SIZE_4 / 2 / MM)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        made = footer.paragraphs[0]
        layout = {"right": SIZE_4} if side == "right" else {"left": SIZE_4}
        _page_number(made, side, layout)


def _page_number(made: Any, side: str, layout: dict[str, float]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
    made.paragraph_format.tab_stops.clear_all()
    _line(made.paragraph_format, SIZE_4)
    made.paragraph_format.right_indent = Pt(layout.get("right", 0))
    made.paragraph_format.left_indent = Pt(layout.get("left", 0))
    write(made, "— ", face=NUMBER, size=SIZE_4)
    for kind, instruction in (
        ("begin", None),
        (None, "PAGE"),
        ("separate", None),
        ("text", "1"),
        ("end", None),
    ):
        run = write(made, "", face=NUMBER, size=SIZE_4)
        if instruction == "PAGE":
            code = _element("w:instrText")
            code.text = "PAGE"
            run._r.append(code)
        elif kind == "text":
            run.text = "1"
        else:
            run._r.append(_element("w:fldChar", fldCharType=str(kind)))
    write(made, " —", face=NUMBER, size=SIZE_4)


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    return made


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))
