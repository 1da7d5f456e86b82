"""Links the vocabulary: facts, registers and derived facts, each under a name that nothing else has."""

from __future__ import annotations

from engine.language import (
    Boolean,
    Date,
    DaysDuration,
    ListOf,
    Number,
    Row,
    String,
    Type,
    YearsMonthsDuration,
    free_names,
)
from engine.language.types import parse_unit
from engine.language.values import Value
from engine.project.bounds import parse_bounds
from engine.project.expressions import ExpressionReader
from engine.project.files import ProjectFile
from engine.project.models import DerivedModel, FactModel, RegisterModel, TextModel, VocabularyFile
from engine.project.policy import Choice, DerivedFact, Fact, Register, Text
from engine.project.references import DATA_COLUMNS, UNIT_TABLE, References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.stratify import find_cycles, stratify


def as_text(model: TextModel) -> Text:
    """The model's two texts as the policy's noun."""
    return Text(model.zh.strip(), model.en.strip())


def note_of(model: TextModel | None) -> Text | None:
    """An optional text."""
    return None if model is None else as_text(model)


class VocabularyLinker:
    """Fills ``scope`` with facts and registers, and returns them."""

    def __init__(self, file: ProjectFile, scope: Scope, refs: References, report: Reporter) -> None:
        assert isinstance(file.model, VocabularyFile)
        self._document = file.document
        self._model = file.model
        self._scope = scope
        self._refs = refs
        self._report = report

    def facts(self) -> dict[str, Fact]:
        """Links the facts."""
        for i, model in enumerate(self._model.facts):
            fact = self._fact(model, ("facts", i))
            if self._refs.claim(self._document, ("facts", i), fact.id, fact.name.zh):
                self._scope.facts[fact.id] = fact
                self._scope.add(fact.id, fact.name.zh, fact.language_type)
        return self._scope.facts

    def registers(self) -> dict[str, Register]:
        """Links the registers."""
        for i, model in enumerate(self._model.registers):
            path: Path = ("registers", i)
            register = self._register(model, path)
            for name, key in ((register.id, ("id",)), (register.name.zh, ("name", "zh"))):
                if name in UNIT_TABLE:
                    self._report.at_value(self._document, (*path, *key), "name-of-unit-table", found=name)
            if self._refs.claim(self._document, path, register.id, register.name.zh):
                self._scope.registers[register.id] = register
                self._scope.add(register.id, register.name.zh, _register_type(register))
        self._check_columns()
        return self._scope.registers

    def derived(self) -> dict[str, DerivedFact]:
        """Links the derived facts, in an order in which each comes after those it reads."""
        paths: dict[str, Path] = {}
        models: dict[str, DerivedModel] = {}
        for i, model in enumerate(self._model.derived):
            path: Path = ("derived", i)
            if self._refs.claim(self._document, path, model.id, model.name.zh):
                models[model.id], paths[model.id] = model, path
                self._scope.add(model.id, model.name.zh.strip(), _type_of(model.type, model.unit, ()))
        reader = ExpressionReader(self._document, self._scope, self._report)
        found: dict[str, DerivedFact] = {}
        for id_, model in models.items():
            type_ = self._scope.types[id_]
            self._refs.clause(self._document, (*paths[id_], "clause"), model.clause)
            expected = None if model.type == "duration" else type_
            expression = reader.expression(model.expression, (*paths[id_], "expression"), expected)
            if expression is not None:
                found[id_] = DerivedFact(
                    id_, as_text(model.name), type_, expression, free_names(expression), model.clause
                )
        needs = {id_: sorted(fact.reads & models.keys()) for id_, fact in found.items()}
        cycles = find_cycles(needs)
        for cycle in cycles:
            at = (*paths[cycle[0]], "expression")
            self._report.at_value(self._document, at, "derived-cycle", path=" → ".join(cycle))
        if cycles:
            return {}
        return {id_: found[id_] for id_ in stratify(needs).order}

    def _fact(self, model: FactModel, path: Path) -> Fact:
        supplier = self._refs.office(self._document, (*path, "supplier"), model.supplier)
        self._refs.clause(self._document, (*path, "clause"), model.clause)
        if model.supplier is None and path[0] == "facts":
            self._report.at_value(self._document, path, "fact-without-supplier", id=model.id)
        if (model.type == "choice") != bool(model.choices):
            code = "choice-without-choices" if model.type == "choice" else "choices-without-choice"
            self._report.at_value(self._document, (*path, "type"), code, id=model.id)
        self._check_choices(model, path)
        if model.unit is not None and model.type not in ("number", "integer"):
            self._report.at_value(self._document, (*path, "unit"), "unit-on-non-number", id=model.id)
        bounds = self._bounds(model, path)
        return Fact(
            id=model.id,
            name=as_text(model.name),
            type=model.type,
            language_type=_type_of(model.type, model.unit, tuple(c.value for c in model.choices)),
            supplier=supplier,
            unit=model.unit,
            choices=tuple(Choice(c.value, c.en) for c in model.choices),
            shelf_life=model.shelf_life,
            sensitive=model.sensitive,
            unchangeable=model.unchangeable,
            note=note_of(model.note),
            minimum=bounds[0],
            maximum=bounds[1],
            clause=model.clause,
        )

    def _bounds(self, model: FactModel, path: Path) -> tuple[Value, Value]:
        if model.range_ is None:
            return None, None
        bounds = parse_bounds(model.range_)
        if bounds is None or model.type not in ("number", "integer"):
            self._report.at_value(self._document, (*path, "range"), "not-a-range", found=model.range_)
            return None, None
        return bounds

    def _check_choices(self, model: FactModel, path: Path) -> None:
        seen: set[str] = set()
        for i, choice in enumerate(model.choices):
            if choice.value in seen:
                at = (*path, "choices", i, "value")
                self._report.at_value(self._document, at, "choice-twice", found=choice.value)
            seen.add(choice.value)

    def _register(self, model: RegisterModel, path: Path) -> Register:
        columns: dict[str, Fact] = {}
        names: set[str] = set()
        for i, column in enumerate(model.columns):
            at: Path = (*path, "columns", i)
            fact = self._fact(column, at)
            for name in {fact.id, fact.name.zh}:
                if name in names:
                    self._report.at_value(self._document, (*at, "id"), "name-used-twice", found=name)
                names.add(name)
            if fact.id in DATA_COLUMNS:
                self._report.at_value(self._document, (*at, "id"), "name-of-column", found=fact.id)
            columns[fact.id] = fact
        self._refs.clause(self._document, (*path, "clause"), model.clause)
        key = model.key
        if key is not None:
            key = next((id_ for id_, c in columns.items() if key in (id_, c.name.zh)), None)
            if key is None:
                self._refs.unknown(self._document, (*path, "key"), "unknown-column", model.key, names)
        return Register(
            id=model.id,
            name=as_text(model.name),
            columns=columns,
            supplier=self._refs.office(self._document, (*path, "supplier"), model.supplier),
            key=key,
            shelf_life=model.shelf_life,
            note=note_of(model.note),
            clause=model.clause,
            unchangeable=model.unchangeable,
        )

    def _check_columns(self) -> None:
        """Inside a filter a column hides a fact of the same name, so the two must not share one."""
        for i, model in enumerate(self._model.registers):
            for j, column in enumerate(model.columns):
                for name in {column.id, column.name.zh.strip()} & self._scope.canonical.keys():
                    at: Path = ("registers", i, "columns", j, "id")
                    self._report.at_value(self._document, at, "column-hides-fact", found=name)


def _register_type(register: Register) -> Type:
    fields: dict[str, Type] = {}
    for id_, column in register.columns.items():
        fields[column.name.zh] = column.language_type
        fields[id_] = column.language_type
    return ListOf(Row(fields))


def _type_of(type_: str, unit: str | None, values: tuple[str, ...]) -> Type:
    if type_ in ("number", "integer"):
        return Number(parse_unit(unit))
    if type_ == "duration":
        return YearsMonthsDuration()
    if type_ == "choice":
        return String(values or None)
    return {"boolean": Boolean(), "date": Date(), "text": String(), "days": DaysDuration()}[type_]
