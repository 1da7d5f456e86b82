"""How a unit stood among others, as JSON and back: the counts that a recorded verdict rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.facts.standing import Standing
from engine.language.values import Value
from engine.ledger.canonical import Json
from engine.ledger.value_object import read_value, value_object


def standing_object(standing: Standing) -> dict[str, Json]:
    """The standing; what it leaves empty is left out."""
    found: dict[str, Json] = {
        "compared": standing.compared,
        "group": [value_object(value) for value in standing.group],
        "counts": {name: list(span) for name, span in standing.counts.items()},
        "truth": standing.truth,
        "needs": tuple(sorted(standing.needs)),
        "waiting": standing.waiting,
        "examples": [[unit, list(facts)] for unit, facts in standing.examples],
    }
    if standing.own is not None:
        found["own"] = [value_object(end) for end in standing.own]
    if standing.given is not None:
        found["given"] = {name: value_object(value) for name, value in standing.given.items()}
    kept = ("compared", "truth")
    return {name: value for name, value in found.items() if name in kept or value not in ([], (), {}, 0)}


def read_standing(found: Mapping[str, Any]) -> Standing:
    """The standing that ``standing_object`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    own = [read_value(end) for end in found["own"]] if "own" in found else None
    given: dict[str, Value] | None = None
    if "given" in found:
        given = {name: read_value(value) for name, value in found["given"].items()}
    return Standing(
        compared=found["compared"],
        group=tuple(read_value(value) for value in found.get("group", ())),
        counts={name: (int(low), int(high)) for name, (low, high) in found.get("counts", {}).items()},
        truth=found["truth"],
        own=None if own is None else (own[0], own[1]),  # type: ignore[arg-type]
        needs=frozenset(found.get("needs", ())),
        waiting=int(found.get("waiting", 0)),
        examples=tuple((unit, tuple(facts)) for unit, facts in found.get("examples", ())),
        given=given,
    )
