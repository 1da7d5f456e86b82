"""Nothing but LanguageError ever comes out, and everything has a bound."""

from __future__ import annotations

import math
import time
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language import (
    LanguageError,
    check,
    compile,
    evaluate,
    parse,
    parse_unary_tests,
    substitute,
    syntax,
    to_text,
)
from engine.language.builtins import FUNCTIONS
from engine.language.values import Interval, PartialList, Unknown, YearsMonths

PIECES = st.sampled_from(
    [
        *(
            "x",
            "rows",
            "item",
            "(",
            ")",
            "[",
            "]",
            "..",
            ",",
            ".",
            "+",
            "-",
            "*",
            "/",
            "**",
            "=",
            "!=",
            "<",
            ">=",
        ),
        *(
            " and ",
            " or ",
            " in ",
            " between ",
            "not(",
            "if ",
            " then ",
            " else ",
            "some ",
            "every ",
            " satisfies ",
        ),
        *(
            "1",
            "2.5",
            "1e999",
            '"a"',
            '@"P1M"',
            '@"2018-01-31"',
            '@"nonsense"',
            "null",
            "true",
            "count(",
            "sum(",
        ),
        *(
            "date(",
            "duration(",
            "string length(",
            "?",
            "“",
            "，",
            "@",
            "\\",
            "'",
            "{",
            "//",
            "/*",
            "*/",
            "\n",
            "year",
        ),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join)
CONTEXT = {"x": 3, "rows": [{"x": 1}, {"x": Unknown(frozenset({"cell"}))}], "year": None}


@settings(max_examples=2_000, deadline=None)
@given(TEXTS)
def test_any_text_is_evaluated_or_refused(text):
    for run in (lambda: evaluate(text, CONTEXT), lambda: parse_unary_tests(text), lambda: parse(text)):
        error = refusal(run)
        if error is not None:
            assert error.problems
            assert str(error)
            assert all(0 <= p.start <= p.end <= max(len(text), 1) for p in error.problems)


def refusal(run):
    """The LanguageError that ``run`` raises; None if it goes through. Anything else that is raised is a failure."""
    try:
        run()
    except LanguageError as error:
        return error
    return None


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from([Decimal(0), Decimal("1e6000"), Decimal("-1e-6000"), Decimal(40)]),
    st.text(max_size=3),
    st.dates(),
    st.timedeltas(),
    st.integers(-(10**6), 10**6).map(YearsMonths),
    st.just(Unknown(frozenset({"u"}))),
    st.just(Interval(Decimal(-1), None, frozenset({"v"}))),
    st.just(Interval(None, Decimal(2), frozenset({"v"}))),
    st.just(PartialList(((Decimal(1), True), ("a", False)), frozenset({"w"}))),
    st.just(({"a": Decimal(1)}, {"a": "z"})),
    st.just(()),
)


def trees():
    """Any tree at all, well-typed or not."""
    leaves = VALUES.map(syntax.Literal) | st.sampled_from(["a", "b", "item"]).map(syntax.Name)

    def bigger(inner):
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        comparators = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
        calls = [
            st.lists(inner, min_size=len(form), max_size=len(form)).map(
                lambda found, name=name: syntax.Call(name, tuple(found))
            )
            for name, function in FUNCTIONS.items()
            for form in function.forms
        ]
        return st.one_of(
            st.builds(syntax.ListOf, several),
            st.builds(syntax.RangeOf, inner, inner, st.booleans(), st.booleans()),
            st.builds(syntax.OperatorTest, comparators, inner),
            st.builds(syntax.Negate, inner),
            st.builds(syntax.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
            st.builds(syntax.Compare, comparators, inner, inner),
            st.builds(syntax.Between, inner, inner, inner),
            st.builds(syntax.In, inner, several),
            st.builds(syntax.And, several),
            st.builds(syntax.Or, several),
            st.builds(syntax.Not, inner),
            st.builds(syntax.If, inner, inner, inner),
            st.builds(syntax.Quantified, st.sampled_from(["some", "every"]), st.just("a"), inner, inner),
            st.builds(syntax.Filter, inner, inner),
            st.builds(syntax.Path, inner, st.sampled_from(["a", "year", "months", "days", "start"])),
            st.builds(syntax.Call, st.sampled_from([*FUNCTIONS, "nothing"]), several),
            *calls,
        )

    return st.recursive(leaves, bigger, max_leaves=12)


@settings(max_examples=2_000, deadline=None)
@given(trees(), VALUES)
def test_any_tree_is_checked_printed_and_run(tree, value):
    assert isinstance(to_text(tree), str)
    check(tree, {})
    substitute(tree, {"a": syntax.Name("b")})
    error = refusal(lambda: compile(tree, {"b": value}))
    if error is not None:
        assert {p.code for p in error.problems} <= {"unknown-function", "wrong-argument-count"}
        return
    run = compile(tree, {"b": value})
    run({})
    run({"a": value})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("1 + " * 2_000 + "1", "source-too-long", id="8,001 characters"),
        ("-" * 61 + "1", "nested-too-deeply"),
        ("1" + " + 1" * 61, "nested-too-deeply"),
        ("[" * 61 + "]" * 61, "nested-too-deeply"),
        (
            "some a in x satisfies some b in x satisfies some c in x satisfies x[item > 1] = x",
            "too-many-loops",
        ),
        ("1" * 35, "number-too-long"),
        ("1e6145", "number-too-large"),
        ("1e-99999999999999999999", "number-too-large"),
    ],
)
def test_beyond_a_limit_of_the_text(text, code):
    with pytest.raises(LanguageError) as caught:
        evaluate(text, {})
    assert [p.code for p in caught.value.problems] == [code]


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([1] * 10_001, "list-too-long"),
        (nested(1_000), "value-too-deep"),
        pytest.param(10**7_000, "number-too-large", id="7,001 digits"),
        (math.nan, "value-not-supported"),
        (math.inf, "value-not-supported"),
        (datetime(2018, 1, 1), "value-not-supported"),
        (object(), "value-not-supported"),
    ],
)
def test_beyond_a_limit_of_the_context(value, code):
    with pytest.raises(LanguageError) as caught:
        evaluate("x", {"x": value})
    assert [p.code for p in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "10 ** 1000",
        "9e6144 * 10",
        "9e999 ** 999",
        '@"9999-12-31" + @"P1D"',
        '@"0001-01-01" - @"P1M"',
        '@"P999999999D" * 5',
        "date(123456, 1, 1)",
        'duration("P99999999999D")',
        "(-1) ** 0.5",
    ],
)
def test_a_result_that_does_not_exist_is_null_and_quickly_so(text):
    begin = time.perf_counter()
    assert evaluate(text, {}) is None
    assert time.perf_counter() - begin < 1
