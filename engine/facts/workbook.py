"""A workbook's frame: its sheets, shared texts, and which styles show dates or percentages (ECMA-376, part 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from engine.facts.package import Package, resolve

Shows = Literal["date", "percent"]
#: Built-in number formats (18.8.30) that show a date or a time, those of East Asian editions included.
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT_FORMATS = frozenset((9, 10))
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Workbook:
    """``sheets``: (name, part). ``shows``: style number → what a number in that style stands for."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    date_1904: bool = False
    texts: list[str] = field(default_factory=list)
    shows: dict[int, Shows] = field(default_factory=dict)


def read_workbook(package: Package) -> Workbook:
    """Everything but the sheets' cells. Raises FileRefused."""
    book = Workbook()
    main = "xl/workbook.xml"
    for target, kind in _relationships(package, "").values():
        if kind == "officeDocument":
            main = target
    related = _relationships(package, main)

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            book.date_1904 = attributes.get("date1904") in ("1", "true", "on")
        elif name == "sheet":
            key = next((value for at, value in attributes.items() if at.endswith(":id")), "")
            target, kind = related.get(key, ("", ""))
            if kind == "worksheet":
                book.sheets.append((attributes.get("name", ""), target))

    package.parse(main, start)
    for target, kind in related.values():
        if kind == "sharedStrings" and package.has(target):
            _shared_texts(package, target, book.texts)
        elif kind == "styles" and package.has(target):
            _styles(package, target, book.shows)
    return book


def unescape(text: str) -> str:
    """``_x000D_`` stands for the character of that code (22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """id → (part, last word of its type)."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (resolve(part, attributes.get("Target", "")), kind)

    if package.has(rels):
        package.parse(rels, start)
    return found


def _shared_texts(package: Package, part: str, texts: list[str]) -> None:
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name in inside:
            inside[name] = True

    def end(name: str) -> None:
        if name == "si":
            texts.append(unescape("".join(pieces)))
        elif name in inside:
            inside[name] = False

    def text(data: str) -> None:
        # Readings above the characters (rPh) are not part of the text.
        if inside["t"] and not inside["rPh"]:
            pieces.append(data)

    package.parse(part, start, end=end, text=text)


def _styles(package: Package, part: str, shows: dict[int, Shows]) -> None:
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "numFmt" and "numFmts" in inside:
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            styles.append(attributes.get("numFmtId", "0"))

    package.parse(part, start, end=lambda name: inside.pop())
    for number, format_id in enumerate(styles):
        found = _shows(format_id, formats.get(format_id))
        if found is not None:
            shows[number] = found


def _shows(format_id: str, code: str | None) -> Shows | None:
    if code is None:
        number = int(format_id) if format_id.isdecimal() else 0
        return "date" if number in _DATE_FORMATS else "percent" if number in _PERCENT_FORMATS else None
    # Quoted and escaped characters, fill characters, colours and locales say nothing about the kind.
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', "", code, flags=re.IGNORECASE)
    bare = bare.partition(";")[0].lower()
    if bare != "general" and any(letter in bare for letter in "ymdhs"):
        return "date"
    return "percent" if "%" in bare else None
