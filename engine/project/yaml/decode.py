"""Bytes to text: UTF-8, or an error that says what else the file seems to be."""

from __future__ import annotations

import re
from typing import Any

from engine.project.yaml.limits import MAX_BAD_CHARACTERS
from engine.project.yaml.lines import split_lines

#: Code, line and column from 0, and the parameters of the message; line -1 is the file as a whole.
Problem = tuple[str, int, int, dict[str, Any]]

_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SIGNATURES = (
    (b"PK\x03\x04", "xlsx/zip"),
    (b"\xd0\xcf\x11\xe0", "xls/doc"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decode(content: bytes) -> tuple[str, list[Problem]]:
    """The text of ``content`` without a byte order mark, and what is wrong with it; the text is empty if unusable."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return "", [("file-of-another-kind", -1, 0, {"kind": kind})]
    encoding = _other_unicode(content)
    if encoding is None:
        try:
            return check_characters(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            encoding = _gb18030(content)
            if encoding is None and b"\0" not in content:
                return "", [_bad_byte(content, error.start)]
    if encoding is None:
        return "", [("binary-file", -1, 0, {})]
    return "", [("wrong-encoding", -1, 0, {"encoding": encoding})]


def without_controls(line: str) -> str:
    """The line with what a terminal might obey shown as the replacement character."""
    return _NOT_YAML.sub("\ufffd", line)


def check_characters(text: str) -> tuple[str, list[Problem]]:
    """The text without its byte order mark, with a problem for every character that YAML does not allow."""
    text = text.removeprefix("\ufeff")
    if _NOT_YAML.search(text) is None:
        return text, []
    if "\0" in text:
        return "", [("binary-file", -1, 0, {})]
    found: list[Problem] = []
    for number, line in enumerate(split_lines(text)):
        for match in _NOT_YAML.finditer(line):
            if len(found) == MAX_BAD_CHARACTERS:
                return "", [("binary-file", -1, 0, {})]
            found.append(
                ("control-character", number, match.start(), {"character": f"U+{ord(match[0]):04X}"})
            )
    return "", found


def _other_unicode(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    # Without a mark: half of the bytes of a UTF-16 text in Latin letters, spaces and line breaks are zero.
    sample = content[:4096]
    for offset in (0, 1):
        half = sample[offset::2]
        if len(sample) >= 8 and half.count(0) * 5 > len(half) * 2 and b"\0" not in sample[1 - offset :: 2]:
            return "UTF-16"
    return None


def _gb18030(content: bytes) -> str | None:
    """GB18030 if the bytes are one, and not a UTF-8 text with a few bytes broken."""
    wide = sum(byte > 0x7F for byte in content)
    broken = content.decode("utf-8", errors="replace").count("\ufffd")
    if broken * 20 < wide or b"\0" in content:
        return None
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    common = sum(
        "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in text
    )
    beyond = sum(ord(c) > 0x7F for c in text)
    return "GB18030 (GBK)" if common * 2 >= beyond and _NOT_YAML.search(text) is None else None


def _bad_byte(content: bytes, position: int) -> Problem:
    before = split_lines(content[:position].decode("utf-8").removeprefix("\ufeff"))
    return ("bad-byte", len(before) - 1, len(before[-1]), {"byte": f"0x{content[position]:02X}"})
