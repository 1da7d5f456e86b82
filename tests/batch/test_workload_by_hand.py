"""What the benchmarks compare is the same work: Polars by hand, the columns and the reference channel agree on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy", reason="the benchmarks' units are drawn with numpy")
sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import contestant
import one_unit
import spark_contestants
import workload_units
from beside import spark_by_hand
from beside.rules import Is, atoms, rules_of

from engine.inference import evaluate_all

UNITS = 150


def test_by_hand_columns_and_reference_agree() -> None:
    units = workload_units.frame(UNITS)
    columns = contestant.ours(units)().to_dicts()
    contestant.same(contestant.by_hand(units)().to_dicts(), columns)
    program = contestant.program()
    sheets = [one_unit.sheet(unit) for unit in units.to_dicts()]
    for evaluation, row in zip(evaluate_all(program, sheets, engine="reference"), columns, strict=True):
        assert {rule: evaluation.finding(rule) for rule in program.network.rules} == {
            rule: row[rule] for rule in program.network.rules
        }


def test_spark_sql_by_hand_agrees_and_is_compiled_by_its_jvm(spark: Any, tmp_path: Path) -> None:
    data = tmp_path / "units.parquet"
    workload_units.write_parquet(data, 1000)
    spark_contestants.ours(contestant.program(), data, tmp_path / "ours")
    usual = {name: spark.conf.get(name) for name in spark_by_hand.SETTINGS}
    for name, value in spark_by_hand.SETTINGS.items():
        spark.conf.set(name, value)
    try:
        spark_by_hand.write(spark, data, tmp_path / "by hand")
        assert spark_by_hand.largest_method(spark, data) <= spark_by_hand.METHOD_LIMIT
    finally:
        for name, value in usual.items():
            spark.conf.set(name, value)
    found = spark_contestants.results_by_hand(tmp_path / "by hand")
    assert found.equals(spark_contestants.our_results(tmp_path / "ours"))
    assert found.height == 1000 and set(found["verdict"]) == {"weak", "not_weak", "undetermined"}


def test_rules_for_two_truth_values_rest_on_earlier_rules_only() -> None:
    rules = rules_of(contestant.program())
    stages = {rule.id: rule.stage for rule in rules}
    assert len(rules) == 51
    for rule in rules:
        for term in (rule.true, rule.false):
            rests_on = [atom.name for atom in atoms(term) if isinstance(atom, Is) and atom.rule]
            assert all(stages[name] < rule.stage for name in rests_on)


def test_units_are_the_same_however_many_are_made() -> None:
    assert workload_units.frame(50).equals(workload_units.block(0, 50))
    first, second = workload_units.blocks(workload_units.BLOCK + 10)
    assert (first.height, second.height) == (workload_units.BLOCK, 10)
    assert not set(first["unit"].to_list()) & set(second["unit"].to_list())
