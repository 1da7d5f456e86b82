"""``plumbline ledger show``: what the ledger says, all of it, of one unit, or of one entry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.ledger_options import HELP_KEY, ledger_option, open_ledger
from engine.cli.output import terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.ledger.entry import Entry


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["what"], required=False, metavar=text("metavar.entry-or-unit", lang)),
        ledger_option(lang),
    ]
    return command("show", lang, run, params, ("text", "json"), help_key=HELP_KEY)


def run(settings: Settings, ledger: Path, what: str | None) -> None:
    """Entries in order; of a unit also where its last evaluation stands."""
    from engine.ledger.decisions import standing
    from engine.ledger.names import Names
    from engine.ledger.say_entries import entry_lines, standing_line

    lang, width = settings.lang, terminal_width()
    with open_ledger(ledger, read_only=True) as opened:
        names = Names(opened)
        if what is not None and what.isascii() and what.isdigit():
            entry = opened.entry(int(what))
            if settings.format == "json":
                _json([entry])
            else:
                write(entry_lines(entry, lang, width, names.of(entry), full=True))
            return
        entries = opened.entries() if what is None else [e for e in opened.entries() if _is_of(e, what)]
        if settings.format == "json":
            _json(entries)
            return
        if what is not None and not entries:
            raise exits.CommandError("ledger.no-such-unit", found=what)
        last = None
        for entry in entries:
            write(entry_lines(entry, lang, width, names.of(entry)))
            last = entry if entry.kind == "evaluation" else last
        if what is not None and last is not None:
            about = [e for e in entries if e.body.get("about") == last.seq]
            click.echo(standing_line(standing(last, about), lang, names.of(last)))
        elif what is None:
            click.echo(text("ledger.head-line", lang, head=opened.head()))


def _is_of(entry: Entry, unit: str) -> bool:
    named = entry.body.get("unit", {})
    return unit in (named.get("id"), named.get("name"))


def _json(entries: Iterable[Entry]) -> None:
    from engine.wording.json_text import dumps

    for entry in entries:
        write_raw(
            [
                dumps(
                    {
                        "seq": entry.seq,
                        "kind": entry.kind,
                        "body": entry.body,
                        "sha256": entry.digests.sha256,
                        "sm3": entry.digests.sm3,
                    }
                )
                + "\n"
            ]
        )
