"""``plumbline assumptions``: everything that is an interpretation, and what it touches."""

from __future__ import annotations

from datetime import date

import click

from engine.cli.base import command
from engine.cli.opening import load_project
from engine.cli.output import style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import AsOf
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    as_of = click.Option(["--as-of"], type=AsOf(lang), help=text("option.assumptions-as-of", lang))
    return command("assumptions", lang, run, [as_of], ("text", "json"))


def run(settings: Settings, as_of: date | None) -> None:
    """Values, reasons, clauses, and the rules, duties and measures that would come out otherwise."""
    from engine.report.assumptions import assumptions_json, assumptions_lines

    policy, _ = load_project(settings)
    if settings.format == "json":
        write_raw([assumptions_json(policy, as_of, settings.lang) + "\n"])
    else:
        write(assumptions_lines(policy, as_of, settings.lang, terminal_width(), style))
