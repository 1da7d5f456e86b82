"""One Spark session for all tests that need one: it takes seconds to start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real Spark in this process with two cores and several partitions."""
    pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not installed here")
    from engine.batch.spark_run import session

    folder = tmp_path_factory.mktemp("spark")
    found = session(
        "local[2]",
        {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "3",
            # A zone that once had summer time, so that nothing may rest on a day having 24 hours.
            "spark.sql.session.timeZone": "Asia/Shanghai",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.local.dir": str(folder / "local"),
        },
    )
    yield found
    found.stop()
