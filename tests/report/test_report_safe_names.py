"""Names of files that every system takes, and text that cannot leave its line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.report.safe_names import safe_name
from engine.wording.one_line import one_line


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("党工委书记",), "党工委书记"),
        (("督办", "东湖社区"), "督办-东湖社区"),
        # whatever had to be changed ends in eight digits of its digest
        (("a/b",), "a_b-########"),
        (("..",), "_-########"),
        (("CON",), "_CON-########"),
        (("nul.txt",), "_nul.txt-########"),
        (("东湖\r\n社区",), "东湖 社区-########"),
        (("Straße",), "Straße-########"),
        (("长" * 90,), "长" * 60 + "-########"),
    ],
)
def test_names(parts: tuple[str, ...], name: str) -> None:
    assert re.sub("-[0-9a-f]{8}$", "-########", safe_name(*parts)) == name


def test_a_mark_tells_two_notices_of_one_unit_apart() -> None:
    first, second = safe_name("督办", "东湖社区", mark="1"), safe_name("督办", "东湖社区", mark="2")
    assert (first, second) == ("督办-东湖社区-6b86b273", "督办-东湖社区-d4735e3a")


@given(st.text(min_size=1, max_size=300), st.text(max_size=5))
def test_a_name_is_safe_everywhere(said: str, mark: str) -> None:
    name = safe_name(said, mark=mark)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" .") and name not in ("", ".", "..")
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", name)
    assert len((name + ".docx").encode("utf-8")) <= 255


@given(st.text(max_size=40), st.text(max_size=40))
def test_two_things_have_two_names_even_where_case_does_not_count(one: str, other: str) -> None:
    assert (one == other) == (safe_name(one).casefold() == safe_name(other).casefold())


@given(st.text(max_size=40))
def test_a_line_stays_one_line(said: str) -> None:
    shown = one_line(said)
    assert shown.splitlines() in ([], [shown])
    assert shown == "" or shown.isprintable()
    assert one_line(shown) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("东湖社区", "东湖社区"),
        (" 东湖 社区 ", "东湖 社区"),
        ("东湖\r\nEND:VEVENT", "东湖 END:VEVENT"),
        ("东湖\x1b[31m社区", "东湖 [31m社区"),
        ("a\u2028b\u202ec\x0bd\x85e", "a b c d e"),
    ],
)
def test_one_line(said: str, shown: str) -> None:
    assert one_line(said) == shown
