"""What the deciding commands of `plumbline ledger` share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.ledger_options import HELP_KEY, decided_by, decision_options, find_evaluation, open_ledger
from engine.cli.output import terminal_width, write
from engine.cli.settings import Settings
from engine.messages import Lang, text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.ledger.decisions import Kind
    from engine.ledger.entry import Entry
    from engine.ledger.store import Ledger
    from engine.project.duty import Duty
    from engine.project.policy import Policy


#: What a decision says besides who, when and why, from the policy and the command's own values.
More = Callable[["Asked", Mapping[str, str]], Mapping[str, str]]


class Asked(NamedTuple):
    """What a decision is about: an evaluation in its ledger, and the policy that it was made with."""

    ledger: Ledger
    evaluation: Entry
    policy: Policy


def decision_command(
    name: str, kind: Kind, lang: Lang, params: Sequence[click.Parameter] = (), more: More | None = None
) -> click.Command:
    """A command that appends one decision about an evaluation; ``params`` are its own, read by ``more``."""

    def run(
        settings: Settings,
        what: str,
        ledger: Path,
        on: date,
        office: str,
        post: str | None,
        reason: str,
        **own: str,
    ) -> None:
        from engine.ledger.decisions import decide

        with open_ledger(ledger) as opened:
            evaluation = find_evaluation(opened, what)
            policy = policy_of(opened, evaluation)
            wrong = exits.Gathered()
            with wrong.step():
                by = decided_by(policy, evaluation.body["unit"]["name"], office, post, on, reason)
            with wrong.step():
                said = {} if more is None else more(Asked(opened, evaluation, policy), own)
            wrong.done()
            say_decision(settings, opened, decide(opened, evaluation.seq, kind, by, said))

    argument = click.Argument(["what"], metavar=text("metavar.entry-or-unit", lang))
    return command(name, lang, run, [argument, *params, *decision_options(lang)], help_key=HELP_KEY)


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
        raise exits.CommandError("ledger.unknown-duty-near", found=name, nearest=guess)
    raise exits.CommandError("ledger.unknown-duty", found=name)


def say_decision(settings: Settings, ledger: Ledger, entry: Entry) -> None:
    """The entry that was written, and the head after it."""
    from engine.ledger.names import Names
    from engine.ledger.say_entries import entry_lines

    write(entry_lines(entry, settings.lang, terminal_width(), Names(ledger).of(entry)))
    if not settings.quiet:
        click.echo(text("ledger.head-line", settings.lang, head=ledger.head()))
