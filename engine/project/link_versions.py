"""Links what a rule asked for at different times: as adopted, and as amended from a day on."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from engine.project.conditions import ConditionReader
from engine.project.duty_models import MeasureModel
from engine.project.link_vocabulary import as_text
from engine.project.models import CategoryModel, CriterionModel, FindingModel, RowModel, VerdictModel
from engine.project.policy import Condition, RuleVersion
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.yaml import Document

RuleModel = CategoryModel | CriterionModel | VerdictModel | FindingModel | MeasureModel


class Place(NamedTuple):
    """Where a rule stands, and its clause."""

    document: Document
    path: Path
    clause: str


class VersionLinker:
    """Reads ``in force from`` and ``amended`` of a rule. ``effective``: the first day of the plan."""

    def __init__(self, refs: References, report: Reporter, effective: date | None) -> None:
        self._refs = refs
        self._report = report
        self._effective = effective

    def link(
        self, reader: ConditionReader, place: Place, model: RuleModel, adopted: Condition | None
    ) -> tuple[RuleVersion, ...]:
        """All versions of a rule, the one as adopted first; empty for a rule without dates."""
        if model.in_force_from is None and not model.amended:
            return ()
        document, path, clause = place
        here = document.value_location((*path, "when"))
        start = model.in_force_from
        versions: list[RuleVersion] = []
        if start is not None:
            self._not_before_plan(document, (*path, "in force from"), start)
            versions.append(RuleVersion(None, None, clause, here))
        versions.append(RuleVersion(start, adopted, clause, here))
        for i, amendment in enumerate(model.amended):
            at: Path = (*path, "amended", i)
            previous = versions[-1].start
            if previous is not None and amendment.from_ <= previous:
                found = amendment.from_.isoformat()
                self._report.at_value(document, (*at, "from"), "amendments-not-in-order", found=found)
            self._not_before_plan(document, (*at, "from"), amendment.from_)
            self._refs.clause(document, (*at, "clause"), amendment.clause, executed=not amendment.repealed)
            condition: Condition | None = None
            if (amendment.when is None) != amendment.repealed:
                self._report.at_value(document, at, "amendment-when-or-repealed")
            elif not amendment.repealed:
                condition = reader.condition(amendment.when, (*at, "when"))
            version = RuleVersion(
                amendment.from_,
                condition,
                amendment.clause or clause,
                document.value_location(at),
                as_text(amendment.reason),
                amendment.made,
            )
            if version.retroactive:
                made = amendment.made.isoformat() if amendment.made is not None else ""
                day = amendment.from_.isoformat()
                self._report.warn_at_value(document, (*at, "from"), "retroactive", found=day, made=made)
            versions.append(version)
        return tuple(versions)

    def days_of_row(self, document: Document, path: Path, row: RowModel) -> None:
        """Checks the days between which a row of a decision table is in force."""
        if row.from_ is not None:
            self._not_before_plan(document, (*path, "from"), row.from_)
        if row.until is None:
            return
        first = row.from_ or self._effective
        if first is not None and row.until < first:
            found, first_day = row.until.isoformat(), first.isoformat()
            self._report.at_value(document, (*path, "until"), "row-ends-early", found=found, first=first_day)

    def _not_before_plan(self, document: Document, path: Path, day: date) -> None:
        if self._effective is not None and day <= self._effective:
            self._report.at_value(
                document, path, "amended-before-plan", found=day.isoformat(), effective=self._effective
            )
