"""Finds out what somebody meant whose text does not parse. Runs only after parsing failed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from engine.language.problems import LanguageProblem

#: Punctuation of Chinese and mathematical typing that has no ASCII form of its own in Unicode.
_PUNCTUATION = {
    "“": '"', "”": '"', "‘": '"', "’": '"', "、": ",", "。": ".", "【": "[", "】": "]", "「": '"', "」": '"',
    "≥": ">=", "≦": "<=", "≧": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-",
    "…": "..", "《": '"', "》": '"',
}  # fmt: skip

_SKIPPED = re.compile(r'@?"(?:[^"\\\n\r]|\\.)*"|//[^\n\r]*|/\*.*?\*/', re.DOTALL)
#: Pieces of other languages, and of FEEL beyond the subset, with what is to be said about them.
_FOREIGN: tuple[tuple[str, str, str], ...] = (
    (r"==", "foreign-operator", "="),
    (r"=>", "foreign-operator", ">="),
    (r"=<", "foreign-operator", "<="),
    (r"<>", "foreign-operator", "!="),
    (r"&&?", "foreign-operator", "and"),
    (r"\|\|?", "foreign-operator", "or"),
    (r"!(?!=)", "foreign-operator", "not(…)"),
    (r"\bnot\b(?!\s*\()", "foreign-operator", "not(…)"),
    (r"\b(?:AND|And)\b", "foreign-operator", "and"),
    (r"\b(?:OR|Or)\b", "foreign-operator", "or"),
    (r"\b(?:NOT|Not)\b", "foreign-operator", "not(…)"),
    (r"'[^'\n]*'?", "single-quotes", ""),
    (r"\bfor\b(?=.*\breturn\b)", "outside-for", ""),
    (r"\bfunction\s*\(", "outside-function", ""),
    (r"\binstance\s+of\b", "outside-instance-of", ""),
    (r"[{}]", "outside-context", ""),
    (r"%", "outside-percent", ""),
    (r"\\", "stray-backslash", ""),
)
_PATTERNS = [(re.compile(pattern, re.DOTALL), code, right) for pattern, code, right in _FOREIGN]


def syntax_problems(text: str, error: Any) -> list[LanguageProblem]:
    """The problems of ``text``, for which lark raised ``error``: all that are recognised, else where it stopped."""
    found = sorted(_recognised(text), key=lambda problem: (problem.start, problem.code))
    return found or [_stopped(text, error)]


def _recognised(text: str) -> Iterator[LanguageProblem]:
    # Strings and comments become blanks of the same length, so that places stay right.
    code = _SKIPPED.sub(lambda match: " " * len(match[0]), text)
    for at, character in enumerate(code):
        right = _PUNCTUATION.get(character)
        if right is None and not character.isascii() and not character.isalpha() and not character.isspace():
            folded = unicodedata.normalize("NFKC", character)
            right = folded if folded.isascii() and folded != character else None
        if right is not None:
            yield LanguageProblem("full-width", at, at + 1, {"found": character, "right": right})
    for pattern, name, right in _PATTERNS:
        for match in pattern.finditer(code):
            found = text[match.start() : match.end()]
            params = {"found": found, "right": right or '"' + found.strip("'") + '"'}
            yield LanguageProblem(name, match.start(), match.end(), params)
    quote = code.find('"')
    if quote >= 0:
        yield LanguageProblem("unclosed-string", quote, len(text), {})


def _stopped(text: str, error: Any) -> LanguageProblem:
    """The place where no further token fits."""
    token = getattr(error, "token", None)
    expected = getattr(error, "expected", None) or getattr(error, "allowed", None) or ()
    wants_value = "NUMBER" in expected
    if not text.strip():
        return LanguageProblem("empty-expression", 0, len(text))
    if token is not None and token.type == "$END":
        end = len(text.rstrip())
        return LanguageProblem("unfinished-value" if wants_value else "unfinished", max(end - 1, 0), end)
    start = token.start_pos if token is not None else getattr(error, "pos_in_stream", 0)
    word = str(token) if token is not None else text[start : start + 1]
    code = "value-expected" if wants_value else "operator-expected"
    return LanguageProblem(code, start, start + len(word), {"found": word})
