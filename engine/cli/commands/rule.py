"""``plumbline rule``: everything about one rule."""

from __future__ import annotations

import click

from engine.cli.base import command
from engine.cli.commands.explain import find_rule
from engine.cli.completion import complete_rule
from engine.cli.opening import load_project
from engine.cli.output import style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    rule_id = click.Argument(["rule_id"], metavar=text("metavar.rule", lang), shell_complete=complete_rule)
    return command("rule", lang, run, [rule_id], ("text", "json"))


def run(settings: Settings, rule_id: str) -> None:
    """Clause, condition in words, parameters with their basis, offices, tests, place in the files."""
    from engine.explain.rule_page import rule_json, rule_lines

    policy, loaded = load_project(settings, tests=True)
    id_ = find_rule(policy, rule_id)
    if settings.format == "json":
        write_raw([rule_json(policy, id_, loaded.tests, settings.lang) + "\n"])
    else:
        write(rule_lines(policy, id_, loaded.tests, settings.lang, terminal_width(), style))
