"""Links parameters: typed, dated values with a basis and a reason; they may use each other, but not in a circle."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from engine.language import Boolean, Date, DaysDuration, Number, String, Type, YearsMonthsDuration, free_names
from engine.language.syntax import Expr, Literal
from engine.language.types import parse_unit
from engine.project.durations import parse_duration
from engine.project.expressions import ExpressionReader
from engine.project.files import ProjectFile
from engine.project.link_vocabulary import as_text
from engine.project.models import DatedValueModel, ParameterModel, ParametersFile
from engine.project.policy import Choice, DatedValue, Parameter
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.stratify import find_cycles, stratify
from engine.project.texts import shown

READINGS = ("any", "all")


class ParameterLinker:
    """Fills ``scope`` with the parameters, and returns them in an order that can be computed."""

    def __init__(self, file: ProjectFile, scope: Scope, refs: References, report: Reporter) -> None:
        assert isinstance(file.model, ParametersFile)
        self._file = file
        self._models = file.model.parameters
        self._scope = scope
        self._refs = refs
        self._report = report
        self._reader = ExpressionReader(file.document, scope, report)

    def link(self, effective: datetime.date | None) -> dict[str, Parameter]:
        """All parameters. ``effective``: the day from which each must have a value."""
        paths: dict[str, Path] = {}
        for i, model in enumerate(self._models):
            path: Path = ("parameters", i)
            self._refs.clause(self._file.document, (*path, "clause"), model.clause)
            if self._refs.claim(self._file.document, path, model.id, model.name.zh.strip()):
                paths[model.id] = path
                self._scope.add(model.id, model.name.zh.strip(), parameter_type(model))
                self._scope.parameters.add(model.id)
                if model.type == "reading":
                    self._scope.readings.add(model.id)
        found = {m.id: self._parameter(m, paths[m.id]) for m in self._models if m.id in paths}
        for id_, parameter in found.items():
            first = parameter.values[0].start if parameter.values else None
            if effective is not None and first is not None and first > effective:
                at: Path = (*paths[id_], "values", 0, "from")
                self._report.at_value(
                    self._file.document,
                    at,
                    "parameter-starts-late",
                    found=first.isoformat(),
                    effective=effective,
                )
            self._scope.values[id_] = tuple(
                v.expression.value for v in parameter.values if isinstance(v.expression, Literal)
            )
        return self._in_order(found, paths)

    def _in_order(self, found: dict[str, Parameter], paths: dict[str, Path]) -> dict[str, Parameter]:
        needs = {
            id_: sorted({name for value in p.values for name in free_names(value.expression)})
            for id_, p in found.items()
        }
        cycles = find_cycles(needs)
        for cycle in cycles:
            at = (*paths[cycle[0]], "values")
            self._report.at_key(self._file.document, at, "parameter-cycle", path=" → ".join(cycle))
        return found if cycles else {id_: found[id_] for id_ in stratify(needs).order}

    def _parameter(self, model: ParameterModel, path: Path) -> Parameter:
        if (model.type == "choice") != bool(model.choices):
            code = "choice-without-choices" if model.type == "choice" else "choices-without-choice"
            self._report.at_value(self._file.document, (*path, "type"), code, id=model.id)
        values: list[DatedValue] = []
        previous: datetime.date | None = None
        for i, value in enumerate(model.values):
            at: Path = (*path, "values", i)
            if previous is not None and value.from_ <= previous:
                self._report.at_value(
                    self._file.document, (*at, "from"), "values-not-in-order", found=value.from_.isoformat()
                )
            previous = value.from_
            self._refs.clause(self._file.document, (*at, "clause"), value.clause)
            expression = self._value(model, value, at)
            if expression is not None:
                reason = None if value.reason is None else as_text(value.reason)
                dated = DatedValue(value.from_, expression, value.clause, reason, value.made)
                if dated.retroactive:
                    self._report.warn_at_value(
                        self._file.document,
                        (*at, "from"),
                        "retroactive",
                        found=value.from_.isoformat(),
                        made=value.made.isoformat() if value.made is not None else "",
                    )
                values.append(dated)
        return Parameter(
            id=model.id,
            name=as_text(model.name),
            type=model.type,
            language_type=parameter_type(model),
            basis=model.basis,
            reason=as_text(model.reason),
            clause=model.clause,
            values=tuple(values),
            unit=model.unit,
            choices=tuple(Choice(c.value, c.en) for c in model.choices),
        )

    def _value(self, model: ParameterModel, dated: DatedValueModel, path: Path) -> Expr | None:
        if (dated.value is None) == (dated.expression is None):
            self._report.at_value(self._file.document, path, "value-or-expression")
            return None
        if dated.expression is None:
            value = read_value(model.type, parameter_type(model), dated.value)
            if value is not None:
                return Literal(value)
            code, expected = f"value-not-{model.type}", ""
            if model.type in ("choice", "reading"):
                choices = [c.value for c in model.choices] if model.type == "choice" else list(READINGS)
                expected = ", ".join(f"`{choice}`" for choice in choices)
            self._report.at_value(
                self._file.document, (*path, "value"), code, found=shown(dated.value), expected=expected
            )
            return None
        at: Path = (*path, "expression")
        expression = self._reader.expression(dated.expression, at, parameter_type(model))
        known = self._scope.parameters | self._scope.broken
        for name in sorted(free_names(expression) - known) if expression is not None else []:
            self._report.at_value(self._file.document, at, "not-a-parameter", found=name)
        return expression


def parameter_type(model: ParameterModel) -> Type:
    """The language's type of a parameter; a duration's own values decide which of the two it is."""
    if model.type in ("number", "integer"):
        return Number(parse_unit(model.unit))
    if model.type == "choice":
        return String(tuple(c.value for c in model.choices) or None)
    if model.type == "duration":
        written = [parse_duration(v.value) for v in model.values if isinstance(v.value, str)]
        days = any(isinstance(duration, datetime.timedelta) for duration in written)
        return DaysDuration() if days else YearsMonthsDuration()
    types: dict[str, Type] = {
        "boolean": Boolean(),
        "text": String(),
        "reading": String(READINGS),
        "date": Date(),
    }
    return types[model.type]


def read_value(type_: str, language_type: Type, data: Any) -> Any:
    """A written value as a value of the language; None if it is not of that type."""
    if type_ == "boolean":
        return data if isinstance(data, bool) else None
    if type_ in ("number", "integer"):
        if isinstance(data, bool) or not isinstance(data, int | Decimal):
            return None
        number = Decimal(data)
        return None if type_ == "integer" and number != number.to_integral_value() else number
    if not isinstance(data, str):
        return None
    if type_ == "duration":
        duration = parse_duration(data)
        days = isinstance(duration, datetime.timedelta)
        return duration if duration is not None and days == isinstance(language_type, DaysDuration) else None
    if type_ == "date":
        try:
            return datetime.date.fromisoformat(data) if len(data) == 10 else None
        except ValueError:
            return None
    if isinstance(language_type, String) and language_type.values is not None:
        return data if data in language_type.values else None
    return data
