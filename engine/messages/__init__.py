"""The one message table: every sentence that a person reads, in Chinese and English.

Each area keeps its part of the table in a file of its own beside this one, as ``TABLE``: a mapping
from a message key to ``(english, chinese)``. Texts are ``str.format`` templates; what the user wrote
goes between backticks. For a diagnostic with the code ``unknown-fact`` the keys are
``error.unknown-fact`` (the message) and ``help.unknown-fact`` (one line that shows the right form).
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("en", "zh")
AREAS = (
    "common",
    "language",
    "yaml",
    "project",
    "comparisons",
    "facts",
    "inference",
    "duties",
    "explain",
    "supposing",
    "report",
    "actions",
    "workbook",
    "coverage",
    "publish",
    "timeline",
    "ledger",
    "page",
    "batch",
    "spark",
    "cli",
)


@cache
def table() -> dict[str, tuple[str, str]]:
    """The whole table, key → (English, Chinese). Raises ValueError if two areas share a key."""
    merged: dict[str, tuple[str, str]] = {}
    for area in AREAS:
        part: dict[str, tuple[str, str]] = importlib.import_module(f"engine.messages.{area}").TABLE
        shared = merged.keys() & part.keys()
        if shared:
            raise ValueError(f"message keys defined twice: {sorted(shared)}")
        merged.update(part)
    return merged


def text(key: str, lang: Lang, /, **params: object) -> str:
    """The message ``key`` in ``lang`` with its parameters filled in. Raises KeyError for an unknown key."""
    english, chinese = table()[key]
    return (chinese if lang == "zh" else english).format(**params)


def known(key: str) -> bool:
    """Whether the table has ``key``."""
    return key in table()
