"""The shape of every YAML file kind, as Pydantic models; JSON Schemas are generated from the same models.

Only structure lives here. What a condition or a test value means depends on the vocabulary, so those fields
stay as written and ``engine.project.conditions`` reads them.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from engine.language.values import YearsMonths
from engine.project.durations import parse_duration


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value) if len(value) == 10 else _not_a_date(value)
        except ValueError:
            return _not_a_date(value)
    return _not_a_date(value)


def _not_a_date(value: object) -> object:
    raise PydanticCustomError("not-a-date", "not a date", {"found": str(value)})


def _shelf_life(value: object) -> object:
    duration = parse_duration(value) if isinstance(value, str) else None
    if not isinstance(duration, YearsMonths) or duration.months <= 0:
        raise PydanticCustomError("not-a-duration", "not a duration", {"found": str(value)})
    return duration


def _one_or_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


ID_PATTERN = r"^[A-Za-z\u4e00-\u9fff_][0-9A-Za-z\u4e00-\u9fff_]*$"
Identifier = Annotated[str, Field(pattern=ID_PATTERN)]
RuleId = Annotated[str, Field(pattern=r"^[A-Za-z\u4e00-\u9fff_][0-9A-Za-z\u4e00-\u9fff_.-]*$")]
ClauseId = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9A-Za-z_-]+)*$")]
Day = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
ShelfLife = Annotated[
    Any, BeforeValidator(_shelf_life), WithJsonSchema({"type": "string", "examples": ["12 months"]})
]
Names = Annotated[
    list[str],
    BeforeValidator(_one_or_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
ConditionData = Annotated[Any, WithJsonSchema({"x-definition": "condition"})]
MeasureConditionData = Annotated[Any, WithJsonSchema({"x-definition": "measure_condition"})]
FactsData = Annotated[dict[str, Any], WithJsonSchema({"x-definition": "facts"})]
RegistersData = Annotated[dict[str, Any], WithJsonSchema({"x-definition": "registers"})]
ParametersData = Annotated[dict[str, Any], WithJsonSchema({"x-definition": "parameters"})]
ComparedData = Annotated[dict[str, Any], WithJsonSchema({"x-definition": "compared"})]
WhereData = Annotated[dict[str, Any], WithJsonSchema({"type": "object"})]
FindingValue = Annotated[Any, WithJsonSchema({"enum": [True, False, "unknown"]})]
ScalarData = Annotated[Any, WithJsonSchema({"type": ["string", "number", "boolean"]})]


class Model(BaseModel):
    """Keys are written with spaces (`shelf life`); unknown keys are errors, and so are wrong kinds of value."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        defer_build=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", " "),
    )


class TextModel(Model):
    """A text in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class PolicyHead(Model):
    """What the plan is and who issued it."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")
    title: TextModel
    issuer: TextModel
    issued: Day
    effective: Day | None = None


class ClauseModel(Model):
    """A clause of the plan."""

    id: ClauseId
    title: TextModel
    summary: TextModel
    locator: str = Field(min_length=1)
    operative: bool
    why_not: TextModel | None = None
    not_yet_encoded: TextModel | None = None


class DocumentFile(Model):
    """policy/document.yaml"""

    kind: ClassVar[str] = "document"
    policy: PolicyHead
    clauses: list[ClauseModel] = Field(min_length=1)


class ChoiceModel(Model):
    """An allowed value."""

    value: str = Field(min_length=1)
    en: str = Field(min_length=1)


class FactModel(Model):
    """A fact, or a column of a register."""

    id: Identifier
    name: TextModel
    type: Literal["boolean", "number", "integer", "text", "date", "choice"]
    unit: str | None = None
    supplier: str | None = None
    shelf_life: ShelfLife = None
    sensitive: bool = False
    unchangeable: bool = False
    range_: str | None = None
    choices: list[ChoiceModel] = []
    clause: ClauseId | None = None
    note: TextModel | None = None


class RegisterModel(Model):
    """A list of rows per unit."""

    id: Identifier
    name: TextModel
    supplier: str | None = None
    key: str | None = None
    shelf_life: ShelfLife = None
    unchangeable: bool = False
    columns: list[FactModel] = Field(min_length=1)
    clause: ClauseId | None = None
    note: TextModel | None = None


class DerivedModel(Model):
    """A fact that is computed from others."""

    id: Identifier
    name: TextModel
    type: Literal["boolean", "number", "integer", "text", "date", "choice", "duration"]
    unit: str | None = None
    expression: str = Field(min_length=1)
    clause: ClauseId | None = None
    note: TextModel | None = None


class VocabularyFile(Model):
    """policy/vocabulary.yaml"""

    kind: ClassVar[str] = "vocabulary"
    facts: list[FactModel] = []
    registers: list[RegisterModel] = []
    derived: list[DerivedModel] = []


class EntryModel(Model):
    """An office, post or rank; its id is its Chinese name."""

    id: Identifier
    en: str = Field(min_length=1)
    note: TextModel | None = None


class KindModel(EntryModel):
    """A kind of unit."""

    in_scope: bool
    aliases: list[str] = []


class OrganisationFile(Model):
    """policy/organisation.yaml"""

    kind: ClassVar[str] = "organisation"
    offices: list[EntryModel] = []
    posts: list[EntryModel] = []
    ranks: list[EntryModel] = []
    kinds: list[KindModel] = Field(min_length=1)


class CountingModel(Model):
    """How periods are counted."""

    first_day: Literal["excluded", "included"]
    last_day: Literal["stands", "moves to the next working day"] = "stands"
    part_of_a_period: str | None = None
    reason: TextModel | None = None


class ListingModel(Model):
    """Where the listings and delistings of units are recorded."""

    register_: str
    date: str
    listed: WhereData
    delisted: WhereData
    clause: ClauseId


class WaiversModel(Model):
    """Where waivers are recorded: which columns say what."""

    register_: str
    duty: str
    period: str | None = None
    reason: str
    date: str | None = None


class PhaseModel(Model):
    """A phase of the timetable."""

    id: Identifier
    name: TextModel
    from_: Day
    to: Day
    clause: ClauseId
    note: TextModel | None = None


class FixedDateModel(Model):
    """A date that the plan names."""

    id: Identifier
    name: TextModel
    on: Day
    clause: ClauseId
    note: TextModel | None = None


class TimetableFile(Model):
    """policy/timetable.yaml"""

    kind: ClassVar[str] = "timetable"
    counting: CountingModel
    listing: ListingModel | None = None
    waivers: WaiversModel | None = None
    phases: list[PhaseModel] = []
    dates: list[FixedDateModel] = []


class DatedValueModel(Model):
    """A parameter's value from a day on: a value, or an expression over other parameters."""

    from_: Day
    value: ScalarData = None
    expression: str | None = None
    clause: ClauseId | None = None
    reason: TextModel | None = None
    made: Day | None = None


class ParameterModel(Model):
    """A threshold, reading or other choice that rules use by name."""

    id: Identifier
    name: TextModel
    type: Literal["number", "integer", "boolean", "text", "duration", "choice", "reading", "date"]
    unit: str | None = None
    choices: list[ChoiceModel] = []
    basis: Literal["text", "interpretation"]
    reason: TextModel
    clause: ClauseId
    values: list[DatedValueModel] = Field(min_length=1)


class ParametersFile(Model):
    """policy/parameters.yaml"""

    kind: ClassVar[str] = "parameters"
    parameters: list[ParameterModel]


class AmendmentModel(Model):
    """What a rule asks for from a day on: another condition, or nothing any more."""

    from_: Day
    when: ConditionData = None
    repealed: bool = False
    clause: ClauseId | None = None
    reason: TextModel
    made: Day | None = None


class CategoryModel(Model):
    """A screening category."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    lead: Names
    support: Names = []
    applies_to: Names = []
    note: TextModel | None = None
    when: ConditionData
    in_force_from: Day | None = None
    amended: list[AmendmentModel] = []


class CriterionModel(Model):
    """A screening criterion."""

    id: RuleId
    name: TextModel
    clause: ClauseId
    applies_to: Names = []
    note: TextModel | None = None
    when: ConditionData
    in_force_from: Day | None = None
    amended: list[AmendmentModel] = []


class ScreeningFile(Model):
    """rules/screening/*.yaml"""

    kind: ClassVar[str] = "screening"
    category: CategoryModel
    criteria: list[CriterionModel] = Field(min_length=1)


class VerdictModel(Model):
    """The condition of a verdict, and what the plan calls it."""

    name: TextModel
    clause: ClauseId
    note: TextModel | None = None
    when: ConditionData
    in_force_from: Day | None = None
    amended: list[AmendmentModel] = []


class FindingModel(Model):
    """A further rule that others may refer to."""

    id: RuleId
    name: TextModel
    clause: ClauseId
    note: TextModel | None = None
    when: ConditionData
    in_force_from: Day | None = None
    amended: list[AmendmentModel] = []


class ClassificationFile(Model):
    """rules/classification.yaml"""

    kind: ClassVar[str] = "classification"
    weak: VerdictModel
    key: VerdictModel
    findings: list[FindingModel] = []


class RowModel(Model):
    """A row of a decision table. ``from`` and ``until``: the first and the last day on which it is in force."""

    when: ConditionData
    then: str
    clause: ClauseId | None = None
    from_: Day | None = None
    until: Day | None = None
    note: TextModel | None = None


class OutcomeModel(Model):
    """An outcome of a decision table."""

    id: Identifier
    name: TextModel


class TableModel(Model):
    """A decision table."""

    id: Identifier
    name: TextModel
    clause: ClauseId
    hit_policy: Literal["U", "A", "F", "C"]
    applies_when: ConditionData = None
    outcomes: Literal["posts", "offices", "ranks"] | list[OutcomeModel]
    note: TextModel | None = None
    rows: list[RowModel] = Field(min_length=1)


class AssignmentFile(Model):
    """rules/assignment.yaml"""

    kind: ClassVar[str] = "assignment"
    tables: list[TableModel] = Field(min_length=1)


class BaselineModel(Model):
    """A starting point that tests share."""

    id: Identifier
    name: TextModel
    kind: str | None = None
    facts: FactsData = {}
    registers: RegistersData = {}


class BaselinesFile(Model):
    """rules/baselines.yaml"""

    kind: ClassVar[str] = "baselines"
    baselines: list[BaselineModel]


class ViolationModel(Model):
    """A step that broke its procedure."""

    step: str
    why: Literal["missing", "out_of_order", "wrong_actor"]


class ProcedureExpectModel(Model):
    """Where a procedure is expected to stand."""

    done: list[str] | None = None
    next: str | None = None
    violations: list[ViolationModel] | None = None


class ExpectModel(Model):
    """What a test expects; only what is written is compared."""

    findings: dict[str, FindingValue] = {}
    classification: Literal["weak", "not_weak", "undetermined", "out_of_scope"] | None = None
    key: FindingValue = None
    determinations: dict[str, Any] = {}
    missing: list[str] | None = None
    duties: dict[str, Any] = {}
    due: dict[str, Any] = {}
    measures: dict[str, FindingValue] = {}
    procedures: dict[str, ProcedureExpectModel] = {}
    comparisons: ComparedData = {}


class OtherUnitModel(Model):
    """Another unit, or several alike, that the one of a test is compared with."""

    start_from: str | None = None
    kind: str | None = None
    facts: FactsData = {}
    registers: RegistersData = {}
    times: int = Field(default=1, ge=1, le=10_000)


class TestModel(Model):
    """A test of the policy."""

    __test__ = False

    name: TextModel | str
    as_of: Day
    start_from: str | None = None
    kind: str | None = None
    facts: FactsData = {}
    registers: RegistersData = {}
    parameters: ParametersData = {}
    comparisons: ComparedData = {}
    others: list[OtherUnitModel] = []
    expect: ExpectModel


class TestsFile(Model):
    """rules/**/*.test.yaml"""

    __test__ = False

    kind: ClassVar[str] = "tests"
    tests: list[TestModel] = Field(min_length=1)


MODEL_FILE_KINDS: dict[str, type[Model]] = {
    "document": DocumentFile,
    "vocabulary": VocabularyFile,
    "organisation": OrganisationFile,
    "timetable": TimetableFile,
    "parameters": ParametersFile,
    "screening": ScreeningFile,
    "classification": ClassificationFile,
    "assignment": AssignmentFile,
    "baselines": BaselinesFile,
    "tests": TestsFile,
}

Number = int | Decimal
