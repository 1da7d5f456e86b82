"""The closing report of a run for people: it fits a screen whether a hundred units were evaluated or a million."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.batch.overview import overview_lines
from engine.batch.reasons import REASONS
from engine.batch.results import REPORT
from engine.inference.evaluation import Program
from engine.messages import Lang, text
from engine.report.results_text import Style, hanging, plain_style
from engine.wording.columns import wrap
from engine.wording.words import parameter_words, rule_name, short_digest

if TYPE_CHECKING:
    from engine.batch.run import Outcome
    from engine.batch.sources import InputFile

#: Files of one kind beyond this many are counted and not named.
_MOST_FILES = 8
#: Rows from which on memory is worth a word.
_MANY_ROWS = 20_000


def closing_lines(
    outcome: Outcome,
    program: Program,
    out: Path,
    csv: bool,
    lang: Lang,
    width: int,
    style: Style = plain_style,
) -> Iterator[str]:
    """Lines without line ends, none wider than ``width`` columns."""
    yield from head_lines(program, lang, width, style)
    yield ""
    yield style("head", text("batch.read-heading", lang))
    yield from _read_lines(outcome, program, lang, width)
    yield ""
    yield style("head", text("batch.evaluated-heading", lang))
    yield from engine_lines(outcome.evaluated, outcome.detour, outcome.obstacles, program, lang, width)
    yield from overview_lines(outcome.counts, program.policy, lang, width, style)
    yield ""
    yield style("head", text("batch.results-heading", lang))
    yield from _result_lines(outcome, out, csv, lang, width)


def head_lines(program: Program, lang: Lang, width: int, style: Style) -> Iterator[str]:
    """The plan, the date, and what was assumed."""
    policy = program.policy
    head = text(
        "report.head",
        lang,
        title=policy.title[lang],
        as_of=program.as_of.isoformat(),
        digest=short_digest(policy),
    )
    for line in wrap(head, width):
        yield style("head", line)
    for id_ in sorted(program.overridden):
        value = parameter_words(policy, id_, program.parameters[id_], lang)
        said = text("report.overridden", lang, name=policy.parameters[id_].name[lang], value=value)
        yield from wrap(said, width)


def _read_lines(outcome: Outcome, program: Program, lang: Lang, width: int) -> Iterator[str]:
    for said in _files(outcome.files, program, lang):
        yield from hanging("  ", said, width)
    if not outcome.streamed and outcome.rows_read > _MANY_ROWS:
        yield from hanging("  ", text("batch.held", lang), width)
    rows = text(
        "batch.rows",
        lang,
        read=_n(outcome.rows_read),
        units=_n(outcome.evaluated - outcome.unlisted),
        merged=_n(outcome.merged),
        rejected=_n(outcome.rejected),
    )
    yield from hanging("  ", rows, width)
    if outcome.unlisted:
        yield from hanging("  ", text("batch.unlisted", lang, n=_n(outcome.unlisted)), width)


def _files(files: Sequence[InputFile], program: Program, lang: Lang) -> Iterator[str]:
    """Each file; those of a kind together once they are many."""
    by_kind: dict[str | None, list[InputFile]] = {}
    for file in files:
        by_kind.setdefault(file.register, []).append(file)
    for register, some in by_kind.items():
        kind = "cells" if some[0].rows is None else "units" if register is None else "register"
        name = "" if register is None else program.policy.registers[register].name[lang]
        if len(some) > _MOST_FILES:
            many = text("batch.many-files", lang, first=some[0].file, last=some[-1].file, n=len(some))
            some = [some[0]._replace(file=many, rows=_sum(file.rows for file in some))]
        for file in some:
            rows = "" if file.rows is None else _n(file.rows)
            yield text(f"batch.file-{kind}", lang, file=file.file, rows=rows, register=name)


def _sum(rows: Iterable[int | None]) -> int | None:
    known = [row for row in rows if row is not None]
    return sum(known) if known else None


def engine_lines(
    evaluated: int,
    detour: Mapping[str, int],
    obstacles: Mapping[str, str],
    program: Program,
    lang: Lang,
    width: int,
) -> Iterator[str]:
    """How many units were computed in columns, how many one by one, and why."""
    one_by_one = sum(detour.values())
    said = text(
        "batch.columns",
        lang,
        all=_n(evaluated),
        columns=_n(evaluated - one_by_one),
        detour=_n(one_by_one),
    )
    yield from hanging("  ", said, width)
    for reason in REASONS:
        if reason in detour:
            why = text(f"batch.reason.{reason}", lang)
            yield from hanging("    - ", text("batch.reason", lang, why=why, n=_n(detour[reason])), width)
    for rule, key in obstacles.items():
        name = _named(program, rule, lang)
        yield from hanging("    - ", text("batch.obstacle", lang, rule=name, why=text(key, lang)), width)


def _named(program: Program, id_: str, lang: Lang) -> str:
    policy = program.policy
    for group in (policy.duties, policy.procedures, policy.measures):
        if id_ in group:
            return f"{group[id_].name[lang]} ({id_})"
    name = rule_name(policy, id_, lang)
    return name if name == id_ else f"{name} ({id_})"


def _result_lines(outcome: Outcome, out: Path, csv: bool, lang: Lang, width: int) -> Iterator[str]:
    yield from hanging("  ", text("batch.results", lang, folder=out), width)
    for name, rows in outcome.tables.items():
        key = "batch.table-csv" if csv else "batch.table-parts"
        yield from hanging("    ", text(key, lang, name=name, rows=_n(rows)), width)
    if outcome.complaints:
        yield from hanging("    ", text("batch.rejected-file", lang, n=_n(outcome.complaints)), width)
    else:
        yield from hanging("    ", text("batch.rejected-none", lang), width)
    yield from hanging("    ", text("batch.summary-file", lang, report=REPORT), width)


def _n(number: int) -> str:
    return f"{number:,}"
