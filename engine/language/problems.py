"""What can be wrong with an expression. The codes are explained in ``engine.messages.language``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine import messages


@dataclass(frozen=True)
class LanguageProblem:
    """One error at the characters ``start`` to ``end`` (end excluded, counted from 0) of the expression.

    ``error.<code>`` and ``help.<code>`` in the message table take ``params``.
    """

    code: str
    start: int = 0
    end: int = 0
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        message = messages.text(f"error.{self.code}", "en", **self.params)
        key = f"help.{self.code}"
        help_line = f" ({messages.text(key, 'en', **self.params)})" if messages.known(key) else ""
        return f"{self.start + 1}: {message}{help_line}"


class LanguageError(Exception):
    """The text is not an expression of the language, or goes beyond its limits. ``problems`` is never empty."""

    def __init__(self, problems: Iterable[LanguageProblem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def failure(code: str, start: int = 0, end: int = 0, **params: object) -> LanguageError:
    """A LanguageError with one problem."""
    return LanguageError([LanguageProblem(code, start, end, params)])
