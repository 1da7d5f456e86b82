"""Links what the timetable says about listings, waivers and the counting of periods."""

from __future__ import annotations

from dataclasses import replace

from engine.language import Date
from engine.project.due_dates import DueReader
from engine.project.duty import DatedRows, Listing, Waivers
from engine.project.files import ProjectFile
from engine.project.models import ListingModel, TimetableFile, WaiversModel
from engine.project.policy import Timetable
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope


def link_listing(file: ProjectFile, scope: Scope, refs: References, report: Reporter) -> Listing | None:
    """Where listings are recorded; None if the timetable does not say."""
    assert isinstance(file.model, TimetableFile)
    model = file.model.listing
    if model is None:
        return None
    refs.clause(file.document, ("listing", "clause"), model.clause, executed=True)
    reader = DueReader(file.document, scope, report)
    listed = _event(reader, model, "listed")
    delisted = _event(reader, model, "delisted")
    return None if listed is None or delisted is None else Listing(listed, delisted, model.clause)


def _event(reader: DueReader, model: ListingModel, key: str) -> DatedRows | None:
    where = model.listed if key == "listed" else model.delisted
    path: Path = ("listing",)
    register = reader.register(model.register_, (*path, "register"))
    if register is None:
        return None
    rows = reader.row_filter(register, where, (*path, key))
    date = reader.column(register, model.date, (*path, "date"), Date)
    return None if rows is None or date is None else DatedRows(rows, date)


def link_waivers(file: ProjectFile, scope: Scope, report: Reporter) -> Waivers | None:
    """Where waivers are recorded; None if the timetable does not say."""
    assert isinstance(file.model, TimetableFile)
    model = file.model.waivers
    if model is None:
        return None
    reader = DueReader(file.document, scope, report)
    register = reader.register(model.register_, ("waivers", "register"))
    return None if register is None else _waivers(reader, register, model)


def _waivers(reader: DueReader, register: str, model: WaiversModel) -> Waivers | None:
    path: Path = ("waivers",)
    duty = reader.column(register, model.duty, (*path, "duty"))
    reason = reader.column(register, model.reason, (*path, "reason"))
    period = date = None
    if model.period is not None:
        period = reader.column(register, model.period, (*path, "period"))
    if model.date is not None:
        date = reader.column(register, model.date, (*path, "date"), Date)
    if duty is None or reason is None:
        return None
    return Waivers(register, duty, period, reason, date)


def link_counting(file: ProjectFile, timetable: Timetable, scope: Scope, report: Reporter) -> Timetable:
    """``timetable`` with the conventions that need the parameters."""
    assert isinstance(file.model, TimetableFile)
    counting = file.model.counting
    shortest = None
    if counting.part_of_a_period is not None:
        reader = DueReader(file.document, scope, report)
        shortest = reader.lapse(counting.part_of_a_period, ("counting", "part of a period"))
    return replace(timetable, last_day=counting.last_day, shortest_part=shortest)
