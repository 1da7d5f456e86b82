"""What the grammar lets through and the language does not: functions, and tests and loops in the wrong place."""

from __future__ import annotations

from engine.language import syntax
from engine.language.builtins import FUNCTIONS
from engine.language.limits import MAX_LIST, MAX_LOOPS
from engine.language.problems import LanguageProblem
from engine.language.tree_builder import NegatedTests
from engine.nearest import nearest

#: Functions of FEEL that read the clock or make times of day.
_CLOCK = ("today", "now")
_TIMES = ("time", "date and time")
#: Functions of FEEL that the subset leaves out.
OUTSIDE = frozenset(
    (
        *(
            "all",
            "any",
            "append",
            "concatenate",
            "context",
            "even",
            "exp",
            "flatten",
            "get",
            "is",
            "log",
            "matches",
        ),
        *(
            "median",
            "mode",
            "modulo",
            "number",
            "odd",
            "product",
            "range",
            "remove",
            "replace",
            "reverse",
            "round",
        ),
        *("sort", "split", "sqrt", "stddev", "string", "substring", "sublist", "union"),
    )
)


def shape_problems(expr: syntax.Expr) -> list[LanguageProblem]:
    """Every such problem in ``expr``, in the order of the text."""
    problems: list[LanguageProblem] = []
    _visit(expr, 0, problems)
    return problems


def _visit(expr: syntax.Expr, loops: int, problems: list[LanguageProblem]) -> None:
    def report(code: str, **params: object) -> None:
        problems.append(LanguageProblem(code, expr.start, expr.end, params))

    if isinstance(expr, syntax.Filter | syntax.Quantified):
        around, inside = expr.children()
        _visit(around, loops, problems)
        if loops == MAX_LOOPS:
            report("too-many-loops", limit=MAX_LOOPS)
        else:
            _visit(inside, loops + 1, problems)
        return
    if isinstance(expr, NegatedTests):
        report("unary-tests-as-expression")
    elif isinstance(expr, syntax.OperatorTest) and expr.operator in ("=", "!="):
        report("test-as-value", found=expr.operator)
    elif isinstance(expr, syntax.ListOf) and len(expr.items) > MAX_LIST:
        report("list-too-long", limit=MAX_LIST, found=len(expr.items))
    elif isinstance(expr, syntax.Call):
        problems += call_problems(expr)
    for child in expr.children():
        if isinstance(expr, syntax.In) and isinstance(child, syntax.OperatorTest):
            child = child.operand
        _visit(child, loops, problems)


def call_problems(call: syntax.Call) -> list[LanguageProblem]:
    """Whether there is such a function with so many parameters."""
    name = call.function
    end = call.start + len(name) if call.end else 0

    def one(code: str, **params: object) -> list[LanguageProblem]:
        return [LanguageProblem(code, call.start, end, params)]

    function = FUNCTIONS.get(name)
    if function is None:
        if name in _CLOCK:
            return one("outside-clock", found=name)
        if name in _TIMES:
            return one("outside-time", found=name)
        if name in OUTSIDE:
            return one("outside-builtin", found=name)
        near = nearest(name, FUNCTIONS)
        if near is None:
            return one("unknown-function", found=name)
        return one("unknown-function-near", found=name, nearest=near)
    if not function.accepts(len(call.arguments)):
        found = len(call.arguments)
        return one("wrong-argument-count", function=name, expected=function.counts(), found=found)
    return []
