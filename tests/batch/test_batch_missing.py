"""What a batch says is missing is what the reference channel says of each unit: facts, reasons, rules, and their order."""

from __future__ import annotations

import copy
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.batch.missing import stage
from engine.batch.network import AND
from engine.batch.run import Outcome, Request, run
from engine.batch.summary import BLANK_CELLS
from engine.facts import read
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import base_name
from engine.project.policy import Policy

sys.path.append(str(Path(__file__).parent.parent / "inference"))
from random_policies import AS_OF, projects
from random_tables import register_rows, unit_rows, write_csv, write_typed
from test_channels_agree import loaded

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

#: Leaves that wait for several things at once, or for none that is blank: what a test has no result for, what one of two
#: branches needs, what single cells leave open.
HARD = (
    "b0 and (n0 > 2 or n1 > 2)",
    "if b1 then n0 > 1 else n1 > 1",
    "n0 / n1 > n2",
    "n0 in ([1..2], n1)",
    "b0 or c0 = null",
    "total > n3 and not(b2)",
    "not(some r in r0 satisfies r.amount > 2 and r.day <= as_of)",
    'every r in r0 satisfies r.level = "京" or r.amount < p0',
    "every r in r0[amount > 1] satisfies r.day <= as_of",
    'some r in r0[level = "京"] satisfies count(r0[day > r.day]) = 0',
    "count(r0[amount > n0]) >= 1",
    'count(r0[not(amount > 1) and (day <= as_of or level = "市")]) >= 2',
    "max(r0.amount) > 3",
    "sum(r0[day <= as_of].amount) / count(r0) > 1",
)


def with_hard_leaves(files: dict[str, Any], times: int = 1) -> dict[str, Any]:
    """The project with so many criteria for each of them, and with a register that grows old."""
    files = copy.deepcopy(files)
    files["policy/vocabulary.yaml"]["registers"][0]["shelf life"] = "6 months"
    files["rules/c.yaml"]["criteria"] += [
        {
            "id": f"c.hard{i}",
            "name": {"zh": f"难{i}", "en": f"hard {i}"},
            "clause": "1",
            "when": {"expression": text},
        }
        for i, text in enumerate(HARD * times)
    ]
    return files


def rows_of(out: Path) -> list[tuple[Any, ...]]:
    """The whole table."""
    return [
        row for part in sorted((out / "missing").glob("*.parquet")) for row in pl.read_parquet(part).rows()
    ]


def check(policy: Policy, files: list[Path], folder: Path, size: int) -> Outcome:
    """Compares the table with what the reference channel says of every unit."""
    program = prepare(policy, AS_OF)
    outcome = run(Request(program, files, folder / "out", ("missing",), size=size))
    expected: dict[str, list[tuple[Any, ...]]] = {}
    wanted: Counter[tuple[str, str]] = Counter()
    for evaluation in evaluate_all(program, read(files, policy).sheets, engine="reference"):
        unit = evaluation.sheet.unit
        expected[unit] = [(unit, m.fact, m.reason, AND.join(m.settles)) for m in evaluation.missing]
        wanted.update(
            {
                (base_name(m.fact), m.reason if base_name(m.fact) == m.fact else BLANK_CELLS)
                for m in evaluation.missing
            }
        )
    found: dict[str, list[tuple[Any, ...]]] = {unit: [] for unit in expected}
    for row in rows_of(folder / "out"):
        found[row[0]].append(row)
    assert found == expected
    assert {(key.rule, key.value): n for key, n in outcome.counts.items() if key.table == "missing"} == wanted
    assert not outcome.obstacles
    assert outcome.evaluated == len(expected)
    return outcome


def tables_in(folder: Path, random: Random, odd: float) -> list[Path]:
    """A table of units and, mostly, one of the register's rows, some of them observed long ago."""
    tables = [write_csv(folder / "units.csv", unit_rows(random, 30, odd))]
    if rows := register_rows(random, 30, odd):
        for row in rows:
            row["observed"] = random.choice(["", "2018-12-01", "2017-01-01"])
        tables.append(write_csv(folder / "登记零.csv", rows))
    return tables


@quick
@given(
    projects(most_rules=6),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.05, 0.3]),
    st.sampled_from([7, 100]),
    st.booleans(),
)
def test_tables_as_text(files: dict[str, Any], seed: int, odd: float, size: int, hard: bool) -> None:
    policy = loaded(with_hard_leaves(files) if hard else files)
    with tempfile.TemporaryDirectory() as name:
        check(policy, tables_in(Path(name), Random(seed), odd), Path(name), size)


@settings(quick, max_examples=5)
@given(projects(most_rules=6), st.integers(0, 10**6))
def test_more_rules_than_one_integer_has_bits(files: dict[str, Any], seed: int) -> None:
    """And more units than are looked at together."""
    policy = loaded(with_hard_leaves(files, times=5))
    assert len(policy.rules) > 63
    with (
        tempfile.TemporaryDirectory() as name,
        patch.object(stage, "_FEWEST", 8),
        patch.object(stage, "_TOGETHER", 8),
    ):
        check(policy, tables_in(Path(name), Random(seed), 0.0), Path(name), 100)


@quick
@given(projects(most_rules=6), st.integers(0, 10**6))
def test_tables_as_offices_export_them(files: dict[str, Any], seed: int) -> None:
    """In another encoding they are read cell by cell."""
    with tempfile.TemporaryDirectory() as name:
        tables = tables_in(Path(name), Random(seed), 0.05)
        for table in tables:
            table.write_text(table.read_text("utf-8"), "gb18030")
        check(loaded(with_hard_leaves(files)), tables, Path(name), 7)


@quick
@given(projects(most_rules=6), st.integers(0, 10**6), st.sampled_from([0.0, 0.3]))
def test_two_sources_about_the_same_units(files: dict[str, Any], seed: int, odd: float) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = unit_rows(random, 25, odd, columns=["b0", "b1", "b2", "b5", "n0", "n1", "d0"])
        second = unit_rows(random, 30, odd, columns=["b2", "b3", "b5", "n1", "n2", "d0", "d1", "c0"])
        tables = [write_csv(folder / f"{name}.csv", rows) for name, rows in (("a", first), ("b", second))]
        check(loaded(files), tables, folder, 10)


@quick
@given(projects(most_rules=6), st.integers(0, 10**6))
def test_tables_of_a_database(files: dict[str, Any], seed: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = [write_typed(folder / "units.parquet", random, 40)]
        if rows := register_rows(random, 40, 0.0):
            tables.append(write_csv(folder / "登记零.csv", rows))
        outcome = check(loaded(with_hard_leaves(files)), tables, folder, 15)
        assert sum(outcome.detour.values()) < 40
