"""How every unit stands in one comparison: the measured units of all parts together, counted, and cut into parts again."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from engine.batch.comparing.measure import measured_comparisons
from engine.batch.comparing.ranks import Ranking
from engine.batch.comparing.shares import shares
from engine.batch.layout import UNIT
from engine.inference.evaluation import Program, ReadyComparison
from engine.project.comparison import Quota, Rank

#: Whether a unit was compared: null if it is not known whether it is covered, or with whom it belongs.
COMPARED = "compared"


def measure_of(program: Program, ready: ReadyComparison) -> int:
    """The number of the measure that a comparison goes by."""
    form = ready.comparison.form
    wanted = form.rank if isinstance(form, Quota) else ready.comparison.id
    return [one.comparison.id for one in measured_comparisons(program)].index(wanted)


def columns_of(program: Program, ready: ReadyComparison) -> list[str]:
    """The columns of the measured table that a comparison needs."""
    i = measure_of(program, ready)
    measured = measured_comparisons(program)[i]
    own = [f"low {i}", f"high {i}"] if measured.value is not None else [f"holds {i}"]
    return [UNIT, f"covered {i}", *[f"g {i} {k}" for k in range(len(measured.comparison.among))], *own]


def standings(program: Program, ready: ReadyComparison, measured: pl.DataFrame) -> pl.DataFrame:
    """A row for each unit, in order: ``unit``, ``compared``, and the counts, all null where it was not compared."""
    i = measure_of(program, ready)
    base = measured_comparisons(program)[i].comparison
    groups = [f"g {i} {k}" for k in range(len(base.among))]
    renamed = measured.rename(
        {
            name: name.split()[0]
            for name in measured.columns
            if name.split()[0] in ("low", "high", "holds", "covered")
        }
    )
    placed = _placed(groups)
    known, loose = renamed.filter(placed), renamed.filter(~placed & pl.col("covered").ne_missing(False))
    counts = _counted(ready, base.form, groups, known, loose)  # type: ignore[arg-type]
    narrow = [pl.col(name).cast(pl.Int32) for name, kind in counts.schema.items() if kind == pl.Int64]
    counted = counts.with_columns(narrow).with_columns(known[UNIT])
    compared = pl.when(placed).then(True).otherwise(pl.when(~pl.col("covered")).then(False))
    every = renamed.select(UNIT, compared.alias(COMPARED))
    return every.join(counted, on=UNIT, how="left", maintain_order="left")


def _placed(groups: Sequence[str]) -> pl.Expr:
    placed = pl.col("covered").fill_null(False)
    for name in groups:
        placed = placed & pl.col(name).is_not_null()
    return placed


def _counted(
    ready: ReadyComparison, form: Rank, groups: Sequence[str], known: pl.DataFrame, loose: pl.DataFrame
) -> pl.DataFrame:
    if not isinstance(form, Rank):
        return shares(groups, known, loose)
    ranking = Ranking(form, groups, known, loose)
    return ranking.chosen(ready) if isinstance(ready.comparison.form, Quota) else ranking.places()
