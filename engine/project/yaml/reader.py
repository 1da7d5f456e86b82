"""Reading a YAML text: parse, and where that fails, put the line right and parse on, so that one run finds all errors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.diagnostics import Diagnostic, Location, in_order
from engine.project.yaml.anatomy import MAX_LINE, in_quotes, shown
from engine.project.yaml.compose import Composer, Stop
from engine.project.yaml.decode import Problem, check_characters, decode, without_controls
from engine.project.yaml.document import Document
from engine.project.yaml.events import Fault, events
from engine.project.yaml.faults import judge
from engine.project.yaml.files import read_bytes, too_big
from engine.project.yaml.finding import Finding
from engine.project.yaml.limits import MAX_BYTES, MAX_REPAIRS, REPAIR_BUDGET
from engine.project.yaml.lines import split_lines
from engine.project.yaml.traps import traps

#: What YAML takes for a sign of its own at the beginning of a value, and the user perhaps meant as text.
_QUOTABLE = frozenset({"tag", "unused-anchor", "unknown-alias"})
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class ReadResult:
    """What a file holds and what is wrong with it.

    With errors that leave the structure clear (a repeated key, a tag) there is still a document, so that its
    content can be checked in the same run; whoever acts on it must look at the diagnostics first.
    """

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(d.severity == "error" for d in self.diagnostics)


def read_yaml(path: Path, display_name: str, *, pure: bool = False) -> ReadResult:
    """Read the file at ``path``; diagnostics name it ``display_name``. Raises nothing: all that can go wrong is reported."""
    content, problems = read_bytes(path)
    if content is None:
        return _failed(problems, display_name)
    return parse_yaml(content, display_name, pure=pure)


def parse_yaml(content: str | bytes, display_name: str, *, pure: bool = False) -> ReadResult:
    """Read a YAML text, or its bytes as they stand in a file. ``pure`` takes the parser written in Python."""
    if len(content) > MAX_BYTES:
        return _failed([too_big(len(content))], display_name)
    text, problems = decode(content) if isinstance(content, bytes) else check_characters(content)
    if problems:
        original = content.decode("utf-8", errors="replace") if isinstance(content, bytes) else content
        return _failed(problems, display_name, split_lines(original.removeprefix("\ufeff")))
    return _Reading(text, display_name, pure).result()


def _failed(problems: list[Problem], name: str, lines: tuple[str, ...] = ()) -> ReadResult:
    found = []
    for code, line, column, params in problems:
        if line < 0:
            found.append(Diagnostic(code, Location(name), params))
        else:
            found.append(
                Diagnostic(
                    code, Location(name, line + 1, column + 1), params, "error", without_controls(lines[line])
                )
            )
    return ReadResult(None, tuple(found))


class _Reading:
    """One text on its way to a document. ``_now`` are the lines with repairs, ``_lines`` those of the user."""

    def __init__(self, text: str, name: str, pure: bool) -> None:
        self._text, self._name, self._pure = text, name, pure
        self._lines = split_lines(text)
        self._now = list(self._lines)
        self._found: list[Diagnostic] = []
        self._composed: list[Diagnostic] = []
        self._repaired: set[int] = set()

    def result(self) -> ReadResult:
        text = self._text
        for _ in range(max(1, min(MAX_REPAIRS, REPAIR_BUDGET // (len(text) + 1)))):
            self._composed = []
            composer = Composer(self._compose_report)
            try:
                composer.compose(events(text, pure=self._pure))
            except Stop:
                break
            except Fault as fault:
                if not self._repair(judge(fault, self._now)):
                    break
                text = "\n".join(self._now)
            else:
                return self._finish(composer)
        return self._result(None)

    def _repair(self, finding: Finding) -> bool:
        """Report the finding and put its line right; False if the text cannot be read on."""
        if finding.line in self._repaired or finding.repair_line in self._repaired:
            # The repair was not what was meant: more findings would be about it and not about the user's text.
            return False
        self._report(finding, "error", self._found)
        if finding.repair_line < 0 or self._now[finding.repair_line] == finding.repaired:
            return False
        self._now[finding.repair_line] = finding.repaired
        self._repaired.add(finding.repair_line)
        return True

    def _finish(self, composer: Composer) -> ReadResult:
        if self._found:
            return self._result(None)
        root = composer.root
        if root is None or (root.kind == "scalar" and not root.text and not root.style):
            return ReadResult(None, (Diagnostic("empty-file", Location(self._name)),))
        for finding, warning in traps(root, self._lines):
            self._report(finding, "warning" if warning else "error", self._found)
        if composer.broken or any(d.severity == "error" for d in self._found):
            return self._result(None)
        return self._result(Document(self._name, composer.data, root, self._lines))

    def _result(self, document: Document | None) -> ReadResult:
        return ReadResult(document, tuple(in_order([*self._found, *self._composed])))

    def _compose_report(
        self, code: str, line: int, column: int, length: int, *, warning: bool = False, **params: object
    ) -> None:
        if line not in self._repaired:
            if code in _QUOTABLE:
                text = self._lines[min(line, len(self._lines) - 1)]
                params["fixed"] = shown(in_quotes(text, column, flow=True)) if len(text) <= MAX_LINE else "…"
            finding = Finding(code, line, column, length, params)
            self._report(finding, "warning" if warning else "error", self._composed)

    def _report(self, finding: Finding, severity: Severity, into: list[Diagnostic]) -> None:
        number, column = finding.line, finding.column
        if number >= len(self._lines):
            number, column = len(self._lines) - 1, len(self._lines[-1])
        place = Location(self._name, number + 1, column + 1, max(finding.length, 1))
        into.append(Diagnostic(finding.code, place, finding.params, severity, self._lines[number]))
