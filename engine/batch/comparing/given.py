"""What comparisons give each unit, as columns for the compiled policy, and as standings for units evaluated one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import polars as pl

from engine.batch.cells import Cell, Column, Number, Whole
from engine.batch.comparing.standings import COMPARED
from engine.facts.standing import Standing
from engine.inference.context import ContextBuilder
from engine.inference.evaluation import Program, ReadyComparison
from engine.inference.measured import Measured
from engine.inference.population import decided
from engine.inference.standings import outcome
from engine.language.syntax import Expr
from engine.language.values import Value
from engine.project.comparison import Quota, Rank, Share, last_name, of_name

#: No run has more units.
_MOST = 2**31
Given = Mapping[str, tuple[Cell, Sequence[str]]]


def column(comparison: str, name: str) -> str:
    """The unit table's name of a column of a comparison's standings; no fact is called so."""
    return f"{comparison}:{name}"


def cells(program: Program) -> Given:
    """Rankings and quotas as cells over the standings' columns."""
    given: dict[str, tuple[Cell, Sequence[str]]] = {}
    for ready in program.comparisons:
        id_, form = ready.comparison.id, ready.comparison.form
        truth = column(id_, "truth")
        if isinstance(form, Quota):
            given[id_] = Column("boolean", nw.col(truth)), (truth,)
        elif isinstance(form, Rank):
            given[id_] = _number(id_, "place")
            given[of_name(id_)] = _number(id_, "of")
            given[last_name(id_)] = Column("boolean", nw.col(truth)), (truth,)
    return given


def _number(comparison: str, name: str) -> tuple[Cell, Sequence[str]]:
    compared, low, high = (column(comparison, n) for n in (COMPARED, f"{name} low", f"{name} high"))
    # A unit out of scope has no place: FEEL's null, not an unknown one.
    null = (~nw.col(compared)).fill_null(False)
    ends = Whole(nw.col(low), 0, _MOST), Whole(nw.col(high), 0, _MOST)
    top = Whole(nw.when(nw.col(low) == nw.col(high)).then(nw.col(low)), 0, _MOST)
    return Number(top, None, null, ends), (compared, low, high)


def prepared(ready: ReadyComparison, standings: pl.DataFrame) -> pl.DataFrame:
    """The standings as columns of the unit table. A unit out of scope is neither last nor chosen."""
    found = standings
    if "truth" in found.columns:
        out = pl.col(COMPARED).eq_missing(False)
        found = found.with_columns(pl.when(out).then(False).otherwise(pl.col("truth")).alias("truth"))
    wide = [pl.col(name).cast(pl.Int64) for name, kind in found.schema.items() if kind == pl.Int32]
    id_ = ready.comparison.id
    return found.with_columns(wide).rename(
        {name: column(id_, name) for name in found.columns if name != "unit"}
    )


# ------------------------------------------------------------------------------------------- tests of shares


class ShareTests:
    """The tests that read nothing but shares, decided once for each group instead of once for each unit.

    So that fractions and intervals of fractions are compared by the language itself. ``truths``: the expression of such a
    test → the column of its truths.
    """

    def __init__(self, programs: Iterable[Program]) -> None:
        self._tests: list[tuple[Program, Any, list[ReadyComparison], str]] = []
        self.truths: dict[Expr, str] = {}
        for program in programs:
            shares = {r.comparison.id: r for r in program.comparisons if isinstance(r.comparison.form, Share)}
            self._gather(program, shares)

    def _gather(self, program: Program, shares: Mapping[str, ReadyComparison]) -> None:
        for leaf in program.leaves.values():
            expression = leaf.leaf.expression
            if leaf.reads and leaf.reads <= shares.keys() and expression not in self.truths:
                name = f":share test {len(self.truths)}"
                self.truths[expression] = name
                self._tests.append((program, leaf, [shares[id_] for id_ in sorted(leaf.reads)], name))

    def decide(self, units: pl.DataFrame) -> pl.DataFrame:
        """The unit table with the truth of each test."""
        for program, leaf, shares, name in self._tests:
            parts = ("low part", "low of", "high part", "high of")
            columns = [column(ready.comparison.id, one) for ready in shares for one in (COMPARED, *parts)]
            distinct = units.select(columns).unique(maintain_order=True)
            contexts = ContextBuilder(program)
            nothing = contexts.nothing_known()
            truths = []
            for row in distinct.rows(named=True):
                values: dict[str, Value] = {}
                for ready in shares:
                    values |= outcome(ready.comparison, _share(ready, row))
                found = leaf.decide(contexts.with_values(nothing, values))
                truths.append(found if isinstance(found, bool) else None)
            told = distinct.with_columns(pl.Series(name, truths, dtype=pl.Boolean))
            units = units.join(told, on=columns, how="left", nulls_equal=True, maintain_order="left")
        return units


def _share(ready: ReadyComparison, row: Mapping[str, Any]) -> Standing:
    id_ = ready.comparison.id
    compared = row[column(id_, COMPARED)]
    if not compared:
        return Standing(compared)
    low, high = ((row[column(id_, f"{end} part")], row[column(id_, f"{end} of")]) for end in ("low", "high"))
    return Standing(True, counts={"low": low, "high": high})


# ------------------------------------------------------------------------------------------------ one by one


def standing(ready: ReadyComparison, row: Mapping[str, Any], measured: Measured) -> Standing:
    """The standing of one unit. ``row``: of the standings' table; ``measured``: what the unit itself came to."""
    if measured.covered is False:
        return Standing(False)
    if not measured.placed:
        return Standing(None, measured.group, needs=measured.group_needs)
    names = {"low": ("low part", "low of"), "high": ("high part", "high of")}
    if not isinstance(ready.comparison.form, Share):
        names = {}
    spans = ("place", "of", "tied", "ahead", "seats", "count")
    names |= {name: (f"{name} low", f"{name} high") for name in spans if f"{name} low" in row}
    found = Standing(
        True,
        measured.group,
        {name: (row[low], row[high]) for name, (low, high) in names.items()},
        row.get("truth"),
        None if isinstance(ready.comparison.form, Share) else measured.ends,
    )
    if decided(found):
        return found
    return replace(found, needs=measured.needs, waiting=row["waiting"])
