"""What a document's data are: the YAML 1.2 core schema, exact decimals, and the same data as were written."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.project.yaml import parse_yaml
from engine.project.yaml.anatomy import WIDE

PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])


def data(text: str, pure: bool = False) -> Any:
    result = parse_yaml(text, "t.yaml", pure=pure)
    assert [d.code for d in result.diagnostics] == []
    assert result.document is not None
    return result.document.data


@PARSERS
@pytest.mark.parametrize(
    ("written", "value"),
    [
        # YAML 1.1 takes these for something else
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("010", 10),
        ("1:30", "1:30"),
        ("2018-07-25", "2018-07-25"),
        ("2024-02-31", "2024-02-31"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        # the core schema
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("Null", None),
        ("", None),
        ("0o17", 15),
        ("0x1F", 31),
        ("-7", -7),
        ("+7", 7),
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal("1000")),
        ("12.", Decimal("12")),
        ("'10'", "10"),
        ('"true"', "true"),
        (">\n  folded\n  text", "folded text\n"),
        ("京", "京"),
    ],
)
def test_a_scalar_is_what_the_core_schema_says(written: str, value: Any, pure: bool) -> None:
    found = data(f"key: {written}\n", pure)["key"]
    assert (found, type(found)) == (value, type(value))


@PARSERS
@pytest.mark.parametrize(
    "text", ["a: 1\nb: [京, 2]\n", "a: 1\r\nb: [京, 2]\r\n", "a: 1\rb: [京, 2]\r", "\ufeffa: 1\nb: [京, 2]"]
)
def test_line_ends_and_a_byte_order_mark_do_not_matter(text: str, pure: bool) -> None:
    assert data(text, pure) == {"a": 1, "b": ["京", 2]}
    result = parse_yaml(text.encode(), "t.yaml", pure=pure)
    assert result.document is not None
    place = result.document.key_location(("b",))
    assert (place.line, place.column) == (2, 1)


def test_an_alias_stands_for_the_value_it_names() -> None:
    assert data("a: &x {k: [1]}\nb: *x\n") == {"a": {"k": [1]}, "b": {"k": [1]}}


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters=WIDE + "\u2028\u2029"),
    max_size=20,
)
#: PyYAML writes for YAML 1.1 and leaves `0o7` and `1E0` plain, which 1.2 reads as numbers.
NO_NUMBER = TEXT.filter(lambda text: re.match(r"[-+.]*[0-9]", text) is None)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), NO_NUMBER, st.sampled_from(["no", "010", "> 3"])
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NO_NUMBER, inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(
    TREES.filter(lambda tree: isinstance(tree, list | dict)),
    st.sampled_from(["json", "block", "flow"]),
    st.booleans(),
)
def test_what_is_written_is_read(tree: Any, style: str, pure: bool) -> None:
    if style == "json":
        text = json.dumps(tree, ensure_ascii=False)
    else:
        # The texts that 1.1 alone takes for something else are quoted here, which does no harm.
        text = yaml.safe_dump(
            tree,
            allow_unicode=True,
            default_flow_style=style == "flow",
            width=30,
        )
    result = parse_yaml(text, "t.yaml", pure=pure)
    assert [d.code for d in result.diagnostics if d.severity == "error"] == []
    assert result.document is not None
    assert result.document.data == tree


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(TEXT, TEXT | st.lists(TEXT, max_size=3), max_size=4),
    st.sampled_from(['"', "'", "|", ">"]),
    st.booleans(),
)
def test_texts_are_read_in_every_style(tree: Any, style: str, pure: bool) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_style=style, width=20)
    result = parse_yaml(text, "t.yaml", pure=pure)
    assert [d.code for d in result.diagnostics if d.severity == "error"] == []
    assert result.document is not None
    assert result.document.data == tree
