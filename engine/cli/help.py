"""Help as rich-click renders it. Imported only when help is shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from engine.messages import Lang, text


def _tell_version() -> None:
    """Give click its version, which rich-click asks for: click would import importlib.metadata to find out,
    an eighth of the time that showing help takes."""
    found = list(Path(click.__file__).parent.parent.glob("click-*.dist-info"))
    if len(found) == 1 and "__version__" not in vars(click):
        vars(click)["__version__"] = found[0].name.removeprefix("click-").removesuffix(".dist-info")


_tell_version()

from rich_click.rich_command import RichCommand, RichGroup  # noqa: E402
from rich_click.rich_context import RichContext  # noqa: E402


def command_help(command: click.Command, ctx: click.Context, lang: Lang) -> str:
    """The help of one command."""
    twin = _Command(name=command.name, params=_params(command, ctx), help=command.help, epilog=command.epilog)
    return _rendered(twin, ctx, lang)


def group_help(group: click.Group, ctx: click.Context, names: Sequence[str], key: str, lang: Lang) -> str:
    """The help of the group with a line for each command; ``key``: of the message for one, by its name."""
    commands: dict[str, click.Command] = {name: RichCommand(name=name) for name in names}
    for name, command in commands.items():
        command.help = text(key.format(name=name), lang).split("\n")[0]
    twin = _Group(
        name=group.name, commands=commands, params=_params(group, ctx), help=group.help, epilog=group.epilog
    )
    twin.list_commands = lambda ctx: list(names)  # type: ignore[method-assign]
    return _rendered(twin, ctx, lang)


def _params(command: click.Command, ctx: click.Context) -> list[click.Parameter]:
    return command.get_params(ctx)


class _Usage:
    """The usage line with its word in the language of the rest."""

    word = ""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=self.word)


class _Command(_Usage, RichCommand):
    pass


class _Group(_Usage, RichGroup):  # type: ignore[misc]
    pass


def _rendered(twin: Any, ctx: click.Context, lang: Lang) -> str:
    plain = ctx.color is False or bool(os.environ.get("NO_COLOR"))
    config = {
        "theme": "default-slim",
        "color_system": None if plain else "auto",
        "arguments_panel_title": text("help.arguments", lang),
        "options_panel_title": text("help.options", lang),
        "commands_panel_title": text("help.commands", lang),
        "max_width": 80,
        "text_markup": None,
        "show_arguments": True,
        "commands_before_options": True,
        "required_short_string": "*",
        "required_long_string": text("help.required", lang),
    }
    twin.add_help_option = False
    twin.word = text("help.usage", lang)
    twin.options_metavar = text("metavar.options", lang)
    if isinstance(twin, RichGroup):
        twin.subcommand_metavar = text("metavar.command", lang)
    rich_ctx = RichContext(twin, info_name=ctx.command_path, rich_help_config=config)
    lines = str(twin.get_help(rich_ctx)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
