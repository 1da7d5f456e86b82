"""Text in columns: Chinese lines up, nothing is wider than it may be, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diagnostics import display_width
from engine.wording.columns import table, wrap

WORDS = st.text(alphabet="ab。，（）中文字 -x1", max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("信访登记中的记录", 6, ["信访登", "记中的", "记录"]),
        ("第三条，记录。", 8, ["第三条，", "记录。"]),
        ("第三条，记录。", 7, ["第三", "条，记", "录。"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 10, [""]),
        ("a\nb", 10, ["a", "b"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(WORDS, st.integers(min_value=4, max_value=40))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4), st.integers(min_value=24, max_value=80))
def test_tables_keep_to_their_width(rows: list[tuple[str, str, str]], width: int) -> None:
    assert all(display_width(line) <= width for line in table(("甲", "b", "c"), rows, width))


def test_a_table() -> None:
    rows = [("东湖社区", "weak", "损坏类、失管类"), ("x", "undetermined", "-")]
    assert table(("单位", "verdict", "类别"), rows, 34) == [
        "单位      verdict       类别",
        "--------  ------------  ----------",
        "东湖社区  weak          损坏类、失",
        "                        管类",
        "x         undetermined  -",
    ]
