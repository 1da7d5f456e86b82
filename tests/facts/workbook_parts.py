"""Workbooks written part by part, as programs other than openpyxl write them."""

# ruff: noqa: E501  (an exact sentence stays on one line)

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_DOCUMENT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    '<styleSheet xmlns="{main}"><numFmts count="2"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="[Red]0.00&quot;days&quot;"/></numFmts><cellXfs count="5"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="9"/><xf numFmtId="177"/></cellXfs></styleSheet>'
)


def write_workbook(
    path: Path,
    sheets: dict[str, str],
    *,
    shared: tuple[str, ...] = (),
    date_1904: bool = False,
    strict: bool = False,
    prolog: str = "",
    prefix: str = "",
) -> Path:
    """``sheets``: name → the XML inside ``<worksheet>``. Styles: 1 and 2 date, 3 percent, 4 plain number."""
    main, document = (STRICT_MAIN, STRICT_DOCUMENT) if strict else (MAIN, DOCUMENT)
    names = list(sheets)
    entries = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{document}/worksheet" Target="/xl/worksheets/s{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{document}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{document}"><workbookPr date1904="{int(date_1904)}"/><sheets>{entries}</sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{relations}'
            f'<Relationship Id="s" Type="{document}/styles" Target="styles.xml"/>'
            f'<Relationship Id="t" Type="{document}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        book.writestr("xl/styles.xml", STYLES.format(main=main))
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{"".join(shared)}</sst>')
        for i, name in enumerate(names, 1):
            space = f'xmlns:{prefix.rstrip(":")}="{main}"' if prefix else f'xmlns="{main}"'
            book.writestr(
                f"xl/worksheets/s{i}.xml",
                f"<?xml version='1.0'?>{prolog}<{prefix}worksheet {space}>{sheets[name]}</{prefix}worksheet>",
            )
    return path


def text_cell(reference: str, text: str) -> str:
    """A cell with its text inside, as some exporters write it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def data(*rows: str) -> str:
    """The part of a sheet that holds the rows."""
    return f"<sheetData>{''.join(rows)}</sheetData>"


def headings(*names: str) -> str:
    """Row 1 with these headings."""
    return row(1, *(text_cell(f"{chr(65 + i)}1", name) for i, name in enumerate(names)))
