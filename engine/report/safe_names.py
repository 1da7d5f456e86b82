"""Names for files that every system accepts, the same each time for the same thing."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from engine.wording.one_line import one_line

#: What Windows refuses in a name; see Microsoft's "Naming Files, Paths, and Namespaces".
_REFUSED = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
#: Linux counts bytes up to 255; three a Chinese character, with room for a mark and the ending.
_LONGEST = 180


def safe_name(*parts: str, mark: str = "") -> str:
    """The parts joined by hyphens, without what a file system refuses; no ending.

    ``mark``: what tells two things of the same parts apart; eight digits of its digest end the name. Without it a
    name gets such digits only where it had to be changed, or where a system that takes ``A`` for ``a``, or one way
    to write ``é`` for the other, might meet it twice: two names cannot become one.
    """
    wanted = "-".join(part for part in map(one_line, parts) if part)
    name = _REFUSED.sub("_", wanted).strip(" .")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    name = _cut(name) or "_"
    if mark or name != "-".join(parts) or name != unicodedata.normalize("NFC", name).casefold():
        name += "-" + hashlib.sha256((mark or "\0".join(parts)).encode("utf-8", "replace")).hexdigest()[:8]
    return name


def _cut(name: str) -> str:
    return name.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").rstrip(" .")
