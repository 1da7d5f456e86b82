"""What is said about wrong expressions: the code, the characters that it points at, and the help."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from engine import messages
from engine.language import (
    Boolean,
    Date,
    LanguageError,
    ListOf,
    Number,
    Row,
    String,
    YearsMonthsDuration,
    check,
    parse,
)
from engine.messages.language import TABLE


def marked(text, start, end):
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "code", "place", "help_line"),
    [
        ("x＞3", "full-width", "＞", "write `>` instead of `＞`"),
        ("count（x)", "full-width", "（", "write `(` instead of `（`"),
        ("x in (1，2)", "full-width", "，", "write `,` instead of `，`"),
        ('x = “京"', "full-width", "“", 'write `"` instead of `“`'),
        ("x == 3", "foreign-operator", "==", "write `=`"),
        ("a && b", "foreign-operator", "&&", "write `and`"),
        ("a || b", "foreign-operator", "||", "write `or`"),
        ("!a", "foreign-operator", "!", "write `not(…)`"),
        ("not a", "foreign-operator", "not", "write `not(…)`"),
        ("x => 3", "foreign-operator", "=>", "write `>=`"),
        ("x <> 3", "foreign-operator", "<>", "write `!=`"),
        ("x = '京'", "single-quotes", "'京'", 'write `"京"`'),
        ('"京', "unclosed-string", '"京', 'put `"` at its end'),
        ("for i in xs return i", "outside-for", "for", None),
        ("function(a) a", "outside-function", "function(", None),
        ("x instance of number", "outside-instance-of", "instance of", None),
        ("today()", "outside-clock", "today", "use `as_of`, the date of the evaluation"),
        ('date and time("2018-01-01T00:00:00")', "outside-time", "date and time", None),
        ('@"10:30:00"', "outside-time", '@"10:30:00"', None),
        ("cuont(x)", "unknown-function-near", "cuont", "did you mean `count`?"),
        ("abs(1, 2)", "wrong-argument-count", "abs", None),
        ("abs(m: 1)", "wrong-argument-names", "abs(m: 1)", "its arguments are: n"),
        ('"\\q"', "bad-escape", "\\q", None),
        ("> 3", "unary-tests-as-expression", "> 3", None),
        ("x + ", "unfinished-value", "+", None),
        ("(x", "unfinished", "x", None),
        ("x y", "operator-expected", "y", None),
        ("1 + * 2", "value-expected", "*", None),
    ],
)
def test_text_that_is_refused(text, code, place, help_line):
    with pytest.raises(LanguageError) as caught:
        parse(text)
    problem = caught.value.problems[0]
    assert (problem.code, marked(text, problem.start, problem.end)) == (code, place)
    if help_line is not None:
        assert messages.text(f"help.{code}", "en", **problem.params).startswith(help_line)


YUAN, HOUSES = Number((("元", 1),)), Number((("户", 1),))
NAMES = {
    "age": Number(),
    "assets": YUAN,
    "houses": HOUSES,
    "per_house": Number((("元", 1), ("户", -1))),
    "name": String(),
    "kind": String(("社区", "联社")),
    "day": Date(),
    "period": YearsMonthsDuration(),
    "ok": Boolean(),
    "信访": ListOf(Row({"level": String(("京", "省")), "date": Date(), "people": Number()})),
}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("age + 1", Number()),
        ("assets / houses + per_house", Number((("元", 1), ("户", -1)))),
        ("assets / houses > 100", Boolean()),
        ("day + period < day", Boolean()),
        ('kind in ("社区", "联社")', Boolean()),
        ('count(信访[level = "京" and date > day - period]) >= 2', Boolean()),
        ("信访[1].people", Number()),
        ("sum(信访.people)", Number()),
        ("some p in 信访 satisfies p.people > age", Boolean()),
        ("if ok then 1 else null", Number()),
        ("name = null", Boolean()),
        ("max(day, day + period)", Date()),
    ],
)
def test_well_typed(text, type_):
    assert check(parse(text), NAMES) == (type_, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agee > 1", [("unknown-name-near", "agee")]),
        ("assets + houses", [("different-units", "assets + houses")]),
        ("assets > houses", [("different-units", "assets > houses")]),
        ("assets < per_house * age", [("different-units", "assets < per_house * age")]),
        ('age = "18"', [("different-types", 'age = "18"')]),
        ("age and ok", [("condition-not-boolean", "age")]),
        ("if age then 1 else 2", [("condition-not-boolean", "age")]),
        ('kind = "社团"', [("not-in-enumeration-near", '"社团"')]),
        ('kind in ("社区", "村")', [("not-in-enumeration", '"村"')]),
        ('信访[levle = "京"]', [("unknown-name-near", "levle")]),
        ("信访[people]", []),
        ("信访[name]", [("filter-type", "name")]),
        ("信访.lvel", [("unknown-property-near", "信访.lvel")]),
        ("day + 1", [("operand-types", "day + 1")]),
        ("-day", [("operand-type", "day")]),
        ("ok < ok", [("not-ordered", "ok < ok")]),
        ("age in [3..1]", [("range-reversed", "[3..1]")]),
        ("age in (1..1)", [("range-empty", "(1..1)")]),
        ("age between 3 and 1", [("range-reversed", "age between 3 and 1")]),
        ('day > @"2024-02-31"', [("no-such-day", '@"2024-02-31"')]),
        ('day > date("2023-02-29")', [("no-such-day", '"2023-02-29"')]),
        ("day > date(2023, 2, 29)", [("no-such-day", "date(2023, 2, 29)")]),
        ('day + duration("3M")', [("no-such-duration", '"3M"')]),
        ("age / 0", [("division-by-zero", "0")]),
        ("contains(age, name)", [("argument-type", "age")]),
        ("count(age)", [("list-expected", "age")]),
        ("sum(信访.date)", [("argument-type", "信访.date")]),
        ("agee > 1 and nmae = 2", [("unknown-name-near", "agee"), ("unknown-name-near", "nmae")]),
    ],
)
def test_ill_typed(text, expected):
    _, problems = check(parse(text), NAMES)
    assert [(p.code, marked(text, p.start, p.end)) for p in problems] == expected


def test_the_type_that_is_wanted():
    assert [p.code for p in check(parse("age"), NAMES, Boolean())[1]] == ["result-type"]
    assert [p.code for p in check(parse("assets"), NAMES, HOUSES)[1]] == ["different-units"]
    assert check(parse("assets / 2"), NAMES, YUAN)[1] == []


def codes_in_the_source():
    """All kebab-case literals of the package that are message codes, found in the syntax trees of its modules."""
    found = set()
    for path in (Path(__file__).parents[2] / "engine" / "language").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_code_has_its_messages_and_every_message_its_code():
    literals = codes_in_the_source()
    errors = {key.removeprefix("error.") for key in TABLE if key.startswith("error.")}
    helps = {key.removeprefix("help.") for key in TABLE if key.startswith("help.")}
    assert errors <= literals
    assert helps <= errors


def test_both_languages_use_the_same_parameters():
    for key, (english, chinese) in TABLE.items():
        fields = [{f for _, f, _, _ in string.Formatter().parse(text) if f} for text in (english, chinese)]
        assert fields[0] == fields[1], key
