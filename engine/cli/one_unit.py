"""Opening one unit: ``DATA… UNIT [RULE]`` on the command line, the policy at a date, the sheet, and its evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from engine.cli import exits
from engine.cli.opening import channels, find_unit, load_project, program_at, read_units
from engine.cli.output import note
from engine.cli.settings import Settings
from engine.cli.values import parameter_values
from engine.messages import LANGS

if TYPE_CHECKING:
    from engine.facts.sheet import FactSheet
    from engine.inference.evaluation import EngineName, Evaluation, Program
    from engine.inference.population import Comparer
    from engine.project.policy import Policy


@dataclass(frozen=True)
class Words:
    """``DATA… UNIT [MORE]``; ``more`` is a rule or a verdict, None if it was left out."""

    data: tuple[Path, ...]
    unit: str
    more: str | None


@dataclass(frozen=True)
class OpenUnit:
    """A unit with the program that it is looked at with."""

    settings: Settings
    policy: Policy
    program: Program
    sheet: FactSheet
    engine: EngineName
    everybody: Sequence[FactSheet]

    @cached_property
    def comparer(self) -> Comparer | None:
        """What compares the unit with all others, whatever its facts; None where the policy compares nothing."""
        return self._comparer(self.program)

    def _comparer(self, program: Program) -> Comparer | None:
        if not program.comparisons:
            return None
        from engine.inference.population import Comparer

        return Comparer(program, self.everybody)

    def evaluations(
        self, program: Program | None = None, sheet: FactSheet | None = None
    ) -> Iterator[Evaluation]:
        """One evaluation by both channels; with another program or sheet if given."""
        from engine.inference import evaluate_all

        program, sheet = program or self.program, sheet or self.sheet
        comparer = self.comparer if program is self.program else self._comparer(program)
        if comparer is not None:
            sheet = comparer.compared(sheet)
        return evaluate_all(program, [sheet], engine=self.engine)

    def evaluation(self) -> Evaluation:
        """The unit's evaluation. Raises CommandError if there is no verdict."""
        found = next(self.evaluations())
        if found.failure is not None:
            self.refuse(found)
        return found

    def refuse(self, evaluation: Evaluation) -> NoReturn:
        """Say that there is no verdict, and why."""
        from engine.report.run import unit_problems

        (*_, problem) = unit_problems(evaluation, self.settings.lang)
        raise exits.CommandError("cli.no-verdict", code=exits.BAD_DATA, reason=problem.message)


def unit_words(words: Sequence[str], *, most: int, form: str) -> Words:
    """The words that name files come first; one must be left for the unit, and ``most`` in all.

    Raises CommandError, with the key ``form`` as help, if no file comes first or too many words are left.
    """
    files = 0
    while files < len(words) - 1 and Path(words[files]).exists():
        files += 1
    rest = words[files:]
    if files == 0 or len(rest) > most:
        if len(words) == 1:
            raise exits.CommandError("cli.explain-no-unit", form)
        raise exits.CommandError("cli.no-such-file", form, file=rest[0])
    return Words(tuple(Path(word) for word in words[:files]), rest[0], rest[1] if len(rest) == 2 else None)


def open_unit(settings: Settings, words: Words, as_of: date, param: Sequence[str]) -> OpenUnit:
    """Load the policy, fix it at a date, read the data and find the unit. Raises CommandError."""
    usable = channels("both")
    policy, _ = load_project(settings)
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    reading = read_units(settings, words.data, policy, [words.unit])
    sheet = find_unit(reading, words.unit)
    for key in usable.notes:
        note(settings, key)
    return OpenUnit(settings, policy, program, sheet, usable.engine, reading.sheets)


def unit_object(evaluation: Evaluation) -> dict[str, object]:
    """What JSON outputs about one unit begin with: policy, as-of date, unit."""
    program = evaluation.program
    return {
        "policy": {"id": program.policy.id, "digest": program.policy.digest},
        "as_of": program.as_of.isoformat(),
        "unit": {"id": evaluation.sheet.unit, "name": evaluation.sheet.name},
    }


def say_problems(settings: Settings, evaluation: Evaluation) -> None:
    """What is wrong with the unit's data, on standard error; then exit with 3, as every command does."""
    from engine.report.run import unit_problems
    from engine.wording.words import COLON

    problems = unit_problems(evaluation, settings.lang)
    for problem in problems:
        click.echo(problem.where + COLON[settings.lang] + problem.message, err=True)
    if problems:
        raise exits.Finished(exits.BAD_DATA)


def find_verdict(policy: Policy, name: str | None) -> tuple[str, bool | None]:
    """A verdict or rule by id or name, and the truth that is wanted of it: ``weak``, ``not_weak``, or a rule.

    Raises CommandError with the nearest one.
    """
    from engine.nearest import nearest
    from engine.wording.words import verdict_word

    if name is None:
        return "weak", None
    known: dict[str, tuple[str, bool | None]] = {}
    for id_, rule in policy.rules.items():
        for said in (id_, rule.name.zh, rule.name.en):
            known.setdefault(said, (id_, None))
    for verdict, truth in (("weak", True), ("not_weak", False)):
        known[verdict] = ("weak", truth)
        known |= {verdict_word(policy, verdict, lang): ("weak", truth) for lang in LANGS}
    known |= {policy.rules["weak"].name[lang]: ("weak", True) for lang in LANGS}
    if name in known:
        return known[name]
    guess = nearest(name, known)
    if guess is not None:
        raise exits.CommandError("cli.no-such-rule-near", found=name, nearest=guess)
    raise exits.CommandError("cli.no-such-rule", found=name)
