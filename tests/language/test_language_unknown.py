"""Missing facts: what stays undecided, why, and what is decided in spite of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.language import (
    Interval,
    PartialList,
    Unknown,
    compile,
    evaluate,
    free_names,
    parse,
    substitute,
    to_text,
)
from engine.language.syntax import Compare, Literal, Name

CELL = Unknown(frozenset({"rows[2].level"}))
ROWS = ({"level": "京", "n": Decimal(3)}, {"level": CELL, "n": Decimal(4)}, {"level": "省", "n": Decimal(5)})


def run(text, **context):
    return evaluate(text, context)


def waits_for(value):
    assert isinstance(value, Unknown)
    return sorted(value.facts)


def test_an_unknown_result_names_all_it_depends_on():
    assert waits_for(run("a + b > 3", a=1)) == ["b"]
    assert waits_for(run("a and b")) == ["a", "b"]
    assert waits_for(run("a and b", b=True)) == ["a"]
    assert run("a and b", b=False) is False
    assert waits_for(run("a = null")) == ["a"]
    assert run("a = null", a=None) is True


def test_a_register_that_is_unknown_and_one_that_is_empty():
    assert waits_for(run('count(rows[level = "京"]) = 0')) == ["rows"]
    assert run('count(rows[level = "京"]) = 0', rows=[]) is True
    assert run("some r in rows satisfies r.n > 1", rows=[]) is False
    assert run("every r in rows satisfies r.n > 1", rows=[]) is True


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ('count(rows[level = "京"]) >= 1', True),
        ('count(rows[level = "京"]) >= 3', False),
        ('count(rows[level = "京"]) in [1..2]', True),
        ('count(rows[level = "京"]) in (2..9]', False),
        ('2 * count(rows[level = "京"]) + 1 >= 3', True),
        ('abs(-count(rows[level = "京"])) <= 2', True),
        ('sum(rows[level = "京"].n) between 3 and 7', True),
        ('max(rows[level = "京"].n) >= 3', True),
        ('min(rows[level = "京"].n) = 3', True),
        ('count(rows[level = "京"][n > 3]) <= 1', True),
        ('rows[level = "京"][1].n = 3', True),
        ('some r in rows satisfies r.level = "京"', True),
        ('every r in rows satisfies r.level = "京"', False),
        ('some r in rows[level = "京"] satisfies r.n = 3', True),
        ('"京" in rows.level', True),
        ('(if level = "京" then 2 else 3) > 1', True),
        ('rows[level = "京"] = null', False),
    ],
)
def test_decided_although_a_cell_is_missing(text, decided):
    assert evaluate(text, {"rows": ROWS}) is decided


@pytest.mark.parametrize(
    "text",
    [
        'count(rows[level = "京"]) >= 2',
        'sum(rows[level = "京"].n) > 3',
        'max(rows[level = "京"].n) > 3',
        'some r in rows satisfies r.level = "市"',
        '"市" in rows.level',
        'rows[level = "京"][2].n = 4',
        "rows.level = rows.level",
    ],
)
def test_undecided_because_of_the_cell(text):
    assert waits_for(evaluate(text, {"rows": ROWS})) == ["rows[2].level"]


def test_what_a_partial_list_knows():
    found = evaluate('rows[level = "京"]', {"rows": ROWS})
    assert isinstance(found, PartialList)
    assert [certain for _, certain in found.entries] == [True, False]
    count = evaluate('count(rows[level = "京"])', {"rows": ROWS})
    assert isinstance(count, Interval)
    assert (count.low, count.high) == (1, 2)


def test_is_defined_is_the_one_that_looks_at_knowledge():
    assert run("is defined(a)") is False
    assert run("is defined(a)", a=None) is True
    assert run("is defined(a)", a=0) is True


def test_zero_times_unknown_stays_unknown():
    assert waits_for(run("0 * a")) == ["a"]


def test_columns_come_before_names_around_and_item_is_the_element():
    rows = [{"n": 1, "limit": 5}, {"n": 9}]
    assert run("count(rows[n > limit])", rows=rows, limit=3) == 1
    assert run("rows[item.n > 1].n", rows=rows) == (9,)
    fixed = compile(parse("count(rows[n > limit])"), {"limit": Decimal(0)})
    assert fixed({"rows": ({"n": Decimal(1), "limit": Decimal(5)}, {"n": Decimal(9)})}) == 1


def test_free_names():
    expr = parse("some r in rows satisfies r.n > limit and count(xs[n = item]) > r")
    assert free_names(expr) == {"rows", "limit", "xs", "n"}
    assert free_names(expr, {"xs": frozenset({"n"})}) == {"rows", "limit", "xs"}


def test_substitution_does_not_capture():
    expr = substitute(parse("some r in rows satisfies r > limit"), {"limit": Name("r"), "rows": Name("xs")})
    assert to_text(expr) == "some r_1 in xs satisfies r_1 > r"


def test_trees_built_in_python_are_those_that_are_parsed():
    assert Compare(">", Name("age"), Literal(Decimal(3))) == parse("age > 3")
    assert Literal(True) != Literal(Decimal(1))
