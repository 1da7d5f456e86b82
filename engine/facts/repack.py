"""A workbook's bytes without the moment at which it was made."""

from __future__ import annotations

import io
import re
import zipfile

#: The earliest moment that a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def repack(content: bytes) -> bytes:
    """The same workbook with fixed times, its parts in order of name after the one that must come first."""
    source = zipfile.ZipFile(io.BytesIO(content))
    target = io.BytesIO()
    names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", data)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return target.getvalue()
