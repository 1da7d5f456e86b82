"""The workload as somebody writes it who knows Polars: one projection a stage, nulls for what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
from polars import col

TITLE = "Polars, by hand"


def _since(day: str, as_of: date, days: int) -> pl.Expr:
    """Whether more than so many days have gone by."""
    return col(day) < as_of - timedelta(days=days)


def _two_of(names: Sequence[str]) -> pl.Expr:
    """At least two: some are true, and one of those before is."""
    one, two = col(names[0]), None
    for name in names[1:]:
        here = one & col(name)
        two = here if two is None else two | here
        one = one | col(name)
    assert two is not None
    return two


def _any(*names: str) -> pl.Expr:
    found = col(names[0])
    for name in names[1:]:
        found = found | col(name)
    return found


def leaves(as_of: date) -> dict[str, pl.Expr]:
    """The 28 conditions."""
    return {
        "L01": col("i01") > 70,
        "L02": col("i02") <= 1,
        "L03": (col("i03") >= 100) & (col("i03") < 500),
        "L04": col("i04") != 0,
        "L05": col("i05") > col("i06"),
        "L06": col("i07") * 10 > col("i08"),
        "L07": col("d01") > 0.85,
        "L08": col("d02") <= 1000,
        "L09": col("d03") + col("d02") > 7000.005,
        "L10": col("d04") * 2 < col("d03"),
        "L11": _since("t01", as_of, 1500),
        "L12": _since("t02", as_of, 730),
        "L13": col("t03") <= as_of + timedelta(days=90),
        "L14": col("t05") - col("t04") >= pl.duration(days=180),
        "L15": col("t05") < date(2020, 1, 1),
        "L16": col("b01"),
        "L17": ~col("b02"),
        "L18": col("b03") & ~col("b04"),
        "L19": col("b05") & (col("i09") > 10),
        "L20": col("b06") | col("b07"),
        "L21": col("b08") & ((col("i04") >= 5) | (col("d01") < 0.05)),
        "L22": ~col("b09") & _since("t01", as_of, 180),
        "L23": (col("i06") < 20) & (col("i08") > 2),
        "L24": col("b10") & col("b11") & col("b12"),
        "L25": col("b12") & _since("t04", as_of, 1000),
        "L26": col("i01") + col("i02") < 10,
        "L27": col("b04") | (col("i03") > 800),
        "L28": (col("d02") > 4500) & ~col("b07"),
    }


CATEGORIES = {
    "C1": _any("L01", "L07", "L11", "L16", "L26"),
    "C2": col("L02") | (col("L03") & col("L08")) | col("L17"),
    "C3": _two_of(("L04", "L09", "L12", "L18", "L20")),
    "C4": col("L05") & col("L13") & (col("L19") | col("L21")),
    "C5": col("L14") | (col("L15") & col("L22")) | col("L24"),
    "C6": col("L25") | col("L28") | _two_of(("L06", "L10", "L23", "L27")),
}
CLASSES = {"weak": _any(*CATEGORIES), "key": col("C6") | _two_of(tuple(CATEGORIES))}
LABEL = (
    pl.when(col("key"))
    .then(pl.lit("key"))
    .when(col("weak") & ~col("key"))
    .then(pl.lit("weak"))
    .when(~col("weak"))
    .then(pl.lit("none"))
)


def duties(as_of: date) -> dict[str, pl.Expr]:
    """What is still to be done, and the label."""
    todo = ["weak"] * 3 + ["key"] * 3 + list(CATEGORIES)
    tasks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 7, 8]
    found = {
        f"D{number:02}": col(who) & ~col(f"k{task:02}")
        for number, (who, task) in enumerate(zip(todo, tasks, strict=True), start=1)
    }
    found["D13"] = col("weak") & _since("t02", as_of, 365)
    found["D14"] = col("key") & _since("t04", as_of, 180)
    found["D15"] = col("C6") & ~col("k01")
    return {**found, "label": LABEL}


def query(units: pl.LazyFrame, as_of: date, keep: Sequence[str] = ()) -> pl.LazyFrame:
    """Every truth and the label of each unit, and columns to ``keep``."""
    last = duties(as_of)
    names = [*leaves(as_of), *CATEGORIES, *CLASSES, *last]
    return (
        units.with_columns(**leaves(as_of))
        .with_columns(**CATEGORIES)
        .with_columns(**CLASSES)
        .with_columns(**last)
        .select("unit", *keep, *names)
    )
