"""``plumbline ledger override``: an office decides otherwise than the rules."""

from __future__ import annotations

import click

from engine.cli.ledger_decision import decision_command
from engine.ledger.decisions import VERDICTS
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    verdict = click.Option(
        ["--verdict"], type=click.Choice(VERDICTS), required=True, help=text("option.override-verdict", lang)
    )
    return decision_command("override", "override", lang, [verdict], lambda policy, given: given)
