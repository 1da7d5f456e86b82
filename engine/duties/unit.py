"""What is known of a unit before its duties are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.duties.rows import RowIndex
from engine.duties.spells import Spells
from engine.duties.waivers import Waived
from engine.inference.evaluation import Evaluation
from engine.language.values import Value


class Unit(NamedTuple):
    """An evaluation, with its listings, its rows by what they say, and what was waived."""

    evaluation: Evaluation
    values: Mapping[str, Value]
    spells: Spells
    row_index: RowIndex
    waived: Waived
