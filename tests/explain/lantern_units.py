"""Evaluations of the invented lantern plan for tests, from a few lines each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation, Program
from engine.language.values import Value
from engine.project import LoadResult, load

LANTERNS = Path(__file__).parent.parent / "cli" / "lanterns"


@cache
def loaded() -> LoadResult:
    """The lantern plan with its tests."""
    return load(LANTERNS)


def program(**parameters: Value) -> Program:
    """The lantern plan at the end of 2018."""
    policy = loaded().policy
    assert policy is not None
    return prepare(policy, date(2018, 12, 31), parameters)


def observation(value: Value, cell: str) -> Observation:
    """A value in a workbook."""
    if isinstance(value, bool):
        return Observation(value, "是" if value else "否", Source("a.xlsx", "单位", cell))
    return Observation(value, str(value), Source("a.xlsx", "单位", cell))


def sheet(
    kind: str | None = "社区", rows: list[Mapping[str, Value]] | None = None, **facts: Value | list[Value]
) -> FactSheet:
    """A unit; a list stands for sources that disagree, ``rows`` for the damage register."""
    found = {
        name: tuple(
            observation(v, f"{name}{i}") for i, v in enumerate(value if isinstance(value, list) else [value])
        )
        for name, value in facts.items()
    }
    registers = {}
    if rows is not None:
        registers["damage"] = tuple(
            Row(
                {c: Observation(v, str(v), Source("a.xlsx", "损坏登记", f"{c}{i}")) for c, v in row.items()},
                Source("a.xlsx", "损坏登记", str(i)),
            )
            for i, row in enumerate(rows, start=2)
        )
    kinds = () if kind is None else (observation(kind, "C2"),)
    return FactSheet("u-1", "东湖社区", kinds, found, registers)


def evaluation(unit: FactSheet, *, engine: str = "reference", **parameters: Value) -> Evaluation:
    """The unit through one channel, or both with a trace."""
    (found,) = evaluate_all(program(**parameters), [unit], engine=engine, trace=engine != "reference")  # type: ignore[arg-type]
    return found


SEVERE: list[Mapping[str, Value]] = [
    {"level": "重", "day": date(2018, 2, 1)},
    {"level": "轻", "day": date(2018, 3, 1)},
    {"level": "毁", "day": date(2017, 3, 1)},
    {"level": "毁"},
]
DAYS_40 = Decimal(40)
