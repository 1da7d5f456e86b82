"""Counts of a run: verdicts by kind of unit, categories and their offices, duties by office and period, measures."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import polars as pl

from engine.inference.evaluation import Program

#: (table, office, kind of unit, rule, period, value) → units, or periods of duties.
Key: TypeAlias = tuple[str, str, str, str, str, str]
Counts: TypeAlias = Mapping[Key, int]
_NAMES = ("table", "office", "kind", "rule", "period", "value")


class Summary:
    """Counts that grow while the parts of a run's results go by."""

    def __init__(self, program: Program) -> None:
        self._policy = program.policy
        self.counts: Counter[Key] = Counter()

    def add(self, name: str, table: pl.DataFrame) -> None:
        """Counts one part of a result."""
        if name == "verdicts":
            grouped = table.group_by("kind", "verdict").len()
            for kind, verdict, count in grouped.iter_rows():
                self.counts["verdicts", "", kind or "", "", "", verdict] += count
        elif name == "findings":
            self._findings(table)

    def _findings(self, table: pl.DataFrame) -> None:
        for id_, category in self._policy.categories.items():
            offices = "、".join(self._policy.offices[office].name.zh for office in category.lead)
            long = "rule" in table.columns
            found = table.filter(pl.col("rule") == id_)["finding"] if long else table[id_]
            for value, count in found.value_counts().iter_rows():
                word = "unknown" if value is None else "true" if value else "false"
                self.counts["findings", offices, "", id_, "", word] += count

    def table(self) -> pl.DataFrame:
        """The counts as a table, in order."""
        rows = [(*key, count) for key, count in sorted(self.counts.items())]
        schema = {**dict.fromkeys(_NAMES, pl.String), "count": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")


def write_csv(path: Path, table: pl.DataFrame) -> None:
    """A table as CSV with a byte order mark, as spreadsheet programs need it for Chinese; whole or not at all."""
    beside = path.with_suffix(".new")
    table.write_csv(beside, include_bom=True)
    os.replace(beside, path)
