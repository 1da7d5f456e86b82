"""Random tables for ``random_policies.FRAME``, with all that offices put into them: marks, spellings, doubled rows, gaps."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from random_policies import AS_OF, BOOLEANS, DATES, NUMBERS

Row = dict[str, Any]
WORDS: dict[str, list[str]] = {
    "boolean": ["是", "否", "有", "√", "×", "Y", "no", "true", "１", "也许"],
    "number": ["0", "1", "2.5", "3", " 4", "４", "五", "1,000", "3.14159", "-2", "甚多", "1e2"],
    "date": ["2018-07-25", "2018.7.25", "2018年12月1日", "20181130", "43100", "2018-02-30", "2018-06"],
    "choice": ["甲", "乙", "en 丙", " 丙", "丁"],
}
BLANK = ["", "", "", "—", "/", "未知"]
KINDS = ["社区", "社区", "社区", "联社", "村", "community", "镇"]


def value(random: Random, kind: str, odd: float) -> str:
    """Mostly the first few ways to write a value, sometimes any, sometimes nothing."""
    if random.random() < 0.15:
        return random.choice(BLANK)
    words = WORDS[kind]
    return random.choice(words if random.random() < odd else words[:3])


def unit_rows(random: Random, count: int, odd: float, columns: list[str] | None = None) -> list[Row]:
    """Rows of units ``U001`` and so on; some ids stand twice, some are written badly, some are missing."""
    rows = []
    for number in range(count):
        id_ = f"U{number:03d}"
        if random.random() < odd / 4:
            id_ = random.choice(["", f" {id_}", "Ｕ" + id_[1:], "U001", "合计", "甲社区"])
        row: Row = {
            "单位编号": id_,
            "单位名称": f"单位{number}",
            "kind": random.choice(KINDS[: 5 if random.random() > odd else 7]),
        }
        row["observed"] = random.choice(
            ["", "2018-12-01", "2017-01-01", "昨天"][: 3 if random.random() > odd else 4]
        )
        for names, kind in ((BOOLEANS, "boolean"), (NUMBERS, "number"), (DATES, "date"), (["c0"], "choice")):
            row |= {name: value(random, kind, odd) for name in names if columns is None or name in columns}
        row["登记零填报情况"] = random.choice(["", "", "无记录", "有记录"])
        rows.append(row)
    return rows


def register_rows(random: Random, units: int, odd: float) -> list[Row]:
    """Rows of the register for some of the units, and for a few that are not listed."""
    rows = []
    for number in range(units + 1):
        for _ in range(random.choice([0, 0, 1, 2, 3])):
            day = AS_OF - timedelta(days=random.randint(-30, 500))
            row: Row = {"unit": f"U{number:03d}" if random.random() > odd / 8 else f" U{number:03d}"}
            row["级别"] = random.choice(["京", "省", "市", ""]) if random.random() > odd else "县"
            row["日期"] = (
                day.isoformat() if random.random() > odd else random.choice(["", "不详", "2018年3月1日"])
            )
            row["金额"] = value(random, "number", odd)
            rows.append(row)
    random.shuffle(rows)
    return rows


def write_csv(path: Path, rows: list[Row]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_typed(path: Path, random: Random, count: int) -> Path:
    """Units as a database has them: truths, integers, binary numbers, decimals and dates as such."""

    def some(draw: Any) -> Any:
        return None if random.random() < 0.1 else draw()

    def day() -> date:
        return AS_OF - timedelta(days=random.randint(-30, 800))

    rows = [
        {
            "unit_id": f"U{number:03d}",
            "kind": random.choice(KINDS[:5]),
            **{name: some(lambda: random.random() < 0.5) for name in BOOLEANS},
            "n0": some(lambda: random.randint(0, 6)),
            "n1": some(lambda: random.choice([0.0, 0.5, 1.0, 2.25, 3.0, 0.1 + 0.2, 1e15, float("nan")])),
            "n2": some(lambda: random.choice(["0.00", "1.50", "3.00"])),
            "n3": some(lambda: random.randint(0, 6) / 2),
            **{name: some(day) for name in DATES},
            "c0": some(lambda: random.choice("甲乙丙")),
        }
        for number in range(count)
    ]
    table = pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col("n2").cast(pl.Decimal(12, 2)))
    table.write_parquet(path)
    return path
