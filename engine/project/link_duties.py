"""Links duties: names first, so that a due date may refer to a duty that stands later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from engine.diagnostics import Location
from engine.language import Boolean, Date, Number
from engine.language.syntax import Expr, Literal
from engine.project.conditions import ConditionReader
from engine.project.dated_rows import PartyReader
from engine.project.due_dates import DueNames, DueReader
from engine.project.duty import (
    DatedRows,
    Due,
    Duty,
    DutyTest,
    Event,
    Evidence,
    FactEvidence,
    Group,
    Ladder,
    Measure,
    Procedure,
    ProcedureTest,
    Recurrence,
    RowEvidence,
    SameRowEvidence,
)
from engine.project.duty_models import DutiesFile, DutyModel, EvidenceModel, GroupModel
from engine.project.files import ProjectFile
from engine.project.link_vocabulary import as_text, note_of
from engine.project.policy import Condition, DecisionTable, Entry, Timetable
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.stratify import find_cycles
from engine.project.yaml import Document

_MONTHS = re.compile(r"(?P<n>[1-9][0-9]?) months")
_RECURRENCES = ("once", "phase", "year", "half-year", "quarter", "month", "row")
#: What the due date of a duty may be counted from.
_WORDS = frozenset({"listing", "start of period", "end of period"})


@dataclass
class LinkedDuties:
    """What the rule files order to be done. ``names``: every id and Chinese name → id, for duties and groups."""

    groups: dict[str, Group] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    procedures: dict[str, Procedure] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)
    tests: dict[str, DutyTest | ProcedureTest] = field(default_factory=dict)
    duty_names: dict[str, str] = field(default_factory=dict)
    group_names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Surroundings:
    """What every linker of this stage needs."""

    scope: Scope
    refs: References
    organisation: Mapping[str, Mapping[str, Entry]]
    tables: Mapping[str, DecisionTable]
    timetable: Timetable
    has_listing: bool
    report: Reporter
    effective: date | None

    def claim(self, document: Document, path: Path, id_: str, zh: str) -> bool:
        """Reserve the names of a duty, procedure or measure; rules and tables have theirs already."""
        for name, at in {id_: (*path, "id"), zh: (*path, "name", "zh")}.items():
            in_tables = any(name in (t.id, t.name.zh) for t in self.tables.values())
            if name in self.scope.findings or in_tables:
                self.report.at_value(document, at, "name-used-twice", found=name)
                return False
        return self.refs.claim(document, path, id_, zh)


class DutyLinker:
    """Fills a LinkedDuties with groups and duties."""

    def __init__(self, around: Surroundings, linked: LinkedDuties) -> None:
        self._around = around
        self._linked = linked
        self._pending: list[tuple[Document, DutyModel, Path]] = []

    def declare(self, file: ProjectFile) -> None:
        """Make the names of a file's groups and duties known."""
        assert isinstance(file.model, DutiesFile)
        for i, group in enumerate(file.model.groups):
            self._group(file.document, group, ("groups", i))
        for i, duty in enumerate(file.model.duties):
            path: Path = ("duties", i)
            zh = duty.name.zh.strip()
            if self._around.claim(file.document, path, duty.id, zh):
                self._linked.duty_names |= {duty.id: duty.id, zh: duty.id}
                self._pending.append((file.document, duty, path))

    def _group(self, document: Document, model: GroupModel, path: Path) -> None:
        zh = model.name.zh.strip()
        self._around.refs.clause(document, (*path, "clause"), model.clause, executed=True)
        if self._around.claim(document, path, model.id, zh):
            self._linked.group_names |= {model.id: model.id, zh: model.id}
            self._linked.groups[model.id] = Group(model.id, as_text(model.name), model.clause)

    def link(self) -> None:
        """Read the duties declared, in the order of their clauses."""
        order = {clause: i for i, clause in enumerate(self._around.refs.clauses)}
        found = {}
        places = {}
        for document, model, path in self._pending:
            places[model.id] = (document, path)
            duty = _DutyReader(document, self._around, self._linked).duty(model, path)
            if duty is not None:
                found[duty.id] = duty
        in_order = sorted(found.values(), key=lambda d: (order.get(d.clause, len(order)), d.id))
        self._linked.duties |= {duty.id: duty for duty in in_order}
        needs = {
            id_: [duty.due.event.id] if duty.due.event is not None and duty.due.event.kind == "duty" else []
            for id_, duty in found.items()
        }
        for cycle in find_cycles(needs):
            document, path = places[cycle[0]]
            self._around.report.at_value(document, (*path, "due"), "duty-cycle", path=" → ".join(cycle))


class _DutyReader:
    """Reads one duty."""

    def __init__(self, document: Document, around: Surroundings, linked: LinkedDuties) -> None:
        self._document = document
        self._around = around
        self._linked = linked
        self._reader = DueReader(document, around.scope, around.report)

    def duty(self, model: DutyModel, path: Path) -> Duty | None:
        """The duty, or None after reporting what is wrong with it."""
        around, document, report = self._around, self._document, self._around.report
        failed = len(report.diagnostics)
        around.refs.clause(document, (*path, "clause"), model.clause, executed=True)
        owners = PartyReader(self._reader, around.organisation, around.tables).parties(
            model.owner, (*path, "owner")
        )
        recurrence, months = self._recurrence(model, path)
        rows = None
        if model.rows is not None:
            rows = self._reader.dated_rows(model.rows, (*path, "rows"))
        if (recurrence == "row") != (model.rows is not None):
            report.at_value(document, (*path, "each"), "rows-without-row", found=model.each)
        if model.while_ == "listed" and not around.has_listing:
            report.at_value(document, path, "no-listing", found=model.id)
        due = self._due(model, path, recurrence)
        evidence = read_evidence(self._reader, model.evidence, (*path, "evidence"))
        if isinstance(evidence, SameRowEvidence) and rows is not None:
            at: Path = (*path, "evidence", "same row")
            column = self._reader.column(rows.rows.register, evidence.date, at, Date)
            evidence = None if column is None else SameRowEvidence(column)
        self._check_evidence(model, path, recurrence, due, evidence, rows)
        applies: Condition | None = None
        if model.applies_when is not None:
            conditions = ConditionReader(document, around.scope, report)
            applies = conditions.condition(model.applies_when, (*path, "applies when"))
        duty_group = self._group(model, path)
        kinds = self._kinds(model, path)
        phases = self._phases(model, path, recurrence)
        start = end = None
        if model.from_ is not None:
            start = self._reader.day(model.from_, (*path, "from"), around.timetable, last=False)
        if model.until is not None:
            end = self._reader.day(model.until, (*path, "until"), around.timetable, last=True)
        if len(report.diagnostics) > failed or due is None or evidence is None or recurrence is None:
            return None
        return Duty(
            id=model.id,
            name=as_text(model.name),
            clause=model.clause,
            owners=owners,
            span=model.while_,
            recurrence=recurrence,
            due=due,
            evidence=evidence,
            location=self._place(path),
            group=duty_group,
            kinds=kinds,
            applies_when=applies,
            months=months,
            phases=phases,
            rows=rows,
            start=start,
            end=end,
            advisory=model.advisory,
            work=model.kind_of_work,
            note=note_of(model.note),
        )

    def _place(self, path: Path) -> Location:
        return self._document.value_location((*path, "id"))

    def _recurrence(self, model: DutyModel, path: Path) -> tuple[Recurrence | None, int]:
        if model.each in _RECURRENCES:
            return model.each, 0  # type: ignore[return-value]
        months = _MONTHS.fullmatch(model.each)
        if months:
            return "months", int(months["n"])
        self._reader.unknown("not-a-recurrence", model.each, _RECURRENCES, (*path, "each"))
        return None, 0

    def _due(self, model: DutyModel, path: Path, recurrence: Recurrence | None) -> Due | None:
        if model.due is None:
            return Due("on", Event("period end"))
        words = _WORDS if model.while_ == "listed" else _WORDS - {"listing"}
        others = {name: id_ for name, id_ in self._linked.duty_names.items() if id_ != model.id}
        names = DueNames(self._around.timetable, words, others)
        return self._reader.due(model.due, (*path, "due"), names)

    def _check_evidence(
        self,
        model: DutyModel,
        path: Path,
        recurrence: Recurrence | None,
        due: Due | None,
        evidence: Evidence | None,
        rows: DatedRows | None,
    ) -> None:
        report, at = self._around.report, (*path, "evidence")
        if isinstance(evidence, SameRowEvidence) and rows is None:
            report.at_value(self._document, at, "same-row-without-row")
        if isinstance(evidence, FactEvidence) and recurrence != "once":
            report.at_value(self._document, at, "fact-evidence-recurs", found=model.each)
        if not isinstance(evidence, RowEvidence):
            return
        if evidence.period is not None and recurrence != "year":
            report.at_value(self._document, (*at, "period"), "period-not-yearly", found=model.each)
        late = due is not None and due.form == "within" and due.event == Event("period end")
        if late and evidence.period is None and recurrence not in ("once", "row"):
            report.at_value(self._document, (*path, "due"), "due-after-period")

    def _group(self, model: DutyModel, path: Path) -> str | None:
        if model.group is None:
            return None
        found = self._linked.group_names.get(model.group)
        if found is None:
            self._reader.unknown("unknown-group", model.group, self._linked.group_names, (*path, "group"))
        return found

    def _kinds(self, model: DutyModel, path: Path) -> tuple[str, ...]:
        refs = self._around.refs
        found = [
            refs.kind(self._document, (*path, "applies to", i), name)
            for i, name in enumerate(model.applies_to)
        ]
        for i, kind in enumerate(found):
            if kind is not None and not refs.kinds[kind].in_scope:
                at = (*path, "applies to", i)
                self._around.report.at_value(self._document, at, "kind-out-of-scope", found=kind)
        return tuple(kind for kind in found if kind is not None)

    def _phases(self, model: DutyModel, path: Path, recurrence: Recurrence | None) -> tuple[str, ...]:
        if model.phases and recurrence != "phase":
            self._around.report.at_value(self._document, (*path, "phases"), "phases-without-phase")
        names = {n: id_ for id_, p in self._around.timetable.phases.items() for n in (id_, p.name.zh)}
        found = []
        for i, name in enumerate(model.phases):
            if name in names:
                found.append(names[name])
            else:
                self._reader.unknown("unknown-phase", name, names, (*path, "phases", i))
        return tuple(found)


def read_evidence(reader: DueReader, model: EvidenceModel, path: Path) -> Evidence | None:
    """What `evidence:` at ``path`` says; None after reporting what is wrong with it."""
    given = [key for key in ("register_", "same_row", "fact") if getattr(model, key) is not None]
    if len(given) != 1:
        reader.report.at_value(reader.document, path, "evidence-form")
        return None
    if model.same_row is not None:
        return SameRowEvidence(model.same_row)
    if model.fact is not None:
        return _fact_evidence(reader, model, path)
    register = reader.register(model.register_, (*path, "register"))
    if register is None:
        return None
    if model.date is None:
        reader.report.at_value(reader.document, path, "missing-key", key="date")
        return None
    rows = reader.row_filter(register, model.where, (*path, "where"))
    date = reader.column(register, model.date, (*path, "date"), Date)
    period = None
    if model.period is not None:
        period = reader.column(register, model.period, (*path, "period"), Number)
    need = _need(reader, model.at_least, (*path, "at least"))
    if rows is None or date is None or need is None or (model.period is not None and period is None):
        return None
    return RowEvidence(rows, date, need, period)


def _need(reader: DueReader, data: Any, path: Path) -> Expr | None:
    if data is None:
        return Literal(Decimal(1))
    need = reader.number_of_parameters(data, path)
    if isinstance(need, Literal) and isinstance(need.value, Decimal) and need.value < 1:
        reader.report.at_value(reader.document, path, "not-a-number", found=str(data))
        return None
    return need


def _fact_evidence(reader: DueReader, model: EvidenceModel, path: Path) -> Evidence | None:
    scope = reader.scope
    facts: dict[str, str | None] = {}
    for key, written, type_, code in (
        ("fact", model.fact, Boolean, "fact-not-boolean"),
        ("date", model.date, Date, "fact-not-a-date"),
    ):
        if written is None:
            facts[key] = None
            continue
        id_ = scope.canonical.get(written)
        if id_ is None or id_ in scope.parameters or id_ in scope.registers:
            reader.unknown("unknown-fact", written, scope.facts_and_derived(), (*path, key))
            return None
        if not isinstance(scope.types[written], type_):
            reader.report.at_value(reader.document, (*path, key), code, found=written)
            return None
        facts[key] = id_
    return FactEvidence(str(facts["fact"]), facts["date"])
