"""A sheet before it is written: its headings with their widths, and its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

#: A text, a number, a day, or nothing.
Value: TypeAlias = str | int | date | None


class Styled(NamedTuple):
    """A value with the name of its style: a status, or a verdict."""

    value: Value
    style: str


Cell: TypeAlias = Value | Styled


class Column(NamedTuple):
    """A heading and the column's width in half-width characters."""

    heading: str
    width: int


class Page(NamedTuple):
    """A sheet. ``rows`` may be an iterator: they are written as they come."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
