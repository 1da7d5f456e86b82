"""What the commands of `plumbline ledger` have in common."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.values import AsOf
from engine.messages import Lang, text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.ledger.decisions import By
    from engine.ledger.entry import Entry, Head
    from engine.ledger.store import Ledger
    from engine.project.policy import Policy

DEFAULT = "ledger.sqlite"
#: The form of the messages that help with a command of the group.
HELP_KEY = "help.command.ledger-{name}"
_HEAD = re.compile(r"([0-9]{1,18})\s+sha256:([0-9a-f]{64})")


def ledger_option(lang: Lang) -> click.Option:
    """``--ledger FILE``: the ledger to work on."""
    return click.Option(
        ["--ledger"],
        type=click.Path(path_type=Path),
        default=Path(DEFAULT),
        metavar=text("metavar.path", lang),
        help=text("option.ledger", lang),
    )


def decision_options(lang: Lang) -> list[click.Parameter]:
    """Who, when and why."""
    return [
        ledger_option(lang),
        click.Option(["--on"], type=AsOf(lang), required=True, help=text("option.on", lang)),
        click.Option(
            ["--office"],
            required=True,
            metavar=text("metavar.office", lang),
            help=text("option.office", lang),
        ),
        click.Option(["--post"], metavar=text("metavar.post", lang), help=text("option.decided-post", lang)),
        click.Option(
            ["--reason"], required=True, metavar=text("metavar.text", lang), help=text("option.reason", lang)
        ),
    ]


def open_ledger(path: Path, *, read_only: bool = False) -> Ledger:
    """The ledger. Raises CommandError if there is none, LedgerError for what is wrong with it."""
    from engine.ledger.store import Ledger

    if not path.exists():
        raise exits.CommandError("ledger.none", "ledger.none-help", file=path)
    return Ledger.open(path, read_only=read_only)


def find_evaluation(ledger: Ledger, named: str) -> Entry:
    """The evaluation of that number, or the last one of the unit of that id or name. Raises CommandError."""
    from engine.ledger.decisions import latest_evaluation
    from engine.ledger.record import EVALUATION

    if named.isascii() and named.isdigit():
        entry = ledger.entry(int(named))
        if entry.kind != EVALUATION:
            raise exits.CommandError("ledger.not-an-evaluation", seq=entry.seq, kind=entry.kind)
        return entry
    found = latest_evaluation(ledger, named)
    if found is None:
        raise exits.CommandError("ledger.no-such-unit", found=named)
    return found


def decided_by(policy: Policy, unit: str, office: str, post: str | None, on: date, reason: str) -> By:
    """Who decided, by ids of the policy; the unit itself may be the office. Raises CommandErrors for others.

    Only offices and posts are taken: no person's name belongs into the ledger.
    """
    from engine.ledger.decisions import By

    offices = {entry.name.en: id_ for id_, entry in policy.offices.items()} | {
        id_: id_ for id_ in policy.offices
    }
    if unit:
        offices[unit] = unit
    posts = {entry.name.en: id_ for id_, entry in policy.posts.items()} | {id_: id_ for id_ in policy.posts}
    wrong, who, for_it = exits.Gathered(), "", None
    with wrong.step():
        who = _one_of(office, offices)
    with wrong.step():
        for_it = None if post is None else _one_of(post, posts)
    with wrong.step():
        if not reason.strip():
            raise exits.CommandError("ledger.no-reason")
    wrong.done()
    return By(who, on, reason, for_it)


def kept_head(given: str | None) -> Head | None:
    """A head as text or in a file. Raises CommandError for anything else."""
    from engine.ledger.digests import Digests
    from engine.ledger.entry import Head

    if given is None:
        return None
    said = given
    if not _HEAD.fullmatch(given.strip()):
        path = Path(given)
        if not path.is_file():
            raise exits.CommandError("ledger.head-none", "ledger.head-form-help", found=given)
        said = path.read_text(encoding="utf-8", errors="replace")
    found = _HEAD.fullmatch(said.strip())
    if found is None:
        raise exits.CommandError("ledger.head-form", "ledger.head-form-help", found=given)
    return Head(int(found[1]), Digests(found[2]))


def _one_of(said: str, names: dict[str, str]) -> str:
    if said in names:
        return names[said]
    guess = nearest(said, names)
    if guess is not None:
        raise exits.CommandError("cli.no-such-post-near", found=said, nearest=guess)
    known = ", ".join(f"`{id_}`" for id_ in dict.fromkeys(names.values()))
    raise exits.CommandError("cli.no-such-post", found=said, known=known)
