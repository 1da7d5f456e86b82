"""A batch over files says of every unit what ``evaluate`` says of the same files."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.batch import partition
from engine.batch.layout import UNIT
from engine.batch.outputs import finding_row, verdict_row
from engine.batch.run import Outcome, Request, run
from engine.batch.tables import Table
from engine.facts import read
from engine.facts.headings import Heading
from engine.inference import evaluate_all, prepare
from engine.project.policy import Policy

sys.path.append(str(Path(__file__).parent.parent / "inference"))
from random_policies import AS_OF, projects
from random_tables import register_rows, unit_rows, write_csv, write_typed
from test_channels_agree import loaded

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def results(out: Path, name: str) -> list[dict[str, Any]]:
    """All parts of a result."""
    return [
        row for part in sorted((out / name).glob("*.parquet")) for row in pl.read_parquet(part).to_dicts()
    ]


def check(policy: Policy, files: list[Path], folder: Path, size: int) -> Outcome:
    """Compares verdicts and findings of all units, in order, with those of the per-unit reader and engine."""
    program = prepare(policy, AS_OF)
    outcome = run(Request(program, files, folder / "out", ("verdicts", "findings"), size=size))
    reading = read(files, policy)
    expected = {e.sheet.unit: e for e in evaluate_all(program, reading.sheets, engine="reference")}
    verdicts, findings = (results(folder / "out", name) for name in ("verdicts", "findings"))
    assert sorted(row["unit"] for row in verdicts) == sorted(expected)
    assert [row["unit"] for row in findings] == [row["unit"] for row in verdicts]
    for row, found in zip(verdicts, findings, strict=True):
        evaluation = expected[row["unit"]]
        assert row == {"unit": row["unit"], **verdict_row(evaluation)}
        assert found == {"unit": row["unit"], **finding_row(evaluation)}
    assert outcome.adds_up, outcome
    assert outcome.evaluated == len(expected)
    assert outcome.rows_read == reading.rows_read + reading.rows_rejected
    assert outcome.rejected == reading.rows_rejected
    return outcome


@quick
@given(
    projects(most_rules=6),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.05, 0.5]),
    st.sampled_from([7, 100]),
    st.booleans(),
)
def test_tables_as_text(files: dict[str, Any], seed: int, odd: float, size: int, large: bool) -> None:
    """``large``: the registers are taken for large ones, the rows of which are laid down by part."""
    random = Random(seed)
    pieces = patch.multiple(partition, _SMALL=0 if large else 100, _AT_ONCE=11)
    with tempfile.TemporaryDirectory() as name, pieces:
        folder = Path(name)
        tables = [write_csv(folder / "units.csv", unit_rows(random, 30, odd))]
        if rows := register_rows(random, 30, odd):
            tables.append(write_csv(folder / "登记零.csv", rows))
        check(loaded(files), tables, folder, size)


@pytest.mark.parametrize("in_order", [True, False])
def test_a_large_register_is_gone_through_once(tmp_path: Path, in_order: bool) -> None:
    """Rows in the order of the units are a stretch for each part; others are laid down by part, in their order."""
    rows = [{"unit": f"U{u:03d}", "级别": "京", "金额": str(n)} for u in range(50) for n in range(3)]
    if not in_order:
        Random(1).shuffle(rows)
    write_csv(tmp_path / "登记零.csv", rows)
    frame = pl.read_csv(tmp_path / "登记零.csv", infer_schema=False)
    ids = pl.Series(UNIT, [f"U{u:03d}" for u in range(50)])
    table = Table(
        tmp_path / "登记零.csv", "登记零.csv", frame.lazy(), {"unit": Heading("unit", "unit")}, None
    )
    with patch.multiple(partition, _SMALL=0, _AT_ONCE=40):
        part_rows = partition.PartRows(table, lambda: ids, 20, tmp_path / "laid down")
        found = [part_rows.of(number, ids.slice(number * 20, 20).to_frame()).collect() for number in range(3)]
    assert (tmp_path / "laid down").is_dir() is not in_order
    for number, some in enumerate(found):
        mine = frame.filter(pl.col("unit").is_in(ids.slice(number * 20, 20).implode()))
        assert some.select(mine.columns).equals(mine)


@quick
@given(projects(most_rules=6), st.integers(0, 10**6), st.sampled_from([0.0, 0.3]))
def test_two_sources_about_the_same_units(files: dict[str, Any], seed: int, odd: float) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = unit_rows(random, 25, odd, columns=["b0", "b1", "b2", "n0", "n1", "d0"])
        second = unit_rows(random, 30, odd, columns=["b2", "b3", "b5", "n1", "n2", "d0", "d1", "c0"])
        tables = [write_csv(folder / f"{name}.csv", rows) for name, rows in (("a", first), ("b", second))]
        check(loaded(files), tables, folder, 10)


@quick
@given(projects(most_rules=6), st.integers(0, 10**6))
def test_tables_of_a_database(files: dict[str, Any], seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcome = check(loaded(files), [write_typed(folder / "units.parquet", Random(seed), 40)], folder, 15)
        assert sum(outcome.detour.values()) < 30
