"""``evaluate`` for many units: computed in columns, shown as one overview or as lines of CSV."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.opening import say_data_error, with_duties
from engine.cli.output import style, terminal_width, write, write_raw
from engine.cli.pace import Pace
from engine.cli.settings import Settings
from engine.messages import text

if TYPE_CHECKING:
    from engine.batch.survey import Stretch, Survey
    from engine.duties.nouns import CaseFile
    from engine.facts.sheet import DataProblem
    from engine.inference.evaluation import EngineName, Evaluation, Program
    from engine.project.policy import Policy

#: Units from which on ``evaluate`` computes in columns by itself.
MANY = 5_000
#: A smaller CSV file cannot have so many units.
_LEAST_CSV = 50_000
#: Problems that the overview lists; the tables of ``batch`` have all of them.
_MOST_PROBLEMS = 20
FORMATS = ("text", "csv")


def many(paths: Sequence[Path], policy: Policy) -> bool:
    """Whether all the data is tables that can be scanned, of ``MANY`` units or more."""
    from engine.facts.columnar_file import COLUMNAR

    files = [
        file for path in paths if path.exists() for file in (path.iterdir() if path.is_dir() else [path])
    ]
    likely = (
        file.suffix.lower() in COLUMNAR
        or (file.suffix.lower() == ".csv" and file.stat().st_size >= _LEAST_CSV)
        for file in files
    )
    if not any(likely):
        return False
    from engine.batch.survey import table_rows

    rows = table_rows([path for path in paths if path.exists()], policy)
    return rows is not None and rows >= MANY


@dataclass
class Seen:
    """What has to be told at the end."""

    verdicts: Counter[str] = field(default_factory=Counter)
    in_columns: int = 0
    one_by_one: int = 0
    problems: list[str] = field(default_factory=list)
    more_problems: int = 0

    def problem(self, said: str) -> None:
        """One more, in words."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(said)
        else:
            self.more_problems += 1


def evaluate_many(
    settings: Settings, program: Program, data: Sequence[Path], engine: EngineName, fail_on: Sequence[str]
) -> None:
    """Prints the overview or the lines; units with something odd go through ``engine``.

    Raises CommandError if nothing can be read, and NotInColumns before anything is printed; exits as ``evaluate`` does.
    """
    from engine.batch.outputs import OUTPUTS
    from engine.batch.survey import Survey
    from engine.facts.refused import DataError

    if program.policy.comparisons:
        raise NotInColumns("compared")
    pace = Pace(settings)
    with tempfile.TemporaryDirectory(prefix="plumbline-") as spool:
        try:
            only = OUTPUTS if settings.format == "csv" else tuple(o for o in OUTPUTS if o != "missing")
            survey = Survey(program, data, only, Path(spool))
        except DataError as error:
            say_data_error(settings, error)
            raise exits.CommandError("cli.nothing-read", code=exits.BAD_DATA) from error
        if survey.obstacles:
            raise NotInColumns("rule")
        seen = Seen()
        try:
            if settings.format == "csv":
                _csv(settings, survey, program, engine, seen, pace)
            else:
                _overview(settings, survey, program, engine, seen, pace)
        finally:
            pace.done()
    if seen.problems:
        raise exits.Finished(exits.BAD_DATA)
    if any(seen.verdicts[name] for name in fail_on):
        raise exits.Finished(exits.FAILED_ON)


class NotInColumns(Exception):
    """The units have to be evaluated one by one. ``why``: `rule`, one has no columnar form; `compared`, with each other."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _count(seen: Seen, stretch: Stretch) -> None:
    if "verdicts" in stretch.tables:
        verdicts = stretch.tables["verdicts"]["verdict"]
        seen.in_columns += verdicts.len()
        seen.verdicts.update(verdicts.to_list())


def _one_by_one(
    settings: Settings, program: Program, stretch: Stretch, engine: EngineName, seen: Seen
) -> Iterator[tuple[int, Evaluation | CaseFile]]:
    """Place and result of each odd unit; notes what is wrong with it."""
    from engine.inference import evaluate_all
    from engine.report.run import evaluation_and_case, unit_problems
    from engine.wording.words import COLON

    sheets = [sheet for _, sheet in stretch.sheets]
    units = with_duties(program, evaluate_all(program, sheets, engine=engine), engine)
    for (place, sheet), unit in zip(stretch.sheets, units, strict=True):
        seen.one_by_one += 1
        seen.verdicts[evaluation_and_case(unit)[0].classification] += 1
        for said in unit_problems(unit, settings.lang):
            name = f"{sheet.name} ({sheet.unit})" if sheet.name else sheet.unit
            seen.problem(COLON[settings.lang].join(part for part in (name, said.where, said.message) if part))
        yield place, unit


def _csv(
    settings: Settings, survey: Survey, program: Program, engine: EngineName, seen: Seen, pace: Pace
) -> None:
    from engine.batch.network import AND
    from engine.report.columns_csv import ColumnsCsv
    from engine.report.results_csv import csv_lines
    from engine.report.run import Run, Tally

    made = ColumnsCsv(program.policy, settings.lang, AND)
    head = Run(program, engine)

    def lines() -> Iterator[str]:
        yield next(iter(csv_lines(head, [], Tally(), settings.lang)))
        for stretch in survey.stretches(pace):
            _count(seen, stretch)
            found: list[tuple[int, str]] = []
            for place, unit in _one_by_one(settings, program, stretch, engine, seen):
                _, line = csv_lines(head, [unit], Tally(), settings.lang)
                found.append((place, line))
            if stretch.tables:
                found = sorted([*found, *made.lines(stretch.tables)], key=lambda one: one[0])
            yield from (line for _, line in found)

    write_raw(lines())
    if not settings.quiet:
        for said in [*_general(settings, survey, seen), _closing(settings, program, seen, engine)]:
            click.echo(said, err=True)
    else:
        list(_general(settings, survey, seen))


def _overview(
    settings: Settings, survey: Survey, program: Program, engine: EngineName, seen: Seen, pace: Pace
) -> None:
    from engine.batch.closing_text import head_lines
    from engine.batch.overview import overview_lines
    from engine.batch.summary import Summary
    from engine.report.results_text import hanging
    from engine.wording.columns import wrap

    lang, width = settings.lang, terminal_width()
    summary = Summary(program)
    for stretch in survey.stretches(pace):
        _count(seen, stretch)
        summary.add(stretch.tables)
        found = list(_one_by_one(settings, program, stretch, engine, seen))
        if found:
            summary.add(survey.stages.told([place for place, _ in found], [unit for _, unit in found]))
    pace.done()

    def lines() -> Iterator[str]:
        yield from head_lines(program, lang, width, style)
        yield from overview_lines(summary.counts, program.policy, lang, width, style, summary_file=False)
        of_units = list(seen.problems)
        general = list(_general(settings, survey, seen))
        problems = [*general, *of_units][:_MOST_PROBLEMS]
        if problems:
            yield ""
            yield style("head", text("report.problems-heading", lang))
            for said in problems:
                yield from hanging("  ", said, width)
            if more := seen.more_problems + len(general) + len(of_units) - len(problems):
                yield from hanging("  ", text("batch.more-problems", lang, n=f"{more:,}"), width)
        yield ""
        yield from wrap(_closing(settings, program, seen, engine), width)
        yield from wrap(text("batch.one-by-one-hint", lang), width)

    write(lines())


def _general(settings: Settings, survey: Survey, seen: Seen) -> Iterator[str]:
    """Problems of no single unit, which count as any."""
    from engine.report.run import data_problem
    from engine.wording.words import COLON

    problems: Sequence[DataProblem] = survey.problems
    for problem in problems:
        said = data_problem(problem, settings.lang)
        yield said.where + COLON[settings.lang] + said.message
    if problems and not seen.problems:
        seen.problems.append("")


def _closing(settings: Settings, program: Program, seen: Seen, engine: EngineName) -> str:
    from engine.report.run import CLASSIFICATIONS
    from engine.wording.words import COMMA, verdict_word

    lang = settings.lang
    counts = COMMA[lang].join(
        text("report.count", lang, name=verdict_word(program.policy, name, lang), n=seen.verdicts[name])
        for name in CLASSIFICATIONS
    )
    return text(
        "batch.evaluate-closing",
        lang,
        units=seen.in_columns + seen.one_by_one,
        counts=counts,
        columns=seen.in_columns,
        detour=seen.one_by_one,
        engine=text(f"engine.{engine}", lang),
    )
