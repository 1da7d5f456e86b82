"""Text in columns for terminals: wrapping and tables by display width, so that Chinese lines up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.diagnostics import display_width

#: Characters that must not begin a line.
_CLOSING = "，。、；：！？）】》”’,.;:!?)]}…"
#: Characters that must not end one.
_OPENING = "（《【“‘([{"
_GAP = 2
_NARROWEST = 4


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns; breaks at spaces and at wide characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, max(width, 2)))
    return lines


def _wrap_paragraph(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        size = display_width(piece)
        if used + size > width and line.strip():
            if piece == " ":
                lines.append(line.rstrip())
                line, used = "", 0
                continue
            lines.append(line.rstrip())
            line, used = "", 0
        while size > width:  # a word longer than a line is cut
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
            size = display_width(piece)
        if piece == " " and not line:
            continue
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    """Words, spaces and single wide characters; brackets and marks stay with what they open or close."""
    pieces: list[str] = []
    for char in text:
        before = pieces[-1][-1] if pieces and pieces[-1] != " " else ""
        word = before and char != " " and display_width(before) < 2 and display_width(char) < 2
        if before and char != " " and (word or char in _CLOSING or before in _OPENING):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _head(text: str, width: int) -> str:
    used = 0
    for i, char in enumerate(text):
        used += display_width(char)
        if used > width:
            return text[: max(i, 1)]
    return text


def pad(text: str, width: int) -> str:
    """``text`` followed by spaces up to ``width`` columns."""
    return text + " " * (width - display_width(text))


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    style: Callable[[int, int, str], str] = lambda row, column, text: text,
) -> list[str]:
    """Lines of a table no wider than ``width`` columns; cells that do not fit are wrapped.

    ``style(row, column, text)`` may put escape sequences around a padded piece of a cell; the head is row -1.
    """
    widths = _widths([head, *rows], width)
    lines = _row_lines(-1, head, widths, style)
    lines.append((" " * _GAP).join("-" * w for w in widths))
    for i, row in enumerate(rows):
        lines.extend(_row_lines(i, row, widths, style))
    return lines


def _row_lines(
    number: int, row: Sequence[str], widths: Sequence[int], style: Callable[[int, int, str], str]
) -> list[str]:
    cells = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for i in range(max(len(cell) for cell in cells)):
        parts = [cell[i] if i < len(cell) else "" for cell in cells]
        last = max((j for j, part in enumerate(parts) if part), default=0)
        shown = [
            style(number, j, part if j == last else pad(part, width))
            for j, (part, width) in enumerate(zip(parts, widths, strict=True))
            if j <= last
        ]
        lines.append((" " * _GAP).join(shown))
    return lines


def _widths(rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Natural widths; while they do not fit, the widest column gives way, words being cut only at the last."""
    columns = list(zip(*rows, strict=True))
    widths = [max(2, *(display_width(cell) for cell in column)) for column in columns]
    words = [
        max(display_width(piece) for cell in column for piece in _pieces(cell) or [""]) for column in columns
    ]
    for floors in (words, [_NARROWEST] * len(widths)):
        while sum(widths) + _GAP * (len(widths) - 1) > total:
            spare = [width if width > floor else 0 for width, floor in zip(widths, floors, strict=True)]
            if not any(spare):
                break
            widths[spare.index(max(spare))] -= 1
    return widths
