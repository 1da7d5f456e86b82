"""``plumbline ledger object``: the unit, or an office, objects to a verdict."""

from __future__ import annotations

import click

from engine.cli.ledger_decision import decision_command
from engine.messages import Lang


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    return decision_command("object", "objection", lang)
