"""Where things stand: keys, values, and characters inside a value."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.diagnostics import Location
from engine.project.yaml import Document, parse_yaml

PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])

RULES = """\
criteria:
  - id: petitions.repeated
    name: {zh: 反复上访, "en": Repeated}
    when:
      all:
        - 未结: true
        - "最长": '> limit'   # months
    note: >-
      folded text
      goes on

      after a gap
"""


def document(text: str, pure: bool = False) -> Document:
    result = parse_yaml(text, "t.yaml", pure=pure)
    assert result.document is not None
    return result.document


def under(doc: Document, place: Location) -> str:
    """The characters that a location covers."""
    return doc.lines[place.line - 1][place.column - 1 : place.column - 1 + place.length]


@PARSERS
@pytest.mark.parametrize(
    ("path", "line", "key", "value"),
    [
        (("criteria",), (1, 2), "criteria", "-"),
        (("criteria", 0), (2, 2), "id", "id"),
        (("criteria", 0, "id"), (2, 2), "id", "petitions.repeated"),
        (("criteria", 0, "name"), (3, 3), "name", '{zh: 反复上访, "en": Repeated}'),
        (("criteria", 0, "name", "en"), (3, 3), '"en"', "Repeated"),
        (("criteria", 0, "when", "all", 0), (6, 6), "未结", "未结"),
        (("criteria", 0, "when", "all", 1, "最长"), (7, 7), '"最长"', "'> limit'"),
        (("criteria", 0, "note"), (8, 8), "note", ">-"),
        # what the document does not have leads to what it has
        (("criteria", 0, "union-tag", "id"), (2, 2), "id", "petitions.repeated"),
        (("criteria", 0, "nmae", "zh"), (2, 2), "id", "id"),
        (("criteria", 9), (1, 2), "criteria", "-"),
        ((), (1, 1), "criteria", "criteria"),
    ],
)
def test_keys_and_values(
    path: tuple[Any, ...], line: tuple[int, int], key: str, value: str, pure: bool
) -> None:
    doc = document(RULES, pure)
    at_key, at_value = doc.key_location(path), doc.value_location(path)
    assert (at_key.line, at_value.line) == line
    assert (under(doc, at_key), under(doc, at_value)) == (key, value)
    assert doc.source_line(at_key) == RULES.split("\n")[at_key.line - 1]


@PARSERS
@pytest.mark.parametrize(
    ("text", "word", "line", "covered"),
    [
        ("k: a > limit\n", "limit", 1, "limit"),
        ("k: a >\n  limit and b\n", "limit", 2, "limit"),
        ("k: a >\n\n  limit\n", "limit", 3, "limit"),
        ("k: 'it''s limit'\n", "limit", 1, "limit"),
        ("k: 'it''s'\n", "'s", 1, "''"),
        ('k: "a \\"x\\" limit"\n', "limit", 1, "limit"),
        ('k: "\\u4eac limit"\n', "京", 1, "\\u4eac"),
        ('k: "a \\\n    limit"\n', "limit", 2, "limit"),
        ('k: "a  \n\n   limit"\n', "limit", 3, "limit"),
        ("k: |\n  a\n  limit\n", "limit", 3, "limit"),
        ("k: |2+ # c\n    a\n\n  limit\n\n", "limit", 4, "limit"),
        ("k: >\n  a\n  b limit\n", "limit", 3, "limit"),
        ("k: >-\n  a\n\n   more\n  limit\n", "limit", 5, "limit"),
        ("- k: >\n\n    a\n    limit\n- b\n", "limit", 4, "limit"),
        ("k: &x a limit\nl: *x\n", "limit", 1, "limit"),
    ],
)
def test_a_word_inside_a_value(text: str, word: str, line: int, covered: str, pure: bool) -> None:
    doc = document(text, pure)
    path: tuple[str | int, ...] = ("k",) if isinstance(doc.data, dict) else (0, "k")
    value = doc.data["k"] if isinstance(doc.data, dict) else doc.data[0]["k"]
    start = value.index(word)
    place = doc.text_location(path, start, start + len(word))
    assert (place.line, under(doc, place)[: len(covered)]) == (line, covered)


def test_the_end_of_a_text_is_after_its_last_character() -> None:
    doc = document("k: 'a >'\n")
    assert doc.text_location(("k",), 3, 3) == Location("t.yaml", 1, 8, 1)


def test_styles() -> None:
    doc = document("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: [x]\n")
    assert [doc.style((key,)) for key in "abcde"] == ["plain", "quoted", "quoted", "block", "collection"]


WORDS = st.text("ab 京>\"'\\#:\n-", min_size=1, max_size=30)


@settings(max_examples=300, deadline=None)
@given(WORDS, st.sampled_from([None, '"', "'", "|", ">"]), st.integers(8, 40), st.booleans())
@example(" :::::: :", ">", 8, False)
def test_every_character_of_a_text_has_its_place(
    text: str, style: str | None, width: int, pure: bool
) -> None:
    """Outside escapes and folds, the character at the place of a value's character is that character."""
    source = yaml.safe_dump({"k": [text]}, default_style=style, width=width, allow_unicode=True)
    # The writer folds some texts that begin with a blank in a place where a fold is a line break; what was written counts.
    (text,) = yaml.safe_load(source)["k"]
    doc = document(source, pure)
    assert isinstance(doc.data, dict)
    assert doc.data == {"k": [text]}
    for n, character in enumerate(text):
        place = doc.text_location(("k", 0), n, n + 1)
        found = doc.lines[place.line - 1][place.column - 1 :][:1]
        if character in "ab京>#:-":
            assert found == character, (source, n, place)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.text("ab京: #'", max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("abc京: #'", max_size=4), inner, max_size=3)
        ),
        max_leaves=12,
    ).filter(lambda tree: isinstance(tree, dict)),
    st.booleans(),
    st.booleans(),
)
def test_a_keys_location_covers_the_key(tree: dict[str, Any], flow: bool, pure: bool) -> None:
    doc = document(yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, width=1000), pure)

    def walk(here: Any, path: tuple[str | int, ...]) -> None:
        inside = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
        for key, value in inside:
            if isinstance(key, str):
                assert yaml.safe_load(under(doc, doc.key_location((*path, key)))) == (key)
            if isinstance(value, str | int):
                assert yaml.safe_load(under(doc, doc.value_location((*path, key)))) == value
            walk(value, (*path, key))

    walk(tree, ())
