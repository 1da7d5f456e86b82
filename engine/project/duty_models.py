"""The shape of rule files about what has to be done: duties, procedures, measures and ladders."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engine.project.models import (
    AmendmentModel,
    ClauseId,
    ConditionData,
    Day,
    Identifier,
    MeasureConditionData,
    Model,
    Names,
    ScalarData,
    TextModel,
    WhereData,
)


class GroupModel(Model):
    """Duties that the plan names together."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    note: TextModel | None = None


class RowsModel(Model):
    """Rows of a register, and the column that dates them."""

    register_: str
    where: WhereData = {}
    date: str
    which: Literal["first", "latest"] = "first"


class DueModel(Model):
    """The last good day: `by` a day, `within` a time of an event, or `at least` a time `before` one."""

    by: str | None = None
    within: str | None = None
    of: str | RowsModel | None = None
    at_least: str | None = None
    before: str | RowsModel | None = None


class EvidenceModel(Model):
    """What shows that a duty was done: rows of a register, a date in the same row, or a fact."""

    register_: str | None = None
    where: WhereData = {}
    date: str | None = None
    period: str | None = None
    at_least: ScalarData = None
    same_row: str | None = None
    fact: str | None = None


class DutyModel(Model):
    """An obligation."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    group: str | None = None
    owner: Names
    while_: Literal["listed", "in force"] = "listed"
    applies_to: Names = []
    applies_when: ConditionData = None
    each: str
    phases: Names = []
    rows: RowsModel | None = None
    from_: str | None = None
    until: str | None = None
    due: DueModel | None = None
    evidence: EvidenceModel
    advisory: bool = False
    kind_of_work: Literal["work", "review", "attendance", "clear"] = "work"
    note: TextModel | None = None


class DutiesFile(Model):
    """rules/duties/*.yaml"""

    kind: ClassVar[str] = "duties"
    groups: list[GroupModel] = []
    duties: list[DutyModel] = []


class StepModel(Model):
    """A step of a procedure."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    by: Names = []
    by_all_of: Names = []
    listing_event: Literal["delisted"] | None = None
    due: DueModel | None = None
    note: TextModel | None = None


class ProcedureModel(Model):
    """Steps in a fixed order."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    while_: Literal["listed", "in force"] = "listed"
    register_: str
    step: str
    date: str
    actor: str | None = None
    note: TextModel | None = None
    steps: list[StepModel] = Field(min_length=1)


class ProceduresFile(Model):
    """rules/*.yaml with `procedures`"""

    kind: ClassVar[str] = "procedures"
    procedures: list[ProcedureModel] = Field(min_length=1)


class MeasureBase(Model):
    """What measures and rungs share."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    by: Names
    against: Names
    due: DueModel | None = None
    evidence: EvidenceModel | None = None
    reward: bool = False
    notice: Literal["assignment", "supervision", "interview"] | None = None
    note: TextModel | None = None


class MeasureAmendmentModel(AmendmentModel):
    """What calls for a measure from a day on: another condition, or nothing any more."""

    when: MeasureConditionData = None


class MeasureModel(MeasureBase):
    """A measure with its condition."""

    while_: Literal["listed", "in force"] = "listed"
    when: MeasureConditionData
    in_force_from: Day | None = None
    amended: list[MeasureAmendmentModel] = []


class RungModel(MeasureBase):
    """A rung of a ladder."""

    from_: int | str


class OccasionsModel(Model):
    """What a ladder counts: rows of a register, or periods of duties."""

    register_: str | None = None
    where: WhereData = {}
    date: str | None = None
    duty: str | None = None
    group: str | None = None
    was: Names = []


class LadderModel(Model):
    """Occasions that add up to ever stronger measures."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    over: Literal["this listing", "the whole plan"] = "this listing"
    occasions: OccasionsModel
    counts: str = "altogether"
    broken_by: WhereData | None = None
    note: TextModel | None = None
    rungs: list[RungModel] = Field(min_length=1)


class MeasuresFile(Model):
    """rules/*.yaml with `measures` or `ladders`"""

    kind: ClassVar[str] = "measures"
    measures: list[MeasureModel] = []
    ladders: list[LadderModel] = []


#: Kinds of file that this module adds to those of ``engine.project.models``.
DUTY_FILE_KINDS: dict[str, type[Model]] = {
    "duties": DutiesFile,
    "procedures": ProceduresFile,
    "measures": MeasuresFile,
}
