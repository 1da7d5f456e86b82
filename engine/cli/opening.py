"""Opening what a command works on: the project, the program at a date, the data."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.settings import Settings
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile
    from engine.facts.refused import DataError
    from engine.facts.sheet import FactSheet, Reading
    from engine.inference.evaluation import EngineName, Evaluation, Program
    from engine.language.values import Value
    from engine.project.load import LoadResult
    from engine.project.policy import Policy

#: A file of more bytes may be a table that is not read whole for a single unit.
_WORTH_A_LOOK = 1_000_000
#: Units of one name that an error lists.
_MOST_IDS = 8


def project_root(settings: Settings) -> Path:
    """The project's folder. Raises CommandError if there is none."""
    from engine.project import find_root

    if settings.project is not None:
        if find_root(settings.project.resolve()) != settings.project.resolve():
            raise exits.CommandError("cli.not-a-project", "cli.not-a-project-help", folder=settings.project)
        return settings.project.resolve()
    found = find_root(Path.cwd())
    if found is None:
        raise exits.CommandError("cli.no-project", "cli.not-a-project-help", folder=Path.cwd())
    return found


def load_project(settings: Settings, *, tests: bool = False) -> tuple[Policy, LoadResult]:
    """The project's policy, with its own tests only if they are asked for.

    One that does not load ends the command, after printing its diagnostics.
    """
    from engine.project import load

    result = load(project_root(settings), tests=tests)
    if not gc.isenabled():
        # What was loaded stays to the end; from here on there may be any number of units.
        gc.freeze()
        # A unit leaves thousands of small objects behind and no cycles; looking for some after each 700 costs a tenth.
        gc.set_threshold(50_000, 20, 20)
        gc.enable()
    if result.policy is not None:
        return result.policy, result
    from engine.report.diagnostics_report import counts_line, diagnostics_github, diagnostics_text

    if settings.format == "github":
        for line in diagnostics_github(result.diagnostics, settings.lang):
            click.echo(line)
    else:
        for line in diagnostics_text(result.diagnostics, settings.lang):
            click.echo(line, err=True)
    counts = counts_line(result.diagnostics, settings.lang)
    raise exits.CommandError("cli.policy-does-not-load", code=exits.WRONG_USE, counts=counts)


def program_at(policy: Policy, as_of: date, parameters: Mapping[str, Value]) -> Program:
    """The policy fixed at a date. Raises PrepareError where that cannot be done; ``errors.guarded`` says it."""
    from engine.inference.preparation import prepare

    return prepare(policy, as_of, parameters)


def read_data(settings: Settings, paths: Sequence[Path], policy: Policy) -> Reading:
    """All sources together. Raises CommandError for a file that does not exist, or if nothing can be read."""
    from engine.facts import DataError, read

    for path in paths:
        if not path.exists():
            raise exits.CommandError("cli.no-such-file", file=path)
    try:
        return read(paths, policy)
    except DataError as error:
        say_data_error(settings, error)
        raise exits.CommandError("cli.nothing-read", code=exits.BAD_DATA) from error


def read_units(settings: Settings, paths: Sequence[Path], policy: Policy, wanted: Sequence[str]) -> Reading:
    """All sources together; of large tables no more than what they say of the units wanted, by id or name.

    With no unit wanted, or where units are compared with each other, everything. Raises as ``read_data`` does.
    """
    alone = wanted and not policy.comparisons
    if alone and all(path.exists() for path in paths) and _large(paths):
        from engine.batch.find import NoSuchUnit, find_in_tables, large_tables

        files = large_tables(paths)
        try:
            found = None if files is None else find_in_tables(files, policy, wanted)
        except NoSuchUnit as error:
            raise _no_such_unit(error.wanted, error.near, error.count) from None
        if found is not None:
            return found
    return read_data(settings, paths, policy)


def _large(paths: Sequence[Path]) -> bool:
    """Whether it is worth importing what scans tables."""
    files = (file for path in paths for file in (path.iterdir() if path.is_dir() else [path]))
    return any(file.is_file() and file.stat().st_size > _WORTH_A_LOOK for file in files)


def say_data_error(settings: Settings, error: DataError) -> None:
    """Why nothing could be read, file by file."""
    from engine.report.run import data_problem
    from engine.wording.words import COLON

    for problem in error.problems:
        said = data_problem(problem, settings.lang)
        click.echo(said.where + COLON[settings.lang] + said.message, err=True)


def find_unit(reading: Reading, wanted: str) -> FactSheet:
    """The unit with that id or name. Raises CommandError if there is none, or more than one of that name."""
    exact = [sheet for sheet in reading.sheets if sheet.unit == wanted]
    found = exact or [sheet for sheet in reading.sheets if sheet.name == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(
            [*(f"`{sheet.unit}`" for sheet in found[:_MOST_IDS]), *["…"] * (len(found) > _MOST_IDS)]
        )
        raise exits.CommandError("cli.unit-not-unique", found=wanted, ids=ids)
    names = [name for sheet in reading.sheets for name in (sheet.unit, sheet.name) if name]
    raise _no_such_unit(wanted, nearest(wanted, names), len(reading.sheets))


def _no_such_unit(wanted: str, near: str | None, count: int) -> exits.CommandError:
    if near is not None:
        return exits.CommandError("cli.no-such-unit-near", found=wanted, nearest=near)
    return exits.CommandError("cli.no-such-unit", found=wanted, count=count)


def chosen_units(
    program: Program, reading: Reading, names: Sequence[str], sheets: Sequence[FactSheet] | None = None
) -> Sequence[FactSheet]:
    """The units of those names or, if there are none, all; compared with all others where the policy compares units.

    ``sheets``: what is evaluated instead of what was read. Raises CommandError for a name that no unit has.
    """
    from engine.inference.population import compare_units

    every = reading.sheets if sheets is None else sheets
    if not names:
        return compare_units(program, every)
    place = {sheet.unit: sheet for sheet in every}
    wanted = [place[find_unit(reading, name).unit] for name in dict.fromkeys(names)]
    return compare_units(program, every, wanted)


def with_duties(
    program: Program, evaluations: Iterable[Evaluation], engine: EngineName, *, trace: bool = False
) -> Iterator[Evaluation | CaseFile]:
    """The evaluations with what became of duties, where the policy has any; as they are where it has none.

    Raises PrepareError for a parameter that gives a duty no usable length or number.
    """
    policy = program.policy
    if not (policy.duties or policy.procedures or policy.measures):
        return iter(evaluations)
    from engine.duties import case_files, prepare_duties

    return case_files(prepare_duties(program), evaluations, engine=engine, trace=trace)


@dataclass(frozen=True)
class Channels:
    """The channels that will run, and the keys of notes to print about that."""

    engine: EngineName
    notes: tuple[str, ...]


def channels(requested: EngineName) -> Channels:
    """The channels that can run. Raises CommandError if only the native one was asked for and cannot."""
    from engine.inference import engines

    try:
        usable, note = engines(requested)
    except ImportError as error:
        raise exits.CommandError("cli.no-durable", "cli.no-durable-help") from error
    return Channels(usable, (note,) if note is not None else ())
