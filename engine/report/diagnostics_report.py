"""What ``check`` prints: a project's diagnostics as text, as JSON, or as annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.diagnostics import Diagnostic, render
from engine.messages import Lang, text
from engine.report.github import diagnostic_annotation
from engine.wording.json_text import dumps


def counts_line(diagnostics: Sequence[Diagnostic], lang: Lang) -> str:
    """How many errors and warnings there are."""
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    return text("check.counts", lang, errors=errors, warnings=len(diagnostics) - errors)


def diagnostics_text(diagnostics: Sequence[Diagnostic], lang: Lang) -> Iterator[str]:
    """Each diagnostic as a compiler prints it, with a blank line after it."""
    for diagnostic in diagnostics:
        yield render(diagnostic, lang)
        yield ""


def diagnostics_github(diagnostics: Sequence[Diagnostic], lang: Lang) -> Iterator[str]:
    """One annotation each."""
    for diagnostic in diagnostics:
        yield diagnostic_annotation(diagnostic, lang)


def diagnostics_json(diagnostics: Sequence[Diagnostic], lang: Lang) -> str:
    """``{"diagnostics": [{"file", "line", "column", "length", "severity", "code", "message", "help"}]}``"""
    return dumps(diagnostics_object(diagnostics, lang), indent=1)


def diagnostics_object(diagnostics: Sequence[Diagnostic], lang: Lang) -> dict[str, object]:
    """The object of ``diagnostics_json``, for an output that has more in it."""
    return {"diagnostics": [_object(diagnostic, lang) for diagnostic in diagnostics]}


def _object(diagnostic: Diagnostic, lang: Lang) -> dict[str, object]:
    place = diagnostic.location
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "severity": diagnostic.severity,
        "code": diagnostic.shown_code,
        "message": diagnostic.message(lang),
        "help": diagnostic.help(lang),
    }
