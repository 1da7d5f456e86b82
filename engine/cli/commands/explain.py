"""``plumbline explain``: why one unit came out as it did, as a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.completion import complete_explain
from engine.cli.opening import channels, find_unit, load_project, program_at, read_data, with_duties
from engine.cli.options import param_option
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile
    from engine.inference.evaluation import Evaluation
    from engine.project.duty import Duty, Measure, Procedure
    from engine.project.policy import DecisionTable, Policy, Rule

    Named = Rule | DecisionTable | Duty | Procedure | Measure


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
        param_option(lang),
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
    from engine.duties.nouns import CaseFile
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
    evaluations = evaluate_all(program, [sheet], engine=usable.engine, trace=True)
    if rule_id is not None and rule_id not in policy.rules and rule_id not in policy.tables:
        (unit,) = with_duties(program, evaluations, usable.engine, trace=True)
        assert isinstance(unit, CaseFile)
        _print_duty(settings, unit, rule_id)
        problems = unit_problems(unit, settings.lang)
    else:
        (evaluation,) = evaluations
        _print(settings, evaluation, rule_id)
        problems = unit_problems(evaluation, settings.lang)
    for problem in problems:
        click.echo(problem.where + COLON[settings.lang] + problem.message, err=True)
    if problems:
        raise exits.Finished(exits.BAD_DATA)


def find_rule(policy: Policy, name: str) -> str:
    """The id of the rule, category, table, duty, procedure or measure of that id or name.

    Raises CommandError with the nearest one.
    """
    known: dict[str, str] = {}
    groups: tuple[Mapping[str, Named], ...] = (
        policy.rules,
        policy.tables,
        policy.duties,
        policy.procedures,
        policy.measures,
    )
    for group in groups:
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


def _print_duty(settings: Settings, case: CaseFile, subject: str) -> None:
    """What became of a duty, procedure or measure of one unit."""
    from engine.report.run import unit_problems

    if case.measured is None or case.measured.conclusions is None:
        (*_, problem) = unit_problems(case, settings.lang)
        raise exits.CommandError("cli.no-verdict", code=exits.BAD_DATA, reason=problem.message)
    if settings.format == "json":
        from engine.report.case_object import subject_object
        from engine.wording.json_text import dumps

        write_raw([dumps(subject_object(case, subject, settings.lang), indent=1) + "\n"])
    elif settings.format == "mermaid":
        if subject not in case.program.policy.measures:
            raise exits.CommandError("cli.no-diagram", "cli.no-diagram-help", found=subject)
        from engine.explain.derivation import derivation
        from engine.explain.mermaid import mermaid

        write_raw([mermaid(derivation(case.measured, subject), settings.lang)])
    else:
        from engine.explain.duty_text import text_lines

        write(text_lines(case, subject, settings.lang, terminal_width(), style))


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
