"""Fact sheets and registers: what is known about units, and where each value came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.facts.given import given
from engine.facts.read import read
from engine.facts.refused import DataError

if TYPE_CHECKING:
    from engine.facts.template import write_template

__all__ = ["DataError", "given", "read", "write_template"]


def __getattr__(name: str) -> object:
    # The template needs openpyxl, which takes longer to import than a small evaluation takes to run.
    if name == "write_template":
        from engine.facts.template import write_template

        return write_template
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
