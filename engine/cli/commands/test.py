"""``plumbline test``: run the project's own tests."""

from __future__ import annotations

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.opening import channels, load_project
from engine.cli.output import note, style, terminal_width, write, write_raw
from engine.cli.settings import Settings
from engine.messages import Lang, text


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    pattern = click.Argument(["pattern"], required=False, metavar=text("metavar.pattern", lang))
    return command("test", lang, run, [pattern], formats=("text", "json", "github"))


def run(settings: Settings, pattern: str | None) -> None:
    """Exit 1 if a test fails. A pattern that matches nothing is wrong use: it would otherwise always pass."""
    from engine.analysis.policy_tests import matching, run_tests
    from engine.analysis.test_report import github_lines, json_text, summary_line, text_lines

    policy, loaded = load_project(settings, tests=True)
    tests = matching(loaded.tests, pattern)
    if not tests:
        key = "test.none-match" if loaded.tests else "test.none"
        raise exits.CommandError(key, pattern=pattern)
    usable = channels("both")
    for key in usable.notes:
        note(settings, key)
    results = run_tests(policy, tests, engine=usable.engine)
    lang = settings.lang
    if settings.format == "json":
        write_raw([json_text(policy, results, usable.engine, lang) + "\n"])
    elif settings.format == "github":
        write(github_lines(policy, results, lang))
    else:
        write(text_lines(policy, results, lang, terminal_width(), style))
        write([summary_line(results, usable.engine, lang)])
    if not all(result.passed for result in results):
        raise exits.Finished(exits.FOUND)
