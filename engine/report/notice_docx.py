"""A notice as a document in the layout of GB/T 9704-2012; the numbers in brackets are its sections."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from engine.diagnostics import display_width
from engine.facts.repack import repack
from engine.messages import Lang, text
from engine.report import gbt9704 as page
from engine.report.notices import Annex, Notice

#: Widths of the annex's columns in mm: number, matter, who, by when, clause; together the type area's.
_COLUMNS = (15, 46, 34, 41, 20)
#: No head is set larger, however short the issuer's name.
_LARGEST = 48.0


def notice_docx(notice: Notice, lang: Lang) -> bytes:
    """The document's bytes, the same for the same notice."""
    document = page.new_page()
    _head(document, notice)
    _body(document, notice, lang)
    _signature(document, notice)
    if notice.annex is not None:
        _annex(document, notice.annex, lang)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = notice.title, notice.issuer, notice.issuer
    about.comments = about.keywords = about.subject = ""
    about.created = about.modified = datetime.combine(notice.day, time())
    about.revision = 1
    content = io.BytesIO()
    document.save(content)
    return repack(content.getvalue())


def _head(document: Any, notice: Notice) -> None:
    """[7.2.4] the issuer in red, 35 mm below the type area's upper edge; [7.2.5] the number two lines below;
    [7.2.7] the red line."""
    room = page.TYPE_AREA[0] * page.MM
    size = min(_LARGEST, 2 * room / max(display_width(notice.head), 1))
    size = max(int(size), page.SIZE_2)
    head = page.paragraph(
        document, notice.head, face=page.TITLE, size=size, line=size * 1.1, align="center", color=page.RED
    )
    page.space_above(head, 35)
    _empty(document, 2)
    number = page.paragraph(document, notice.number, align="center")
    # The line's own leading is part of the distance.
    page.rule_below(number, 4 - (page.LINE - page.SIZE_3) / 2 / page.MM)


def _body(document: Any, notice: Notice, lang: Lang) -> None:
    """[7.3.1] the title two lines below, the issuer on a line of its own; [7.3.2] the addressee; [7.3.3] the
    text; [7.3.4] what is attached."""
    _empty(document, 2)
    for line in (*balanced(notice.issuer, 20), *balanced(notice.title, 20)):
        page.paragraph(document, line, face=page.TITLE, size=page.SIZE_2, align="center")
    _empty(document, 1)
    page.paragraph(document, notice.addressee)
    page.paragraph(document, notice.opening, indent=2, align="both")
    for heading, paragraphs in notice.parts:
        page.paragraph(document, heading, face=page.HEADING, indent=2, keep=True)
        for said in paragraphs:
            page.paragraph(document, said, indent=2, align="both")
    page.paragraph(document, notice.closing, indent=2)
    if notice.annex is not None:
        _empty(document, 1)
        page.paragraph(document, text("notices.attached", lang, title=notice.annex.title), indent=2)


def _signature(document: Any, notice: Notice) -> None:
    """[7.3.5.1] for documents that are sealed: the date four characters in from the right, the issuer centred
    above it; room for the seal. [7.3.5.4] the date in Arabic numerals."""
    for _ in range(3):
        page.paragraph(document, keep=True)
    date_width, name_width = display_width(notice.signed) / 2, display_width(notice.issuer) / 2
    free = max(0.0, min(4 + (date_width - name_width) / 2, page.CHARACTERS - name_width))
    page.paragraph(document, notice.issuer, align="right", right=free, keep=True)
    page.paragraph(
        document, notice.signed, align="right", right=max(4.0, free + (name_width - date_width) / 2)
    )


def _annex(document: Any, annex: Annex, lang: Lang) -> None:
    """[7.3.7] on a page of its own: the word in 黑体 at the left, the title centred in the third line."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    first = page.paragraph(document, text("notices.annex-word", lang), face=page.HEADING)
    first.paragraph_format.page_break_before = True
    _empty(document, 1)
    for line in balanced(annex.title, 20):
        page.paragraph(document, line, face=page.TITLE, size=page.SIZE_2, align="center")
    _empty(document, 1)
    table = document.add_table(rows=0, cols=len(annex.head))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in enumerate(_COLUMNS):
        table.columns[column].width = Mm(width)
    for number, cells in enumerate((annex.head, *annex.rows)):
        row = table.add_row()
        _mark(row, "w:cantSplit")
        if number == 0:
            _mark(row, "w:tblHeader")
        for column, (cell, said) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(_COLUMNS[column])
            empty = cell.paragraphs[0]
            page.paragraph(
                cell,
                said,
                face=page.HEADING if number == 0 else page.BODY,
                size=page.SIZE_4,
                line=page.SIZE_4 * 1.4,
                align="center" if number == 0 or column == 0 else "left",
            )
            empty._p.getparent().remove(empty._p)


def _mark(row: Any, tag: str) -> None:
    """``cantSplit``: the row stays on one page; ``tblHeader``: it stands on every page that the table reaches."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _empty(document: Any, lines: int) -> None:
    for _ in range(lines):
        page.paragraph(document)


def balanced(said: str, characters: int) -> list[str]:
    """``said`` in as few lines of at most ``characters`` Chinese characters as it takes, all about as long.

    Raises nothing: a word longer than a line is broken.
    """
    from engine.wording.columns import wrap

    width = 2 * characters
    count = len(wrap(said, width))
    for narrower in range(max(2, display_width(said) // max(count, 1)), width):
        lines = wrap(said, narrower)
        if len(lines) == count:
            return lines
    return wrap(said, width)
