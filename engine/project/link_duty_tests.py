"""Links what a policy's tests expect of duties, due dates, measures and procedures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from engine.project.duty import STATUSES
from engine.project.link_duties import LinkedDuties
from engine.project.models import ProcedureExpectModel
from engine.project.policy_test import ExpectedProcedure, ExpectedStatus
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.texts import shown
from engine.project.yaml import Document

T = TypeVar("T")
#: Stands for the period begun last.
LATEST = ""


class DutyExpectations:
    """Reads the parts of `expect:` that are about duties, in one document."""

    def __init__(self, document: Document, refs: References, linked: LinkedDuties, report: Reporter) -> None:
        self._document = document
        self._refs = refs
        self._linked = linked
        self._report = report
        self._measures = {n: id_ for id_, m in linked.measures.items() for n in (id_, m.name.zh)}
        self._procedures = {n: id_ for id_, p in linked.procedures.items() for n in (id_, p.name.zh)}

    def statuses(self, data: Mapping[str, Any], path: Path) -> dict[str, dict[str, ExpectedStatus]]:
        """Duty id → period id → status."""
        return self._by_period(data, path, self._status)

    def days(self, data: Mapping[str, Any], path: Path) -> dict[str, dict[str, date]]:
        """Duty id → period id → due day."""
        return self._by_period(data, path, self._day)

    def measures(self, data: Mapping[str, Any], path: Path) -> dict[str, bool | None]:
        """Measure id → truth."""
        found: dict[str, bool | None] = {}
        for name, value in data.items():
            at: Path = (*path, name)
            if name not in self._measures:
                self._refs.unknown(self._document, at, "unknown-measure", name, self._measures, at_key=True)
            elif isinstance(value, bool) or value == "unknown":
                found[self._measures[name]] = value if isinstance(value, bool) else None
            else:
                self._report.at_value(self._document, at, "unknown-truth", found=shown(value))
        return found

    def procedures(
        self, data: Mapping[str, ProcedureExpectModel], path: Path
    ) -> dict[str, ExpectedProcedure]:
        """Procedure id → where it stands."""
        found = {}
        for name, model in data.items():
            at: Path = (*path, name)
            if name not in self._procedures:
                self._refs.unknown(
                    self._document, at, "unknown-procedure", name, self._procedures, at_key=True
                )
                continue
            id_ = self._procedures[name]
            steps = {n: s.id for s in self._linked.procedures[id_].steps for n in (s.id, s.name.zh)}
            done = violations = None
            if model.done is not None:
                done = tuple(self._step(s, (*at, "done", i), steps) for i, s in enumerate(model.done))
            if model.violations is not None:
                violations = tuple(
                    (self._step(v.step, (*at, "violations", i, "step"), steps), v.why)
                    for i, v in enumerate(model.violations)
                )
            next_ = None
            if "next" in model.model_fields_set:
                next_ = "" if model.next is None else self._step(model.next, (*at, "next"), steps)
            found[id_] = ExpectedProcedure(done, next_, violations)
        return found

    def _step(self, name: str, path: Path, steps: Mapping[str, str]) -> str:
        if name not in steps:
            self._refs.unknown(self._document, path, "unknown-step", name, steps)
        return steps.get(name, name)

    def _by_period(
        self, data: Mapping[str, Any], path: Path, read: Callable[[Any, Path], T | None]
    ) -> dict[str, dict[str, T]]:
        found: dict[str, dict[str, T]] = {}
        for name, value in data.items():
            at: Path = (*path, name)
            id_ = self._linked.duty_names.get(name)
            if id_ is None:
                names = self._linked.duty_names
                self._refs.unknown(self._document, at, "unknown-duty", name, names, at_key=True)
                continue
            periods = value if isinstance(value, dict) else {LATEST: value}
            found[id_] = {}
            for period, stated in periods.items():
                one = read(stated, (*at, period) if isinstance(value, dict) else at)
                if one is not None:
                    found[id_][str(period)] = one
        return found

    def _status(self, data: Any, path: Path) -> ExpectedStatus | None:
        known: tuple[ExpectedStatus, ...] = (*STATUSES, "none")
        status: ExpectedStatus | None = next((s for s in known if s == data), None)
        if status is None:
            self._refs.unknown(self._document, path, "unknown-status", shown(data), known)
        return status

    def _day(self, data: Any, path: Path) -> date | None:
        try:
            return date.fromisoformat(data if isinstance(data, str) and len(data) == 10 else "")
        except ValueError:
            self._report.at_value(self._document, path, "not-a-date", found=shown(data))
            return None
