"""The shape of rule files that compare units with each other."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engine.project.models import ClauseId, ConditionData, Identifier, Model, Names, ScalarData, TextModel


class ComparisonModel(Model):
    """A comparison between units: one of `rank`, `share` and `quota`, with the keys that belong to it."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    note: TextModel | None = None
    rank: str | None = None
    share: ConditionData = None
    quota: str | None = None
    among: Names = Field(default=[])
    order: Literal["highest first", "lowest first"] | None = None
    ties: Literal["better place", "worse place", "no gaps", "in", "out"] | None = None
    end: Literal["first", "last"] | None = None
    part: ScalarData = None
    rounding: Literal["up", "down", "half up"] | None = None
    at_least: ScalarData = None
    at_most: ScalarData = None


class ComparisonsFile(Model):
    """rules/comparisons.yaml"""

    kind: ClassVar[str] = "comparisons"
    comparisons: list[ComparisonModel] = Field(min_length=1)


COMPARISON_FILE_KINDS: dict[str, type[Model]] = {"comparisons": ComparisonsFile}
