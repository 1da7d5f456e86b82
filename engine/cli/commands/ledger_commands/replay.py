"""``plumbline ledger replay``: evaluations computed again, with their own policy or with another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.ledger_options import HELP_KEY, find_evaluation, ledger_option, open_ledger
from engine.cli.output import note, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.ledger.replay import Replayed
    from engine.project.policy import Policy


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["what"], required=False, metavar=text("metavar.entry-or-unit", lang)),
        click.Option(["--all", "everything"], is_flag=True, help=text("option.replay-all", lang)),
        click.Option(
            ["--with-policy"],
            type=click.Path(path_type=Path),
            metavar=text("metavar.folder", lang),
            help=text("option.with-policy", lang),
        ),
        ledger_option(lang),
    ]
    return command("replay", lang, run, params, ("text", "json"), help_key=HELP_KEY)


def run(
    settings: Settings, what: str | None, everything: bool, with_policy: Path | None, ledger: Path
) -> None:
    """Exits with 1 if a result is not what it was; with another policy that is what was asked, and the code is 0."""
    from engine.ledger.names import Names
    from engine.ledger.replay import Replayer
    from engine.ledger.say_replay import replayed_lines

    if everything == (what is not None):
        raise exits.CommandError("ledger.replay-what", "ledger.replay-what-help")
    other = None if with_policy is None else _policy(with_policy)
    same = different = 0
    with open_ledger(ledger, read_only=True) as opened:
        replayer = Replayer(opened, other)
        if replayer.note is not None:
            note(settings, replayer.note)
        names = Names(opened)
        entries = opened.entries() if what is None else iter([find_evaluation(opened, what)])
        for replayed in replayer.replay(entries):
            if replayed.identical:
                same += 1
                if what is not None and settings.format == "text":
                    click.echo(text("ledger.identical", settings.lang, seq=replayed.entry.seq))
            else:
                different += 1
                if settings.format == "json":
                    _json(replayed)
                else:
                    naming = names.of(replayed.entry)
                    write(
                        replayed_lines(replayed, naming, settings.lang, terminal_width(), other is not None)
                    )
    if settings.format == "text":
        key = "ledger.replayed" if other is None else "ledger.replayed-other"
        click.echo(text(key, settings.lang, same=same, different=different))
    if different and other is None:
        raise exits.Finished(exits.FOUND)


def _policy(root: Path) -> Policy:
    from engine.project import find_root, load

    if find_root(root.resolve()) != root.resolve():
        raise exits.CommandError("cli.not-a-project", "cli.not-a-project-help", folder=root)
    found = load(root.resolve(), tests=False).policy
    if found is None:
        raise exits.CommandError("ledger.other-does-not-load", "ledger.other-does-not-load-help", folder=root)
    return found


def _json(replayed: Replayed) -> None:
    from engine.wording.json_text import dumps

    recorded, now = replayed.verdicts
    object_ = {
        "seq": replayed.entry.seq,
        "unit": replayed.entry.body["unit"],
        "as_of": replayed.entry.body["as_of"],
        "classification": {"recorded": recorded, "now": now},
        "differences": [
            {"place": d.place, "recorded": d.recorded, "now": d.now} for d in replayed.differences
        ],
    }
    write_raw([dumps(object_) + "\n"])
