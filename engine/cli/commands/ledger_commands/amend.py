"""``plumbline ledger amend``: the policy is another one from here on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from engine.cli.base import command
from engine.cli.ledger_decision import say_decision
from engine.cli.ledger_options import HELP_KEY, decided_by, decision_options, open_ledger
from engine.cli.opening import load_project, program_at, project_root
from engine.cli.settings import Settings
from engine.messages import Lang


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    return command("amend", lang, run, decision_options(lang), help_key=HELP_KEY)


def run(settings: Settings, ledger: Path, on: date, office: str, post: str | None, reason: str) -> None:
    """Records the project's policy as it is now."""
    from engine.ledger.decisions import said_by
    from engine.ledger.record import amend

    policy, _ = load_project(settings)
    by = decided_by(policy, "", office, post, on, reason)
    program = program_at(policy, max(on, policy.effective), {})
    with open_ledger(ledger) as opened:
        entry = amend(opened, program, project_root(settings), said_by(by))
        say_decision(settings, opened, entry)
