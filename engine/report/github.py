"""Annotations as GitHub's workflow commands: ``::error file=…,line=…,col=…::message``."""

from __future__ import annotations

from engine.diagnostics import Diagnostic
from engine.messages import Lang


def annotation(
    severity: str, message: str, file: str | None = None, line: int = 0, column: int = 0, title: str = ""
) -> str:
    """One workflow command. ``line`` 0: the file as a whole; ``file`` None: no place."""
    properties: list[tuple[str, object]] = []
    if file is not None:
        properties.append(("file", file))
        if line:
            properties.append(("line", line))
        if line and column:
            properties.append(("col", column))
    if title:
        properties.append(("title", title))
    head = ",".join(f"{name}={_property(str(value))}" for name, value in properties)
    return f"::{severity}{' ' if head else ''}{head}::{_data(message)}"


def diagnostic_annotation(diagnostic: Diagnostic, lang: Lang) -> str:
    """A diagnostic with its help as one annotation."""
    place, help_line = diagnostic.location, diagnostic.help(lang)
    said = diagnostic.message(lang) + (f"\n{help_line}" if help_line is not None else "")
    return annotation(diagnostic.severity, said, place.file, place.line, place.column, diagnostic.shown_code)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
