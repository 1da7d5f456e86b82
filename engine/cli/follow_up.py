"""Opening the case files that `actions` and `agenda` work on: screening first, duties after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.opening import channels, chosen_units, load_project, program_at, read_units
from engine.cli.output import note, progress
from engine.cli.settings import Settings
from engine.cli.values import parameter_values
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.duties.nouns import Action, CaseFile
    from engine.messages import Lang
    from engine.project.policy import Policy
    from engine.report.run import Run, Tally


@dataclass(frozen=True)
class FollowUp:
    """A run and the case files of its units, which are made one by one as they are asked for.

    ``tally`` is complete when all have been taken.
    """

    run: Run
    tally: Tally
    cases: Iterator[tuple[CaseFile, tuple[Action, ...]]]


def open_policy(settings: Settings) -> Policy:
    """The project's policy. Raises CommandError if it asks nobody to do anything."""
    policy, _ = load_project(settings)
    if not (policy.duties or policy.procedures or policy.measures):
        raise exits.CommandError("cli.no-duties", "cli.no-duties-help")
    return policy


def follow_up(
    settings: Settings,
    policy: Policy,
    data: tuple[Path, ...],
    as_of: date,
    param: tuple[str, ...],
    unit: tuple[str, ...] = (),
    soon: int = 30,
    horizon: date | None = None,
) -> FollowUp:
    """Read the data and prepare the run. Raises CommandError for what the user has to put right."""
    from engine.duties import actions, case_files, prepare_duties
    from engine.inference import evaluate_all
    from engine.report.run import Run, Tally

    usable = channels("both")
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    duties = prepare_duties(program)
    reading = read_units(settings, data, policy, unit)
    sheets = chosen_units(program, reading, unit)
    for key in usable.notes:
        note(settings, key)
    tally = Tally()
    run = Run(program, usable.engine, usable.notes, reading.problems, reading.cells_unread)

    def cases() -> Iterator[tuple[CaseFile, tuple[Action, ...]]]:
        evaluations = progress(settings, evaluate_all(program, sheets, engine=usable.engine), len(sheets))
        for case in case_files(duties, evaluations, engine=usable.engine, horizon=horizon):
            tally.add(case.evaluation)
            tally.troubled = tally.troubled or bool(case.problems)
            say_problems(case, settings.lang)
            yield case, actions(case, soon=soon)

    return FollowUp(run, tally, cases())


def say_problems(case: CaseFile, lang: Lang) -> None:
    """What is wrong with a unit's data, on standard error: the lists would not show it."""
    from engine.report.action_rows import unit_label
    from engine.report.run import unit_problems
    from engine.wording.words import COLON, message

    said = [problem.where + COLON[lang] + problem.message for problem in unit_problems(case.evaluation, lang)]
    said += [message(key, params, lang) for key, params in case.problems]
    for line in said:
        click.echo(unit_label(case) + COLON[lang] + line, err=True)


def finish(settings: Settings, made: FollowUp) -> None:
    """Exit with 3 for data with errors, as every command does that reads units."""
    from engine.report.run import data_problem
    from engine.wording.words import COLON

    for problem in made.run.problems:
        said = data_problem(problem, settings.lang)
        click.echo(said.where + COLON[settings.lang] + said.message, err=True)
    if made.tally.troubled or made.run.problems:
        raise exits.Finished(exits.BAD_DATA)


def find_holder(policy: Policy, wanted: str) -> str:
    """The id of the post or office of that id or name, posts first. Raises CommandError with the nearest one."""
    entries = {**policy.offices, **policy.posts}
    known = {entry.name.en: id_ for id_, entry in entries.items()} | {id_: id_ for id_ in entries}
    if wanted in known:
        return known[wanted]
    guess = nearest(wanted, known)
    if guess is not None:
        raise exits.CommandError("cli.no-such-post-near", found=wanted, nearest=guess)
    names = ", ".join(f"`{id_}`" for id_ in (*policy.posts, *policy.offices))
    raise exits.CommandError("cli.no-such-post", found=wanted, known=names)
