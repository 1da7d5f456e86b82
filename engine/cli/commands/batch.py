"""``plumbline batch``: any number of units, their results as tables in a folder."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.opening import load_project, program_at, say_data_error
from engine.cli.options import data_argument, param_option
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.pace import Pace
from engine.cli.results_place import results_place
from engine.cli.settings import Settings
from engine.cli.spark_options import hands, spark_settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.batch.outputs import Output
    from engine.batch.run import Outcome, Request
    from engine.batch.tasks import Hands

FORMATS = ("text", "json", "parquet", "csv")
ENGINES = ("polars", "spark")


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        data_argument(lang),
        as_of_option(lang),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            required=True,
            metavar=text("metavar.out-folder", lang),
            help=text("option.batch-out", lang),
        ),
        click.Option(
            ["--only"],
            metavar=text("metavar.outputs", lang),
            help=text("option.batch-only", lang),
        ),
        click.Option(["--long/--wide"], default=False, help=text("option.batch-long", lang)),
        click.Option(
            ["--engine"],
            type=click.Choice(list(ENGINES)),
            default="polars",
            help=text("option.batch-engine", lang),
        ),
        click.Option(
            ["--master"], metavar=text("metavar.master", lang), help=text("option.batch-master", lang)
        ),
        click.Option(
            ["--spark-conf"],
            multiple=True,
            metavar=text("metavar.spark-conf", lang),
            help=text("option.batch-spark-conf", lang),
        ),
        param_option(lang),
    ]
    return command("batch", lang, run, params, FORMATS, format_key="option.batch-format")


def run(
    settings: Settings,
    data: tuple[Path, ...],
    as_of: date,
    out: Path,
    only: str | None,
    long: bool,
    engine: str,
    master: str | None,
    spark_conf: tuple[str, ...],
    param: tuple[str, ...],
) -> None:
    """Writes the results and says what became of the data; exits with 3 if anything could not be understood."""
    found = exits.Gathered()
    wanted: tuple[Output, ...] = ()
    with found.step():
        for path in data:
            if not path.exists():
                raise exits.CommandError("cli.no-such-file", file=path)
        out = results_place(out, data)
    with found.step():
        wanted = _wanted(only)
    with found.step():
        on_spark = spark_settings(engine, master, spark_conf)
    found.done()
    policy, _ = load_project(settings)
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    from engine.batch.run import Request

    csv = settings.format == "csv"
    with hands(on_spark) as doing:
        outcome = _run(settings, Request(program, data, out, wanted, long, csv), doing)
    _say(settings, outcome, Request(program, data, out, wanted, long, csv))
    if outcome.complaints or outcome.rejected:
        raise exits.Finished(exits.BAD_DATA)


def _wanted(only: str | None) -> tuple[Output, ...]:
    """The tables named, in their usual order. Raises CommandErrors for each name that is none."""
    from engine.batch.outputs import ALSO_CALLED, OUTPUTS
    from engine.nearest import nearest

    if only is None:
        return OUTPUTS

    def known(written: str) -> str:
        name = ALSO_CALLED.get(written, written)
        if name in OUTPUTS:
            return name
        near = nearest(name, OUTPUTS)
        key = "batch.no-such-table" if near is None else "batch.no-such-table-near"
        raise exits.CommandError(key, "batch.no-such-table-help", found=name, nearest=near)

    named = exits.every(known, [name.strip() for name in only.replace("，", ",").split(",") if name.strip()])
    if not named:
        raise exits.CommandError("batch.no-such-table", "batch.no-such-table-help", found=only)
    return tuple(output for output in OUTPUTS if output in named)


def _run(settings: Settings, request: Request, doing: Hands) -> Outcome:
    from engine.batch.run import Changed, run
    from engine.batch.work import Busy
    from engine.facts.columnar_file import reason_of
    from engine.facts.refused import DataError

    pace = Pace(settings)
    try:
        return run(request, pace, doing)
    except Busy:
        raise exits.CommandError("batch.busy", "batch.busy-help", folder=request.out) from None
    except Changed:
        raise exits.CommandError("batch.changed", "batch.changed-help", code=exits.BAD_DATA) from None
    except DataError as error:
        say_data_error(settings, error)
        raise exits.CommandError("cli.nothing-read", code=exits.BAD_DATA) from error
    except OSError as error:
        if error.filename is not None:
            raise
        # A full disk, as the library that writes the tables says it: without the name of a file.
        reason = error.strerror or reason_of(error)
        raise exits.CommandError("cli.os-error", "batch.kept-help", file=request.out, reason=reason) from None
    except KeyboardInterrupt:
        pace.done()
        note(settings, "batch.interrupted")
        raise
    finally:
        pace.done()


def _say(settings: Settings, outcome: Outcome, request: Request) -> None:
    lang = settings.lang
    if settings.format == "json":
        from engine.batch.closing import report_object
        from engine.wording.json_text import dumps

        write_raw([dumps(report_object(outcome, request.program)) + "\n"])
        return
    if settings.quiet:
        return
    from engine.batch.closing_text import closing_lines

    shown = Path(os.path.relpath(request.out)) if _below(request.out) else request.out
    write(closing_lines(outcome, request.program, shown, request.csv, lang, terminal_width(), style))


def _below(path: Path) -> bool:
    return path.is_relative_to(Path.cwd())
