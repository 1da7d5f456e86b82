"""What holds for every expression and every context."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from language_strategies import CONTEXT, EXPRESSIONS, TYPES, VALUES

from engine.language import (
    Interval,
    LanguageError,
    PartialList,
    Unknown,
    check,
    compile,
    free_names,
    parse,
    substitute,
    to_text,
)
from engine.language.compare import same
from engine.language.syntax import Literal

RELAXED = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def parsed(text):
    """The expression, or None for one that nests too deeply."""
    codes: set[str] = set()
    try:
        return parse(text)
    except LanguageError as error:
        codes = {problem.code for problem in error.problems}
    assert codes <= {"nested-too-deeply", "too-many-loops"}
    return None


@st.composite
def hidden(draw):
    """A complete context, and the same one with some names and some cells of rows not known."""
    full = draw(CONTEXT)
    known = {name: value for name, value in full.items() if draw(st.booleans())}
    if "rows" in known:
        rows = []
        for i, row in enumerate(known["rows"], start=1):
            cells = {
                c: v if draw(st.booleans()) else Unknown(frozenset({f"rows[{i}].{c}"}))
                for c, v in row.items()
            }
            rows.append(cells)
        known["rows"] = tuple(rows)
    # A fact that turns out to be null is also a way of becoming known.
    if draw(st.booleans()):
        name = draw(st.sampled_from(sorted(VALUES)))
        if name not in known:
            full = {**full, name: None}
    return full, known


def agrees(before, after):
    """Whether ``after`` is one of the values that ``before`` leaves open."""
    if isinstance(before, Interval):
        return (
            isinstance(after, Decimal)
            and (before.low is None or before.low <= after)
            and (before.high is None or after <= before.high)
        )
    if isinstance(before, PartialList):
        return isinstance(after, tuple) and len(after) <= len(before.entries)
    return isinstance(before, Unknown) or same(before, after)


@RELAXED
@given(EXPRESSIONS, hidden())
def test_learning_a_fact_never_changes_what_was_decided(text, contexts):
    full, known = contexts
    expr = parsed(text)
    if expr is None:
        return
    run = compile(expr)
    before, after = run(known), run(full)
    assert agrees(before, after), (text, before, after)


@RELAXED
@given(EXPRESSIONS, hidden())
def test_an_unknown_result_names_facts_that_are_missing(text, contexts):
    full, known = contexts
    expr = parsed(text)
    if expr is None:
        return
    result = compile(expr)(known)
    if isinstance(result, Unknown):
        cells = {f"rows[{i}].{c}" for i in range(1, 5) for c in ("n", "k", "ok")}
        assert result.facts
        assert result.facts <= (VALUES.keys() - known.keys()) | cells
    if not (known.keys() ^ full.keys()) and same(known.get("rows"), full["rows"]):
        assert not isinstance(result, Unknown)


@RELAXED
@given(EXPRESSIONS, CONTEXT)
def test_a_well_typed_expression_has_a_value_of_its_type(text, context):
    expr = parsed(text)
    if expr is None:
        return
    type_, problems = check(expr, TYPES)
    # A range in which nothing lies is pointed out as a slip; it is a condition like any other.
    assert {p.code for p in problems} <= {"range-reversed", "range-empty"}
    value = compile(expr)(context)
    kinds = {"Number": Decimal, "Boolean": bool}
    assert isinstance(value, kinds[type(type_).__name__]), (text, value)


@RELAXED
@given(EXPRESSIONS)
def test_the_canonical_text_gives_the_same_tree(text):
    expr = parsed(text)
    if expr is not None:
        assert parse(to_text(expr)) == expr
        assert hash(parse(to_text(expr))) == hash(expr)


@RELAXED
@given(EXPRESSIONS, hidden(), st.sets(st.sampled_from(sorted(VALUES))))
def test_constants_columns_and_substitution_change_no_result(text, contexts, fixed):
    _, known = contexts
    expr = parsed(text)
    if expr is None:
        return
    plain = compile(expr)(known)
    constants = {name: known[name] for name in fixed if name in known}
    rest = {name: value for name, value in known.items() if name not in constants}
    columns = {"rows": frozenset({"n", "k", "ok"})}
    for other in (compile(expr, constants)(rest), compile(expr, constants, columns)(rest)):
        assert repr(other) == repr(plain)
    literals = {name: Literal(value) for name, value in constants.items()}
    assert repr(compile(substitute(expr, literals))(rest)) == repr(plain)


@RELAXED
@given(EXPRESSIONS, CONTEXT)
def test_only_free_names_are_read(text, context):
    expr = parsed(text)
    if expr is None:
        return
    names = free_names(expr, {"rows": frozenset({"n", "k", "ok"})})
    assert names <= VALUES.keys()
    read = {name: value for name, value in context.items() if name in names}
    assert same(compile(expr)(read), compile(expr)(context))
