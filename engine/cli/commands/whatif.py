"""``plumbline whatif``: a unit before and after a change of facts, parameters or date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.one_unit import OpenUnit, open_unit, say_problems, unit_words
from engine.cli.opening import program_at, with_duties
from engine.cli.options import param_option, words_argument
from engine.cli.output import terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import AsOf, as_of_option, parameter_values
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile
    from engine.inference.evaluation import Evaluation


def build(lang: Lang) -> click.Command:
    """The command in one language."""

    def repeated(name: str, key: str) -> click.Option:
        return click.Option(
            [f"--{name}"],
            multiple=True,
            metavar=text(f"metavar.{key}", lang),
            help=text(f"option.whatif-{name}", lang),
        )

    params = [
        words_argument(lang, "metavar.data-unit"),
        as_of_option(lang),
        repeated("set", "set"),
        repeated("add", "add"),
        repeated("remove", "remove"),
        param_option(lang),
        click.Option(["--then-as-of"], type=AsOf(lang), help=text("option.then-as-of", lang)),
    ]
    return command("whatif", lang, run, params, ("text", "json"))


def run(
    settings: Settings,
    words: tuple[str, ...],
    as_of: date,
    set: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    param: tuple[str, ...],
    then_as_of: date | None,
) -> None:
    """Both channels look at both sides."""
    from engine.cli.supposing import changes_given
    from engine.explain.changes import changed
    from engine.explain.head import head_lines
    from engine.explain.say_what_if import what_if_lines, what_if_object
    from engine.explain.what_if import difference

    unit = open_unit(settings, unit_words(words, most=1, form="cli.whatif-form"), as_of, ())
    wrong = exits.Gathered()
    with wrong.step():
        changes = changes_given(unit.policy, unit.sheet, set, add, remove, settings.lang)
    with wrong.step():
        assumed = parameter_values(unit.policy, param, settings.lang)
    wrong.done()
    later = as_of if then_as_of is None else then_as_of
    after_program = program_at(unit.policy, later, assumed)
    before = _looked_at(unit.evaluations(), unit)
    # Supposed values are as fresh as the later look.
    sheet = changed(unit.sheet, changes, later)
    after = _looked_at(unit.evaluations(after_program, sheet), unit)
    found = difference(before, after)
    if settings.format == "json":
        from engine.wording.json_text import dumps

        head = {"unit": {"id": unit.sheet.unit, "name": unit.sheet.name}}
        write_raw([dumps({**head, **what_if_object(found, changes, settings.lang)}, indent=1) + "\n"])
    else:
        write(head_lines(found.before, settings.lang, terminal_width()))
        click.echo("")
        write(what_if_lines(found, changes, settings.lang, terminal_width()))
    say_problems(settings, found.before)


def _looked_at(evaluations: Iterator[Evaluation], unit: OpenUnit) -> Evaluation | CaseFile:
    from engine.duties.nouns import CaseFile

    evaluation = next(evaluations)
    if evaluation.failure is not None:
        unit.refuse(evaluation)
    (found,) = with_duties(evaluation.program, [evaluation], unit.engine)
    if isinstance(found, CaseFile) and found.measured is not None and found.measured.failure is not None:
        unit.refuse(found.measured)
    return found
