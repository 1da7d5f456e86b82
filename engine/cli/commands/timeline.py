"""``plumbline timeline``: one unit's timeline as a picture."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.files import output_file, write_file
from engine.cli.follow_up import finish, follow_up, open_policy
from engine.cli.options import data_argument, param_option
from engine.cli.output import note, write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["unit"], metavar=text("metavar.unit", lang)),
        data_argument(lang),
        as_of_option(lang),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.path", lang),
            help=text("option.timeline-out", lang),
        ),
        param_option(lang),
    ]
    return command("timeline", lang, run, params, ("svg",))


def run(
    settings: Settings,
    unit: str,
    data: tuple[Path, ...],
    as_of: date,
    out: Path | None,
    param: tuple[str, ...],
) -> None:
    """Duties that begin after the as-of date are not shown: nothing has become of them yet."""
    from engine.report.run import unit_problems
    from engine.report.timeline import timeline_svg

    if out is not None:
        if out.suffix.lower() != ".svg":
            raise exits.CommandError("cli.not-svg", found=out)
        output_file(out, data)
    policy = open_policy(settings)
    made = follow_up(settings, policy, data, as_of, param, (unit,))
    ((case, _),) = made.cases
    if case.measured is None or case.measured.conclusions is None:
        (*_, problem) = unit_problems(case, settings.lang)
        raise exits.CommandError("cli.no-verdict", code=exits.BAD_DATA, reason=problem.message)
    picture = timeline_svg(case, settings.lang)
    if out is None:
        write_raw([picture])
    else:
        write_file(out, picture.encode("utf-8"))
        note(settings, "cli.timeline-written", file=out)
    finish(settings, made)
