"""Standard FEEL: expression beside its value, as DMN 1.5 has it."""

from __future__ import annotations

import pytest

from engine.language import evaluate, unary_test, value_text
from engine.language.values import Range

RESULTS = """
1.00 = 1                                         | true
-0 = 0                                           | true
.5 + .25                                         | 0.75
2 ** 3 ** 2                                      | 64
-2 ** 2                                          | 4
2 ** -1                                          | 0.5
0 ** 0                                           | 1
1 - 2 - 3                                        | -4
12 / 2 / 3                                       | 2
1 < "a"                                          | null
true < false                                     | null
@"P1Y" = @"P12M"                                 | true
@"P1D" = @"PT24H"                                | true
@"P1Y" = @"P365D"                                | null
@"P1Y" * 1.5                                     | @"P1Y6M"
@"P1Y" / @"P1M"                                  | 12
@"2020-02-29" + @"P1Y"                           | @"2021-02-28"
@"2018-01-31" - @"PT1H"                          | @"2018-01-30"
@"P1M" + @"2018-01-31"                           | @"2018-02-28"
@"2018-01-01" + 1                                | null
-@"P1D"                                          | @"-P1D"
-"a"                                             | null
"a" + 1                                          | null
[1, 2] = [1, 2]                                  | true
[1, 2] = [2, 1]                                  | false
[1, "a"] = [1, 2]                                | false
[] = null                                        | false
[] = 0                                           | null
[[]] = [[]]                                      | true
[1..3] = [1..3]                                  | true
(1..3) = ]1..3[                                  | true
(< 3) = (< 3)                                    | true
[1..null]                                        | null
5 in [1..null]                                   | null
5 in (> 3)                                       | true
5 in > 3                                         | true
5 in (!= 5, 4)                                   | false
1 in [[2..4], [1..3]]                            | true
[1, 2] in [[1], [1, 2]]                          | true
true in [1, "a"]                                 | false
null in [1..3]                                   | null
2 between null and 3                             | null
5 between 6 and null                             | false
true and 1                                       | null
false and 1                                      | false
true or "x"                                      | true
not(1)                                           | null
if null then 1 else 2                            | 2
[1, 2, 3][0]                                     | null
[1, 2, 3][-3]                                    | 1
[1, 2, 3][4]                                     | null
[1, 2, 3][true]                                  | [1, 2, 3]
100[1]                                           | 100
100[item > 1]                                    | [100]
some x in [1, 2], y in [2, 3] satisfies x = y    | true
every x in [1, 2], y in [2, 3] satisfies x < y   | false
some x in [] satisfies true                      | false
every x in [1, null] satisfies x > 0             | null
every x in [-1, null] satisfies x > 0            | false
count([])                                        | 0
max([])                                          | null
max(1, "a")                                      | null
sum([1, "a"])                                    | null
sum(@"P1D", @"P2D")                              | @"P3D"
min(["b", "a"])                                  | "a"
decimal(2.5, 0)                                  | 2
decimal(1234, -2)                                | 1200
floor(-1.5)                                      | -2
ceiling(-1.5)                                    | -1
abs(@"-P1D")                                     | @"P1D"
date("2018-02-30")                               | null
date(2018, 2, 30)                                | null
date(date("2018-02-28"))                         | @"2018-02-28"
duration("P")                                    | null
@"nonsense"                                      | null
years and months duration(@"2013-08-24", @"2011-12-22") | @"-P1Y8M"
string length("\\U01F40E")                       | 1
(< 10).end included                              | false
1 + 1 // a comment                               | 2
1 /* one */ + 1                                  | 2
"a // b"                                         | "a // b"
"""
CASES = [tuple(part.strip() for part in line.rsplit(" | ", 1)) for line in RESULTS.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_value(text, expected):
    assert value_text(evaluate(text, {})) == expected


def test_context_values_are_converted():
    context = {"i": 3, "f": 0.1, "xs": [1, 2], "row": {"n": [1]}, "span": Range(1, 3), "count": 7}
    assert value_text(evaluate("f + 0.2", context)) == "0.3"
    assert evaluate("xs[i - 1] = row.n[1] + 1", context) is True
    assert evaluate("i in span", context) is True
    assert evaluate("count + count(xs)", context) == 9


def test_big_results_keep_34_digits():
    assert value_text(evaluate("2 / 3", {})) == "0." + "6" * 33 + "7"
    assert value_text(evaluate("10 ** 40 + 1 - 10 ** 40", {})) == "0"


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("5", 5, True),
        ("> 3, < 1", 2, False),
        ("not(1, 2)", 3, True),
        ("not(null)", None, False),
        ("null", None, True),
        ("> 3", None, None),
        ("> 3", "a", None),
        ("[1, 2]", 2, True),
        ("limits", 4, True),
        ("not(> limit)", 9, False),
        ("? + 1", 3, None),
        ("count(?) > 1", [1, 2], True),
    ],
)
def test_unary_test(test, value, expected):
    assert unary_test(test, value, {"limit": 5, "limits": [3, 4]}) is expected
