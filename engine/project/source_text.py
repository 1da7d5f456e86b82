"""The official text, where an office has put it at ``policy/source.txt``, and the passages that locators find.

A locator is a path of headings, `三（二）1` being numbered item 1 in item （二） of part 三, and optionally the first
and last words of a passage inside it: `三（一） 整顿目标…四清楚`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.project.reporting import Reporter

_DIGITS = "一二三四五六七八九十"
_PART = re.compile(rf"^\s*([{_DIGITS}]+)、", re.MULTILINE)
_ITEM = re.compile(rf"^\s*（([{_DIGITS}]+)）", re.MULTILINE)
_NUMBER = re.compile(r"^\s*([0-9０-９]+)[．.、]", re.MULTILINE)
_LOCATOR = re.compile(rf"([{_DIGITS}]+)(?:（([{_DIGITS}]+)）)?(?:([0-9]+))?(?:\s+(.+?)(?:…(.+))?)?")
_MAX_BYTES = 5_000_000


@dataclass(frozen=True)
class SourceText:
    """The text of the plan."""

    text: str

    def passage(self, locator: str) -> str | None:
        """The passage that ``locator`` finds, without white space at its ends; None if there is none."""
        found = _LOCATOR.fullmatch(locator.strip())
        if found is None:
            return None
        part, item, number, first, last = found.groups()
        section: str | None = self.text
        for pattern, wanted in ((_PART, part), (_ITEM, item), (_NUMBER, number)):
            if wanted is not None and section is not None:
                section = _section(section, pattern, wanted)
        if section is None or first is None:
            return section
        start = section.find(first)
        end = section.find(last, start) + len(last) if last is not None else start + len(first)
        if start < 0 or (last is not None and section.find(last, start) < 0):
            return None
        return section[start:end].strip()


def _section(text: str, heading: re.Pattern[str], wanted: str) -> str | None:
    marks = list(heading.finditer(text))
    for i, mark in enumerate(marks):
        if mark[1].translate(_NARROW) == wanted:
            end = marks[i + 1].start() if i + 1 < len(marks) else len(text)
            return text[mark.start() : end].strip()
    return None


_NARROW = {ord("０") + i: str(i) for i in range(10)}


def read_source(path: Path, report: Reporter) -> SourceText | None:
    """The official text, in UTF-8 or GB18030; None where the office has not put one there."""
    if not path.is_file():
        return None
    name = "/".join(path.parts[-2:])
    if path.stat().st_size > _MAX_BYTES:
        report.in_file(name, "source-too-large")
        return None
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return SourceText(data.decode(encoding).replace("\r\n", "\n"))
        except UnicodeDecodeError:
            continue
    report.in_file(name, "source-not-text")
    return None
