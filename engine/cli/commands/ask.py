"""``plumbline ask``: which unknown fact to find out next, as a list or as questions in the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.files import output_file, write_file
from engine.cli.one_unit import OpenUnit, find_verdict, open_unit, say_problems, unit_object, unit_words
from engine.cli.options import param_option, words_argument
from engine.cli.output import note, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.explain.changes import Change
    from engine.inference.evaluation import Evaluation


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        words_argument(lang, "metavar.data-unit-verdict"),
        as_of_option(lang),
        click.Option(["--interactive", "-i"], is_flag=True, help=text("option.interactive", lang)),
        click.Option(
            ["--save"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.path", lang),
            help=text("option.save-answers", lang),
        ),
        param_option(lang),
    ]
    return command("ask", lang, run, params, ("text", "json"))


def run(
    settings: Settings,
    words: tuple[str, ...],
    as_of: date,
    interactive: bool,
    save: Path | None,
    param: tuple[str, ...],
) -> None:
    """The list, or question by question until the subject is settled or nobody knows more."""
    from engine.explain.ask import questions
    from engine.explain.head import head_lines
    from engine.explain.say_ask import ask_lines, ask_object

    asked = unit_words(words, most=2, form="cli.ask-form")
    if save is not None:
        if save.suffix.lower() not in (".yaml", ".yml"):
            raise exits.CommandError("cli.not-yaml", found=save)
        output_file(save, asked.data)
    unit = open_unit(settings, asked, as_of, param)
    subject, _ = find_verdict(unit.policy, asked.more)
    evaluation = unit.evaluation()
    if interactive:
        _interview(settings, unit, evaluation, subject, save)
    elif settings.format == "json":
        from engine.wording.json_text import dumps

        asked_for = ask_object(evaluation, questions(evaluation, subject, unit.comparer), subject)
        write_raw([dumps({**unit_object(evaluation), **asked_for}, indent=1) + "\n"])
    else:
        width = terminal_width()
        write(head_lines(evaluation, settings.lang, width))
        click.echo("")
        found = questions(evaluation, subject, unit.comparer)
        write(ask_lines(evaluation, found, subject, settings.lang, width))
    say_problems(settings, evaluation)


def _interview(
    settings: Settings, unit: OpenUnit, evaluation: Evaluation, subject: str, save: Path | None
) -> None:
    from engine.explain.ask import questions
    from engine.explain.head import head_lines
    from engine.explain.say_ask import question_text, row_text, settled_line

    lang, width = settings.lang, terminal_width()
    write(head_lines(evaluation, lang, width))
    click.echo(text("ask.skip", lang))
    given: dict[str, Change] = {}
    passed: set[str] = set()
    while True:
        # What other units leave open, nobody can answer for this one.
        passed |= evaluation.program.policy.compared.keys()
        left = [q for q in questions(evaluation, subject, unit.comparer) if q.fact not in passed]
        if not left:
            break
        name = left[0].fact
        row = row_text(evaluation, name, lang)
        if row is not None:
            click.echo(row)
        try:
            written = click.prompt(
                question_text(evaluation, name, lang), default="", show_default=False, prompt_suffix=" "
            )
        except click.Abort:
            break
        if not written.strip():
            passed.add(name)
            continue
        try:
            given[name] = _answer(evaluation, name, written.strip(), lang)
        except exits.CommandErrors as wrong:
            for error in wrong.errors:
                click.echo(text("ask.not-understood", lang, why=text(error.key, lang, **error.params)))
            continue
        evaluation = _evaluated(unit, evaluation, given[name])
    settled = evaluation.finding(subject) is not None and evaluation.classification != "undetermined"
    click.echo(settled_line(evaluation, subject, lang) if settled else text("ask.open", lang))
    if save is not None:
        write_file(save, _answers(unit, given).encode("utf-8"))
        note(settings, "ask.saved", file=save)


def _evaluated(unit: OpenUnit, evaluation: Evaluation, change: Change) -> Evaluation:
    from engine.explain.changes import changed

    sheet = changed(evaluation.sheet, [change], unit.program.as_of)
    return replace(unit, sheet=sheet).evaluation()


def _answer(evaluation: Evaluation, name: str, written: str, lang: Lang) -> Change:
    from engine.cli.supposing import changes_given

    (change,) = changes_given(
        evaluation.program.policy, evaluation.sheet, [f"{name}={written}"], (), (), lang
    )
    return change


def _answers(unit: OpenUnit, given: dict[str, Change]) -> str:
    """The answers as a fact sheet that can be read beside the others; cells of rows belong into the workbook."""
    import yaml

    from engine.explain.changes import FactChange, RegisterEmpty
    from engine.project.policy import UNIT_KIND
    from engine.wording.words import number_text, plain

    facts: dict[str, object] = {}
    entry: dict[str, object] = {"id": unit.sheet.unit, "name": unit.sheet.name}
    empty: dict[str, list[object]] = {
        change.register: [] for change in given.values() if isinstance(change, RegisterEmpty)
    }
    for change in given.values():
        if isinstance(change, FactChange):
            from decimal import Decimal

            value = change.value
            shown = number_text(value) if isinstance(value, Decimal) else plain(value)
            if change.fact == UNIT_KIND:
                entry["kind"] = shown
            else:
                facts[change.fact] = shown
    entry["facts"] = facts
    if empty:
        entry["registers"] = empty
    document = {"observed": unit.program.as_of.isoformat(), "units": [entry]}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
