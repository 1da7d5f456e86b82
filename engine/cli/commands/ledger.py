"""``plumbline ledger``: the record of evaluations and decisions."""

from __future__ import annotations

import click

from engine.cli.base import PlumblineGroup
from engine.cli.settings import FORMATS, common_options
from engine.messages import Lang, text

#: In the order of a case: recorded, decided upon, looked at, checked, handed out.
COMMANDS = (
    "show",
    "confirm",
    "object",
    "override",
    "waive",
    "amend",
    "verify",
    "replay",
    "head",
    "export",
)


class LedgerGroup(PlumblineGroup):
    """The group of the ledger's commands; imports one only to run it."""

    names = COMMANDS
    help_key = "help.command.ledger-{name}"

    def module(self, name: str) -> str:
        """Where a command is."""
        return f"engine.cli.commands.ledger_commands.{name}"


def build(lang: Lang) -> click.Command:
    """The group in one language."""
    command: click.Command = LedgerGroup(
        "ledger",
        lang=lang,
        params=[*common_options(lang, FORMATS)],
        help=text("help.command.ledger", lang),
        no_args_is_help=True,
    )
    return command
