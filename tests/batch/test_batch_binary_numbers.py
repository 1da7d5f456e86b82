"""Numbers that lie in files in binary, and days counted as numbers, compare as the exact values that they stand for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.batch.compiler import BOUNDS, FLOAT_SCALE, Compiler
from engine.batch.guards import guarded
from engine.batch.layout import UNIT, Layout, Stored
from engine.batch.parts import PLACE, Part
from engine.batch.scopes import Names, Scope
from engine.language.compiler import compile as compile_value
from engine.language.parser import parse

LARGEST = BOUNDS[0][1]
NUMBERS = ("a", "b", "c")
EXPRESSIONS = [
    "a + b > 7000.005",
    "a + b >= 0.3",
    "a - b < 0",
    "a - b <= -0.0001",
    "a * 2 < b",
    "a * 0.001 >= 0.0015",
    "3 * a - b > c",
    "a + b + c <= 1",
    "a + b > 0.30005",
    "a + b = c",
    "a * b < c",
    "a > 0.1",
    "a <= b",
]


def compiled(expression: str, stored: dict[str, Stored]) -> tuple[nw.Expr, int]:
    """The truth of an expression, and the largest number of units of the last place that it is right for."""
    compiler = Compiler(
        Layout(stored, {}, days_are_numbers=True), {}, {}, Scope(frozenset((UNIT, *stored)), Names()), {}
    )
    truth = compiler.truth(parse(expression))
    assert isinstance(truth, nw.Expr)
    return truth, min(compiler.bounded.values(), default=LARGEST)


def column(truth: nw.Expr, values: dict[str, list[object]], stored: dict[str, Stored]) -> list[bool | None]:
    """A truth for each unit."""
    schema = {name: pl.Date if how.storage == "date" else pl.Float64 for name, how in stored.items()}
    done = nw.from_native(pl.DataFrame(values, schema=schema).lazy()).select(truth.alias("truth")).collect()
    return list(done["truth"].to_list())


# Numbers close together as well as far apart: what differs by one unit in the last place must differ.
units = st.one_of(
    st.integers(-LARGEST, LARGEST),
    st.integers(-20, 20),
    st.builds(lambda n, d: n + d, st.sampled_from([0, 3000, 35_000_000, 70_000_050]), st.integers(-3, 3)),
    st.builds(lambda d: LARGEST + d, st.integers(-9, 0)),
)
rows = st.lists(st.tuples(units, units, units), min_size=1, max_size=30)


@pytest.mark.parametrize("expression", EXPRESSIONS)
@settings(max_examples=40, deadline=None)
@given(rows)
def test_binary_numbers_compare_as_their_decimals(expression: str, rows: list[tuple[int, int, int]]) -> None:
    stored = dict.fromkeys(NUMBERS, Stored("float"))
    truth, bound = compiled(expression, stored)
    # Units with larger numbers go through the other channel.
    rows = [row for row in rows if max(map(abs, row)) <= bound]
    exact = [[Decimal(n).scaleb(-FLOAT_SCALE) for n in row] for row in rows]
    binary = {name: [float(row[i]) for row in exact] for i, name in enumerate(NUMBERS)}
    wanted = compile_value(parse(expression))
    found = column(truth, binary, stored)
    assert found == [wanted(dict(zip(NUMBERS, row, strict=True))) for row in exact]


days = st.one_of(st.dates(), st.dates(date(2018, 1, 1), date(2018, 12, 31)))


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "=", "!="])
@pytest.mark.parametrize("length", ["P0D", "P180D", "PT36H"])
@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(days, st.one_of(days, st.integers(-2, 182))), min_size=1, max_size=30))
def test_days_between_dates_are_counted(
    operator: str, length: str, pairs: list[tuple[date, date | int]]
) -> None:
    if length == "PT36H" and operator in ("=", "!="):
        pytest.skip("no whole number of days: has no columnar form")
    ends = [later if isinstance(later, date) else _moved(start, later) for start, later in pairs]
    values = {"s": [start for start, _ in pairs], "t": ends}
    expression = f't - s {operator} duration("{length}")'
    wanted = compile_value(parse(expression))
    stored = {"s": Stored("date"), "t": Stored("date")}
    found = column(compiled(expression, stored)[0], values, stored)
    assert found == [wanted({"s": s, "t": t}) for s, t in zip(values["s"], ends, strict=True)]


def _moved(day: date, by: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def test_half_way_is_decided_for_the_largest_numbers() -> None:
    top = float(Decimal(LARGEST).scaleb(-FLOAT_SCALE))
    below = float(Decimal(LARGEST - 1).scaleb(-FLOAT_SCALE))
    values = {"a": [top, below, top], "b": [below, top, top], "c": [0.0, 0.0, 0.0]}
    stored = dict.fromkeys(NUMBERS, Stored("float"))
    assert column(compiled("a + c > b", stored)[0], values, stored) == [True, False, False]
    assert column(compiled("a + c >= b", stored)[0], values, stored) == [True, False, True]


def test_only_numbers_that_stand_for_few_places_are_computed_with_in_columns() -> None:
    # Every amount with two places is the nearest binary number to itself, whatever the engine makes of a division.
    amounts = [cents / 100 for cents in range(-5_000, 200_000)]
    others = [0.1 + 0.2, 1 / 3, float("inf"), float("nan"), float(LARGEST)]
    layout = Layout({"a": Stored("float")}, {}, days_are_numbers=True)
    ids = [f"u{number}" for number in range(len(amounts) + len(others))]
    places = range(len(ids))
    units = pl.DataFrame({UNIT: ids, PLACE: places, "a": [*amounts, *others]})
    found = guarded(Part(units, {}, {}, len(ids)), layout, {("", "a"): LARGEST})
    assert set(found.odd) == set(ids[len(amounts) :])
    assert found.units.height == len(amounts)
