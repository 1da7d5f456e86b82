"""The compiled screening runs unchanged on Polars, DuckDB and Spark, and says on each what the reference channel says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import narwhals as nw
import polars as pl
import pytest
from columns_of import lazy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_batch_screening import check

from engine.batch.screening import Frame

sys.path.append(str(Path(__file__).parent.parent / "inference"))
from all_expressions import project, sheet
from random_policies import projects
from test_channels_agree import many_sheets

#: A Polars table as one of another engine.
AsGiven: TypeAlias = Callable[[pl.DataFrame], Frame]


@pytest.fixture(scope="module")
def in_duckdb() -> Iterator[AsGiven]:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    yield lambda table: nw.from_native(connection.from_arrow(table.to_arrow()))
    connection.close()


@pytest.fixture(scope="module")
def in_spark(spark: Any) -> AsGiven:
    # Rows of units and of their registers lie in different partitions.
    return lambda table: nw.from_native(spark.createDataFrame(table.to_arrow()).repartition(3))


any_policy = given(projects(), st.integers(0, 10**6))
large_policy = given(projects(most_rules=50), st.integers(0, 10**6))


def times(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@times(25)
@any_policy
def test_duckdb_agrees_with_the_reference(in_duckdb: AsGiven, files: dict[str, Any], seed: int) -> None:
    check(files, many_sheets(seed, 60), in_duckdb)


@times(3)
@large_policy
def test_spark_agrees_with_the_reference(in_spark: AsGiven, files: dict[str, Any], seed: int) -> None:
    check(files, many_sheets(seed, 400), in_spark)


@pytest.mark.slow
@times(5)
@large_policy
def test_duckdb_agrees_on_large_policies(in_duckdb: AsGiven, files: dict[str, Any], seed: int) -> None:
    check(files, many_sheets(seed, 900), in_duckdb)


@pytest.mark.parametrize("engine", ["polars", "in_duckdb", "in_spark"])
def test_every_form_of_expression(engine: str, request: pytest.FixtureRequest) -> None:
    as_given = lazy if engine == "polars" else request.getfixturevalue(engine)
    random = Random(2018)
    assert check(project(), [sheet(random) for _ in range(400)], as_given) == 400
