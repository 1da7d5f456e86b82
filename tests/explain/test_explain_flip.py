"""The smallest change: it gives the other verdict, and where it is said to be minimal no smaller one exists."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "inference"))
from random_policies import AS_OF, BOOLEANS, DATES, FRAME, NUMBERS, projects, sheets
from test_channels_agree import loaded
from test_explain_decisive import evaluated

from engine.explain.changes import (
    CellChange,
    Change,
    FactChange,
    RegisterEmpty,
    RowAdded,
    RowRemoved,
    changed,
)
from engine.explain.flip import flip
from engine.facts.sheet import FactSheet, Observation, Source
from engine.inference import prepare
from engine.language.values import Value


def single_changes(sheet: FactSheet) -> Iterator[Change]:
    """Every change of one thing, over all values that can make a difference in the random policies."""
    domains: dict[str, list[Value]] = {
        **{name: [True, False] for name in BOOLEANS},
        **{name: [Decimal(n) / 2 for n in range(17)] for name in NUMBERS},
        **{name: [AS_OF - timedelta(days=n) for n in range(0, 830)] for name in DATES},
        "c0": ["甲", "乙", "丙"],
    }
    for name, values in domains.items():
        yield from (FactChange(name, value) for value in values)
    rows = sheet.registers.get("r0")
    cells: dict[str, list[Value]] = {
        "level": ["京", "省", "市"],
        "day": [
            AS_OF - timedelta(days=n) for n in (0, 1, 90, 180, 182, 183, 184, 185, 200, 365, 366, 400, 800)
        ],
        "amount": [Decimal(n) for n in range(8)],
    }
    if rows is None:
        yield RegisterEmpty("r0")
        return
    for number in range(1, len(rows) + 1):
        yield RowRemoved("r0", number)
        for column, values in cells.items():
            yield from (CellChange("r0", number, column, value) for value in values)
    for level in cells["level"]:
        for day in cells["day"]:
            for amount in cells["amount"]:
                yield RowAdded("r0", (("level", level), ("day", day), ("amount", amount)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=3), sheets())
def test_flips_flip_and_no_smaller_flip_exists(files: dict[str, object], sheet: FactSheet) -> None:
    program = prepare(loaded(files), AS_OF)
    before = evaluated(program, sheet)
    if before.classification == "out_of_scope":
        return
    found = flip(before)
    if found.changes is not None:
        after = evaluated(program, changed(sheet, found.changes, AS_OF))
        assert after.finding("weak") is found.wanted
        assert before.finding("weak") is not found.wanted
        assert found.cost == len(found.changes) and found.cost >= 1
        if not (found.proved and found.cost == 2):
            return  # what costs 1 cannot be undercut, and what is not said to be minimal claims nothing
    elif found.at_least <= 1:
        return
    for change in single_changes(sheet):
        other = evaluated(program, changed(sheet, [change], AS_OF))
        assert other.finding("weak") is not found.wanted, change


_leaf = st.tuples(st.sampled_from(BOOLEANS[:5]), st.booleans()).map(lambda drawn: {drawn[0]: drawn[1]})
_conditions = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=4)).map(
            lambda drawn: {drawn[0]: drawn[1]}
        ),
        st.tuples(st.integers(1, 2), st.lists(inner, min_size=2, max_size=4)).map(
            lambda drawn: {"at least": drawn[0], "of": drawn[1]}
        ),
    ),
    max_leaves=10,
)
_facts = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in BOOLEANS[:5]})


def _sheet(facts: dict[str, bool | None]) -> FactSheet:
    def seen(value: Value) -> tuple[Observation, ...]:
        return (Observation(value, str(value), Source("t")),)

    return FactSheet("u", "单位", seen("社区"), {n: seen(v) for n, v in facts.items() if v is not None}, {})


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(_conditions, _facts, st.booleans())
def test_the_smallest_change_against_all_assignments(
    condition: dict[str, Any], facts: dict[str, bool | None], wanted: bool
) -> None:
    """Five yes-or-no facts: every way to fill them in is tried, so the smallest change is known for certain."""
    named = {"name": {"zh": "弱", "en": "weak"}, "clause": "1"}
    files = {
        **FRAME,
        "rules/classification.yaml": {
            "weak": {**named, "when": condition},
            "key": {"name": {"zh": "重", "en": "key"}, "clause": "1", "when": {"finding": "weak"}},
        },
    }
    program = prepare(loaded(files), AS_OF)
    before = evaluated(program, _sheet(facts))
    costs = []
    for values in product([True, False, None], repeat=5):
        other = dict(zip(facts, values, strict=True))
        # Filled in or changed; what is known is not forgotten.
        kept = all(other[n] is not None or facts[n] is None for n in facts)
        if kept and evaluated(program, _sheet(other)).finding("weak") is wanted:
            costs.append(sum(other[n] is not facts[n] for n in facts))
    found = flip(before, wanted=wanted)
    if not costs:
        assert found.changes is None
    else:
        assert found.changes is not None and found.proved
        assert found.cost == min(costs)
