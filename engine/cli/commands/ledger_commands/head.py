"""``plumbline ledger head``: the line to keep elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.files import output_file, write_file
from engine.cli.ledger_options import HELP_KEY, ledger_option, open_ledger
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar=text("metavar.path", lang),
        help=text("option.head-out", lang),
    )
    return command("head", lang, run, [ledger_option(lang), out], help_key=HELP_KEY)


def run(settings: Settings, ledger: Path, out: Path | None) -> None:
    """Prints the line, or writes it to a file."""
    if out is not None:
        output_file(out, [ledger])
    with open_ledger(ledger, read_only=True) as opened:
        said = str(opened.head())
    if out is None:
        click.echo(said)
    else:
        write_file(out, f"{said}\n".encode())
