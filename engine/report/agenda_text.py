"""An agenda for a terminal or a printer: a heading for each kind of work, then the units."""

from __future__ import annotations

from collections.abc import Iterator

from engine.messages import Lang, text
from engine.report.action_rows import ActionRow, due_words, name_words
from engine.report.actions_text import closing_words, head_lines
from engine.report.agenda import AgendaPart, last_day
from engine.report.results_text import Style, plain_style
from engine.report.run import Run
from engine.wording.columns import table, wrap
from engine.wording.duties import state_word
from engine.wording.words import date_words

_COLUMNS = ("unit", "due", "state", "what", "clause")
_STATE_COLUMN = 2


def agenda_lines(
    run: Run,
    parts: tuple[AgendaPart, ...],
    holder: str,
    days: int,
    lang: Lang,
    width: int,
    style: Style = plain_style,
) -> Iterator[str]:
    """Lines without line ends, none wider than ``width`` columns. ``holder``: the name in ``lang``."""
    until = date_words(last_day(run.program.as_of, days), lang)
    yield from head_lines(run, "agenda.head", lang, width, holder=holder, until=until)
    rows = [row for part in parts for unit in part.units for row in unit.rows]
    for part in parts:
        yield ""
        yield from _part(part, lang, width, style)
    if not parts:
        yield ""
        yield from wrap(text("agenda.nothing", lang), width)
    yield ""
    yield from wrap(closing_words(run, rows, lang), width)


def _part(part: AgendaPart, lang: Lang, width: int, style: Style) -> Iterator[str]:
    rows = [row for unit in part.units for row in unit.rows]
    heading = text("actions.heading", lang, name=text(f"agenda.work.{part.work}", lang), n=len(rows))
    yield from (style("head", line) for line in wrap(heading, width))
    cells = [
        # A unit's name stands once, above what it needs.
        [unit.unit if i == 0 else "", *_cells(row, lang)]
        for unit in part.units
        for i, row in enumerate(unit.rows)
    ]

    def paint(line: int, column: int, shown: str) -> str:
        if line < 0:
            return style("head", shown)
        return style(rows[line].action.state, shown) if column == _STATE_COLUMN else shown

    yield from table([text(f"actions.column.{name}", lang) for name in _COLUMNS], cells, width, paint)


def _cells(row: ActionRow, lang: Lang) -> list[str]:
    said = name_words(row, lang)
    if row.begins is not None:
        said = text("agenda.begins", lang, name=said, day=date_words(row.begins, lang))
    missing = len(row.action.missing) if row.action.state == "unknown" else 0
    if missing:
        said = text("actions.missing", lang, name=said, n=missing)
    return [due_words(row.action, lang), state_word(row.action.state, lang), said, row.action.clause]
