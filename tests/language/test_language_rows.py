"""Filters over plain rows run as one generated loop; it gives what the general way gives, for rows of any kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language import Interval, LanguageError, PartialList, Unknown, compile, compiler, parse

COLUMNS = {"rows": frozenset({"k", "n", "d", "ok"})}
CONSTANTS = {"limit": Decimal(2), "today": date(2018, 1, 5)}

TESTS = st.sampled_from(
    [
        'k = "京"',
        '"省" != k',
        "n >= limit",
        "not (n < 1)",
        "(n = 1 or n = 3)",
        '(d >= today - duration("P2D") and d <= today)',
        "ok = true",
        "ok != false",
        '(k = "京" or k = "市")',
        # Forms that the loop leaves to the general way.
        '(k = "京" or n > 1)',
        "ok",
        "item.n > 1",
        "n > x",
    ]
)
PREDICATES = st.lists(TESTS, min_size=1, max_size=4).map(" and ".join)
OPEN = st.sampled_from(
    [
        Unknown(frozenset({"cell"})),
        Interval(Decimal(0), Decimal(3), frozenset({"cell"})),
        None,
        (),
        "京",
        Decimal(1),
    ]
)


def cell(known: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return known | known | known | OPEN


FULL = st.fixed_dictionaries(
    {
        "k": cell(st.sampled_from(["京", "省", "市"])),
        "n": cell(st.integers(0, 4).map(Decimal)),
        "d": cell(st.dates(date(2018, 1, 1), date(2018, 1, 9))),
        "ok": cell(st.booleans()),
    }
)
LACKING = FULL.flatmap(
    lambda row: st.sets(st.sampled_from(sorted(row))).map(
        lambda out: {k: row[k] for k in row if k not in out}
    )
)
ROWS = st.lists(FULL | FULL | FULL | LACKING | OPEN, max_size=5).map(tuple)


def shown(value: object) -> object:
    """A value in a form that ``==`` compares in full."""
    if isinstance(value, PartialList):
        return "partial", [(shown(e), sure) for e, sure in value.entries], value.facts
    if isinstance(value, Interval):
        return "interval", value.low, value.high, value.facts
    if isinstance(value, Unknown):
        return "unknown", value.facts
    if isinstance(value, tuple):
        return [shown(e) for e in value]
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items()}
    return type(value), value


@settings(max_examples=1500, deadline=None)
@given(PREDICATES, ROWS, st.sampled_from([None, COLUMNS]))
def test_the_loop_gives_what_the_general_way_gives(predicate, rows, columns):
    env = {"rows": rows, "x": Decimal(1)}
    for text in (f"rows[{predicate}]", f"count(rows[{predicate}])", f"count(rows[{predicate}]) >= 2"):
        expression = parse(text)
        fast = compile(expression, CONSTANTS, columns)
        with patch.object(compiler, "plain_filter", lambda *_: None):
            general = compile(expression, CONSTANTS, columns)
        assert shown(fast(env)) == shown(general(env)), text


def test_an_open_cell_does_not_matter_where_another_test_fails():
    kept = compile(parse('count(rows[k = "京" and ok = true])'), {}, COLUMNS)
    row = {"k": "省", "n": Decimal(1), "d": date(2018, 1, 1), "ok": Unknown(frozenset({"rows[1].ok"}))}
    assert kept({"rows": (row,)}) == 0
    assert shown(kept({"rows": ({**row, "k": "京"},)})) == (
        "interval",
        Decimal(0),
        Decimal(1),
        frozenset({"rows[1].ok"}),
    )


def rows(size: int) -> tuple[dict[str, Decimal], ...]:
    return tuple({"n": Decimal(i)} for i in range(size))


@pytest.mark.parametrize(
    "text",
    [
        "count(rows[count(rows[n > 5000]) > n])",
        "count(rows[sum(rows.n) > n])",
        "some r in rows satisfies (every s in rows satisfies r.n + s.n < 0)",
        "count(rows[item in rows])",
    ],
)
def test_loops_in_loops_have_a_bound(text):
    """A thousand elements for each of a thousand are a million: still allowed. More are not."""
    run = compile(parse(text))
    run({"rows": rows(100)})
    if not text.startswith("some"):  # which stops early
        with pytest.raises(LanguageError) as found:
            run({"rows": rows(1_001)})
        assert [problem.code for problem in found.value.problems] == ["too-many-steps"]
        run({"rows": rows(100)})  # each evaluation begins anew


def test_a_single_loop_has_no_bound_but_its_list():
    assert compile(parse("count(rows[n >= 5000])"))({"rows": rows(10_000)}) == 5_000
