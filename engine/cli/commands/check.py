"""``plumbline check``: load the project and print everything that is wrong with it."""

from __future__ import annotations

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.opening import project_root
from engine.cli.output import note, write, write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    return command("check", lang, run, formats=("text", "json", "github"))


def run(settings: Settings) -> None:
    """Exit 1 if there is an error; warnings alone are printed and pass."""
    from engine.project import load
    from engine.report.diagnostics_report import (
        counts_line,
        diagnostics_github,
        diagnostics_json,
        diagnostics_text,
    )

    result = load(project_root(settings))
    found, lang = result.diagnostics, settings.lang
    if settings.format == "json":
        write_raw([diagnostics_json(found, lang) + "\n"])
    elif settings.format == "github":
        write(diagnostics_github(found, lang))
    else:
        write(diagnostics_text(found, lang))
    if result.policy is None:
        note(settings, "cli.check-failed", counts=counts_line(found, lang))
        raise exits.Finished(exits.FOUND)
    policy = result.policy
    if settings.format != "text" or settings.quiet:
        return
    passed = text(
        "cli.check-passed",
        lang,
        title=policy.title[lang],
        rules=len(policy.rules),
        tables=len(policy.tables),
        duties=len(policy.duties),
        measures=len(policy.measures),
        clauses=len(policy.clauses),
        tests=len(result.tests),
        counts=counts_line(found, lang),
    )
    write([passed])
