"""What the deciding commands of `plumbline ledger` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.output import terminal_width, write
from engine.cli.settings import Settings
from engine.messages import text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.ledger.entry import Entry
    from engine.ledger.store import Ledger
    from engine.project.duty import Duty
    from engine.project.policy import Policy


def policy_of(ledger: Ledger, evaluation: Entry) -> Policy:
    """The policy that an evaluation was made with. Raises LedgerError."""
    from engine.ledger.errors import LedgerError
    from engine.ledger.snapshot import load_snapshot

    named = evaluation.body.get("policy")
    if not isinstance(named, dict):
        raise LedgerError("ledger.not-an-evaluation", seq=evaluation.seq, kind=evaluation.kind)
    return load_snapshot(ledger.get(named["policy_object"]), named["digest"])


def find_duty(policy: Policy, name: str) -> Duty:
    """The duty of that id or name. Raises CommandError with the nearest one."""
    known = {said: duty for duty in policy.duties.values() for said in (duty.name.en, duty.name.zh, duty.id)}
    if name in known:
        return known[name]
    guess = nearest(name, known)
    if guess is not None:
        raise exits.CommandError("cli.no-such-rule-near", found=name, nearest=guess)
    raise exits.CommandError("cli.no-such-rule", found=name)


def say_decision(settings: Settings, ledger: Ledger, entry: Entry) -> None:
    """The entry that was written, and the head after it."""
    from engine.ledger.say_entries import entry_lines

    write(entry_lines(entry, settings.lang, terminal_width()))
    if not settings.quiet:
        click.echo(text("ledger.head-line", settings.lang, head=ledger.head()))
