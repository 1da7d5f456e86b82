"""Shares over all units: what ``engine.inference.group`` says of one group, for all of them together."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from engine.batch.comparing.counting import group_ids

_TRUTHS = {"yes": True, "no": False, "open": None}


def shares(groups: Sequence[str], placed: pl.DataFrame, loose: pl.DataFrame) -> pl.DataFrame:
    """``count`` and ``of`` with their ends, the least and the greatest share as fractions (``low part``, ``low of``, …),
    and ``waiting``, for each of ``placed``. Both have the ``groups`` columns and ``holds``."""
    sure = _counted(groups, placed, placed)
    perhaps = sure * 0
    for shape in _shapes(groups, loose):
        same, known = _of_shape(groups, loose, shape)
        perhaps = perhaps + _counted(known, same, placed)
    yes, no, open_ = (sure[name] for name in _TRUTHS)
    more_yes, more_no, more_open = (perhaps[name] for name in _TRUTHS)
    there = yes + no + open_
    added = more_yes + more_open
    own = placed["holds"].is_null().cast(pl.Int64)
    return pl.DataFrame(
        {
            "count low": yes,
            "count high": yes + open_ + added,
            "of low": there,
            "of high": there + more_yes + more_no + more_open,
            "low part": yes,
            "low of": there + more_no + more_open,
            "high part": yes + open_ + added,
            "high of": there + added,
            "waiting": open_ - own + more_yes + more_no + more_open,
        }
    )


def _counted(groups: Sequence[str], units: pl.DataFrame, asking: pl.DataFrame) -> pl.DataFrame:
    """How many of ``units`` there are of each truth in the group that each of ``asking`` is in."""
    theirs, asked = group_ids(units, groups, asking)
    flags = [
        (pl.col("holds").is_null() if truth is None else pl.col("holds").eq_missing(truth)).sum().alias(name)
        for name, truth in _TRUTHS.items()
    ]
    counts = units.select("holds").with_columns(theirs.alias("group")).group_by("group").agg(flags)
    wanted = pl.DataFrame({"group": asked})
    found = wanted.join(counts, on="group", how="left", maintain_order="left")
    return found.select(pl.col(name).fill_null(0).cast(pl.Int64) for name in _TRUTHS)


def _shapes(groups: Sequence[str], loose: pl.DataFrame) -> list[tuple[bool, ...]]:
    """Which of a group's values are missing, in every way that occurs."""
    if not loose.height:
        return []
    if not groups:
        return [()]
    return loose.select(pl.col(name).is_null() for name in groups).unique(maintain_order=True).rows()


def _of_shape(
    groups: Sequence[str], loose: pl.DataFrame, shape: tuple[bool, ...]
) -> tuple[pl.DataFrame, list[str]]:
    same = loose
    for name, missing in zip(groups, shape, strict=True):
        same = same.filter(pl.col(name).is_null() == missing)
    return same, [name for name, missing in zip(groups, shape, strict=True) if not missing]
