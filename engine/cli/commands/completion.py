"""``plumbline completion``: the script that makes a shell complete commands, units, rules and parameters."""

from __future__ import annotations

import click

from engine.cli.base import command, root
from engine.cli.output import write
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    shell = click.Argument(["shell"], type=click.Choice(["bash", "zsh", "fish"]))
    return command("completion", lang, run, [shell], epilog=text("help.completion-epilog", lang))


def run(settings: Settings, shell: str) -> None:
    """Prints the script; the shell calls ``plumbline`` back through the variable ``_PLUMBLINE_COMPLETE``."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    kinds = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    script = kinds[shell](root(settings.lang), {}, "plumbline", "_PLUMBLINE_COMPLETE")
    # The script alone; click's own `source` starts bash once more to ask for its version.
    write([script.source_template % script.source_vars()])
