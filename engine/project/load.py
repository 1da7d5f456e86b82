"""Loads a policy project: all files, all errors in one run, and one linked Policy if there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.diagnostics import Diagnostic, in_order
from engine.language import Date, String, Type
from engine.project.coverage import coverage
from engine.project.digest import digest
from engine.project.files import ProjectFile, missing_policy_files, read_files
from engine.project.link_comparisons import ComparisonLinker
from engine.project.link_duties import DutyLinker, LinkedDuties, Surroundings
from engine.project.link_frame import link_clauses, link_organisation, link_timetable
from engine.project.link_listing import link_counting, link_listing, link_waivers
from engine.project.link_measures import link_measures
from engine.project.link_parameters import ParameterLinker
from engine.project.link_procedures import link_procedures
from engine.project.link_rules import LinkedRules, RuleLinker
from engine.project.link_tests import link_tests
from engine.project.link_vocabulary import VocabularyLinker, as_text
from engine.project.models import DocumentFile
from engine.project.policy import (
    AS_OF,
    UNIT_KIND,
    Entry,
    Parameter,
    Policy,
    Rule,
    Timetable,
    findings_in,
)
from engine.project.policy_test import PolicyTest
from engine.project.references import References
from engine.project.reporting import Reporter
from engine.project.scope import Scope, names_in
from engine.project.stratify import find_cycles, stratify
from engine.project.yaml import Document


@dataclass(frozen=True)
class LoadResult:
    """``policy`` is None exactly if a diagnostic is an error. ``tests`` are the project's own."""

    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]
    tests: tuple[PolicyTest, ...]


def load(root: Path, *, tests: bool = True) -> LoadResult:
    """The policy project in ``root``. Never raises for what the files contain.

    ``tests=False``: without the project's own tests, for whoever only runs the policy.
    """
    report = Reporter()
    project = read_files(root, report, tests=tests)
    files = project.files
    documents = {file.document.name: file.document for file in files}
    by_kind: dict[str, ProjectFile] = {}
    for file in files:
        by_kind.setdefault(file.kind, file)
    refs, scope = References(report), Scope()
    # A file that does not fit its model takes nothing away from the others: the names in it count as known.
    refs.broken = scope.broken = names_in(project.unfit)
    scope.types |= {name: Type() for name in sorted(scope.broken)}
    if "document" in by_kind:
        link_clauses(by_kind["document"], root, refs, report)
    organisation: dict[str, dict[str, Entry]] = {}
    if "organisation" in by_kind:
        organisation = link_organisation(by_kind["organisation"], refs, report)
    if any(name.startswith("policy/") for name in project.unread) or missing_policy_files(root):
        return _result(None, report, ())
    head = by_kind["document"].model if "document" in by_kind else None
    effective = (head.policy.effective or head.policy.issued) if isinstance(head, DocumentFile) else None
    timetable = Timetable({}, {}, "excluded")
    if "timetable" in by_kind:
        timetable = link_timetable(by_kind["timetable"], refs, report)
    scope.first_day_included = timetable.first_day == "included"
    scope.types[AS_OF] = Date()
    scope.types[UNIT_KIND] = String(tuple(refs.kinds))
    scope.canonical |= {AS_OF: AS_OF, UNIT_KIND: UNIT_KIND}
    vocabulary = None
    if "vocabulary" in by_kind:
        vocabulary = VocabularyLinker(by_kind["vocabulary"], scope, refs, report)
        vocabulary.facts()
        vocabulary.registers()
    parameters: dict[str, Parameter] = {}
    if "parameters" in by_kind:
        parameters = ParameterLinker(by_kind["parameters"], scope, refs, report).link(effective)
    comparing = ComparisonLinker(files, scope, refs, report)
    compared = comparing.declare()
    derived = vocabulary.derived() if vocabulary is not None else {}
    linked = RuleLinker(project, scope, refs, organisation, report, effective).link()
    comparisons = comparing.link(linked.rules, derived)
    order = _stratified(linked, documents, report)
    listing = waivers = None
    if "timetable" in by_kind:
        timetable = link_counting(by_kind["timetable"], timetable, scope, report)
        listing = link_listing(by_kind["timetable"], scope, refs, report)
        waivers = link_waivers(by_kind["timetable"], scope, report)
    has_listing = listing is not None or "timetable" not in by_kind
    around = Surroundings(scope, refs, organisation, linked.tables, timetable, has_listing, report, effective)
    ordered = _link_duties(files, around)
    linked_tests = link_tests(files, scope, refs, linked, ordered, parameters, effective, report)
    if "document" in by_kind and not project.unfit and not project.unread:
        _check_coverage(by_kind["document"], refs, report)
    if report.failed or order is None:
        return _result(None, report, ())
    assert isinstance(head, DocumentFile) and effective is not None
    policy = Policy(
        id=head.policy.id,
        title=as_text(head.policy.title),
        issuer=as_text(head.policy.issuer),
        issued=head.policy.issued,
        effective=effective,
        clauses=refs.clauses,
        facts=scope.facts,
        registers=scope.registers,
        derived=derived,
        offices=organisation["offices"],
        posts=organisation["posts"],
        ranks=organisation["ranks"],
        kinds=refs.kinds,
        timetable=timetable,
        parameters=parameters,
        rules=linked.rules,
        categories=linked.categories,
        tables=linked.tables,
        order=order[0],
        strata=order[1],
        names=scope.canonical,
        executed=frozenset(refs.executed),
        digest=digest((f.kind, f.model) for f in files if f.kind not in ("tests", "baselines")),
        listing=listing,
        waivers=waivers,
        groups=ordered.groups,
        duties=ordered.duties,
        procedures=ordered.procedures,
        measures=ordered.measures,
        ladders=ordered.ladders,
        duty_tests=ordered.tests,
        comparisons=comparisons,
        compared=compared,
    )
    return _result(policy, report, linked_tests)


def _link_duties(files: Iterable[ProjectFile], around: Surroundings) -> LinkedDuties:
    """What the rules order to be done: duties, then procedures, then the measures that refer to both."""
    linked = LinkedDuties()
    files = list(files)
    duties = DutyLinker(around, linked)
    for file in files:
        if file.kind == "duties":
            duties.declare(file)
    duties.link()
    for file in files:
        if file.kind == "procedures":
            link_procedures(file, around, linked)
    for file in files:
        if file.kind == "measures":
            link_measures(file, around, linked)
    order = {clause: i for i, clause in enumerate(around.refs.clauses)}
    measures = sorted(linked.measures.values(), key=lambda m: (order.get(m.clause, len(order)), m.id))
    linked.measures = {measure.id: measure for measure in measures}
    return linked


def _result(policy: Policy | None, report: Reporter, tests: tuple[PolicyTest, ...]) -> LoadResult:
    return LoadResult(policy, tuple(in_order(report.diagnostics)), tests)


def _stratified(
    linked: LinkedRules, documents: Mapping[str, Document], report: Reporter
) -> tuple[tuple[str, ...], Mapping[str, int]] | None:
    # Over all versions of a rule together: an order that holds on every day.
    needs = {
        id_: sorted({finding for condition in rule.conditions for finding in findings_in(condition)})
        for id_, rule in linked.rules.items()
    }
    cycles = find_cycles(needs)
    for cycle in cycles:
        rule: Rule = linked.rules[cycle[0]]
        document = documents[rule.location.file]
        report.add(document, rule.location, "rule-cycle", path=" → ".join(cycle))
    if cycles:
        return None
    strata = stratify(needs)
    return strata.order, strata.level


def _check_coverage(file: ProjectFile, refs: References, report: Reporter) -> None:
    """A rule without a clause does not pass its model; this finds the clauses without a rule."""
    positions = {clause: i for i, clause in enumerate(refs.clauses)}
    for entry in coverage(refs.clauses, frozenset(refs.executed)):
        if entry.status == "without_rule":
            path = ("clauses", positions[entry.clause.id], "id")
            report.at_value(file.document, path, "clause-without-rule", found=entry.clause.id)
