"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.completion import complete_explain, complete_parameter, complete_unit
from engine.messages import Lang, text


def data_argument(lang: Lang) -> click.Argument:
    """``DATA…``: files and folders with fact sheets."""
    return click.Argument(
        ["data"],
        nargs=-1,
        required=True,
        type=click.Path(path_type=Path),
        metavar=text("metavar.data", lang),
    )


def param_option(lang: Lang) -> click.Option:
    """``--param NAME=VALUE``, may be repeated."""
    return click.Option(
        ["--param"],
        multiple=True,
        metavar=text("metavar.param", lang),
        help=text("option.param", lang),
        shell_complete=complete_parameter,
    )


def unit_option(lang: Lang) -> click.Option:
    """``--unit UNIT``, by id or name, may be repeated."""
    return click.Option(
        ["--unit"],
        multiple=True,
        metavar=text("metavar.unit", lang),
        help=text("option.unit", lang),
        shell_complete=complete_unit,
    )


def words_argument(lang: Lang, metavar: str) -> click.Argument:
    """``DATA… UNIT [MORE]`` for ``one_unit.unit_words``; ``metavar`` names the message that shows the form."""
    return click.Argument(
        ["words"],
        nargs=-1,
        required=True,
        metavar=text(metavar, lang),
        shell_complete=complete_explain,
    )
