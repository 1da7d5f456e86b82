"""``plumbline actions``: what is still to be done, as a list, as events, as calendars and as notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.completion import complete_post
from engine.cli.days import Days
from engine.cli.files import output_file, output_folder, write_file
from engine.cli.follow_up import FollowUp, find_holder, finish, follow_up, open_policy
from engine.cli.options import data_argument, param_option, unit_option
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.cli.values import AsOf, as_of_option
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.project.policy import Policy
    from engine.report.action_groups import By
    from engine.report.action_rows import ActionRow, Wanted

FORMATS = ("text", "json", "jsonl", "ics", "docx")
STATES = ("open", "due", "overdue", "unknown", "closed", "superseded")


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        data_argument(lang),
        as_of_option(lang),
        click.Option(
            ["--state"],
            multiple=True,
            type=click.Choice(STATES),
            metavar=text("metavar.state", lang),
            help=text("option.state", lang, states=", ".join(STATES)),
        ),
        click.Option(
            ["--by"],
            type=click.Choice(["post", "office", "unit"]),
            default="post",
            help=text("option.by", lang),
        ),
        click.Option(
            ["--post"],
            metavar=text("metavar.post", lang),
            help=text("option.post", lang),
            shell_complete=complete_post,
        ),
        unit_option(lang),
        click.Option(
            ["--soon"],
            type=Days(lang),
            default=30,
            help=text("option.soon", lang),
        ),
        click.Option(["--horizon"], type=AsOf(lang), help=text("option.horizon", lang)),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.path", lang),
            help=text("option.actions-out", lang),
        ),
        param_option(lang),
    ]
    return command("actions", lang, run, params, FORMATS)


def run(
    settings: Settings,
    data: tuple[Path, ...],
    as_of: date,
    state: tuple[str, ...],
    by: By,
    post: str | None,
    unit: tuple[str, ...],
    soon: int,
    horizon: date | None,
    out: Path | None,
    param: tuple[str, ...],
) -> None:
    """Prints or writes the wanted actions, then exits 3 for data with errors."""
    _check_place(settings, data, post, out)
    from engine.report.action_rows import STANDING, Wanted

    policy = open_policy(settings)
    holder = None if post is None else find_holder(policy, post)
    ahead = (horizon or policy.last_day) if settings.format == "ics" else None
    made = follow_up(settings, policy, data, as_of, param, unit, soon, ahead)
    wanted = Wanted(state or STANDING, holder)
    if settings.format == "ics":
        _calendars(settings, policy, made, wanted, by, out)
    elif settings.format == "docx":
        assert out is not None
        _notices(settings, made, wanted, out)
    else:
        _list(settings, policy, made, wanted, by, out)
    finish(settings, made)


def _check_place(settings: Settings, data: tuple[Path, ...], post: str | None, out: Path | None) -> None:
    """Whether what comes out has a place, before any work is done. Raises CommandError."""
    if settings.format == "docx" and out is None:
        raise exits.CommandError("cli.docx-needs-out", "cli.example.out")
    if settings.format == "ics" and out is None and post is None:
        raise exits.CommandError("cli.ics-needs-out", "cli.ics-needs-out-help")
    if out is None:
        return
    if settings.format in ("ics", "docx"):
        output_folder(out)
    else:
        output_file(out, data)


def _list(
    settings: Settings, policy: Policy, made: FollowUp, wanted: Wanted, by: By, out: Path | None
) -> None:
    from engine.report.action_rows import rows

    found: Iterator[ActionRow] = (row for case, actions in made.cases for row in rows(case, actions, wanted))
    if settings.format in ("json", "jsonl"):
        from engine.report.actions_json import event_chunks, event_lines

        chunks = (event_chunks if settings.format == "json" else event_lines)(found)
        if out is None:
            write_raw(chunks)
            return
        content = "".join(chunks)
    else:
        from engine.report.action_groups import groups
        from engine.report.actions_text import actions_lines

        listed = tuple(found)
        grouped = groups(policy, listed, by, wanted.holder, settings.lang)
        lang = settings.lang
        if out is None:
            write(actions_lines(made.run, listed, grouped, by, lang, terminal_width(), style))
            return
        content = "\n".join([*actions_lines(made.run, listed, grouped, by, lang, terminal_width()), ""])
    write_file(out, content.encode("utf-8", "replace"))
    note(settings, "cli.file-written", file=out)


def _calendars(
    settings: Settings, policy: Policy, made: FollowUp, wanted: Wanted, by: By, out: Path | None
) -> None:
    """Each calendar is replaced as a whole, for it holds nothing but what was computed."""
    from engine.report.calendars import calendars

    as_of, lang = made.run.program.as_of, settings.lang
    found, lost = calendars(policy, made.cases, wanted, by, lang)
    if out is None:
        (only,) = found
        write_raw([only.content(policy, as_of, lang).decode("utf-8")])
        return
    out.mkdir(exist_ok=True)
    written = [each for each in found if each.entries or (out / each.file).exists()]
    for each in written:
        write_file(out / each.file, each.content(policy, as_of, lang))
    total = sum(len(each.entries) for each in written)
    note(settings, "cli.calendars-written", folder=out, n=len(written), entries=total)
    if lost:
        note(settings, "cli.calendar-rest", n=lost)


def _notices(settings: Settings, made: FollowUp, wanted: Wanted, out: Path) -> None:
    """A notice that is there already may have been filled in and sent; it is never replaced."""
    from engine.report.notice_docx import notice_docx
    from engine.report.notices import notices

    out.mkdir(exist_ok=True)
    written = kept = 0
    for case, actions in made.cases:
        for notice in notices(case, actions, wanted, settings.lang):
            path = out / f"{notice.file}.docx"
            if path.exists():
                kept += 1
                continue
            write_file(path, notice_docx(notice, settings.lang))
            written += 1
    note(settings, "cli.notices-written", folder=out, n=written, kept=kept)
