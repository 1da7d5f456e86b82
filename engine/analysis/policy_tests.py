"""Runs a policy's own tests through both channels and says where the outcome differs from theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.inference import evaluate_all
from engine.inference.evaluation import EngineName, Evaluation, Program, base_name
from engine.inference.network import UNDECIDED
from engine.inference.preparation import PrepareError, prepare
from engine.language.values import Value
from engine.project.policy import Policy
from engine.project.policy_test import EXPECT_UNKNOWN, Alternatives, PolicyTest

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
    sheets = (sheet_of(tests[index]) for index in group)
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
    kind = () if test.kind is None else (_observation(test, "kind", test.kind),)
    facts = {
        fact: tuple(
            _observation(test, f"facts.{fact}" + (f".either[{i}]" if len(values) > 1 else ""), value)
            for i, value in enumerate(values, start=1)
        )
        for fact, values in ((fact, _values(value)) for fact, value in test.facts.items())
    }
    registers = {
        register: tuple(_row(test, f"registers.{register}[{i}]", row) for i, row in enumerate(rows, start=1))
        for register, rows in test.registers.items()
    }
    return FactSheet(f"{test.file}:{test.location.line}", test.name.zh, kind, facts, registers)


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
