"""``plumbline schema``: JSON Schemas for an editor, from the models and this project's vocabulary."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.opening import project_root
from engine.cli.output import note
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path, file_okay=False),
        metavar=text("metavar.folder", lang),
        help=text("option.schema-out", lang),
    )
    return command("schema", lang, run, [out])


def run(settings: Settings, out: Path | None) -> None:
    """Works for a project with errors too: that is when an editor's help is needed most."""
    from engine.project.schema import write_schemas

    root = project_root(settings)
    folder = out if out is not None else root / ".schema"
    write_schemas(root, folder)
    note(settings, "cli.schema-written", folder=folder)
