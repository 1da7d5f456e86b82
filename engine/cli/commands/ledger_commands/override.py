"""``plumbline ledger override``: an office decides otherwise than the rules."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine.cli.exits import CommandError
from engine.cli.ledger_decision import Asked, decision_command
from engine.messages import LANGS, Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    verdict = click.Option(
        ["--verdict"],
        required=True,
        metavar=text("metavar.verdict", lang),
        help=text("option.override-verdict", lang),
    )
    return decision_command("override", "override", lang, [verdict], _decided)


def _decided(asked: Asked, given: Mapping[str, str]) -> Mapping[str, str]:
    """The verdict by its token or in the policy's own words, in either language."""
    from engine.ledger.decisions import VERDICTS
    from engine.wording.words import verdict_word

    known = {verdict: verdict for verdict in VERDICTS}
    for verdict in VERDICTS:
        known |= {verdict_word(asked.policy, verdict, lang): verdict for lang in LANGS}
    said = given["verdict"].strip()
    for name, verdict in known.items():
        if said.casefold() == name.casefold():
            return {"verdict": verdict}
    raise CommandError("ledger.no-such-verdict", found=said, known=", ".join(f"`{name}`" for name in known))
