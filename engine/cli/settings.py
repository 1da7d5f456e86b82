"""The options that every command understands, before its name or after it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from engine.messages import Lang, text

FORMATS = ("text", "json", "jsonl", "csv", "github", "mermaid", "ics", "docx", "svg", "html", "parquet")
_META = "plumbline."


@dataclass(frozen=True)
class Settings:
    """The values of the common options. ``project`` None: look for one from the working folder upwards."""

    lang: Lang
    project: Path | None
    format: str
    quiet: bool
    color: bool


def common_options(
    lang: Lang, formats: Sequence[str], format_key: str = "option.format"
) -> list[click.Option]:
    """The common options; each keeps its value in the context, so that the last one given wins."""

    def keep(ctx: click.Context, option: click.Parameter, value: Any) -> None:
        if value is not None and value is not False:
            ctx.meta[_META + str(option.name)] = value

    def option(*names: str, help_key: str, help_values: Any = (), **more: Any) -> click.Option:
        shown = text(help_key, lang, **dict(help_values))
        return click.Option(names, help=shown, expose_value=False, callback=keep, **more)

    return [
        option(
            "--project",
            help_key="option.project",
            metavar=text("metavar.folder", lang),
            type=click.Path(path_type=Path),
        ),
        option("--lang", help_key="option.lang", type=click.Choice(["zh", "en"])),
        option(
            "--format",
            "format_",
            help_key=format_key,
            help_values={"formats": ", ".join(formats)},
            metavar=text("metavar.format", lang),
            type=click.Choice(list(formats)),
        ),
        option("--quiet", "-q", help_key="option.quiet", is_flag=True),
        option("--no-color", "no_color", help_key="option.no-color", is_flag=True),
    ]


def settings_of(ctx: click.Context, lang: Lang, formats: Sequence[str]) -> Settings:
    """The settings of a command that can print ``formats``, the first by default.

    Raises click.UsageError for a format, given before the command's name, that the command does not have.
    """
    format_ = ctx.meta.get(_META + "format_", formats[0])
    if format_ not in formats:
        choices = ", ".join(f"`{name}`" for name in formats)
        raise click.UsageError(
            text("cli.format-not-here", lang, found=format_, choices=choices, command=ctx.info_name), ctx
        )
    # https://no-color.org: any value but the empty one
    plain = ctx.meta.get(_META + "no_color", False) or bool(os.environ.get("NO_COLOR"))
    return Settings(
        lang=lang,
        project=ctx.meta.get(_META + "project"),
        format=format_,
        quiet=ctx.meta.get(_META + "quiet", False),
        color=not plain,
    )
