"""``plumbline flip``: the smallest change of facts that gives the other verdict."""

from __future__ import annotations

from datetime import date

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.one_unit import find_verdict, open_unit, say_problems, unit_object, unit_words
from engine.cli.options import param_option, words_argument
from engine.cli.output import terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option
from engine.messages import Lang


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        words_argument(lang, "metavar.data-unit-verdict"),
        as_of_option(lang),
        param_option(lang),
    ]
    return command("flip", lang, run, params, ("text", "json"))


def run(settings: Settings, words: tuple[str, ...], as_of: date, param: tuple[str, ...]) -> None:
    """Exits with 0 also where no change of facts leads there: that is an answer."""
    from engine.explain.flip import flip
    from engine.explain.head import head_lines
    from engine.explain.say_flip import flip_lines, flip_object

    asked = unit_words(words, most=2, form="cli.flip-form")
    unit = open_unit(settings, asked, as_of, param)
    subject, wanted = find_verdict(unit.policy, asked.more)
    evaluation = unit.evaluation()
    if evaluation.classification == "out_of_scope":
        raise exits.CommandError("cli.out-of-scope", found=unit.sheet.name)
    found = flip(evaluation, subject, wanted)
    if settings.format == "json":
        from engine.wording.json_text import dumps

        write_raw([dumps({**unit_object(evaluation), **flip_object(found)}, indent=1) + "\n"])
    else:
        write(head_lines(evaluation, settings.lang, terminal_width()))
        click.echo("")
        write(flip_lines(found, settings.lang, terminal_width()))
    say_problems(settings, evaluation)
