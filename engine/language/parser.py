"""Parses text into syntax trees. lark, and the grammar's tables, are loaded by the first text that is parsed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from engine.language import syntax
from engine.language.diagnosis import syntax_problems
from engine.language.limits import MAX_DEPTH, MAX_SOURCE
from engine.language.problems import LanguageError, failure
from engine.language.scope import free_names
from engine.language.syntax import Expr
from engine.language.tree_builder import NegatedTests, TreeBuilder
from engine.language.wellformed import shape_problems

#: The value that a unary test is about.
SUBJECT = "?"


GRAMMAR = Path(__file__).with_name("grammar.lark")
#: The grammar's tables, made by ``generate.py``.
TABLES = Path(__file__).with_name("tables.json")


def build(grammar: str, builder: TreeBuilder | None) -> Any:
    """A parser for the text of the grammar."""
    from lark import Lark

    return Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        transformer=builder,
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


def fingerprint(grammar: str) -> str:
    """What the tables depend on: the grammar and the release of lark."""
    import hashlib

    import lark

    return f"{lark.__version__} {hashlib.sha256(grammar.encode()).hexdigest()}"


def from_tables(text: str, grammar: str, builder: TreeBuilder) -> Any:
    """The parser of which ``text`` has the tables; None if they belong to another grammar or release of lark."""
    import json

    from lark import Lark

    content = json.loads(text)
    if content["for"] != fingerprint(grammar):
        return None
    data, memo = content["data"], _numbered(content["memo"])
    table = data["parser"]["parser"]
    table["tokens"] = _numbered(table["tokens"])
    table["states"] = {int(n): _numbered(row) for n, row in table["states"].items()}
    return Lark._load_from_dict(data, memo, transformer=builder)  # type: ignore[no-untyped-call]


def _numbered(table: dict[str, Any]) -> dict[int, Any]:
    """JSON has no numbers for keys."""
    return {int(number): value for number, value in table.items()}


@cache
def _lark() -> Any:
    grammar = GRAMMAR.read_text(encoding="utf-8")
    return from_tables(TABLES.read_text(encoding="utf-8"), grammar, TreeBuilder()) or build(
        grammar, TreeBuilder()
    )


def parse(text: str) -> Expr:
    """The expression that ``text`` writes. Raises LanguageError."""
    tests = _tests(text)
    if len(tests) != 1 or tests == [None]:
        raise failure("unary-tests-as-expression", 0, len(text))
    (expr,) = tests
    if isinstance(expr, syntax.OperatorTest | NegatedTests):
        raise failure("unary-tests-as-expression", expr.start, expr.end)
    assert expr is not None
    return _checked(expr)


def parse_unary_tests(text: str) -> Expr:
    """The unary tests that ``text`` writes, as one boolean expression over the name ``?`` (DMN 1.5, 10.3.2.9).

    ``> 3`` is ``? > 3``; ``"a", "b"`` is ``? = "a" or ? = "b"``; ``[1..3]`` is ``? in [1..3]``; ``-`` is ``true``; what
    mentions ``?`` is itself; ``not(…)`` around all of them negates. Raises LanguageError.
    """
    tests = _tests(text)
    if len(tests) == 1:
        (only,) = tests
        if only is None:
            return syntax.Literal(True, start=0, end=len(text))
        if isinstance(only, NegatedTests):
            return _checked(syntax.Not(_disjunction(list(only.tests)), start=only.start, end=only.end))
        if isinstance(only, syntax.Not):
            return _checked(syntax.Not(_test(only.operand), start=only.start, end=only.end))
    return _checked(_disjunction([test for test in tests if test is not None]))


def _tests(text: str) -> list[Expr | None]:
    """The tests between commas; None stands for ``-``."""
    if len(text) > MAX_SOURCE:
        raise failure("source-too-long", MAX_SOURCE, len(text), limit=MAX_SOURCE, found=len(text))
    from lark.exceptions import UnexpectedInput

    try:
        found: list[Expr | None] = _lark().parse(text)
    except UnexpectedInput as error:
        raise LanguageError(syntax_problems(text, error)) from None
    except LanguageError as error:
        if error.problems[0].code == "nested-too-deeply":
            raise _too_deep(text) from None
        raise
    if any(test is not None and test.depth > MAX_DEPTH for test in found):
        raise _too_deep(text)
    return found


def _too_deep(text: str) -> LanguageError:
    return failure("nested-too-deeply", 0, len(text), limit=MAX_DEPTH)


def _checked(expr: Expr) -> Expr:
    problems = shape_problems(expr)
    if problems:
        raise LanguageError(problems)
    return expr


def _disjunction(tests: list[Expr]) -> Expr:
    found = tuple(_test(test) for test in tests)
    if len(found) == 1:
        return found[0]
    return syntax.Or(found, start=tests[0].start, end=tests[-1].end)


def _test(expr: Expr) -> Expr:
    """One test as a boolean expression."""
    subject = syntax.Name(SUBJECT, start=expr.start, end=expr.start)
    if isinstance(expr, syntax.OperatorTest):
        return syntax.Compare(expr.operator, subject, expr.operand, start=expr.start, end=expr.end)
    if SUBJECT in free_names(expr):
        return expr
    if isinstance(expr, syntax.Literal):
        return syntax.Compare("=", subject, expr, start=expr.start, end=expr.end)
    return syntax.In(subject, (expr,), start=expr.start, end=expr.end)
