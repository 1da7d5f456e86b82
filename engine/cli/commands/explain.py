"""``plumbline explain``: why one unit came out as it did, as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.one_unit import find_verdict, unit_object, unit_words
from engine.cli.opening import channels, chosen_units, load_project, program_at, read_units, with_duties
from engine.cli.options import param_option, words_argument
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile
    from engine.explain.prune import Only
    from engine.inference.evaluation import Evaluation, Program
    from engine.project.duty import Duty, Measure, Procedure
    from engine.project.policy import DecisionTable, Policy, Rule

    Named = Rule | DecisionTable | Duty | Procedure | Measure

#: Paths shown unless ``--limit`` says otherwise: what a person reads through, and what a program may want.
_PATHS_AS_TEXT, _PATHS_AS_JSON = 10, 50


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        words_argument(lang, "metavar.explain"),
        as_of_option(lang),
        click.Option(
            ["--depth"],
            type=click.IntRange(min=0),
            metavar=text("metavar.n", lang),
            help=text("option.depth", lang),
        ),
        click.Option(
            ["--only"],
            type=click.Choice(["true", "false", "unknown", "decisive"]),
            help=text("option.only", lang),
        ),
        click.Option(["--why-not"], metavar=text("metavar.rule", lang), help=text("option.why-not", lang)),
        click.Option(
            ["--limit"],
            type=click.IntRange(min=1),
            metavar=text("metavar.n", lang),
            help=text("option.limit", lang),
        ),
        param_option(lang),
    ]
    return command("explain", lang, run, params, ("text", "json", "mermaid", "svg"))


def run(
    settings: Settings,
    words: tuple[str, ...],
    as_of: date,
    depth: int | None,
    only: Only | None,
    why_not: str | None,
    limit: int | None,
    param: tuple[str, ...],
) -> None:
    """Both channels run, with the trace of the native one, and the output says so."""
    from engine.duties.nouns import CaseFile
    from engine.inference import evaluate_all
    from engine.report.run import unit_problems
    from engine.wording.words import COLON

    if why_not is None and limit is not None:
        raise exits.CommandError("cli.limit-alone", "cli.limit-alone-help")
    if why_not is not None and (depth is not None or only is not None):
        found = "--depth" if depth is not None else "--only"
        raise exits.CommandError("cli.why-not-alone", "cli.why-not-alone-help", found=found)
    asked = unit_words(words, most=2, form="cli.explain-form")
    usable = channels("both")
    policy, _ = load_project(settings)
    rule_id = None if asked.more is None else find_rule(policy, asked.more)
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    reading = read_units(settings, asked.data, policy, [asked.unit])
    (sheet,) = chosen_units(program, reading, [asked.unit])
    for key in usable.notes:
        note(settings, key)
    evaluations = evaluate_all(program, [sheet], engine=usable.engine, trace=True)
    if why_not is not None:
        (evaluation,) = evaluations
        if rule_id is not None:
            _refuse_no_way_through(program, why_not, rule_id, asked.more)
        _print_why_not(settings, evaluation, why_not, rule_id, limit)
        problems = unit_problems(evaluation, settings.lang)
    elif rule_id is not None and rule_id not in policy.rules and rule_id not in policy.tables:
        (unit,) = with_duties(program, evaluations, usable.engine, trace=True)
        assert isinstance(unit, CaseFile)
        _print_duty(settings, unit, rule_id, depth, only)
        problems = unit_problems(unit, settings.lang)
    else:
        (evaluation,) = evaluations
        _print(settings, evaluation, rule_id, depth, only)
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


def _print_why_not(
    settings: Settings, evaluation: Evaluation, name: str, through: str | None, limit: int | None
) -> None:
    """The paths to a verdict or finding that does not hold, those through a rule if one is named."""
    from engine.explain.head import head_lines
    from engine.explain.say_why_not import why_not_lines, why_not_object
    from engine.explain.why_not import why_not

    _refuse_without_verdict(settings, evaluation)
    program = evaluation.program
    subject, wanted = find_verdict(program.policy, name)
    if evaluation.classification == "out_of_scope":
        raise exits.CommandError("cli.out-of-scope", found=evaluation.sheet.name)
    most = limit or (_PATHS_AS_JSON if settings.format == "json" else _PATHS_AS_TEXT)
    found = why_not(evaluation, subject, True if wanted is None else wanted, most, through)
    if settings.format == "json":
        from engine.wording.json_text import dumps

        write_raw(
            [dumps({**unit_object(evaluation), **why_not_object(found, settings.lang)}, indent=1) + "\n"]
        )
    elif settings.format == "text":
        write(head_lines(evaluation, settings.lang, terminal_width()))
        click.echo("")
        write(why_not_lines(found, settings.lang, terminal_width()))
    else:
        raise exits.CommandError("cli.no-diagram", "cli.no-diagram-help", found="--why-not")


def _refuse_no_way_through(program: Program, name: str, through: str, found: str | None) -> None:
    """Say so if the rule ``through``, called ``found`` by the user, is nothing that the rule ``name`` rests on."""
    from engine.explain.why_not import rests_on

    subject, _ = find_verdict(program.policy, name)
    if through not in program.network.rules:
        help_key = "cli.why-not-through-no-rule-help"
    elif not rests_on(program.network, subject, through):
        help_key = "cli.why-not-through-help"
    else:
        return
    raise exits.CommandError("cli.why-not-through", help_key, subject=name, found=found)


def _print_duty(
    settings: Settings, case: CaseFile, subject: str, depth: int | None, only: Only | None
) -> None:
    """What became of a duty, procedure or measure of one unit."""
    from engine.report.run import unit_problems

    if case.measured is None or case.measured.conclusions is None:
        (*_, problem) = unit_problems(case, settings.lang)
        raise exits.CommandError("cli.no-verdict", code=exits.BAD_DATA, reason=problem.message)
    is_measure = subject in case.program.policy.measures
    if (depth is not None or only is not None) and not is_measure:
        raise exits.CommandError("cli.no-diagram", "cli.no-diagram-help", found=subject)
    if settings.format in ("mermaid", "svg") or depth is not None or only is not None:
        if not is_measure:
            raise exits.CommandError("cli.no-diagram", "cli.no-diagram-help", found=subject)
        _print(settings, case.measured, subject, depth, only)
    elif settings.format == "json":
        from engine.report.case_object import subject_object
        from engine.wording.json_text import dumps

        write_raw([dumps(subject_object(case, subject, settings.lang), indent=1) + "\n"])
    else:
        from engine.explain.duty_text import text_lines

        write(text_lines(case, subject, settings.lang, terminal_width(), style))


def _refuse_without_verdict(settings: Settings, evaluation: Evaluation) -> None:
    from engine.report.run import unit_problems

    if evaluation.failure is not None:
        (*_, problem) = unit_problems(evaluation, settings.lang)
        raise exits.CommandError("cli.no-verdict", code=exits.BAD_DATA, reason=problem.message)


def _print(
    settings: Settings, evaluation: Evaluation, rule: str | None, depth: int | None, only: Only | None
) -> None:
    from engine.explain.decisive import decisive_facts
    from engine.explain.derivation import derivation
    from engine.explain.prune import pruned

    _refuse_without_verdict(settings, evaluation)
    tree = derivation(evaluation, rule)
    if depth is not None or only is not None:
        tree = pruned(tree, depth, only)
    if settings.format == "json":
        from engine.explain.say_decisive import decisive_object
        from engine.explain.tree_json import tree_object
        from engine.wording.json_text import dumps

        found = tree_object(tree, settings.lang)
        found["decisive"] = decisive_object(decisive_facts(evaluation, rule))
        write_raw([dumps(found, indent=1) + "\n"])
    elif settings.format == "mermaid":
        from engine.explain.mermaid import mermaid

        write_raw([mermaid(tree, settings.lang)])
    elif settings.format == "svg":
        from engine.report.graph_svg import graph_svg

        write_raw([graph_svg(tree, settings.lang)])
    else:
        from engine.explain.say_decisive import decisive_lines
        from engine.explain.tree_text import text_lines

        width = terminal_width()
        write(text_lines(tree, settings.lang, width, style))
        if only == "decisive":
            click.echo("")
            write(decisive_lines(decisive_facts(evaluation, rule), settings.lang, width))
