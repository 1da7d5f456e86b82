"""The shape of commands: a command's module is imported only when it is run, rich-click only to show help."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

import click

from engine.cli.settings import FORMATS, Settings, common_options, settings_of
from engine.messages import Lang, text

#: In the order in which a newcomer needs them. The module of each has a function ``build(lang)``.
COMMANDS = (
    "init",
    "check",
    "test",
    "template",
    "evaluate",
    "batch",
    "sql",
    "explain",
    "whatif",
    "flip",
    "ask",
    "actions",
    "agenda",
    "timeline",
    "report",
    "assumptions",
    "ledger",
    "rule",
    "schema",
    "completion",
)


class PlumblineCommand(click.Command):
    """A command whose help is rendered by rich, which lines Chinese up."""

    def __init__(self, *args: Any, lang: Lang, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lang = lang

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but with everything that is wrong instead of the first thing."""
        written = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage:
            raise  # without the option's value nothing after it can be read
        except click.UsageError as first:
            raise WrongWords(self._all_wrong(ctx, written) or [first], ctx) from None

    def _all_wrong(self, ctx: click.Context, args: list[str]) -> list[click.UsageError]:
        found: list[click.UsageError] = []
        values, rest, _ = self.make_parser(ctx).parse_args(list(args))
        for param in self.get_params(ctx):
            try:
                _, rest = param.handle_parse_result(ctx, values, rest)
            except click.UsageError as error:
                found.append(error)
        if rest:
            found.append(SpareWords(rest, ctx))
        return found

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` in the language of the rest."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = text("option.help", self.lang)
        return option

    def get_help(self, ctx: click.Context) -> str:
        """The help text; the only place that needs rich."""
        from engine.cli.help import command_help

        return command_help(self, ctx, self.lang)


class PlumblineGroup(click.Group):
    """The group of all commands; knows their names and imports one only to run it."""

    names: Sequence[str] = COMMANDS
    #: The message that helps with a command, by its name.
    help_key = "help.command.{name}"

    def __init__(self, *args: Any, lang: Lang, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lang = lang

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the manual."""
        return list(self.names)

    def module(self, name: str) -> str:
        """Where a command is."""
        return f"engine.cli.commands.{name}"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in self.names:
            return None
        module = importlib.import_module(self.module(cmd_name))
        command: click.Command = module.build(self.lang)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but the names to suggest do not import their commands."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            raise UnknownCommand(args[0], ctx, self.names)
        return (args[0] if command is not None else None), command, args[1:]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` in the language of the rest."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = text("option.help", self.lang)
        return option

    def get_help(self, ctx: click.Context) -> str:
        """The help text; the commands are listed from the message table, without importing them."""
        from engine.cli.help import group_help

        return group_help(self, ctx, self.names, self.help_key, self.lang)


class WrongWords(click.UsageError):
    """All that is wrong with the words of a command line."""

    def __init__(self, errors: Sequence[click.UsageError], ctx: click.Context) -> None:
        super().__init__("", ctx)
        self.errors = tuple(errors)


class SpareWords(click.UsageError):
    """Words after all that the command understands."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        super().__init__(" ".join(words), ctx)
        self.words = tuple(words)


class UnknownCommand(click.UsageError):
    """A command that does not exist."""

    def __init__(self, name: str, ctx: click.Context, names: Sequence[str]) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.names = names


def root(lang: Lang) -> PlumblineGroup:
    """The command ``plumbline`` in one language."""

    def show_version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"plumbline {_version()}")
            ctx.exit()

    version_option = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show_version,
        help=text("option.version", lang),
    )
    return PlumblineGroup(
        "plumbline",
        lang=lang,
        params=[*common_options(lang, FORMATS), version_option],
        help=text("help.plumbline", lang),
        epilog=text("help.exit-codes", lang),
        no_args_is_help=True,
    )


def _version() -> str:
    """The installed version; in a checkout that is not installed, what pyproject.toml says."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("plumbline")
    except PackageNotFoundError:
        import tomllib
        from pathlib import Path

        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def command(
    name: str,
    lang: Lang,
    run: Callable[..., None],
    params: Sequence[click.Parameter] = (),
    formats: Sequence[str] = ("text",),
    epilog: str | None = None,
    help_key: str = "help.command.{name}",
    format_key: str = "option.format",
) -> PlumblineCommand:
    """A command whose ``run`` gets its Settings and then its own parameters by name."""

    def callback(**values: Any) -> None:
        ctx = click.get_current_context()
        settings: Settings = settings_of(ctx, lang, formats)
        if not settings.color:
            ctx.color = False
        run(settings, **values)

    return PlumblineCommand(
        name,
        lang=lang,
        callback=callback,
        params=[*params, *common_options(lang, formats, format_key)],
        help=text(help_key.format(name=name), lang),
        epilog=epilog,
    )
