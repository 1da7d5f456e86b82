"""A few units out of large tables: only their rows are read, by the reader that every command uses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from engine.batch.canonical import PLAIN_ID
from engine.batch.layout import UNIT
from engine.batch.tables import Table, files_in, is_columnar, open_table
from engine.facts.collected import Collected
from engine.facts.folding import identifier
from engine.facts.read import read
from engine.facts.refused import FileRefused
from engine.facts.sheet import Reading
from engine.nearest import nearest
from engine.project.policy import Policy

#: Tables below so many bytes together are read whole: that is quick, and a misspelt name can be compared with all others.
LARGE = 4_000_000
#: Ids or names that a misspelt one is compared with.
_CANDIDATES = 200
#: Units of one name that are looked at: enough to say that the name alone does not tell which is meant.
_MOST_NAMESAKES = 9


def large_tables(paths: Sequence[Path]) -> list[Path] | None:
    """The files, if all of them are tables that can be scanned and they are large together; else None."""
    files = files_in(paths)
    if not files or sum(file.stat().st_size for file in files) < LARGE:
        return None
    return files if all(is_columnar(file) for file in files) else None


class NoSuchUnit(Exception):
    """No unit has this id or name. ``near``: the id or name that is closest, if any is; ``count``: of all units."""

    def __init__(self, wanted: str, near: str | None, count: int) -> None:
        super().__init__(wanted)
        self.wanted, self.near, self.count = wanted, near, count


def find_in_tables(files: Sequence[Path], policy: Policy, wanted: Sequence[str]) -> Reading | None:
    """What the tables say of the units with these ids or names.

    None if a file is not what it seems to be: then all has to be read to say what is wrong. Raises NoSuchUnit.
    """
    tables: list[Table] = []
    try:
        for file in files:
            table = open_table(file, file.as_posix(), policy, Collected())
            if table is not None:
                tables.append(table)
        if all(table.register is not None for table in tables):
            return None
        found: set[str] = set()
        for name in wanted:
            ids = _ids(tables, name)
            if not ids:
                raise NoSuchUnit(name, *_near(tables, name))
            found |= {name} if name in ids else set(sorted(ids)[:_MOST_NAMESAKES])
        return read(files, policy, only=found, scanned={table.path: table.frame for table in tables})
    except (FileRefused, pl.exceptions.PolarsError):
        return None


def _ids(tables: Sequence[Table], wanted: str) -> set[str]:
    """The ids, made plain, of the units that are meant."""
    found: set[str] = set()
    for table in tables:
        id_ = pl.col(table.unit).cast(pl.String)
        called = [pl.col(name).cast(pl.String).str.strip_chars() == wanted for name in table.of("name")]
        by_name = pl.any_horizontal(*called).fill_null(False) if called else pl.lit(False)
        looked_at = by_name | (id_ == wanted) | ~id_.str.contains(PLAIN_ID).fill_null(False)
        rows = (
            table.frame.filter(looked_at).select(id_.alias(UNIT), by_name.alias("named")).unique().collect()
        )
        found |= {
            identifier(unit)
            for unit, named in rows.iter_rows()
            if unit and (named or identifier(unit) == wanted)
        }
    return found


def _near(tables: Sequence[Table], wanted: str) -> tuple[str | None, int]:
    """The closest id or name, out of those with most signs in common; and how many units there are."""
    signs = sorted(set(wanted))
    said = pl.col("said")
    common = pl.sum_horizontal(*[said.str.contains(sign, literal=True).cast(pl.Int32) for sign in signs])
    likely: set[str] = set()
    ids = []
    for table in tables:
        if table.register is not None:
            continue
        ids.append(table.frame.select(pl.col(table.unit).cast(pl.String).alias(UNIT)))
        for name in (table.unit, *table.of("name")):
            texts = table.frame.select(pl.col(name).cast(pl.String).alias("said")).drop_nulls().unique()
            ranked = texts.sort(
                common,
                (said.str.len_chars().cast(pl.Int32) - len(wanted)).abs(),
                said,
                descending=[True, False, False],
            )
            likely |= set(ranked.head(_CANDIDATES).collect().to_series())
    count = int(
        pl.concat(ids).select(pl.col(UNIT).str.strip_chars().drop_nulls().n_unique()).collect().item()
    )
    return nearest(wanted, likely), count
