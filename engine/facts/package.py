"""The zip container of a workbook, opened with limits: sizes are checked before and while reading."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any
from xml.parsers import expat

from engine.facts.refused import FileRefused

MAX_UNCOMPRESSED = 300 * 1024 * 1024
MAX_PARTS = 10_000
#: Above this size a part that shrinks to a three-hundredth is no sheet that a person filled in.
RATIO_FROM, MAX_RATIO = 20 * 1024 * 1024, 300
MAX_DEPTH = 200
_CHUNK = 1 << 16
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """An open workbook file. Raises FileRefused for whatever is not a sound, unencrypted, reasonably small zip."""

    def __init__(self, path: Path) -> None:
        _check_magic(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileRefused("data.workbook-truncated") from error
        self._left = MAX_UNCOMPRESSED
        try:
            self._check_sizes()
        except FileRefused:
            self._zip.close()
            raise
        self._names = {name.replace("\\", "/").lower().lstrip("/"): name for name in self._zip.namelist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return part.lower() in self._names

    def feed(self, part: str, start: Callable[[str, dict[str, str]], Any], **handlers: Any) -> Iterator[None]:
        """Parse ``part`` piece by piece, calling the handlers ``start``, ``end`` and ``text``; yields after each
        piece. Element names come without a prefix. Raises FileRefused if the part is missing or damaged."""
        parser = _parser(start, handlers.get("end"), handlers.get("text"))
        try:
            with self._zip.open(self._names[part.lower()]) as stream:
                while piece := stream.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise FileRefused("data.zip-bomb", {"limit": str(MAX_UNCOMPRESSED >> 20)})
                    parser.Parse(piece, False)
                    yield
                parser.Parse(b"", True)
                yield
        except KeyError as error:
            raise FileRefused("data.workbook-part-missing", {"part": part}) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, expat.ExpatError) as error:
            raise FileRefused("data.workbook-damaged", {"part": part}) from error
        except (RuntimeError, NotImplementedError) as error:
            raise FileRefused("data.workbook-encrypted") from error

    def parse(self, part: str, start: Callable[[str, dict[str, str]], Any], **handlers: Any) -> None:
        """Parse the whole of ``part``; as ``feed``."""
        for _ in self.feed(part, start, **handlers):
            pass

    def _check_sizes(self) -> None:
        parts = self._zip.infolist()
        total = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or total > MAX_UNCOMPRESSED:
            raise FileRefused("data.zip-bomb", {"limit": str(MAX_UNCOMPRESSED >> 20)})
        for part in parts:
            if part.flag_bits & 1:
                raise FileRefused("data.workbook-encrypted")
            if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
                raise FileRefused("data.zip-bomb", {"limit": str(MAX_UNCOMPRESSED >> 20)})


def resolve(base: str, target: str) -> str:
    """The part that a relationship's ``target`` names, seen from the part ``base``."""
    target = target.replace("\\", "/")
    joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath(joined).lstrip("/")


def _check_magic(path: Path) -> None:
    with path.open("rb") as stream:
        head = stream.read(8)
        if head == _OLE2:
            # A password-protected workbook is an OLE2 file with a stream of this name; an old .xls has none.
            beginning = stream.read(1 << 20)
            stream.seek(max(path.stat().st_size - (1 << 20), 0))
            encrypted = "EncryptedPackage".encode("utf-16-le") in beginning + stream.read()
            raise FileRefused("data.workbook-encrypted" if encrypted else "data.workbook-old")
    if not head:
        raise FileRefused("data.file-empty")
    if not head.startswith(b"PK"):
        raise FileRefused("data.not-a-workbook")


def _parser(
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any] | None,
    text: Callable[[str], Any] | None,
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise FileRefused("data.workbook-nested")
        plain = local.get(name)
        if plain is None:
            plain = local[name] = name.rpartition(":")[2]
        start(plain, attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local[name])

    def on_doctype(*_: object) -> None:
        # Workbooks have none; entities could expand without bound.
        raise FileRefused("data.workbook-doctype")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.StartDoctypeDeclHandler = on_doctype
    if text is not None:
        parser.CharacterDataHandler = text
    return parser
