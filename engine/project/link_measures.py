"""Links measures and ladders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from engine.language import Date
from engine.language.syntax import Expr
from engine.language.syntax import Literal as Value
from engine.project.dated_rows import PartyReader
from engine.project.due_dates import DueNames, DueReader
from engine.project.duty import DatedRows, DutyOccasions, Ladder, Measure, RowEvidence, RowFilter, Rung
from engine.project.duty_conditions import MeasureConditionReader
from engine.project.duty_models import (
    LadderModel,
    MeasureBase,
    MeasureModel,
    MeasuresFile,
    OccasionsModel,
    RungModel,
)
from engine.project.files import ProjectFile
from engine.project.link_duties import LinkedDuties, Surroundings, read_evidence
from engine.project.link_versions import Place, VersionLinker
from engine.project.link_vocabulary import as_text, note_of
from engine.project.reporting import Path
from engine.project.yaml import Document

_COUNTS = {"altogether": False, "累计": False, "in a row": True, "连续": True}


def link_measures(file: ProjectFile, around: Surroundings, linked: LinkedDuties) -> None:
    """Fills ``linked.measures`` and ``linked.ladders``; duties and procedures are linked before."""
    assert isinstance(file.model, MeasuresFile)
    reader = _MeasureReader(file.document, around, linked)
    for i, model in enumerate(file.model.measures):
        reader.measure(model, ("measures", i))
    for i, ladder in enumerate(file.model.ladders):
        reader.ladder(ladder, ("ladders", i))


class _MeasureReader:
    def __init__(self, document: Document, around: Surroundings, linked: LinkedDuties) -> None:
        self._document = document
        self._around = around
        self._linked = linked
        self._reader = DueReader(document, around.scope, around.report)
        self._conditions = MeasureConditionReader(document, around.scope, around.report, linked)
        self._versions = VersionLinker(around.refs, around.report, around.effective)
        self._parties = PartyReader(self._reader, around.organisation, around.tables)

    def measure(self, model: MeasureModel, path: Path) -> None:
        """Read a measure with its condition."""
        failed = len(self._around.report.diagnostics)
        condition = self._conditions.condition(model.when, (*path, "when"))
        self._check_listing(model.while_, path, model.id)
        measure = self._base(model, path, model.while_)
        place = Place(self._document, path, model.clause)
        versions = self._versions.link(self._conditions, place, model, condition)
        if len(self._around.report.diagnostics) == failed and measure is not None:
            self._linked.measures[model.id] = replace(measure, when=condition, versions=versions)

    def ladder(self, model: LadderModel, path: Path) -> None:
        """Read a ladder; its rungs become measures of their own."""
        around, report, document = self._around, self._around.report, self._document
        failed = len(report.diagnostics)
        around.refs.clause(document, (*path, "clause"), model.clause, executed=True)
        around.claim(document, path, model.id, model.name.zh.strip())
        span: Literal["listed", "in force"] = "listed" if model.over == "this listing" else "in force"
        self._check_listing(span, path, model.id)
        occasions = self._occasions(model.occasions, (*path, "occasions"))
        in_a_row = self._counts(model, path)
        broken_by = None
        if isinstance(occasions, DatedRows) and model.broken_by is not None:
            register = occasions.rows.register
            rows = self._reader.row_filter(register, model.broken_by, (*path, "broken by"))
            broken_by = None if rows is None else DatedRows(rows, occasions.date)
        elif model.broken_by is not None or (isinstance(occasions, DatedRows) and in_a_row is not False):
            report.at_value(document, path, "ladder-broken-by")
        rungs = []
        for i, rung in enumerate(model.rungs):
            at: Path = (*path, "rungs", i)
            start = self._start(rung, (*at, "from"))
            measure = self._base(rung, at, span, model.id)
            if start is not None and measure is not None:
                rungs.append(Rung(start, rung.id))
                self._linked.measures[rung.id] = measure
        if len(report.diagnostics) > failed or occasions is None or in_a_row is None:
            return
        self._linked.ladders[model.id] = Ladder(
            id=model.id,
            name=as_text(model.name),
            clause=model.clause,
            over=model.over,
            occasions=occasions,
            in_a_row=in_a_row,
            rungs=tuple(rungs),
            location=document.value_location((*path, "id")),
            broken_by=broken_by,
        )

    def _check_listing(self, span: str, path: Path, id_: str) -> None:
        if span == "listed" and not self._around.has_listing:
            self._around.report.at_value(self._document, path, "no-listing", found=id_)

    def _start(self, model: RungModel, path: Path) -> Expr | None:
        start = self._reader.number_of_parameters(model.from_, path)
        if isinstance(start, Value) and isinstance(start.value, Decimal) and start.value < 1:
            self._around.report.at_value(self._document, path, "not-a-number", found=str(model.from_))
            return None
        return start

    def _counts(self, model: LadderModel, path: Path) -> bool | str | None:
        if model.counts in _COUNTS:
            return _COUNTS[model.counts]
        scope = self._around.scope
        id_ = scope.canonical.get(model.counts)
        given = scope.values.get(str(id_), ())
        if id_ in scope.parameters and given and all(value in _COUNTS for value in given):
            return id_
        self._reader.unknown("ladder-counts", model.counts, _COUNTS, (*path, "counts"))
        return None

    def _occasions(self, model: OccasionsModel, path: Path) -> DatedRows | DutyOccasions | None:
        if model.register_ is not None and model.date is not None and not (model.duty or model.group):
            register = self._reader.register(model.register_, (*path, "register"))
            if register is None:
                return None
            rows: RowFilter | None = self._reader.row_filter(register, model.where, (*path, "where"))
            date = self._reader.column(register, model.date, (*path, "date"), Date)
            return None if rows is None or date is None else DatedRows(rows, date)
        head = "duty" if model.duty is not None else "group"
        named = model.duty if model.duty is not None else model.group
        if named is None or model.register_ is not None or not model.was:
            self._around.report.at_value(self._document, path, "occasions-form")
            return None
        duties = self._conditions.duties(named, head, path)
        statuses = self._conditions.statuses(model.was, path)
        return None if duties is None or statuses is None else DutyOccasions(duties, statuses)

    def _base(
        self, model: MeasureBase, path: Path, span: Literal["listed", "in force"], ladder: str | None = None
    ) -> Measure | None:
        around, document = self._around, self._document
        around.refs.clause(document, (*path, "clause"), model.clause, executed=True)
        if not around.claim(document, path, model.id, model.name.zh.strip()):
            return None
        due = None
        if model.due is not None:
            words = frozenset({"trigger"} | ({"listing"} if span == "listed" else set()))
            due = self._reader.due(model.due, (*path, "due"), DueNames(around.timetable, words))
        evidence = None
        if model.evidence is not None:
            found = read_evidence(self._reader, model.evidence, (*path, "evidence"))
            if isinstance(found, RowEvidence):
                evidence = found
            elif found is not None:
                around.report.at_value(document, (*path, "evidence"), "measure-evidence")
        return Measure(
            id=model.id,
            name=as_text(model.name),
            clause=model.clause,
            by=self._parties.parties(model.by, (*path, "by")),
            against=self._parties.parties(model.against, (*path, "against")),
            span=span,
            when=None,
            location=document.value_location((*path, "id")),
            due=due,
            evidence=evidence,
            reward=model.reward,
            notice=model.notice,
            ladder=ladder,
            note=note_of(model.note),
        )
