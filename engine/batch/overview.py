"""The counts of many units on one screen: verdicts by kind, categories, duties by owner, measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.batch.summary import Key, office_names
from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.report.results_text import Style, plain_style
from engine.report.run import CLASSIFICATIONS
from engine.wording.columns import table
from engine.wording.words import rule_name, verdict_word

Counts = Mapping[Key, int]
#: Rows of a table beyond this many are left to summary.csv.
_MOST_ROWS = 12
#: The statuses that are shown, the pressing ones first.
_STATUSES = ("overdue", "unknown", "pending", "met_late", "met", "waived")


def overview_lines(
    counts: Counts,
    policy: Policy,
    lang: Lang,
    width: int,
    style: Style = plain_style,
    summary_file: bool = True,
) -> Iterator[str]:
    """A table for each thing that was counted, with an empty line and a heading before it.

    ``summary_file``: whether there is one, which has what is left out here.
    """
    for heading, head, rows in (
        ("verdicts", *_verdicts(counts, policy, lang)),
        ("categories", *_categories(counts, policy, lang)),
        ("duties", *_duties(counts, policy, lang)),
        ("measures", *_measures(counts, policy, lang)),
    ):
        if not rows:
            continue
        yield ""
        yield style("head", text(f"batch.{heading}-heading", lang))
        kept = rows if len(rows) <= _MOST_ROWS + 1 else rows[:_MOST_ROWS]
        yield from (f"  {line}" for line in table(head, kept, width - 2))
        if len(kept) < len(rows):
            key = "batch.more-rows" if summary_file else "batch.more-rows-nowhere"
            yield f"  {text(key, lang, n=len(rows) - len(kept))}"


def _crossed(counts: Counts, name: str, row: str) -> dict[str, dict[str, int]]:
    """The counts of one table by a field of the key and by value; several offices together count for each."""
    found: dict[str, dict[str, int]] = {}
    for key, count in sorted(counts.items()):
        if key.table == name:
            for one in getattr(key, row).split(";"):
                line = found.setdefault(one, {})
                line[key.value] = line.get(key.value, 0) + count
    return found


def _cells(line: Mapping[str, int], values: Iterable[str]) -> list[str]:
    return [f"{line.get(value, 0):,}" for value in values]


def _verdicts(counts: Counts, policy: Policy, lang: Lang) -> tuple[list[str], list[list[str]]]:
    crossed = _crossed(counts, "verdicts", "kind")
    head = [text("batch.column.kind", lang), *(verdict_word(policy, v, lang) for v in CLASSIFICATIONS)]
    order = [*policy.kinds, *sorted(crossed.keys() - policy.kinds.keys())]
    rows = []
    for kind in order:
        if kind in crossed:
            name = policy.kinds[kind].name[lang] if kind in policy.kinds else kind
            rows.append([name or text("truth.unknown", lang), *_cells(crossed[kind], CLASSIFICATIONS)])
    if len(rows) > 1:
        total: dict[str, int] = {}
        for line in crossed.values():
            for value, count in line.items():
                total[value] = total.get(value, 0) + count
        rows.append([text("batch.all", lang), *_cells(total, CLASSIFICATIONS)])
    return head, rows


def _categories(counts: Counts, policy: Policy, lang: Lang) -> tuple[list[str], list[list[str]]]:
    crossed = _crossed(counts, "findings", "rule")
    head = [text(f"batch.column.{name}", lang) for name in ("category", "lead", "true", "unknown")]
    rows = []
    for id_, category in policy.categories.items():
        if id_ in crossed:
            lead = office_names(policy, ";".join(category.lead), lang)
            rows.append([rule_name(policy, id_, lang), lead, *_cells(crossed[id_], ("true", "unknown"))])
    return head, rows


def _duties(counts: Counts, policy: Policy, lang: Lang) -> tuple[list[str], list[list[str]]]:
    """The owners with the most that is overdue first."""
    crossed = _crossed(counts, "duties", "office")
    there = [s for s in _STATUSES if any(s in line for line in crossed.values())]
    head = [text("batch.column.owner", lang), *(text(f"duties.status.{s}", lang) for s in there)]
    order = sorted(crossed, key=lambda office: (-crossed[office].get("overdue", 0), office))
    rows = [[office_names(policy, office, lang), *_cells(crossed[office], there)] for office in order]
    return head, rows


def _measures(counts: Counts, policy: Policy, lang: Lang) -> tuple[list[str], list[list[str]]]:
    crossed = _crossed(counts, "measures", "rule")
    values = ("required", "taken", "superseded", "taken unasked", "unknown")
    there = [v for v in values if any(v in line for line in crossed.values())]
    head = [text("batch.column.measure", lang), *(text(f"batch.measure.{v}", lang) for v in there)]
    rows = [
        [policy.measures[id_].name[lang], *_cells(crossed[id_], there)]
        for id_ in policy.measures
        if id_ in crossed
    ]
    return head, rows
