"""``plumbline ledger waive``: an office lets a unit off a duty in one period."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from engine.cli import exits
from engine.cli.ledger_decision import Asked, decision_command, find_duty
from engine.messages import Lang, text


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


def _waived(asked: Asked, given: Mapping[str, str]) -> Mapping[str, str]:
    """The duty and the period, as the recorded evaluation has them. Raises CommandError for any other."""
    duty = find_duty(asked.policy, given["duty"])
    result = json.loads(asked.ledger.get(asked.evaluation.body["result_object"]))
    periods = [found["period"] for found in result.get("duties", ()) if found["duty"] == duty.id]
    if not periods:
        raise exits.CommandError("ledger.no-such-duty", duty=duty.id, seq=asked.evaluation.seq)
    if given["period"] not in periods:
        shown = ", ".join(f"`{period}`" for period in periods)
        raise exits.CommandError(
            "ledger.no-such-period", found=given["period"], seq=asked.evaluation.seq, known=shown
        )
    return {"duty": duty.id, "period": given["period"]}
