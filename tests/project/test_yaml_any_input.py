"""Whatever the input, reading ends, raises nothing, and says where; the two parsers agree on what they both accept."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.diagnostics import render
from engine.project.yaml import ReadResult, parse_yaml

PIECES = st.sampled_from(
    ["a", "京", ":", ": ", "：", "- ", "-", " ", "  ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", "，", '"', "'", "“", "”",
     "#", " #", "&a", "*a", "!", "!!x ", "|", ">", "> 3", "%", "@", "`", "\\", "\\n", "?", "? ", "---\n", "...\n", "<<: ",
     "1", "0x", "1e", ".inf", "~", "\r", "\u3000", "\u00a0", "\x85", "\u2028", "\ufeff", "..", "5)", "］", "\x07",
     "\U0001f600"]
)  # fmt: skip
FRAGMENTS = st.lists(PIECES, max_size=40).map("".join)


def check(result: ReadResult) -> None:
    for diagnostic in result.diagnostics:
        place = diagnostic.location
        assert place.line >= 0
        assert place.column >= (1 if place.line else 0)
        assert place.line == 0 or diagnostic.source_line is not None
        assert render(diagnostic, "zh")
        assert render(diagnostic, "en")
    assert result.document is not None or result.failed


@settings(max_examples=600, deadline=None)
@given(FRAGMENTS, st.booleans())
@example('"\\', True)
@example("a: !<\n", True)
@example("%YAML 99999999999999999999.1\n---\na", True)
@example("%YAML 1.99999999999999999999\n---\na", False)
@example("\ud800", False)
@example('"\\uD800"', False)
@example('"\\uD800"', True)
@example("!<%ff> a", True)
def test_any_text_is_read_or_refused(text: str, pure: bool) -> None:
    check(parse_yaml(text, "x.yaml", pure=pure))


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60)
    | FRAGMENTS.map(lambda text: text.encode("gb18030"))
    | FRAGMENTS.map(lambda t: t.encode("utf-16"))
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    check(parse_yaml(content, "x.yaml"))


@settings(max_examples=300, deadline=None)
@given(FRAGMENTS)
@example('"\r"')
def test_every_place_of_a_document_lies_in_its_text(text: str) -> None:
    document = parse_yaml(text, "x.yaml").document
    if document is None:
        return
    stack: list[tuple[tuple[str | int, ...], object]] = [((), document.data)]
    while stack:
        path, here = stack.pop()
        places = [document.key_location(path), document.value_location(path)]
        if isinstance(here, str):
            places += [document.text_location(path, n, n + 1) for n in range(len(here) + 1)]
        for place in places:
            assert 1 <= place.line <= len(document.lines)
            assert document.source_line(place) == document.lines[place.line - 1]
            assert 1 <= place.column <= len(document.lines[place.line - 1]) + 1
        if isinstance(here, dict):
            stack.extend(((*path, key), value) for key, value in here.items())
        elif isinstance(here, list):
            stack.extend(((*path, index), value) for index, value in enumerate(here))
