"""``plumbline ledger confirm``: an office makes a proposed verdict its own."""

from __future__ import annotations

import click

from engine.cli.ledger_decision import decision_command
from engine.messages import Lang


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    return decision_command("confirm", "confirmation", lang)
