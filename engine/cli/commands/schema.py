"""``plumbline schema``: JSON Schemas for an editor, from the models and this project's vocabulary."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.opening import load_project, project_root
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
    """Needs a project that loads: the names that an editor completes are those of its vocabulary."""
    from engine.project.schema import FOLDER, write_schemas

    policy, _ = load_project(settings)
    folder = out if out is not None else project_root(settings) / FOLDER
    write_schemas(policy, folder)
    note(settings, "cli.schema-written", folder=folder)
