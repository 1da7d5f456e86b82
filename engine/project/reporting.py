"""Collects diagnostics while files are read and linked, so that one run reports all of them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagnostics import Diagnostic, Location
from engine.language import LanguageProblem
from engine.project.yaml import Document

Path = tuple[str | int, ...]


class Reporter:
    """A list of diagnostics with the ways to add one."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    @property
    def failed(self) -> bool:
        """Whether any error (not warning) was reported."""
        return any(d.severity == "error" for d in self.diagnostics)

    def at_value(self, document: Document, path: Path, code: str, /, **params: object) -> None:
        """An error at the value under ``path``."""
        self.add(document, document.value_location(path), code, **params)

    def at_key(self, document: Document, path: Path, code: str, /, **params: object) -> None:
        """An error at the key that ``path`` ends in."""
        self.add(document, document.key_location(path), code, **params)

    def add(self, document: Document, location: Location, code: str, /, **params: object) -> None:
        """An error at a place of ``document``."""
        line = document.source_line(location) if location.line else None
        self.diagnostics.append(Diagnostic(code, location, params, source_line=line))

    def warn_at_value(self, document: Document, path: Path, code: str, /, **params: object) -> None:
        """A warning at the value under ``path``: the policy loads all the same."""
        location = document.value_location(path)
        line = document.source_line(location) if location.line else None
        self.diagnostics.append(Diagnostic(code, location, params, "warning", source_line=line))

    def in_file(self, file: str, code: str, /, **params: object) -> None:
        """An error about a file as a whole."""
        self.diagnostics.append(Diagnostic(code, Location(file), params))

    def in_text(self, document: Document, path: Path, problems: Iterable[LanguageProblem]) -> None:
        """The problems of an expression, placed inside the text under ``path``."""
        for problem in problems:
            location = document.text_location(path, problem.start, problem.end)
            self.add(document, location, problem.code, **problem.params)
