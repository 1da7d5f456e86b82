"""``plumbline check``: load the project and print everything that is wrong with it, or what is carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.opening import project_root
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.diagnostics import Diagnostic
    from engine.project.policy import Policy


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    option = click.Option(["--coverage"], is_flag=True, help=text("option.coverage", lang))
    return command("check", lang, run, [option], formats=("text", "json", "github", "csv"))


def run(settings: Settings, coverage: bool) -> None:
    """Exit 1 if there is an error; warnings alone are printed and pass."""
    if settings.format == "csv" and not coverage:
        raise exits.CommandError("cli.csv-needs-coverage", "cli.csv-needs-coverage-help")
    if settings.format == "github" and coverage:
        raise exits.CommandError("cli.coverage-not-github", "cli.coverage-not-github-help")
    from engine.project import load
    from engine.report.diagnostics_report import (
        counts_line,
        diagnostics_github,
        diagnostics_json,
        diagnostics_text,
    )

    result = load(project_root(settings))
    found, lang = result.diagnostics, settings.lang
    if coverage and result.policy is not None:
        _coverage(settings, result.policy, found)
        return
    if settings.format == "json":
        write_raw([diagnostics_json(found, lang) + "\n"])
    elif settings.format == "github":
        write(diagnostics_github(found, lang))
    elif settings.format == "csv":
        for line in diagnostics_text(found, lang):
            click.echo(line, err=True)
    else:
        write(diagnostics_text(found, lang))
    if result.policy is None:
        note(settings, "cli.check-failed", counts=counts_line(found, lang))
        raise exits.Finished(exits.FOUND)
    policy = result.policy
    if settings.format != "text" or settings.quiet:
        return
    from engine.wording.columns import wrap

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
    write(wrap(passed, terminal_width()))


def _coverage(settings: Settings, policy: Policy, found: Sequence[Diagnostic]) -> None:
    """The table of clauses. Warnings go to standard error, except into JSON, which has a place for them."""
    from engine.project.coverage import policy_coverage
    from engine.report.coverage_report import coverage_csv, coverage_lines, coverage_object
    from engine.report.diagnostics_report import diagnostics_object, diagnostics_text
    from engine.wording.json_text import dumps

    entries, lang = policy_coverage(policy), settings.lang
    if settings.format == "json":
        both = {**diagnostics_object(found, lang), **coverage_object(entries, lang)}
        write_raw([dumps(both, indent=1) + "\n"])
        return
    for line in diagnostics_text(found, lang):
        click.echo(line, err=True)
    if settings.format == "csv":
        write_raw(coverage_csv(entries, lang))
    else:
        write(coverage_lines(policy, entries, lang, terminal_width(), style))
