"""One thing wrong with a text, and how a line would read without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.project.yaml.anatomy import shown
from engine.project.yaml.lookalikes import Lookalike


@dataclass(frozen=True)
class Finding:
    """``code`` at a place counted from 0. Line ``repair_line`` would be ``repaired``; -1 if no repair is known."""

    code: str
    line: int
    column: int
    length: int = 1
    params: Mapping[str, object] = field(default_factory=dict)
    repair_line: int = -1
    repaired: str = ""

    @classmethod
    def of_lookalike(cls, number: int, found: Lookalike) -> Finding:
        """The finding for what only looks like YAML in line ``number``."""
        params = {**found.params, "fixed": shown(found.fixed)}
        return cls(found.code, number, found.column, 1, params, number, found.fixed)
