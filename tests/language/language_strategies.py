"""Random expressions, with the values and types of the names that they use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from engine.language import Boolean, Date, ListOf, Number, Row, String

TYPES = {
    "x": Number(),
    "y": Number(),
    "b": Boolean(),
    "c": Boolean(),
    "s": String(("京", "省", "市")),
    "d": Date(),
    "rows": ListOf(Row({"n": Number(), "k": String(("京", "省", "市")), "ok": Boolean()})),
}
SMALL = st.integers(-3, 4).map(Decimal)
LEVEL = st.sampled_from(["京", "省", "市"])
DAY = st.dates(date(2018, 1, 1), date(2018, 1, 9))
ROW = st.fixed_dictionaries({"n": SMALL, "k": LEVEL, "ok": st.booleans()})
VALUES = {
    "x": SMALL,
    "y": SMALL,
    "b": st.booleans(),
    "c": st.booleans(),
    "s": LEVEL,
    "d": DAY,
    "rows": st.lists(ROW, max_size=4).map(tuple),
}
CONTEXT = st.fixed_dictionaries(VALUES)
COMPARATOR = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


def numbers(columns: bool = False) -> st.SearchStrategy[str]:
    """Texts of well-typed expressions that give a number. With ``columns`` they stand inside a filter of rows."""
    return st.deferred(lambda: _NUMBERS[columns])


def booleans(columns: bool = False) -> st.SearchStrategy[str]:
    """Texts of well-typed conditions."""
    return st.deferred(lambda: _BOOLEANS[columns])


def _build(template: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # Deferred, for hypothesis spells out every strategy that it warns about, and these are recursive.
    return st.deferred(lambda: st.builds(lambda **found: template.format(**found), **parts))


def _number_forms(columns: bool) -> st.SearchStrategy[str]:
    n, t = numbers(columns), booleans(columns)
    names = ["x", "y"] + (["n", "item.n"] if columns else [])
    simple = st.integers(0, 4).map(str) | st.sampled_from(names)
    forms = [
        simple,
        simple,
        simple,
        _build("({a} {o} {b})", a=n, b=n, o=st.sampled_from("+-*")),
        _build("-{a}", a=simple),
        _build("{f}({a})", f=st.sampled_from(["abs", "floor", "ceiling"]), a=n),
        _build("decimal({a}, 1)", a=n),
        _build("{f}({a}, {b})", f=st.sampled_from(["min", "max", "sum", "mean"]), a=n, b=n),
        _build("(if {t} then {a} else {b})", t=t, a=n, b=n),
    ]
    if not columns:
        inner = booleans(True)
        forms += [
            _build("count(rows[{t}])", t=inner),
            _build("sum([{a}, count(rows[{t}])])", a=n, t=inner),
        ]
    return st.one_of(forms)


def _boolean_forms(columns: bool) -> st.SearchStrategy[str]:
    n, t = numbers(columns), booleans(columns)
    names = ["b", "c"] + (["ok", "ok"] if columns else [])
    text = st.sampled_from(["s", "k"] if columns else ["s"])
    simple = st.sampled_from([*names, "true", "false"])
    level = LEVEL.map(lambda v: f'"{v}"')
    forms = [
        simple,
        _build("{a} {o} {b}", a=n, o=COMPARATOR, b=n).map(lambda v: f"({v})"),
        _build("({a} {o} {b})", a=t, b=t, o=st.sampled_from(["and", "or"])),
        _build("({a} {o} {b} {o} {c})", a=t, b=t, c=t, o=st.sampled_from(["and", "or"])),
        _build("not({a})", a=t),
        _build("({a} in [0..2])", a=n),
        _build("({a} in (1, > 2, (-2..0)))", a=n),
        _build("({a} between -1 and {b})", a=n, b=n),
        _build("({a} = {b})", a=text, b=level),
        _build("({a} in ({b}, {c}))", a=text, b=level, c=level),
        _build('(d {o} @"2018-01-04")', o=COMPARATOR),
        st.just('(d in [@"2018-01-02"..@"2018-01-05"])'),
        _build("(if {t} then {a} else {b})", t=t, a=t, b=t),
    ]
    if not columns:
        forms += [
            _build("(some r in rows satisfies r.n > {a})", a=n),
            _build("(every r in rows satisfies (r.ok or r.n < {a}))", a=n),
            _build("(every r in rows[{t}] satisfies r.k != {k})", t=booleans(True), k=level),
            _build("({a} in rows.n)", a=n),
            _build("(rows[{t}] = rows)", t=booleans(True)),
        ]
    return st.one_of(forms)


_NUMBERS = {columns: _number_forms(columns) for columns in (False, True)}
_BOOLEANS = {columns: _boolean_forms(columns) for columns in (False, True)}
EXPRESSIONS = (numbers() | booleans()).filter(lambda text: len(text) < 1_000)
