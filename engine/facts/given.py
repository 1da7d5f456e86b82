"""Units as Python data → fact sheets, for programs that have the facts at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.facts.collected import Collected
from engine.facts.merge import merge
from engine.facts.refused import DataError, FileRefused
from engine.facts.sheet import DataProblem, Reading, Source
from engine.facts.structured import StructuredReader

if TYPE_CHECKING:
    from engine.project.policy import Policy


def given(
    units: Sequence[Mapping[str, Any]] | Mapping[str, Any], policy: Policy, *, source: str = "given"
) -> Reading:
    """The fact sheets of ``units``, in the form that JSON files have them (see ``structured``).

    Args:
        units: ``{"id", "name"?, "kind", "facts": {fact: value}, "registers"?: {register: [{column: value}]}}``. Values
            are Python's own: bool, int, float, Decimal, str, date; None or absent is never filled in. Or a whole
            document with ``units`` inside.
        policy: what the names and values are read against.
        source: how the data is called where a value came from.

    Returns:
        A sheet for each unit; whatever was not understood is a problem in it, and counts as unknown.

    Raises:
        DataError: ``units`` is no list of units at all.
    """
    collected = Collected()
    try:
        StructuredReader(policy, collected).read(
            units if isinstance(units, str | Mapping) else list(units), source
        )
    except FileRefused as refused:
        raise DataError([DataProblem(Source(source), refused.key, refused.params)]) from refused
    return merge(collected, policy)
