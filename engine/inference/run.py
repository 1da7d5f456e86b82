"""Runs both channels over fact sheets and compares them: a disagreement is an error, never a verdict."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.facts.sheet import FactSheet
from engine.inference.evaluation import Context, EngineName, Evaluation, Failure, Program
from engine.inference.evaluator import Evaluator, Prepared
from engine.inference.network import Conclusions, Truth
from engine.inference.preparation import PrepareError
from engine.inference.reference import Reference

if TYPE_CHECKING:
    from engine.inference.durable import DurableFailure, DurableResult


def engines(requested: EngineName) -> tuple[EngineName, str | None]:
    """The channels that can run for a request, and the key of the note to print if they are fewer.

    Raises ImportError if only the durable channel was asked for and it cannot be imported.
    """
    if requested == "reference":
        return "reference", None
    from engine.inference.durable import available

    if available():
        return requested, None
    if requested == "durable":
        raise ImportError("durable_rules")
    return "reference", "note.durable-unavailable"


def evaluate_all(
    program: Program, sheets: Iterable[FactSheet], *, engine: EngineName = "both", trace: bool = False
) -> Iterator[Evaluation]:
    """One Evaluation per sheet, in order; ``trace`` keeps the durable channel's firings.

    Raises PrepareError if the policy is larger than the durable channel can hold.

    Streams: memory does not grow with the number of sheets. ``engine`` must be one that ``engines`` returned.
    """
    evaluator = Evaluator(program)
    if engine == "reference":
        return map(evaluator.evaluate, sheets)
    prepared = ((sheet, evaluator.prepare(sheet)) for sheet in sheets)
    return conclude_all(program, prepared, evaluator.nothing_known, engine=engine, trace=trace)


def conclude_all(
    program: Program,
    prepared: Iterable[tuple[FactSheet, Prepared | Failure]],
    nothing_known: Callable[[], Context],
    *,
    engine: EngineName,
    trace: bool = False,
) -> Iterator[Evaluation]:
    """What follows from decided leaves, for one unit after the other; see ``evaluate_all``.

    ``nothing_known`` gives the context of a unit whose leaves could not be decided.
    """
    if engine == "reference":
        return _by_reference(program, prepared, nothing_known)
    return _with_durable(program, prepared, nothing_known, engine, trace)


def _by_reference(
    program: Program,
    prepared: Iterable[tuple[FactSheet, Prepared | Failure]],
    nothing_known: Callable[[], Context],
) -> Iterator[Evaluation]:
    reference = Reference(program.network)
    for sheet, found in prepared:
        if isinstance(found, Failure):
            yield Evaluation(program, sheet, nothing_known(), None, {}, "reference", found)
            continue
        context, leaves, open_facts = found
        yield Evaluation(program, sheet, context, reference.conclude(leaves), open_facts, "reference")


def _with_durable(
    program: Program,
    prepared: Iterable[tuple[FactSheet, Prepared | Failure]],
    nothing_known: Callable[[], Context],
    engine: EngineName,
    trace: bool,
) -> Iterator[Evaluation]:
    from engine.inference.durable import DurableLimitError, DurablePool, compile_network

    reference = Reference(program.network) if engine == "both" else None
    waiting: deque[tuple[FactSheet, Prepared | Failure]] = deque()

    def feed() -> Iterator[list[Truth]]:
        for sheet, found in prepared:
            waiting.append((sheet, found))
            if not isinstance(found, Failure):
                yield found[1]

    def failed() -> Iterator[Evaluation]:
        """Those that never went to the channel and are next in line."""
        while waiting and isinstance(waiting[0][1], Failure):
            sheet, failure = waiting.popleft()
            assert isinstance(failure, Failure)
            yield Evaluation(program, sheet, nothing_known(), None, {}, engine, failure)

    try:
        compiled = compile_network(program.network)
    except DurableLimitError as error:
        raise PrepareError(error.key.removeprefix("error."), **error.params) from error
    with DurablePool(compiled) as pool:
        for result in pool.run(feed(), trace=trace):
            yield from failed()
            sheet, ready = waiting.popleft()
            assert not isinstance(ready, Failure)
            context, leaves, open_facts = ready
            expected = reference.conclude(leaves) if reference is not None else None
            yield _joined(program, sheet, context, open_facts, engine, result, expected)
        yield from failed()


def _joined(
    program: Program,
    sheet: FactSheet,
    context: Context,
    open_facts: Mapping[int, frozenset[str]],
    engine: EngineName,
    result: DurableResult | DurableFailure,
    expected: Conclusions | None,
) -> Evaluation:
    from engine.inference.durable import DurableFailure

    if isinstance(result, DurableFailure):
        failure = Failure(result.reason_key, result.params)
        return Evaluation(program, sheet, context, None, open_facts, engine, failure)
    rule = disagreement(program, result.conclusions, expected) if expected is not None else None
    if rule is not None:
        failure = Failure("failure.engines-disagree", {"rule": rule})
        return Evaluation(program, sheet, context, None, open_facts, engine, failure)
    return Evaluation(program, sheet, context, result.conclusions, open_facts, engine, firings=result.firings)


def disagreement(program: Program, one: Conclusions, other: Conclusions) -> str | None:
    """The rule or table in which two channels first differ; None if they agree on every node and choice."""
    if one.truths != other.truths:
        for i, (a, b) in enumerate(zip(one.truths, other.truths, strict=True)):
            if a is not b:
                return program.origins[i].owner
    for id_, choice in other.choices.items():
        if one.choices.get(id_) != choice:
            return id_
    return None
