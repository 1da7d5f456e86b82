"""The table clause → rules that ``check --coverage`` prints, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.messages import Lang, text
from engine.project.clause_rules import RuleRef
from engine.project.coverage import STATUSES, ClauseCoverage, totals
from engine.project.policy import Policy
from engine.report.csv_text import BOM, csv_line
from engine.report.results_text import Style, plain_style
from engine.wording.columns import table, wrap
from engine.wording.words import COMMA, short_digest

_COLUMNS = ("clause", "title", "status", "rules")
_CSV_COLUMNS = ("clause", "title", "status", "reason", "role", "rule", "name", "where")


def coverage_lines(
    policy: Policy, entries: Sequence[ClauseCoverage], lang: Lang, width: int, style: Style = plain_style
) -> Iterator[str]:
    """A row per clause, then the totals; lines without line ends, none wider than ``width`` columns."""
    head = text("coverage.head", lang, title=policy.title[lang], digest=short_digest(policy))
    yield from wrap(head, width)
    yield ""

    def paint(row: int, column: int, shown: str) -> str:
        return style("head", shown) if row < 0 else shown

    headings = [text(f"coverage.column.{name}", lang) for name in _COLUMNS]
    yield from table(headings, [_row(entry, lang) for entry in entries], width, paint)
    yield ""
    yield from wrap(totals_line(entries, lang), width)


def totals_line(entries: Sequence[ClauseCoverage], lang: Lang) -> str:
    """How many clauses there are, how many are accounted for, and in which way."""
    counted = totals(entries)
    counts = COMMA[lang].join(
        text("coverage.count", lang, status=_status(status, lang), n=counted.by_status[status])
        for status in STATUSES
        if counted.by_status[status] or status == "executed"
    )
    return text(
        "coverage.totals",
        lang,
        clauses=counted.clauses,
        accounted=counted.accounted,
        percent=counted.percent,
        counts=counts,
    )


def coverage_object(entries: Sequence[ClauseCoverage], lang: Lang) -> dict[str, object]:
    """``{"clauses": [{"id", "title", "status", "reason", "rules": […]}], "summary": {…}}``"""
    counted = totals(entries)
    by_status: dict[str, object] = {status: counted.by_status[status] for status in STATUSES}
    return {
        "clauses": [
            {
                "id": entry.clause.id,
                "title": entry.clause.title[lang],
                "status": entry.status,
                "reason": None if entry.reason is None else entry.reason[lang],
                "rules": [
                    {"id": ref.id, "role": ref.role, "name": ref.name[lang], "where": _where(ref)}
                    for ref in entry.rules
                ],
            }
            for entry in entries
        ],
        "summary": {
            "clauses": counted.clauses,
            "accounted": counted.accounted,
            "percent": counted.percent,
            **by_status,
        },
    }


def coverage_csv(entries: Sequence[ClauseCoverage], lang: Lang) -> Iterator[str]:
    """A heading with a byte order mark, then a line per clause and rule; a clause without rules has one line."""
    yield BOM + csv_line([text(f"coverage.column.{name}", lang) for name in _CSV_COLUMNS])
    for entry in entries:
        reason = "" if entry.reason is None else entry.reason[lang]
        head = [entry.clause.id, entry.clause.title[lang], _status(entry.status, lang), reason]
        for ref in entry.rules:
            yield csv_line([*head, _role(ref, lang), ref.id, ref.name[lang], _where(ref) or ""])
        if not entry.rules:
            yield csv_line([*head, "", "", "", ""])


def _row(entry: ClauseCoverage, lang: Lang) -> list[str]:
    said = [
        text("coverage.rule", lang, role=_role(ref, lang), name=ref.name[lang], id=ref.id)
        for ref in entry.rules
    ]
    if entry.reason is not None:
        said.append(entry.reason[lang])
    return [entry.clause.id, entry.clause.title[lang], _status(entry.status, lang), "\n".join(said)]


def _status(status: str, lang: Lang) -> str:
    return text(f"coverage.status.{status}", lang)


def _role(ref: RuleRef, lang: Lang) -> str:
    return text(f"page.role.{ref.role}", lang)


def _where(ref: RuleRef) -> str | None:
    return None if ref.location is None else f"{ref.location.file}:{ref.location.line}"
