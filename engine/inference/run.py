"""Runs both channels over fact sheets and compares them: a disagreement is an error, never a verdict."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.facts.sheet import FactSheet
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Context, EngineName, Evaluation, Failure, Program
from engine.inference.leaves import LeafDecider
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
    preparation = _Preparation(program)
    if engine == "reference":
        reference = Reference(program.network)
        for sheet in sheets:
            context, leaves, open_facts = preparation.prepare(sheet)
            conclusions = reference.conclude(leaves)
            yield Evaluation(program, sheet, context, conclusions, open_facts, engine)
        return
    yield from _with_durable(program, preparation, sheets, engine, trace)


class _Preparation:
    """Sheet → context and decided leaves: what both channels start from."""

    def __init__(self, program: Program) -> None:
        self._contexts = ContextBuilder(program)
        self._decider = LeafDecider(program, self._contexts)

    def prepare(self, sheet: FactSheet) -> tuple[Context, list[Truth], Mapping[int, frozenset[str]]]:
        context = self._contexts.context(sheet)
        leaves, open_facts = self._decider.decide(context)
        return context, leaves, open_facts


def _with_durable(
    program: Program,
    preparation: _Preparation,
    sheets: Iterable[FactSheet],
    engine: EngineName,
    trace: bool,
) -> Iterator[Evaluation]:
    from engine.inference.durable import DurableLimitError, DurablePool, compile_network

    reference = Reference(program.network) if engine == "both" else None
    waiting: deque[tuple[FactSheet, Context, list[Truth], Mapping[int, frozenset[str]]]] = deque()

    def feed() -> Iterator[list[Truth]]:
        for sheet in sheets:
            context, leaves, open_facts = preparation.prepare(sheet)
            waiting.append((sheet, context, leaves, open_facts))
            yield leaves

    try:
        compiled = compile_network(program.network)
    except DurableLimitError as error:
        raise PrepareError(error.key.removeprefix("error."), **error.params) from error
    with DurablePool(compiled) as pool:
        for result in pool.run(feed(), trace=trace):
            sheet, context, leaves, open_facts = waiting.popleft()
            expected = reference.conclude(leaves) if reference is not None else None
            yield _joined(program, sheet, context, open_facts, engine, result, expected)


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
