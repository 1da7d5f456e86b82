"""Text files in the encodings that offices use: UTF-8 with or without a mark, UTF-16 with one, GB18030."""

from __future__ import annotations

import codecs
from pathlib import Path

from engine.facts.refused import FileRefused

_CHUNK = 1 << 20
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\x1f\x8b", b"\xff\xd8\xff")


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file can be read. Raises FileRefused if there is none or it is no text."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if not head:
        raise FileRefused("data.file-empty")
    if head.startswith(_BINARY):
        raise FileRefused("data.not-a-text-file")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        # GB18030 accepts much that is UTF-8, and UTF-8 hardly anything that is GB18030.
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise FileRefused("data.encoding")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                if "\0" in decoder.decode(piece):
                    raise FileRefused("data.not-a-text-file")
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
