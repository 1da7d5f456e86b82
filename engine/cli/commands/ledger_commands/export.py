"""``plumbline ledger export``: the ledger as text files that anybody can check."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.ledger_options import HELP_KEY, ledger_option, open_ledger
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["folder"], type=click.Path(path_type=Path), metavar=text("metavar.folder", lang)),
        ledger_option(lang),
    ]
    return command("export", lang, run, params, help_key=HELP_KEY)


def run(settings: Settings, folder: Path, ledger: Path) -> None:
    """Writes a new folder, complete or not at all."""
    from engine.ledger.export import export

    with open_ledger(ledger, read_only=True) as opened:
        head = export(opened, folder)
    click.echo(text("ledger.exported", settings.lang, folder=folder, count=head.count, head=head.digests))
