"""Links what the rules stand on: the document's clauses, the organisation and the timetable."""

from __future__ import annotations

from pathlib import Path as FilePath

from engine.project.files import ProjectFile
from engine.project.link_vocabulary import as_text, note_of
from engine.project.models import DocumentFile, EntryModel, KindModel, OrganisationFile, TimetableFile
from engine.project.policy import Clause, Entry, FixedDate, Phase, Text, Timetable
from engine.project.references import References
from engine.project.reporting import Reporter
from engine.project.source_text import SourceText, read_source


def link_clauses(file: ProjectFile, root: FilePath, refs: References, report: Reporter) -> None:
    """Fills ``refs.clauses`` in document order, each with its passage where the office has the official text."""
    assert isinstance(file.model, DocumentFile)
    source = read_source(root / "policy" / "source.txt", report)
    for i, model in enumerate(file.model.clauses):
        path = ("clauses", i)
        if model.id in refs.clauses:
            report.at_value(file.document, (*path, "id"), "clause-twice", found=model.id)
            continue
        parent = model.id.rpartition(".")[0]
        if parent and parent not in refs.clauses:
            report.at_value(
                file.document, (*path, "id"), "clause-without-parent", found=model.id, parent=parent
            )
        if not model.operative and model.why_not is None:
            report.at_value(file.document, (*path, "operative"), "clause-needs-why-not", found=model.id)
        if model.operative and model.why_not is not None:
            report.at_key(file.document, (*path, "why not"), "clause-operative-why-not", found=model.id)
        refs.clauses[model.id] = Clause(
            id=model.id,
            title=as_text(model.title),
            summary=as_text(model.summary),
            locator=model.locator,
            operative=model.operative,
            why_not=note_of(model.why_not),
            not_yet_encoded=note_of(model.not_yet_encoded),
            parent=parent or None,
            passage=_passage(source, file, i, report),
        )


def _passage(source: SourceText | None, file: ProjectFile, i: int, report: Reporter) -> str | None:
    assert isinstance(file.model, DocumentFile)
    if source is None:
        return None
    locator = file.model.clauses[i].locator
    passage = source.passage(locator)
    if passage is None:
        report.at_value(file.document, ("clauses", i, "locator"), "locator-finds-nothing", found=locator)
    return passage


def link_organisation(file: ProjectFile, refs: References, report: Reporter) -> dict[str, dict[str, Entry]]:
    """Offices, posts, ranks and kinds by id; also fills ``refs.offices`` and ``refs.kinds``."""
    assert isinstance(file.model, OrganisationFile)
    groups: dict[str, list[EntryModel]] = {
        "offices": file.model.offices,
        "posts": file.model.posts,
        "ranks": file.model.ranks,
        "kinds": list(file.model.kinds),
    }
    linked: dict[str, dict[str, Entry]] = {}
    for group, models in groups.items():
        entries = linked.setdefault(group, {})
        for i, model in enumerate(models):
            if model.id in entries:
                report.at_value(file.document, (group, i, "id"), "name-used-twice", found=model.id)
                continue
            in_scope = not isinstance(model, KindModel) or model.in_scope
            aliases = tuple(model.aliases) if isinstance(model, KindModel) else ()
            entries[model.id] = Entry(
                model.id, Text(model.id, model.en), in_scope, aliases, note_of(model.note)
            )
    refs.offices = linked["offices"]
    refs.kinds = linked["kinds"]
    if refs.kinds and not any(kind.in_scope for kind in refs.kinds.values()):
        report.at_key(file.document, ("kinds",), "no-kind-in-scope")
    return linked


def link_timetable(file: ProjectFile, refs: References, report: Reporter) -> Timetable:
    """Phases and fixed dates, and how periods are counted."""
    assert isinstance(file.model, TimetableFile)
    phases: dict[str, Phase] = {}
    dates: dict[str, FixedDate] = {}
    for i, model in enumerate(file.model.phases):
        refs.clause(file.document, ("phases", i, "clause"), model.clause)
        refs.claim(file.document, ("phases", i), model.id, model.name.zh.strip())
        if model.to < model.from_:
            report.at_value(
                file.document, ("phases", i, "to"), "phase-ends-early", found=model.to.isoformat()
            )
        name, note = as_text(model.name), note_of(model.note)
        phases[model.id] = Phase(model.id, name, model.from_, model.to, model.clause, note)
    for i, fixed in enumerate(file.model.dates):
        refs.clause(file.document, ("dates", i, "clause"), fixed.clause)
        refs.claim(file.document, ("dates", i), fixed.id, fixed.name.zh.strip())
        name, note = as_text(fixed.name), note_of(fixed.note)
        dates[fixed.id] = FixedDate(fixed.id, name, fixed.on, fixed.clause, note)
    reason = note_of(file.model.counting.reason)
    return Timetable(phases, dates, file.model.counting.first_day, reason=reason)
