"""The workload as somebody writes it who knows Spark: SQL expressions, one narrow stage after the other.

Spark makes one method of all stages. Above 8,000 bytes its JVM would never compile it, and the work would take several
times as long: "at least two of five" as ten pairs is already too much.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

TITLE = "Spark SQL, by hand"

#: Of the session: ``D01`` is to be a column beside ``d01``.
SETTINGS = {"spark.sql.caseSensitive": "true"}
#: Bytes of a method that a JVM compiles at most, unless it is told ``-XX:-DontCompileHugeMethods``.
METHOD_LIMIT = 8000

#: The 28 conditions on 30 June 2025. Days before that day are written out, for a plan is run for one day.
LEAVES = {
    "L01": "i01 > 70",
    "L02": "i02 <= 1",
    "L03": "i03 >= 100 AND i03 < 500",
    "L04": "i04 != 0",
    "L05": "i05 > i06",
    "L06": "i07 * 10 > i08",
    "L07": "d01 > 0.85D",
    "L08": "d02 <= 1000D",
    "L09": "d03 + d02 > 7000.005D",
    "L10": "d04 * 2 < d03",
    "L11": "t01 < DATE '2021-05-22'",
    "L12": "t02 < DATE '2023-07-01'",
    "L13": "t03 <= DATE '2025-09-28'",
    "L14": "t05 >= date_add(t04, 180)",
    "L15": "t05 < DATE '2020-01-01'",
    "L16": "b01",
    "L17": "NOT b02",
    "L18": "b03 AND NOT b04",
    "L19": "b05 AND i09 > 10",
    "L20": "b06 OR b07",
    "L21": "b08 AND (i04 >= 5 OR d01 < 0.05D)",
    "L22": "NOT b09 AND t01 < DATE '2025-01-01'",
    "L23": "i06 < 20 AND i08 > 2",
    "L24": "b10 AND b11 AND b12",
    "L25": "b12 AND t04 < DATE '2022-10-04'",
    "L26": "i01 + i02 < 10",
    "L27": "b04 OR i03 > 800",
    "L28": "d02 > 4500D AND NOT b07",
}


def _two_of(*names: str) -> str:
    """At least two of them: some are true, and one of those before is."""
    return " OR ".join(
        f"(({' OR '.join(names[:place])}) AND {name})" for place, name in enumerate(names) if place
    )


CATEGORIES = {
    "C1": "L01 OR L07 OR L11 OR L16 OR L26",
    "C2": "L02 OR (L03 AND L08) OR L17",
    "C3": _two_of("L04", "L09", "L12", "L18", "L20"),
    "C4": "L05 AND L13 AND (L19 OR L21)",
    "C5": "L14 OR (L15 AND L22) OR L24",
    "C6": f"L25 OR L28 OR {_two_of('L06', 'L10', 'L23', 'L27')}",
}
CLASSES = {"weak": " OR ".join(CATEGORIES), "key": f"C6 OR {_two_of(*CATEGORIES)}"}
DUTIES = {
    **{f"D{number:02}": f"weak AND NOT k{number:02}" for number in (1, 2, 3)},
    **{f"D{number:02}": f"key AND NOT k{number:02}" for number in (4, 5, 6)},
    "D07": "C1 AND NOT k07",
    "D08": "C2 AND NOT k08",
    "D09": "C3 AND NOT k09",
    "D10": "C4 AND NOT k10",
    "D11": "C5 AND NOT k07",
    "D12": "C6 AND NOT k08",
    "D13": "weak AND t02 < DATE '2024-06-30'",
    "D14": "key AND t04 < DATE '2025-01-01'",
    "D15": "C6 AND NOT k01",
}
NAMED = {
    "label": "CASE WHEN key THEN 'key' WHEN weak AND NOT key THEN 'weak' WHEN NOT weak THEN 'none' END",
    "verdict": "CASE WHEN weak THEN 'weak' WHEN NOT weak THEN 'not_weak' ELSE 'undetermined' END",
}
STAGES: tuple[Mapping[str, str], ...] = (LEAVES, CATEGORIES, CLASSES, {**DUTIES, **NAMED})


def query(units: Any) -> Any:
    """Every truth, the label and the verdict of each unit of a Spark table."""
    for stage in STAGES:
        units = units.selectExpr("*", *(f"{expression} AS {name}" for name, expression in stage.items()))
    return units.select("unit", "unit_kind", *(name for stage in STAGES for name in stage))


def write(spark: Any, data: Path, out: Path) -> None:
    """From a Parquet file into a folder of Parquet files, packed as ours are."""
    found = query(spark.read.parquet(str(data))).write.mode("overwrite")
    found.option("parquet.compression.codec.zstd.level", "1").parquet(str(out), compression="zstd")


def largest_method(spark: Any, data: Path) -> int:
    """Bytes of the largest method that Spark makes of the query."""
    explained = StringIO()
    with redirect_stdout(explained):
        query(spark.read.parquet(str(data))).explain("codegen")
    return max(int(size) for size in re.findall(r"maxMethodCodeSize:(\d+)", explained.getvalue()))
