"""``plumbline ledger waive``: an office lets a unit off a duty in one period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from engine.cli.ledger_decision import decision_command, find_duty
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.project.policy import Policy


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        click.Option(
            ["--duty"],
            required=True,
            metavar=text("metavar.rule", lang),
            help=text("option.waive-duty", lang),
        ),
        click.Option(
            ["--period"],
            required=True,
            metavar=text("metavar.text", lang),
            help=text("option.waive-period", lang),
        ),
    ]
    return decision_command("waive", "waiver", lang, params, _waived)


def _waived(policy: Policy, given: Mapping[str, str]) -> Mapping[str, str]:
    return {"duty": find_duty(policy, given["duty"]).id, "period": given["period"]}
