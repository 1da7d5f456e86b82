"""Links the rules: screening categories with their criteria, the verdicts, and the decision tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from engine.diagnostics import Location
from engine.project.conditions import ConditionReader
from engine.project.files import ProjectFile, ProjectFiles
from engine.project.link_versions import Place, VersionLinker
from engine.project.link_vocabulary import as_text, note_of
from engine.project.models import (
    AssignmentFile,
    CategoryModel,
    ClassificationFile,
    CriterionModel,
    FindingModel,
    ScreeningFile,
    TableModel,
    TextModel,
    VerdictModel,
)
from engine.project.policy import Category, Condition, DecisionTable, Entry, Rule, TableRow, Text
from engine.project.references import RESULT_COLUMNS, References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.yaml import Document

#: The findings that every project has.
WEAK, KEY = "weak", "key"

Role = Literal["criterion", "category", "weak", "key", "finding"]


@dataclass
class LinkedRules:
    """What the rule files gave."""

    rules: dict[str, Rule] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    tables: dict[str, DecisionTable] = field(default_factory=dict)


@dataclass(frozen=True)
class _Pending:
    """A rule whose name is known and whose condition is still to be read."""

    document: Document
    path: Path
    id: str
    name: Text
    role: Role
    model: CategoryModel | CriterionModel | VerdictModel | FindingModel
    kinds: tuple[str, ...] = ()
    category: str | None = None


class RuleLinker:
    """Links all rule files: names first, so that a rule may refer to one that stands later."""

    def __init__(
        self,
        project: ProjectFiles,
        scope: Scope,
        refs: References,
        organisation: dict[str, dict[str, Entry]],
        report: Reporter,
        effective: date | None = None,
    ) -> None:
        self._versions = VersionLinker(refs, report, effective)
        self._scope = scope
        self._refs = refs
        self._organisation = organisation
        self._report = report
        self._files = project.files
        scope.findings_complete = not project.unread
        self._pending: list[_Pending] = []
        self._places: dict[str, Location] = {}
        self._linked = LinkedRules()

    def link(self) -> LinkedRules:
        """All rules, categories in the order of their clauses in the plan."""
        order = {clause: i for i, clause in enumerate(self._refs.clauses)}
        screening = [f for f in self._files if isinstance(f.model, ScreeningFile)]
        for file in sorted(screening, key=lambda f: _category_order(f, order)):
            self._declare_category(file)
        verdicts = [f for f in self._files if isinstance(f.model, ClassificationFile)]
        for file in verdicts:
            self._declare_verdicts(file)
        for extra in verdicts[1:]:
            self._report.in_file(extra.document.name, "classification-twice", other=verdicts[0].document.name)
        if not verdicts:
            self._report.in_file("rules/classification.yaml", "missing-classification")
        for pending in self._pending:
            self._read(pending)
        for file in self._files:
            if isinstance(file.model, AssignmentFile):
                for i, model in enumerate(file.model.tables):
                    self._table(file.document, model, ("tables", i))
        # What files are called must not show in results: tables come in the order of their clauses, too.
        tables = self._linked.tables.values()
        by_clause = sorted(tables, key=lambda table: (order.get(table.clause, len(order)), table.id))
        self._linked.tables = {table.id: table for table in by_clause}
        return self._linked

    # ------------------------------------------------------------------------------------ declaring names

    def _declare_category(self, file: ProjectFile) -> None:
        assert isinstance(file.model, ScreeningFile)
        model, document = file.model.category, file.document
        in_scope = tuple(id_ for id_, kind in self._refs.kinds.items() if kind.in_scope)
        kinds = self._kinds(document, ("category", "applies to"), model.applies_to) or in_scope
        criteria: list[str] = []
        for i, criterion in enumerate(file.model.criteria):
            path: Path = ("criteria", i)
            own = self._kinds(document, (*path, "applies to"), criterion.applies_to) or kinds
            if self._declare(
                document, path, criterion.id, criterion.name, "criterion", criterion, own, model.id
            ):
                criteria.append(criterion.id)
        name = model.name
        if self._declare(document, ("category",), model.id, name, "category", model, kinds, model.id):
            self._linked.categories[model.id] = Category(
                id=model.id,
                name=as_text(name),
                clause=model.clause,
                lead=self._offices(document, ("category", "lead"), model.lead),
                support=self._offices(document, ("category", "support"), model.support),
                criteria=tuple(criteria),
            )

    def _declare_verdicts(self, file: ProjectFile) -> None:
        assert isinstance(file.model, ClassificationFile)
        in_scope = tuple(id_ for id_, kind in self._refs.kinds.items() if kind.in_scope)
        for i, finding in enumerate(file.model.findings):
            path: Path = ("findings", i)
            self._declare(file.document, path, finding.id, finding.name, "finding", finding)
        self._declare(file.document, ("weak",), WEAK, file.model.weak.name, "weak", file.model.weak, in_scope)
        self._declare(file.document, ("key",), KEY, file.model.key.name, "key", file.model.key, in_scope)

    def _declare(
        self,
        document: Document,
        path: Path,
        id_: str,
        name: TextModel,
        role: Role,
        model: CategoryModel | CriterionModel | VerdictModel | FindingModel,
        kinds: tuple[str, ...] = (),
        category: str | None = None,
    ) -> bool:
        text = as_text(name)
        self._refs.clause(document, (*path, "clause"), model.clause, executed=True)
        location = document.value_location((*path, "id") if "id" in type(model).model_fields else path)
        taken = self._places.get(id_)
        if taken is not None:
            self._report.add(document, location, "rule-twice", found=id_, file=taken.file, line=taken.line)
            return False
        if id_ in RESULT_COLUMNS:
            self._report.add(document, location, "name-of-column", found=id_)
        if text.zh in self._scope.findings:
            at = document.value_location((*path, "name", "zh"))
            self._report.add(document, at, "name-used-twice", found=text.zh)
        self._places[id_] = location
        self._scope.findings[id_] = id_
        self._scope.findings.setdefault(text.zh, id_)
        self._pending.append(_Pending(document, path, id_, text, role, model, kinds, category))
        return True

    # ----------------------------------------------------------------------------------- reading conditions

    def _read(self, pending: _Pending) -> None:
        reader = ConditionReader(pending.document, self._scope, self._report)
        condition = reader.condition(pending.model.when, (*pending.path, "when"))
        place = Place(pending.document, pending.path, pending.model.clause)
        versions = self._versions.link(reader, place, pending.model, condition)
        if condition is None:
            return
        self._linked.rules[pending.id] = Rule(
            id=pending.id,
            name=pending.name,
            role=pending.role,
            clause=pending.model.clause,
            when=condition,
            location=self._places[pending.id],
            kinds=pending.kinds,
            category=pending.category,
            note=note_of(pending.model.note),
            versions=versions,
        )

    def _table(self, document: Document, model: TableModel, path: Path) -> None:
        self._refs.clause(document, (*path, "clause"), model.clause, executed=True)
        # Results and what is missing name rules and tables side by side, so the two must not share an id.
        if model.id in self._linked.tables or model.id in self._places:
            self._report.at_value(document, (*path, "id"), "name-used-twice", found=model.id)
            return
        if model.id in RESULT_COLUMNS:
            self._report.at_value(document, (*path, "id"), "name-of-column", found=model.id)
        reader = ConditionReader(document, self._scope, self._report)
        applies: Condition | None = None
        if model.applies_when is not None:
            applies = reader.condition(model.applies_when, (*path, "applies when"))
        outcomes = self._outcomes(model)
        rows: list[TableRow] = []
        for i, row in enumerate(model.rows):
            at: Path = (*path, "rows", i)
            condition = reader.condition(row.when, (*at, "when"))
            self._refs.clause(document, (*at, "clause"), row.clause, executed=True)
            if row.then not in outcomes:
                self._refs.unknown(document, (*at, "then"), "unknown-outcome", row.then, outcomes)
            elif condition is not None:
                place = document.value_location(at)
                clause = row.clause or model.clause
                rows.append(TableRow(condition, row.then, clause, place, row.from_, row.until))
            self._versions.days_of_row(document, at, row)
        self._linked.tables[model.id] = DecisionTable(
            id=model.id,
            name=as_text(model.name),
            clause=model.clause,
            hit_policy=model.hit_policy,
            rows=tuple(rows),
            outcomes=outcomes,
            location=document.value_location((*path, "id")),
            applies_when=applies,
        )

    def _outcomes(self, model: TableModel) -> dict[str, Text]:
        if isinstance(model.outcomes, str):
            return {id_: entry.name for id_, entry in self._organisation.get(model.outcomes, {}).items()}
        return {outcome.id: as_text(outcome.name) for outcome in model.outcomes}

    def _kinds(self, document: Document, path: Path, names: list[str]) -> tuple[str, ...]:
        found = [self._refs.kind(document, (*path, i), name) for i, name in enumerate(names)]
        for i, kind in enumerate(found):
            if kind is not None and not self._refs.kinds[kind].in_scope:
                self._report.at_value(document, (*path, i), "kind-out-of-scope", found=kind)
        return tuple(kind for kind in found if kind is not None)

    def _offices(self, document: Document, path: Path, names: list[str]) -> tuple[str, ...]:
        found = [self._refs.office(document, (*path, i), name) for i, name in enumerate(names)]
        return tuple(office for office in found if office is not None)


def _category_order(file: ProjectFile, order: dict[str, int]) -> tuple[int, str]:
    assert isinstance(file.model, ScreeningFile)
    return order.get(file.model.category.clause, len(order)), file.model.category.id
