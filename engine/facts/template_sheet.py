"""One sheet of the template: headings with notes, drop-downs, frozen panes, widths that show the headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.diagnostics import display_width
from engine.facts.cells import column_name
from engine.facts.headings import HAS_ROWS, NO_ROWS
from engine.messages import Lang

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from engine.project.policy import Policy

#: Rows that drop-downs and formats reach.
ROWS = 1000
#: Longer lists cannot stand in the rule itself and go to columns of the last sheet.
INLINE_LIMIT = 255
_FIRST_LIST_COLUMN = 3
_YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A heading, its note, the range of the cells that its drop-down offers, and its fact's type."""

    heading: str
    note: str
    choices: str | None = None
    type: str = "text"


@dataclass
class Lists:
    """The choices of the drop-downs, under names, as the source of a validation rule."""

    sheet: Worksheet
    sources: dict[str, str] = field(default_factory=dict)
    _columns: int = 0

    def __getitem__(self, name: str) -> str:
        return self.sources[name]

    def get(self, name: str) -> str | None:
        """The source of that name, if there is one."""
        return self.sources.get(name)

    def add(self, name: str, values: Sequence[str]) -> None:
        """Name a list of choices."""
        joined = ",".join(values)
        if len(joined) <= INLINE_LIMIT and not any(sign in value for value in values for sign in ',"'):
            self.sources[name] = f'"{joined}"'
            return
        letter = column_name(_FIRST_LIST_COLUMN + self._columns)
        self._columns += 1
        for row, value in enumerate(values, start=1):
            write(self.sheet[f"{letter}{row}"], value)
        self.sheet.column_dimensions[letter].hidden = True
        self.sources[name] = f"'{self.sheet.title}'!${letter}$1:${letter}${len(values)}"


def add_lists(sheet: Worksheet, policy: Policy, lang: Lang) -> Lists:
    """The choices of every drop-down; those that need cells get them on ``sheet``."""
    lists = Lists(sheet)
    place = 0 if lang == "zh" else 1
    kinds = [kind.id if lang == "zh" else kind.name.en for kind in policy.kinds.values()]
    offices = [office.id if lang == "zh" else office.name.en for office in policy.offices.values()]
    lists.add("kind", kinds)
    lists.add("by", offices)
    lists.add("status", (HAS_ROWS[place], NO_ROWS[place]))
    tables = [("fact", policy.facts), *((r.id, r.columns) for r in policy.registers.values())]
    for prefix, facts in tables:
        for fact in facts.values():
            if fact.type == "boolean":
                lists.add(f"{prefix} {fact.id}", _YES_NO[lang])
            elif fact.type == "choice":
                lists.add(f"{prefix} {fact.id}", [c.value if lang == "zh" else c.en for c in fact.choices])
    return lists


def add_sheet(
    book: Workbook, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, frozen: int
) -> None:
    """A sheet with headings and ``rows``; the first row and ``frozen`` columns stay in view."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = book.active if book.active is not None and book.active.title == "Sheet" else book.create_sheet()
    assert sheet is not None
    sheet.title = title
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number)
        write(cell, column.heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        lines = column.note.split("\n")
        height = 24 + 18 * sum(1 + display_width(line) // 44 for line in lines)
        cell.comment = Comment(column.note, "plumbline", height=height, width=320)
        letter = column_name(number)
        sheet.column_dimensions[letter].width = min(max(display_width(column.heading) / 2 + 4, 12), 24)
        _validate(sheet, column, f"{letter}2:{letter}{ROWS + 1}")
        if column.type == "date":
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
            for row in range(2, 2 + len(rows)):
                sheet.cell(row, number).number_format = "yyyy-mm-dd"
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = f"{column_name(frozen + 1)}2"
    for number, values in enumerate(rows, start=2):
        for place, value in enumerate(values, start=1):
            write(sheet.cell(number, place), value)


def write(cell: Cell | MergedCell, value: str) -> None:
    """Write a text that no spreadsheet program takes for a formula."""
    cell.value = value
    cell.data_type = "s"
    if value.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True


def _validate(sheet: Worksheet, column: Column, area: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices is not None:
        rule = DataValidation(type="list", formula1=column.choices, allow_blank=True)
    elif column.type == "date":
        # From 1900-01-02 on: any day that the program itself takes for a date.
        rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
    else:
        return
    # A warning and not a ban: a value such as 不详 is better than a false one.
    rule.errorStyle = "warning"
    rule.add(area)
    sheet.add_data_validation(rule)
