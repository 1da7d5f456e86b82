"""Building blocks of pictures: elements that escape what they hold, and text that fits its place.

There is no font to measure when a picture is written, so widths are estimated: a full-width character takes one em, also
one that only Chinese fonts make so wide, as quotation marks; any other ``_HALF``. That errs on the wide side for running
text.
"""

from __future__ import annotations

import unicodedata
from xml.etree.ElementTree import Element, SubElement, tostring

from engine.diagnostics import display_width
from engine.wording.columns import wrap
from engine.wording.one_line import one_line

_HALF = 0.55
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','SimHei',sans-serif"
#: Chinese fonts set Latin quotation marks and dashes as wide as characters.
LATIN_FONTS = "'Segoe UI','Helvetica Neue',Arial,'Liberation Sans'," + FONTS


def text_width(said: str, size: float) -> float:
    """The width of ``said`` in pixels, in a font of ``size`` pixels."""
    return sum(map(_em, said)) * size


def _em(char: str) -> float:
    if display_width(char) > 1 or unicodedata.east_asian_width(char) == "A":
        return 1.0
    return _HALF * display_width(char)


def wrapped(said: str, size: float, width: float) -> list[str]:
    """``said`` in lines that fit into ``width`` pixels."""
    whole = one_line(said)
    columns = int(width / (_HALF * size))
    pieces = wrap(whole, columns)
    while columns > 2 and any(text_width(piece, size) > width for piece in pieces):
        columns -= 1
        pieces = wrap(whole, columns)
    return pieces


def fitted(said: str, size: float, width: float) -> str:
    """``said``, or as much of it as fits into ``width`` with an ellipsis; empty if not even a character does."""
    if text_width(said, size) <= width:
        return said
    room = width - text_width("…", size)
    kept = ""
    for char in said:
        room -= text_width(char, size)
        if room < 0:
            break
        kept += char
    return kept.rstrip() + "…" if kept.strip() else ""


def picture(width: float, height: float, title: str, desc: str, key: str, fonts: str = FONTS) -> Element:
    """An ``svg`` element that screen readers announce by ``title`` and ``desc``. ``key`` makes their ids unique."""
    mark = key.encode("utf-8", "replace").hex()
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": number(width),
            "height": number(height),
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "role": "img",
            "aria-labelledby": f"title-{mark} desc-{mark}",
            "font-family": fonts,
            "font-size": "12",
            "fill": "#1f2328",
        },
    )
    SubElement(root, "title", {"id": f"title-{mark}"}).text = one_line(title)
    SubElement(root, "desc", {"id": f"desc-{mark}"}).text = one_line(desc)
    return root


def add(parent: Element, tag: str, **attributes: object) -> Element:
    """A new child; ``stroke_width=2`` becomes ``stroke-width="2"``, numbers have no needless digits."""
    named = {
        name.rstrip("_").replace("_", "-"): number(value) if isinstance(value, int | float) else str(value)
        for name, value in attributes.items()
        if value is not None
    }
    return SubElement(parent, tag, named)


def label(
    parent: Element,
    x: float,
    y: float,
    said: str,
    room: float | None = None,
    size: float = 12,
    **more: object,
) -> Element | None:
    """Text with its baseline at ``y``; what does not fit into ``room`` is cut, and whole in a tooltip.

    None if nothing of it fits.
    """
    whole = one_line(said)
    shown = whole if room is None else fitted(whole, size, room)
    if not shown:
        return None
    element = add(parent, "text", x=x, y=y, font_size=size, **more)
    if shown != whole:
        tooltip(element, whole)
    span = element if shown == whole else add(element, "tspan")
    span.text = shown
    return element


def tooltip(element: Element, said: str) -> None:
    """A ``title`` as first child, which browsers show when one points at the element."""
    title = Element("title")
    title.text = "\n".join(one_line(line) for line in said.split("\n"))
    element.insert(0, title)


def document(root: Element) -> str:
    """The picture as a file's content, one element a line, the same for the same picture."""
    from xml.etree.ElementTree import indent

    for element in root.iter("text"):
        # Spaces between the parts of a text would show.
        element.text = element.text or ""
    indent(root, " ")
    for element in root.iter("text"):
        for child in element:
            child.tail = ""
        element.text = (element.text or "").strip()
    return tostring(root, encoding="unicode") + "\n"


def number(value: float) -> str:
    """At most two decimals, none that say nothing."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown
