"""``plumbline report``: a run as one file that opens anywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.files import output_file, write_file
from engine.cli.ledger_options import open_ledger
from engine.cli.opening import channels, chosen_units, load_project, program_at, read_data, with_duties
from engine.cli.options import data_argument, param_option
from engine.cli.output import note, progress
from engine.cli.publishing import Publishing
from engine.cli.settings import Settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.inference.evaluation import EngineName, Program


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        data_argument(lang),
        as_of_option(lang),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            required=True,
            metavar=text("metavar.path", lang),
            help=text("option.report-out", lang),
        ),
        click.Option(
            ["--engine"],
            type=click.Choice(["both", "reference", "durable"]),
            default="both",
            help=text("option.engine", lang),
        ),
        param_option(lang),
        click.Option(["--publish"], is_flag=True, help=text("option.publish", lang)),
        click.Option(
            ["--ledger"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.path", lang),
            help=text("option.report-ledger", lang),
        ),
    ]
    return command("report", lang, run, params, ("html",))


def run(
    settings: Settings,
    data: tuple[Path, ...],
    as_of: date,
    out: Path,
    engine: EngineName,
    param: tuple[str, ...],
    publish: bool,
    ledger: Path | None,
) -> None:
    """Writes the file whole or not at all, then exits 3 for data with errors."""
    from engine.inference import evaluate_all
    from engine.report.page import PageRecord, page_document
    from engine.report.run import Run

    if out.suffix.lower() not in (".html", ".htm"):
        raise exits.CommandError("cli.not-html", found=out)
    output_file(out, data if ledger is None else (*data, ledger))
    usable = channels(engine)
    policy, _ = load_project(settings)
    published = Publishing(settings, policy) if publish else None
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    kept, stand = (None, {}) if ledger is None else _kept(settings, ledger, program)
    if publish:
        stand = {}  # verdicts and reasons rest on facts that a publication leaves out
    reading = read_data(settings, data, policy)
    for key in usable.notes:
        note(settings, key)
    head = Run(program, usable.engine, usable.notes, reading.problems, reading.cells_unread)
    shown = None
    if published is not None:
        shown, head = published.sheets(reading.sheets), published.head(head)
    sheets = chosen_units(program, reading, (), shown)
    evaluations = evaluate_all(program, sheets, engine=usable.engine)
    units = progress(settings, with_duties(program, evaluations, usable.engine), len(sheets))
    record = PageRecord(head, settings.lang)
    for unit in units if published is None else published.units(units):
        record.add(unit)
    write_file(out, page_document(record, kept, stand))
    note(settings, "cli.report-written", file=out, units=record.tally.units)
    if record.tally.troubled or reading.problems or (published is not None and published.troubled):
        raise exits.Finished(exits.BAD_DATA)


def _kept(settings: Settings, path: Path, program: Program) -> tuple[str, dict[str, list[str]]]:
    """The head of a ledger, and what it says of each unit's last evaluation; where that is another, this too."""
    from engine.ledger.decisions import standings
    from engine.ledger.names import Names
    from engine.ledger.say_entries import case_lines, other_line

    lang = settings.lang
    said: dict[str, list[str]] = {}
    with open_ledger(path, read_only=True) as ledger:
        names = Names(ledger)
        for unit, decided in sorted(standings(ledger).items()):
            other = other_line(decided.evaluation, program, lang)
            said[unit] = [*other, *case_lines(decided, lang, names.of(decided.evaluation))]
        return str(ledger.head()), said
