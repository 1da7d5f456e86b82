"""Runs a policy's own tests through both channels and says where the outcome differs from theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.inference import evaluate_all
from engine.inference.evaluation import EngineName, Evaluation, Program, base_name
from engine.inference.network import UNDECIDED
from engine.inference.population import Comparer
from engine.inference.preparation import PrepareError, prepare
from engine.inference.standings import given_standings
from engine.language.values import Unknown, Value
from engine.project.policy import Policy
from engine.project.policy_test import EXPECT_UNKNOWN, Alternatives, OtherUnit, PolicyTest

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile

Aspect: TypeAlias = Literal[
    "finding",
    "classification",
    "key",
    "determination",
    "missing",
    "duty",
    "due",
    "measure",
    "procedure",
    "comparison",
]


@dataclass(frozen=True)
class Difference:
    """One expectation that was not met. ``subject`` is the rule or table (empty for missing facts).

    ``expected`` and ``actual`` are a truth (bool, None for unknown), a text, a tuple of texts, or a choice.
    """

    aspect: Aspect
    subject: str
    expected: object
    actual: object


@dataclass(frozen=True)
class Refusal:
    """Why a test could not be run at all: a message of the table."""

    key: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class PolicyTestResult:
    """A test and what came of it: the evaluation (and the case, if duties were asked about) with its differences,
    or a refusal."""

    test: PolicyTest
    evaluation: Evaluation | None
    differences: tuple[Difference, ...] = ()
    refusal: Refusal | None = None
    case: CaseFile | None = None

    @property
    def passed(self) -> bool:
        """Whether every expectation was met."""
        return self.refusal is None and not self.differences


def run_tests(
    policy: Policy, tests: Sequence[PolicyTest], *, engine: EngineName = "both", trace: bool = False
) -> tuple[PolicyTestResult, ...]:
    """The results in the order of ``tests``. Tests of one date and one set of parameters share a program."""
    results: dict[int, PolicyTestResult] = {}
    for group in _groups(tests):
        for index, result in _run_group(policy, tests, group, engine, trace):
            results[index] = result
    return tuple(results[index] for index in range(len(tests)))


def matching(tests: Sequence[PolicyTest], pattern: str | None) -> tuple[PolicyTest, ...]:
    """The tests whose name (in either language) or file contains ``pattern``, in any case, or that mention an
    id ``pattern``; all for None."""
    if pattern is None:
        return tuple(tests)
    wanted = pattern.casefold()
    return tuple(
        test
        for test in tests
        if pattern in test.mentions
        or any(wanted in shown.casefold() for shown in (test.name.zh, test.name.en, test.file))
    )


def _groups(tests: Sequence[PolicyTest]) -> Iterable[list[int]]:
    found: dict[tuple[date, tuple[tuple[str, str], ...]], list[int]] = {}
    for index, test in enumerate(tests):
        parameters = tuple(sorted((name, repr(value)) for name, value in test.parameters.items()))
        found.setdefault((test.as_of, parameters), []).append(index)
    return found.values()


def _run_group(
    policy: Policy, tests: Sequence[PolicyTest], group: Sequence[int], engine: EngineName, trace: bool
) -> Iterator[tuple[int, PolicyTestResult]]:
    first = tests[group[0]]
    try:
        program: Program = prepare(policy, first.as_of, first.parameters)
    except PrepareError as error:
        for index in group:
            yield (
                index,
                PolicyTestResult(tests[index], None, refusal=Refusal(f"error.{error.key}", error.params)),
            )
        return
    sheets = (_compared(program, tests[index]) for index in group)
    evaluations = evaluate_all(program, sheets, engine=engine, trace=trace)
    if not any(tests[index].expect.about_duties for index in group):
        for index, evaluation in zip(group, evaluations, strict=True):
            yield index, compare(tests[index], evaluation)
        return
    from engine.duties import case_files, prepare_duties

    try:
        ready = prepare_duties(program)
    except PrepareError as error:
        for index in group:
            refusal = Refusal(f"error.{error.key}", error.params)
            yield index, PolicyTestResult(tests[index], None, refusal=refusal)
        return
    for index, case in zip(group, case_files(ready, evaluations, engine=engine, trace=trace), strict=True):
        yield index, compare(tests[index], case.evaluation, case)


def _compared(program: Program, test: PolicyTest) -> FactSheet:
    """The test's unit, compared with the others that the test names, or as the test says that it stands."""
    sheet = sheet_of(test)
    if test.others:
        return Comparer(program, [sheet, *others_of(test)]).compared(sheet)
    if test.compared:
        return replace(sheet, standings=given_standings(program.policy, test.compared))
    return sheet


def compare(test: PolicyTest, evaluation: Evaluation, case: CaseFile | None = None) -> PolicyTestResult:
    """The test's expectations against what came out; a unit without verdict is a refusal.

    ``case`` is needed for a test that expects something of duties.
    """
    failure = evaluation.failure
    if failure is None and case is not None and case.measured is not None:
        failure = case.measured.failure
    if failure is not None:
        return PolicyTestResult(test, evaluation, refusal=Refusal(failure.key, failure.params))
    found = tuple(_differences(test, evaluation))
    if case is not None:
        from engine.analysis.duty_tests import duty_differences

        found += tuple(Difference(*difference) for difference in duty_differences(test.expect, case))
    return PolicyTestResult(test, evaluation, found, None, case)


def _differences(test: PolicyTest, evaluation: Evaluation) -> Iterator[Difference]:
    expect = test.expect
    if expect.classification is not None and expect.classification != evaluation.classification:
        yield Difference("classification", "weak", expect.classification, evaluation.classification)
    if expect.key != "not stated" and expect.key is not evaluation.finding("key"):
        yield Difference("key", "key", expect.key, evaluation.finding("key"))
    for rule, truth in expect.findings.items():
        if evaluation.finding(rule) is not truth:
            yield Difference("finding", rule, truth, evaluation.finding(rule))
    for table, expected in expect.determinations.items():
        wanted = UNDECIDED if expected == EXPECT_UNKNOWN else expected
        actual = evaluation.choice(table)
        if actual != wanted:
            yield Difference("determination", table, wanted, actual)
    for name, value in expect.compared.items():
        found = evaluation.context.values[name]
        actual_value = None if isinstance(found, Unknown) else found
        if actual_value != value:
            yield Difference("comparison", name, value, actual_value)
    if expect.missing is not None:
        named = frozenset(expect.missing)
        actual_missing = {
            base_name(item.fact) if base_name(item.fact) in named else item.fact
            for item in evaluation.missing
        }
        if actual_missing != named:
            yield Difference("missing", "", tuple(sorted(named)), tuple(sorted(actual_missing)))


def sheet_of(test: PolicyTest) -> FactSheet:
    """The fact sheet that a test describes; each value's source is its path in the test file."""
    return _sheet(test, test, f"{test.file}:{test.location.line}", "")


def others_of(test: PolicyTest) -> Iterator[FactSheet]:
    """The units that a test's own is compared with, named by their place in the list."""
    for number, other in enumerate(test.others, start=1):
        for copy in range(1, other.times + 1):
            name = f"others[{number}]" + (f"×{copy}" if other.times > 1 else "")
            yield _sheet(test, other, name, f"others[{number}].")


def _sheet(test: PolicyTest, described: PolicyTest | OtherUnit, unit: str, path: str) -> FactSheet:
    kind = () if described.kind is None else (_observation(test, f"{path}kind", described.kind),)
    facts = {
        fact: tuple(
            _observation(test, f"{path}facts.{fact}" + (f".either[{i}]" if len(values) > 1 else ""), value)
            for i, value in enumerate(values, start=1)
        )
        for fact, values in ((fact, _values(value)) for fact, value in described.facts.items())
    }
    registers = {
        register: tuple(
            _row(test, f"{path}registers.{register}[{i}]", row) for i, row in enumerate(rows, start=1)
        )
        for register, rows in described.registers.items()
    }
    return FactSheet(unit, test.name.zh if described is test else unit, kind, facts, registers)


def _values(value: Value | Alternatives) -> tuple[Value, ...]:
    return value.values if isinstance(value, Alternatives) else (value,)


def _row(test: PolicyTest, path: str, row: Mapping[str, Value]) -> Row:
    cells = {column: _observation(test, f"{path}.{column}", value) for column, value in row.items()}
    return Row(cells, Source(test.file, path=path))


def _observation(test: PolicyTest, path: str, value: Value) -> Observation:
    return Observation(value, _raw(value), Source(test.file, path=path))


def _raw(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
