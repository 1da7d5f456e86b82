"""What stands before the library that reads workbooks: the zip container, opened and read within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, iterparse
from xml.parsers import expat

from engine.facts.refused import FileRefused

MAX_UNCOMPRESSED = 300 * 1024 * 1024
MAX_PARTS = 10_000
#: Above this size a part that shrinks to a three-hundredth is no sheet that a person filled in.
RATIO_FROM, MAX_RATIO = 20 * 1024 * 1024, 300
#: Levels of elements, and elements inside one row or one shared text: what no spreadsheet program reaches.
MAX_DEPTH, MAX_INSIDE = 200, 1_000_000
_CHUNK = 1 << 16
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Strict workbooks (ISO/IEC 29500-1) differ from all others in these names only.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument", b"http://schemas.openxmlformats.org/officeDocument/2006"),
)


class Package(zipfile.ZipFile):
    """An open workbook file. Raises FileRefused for whatever is not a sound, unencrypted, reasonably small zip."""

    def __init__(self, path: Path) -> None:
        _check_magic(path)
        try:
            super().__init__(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileRefused("data.workbook-truncated") from error
        self.left = MAX_UNCOMPRESSED
        # Some programs write the parts' names with other capitals or strokes than the references to them.
        self._parts = {name.replace("\\", "/").lower().lstrip("/"): name for name in self.namelist()}
        try:
            self._check_sizes()
        except FileRefused:
            self.close()
            raise

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return part.replace("\\", "/").lower() in self._parts

    def open(self, name: Any, *_: Any, **__: Any) -> IO[bytes]:
        """The part of that name, to be read. Raises FileRefused if it is missing or damaged, also from ``read``."""
        key = str(name).replace("\\", "/").lower()
        if key not in self._parts:
            raise FileRefused("data.workbook-part-missing", {"part": name})
        return cast(IO[bytes], _Part(self, name, self._parts[key]))

    def _check_sizes(self) -> None:
        parts = self.infolist()
        total = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or total > MAX_UNCOMPRESSED:
            raise FileRefused("data.zip-bomb", {"limit": str(MAX_UNCOMPRESSED >> 20)})
        for part in parts:
            if part.flag_bits & 1:
                raise FileRefused("data.workbook-encrypted")
            if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
                raise FileRefused("data.zip-bomb", {"limit": str(MAX_UNCOMPRESSED >> 20)})


class _Part(io.BufferedIOBase):
    """A part as bytes; up to its root element they are looked at before anyone else parses them."""

    def __init__(self, package: Package, part: str, name: str) -> None:
        self._package = package
        self._part = part
        self._prolog: expat.XMLParserType | None = expat.ParserCreate()
        self._prolog.StartDoctypeDeclHandler = _refuse_doctype
        self._prolog.StartElementHandler = self._root
        with damage(part):
            self._stream = zipfile.ZipFile.open(package, name)

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        with damage(self._part):
            try:
                piece = self._stream.read(size)
            except RuntimeError as error:
                raise FileRefused("data.workbook-encrypted") from error
            self._package.left -= len(piece)
            if self._package.left < 0:
                raise FileRefused("data.zip-bomb", {"limit": str(MAX_UNCOMPRESSED >> 20)})
            return piece if self._prolog is None else self._beginning(self._prolog, piece)

    def _beginning(self, prolog: expat.XMLParserType, piece: bytes) -> bytes:
        for strict, usual in _STRICT:
            piece = piece.replace(strict, usual)
        try:
            prolog.Parse(piece, not piece)
        except expat.ExpatError:
            if self._prolog is not None:  # what comes after the root is for the library to find
                raise
        return piece

    def _root(self, *_: object) -> None:
        self._prolog = None


@contextmanager
def damage(part: str) -> Iterator[None]:
    """Whatever goes wrong inside, in whatever library, means that ``part`` is damaged: raises FileRefused."""
    try:
        yield
    except (FileRefused, MemoryError):
        raise
    except RecursionError as error:
        raise FileRefused("data.workbook-nested") from error
    except Exception as error:
        raise FileRefused("data.workbook-damaged", {"part": part}) from error


def elements(part: IO[bytes], *tags: str) -> Iterator[Element]:
    """The elements with one of ``tags``, each with all that is inside, in constant memory.

    Raises FileRefused if they are nested or filled beyond what a spreadsheet program writes, ValueError if the part
    is of another kind, ParseError if it is damaged."""
    above: list[Element] = []
    inside: Element | None = None
    count = 0
    for event, element in iterparse(part, ("start", "end")):
        if event == "start":
            above.append(element)
            count += 1
            if len(above) > MAX_DEPTH or count > MAX_INSIDE:
                raise FileRefused("data.workbook-nested")
            if len(above) == 1 and element.tag.partition("}")[0] != tags[0].partition("}")[0]:
                raise ValueError(element.tag)  # in another namespace nothing would be found, and nobody told
            if inside is None and element.tag in tags:
                inside = element
            continue
        above.pop()
        if inside is not None and inside is element:
            yield inside
            inside = None
        if inside is None and above:
            above[-1].clear()
            count = 0


def _refuse_doctype(*_: object) -> None:
    # Workbooks have none; entities could expand without bound.
    raise FileRefused("data.workbook-doctype")


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
