"""The workbook that an office fills in: one row a unit on the first sheet, one sheet for each register.

The same policy gives the same bytes, so that a changed template means a changed policy.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.facts.headings import (
    HAS_ROWS,
    NO_ROWS,
    NOTES_SHEET,
    REGISTER_COLUMNS,
    STATUS_SUFFIX,
    UNIT_COLUMNS,
    UNITS_SHEET,
    Role,
    sheet_title,
)
from engine.facts.repack import repack
from engine.facts.template_notes import Notes
from engine.facts.template_sheet import Column, add_lists, add_sheet, write
from engine.messages import Lang, text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from engine.project.policy import Policy


def write_template(
    policy: Policy,
    path: Path,
    lang: Lang = "zh",
    units: Iterable[tuple[str, str, str]] = (),
    *,
    force: bool = False,
) -> None:
    """Write an empty workbook for ``policy`` to ``path``, complete or not at all.

    Args:
        policy: its facts and registers become columns, in the vocabulary's order.
        path: where to write; the folder must exist.
        lang: the language of headings and notes. Either is read back.
        units: (id, name, kind) of units to fill in already.
        force: replace a file that is there.

    Raises:
        FileExistsError: ``path`` exists and ``force`` is not given.
        OSError: the file cannot be written.
    """
    if path.exists() and not force:
        raise FileExistsError(path)
    content = repack(_bytes(_build(policy, lang, tuple(units))))
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(beside, 0o644)
        if force:
            os.replace(beside, path)
        else:
            _publish(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _publish(beside: str, path: Path) -> None:
    """Give the finished file its name. A link refuses, unlike a rename, if the name has been taken meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # memory sticks and some shares have no links
        if path.exists():
            raise FileExistsError(path) from None
        os.replace(beside, path)


def _build(policy: Policy, lang: Lang, units: tuple[tuple[str, str, str], ...]) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    notes = Notes(policy, lang)
    place = 0 if lang == "zh" else 1
    guide = book.create_sheet(NOTES_SHEET[place])
    lists = add_lists(guide, policy, lang)
    columns = [_fixed(role, notes, lang, lists.get(role)) for role in UNIT_COLUMNS]
    columns += [
        Column(notes.heading(fact), notes.fact(fact), lists.get(f"fact {fact.id}"), fact.type)
        for fact in policy.facts.values()
    ]
    columns += [
        Column(register.name[lang] + STATUS_SUFFIX[place], notes.status(register), lists["status"])
        for register in policy.registers.values()
    ]
    add_sheet(book, UNITS_SHEET[place], columns, units, frozen=2)
    for register in policy.registers.values():
        inside = [_fixed(role, notes, lang, None) for role in REGISTER_COLUMNS]
        own = [
            Column(notes.heading(c), notes.column(register, c), lists.get(f"{register.id} {c.id}"), c.type)
            for c in register.columns.values()
        ]
        add_sheet(book, sheet_title(register.name[lang]), [inside[0], *own, *inside[1:]], (), frozen=1)
    guide.column_dimensions["A"].width = 100
    for row, line in enumerate(_guide(policy, lang), start=1):
        write(guide.cell(row, 1), line)
    book.move_sheet(guide, offset=len(book.sheetnames))
    return book


def _fixed(role: Role, notes: Notes, lang: Lang, choices: str | None) -> Column:
    zh, en, _ = UNIT_COLUMNS[role]
    heading = zh if lang == "zh" else en
    return Column(heading, notes.fixed(role), choices, "date" if role == "observed" else "text")


def _guide(policy: Policy, lang: Lang) -> list[str]:
    place = 0 if lang == "zh" else 1
    params = {"title": policy.title[lang], "has": HAS_ROWS[place], "none": NO_ROWS[place]}
    return [text(f"template.guide-{i}", lang, **params) for i in range(1, 8)]


def _bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
