"""Canonical JSON against the rules of RFC 8785 and against another implementation."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from engine.ledger.canonical import canonical

_texts = st.text(st.characters(exclude_categories=("Cs",)))
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),  # the string of section 3.2.2.2
        ("\x7f\u2028 ", '"\x7f\u2028 "'),
        # the example of section 3.2.3: in UTF-16 the smiley comes before the last two
        (
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "\u00f6": 7},
            '{"\\r":2,"1":4,"\x80":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}',
        ),
    ],
)
def test_the_rules(value: object, expected: str) -> None:
    assert canonical(value) == expected.encode()  # type: ignore[arg-type]


@given(_values)
def test_as_another_implementation_writes_it(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1.5, {"a": 0.0}, [b"x"], {1: 2}, {"a": {1, 2}}])
def test_what_has_no_place_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, 2**53])
def test_what_cannot_be_written_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"surrogates|2\^53"):
        canonical(value)  # type: ignore[arg-type]
