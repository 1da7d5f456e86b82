"""Every message about data exists in both languages, is used, and names the same things in both."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import engine.facts
from engine.messages.facts import TABLE

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(engine.facts.__file__).parent.glob("*.py"))


def names(template: str) -> set[str]:
    return {re.sub(r"_(zh|en)$", "", name) for _, name, _, _ in Formatter().parse(template) if name} - {
        "zh",
        "en",
        "rows",
    }


@pytest.mark.parametrize("key", sorted(TABLE))
def test_a_message(key):
    english, chinese = TABLE[key]
    assert names(english) == names(chinese)
    assert not english.endswith(".") or key.startswith("template.")
    stem = key.removesuffix("-near")
    dynamic = key.startswith("template.guide-") or stem.removeprefix("template.") in (
        "unit",
        "name",
        "kind",
        "observed",
        "by",
    )
    assert dynamic or f'"{key}"' in CODE or f'"{stem}"' in CODE


def test_every_key_that_the_code_names_has_a_message():
    assert set(re.findall(r'"((?:data|template)\.[a-z-]+)"', CODE)) <= TABLE.keys()
