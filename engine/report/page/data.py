"""The data of a page: one object, in which what units share comes first and each unit is a small record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.messages import table, text
from engine.messages.page import TABLE
from engine.report.page.places import runs
from engine.report.page.record import PageRecord
from engine.report.page.shared import shared_object
from engine.report.results_text import closing_line
from engine.report.run import data_problem
from engine.wording.words import date_words, parameter_words, short_digest

#: The form of the data; another number where an older script could not read it.
FORM = 1
#: The messages of the page itself.
OWN = tuple(key for key in TABLE if key.startswith("html."))
#: Messages of other areas that the page uses as they are.
BORROWED = (
    "truth.true", "truth.false", "truth.unknown", "truth.withheld",
    "reason.not_filled", "reason.unreadable", "reason.stale", "reason.no_result", "reason.conflict",
    "reason.not_compared", "reason.others_open",
    "row.true", "row.false", "row.unknown",
    "basis.text", "basis.interpretation",
    "duties.status.met", "duties.status.met_late", "duties.status.pending", "duties.status.overdue",
    "duties.status.unknown", "duties.status.waived", "duties.status.withheld", "duties.status.not_applicable",
    "timeline.step.done", "timeline.step.unknown", "timeline.step.not_done", "timeline.step.missing",
    "explain.violation.missing", "explain.violation.out_of_order", "explain.violation.wrong_actor",
    "timeline.day-unknown", "timeline.undated",
)  # fmt: skip


def data_object(
    record: PageRecord, ledger_head: str | None, standings: Mapping[str, Sequence[str]]
) -> dict[str, object]:
    """The object that the script reads; see ``docs/page.md`` for its form. ``standings``: unit id → sentences."""
    book, run, lang = record.book, record.run, record.lang
    program = run.program
    shared = shared_object(book, run.left_out is not None)
    layouts = [[where, before, after, cells] for where, before, after, cells in book.layouts.things]
    head = {
        "title": program.policy.title[lang],
        "asOf": program.as_of.isoformat(),
        "digest": program.policy.digest,
        "short": short_digest(program.policy),
        "engine": text(f"engine.{run.engine}", lang),
        "notes": [text(key, lang) for key in run.notes],
        "published": None if run.left_out is None else text("publish.head", lang, n=run.left_out),
        "assumed": [
            [
                program.policy.parameters[id_].name[lang],
                parameter_words(program.policy, id_, program.parameters[id_], lang),
            ]
            for id_ in sorted(program.overridden)
        ],
        "problems": [[p.where, p.message] for p in (data_problem(one, lang) for one in run.problems)],
        "closing": closing_line(run, record.tally, lang),
        "day": date_words(program.as_of, lang),
    }
    asks, settles = book.ask_objects(), _settles(record)
    return {
        "form": FORM,
        "lang": lang,
        "texts": _texts(record),
        "head": head,
        **shared,
        "words": book.words.things,
        "layouts": layouts,
        "asks": asks,
        "settles": settles,
        "periods": book.periods.things,
        "terms": book.terms.things,
        "plans": [runs(list(plan)) for plan in book.plans.things],
        "ledger": ledger_head,
        "standings": {unit: list(lines) for unit, lines in standings.items()},
        "units": record.units,
    }


def _settles(record: PageRecord) -> list[list[str]]:
    """The names of what unknown facts would settle; findings in between only where there is nothing else."""
    policy, lang = record.book.policy, record.lang
    found = []
    for rules in record.book.settles.things:
        shown = [r for r in rules if r not in policy.rules or policy.rules[r].role != "finding"] or list(
            rules
        )
        found.append([(policy.rules.get(r) or policy.tables[r]).name[lang] for r in shown])
    return found


def _texts(record: PageRecord) -> dict[str, str]:
    """The sentences of the script, as templates."""
    place = 1 if record.lang == "zh" else 0
    known = table()
    return {key.removeprefix("html."): known[key][place] for key in (*OWN, *BORROWED)}
