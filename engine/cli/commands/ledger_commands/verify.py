"""``plumbline ledger verify``: whether anything was changed, removed, inserted or moved."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.ledger_options import HELP_KEY, kept_head, ledger_option, open_ledger
from engine.cli.output import write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    head = click.Option(["--head"], metavar=text("metavar.head", lang), help=text("option.head", lang))
    return command("verify", lang, run, [ledger_option(lang), head], ("text", "json"), help_key=HELP_KEY)


def run(settings: Settings, ledger: Path, head: str | None) -> None:
    """Exits with 1 if the ledger is not sound."""
    from engine.ledger.verify import verify

    kept = kept_head(head)
    with open_ledger(ledger, read_only=True) as opened:
        found = verify(opened, kept)
    lang = settings.lang
    lines = []
    for finding in found.findings:
        said = text(finding.key, lang, **finding.params)
        lines.append(
            said if finding.seq is None else text("ledger.at-entry", lang, seq=finding.seq, what=said)
        )
    notes = [text(note.key, lang, **note.params) for note in found.notes]
    if settings.format == "json":
        from engine.wording.json_text import dumps

        object_ = {
            "sound": found.sound,
            "count": found.head.count,
            "head": str(found.head.digests),
            "compared_with": None if kept is None else str(kept),
            "objects": found.objects,
            "findings": [
                {"entry": finding.seq, "code": finding.key.removeprefix("ledger."), "message": said}
                for finding, said in zip(found.findings, lines, strict=True)
            ],
            "notes": notes,
        }
        write_raw([dumps(object_, indent=1) + "\n"])
    else:
        for line in lines:
            click.echo(line)
        if found.sound:
            click.echo(
                text(
                    "ledger.sound",
                    lang,
                    count=found.head.count,
                    objects=found.objects,
                    head=found.head.digests,
                )
            )
            key = "ledger.sound-alone" if kept is None else "ledger.sound-head"
            click.echo(text(key, lang, **({} if kept is None else {"head": kept})))
        else:
            seqs = [finding.seq for finding in found.findings if finding.seq is not None]
            key = "ledger.not-sound" if seqs else "ledger.not-sound-file"
            click.echo(text(key, lang, count=len(lines), **({"seq": min(seqs)} if seqs else {})))
        for note in notes:
            click.echo(note, err=True)
    if not found.sound:
        raise exits.Finished(exits.FOUND)
