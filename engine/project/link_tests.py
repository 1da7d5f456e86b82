"""Links the policy's own tests and the baselines they start from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.language.values import Value
from engine.project.files import ProjectFile
from engine.project.link_compared_tests import compared_values
from engine.project.link_duties import LinkedDuties
from engine.project.link_duty_tests import DutyExpectations
from engine.project.link_parameters import read_value
from engine.project.link_rules import LinkedRules
from engine.project.link_vocabulary import as_text
from engine.project.models import BaselinesFile, ExpectModel, OtherUnitModel, TestModel, TestsFile, TextModel
from engine.project.policy import Fact, Parameter, Text
from engine.project.policy_test import (
    EXPECT_UNKNOWN,
    Alternatives,
    Expectation,
    ExpectedChoice,
    OtherUnit,
    PolicyTest,
)
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.texts import shown
from engine.project.yaml import Document

Facts = dict[str, Value | Alternatives]
Rows = tuple[Mapping[str, Value], ...]
Baselines = Mapping[str, tuple[str | None, Facts, dict[str, Rows | None]]]

_TRUTHS: dict[object, bool | None] = {True: True, False: False, "unknown": None}
_MISSING = object()


def link_tests(
    files: Iterable[ProjectFile],
    scope: Scope,
    refs: References,
    linked: LinkedRules,
    ordered: LinkedDuties,
    parameters: Mapping[str, Parameter],
    effective: date | None,
    report: Reporter,
) -> tuple[PolicyTest, ...]:
    """All tests of the project, in order of file and place."""
    files = list(files)
    baselines: dict[str, tuple[str | None, Facts, dict[str, Rows | None]]] = {}
    for file in files:
        if isinstance(file.model, BaselinesFile):
            reader = _Reader(file.document, scope, refs, report)
            for i, model in enumerate(file.model.baselines):
                path: Path = ("baselines", i)
                if model.id in baselines:
                    report.at_value(file.document, (*path, "id"), "name-used-twice", found=model.id)
                kind = refs.kind(file.document, (*path, "kind"), model.kind)
                facts = reader.facts(model.facts, (*path, "facts"))
                baselines[model.id] = (kind, facts, reader.registers(model.registers, (*path, "registers")))
    tests = []
    for file in files:
        if isinstance(file.model, TestsFile):
            linker = _TestLinker(file.document, scope, refs, linked, ordered, parameters, report)
            for i, test in enumerate(file.model.tests):
                if effective is not None and test.as_of < effective:
                    found, at = test.as_of.isoformat(), ("tests", i, "as of")
                    report.at_value(file.document, at, "test-before-plan", found=found, effective=effective)
                tests.append(linker.test(test, ("tests", i), baselines))
    return tuple(tests)


class _Reader:
    """Reads facts and registers as the vocabulary types them."""

    def __init__(self, document: Document, scope: Scope, refs: References, report: Reporter) -> None:
        self._document = document
        self._scope = scope
        self._refs = refs
        self._report = report

    def facts(self, data: Mapping[str, Any], path: Path) -> Facts:
        """Fact id → value, None for one that a test takes away from its baseline."""
        found: Facts = {}
        for name, value in data.items():
            id_ = self._scope.canonical.get(name)
            at: Path = (*path, name)
            if id_ is None or id_ not in self._scope.facts:
                known = [n for n, i in self._scope.canonical.items() if i in self._scope.facts]
                self._refs.unknown(self._document, at, "unknown-fact", name, known, at_key=True)
                continue
            fact = self._scope.facts[id_]
            if isinstance(value, dict) and list(value) == ["either"] and isinstance(value["either"], list):
                read = [self._value(fact, v, (*at, "either", i)) for i, v in enumerate(value["either"])]
                found[id_] = Alternatives(tuple(v for v in read if v is not _MISSING))
                continue
            read_one = self._value(fact, value, at)
            if read_one is not _MISSING:
                found[id_] = read_one
        return found

    def registers(self, data: Mapping[str, Any], path: Path) -> dict[str, Rows | None]:
        """Register id → rows, None for one that was never filled in."""
        found: dict[str, Rows | None] = {}
        for name, rows in data.items():
            id_ = self._scope.canonical.get(name)
            at: Path = (*path, name)
            if id_ is None or id_ not in self._scope.registers:
                known = [n for n, i in self._scope.canonical.items() if i in self._scope.registers]
                self._refs.unknown(self._document, at, "unknown-register", name, known, at_key=True)
            elif rows is None:
                found[id_] = None
            elif not isinstance(rows, list):
                self._report.at_value(self._document, at, "not-a-list", found=shown(rows))
            else:
                found[id_] = tuple(self._row(id_, row, (*at, i)) for i, row in enumerate(rows))
        return found

    def _row(self, register: str, row: Any, path: Path) -> Mapping[str, Value]:
        if not isinstance(row, dict):
            self._report.at_value(self._document, path, "not-a-mapping", found=shown(row))
            return {}
        cells: dict[str, Value] = {}
        columns = self._scope.registers[register].columns
        for name, value in row.items():
            column = self._scope.column(register, name)
            if column is None:
                known = [n for i, f in columns.items() for n in (i, f.name.zh)]
                self._refs.unknown(self._document, (*path, name), "unknown-column", name, known, at_key=True)
                continue
            read = self._value(columns[column], value, (*path, name))
            if read is not _MISSING and read is not None:
                cells[column] = read
        return cells

    def _value(self, fact: Fact, data: Any, path: Path) -> Any:
        if data is None:
            return None
        value = value_of(fact, data)
        if value is None:
            self._report.at_value(
                self._document,
                path,
                "test-value-of-wrong-type",
                found=shown(data),
                name=fact.name.zh,
                expected=fact.type,
            )
            return _MISSING
        return value


def value_of(fact: Fact, data: Any) -> Value:
    """A value written in YAML as a value of ``fact``; None if it is not of the fact's type."""
    if fact.type == "boolean" and data in ("是", "否"):
        return bool(data == "是")
    if fact.type == "choice":
        return next((c.value for c in fact.choices if data in (c.value, c.en)), None)
    value: Value = read_value(fact.type, fact.language_type, data)
    return value


class _TestLinker(_Reader):
    """Links the tests of one file."""

    def __init__(
        self,
        document: Document,
        scope: Scope,
        refs: References,
        linked: LinkedRules,
        ordered: LinkedDuties,
        parameters: Mapping[str, Parameter],
        report: Reporter,
    ) -> None:
        super().__init__(document, scope, refs, report)
        self._linked = linked
        self._duties = DutyExpectations(document, refs, ordered, report)
        self._parameters = parameters

    def test(
        self,
        model: TestModel,
        path: Path,
        baselines: Baselines,
    ) -> PolicyTest:
        """The test at ``path``."""
        kind, facts, registers = self._unit(model, path, baselines)
        if model.others and model.comparisons:
            self._report.at_key(self._document, (*path, "comparisons"), "test-others-and-comparisons")
        return PolicyTest(
            name=_name(model.name),
            file=self._document.name,
            location=self._document.value_location((*path, "name")),
            as_of=model.as_of,
            expect=self._expectation(model.expect, (*path, "expect")),
            kind=kind,
            facts=facts,
            registers=registers,
            parameters=self._given(model.parameters, (*path, "parameters")),
            compared=self._compared(model.comparisons, (*path, "comparisons")),
            others=tuple(
                OtherUnit(*self._unit(other, (*path, "others", i), baselines), other.times)
                for i, other in enumerate(model.others)
            ),
        )

    def _unit(
        self, model: TestModel | OtherUnitModel, path: Path, baselines: Baselines
    ) -> tuple[str | None, Mapping[str, Value | Alternatives], Mapping[str, Rows]]:
        """Kind, facts and registers of a unit: those of its baseline with its own over them."""
        kind: str | None = None
        facts: Facts = {}
        registers: dict[str, Rows | None] = {}
        if model.start_from is not None:
            if model.start_from in baselines:
                kind, base_facts, base_registers = baselines[model.start_from]
                facts, registers = dict(base_facts), dict(base_registers)
            else:
                at: Path = (*path, "start from")
                self._refs.unknown(self._document, at, "unknown-baseline", model.start_from, baselines)
        own_kind = self._refs.kind(self._document, (*path, "kind"), model.kind)
        facts |= self.facts(model.facts, (*path, "facts"))
        registers |= self.registers(model.registers, (*path, "registers"))
        return (
            own_kind if model.kind is not None else kind,
            {id_: value for id_, value in facts.items() if value is not None},
            {id_: rows for id_, rows in registers.items() if rows is not None},
        )

    def _compared(self, data: Mapping[str, Any], path: Path, *, unknown: bool = False) -> dict[str, Value]:
        return compared_values(
            self._document, self._scope, self._refs, self._report, data, path, unknown=unknown
        )

    def _given(self, data: Mapping[str, Any], path: Path) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in data.items():
            id_ = self._scope.canonical.get(name)
            if id_ is None or id_ not in self._parameters:
                known = [n for n, i in self._scope.canonical.items() if i in self._parameters]
                self._refs.unknown(
                    self._document, (*path, name), "unknown-parameter", name, known, at_key=True
                )
                continue
            parameter = self._parameters[id_]
            read = read_value(parameter.type, parameter.language_type, value)
            if read is None:
                self._report.at_value(
                    self._document,
                    (*path, name),
                    "test-value-of-wrong-type",
                    found=shown(value),
                    name=parameter.name.zh,
                    expected=parameter.type,
                )
                continue
            found[id_] = read
        return found

    def _expectation(self, model: ExpectModel, path: Path) -> Expectation:
        if not model.model_fields_set:
            self._report.at_value(self._document, path, "test-expects-nothing")
        findings: dict[str, bool | None] = {}
        for name, value in model.findings.items():
            at: Path = (*path, "findings", name)
            id_ = self._scope.findings.get(name)
            if id_ is None and not self._scope.findings_complete:
                continue
            if id_ is None:
                self._refs.unknown(
                    self._document, at, "unknown-finding", name, self._scope.findings, at_key=True
                )
            elif self._truth(value, at):
                findings[id_] = _TRUTHS[value]
        choices: dict[str, ExpectedChoice] = {}
        names = {t.name.zh: id_ for id_, t in self._linked.tables.items()}
        names |= {id_: id_ for id_ in self._linked.tables}
        for name, value in model.determinations.items():
            at = (*path, "determinations", name)
            if name not in names:
                self._refs.unknown(self._document, at, "unknown-table", name, names, at_key=True)
                continue
            choices[names[name]] = self._choice(names[name], value, at)
        key: Any = "not stated"
        if "key" in model.model_fields_set and self._truth(model.key, (*path, "key")):
            key = _TRUTHS[model.key]
        missing = None if model.missing is None else tuple(self._fact_name(n) for n in model.missing)
        return Expectation(
            findings,
            model.classification,
            key,
            choices,
            missing,
            self._duties.statuses(model.duties, (*path, "duties")),
            self._duties.days(model.due, (*path, "due")),
            self._duties.measures(model.measures, (*path, "measures")),
            self._duties.procedures(model.procedures, (*path, "procedures")),
            self._compared(model.comparisons, (*path, "comparisons"), unknown=True),
        )

    def _truth(self, value: Any, path: Path) -> bool:
        if isinstance(value, bool) or value == "unknown":
            return True
        self._report.at_value(self._document, path, "unknown-truth", found=shown(value))
        return False

    def _choice(self, table: str, value: Any, path: Path) -> ExpectedChoice:
        if value is None:
            return None
        if value == "unknown":
            return EXPECT_UNKNOWN
        outcomes = self._linked.tables[table].outcomes
        listed = value if isinstance(value, list) else [value]
        for outcome in listed:
            if outcome not in outcomes:
                self._refs.unknown(self._document, path, "unknown-outcome", str(outcome), outcomes)
        return tuple(str(v) for v in value) if isinstance(value, list) else str(value)

    def _fact_name(self, name: str) -> str:
        base, bracket, rest = name.partition("[")
        return self._scope.canonical.get(base, base) + bracket + rest


def _name(name: TextModel | str) -> Text:
    return Text(name, name) if isinstance(name, str) else as_text(name)
