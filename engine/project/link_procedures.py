"""Links procedures: their register, and their steps in order."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language import Date
from engine.project.dated_rows import PartyReader
from engine.project.due_dates import DueNames, DueReader
from engine.project.duty import Procedure, Step
from engine.project.duty_models import ProcedureModel, ProceduresFile, StepModel
from engine.project.files import ProjectFile
from engine.project.link_duties import LinkedDuties, Surroundings
from engine.project.link_vocabulary import as_text, note_of
from engine.project.reporting import Path
from engine.project.yaml import Document


def link_procedures(file: ProjectFile, around: Surroundings, linked: LinkedDuties) -> None:
    """Fills ``linked.procedures``."""
    assert isinstance(file.model, ProceduresFile)
    for i, model in enumerate(file.model.procedures):
        path: Path = ("procedures", i)
        around.refs.clause(file.document, (*path, "clause"), model.clause, executed=True)
        if around.claim(file.document, path, model.id, model.name.zh.strip()):
            procedure = _ProcedureReader(file.document, around).procedure(model, path)
            if procedure is not None:
                linked.procedures[model.id] = procedure


class _ProcedureReader:
    def __init__(self, document: Document, around: Surroundings) -> None:
        self._document = document
        self._around = around
        self._reader = DueReader(document, around.scope, around.report)
        self._parties = PartyReader(self._reader, around.organisation, around.tables)

    def procedure(self, model: ProcedureModel, path: Path) -> Procedure | None:
        """The procedure, or None after reporting what is wrong with it."""
        reader, failed = self._reader, len(self._around.report.diagnostics)
        register = reader.register(model.register_, (*path, "register"))
        if model.while_ == "listed" and not self._around.has_listing:
            self._around.report.at_value(self._document, path, "no-listing", found=model.id)
        if register is None:
            return None
        step_column = reader.column(register, model.step, (*path, "step"))
        date_column = reader.column(register, model.date, (*path, "date"), Date)
        actor = None
        if model.actor is not None:
            actor = reader.column(register, model.actor, (*path, "actor"))
        values: tuple[str, ...] = ()
        if step_column is not None:
            values = tuple(
                c.value for c in self._around.scope.registers[register].columns[step_column].choices
            )
        steps: list[Step] = []
        earlier: dict[str, str] = {}
        for i, step in enumerate(model.steps):
            steps.append(self._step(step, (*path, "steps", i), earlier, values))
            earlier |= {step.id: step.id, step.name.zh.strip(): step.id}
        if len(self._around.report.diagnostics) > failed or step_column is None or date_column is None:
            return None
        return Procedure(
            id=model.id,
            name=as_text(model.name),
            clause=model.clause,
            span=model.while_,
            register=register,
            step_column=step_column,
            date_column=date_column,
            actor_column=actor,
            steps=tuple(steps),
            location=self._document.value_location((*path, "id")),
            note=note_of(model.note),
        )

    def _step(
        self, model: StepModel, path: Path, earlier: Mapping[str, str], values: tuple[str, ...]
    ) -> Step:
        report, document, name = self._around.report, self._document, as_text(model.name)
        self._around.refs.clause(document, (*path, "clause"), model.clause, executed=True)
        if model.id in earlier or name.zh in earlier:
            report.at_value(document, (*path, "id"), "name-used-twice", found=model.id)
        own = model.listing_event is None
        if own and values and name.zh not in values:
            self._reader.unknown("step-not-in-register", name.zh, values, (*path, "name", "zh"))
        if model.by and model.by_all_of:
            report.at_key(document, (*path, "by all of"), "step-by-twice")
        due = None
        if model.due is not None:
            names = DueNames(self._around.timetable, frozenset({"listing", "delisting"}), {}, earlier)
            due = self._reader.due(model.due, (*path, "due"), names)
        by = self._parties.parties(model.by, (*path, "by"))
        by_all = self._parties.parties(model.by_all_of, (*path, "by all of"))
        return Step(model.id, name, model.clause, name.zh if own else None, by or by_all, bool(by_all), due)
