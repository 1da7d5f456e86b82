"""What can be wrong with an expression. The codes are explained in ``engine.messages.language``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

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


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` most likely stands for, or None. The order of ``known`` does not matter."""
    candidates = sorted(set(known))
    lowered = {candidate.lower(): candidate for candidate in reversed(candidates)}
    if word.lower() in lowered:
        return lowered[word.lower()]
    # Chinese words are short: one wrong character of two is already half of the word.
    cutoff = 0.6 if word.isascii() else 0.45
    found = get_close_matches(word, candidates, n=1, cutoff=cutoff)
    return found[0] if found else None
