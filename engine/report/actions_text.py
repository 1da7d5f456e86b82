"""Actions as tables for a terminal, a heading for each post, office or unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from engine.messages import Lang, text
from engine.report.action_groups import ActionGroup, By
from engine.report.action_rows import (
    STATES,
    ActionRow,
    due_words,
    holder_words,
    name_words,
)
from engine.report.results_text import Style, plain_style
from engine.report.run import Run
from engine.wording.columns import table, wrap
from engine.wording.duties import state_word
from engine.wording.words import COMMA, date_words, short_digest

_URGENCY = {state: i for i, state in enumerate(STATES)}
_STATE_COLUMN = 1


def urgency(row: ActionRow) -> tuple[int, date]:
    """What is overdue first, then by day; what has no day comes after what has one."""
    return _URGENCY[row.action.state], row.action.due or date.max


def actions_lines(
    run: Run,
    rows: Sequence[ActionRow],
    grouped: Sequence[ActionGroup],
    by: By,
    lang: Lang,
    width: int,
    style: Style = plain_style,
) -> Iterator[str]:
    """Lines without line ends, none wider than ``width`` columns. An action that two hold stands under both."""
    yield from head_lines(run, "actions.head", lang, width)
    for group in grouped:
        yield ""
        yield from _group(group, by, lang, width, style)
    yield ""
    yield from wrap(closing_words(run, rows, lang), width)


def head_lines(run: Run, key: str, lang: Lang, width: int, **more: object) -> list[str]:
    """Which plan, which day, which version of the rules."""
    policy = run.program.policy
    said = text(
        key,
        lang,
        title=policy.title[lang],
        as_of=date_words(run.program.as_of, lang),
        digest=short_digest(policy),
        **more,
    )
    return wrap(said, width)


def closing_words(run: Run, rows: Sequence[ActionRow], lang: Lang) -> str:
    """How many actions are in each state, each counted once, and which channels computed them."""
    counted = Counter(row.action.state for row in rows)
    counts = COMMA[lang].join(
        text("actions.count", lang, name=state_word(state, lang), n=counted[state])
        for state in STATES
        if counted[state]
    )
    engine = text(f"engine.{run.engine}", lang)
    if not rows:
        return text("actions.none", lang, engine=engine)
    return text("actions.closing", lang, n=len(rows), counts=counts, engine=engine)


def _group(group: ActionGroup, by: By, lang: Lang, width: int, style: Style) -> Iterator[str]:
    rows = sorted(group.rows, key=urgency)
    heading = text("actions.heading", lang, name=group.heading, n=len(rows))
    yield from (style("head", line) for line in wrap(heading, width))
    # Under a post the units differ; under a unit, or where no post is known, those who have to act do.
    showing_holder = by == "unit" or group.holder is None
    columns = ["due", "state", *([] if by == "unit" else ["unit"]), *(["holder"] if showing_holder else [])]
    columns += ["what", "clause"]
    cells = [[_cell(row, column, lang) for column in columns] for row in rows]

    def paint(line: int, column: int, shown: str) -> str:
        if line < 0:
            return style("head", shown)
        return style(rows[line].action.state, shown) if column == _STATE_COLUMN else shown

    yield from table([text(f"actions.column.{name}", lang) for name in columns], cells, width, paint)


def _cell(row: ActionRow, column: str, lang: Lang) -> str:
    action = row.action
    if column == "due":
        return due_words(action, lang)
    if column == "state":
        return state_word(row.action.state, lang)
    if column == "unit":
        return row.unit
    if column == "holder":
        return holder_words(row.case.program.policy, action.holders, lang)
    if column == "what":
        said = name_words(row, lang)
        missing = len(action.missing) if action.state == "unknown" else 0
        return text("actions.missing", lang, name=said, n=missing) if missing else said
    return action.clause
