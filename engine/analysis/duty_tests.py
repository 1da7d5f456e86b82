"""What a policy's tests expect of duties, due days, measures and procedures, against what came out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from engine.duties.nouns import CaseFile, Instance, ProcedureRun
from engine.project.policy_test import Expectation, ExpectedProcedure

#: (aspect, subject, expected, actual); see ``engine.analysis.policy_tests.Difference``.
Found = tuple[Literal["duty", "due", "measure", "procedure"], str, object, object]


def duty_differences(expect: Expectation, case: CaseFile) -> Iterator[Found]:
    """Every expectation about duties that was not met. A period that does not exist has the status `none`."""
    for duty, statuses in expect.duties.items():
        for period, status in statuses.items():
            instance = _instance(case, duty, period)
            actual = "none" if instance is None else instance.status
            if actual != status:
                yield "duty", _subject(duty, period), status, actual
    for duty, days in expect.due.items():
        for period, day in days.items():
            instance = _instance(case, duty, period)
            found = None if instance is None else instance.due.day
            if found != day:
                yield "due", _subject(duty, period), day, found
    truths = {outcome.measure.id: outcome.truth for outcome in case.measures}
    for measure, truth in expect.measures.items():
        if truths.get(measure) is not truth:
            yield "measure", measure, truth, truths.get(measure)
    for procedure, expected in expect.procedures.items():
        runs = [run for run in case.procedures if run.procedure.id == procedure]
        yield from _procedure(procedure, expected, runs[-1] if runs else None)


def _instance(case: CaseFile, duty: str, period: str) -> Instance | None:
    """The instance of that period; without one, the period begun last that is asked for at all."""
    own = [instance for instance in case.instances if instance.duty.id == duty]
    if period:
        return next((instance for instance in own if instance.period.id == period), None)
    return max(own, key=lambda instance: (instance.period.spell, instance.period.first), default=None)


def _subject(duty: str, period: str) -> str:
    return f"{duty} {period}".rstrip()


def _procedure(id_: str, expected: ExpectedProcedure, run: ProcedureRun | None) -> Iterator[Found]:
    done = () if run is None else tuple(step.step.id for step in run.steps if step.state == "done")
    if expected.done is not None and expected.done != done:
        yield "procedure", f"{id_} done", expected.done, done
    if expected.next is not None:
        following = "" if run is None or run.next is None else run.next
        if following != expected.next:
            yield "procedure", f"{id_} next", expected.next, following
    if expected.violations is not None:
        found = () if run is None else tuple((v.step, v.why) for v in run.violations)
        if sorted(found) != sorted(expected.violations):
            wanted = tuple(f"{step}: {why}" for step, why in sorted(expected.violations))
            yield "procedure", f"{id_} violations", wanted, tuple(f"{s}: {w}" for s, w in sorted(found))
