"""``plumbline evaluate``: every unit of the data, through both channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.files import output_file, write_file
from engine.cli.many_units import FORMATS as COLUMN_FORMATS
from engine.cli.many_units import NotInColumns, evaluate_many, many
from engine.cli.opening import (
    channels,
    chosen_units,
    load_project,
    program_at,
    project_root,
    read_units,
    with_duties,
)
from engine.cli.options import data_argument, param_option, unit_option
from engine.cli.output import note, progress, style, terminal_width, write, write_raw
from engine.cli.publishing import Publishing
from engine.cli.settings import Settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile
    from engine.inference.evaluation import EngineName, Evaluation
    from engine.project.policy import Policy
    from engine.report.run import Run, Tally

FORMATS = ("text", "json", "jsonl", "csv", "github")


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        data_argument(lang),
        as_of_option(lang),
        click.Option(
            ["--engine"],
            type=click.Choice(["both", "reference", "durable", "columns"]),
            help=text("option.evaluate-engine", lang),
        ),
        param_option(lang),
        click.Option(
            ["--fail-on"],
            multiple=True,
            type=click.Choice(["weak", "undetermined"]),
            help=text("option.fail-on", lang),
        ),
        unit_option(lang),
        click.Option(["--publish"], is_flag=True, help=text("option.publish", lang)),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.workbook", lang),
            help=text("option.evaluate-out", lang),
        ),
        click.Option(
            ["--ledger"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.path", lang),
            help=text("option.record", lang),
        ),
    ]
    return command("evaluate", lang, run, params, FORMATS)


def run(
    settings: Settings,
    data: tuple[Path, ...],
    as_of: date,
    engine: str | None,
    param: tuple[str, ...],
    fail_on: tuple[str, ...],
    unit: tuple[str, ...],
    publish: bool,
    out: Path | None,
    ledger: Path | None,
) -> None:
    """Prints every unit's results or writes them as a workbook, and records them if asked.

    Then exits with 3 for data with errors, else 4 for what ``--fail-on`` names.
    """
    from engine.inference import evaluate_all
    from engine.report.run import Run, Tally

    if out is not None:
        check_workbook(out, data)
    if ledger is not None and publish:
        raise exits.CommandError("cli.ledger-and-publish")
    if ledger is not None and ledger.resolve() in {path.resolve() for path in data}:
        raise exits.CommandError("cli.ledger-is-data", file=ledger)
    used = {"--unit": unit, "--publish": publish, "--out": out, "--ledger": ledger}
    asked = [name for name, value in used.items() if value]
    if settings.format not in COLUMN_FORMATS:
        asked.append(f"--format {settings.format}")
    if engine == "columns" and asked:
        raise exits.CommandError("batch.columns-not-with", "batch.columns-not-with-help", found=asked[0])
    chosen: EngineName = "both" if engine in (None, "columns") else engine  # type: ignore[assignment]
    usable = channels(chosen)
    policy, _ = load_project(settings)
    published = Publishing(settings, policy) if publish else None
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    if _in_columns(settings, data, engine, policy, asked):
        try:
            evaluate_many(settings, program, data, usable.engine, fail_on)
            return
        except NotInColumns as error:
            if engine == "columns":
                key = f"batch.{error.why}-not-in-columns"
                raise exits.CommandError(key, f"{key}-help") from None
            _slowly(settings, error.why)
    reading = read_units(settings, data, policy, unit)
    for key in usable.notes:
        note(settings, key)
    tally = Tally()
    head = Run(program, usable.engine, usable.notes, reading.problems, reading.cells_unread)
    shown = None
    if published is not None:
        shown, head = published.sheets(reading.sheets), published.head(head)
    sheets = chosen_units(program, reading, unit, shown)
    evaluations = evaluate_all(program, sheets, engine=usable.engine)
    units = progress(settings, with_duties(program, evaluations, usable.engine), len(sheets))
    if published is not None:
        units = published.units(units)
    if ledger is not None:
        kept = list(units)
        head, units = _recorded(settings, head, ledger, data, kept), iter(kept)
    if out is None:
        _print(settings, head, units, tally)
    else:
        _write(settings, head, units, tally, out)
    if tally.troubled or reading.problems or (published is not None and published.troubled):
        raise exits.Finished(exits.BAD_DATA)
    if any(tally.classifications[name] for name in fail_on):
        raise exits.Finished(exits.FAILED_ON)


def _in_columns(
    settings: Settings, data: Sequence[Path], engine: str | None, policy: Policy, asked: Sequence[str]
) -> bool:
    """Whether the units are computed in columns: if that is asked for, or nothing else is and they are many."""
    if any(not path.exists() for path in data):
        return False
    if engine == "columns":
        return True
    if engine is not None or "--unit" in asked or not many(data, policy):
        return False
    if asked:
        _slowly(settings, "output")
    return not asked


def _slowly(settings: Settings, why: str) -> None:
    """Says why many units are not computed in columns."""
    note(settings, "batch.one-by-one-note", why=text(f"batch.note.{why}", settings.lang))


def _recorded(
    settings: Settings, head: Run, path: Path, data: Sequence[Path], units: Sequence[Evaluation | CaseFile]
) -> Run:
    """Put every verdict into the ledger; the head of the run with the ledger's head."""
    from engine.ledger.record import record, source_digests
    from engine.ledger.store import Ledger

    with Ledger.open(path, create=True) as ledger:
        added = record(ledger, head.program, project_root(settings), source_digests(data), units)
        now = ledger.head()
    if added:
        one = len(added) == 1
        note(
            settings,
            f"ledger.recorded{'-one' if one else ''}",
            file=path,
            first=added[0].seq,
            last=added[-1].seq,
            head=now,
        )
    return replace(head, ledger=str(now))


def check_workbook(out: Path, data: Sequence[Path]) -> None:
    """Raises CommandError unless a workbook may be written there."""
    if out.suffix.lower() != ".xlsx":
        raise exits.CommandError("cli.out-not-xlsx", "cli.out-not-xlsx-help", file=out)
    output_file(out, data)


def _write(
    settings: Settings, head: Run, units: Iterable[Evaluation | CaseFile], tally: Tally, out: Path
) -> None:
    """The workbook at ``out``; on standard output stands only what was counted."""
    from engine.report.results_text import closing_line
    from engine.report.workbook.book import results_workbook

    kept = []
    for unit in units:
        tally.add(unit)
        kept.append(unit)
    write_file(out, results_workbook(head.program, kept, settings.lang, head.left_out, head.ledger))
    for line in _problem_lines(settings.lang, head, kept):
        click.echo(line, err=True)
    if not settings.quiet:
        click.echo(closing_line(head, tally, settings.lang))
        click.echo(text("workbook.written", settings.lang, file=out))


def _problem_lines(lang: Lang, head: Run, units: Iterable[Evaluation | CaseFile]) -> Iterator[str]:
    """What a clerk has to look at in the data, unit by unit."""
    from engine.report.run import data_problem, evaluation_and_case, unit_problems
    from engine.wording.words import COLON

    for problem in head.problems:
        said = data_problem(problem, lang)
        yield said.where + COLON[lang] + said.message
    for unit in units:
        name = evaluation_and_case(unit)[0].sheet.name
        for said in unit_problems(unit, lang):
            yield COLON[lang].join(part for part in (name, said.where, said.message) if part)


def _print(settings: Settings, head: Run, evaluations: Iterable[Evaluation | CaseFile], tally: Tally) -> None:
    lang = settings.lang
    if settings.format == "json":
        from engine.report.results_json import json_chunks

        write_raw(json_chunks(head, evaluations, tally, lang))
    elif settings.format == "jsonl":
        from engine.report.results_json import jsonl_lines

        write_raw(jsonl_lines(head, evaluations, tally, lang))
        _aside(settings, head, tally)
    elif settings.format == "csv":
        from engine.report.results_csv import csv_lines

        write_raw(csv_lines(head, evaluations, tally, lang))
        _aside(settings, head, tally)
    elif settings.format == "github":
        from engine.report.results_github import github_lines

        write(github_lines(head, evaluations, tally, lang))
    else:
        from engine.report.results_text import text_lines

        write(text_lines(head, evaluations, tally, lang, terminal_width(), style))


def _aside(settings: Settings, head: Run, tally: Tally) -> None:
    """What has no place in a line per unit goes to standard error."""
    for line in _aside_lines(settings.lang, head, tally):
        if not settings.quiet:
            click.echo(line, err=True)


def _aside_lines(lang: Lang, head: Run, tally: Tally) -> Iterator[str]:
    from engine.report.results_text import closing_line
    from engine.report.run import data_problem
    from engine.wording.words import COLON

    for problem in head.problems:
        said = data_problem(problem, lang)
        yield said.where + COLON[lang] + said.message
    yield closing_line(head, tally, lang)
