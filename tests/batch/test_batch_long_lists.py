"""A condition over very many others: a tree of little depth, with the same truth."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.batch.balanced import balanced, conjunction, disjunction, total
from engine.inference.reference import all_of, any_of

TRUTHS = st.sampled_from([True, True, False, None])


def value(expr: nw.Expr, columns: dict[str, object]) -> object:
    row = pl.DataFrame({name: [found] for name, found in columns.items()} | {"unit": ["u"]})
    frame = nw.from_native(row.cast(dict.fromkeys(columns, pl.Boolean)))
    return frame.select(found=expr)["found"][0]


@settings(deadline=None)
@given(st.integers(1, 3000))
def test_order_is_kept_and_depth_is_little(count: int) -> None:
    def join(a: tuple[int, list[int]], b: tuple[int, list[int]]) -> tuple[int, list[int]]:
        return 1 + max(a[0], b[0]), a[1] + b[1]

    found = balanced([(0, [i]) for i in range(count)], join)
    assert found is not None
    depth, order = found
    assert order == list(range(count))
    assert depth == (count - 1).bit_length()


@settings(deadline=None)
@given(st.lists(TRUTHS, min_size=1, max_size=40))
def test_the_truth_is_that_of_the_reference(truths: list[bool | None]) -> None:
    columns: dict[str, object] = {f"t{i}": truth for i, truth in enumerate(truths)}
    parts = [nw.col(name) for name in columns]
    assert value(conjunction(parts), columns) is all_of(truths)
    assert value(disjunction(parts), columns) is any_of(truths)


def test_of_nothing() -> None:
    assert value(conjunction([]), {}) is True
    assert value(disjunction([]), {}) is False
    assert value(total([]), {}) == 0


@pytest.mark.parametrize("count", [2000, 5000])
def test_thousands_of_conditions_run(count: int) -> None:
    columns: dict[str, object] = {f"t{i}": False if i else None for i in range(count)}
    parts = [nw.col(name) for name in columns]
    assert value(disjunction(parts), columns) is None
    assert value(disjunction(~part for part in parts), columns) is True
