"""What the page says of the policy, whatever the units: networks, facts, clauses, duties, assumptions, coverage."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explain.labels import Labels
from engine.explain.notes import names_read, point_parameters
from engine.explain.outline import Outline, Point, outline
from engine.inference.evaluation import Program
from engine.messages import text
from engine.project.coverage import policy_coverage
from engine.project.duty import Evidence, Measure, RowEvidence
from engine.project.policy import Rule
from engine.project.usage import Use
from engine.report.assumptions import assumptions, understood
from engine.report.coverage_report import coverage_object, totals_line
from engine.report.page.book import Book
from engine.report.page.record import computed_for_measures
from engine.report.timeline_rows import row_of
from engine.wording.history import row_words, version_line
from engine.wording.words import (
    date_words,
    fact_name,
    parameter_words,
    supplier_of,
    verdict_word,
)


def shared_object(book: Book, published: bool) -> dict[str, object]:
    """Everything that does not depend on the units, but may add words to the book."""
    return _Shared(book).made(published)


class _Shared:
    def __init__(self, book: Book) -> None:
        self._book, self._policy, self._lang = book, book.policy, book.lang
        self._parameters: dict[str, int] = {}
        self._parameter_objects: list[list[object]] = []

    def made(self, published: bool) -> dict[str, object]:
        policy, lang = self._policy, self._lang
        duties = self._book.duties
        programs = [self._book.program] if duties is None else [self._book.program, duties.measures]
        nets = [self._net(program) for program in programs]
        rows: dict[tuple[str, str], int] = {}
        return {
            "names": list(self._names()),
            "computed": [self._book.names[id_] for id_ in (*policy.compared, *policy.derived)],
            "measuredFacts": []
            if duties is None
            else [self._book.names[id_] for id_ in computed_for_measures(duties)],
            "offices": [office.name[lang] for office in policy.offices.values()],
            "kinds": [kind.name[lang] for kind in policy.kinds.values()],
            "clauses": [
                [c.id, c.title[lang], c.summary[lang], c.locator, c.passage] for c in policy.clauses.values()
            ],
            "rules": [
                *(self._rule(rule, rule.role) for rule in policy.rules.values()),
                *(self._rule(measure, "measure") for measure in policy.measures.values()),
            ],
            "nets": nets,
            "params": self._parameter_objects,
            "tables": [self._table(id_) for id_ in policy.tables],
            "verdicts": [
                [token, verdict_word(policy, token, lang)]
                for token in ("weak", "not_weak", "undetermined", "out_of_scope", "withheld")
                if published or token != "withheld"
            ],
            "categories": [
                [
                    self._book.rules[c.id],
                    [self._book.offices[office] for office in c.lead],
                    [self._book.offices[office] for office in c.support],
                ]
                for c in policy.categories.values()
            ],
            "duties": [
                [
                    d.id,
                    d.name[lang],
                    self._book.clauses[d.clause],
                    rows.setdefault(row_of(policy, d), len(rows)),
                    int(d.advisory),
                    self._register(d.evidence),
                ]
                for d in policy.duties.values()
            ],
            "dutyRows": [
                [self._book.clauses[clause], policy.groups[group].name[lang] if group else None]
                for clause, group in rows
            ],
            "measures": [
                [m.id, m.name[lang], self._book.clauses[m.clause], programs[-1].network.rules[m.id]]
                for m in policy.measures.values()
            ],
            "waivers": -1 if policy.waivers is None else self._book.names[policy.waivers.register],
            "procedures": [
                [
                    p.id,
                    p.name[lang],
                    self._book.clauses[p.clause],
                    [[s.id, s.name[lang], self._book.clauses[s.clause]] for s in p.steps],
                ]
                for p in policy.procedures.values()
            ],
            "phases": [
                [phase.name[lang], self._book.day(phase.start), self._book.day(phase.end)]
                for phase in policy.timetable.phases.values()
            ],
            "effective": self._book.day(policy.effective),
            "assumptions": list(self._assumptions()),
            "understood": list(self._understood()),
            "coverage": self._coverage(),
        }

    def _rule(self, rule: Rule | Measure, role: str) -> list[object]:
        """``[id, name, clause, role]``, and for one that was amended the version in force in words."""
        lang = self._book.lang
        found: list[object] = [rule.id, rule.name[lang], self._book.clauses[rule.clause], role]
        line = version_line(rule, lang)
        return found if line is None else [*found, text("explain.version", lang, said=line)]

    def _register(self, evidence: Evidence) -> int:
        return self._book.names[evidence.rows.register] if isinstance(evidence, RowEvidence) else -1

    def _names(self) -> Iterator[list[object]]:
        """``[words, office, kind, [column…], withheld]``; kind f (filled in), r (register) or c (computed)."""
        policy = self._policy if self._book.duties is None else self._book.duties.measures.policy
        for id_ in self._book.names:
            register = policy.registers.get(id_)
            columns = [] if register is None else [c.name[self._lang] for c in register.columns.values()]
            computed = (
                id_ in policy.derived
                or id_ in policy.compared
                or (id_ in policy.facts and policy.facts[id_].computed)
            )
            kind = "r" if register is not None else "c" if computed else "f"
            office = self._book.office(supplier_of(self._policy, id_))
            name = fact_name(policy, id_, self._lang)
            hidden = self._book.sensitive is not None and self._book.sensitive.hides(id_)
            yield [name, office, kind, columns, int(hidden)]

    # ----------------------------------------------------------------------------------------- network

    def _net(self, program: Program) -> dict[str, object]:
        shape = outline(program)
        labels = Labels(shape, self._lang)
        return {
            "nodes": [self._node(shape, labels, point) for point in shape.points],
            "roots": {str(self._book.rules[rule]): node for rule, node in shape.roots.items()},
        }

    def _node(self, shape: Outline, labels: Labels, point: Point) -> list[object]:
        """``[kind, need, [input…], rule or -1, condition in words, [fact…], [parameter…]]``"""
        names = () if point.leaf is None else names_read(shape.program.policy, point.leaf)
        return [
            point.kind,
            point.need,
            list(point.inputs),
            -1 if point.rule is None else self._book.rules[point.rule.id],
            self._book.word(labels.condition(point)),
            [self._book.names[name] for name in names],
            [self._parameter(note.parameter.id) for note in point_parameters(shape.program, point)],
        ]

    def _parameter(self, id_: str) -> int:
        """``[id, name, value, basis, reason, clause, since]``; ``since`` is empty for a value that was assumed."""
        if id_ not in self._parameters:
            policy, program, lang = self._policy, self._book.program, self._lang
            parameter = policy.parameters[id_]
            dated = None if id_ in program.overridden else parameter.in_force(program.as_of)
            self._parameters[id_] = len(self._parameters)
            self._parameter_objects.append(
                [
                    id_,
                    parameter.name[lang],
                    parameter_words(policy, id_, program.parameters[id_], lang),
                    parameter.basis,
                    parameter.reason[lang],
                    self._book.clauses[parameter.clause],
                    "" if dated is None else date_words(dated.start, lang),
                ]
            )
        return self._parameters[id_]

    def _table(self, id_: str) -> list[object]:
        """``[id, name, clause, hit policy, [[node, outcome, clause]…]]``"""
        table, lang = self._policy.tables[id_], self._lang
        shape = outline(self._book.program).tables[id_]
        rows = [
            [
                node,
                row_words(
                    table.outcomes[row.then][lang] if row.then in table.outcomes else row.then, row, lang
                ),
                self._book.clauses[row.clause],
            ]
            for node, row in shape.rows
        ]
        return [id_, table.name[lang], self._book.clauses[table.clause], table.hit_policy, rows]

    # ------------------------------------------------------------------------- assumptions and coverage

    def _assumptions(self) -> Iterator[dict[str, object]]:
        policy, lang = self._policy, self._lang
        for one in assumptions(policy, self._book.program.as_of):
            id_ = one.parameter.id
            current = self._book.program.parameters.get(id_)
            yield {
                "id": id_,
                "name": one.parameter.name[lang],
                "now": "" if current is None else parameter_words(policy, id_, current, lang),
                "assumed": int(id_ in self._book.program.overridden),
                "values": [
                    [date_words(day, lang), parameter_words(policy, id_, value, lang)]
                    for day, value in one.values
                ],
                "clause": self._book.clauses[one.parameter.clause],
                "reason": one.parameter.reason[lang],
                "touches": [self._touched(use) for use in one.uses],
            }

    def _touched(self, use: Use) -> list[str]:
        """``[kind, name]``"""
        if use.name is None:
            return ["", text("assumptions.counting-part", self._lang)]
        return [text(f"page.role.{use.role}", self._lang), use.name[self._lang]]

    def _understood(self) -> Iterator[dict[str, object]]:
        lang = self._lang
        for note in understood(self._policy):
            if note.name is None:
                last = self._policy.timetable.last_day.replace(" ", "-")
                name = " / ".join(
                    (
                        text(f"assumptions.first-day-{note.id}", lang),
                        text(f"assumptions.last-day-{last}", lang),
                    )
                )
            else:
                name = note.name[lang]
            yield {
                "name": name,
                "days": [date_words(day, lang) for day in note.days],
                "clause": -1 if note.clause is None else self._book.clauses[note.clause],
                "reason": note.note[lang],
            }

    def _coverage(self) -> dict[str, object]:
        entries = policy_coverage(self._policy)
        found = coverage_object(entries, self._lang)
        found["totals"] = totals_line(entries, self._lang)
        roles = {ref.role for entry in entries for ref in entry.rules}
        found["roles"] = {role: text(f"page.role.{role}", self._lang) for role in sorted(roles)}
        statuses = {entry.status for entry in entries}
        found["statuses"] = {s: text(f"coverage.status.{s}", self._lang) for s in sorted(statuses)}
        return found
