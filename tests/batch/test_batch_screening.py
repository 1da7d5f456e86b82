"""The columnar form of a policy agrees with the reference channel on random policies and random sheets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from columns_of import lazy, tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.batch.layout import UNIT, usual_layout
from engine.batch.screening import Frame, Screening
from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation
from engine.inference.network import UNDECIDED, Choice, HitPolicyBroken

sys.path.append(str(Path(__file__).parent.parent / "inference"))
from random_policies import AS_OF, projects, sheets
from test_channels_agree import loaded, many_sheets


def told(choice: Choice) -> str | None:
    """A choice as a table's column says it."""
    if choice == UNDECIDED:
        return None
    if isinstance(choice, HitPolicyBroken):
        return "!" + ",".join(str(row + 1) for row in choice.rows)
    return ",".join(choice) if isinstance(choice, tuple) else "" if choice is None else str(choice)


def difference(evaluation: Evaluation, row: dict[str, Any]) -> str | None:
    """The first node, choice or verdict in which the columnar row differs from the evaluation."""
    assert evaluation.conclusions is not None
    program = evaluation.program
    for index, truth in enumerate(evaluation.conclusions.truths):
        if row[f"node {index}"] is not truth:
            what = program.leaves.get(index) or program.network.nodes[index]
            return f"{program.origins[index].owner}: {what}: {truth}, in columns {row[f'node {index}']}"
    for table in program.network.tables:
        if row[f"table {table.id}"] != told(evaluation.choice(table.id)):
            return f"{table}: {evaluation.choice(table.id)}, in columns {row[f'table {table.id}']}"
    if row["verdict"] != evaluation.classification:
        return f"{evaluation.classification}, in columns {row['verdict']}"
    return None


def check(
    files: dict[str, Any], units: list[FactSheet], as_given: Callable[[pl.DataFrame], Frame] = lazy
) -> int:
    """Every node, choice and verdict of every unit without conflicts; returns how many units were compared.

    ``as_given`` makes a table one of the engine that is to be compared.
    """
    policy = loaded(files)
    program = prepare(policy, AS_OF)
    layout = usual_layout(policy)
    screening = Screening(program, layout)
    assert not screening.obstacles
    outputs = {f"node {i}": screening.network.truth(i) for i in range(len(program.network.nodes))}
    outputs |= {f"table {id_}": screening.choice(id_) for id_ in policy.tables}
    outputs["verdict"] = screening.classification()
    plain = [e for e in evaluate_all(program, units, engine="reference") if not e.context.conflicts]
    table, registers = tables(layout, [evaluation.context.values for evaluation in plain])
    given_rows = {id_: as_given(rows) for id_, rows in registers.items()}
    done = screening.run(as_given(table), given_rows, outputs)
    found = done.collect("polars").to_native().sort(pl.col(UNIT).cast(pl.Int64)).to_dicts()
    for evaluation, row in zip(plain, found, strict=True):
        assert difference(evaluation, row) is None
    return len(plain)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(), st.lists(sheets(), min_size=1, max_size=8), st.integers(0, 10**6))
def test_columns_agree_with_the_reference(files: dict[str, Any], units: list[FactSheet], seed: int) -> None:
    check(files, units + many_sheets(seed, 40))


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=120), st.integers(0, 10**6))
def test_columns_agree_on_large_policies(files: dict[str, Any], seed: int) -> None:
    assert check(files, many_sheets(seed, 900)) > 100
