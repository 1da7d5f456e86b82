"""``plumbline template``: an empty workbook for a project's facts and registers."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.opening import load_project
from engine.cli.output import note
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    out = click.Argument(["out"], type=click.Path(path_type=Path), metavar=text("metavar.workbook", lang))
    return command("template", lang, run, [out])


def run(settings: Settings, out: Path) -> None:
    """Never overwrites: a filled-in workbook may be in the way."""
    if out.suffix.lower() != ".xlsx":
        raise exits.CommandError("cli.not-xlsx", found=out)
    if out.exists():
        raise exits.CommandError("cli.file-exists", file=out)
    if not out.resolve().parent.is_dir():
        raise exits.CommandError("cli.no-such-folder", folder=out.resolve().parent)
    policy, _ = load_project(settings)
    from engine.facts import write_template

    write_template(policy, out, settings.lang)
    note(settings, "cli.template-written", file=out)
