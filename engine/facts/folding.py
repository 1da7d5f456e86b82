"""Texts made comparable: width variants, spaces and invisible characters."""

from __future__ import annotations

import re
import unicodedata

#: Marks that stand for "nothing is filled in here": such a cell is unknown, never false and never zero.
BLANK_MARKS = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "─",
        "/",
        "\\",
        "?",
        "??",
        "未知",
        "不详",
        "待查",
        "不明",
        "n/a",
        "na",
    }
    | {"unknown"}
)
#: Zero-width and direction marks that come along when text is pasted.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Full-width forms of ASCII; NFKC would also turn ① into 1, which in an id is a different thing.
_WIDTH = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, 0x3000: 0x20}


def clean(text: str) -> tuple[str, bool]:
    """The text trimmed, without invisible characters; True if control characters had to be taken out."""
    without = _CONTROL.sub("", text)
    return _INVISIBLE.sub("", without).strip(), len(without) != len(text)


def folded(text: str) -> str:
    """For comparing headings and values: NFKC, no white space, no invisible characters, no case."""
    normal = unicodedata.normalize("NFKC", _INVISIBLE.sub("", _CONTROL.sub("", text)))
    return "".join(normal.split()).casefold()


def identifier(text: str) -> str:
    """A unit's id: trimmed, full-width letters and digits made half-width."""
    return clean(text.translate(_WIDTH))[0]


def is_blank(text: str) -> bool:
    """Whether the text only marks that nothing is filled in."""
    return folded(text) in BLANK_MARKS
