"""``plumbline agenda``: what one post or office has to do in the coming days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.completion import complete_post
from engine.cli.days import Days
from engine.cli.follow_up import find_holder, finish, follow_up, open_policy
from engine.cli.options import data_argument, param_option
from engine.cli.output import style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["post"], metavar=text("metavar.post", lang), shell_complete=complete_post),
        data_argument(lang),
        as_of_option(lang),
        click.Option(
            ["--days"],
            type=Days(lang),
            default=30,
            help=text("option.days", lang),
        ),
        param_option(lang),
    ]
    return command("agenda", lang, run, params, ("text", "json"))


def run(
    settings: Settings, post: str, data: tuple[Path, ...], as_of: date, days: int, param: tuple[str, ...]
) -> None:
    """Duties that begin within the days are looked at too: they may fall due within them."""
    from engine.report.action_rows import named
    from engine.report.agenda import agenda, agenda_rows, last_day

    policy = open_policy(settings)
    holder = find_holder(policy, post)
    made = follow_up(settings, policy, data, as_of, param, soon=days, horizon=last_day(as_of, days))
    parts = agenda(row for case, actions in made.cases for row in agenda_rows(case, actions, holder, days))
    if settings.format == "json":
        from engine.report.agenda_json import agenda_json

        write_raw([agenda_json(made.run, parts, holder, days)])
    else:
        from engine.report.agenda_text import agenda_lines

        shown = named({**policy.offices, **policy.posts}, holder, settings.lang)
        write(agenda_lines(made.run, parts, shown, days, settings.lang, terminal_width(), style))
    finish(settings, made)
