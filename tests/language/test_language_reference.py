"""docs/language.md and its Chinese twin say what the language does: every example and every table is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import messages
from engine.language import (
    Date,
    LanguageError,
    ListOf,
    Number,
    Row,
    String,
    Type,
    Unknown,
    check,
    evaluate,
    parse,
    unary_test,
    value_text,
)

DOCS = Path(__file__).parents[2] / "docs"
TEXTS = {
    "en": (DOCS / "language.md").read_text(encoding="utf-8"),
    "zh": (DOCS / "language.zh.md").read_text(encoding="utf-8"),
}
OPERATORS = ("and", "or", "=", "!=", "<", ">=", "+", "-", "*", "/", "**")
TYPES = {
    "age": Number(),
    "kind": String(("社区", "联社")),
    "as_of": Date(),
    "note": Type(),
    "budget": Number(),
    "petitions": ListOf(Row({"level": String(("京", "省", "市", "区")), "date": Date(), "people": Number()})),
}


def tables(text):
    """Each table as rows of cells, the code marks taken off."""
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [
            [cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in block.splitlines()
        ]
        rows = [[cell.strip("| ").strip("`") for cell in row] for row in rows]
        yield [row for i, row in enumerate(rows) if i != 1]


def examples(text, kind):
    """Pairs of an expression and what the page says about it."""
    for block in re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            expression, _, result = line.partition("  →  ")
            yield expression, result


def context(text):
    """The values that the examples use, from the page's own tables."""
    first, second = list(tables(text))[:2]
    values = {name: evaluate(value, {}) for name, value in first[1:] if value != "unknown"}
    columns = second[0][1:]
    rows = []
    for number, *cells in second[1:]:
        row = {}
        for column, cell in zip(columns, cells, strict=True):
            unknown = Unknown(frozenset({f"{second[0][0]}[{number}].{column}"}))
            row[column] = unknown if cell == "unknown" else evaluate(cell, {})
        rows.append(row)
    return {**values, second[0][0]: tuple(rows)}


def shown(value):
    return "unknown" if isinstance(value, Unknown) else value_text(value)


CELLS = [
    (lang, table[0][0], row[0], column, expected)
    for lang, text in TEXTS.items()
    for table in tables(text)
    if table[0][0] in OPERATORS
    for row in table[1:]
    for column, expected in zip(table[0][1:], row[1:], strict=True)
]


@pytest.mark.parametrize(("lang", "operator", "left", "right", "expected"), CELLS)
def test_operator_table(lang, operator, left, right, expected):
    assert shown(evaluate(f"{left} {operator} {right}", {})) == expected


@pytest.mark.parametrize("lang", TEXTS)
def test_every_operator_has_its_table(lang):
    assert {cell[1] for cell in CELLS if cell[0] == lang} == set(OPERATORS)


@pytest.mark.parametrize("lang", TEXTS)
def test_table_of_not(lang):
    table = next(table for table in tables(TEXTS[lang]) if table[0][0] == "not(…)")
    assert [shown(evaluate(f"not({value})", {})) for value in table[0][1:]] == table[1][1:]


@pytest.mark.parametrize(
    ("lang", "pair"), [(lang, p) for lang in TEXTS for p in examples(TEXTS[lang], "feel")]
)
def test_example(lang, pair):
    expression, expected = pair
    assert shown(evaluate(expression, context(TEXTS[lang]))) == expected


@pytest.mark.parametrize("lang", TEXTS)
def test_unary_test_table(lang):
    table = next(table for table in tables(TEXTS[lang]) if table[1][0] == "> 16")
    for test, value, expected in table[1:]:
        given = Unknown(frozenset({"v"})) if value == "unknown" else evaluate(value, {})
        assert shown(unary_test(test, given, {})) == expected


def messages_of(problems, lang):
    return "; ".join(messages.text(f"error.{p.code}", lang, **p.params) for p in problems)


@pytest.mark.parametrize(
    ("lang", "pair"), [(lang, p) for lang in TEXTS for p in examples(TEXTS[lang], "feel-error")]
)
def test_refused_example(lang, pair):
    expression, expected = pair
    with pytest.raises(LanguageError) as caught:
        parse(expression)
    assert messages_of(caught.value.problems, lang) == expected


@pytest.mark.parametrize(
    ("lang", "pair"), [(lang, p) for lang in TEXTS for p in examples(TEXTS[lang], "feel-check")]
)
def test_example_with_a_type_error(lang, pair):
    expression, expected = pair
    assert messages_of(check(parse(expression), TYPES)[1], lang) == expected


def test_both_pages_have_the_same_examples():
    for kind in ("feel", "feel-error", "feel-check"):
        english, chinese = ([e for e, _ in examples(TEXTS[lang], kind)] for lang in ("en", "zh"))
        assert english == chinese
        assert len(english) > 5
