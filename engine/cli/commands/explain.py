"""``plumbline explain``: why one unit came out as it did, as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.completion import complete_explain, complete_parameter
from engine.cli.opening import channels, find_unit, load_project, program_at, read_data
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.inference.evaluation import Evaluation
    from engine.project.policy import Policy


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(
            ["words"],
            nargs=-1,
            required=True,
            metavar=text("metavar.explain", lang),
            shell_complete=complete_explain,
        ),
        as_of_option(lang),
        click.Option(
            ["--param"],
            multiple=True,
            metavar=text("metavar.param", lang),
            help=text("option.param", lang),
            shell_complete=complete_parameter,
        ),
    ]
    return command("explain", lang, run, params, ("text", "json", "mermaid"))


def split_words(words: Sequence[str]) -> tuple[list[Path], str, str | None]:
    """``DATA… UNIT [RULE]``: the words that name files come first; one must be left for the unit.

    Raises CommandError if no file comes first or more than two words are left.
    """
    files = 0
    while files < len(words) - 1 and Path(words[files]).exists():
        files += 1
    rest = words[files:]
    if files == 0 or len(rest) > 2:
        if len(words) == 1:
            raise exits.CommandError("cli.explain-no-unit", "cli.explain-form")
        raise exits.CommandError("cli.no-such-file", "cli.explain-form", file=rest[0])
    return [Path(word) for word in words[:files]], rest[0], rest[1] if len(rest) == 2 else None


def run(settings: Settings, words: tuple[str, ...], as_of: date, param: tuple[str, ...]) -> None:
    """Both channels run, with the trace of the native one, and the output says so."""
    from engine.inference import evaluate_all
    from engine.report.run import unit_problems
    from engine.wording.words import COLON

    paths, wanted, rule = split_words(words)
    usable = channels("both")
    policy, _ = load_project(settings)
    rule_id = None if rule is None else find_rule(policy, rule)
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    sheet = find_unit(read_data(settings, paths, policy), wanted)
    for key in usable.notes:
        note(settings, key)
    (evaluation,) = evaluate_all(program, [sheet], engine=usable.engine, trace=True)
    _print(settings, evaluation, rule_id)
    problems = unit_problems(evaluation, settings.lang)
    for problem in problems:
        click.echo(problem.where + COLON[settings.lang] + problem.message, err=True)
    if problems:
        raise exits.Finished(exits.BAD_DATA)


def find_rule(policy: Policy, name: str) -> str:
    """The id of the rule, category or table of that id or name. Raises CommandError with the nearest one."""
    known: dict[str, str] = {}
    for group in (policy.rules, policy.tables):
        for id_, item in group.items():
            known.setdefault(item.name.zh, id_)
            known.setdefault(item.name.en, id_)
        known |= {id_: id_ for id_ in group}
    if name in known:
        return known[name]
    guess = nearest(name, known)
    if guess is not None:
        raise exits.CommandError("cli.no-such-rule-near", found=name, nearest=guess)
    raise exits.CommandError("cli.no-such-rule", found=name)


def _print(settings: Settings, evaluation: Evaluation, rule: str | None) -> None:
    from engine.explain.derivation import derivation
    from engine.report.run import unit_problems

    if evaluation.failure is not None:
        (*_, problem) = unit_problems(evaluation, settings.lang)
        raise exits.CommandError("cli.no-verdict", code=exits.BAD_DATA, reason=problem.message)
    tree = derivation(evaluation, rule)
    if settings.format == "json":
        from engine.explain.tree_json import tree_json

        write_raw([tree_json(tree, settings.lang) + "\n"])
    elif settings.format == "mermaid":
        from engine.explain.mermaid import mermaid

        write_raw([mermaid(tree, settings.lang)])
    else:
        from engine.explain.tree_text import text_lines

        write(text_lines(tree, settings.lang, terminal_width(), style))
