"""A truth written out as Python source is the truth that the compiled expression has, whatever the names stand for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from language_strategies import VALUES, booleans

from engine.language import Interval, LanguageError, Unknown, YearsMonths, compile, parse
from engine.language.scope import free_names
from engine.language.syntax import And, Expr, Name, Not
from engine.language.written_out import TruthWriter

KINDS: dict[str, type] = {"x": Decimal, "y": Decimal, "b": bool, "c": bool, "s": str, "d": date}
COLUMNS = {"rows": frozenset({"n", "k", "ok"})}
#: What a name may stand for besides a value of its type.
STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [None, "京", Decimal(1), True, date(2018, 1, 3), timedelta(days=2), YearsMonths(1), ()]
) | st.builds(lambda low: Interval(Decimal(low), Decimal(2), frozenset({"part"})), st.integers(-2, 2))

#: Forms that conditions use and the strategies of the language do not draw.
FORMS = st.sampled_from(
    [
        'd >= @"2018-01-05" - duration("P1M") and d <= @"2018-01-05"',
        'as_of - d > duration("P3D")',
        "d - as_of <= duration(\"P90D\")",
        "x * 10 > y",
        "x + y <= limit",
        "limit < x",
        "b = true",
        "false != b",
        "b = c",
        's = "京" or s = "市"',
        's in ["京", "市"]',
        "x in [1..3)",
        "x in (limit, > 3, null)",
        "not(x in (0))",
        "x between limit and y",
        "s between x and y",
        "count(rows[n > limit]) >= 2",
        "x / y > 1",
        "x = null",
        "rows[1].ok",
    ]
)  # fmt: skip
CONSTANTS = {"limit": Decimal(2), "as_of": date(2018, 1, 6)}


def written(expr: Expr, kinds: Mapping[str, type], values: Mapping[str, Any]) -> bool | None:
    writer = TruthWriter(CONSTANTS, COLUMNS, kinds, "values")
    source = writer.truth(expr)
    read = [f" {variable} = values[{name!r}]" for name, variable in writer.names.items()]
    exec("\n".join(["def truth(values):", *read, f" return {source}"]), writer.space)
    found: bool | None = writer.space["truth"](values)
    return found


def compiled(expr: Expr, values: Mapping[str, Any]) -> bool | None:
    found = compile(expr, CONSTANTS, COLUMNS)(values)
    return found if found is True or found is False else None


def parsed(text: str) -> Expr | None:
    try:
        return parse(text)
    except LanguageError:
        return None


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(booleans() | FORMS | st.tuples(FORMS, booleans()).map(" and ".join), st.data())
def test_the_same_truth(text: str, data: st.DataObject) -> None:
    expr = parsed(text)
    if expr is None:
        return
    values: dict[str, Any] = {
        name: data.draw(kind | kind | kind | STRANGE | st.just(Unknown(frozenset({name}))))
        for name, kind in VALUES.items()
    }
    values |= {name: Unknown(frozenset({name})) for name in free_names(expr) - values.keys()}
    # A kind that is wrongly expected must cost no more than time.
    kinds = {name: data.draw(st.sampled_from([kind, kind, Decimal, date])) for name, kind in KINDS.items()}
    assert written(expr, kinds, values) is compiled(expr, values)


def test_a_deep_tree_is_left_to_the_compiled_function() -> None:
    expr: Expr = Name("b")
    for _ in range(50):
        expr = Not(And((expr, Name("c"))))
    for b in (True, False, Unknown(frozenset({"b"}))):
        values = {"b": b, "c": True}
        assert written(expr, {}, values) is compiled(expr, values)


def test_loops_stay_within_their_bound() -> None:
    expr = parse("b and (some r in rows satisfies (some q in rows satisfies q.n > r.n))")
    rows = tuple({"n": Decimal(1), "k": "京", "ok": True} for _ in range(2_000))
    assert written(expr, {}, {"b": False, "rows": rows}) is False
    with pytest.raises(LanguageError):
        written(expr, {}, {"b": True, "rows": rows})
