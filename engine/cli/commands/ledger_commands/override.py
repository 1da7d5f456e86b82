"""``plumbline ledger override``: an office decides otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.ledger_decision import policy_of, say_decision
from engine.cli.ledger_options import HELP_KEY, decided_by, decision_options, find_evaluation, open_ledger
from engine.cli.settings import Settings
from engine.ledger.decisions import VERDICTS
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Argument(["what"], metavar=text("metavar.entry-or-unit", lang)),
        click.Option(
            ["--verdict"],
            type=click.Choice(VERDICTS),
            required=True,
            help=text("option.override-verdict", lang),
        ),
        *decision_options(lang),
    ]
    return command("override", lang, run, params, help_key=HELP_KEY)


def run(
    settings: Settings,
    what: str,
    verdict: str,
    ledger: Path,
    on: date,
    office: str,
    post: str | None,
    reason: str,
) -> None:
    """Appends one entry and prints it."""
    from engine.ledger.decisions import decide

    with open_ledger(ledger) as opened:
        evaluation = find_evaluation(opened, what)
        policy = policy_of(opened, evaluation)
        by = decided_by(policy, evaluation.body["unit"]["name"], office, post, on, reason)
        entry = decide(opened, evaluation.seq, "override", by, {"verdict": verdict})
        say_decision(settings, opened, entry)
