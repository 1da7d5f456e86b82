"""``plumbline init``: a new project, empty or as a copy of the built-in plan."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.output import note
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["folder"], type=click.Path(path_type=Path), metavar=text("metavar.folder", lang)),
        click.Option(["--empty"], is_flag=True, help=text("option.empty", lang)),
    ]
    return command("init", lang, run, params)


def run(settings: Settings, folder: Path, empty: bool) -> None:
    """Refuses a folder that has anything in it."""
    from engine.cli.new_project import create

    create(folder, empty=empty)
    note(settings, "cli.init-empty-done" if empty else "cli.init-done", folder=folder)
