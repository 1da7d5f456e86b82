"""The message table: complete in both languages, with the same parameters, and nothing unused or undefined."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from engine import messages

ROOT = Path(__file__).resolve().parents[1]
TABLE = messages.table()
HAN = re.compile(r"[\u4e00-\u9fff]")


def parameters(template: str) -> set[str]:
    """Parameter names; a name given in both languages, as `fact_zh` and `fact_en`, counts as one."""
    return {
        re.sub("(^|_)(zh|en)$", "", re.split(r"[.\[]", name)[0])
        for _, name, _, _ in string.Formatter().parse(template)
        if name
    }


@pytest.mark.parametrize("key", sorted(TABLE))
def test_a_message_says_the_same_in_both_languages(key: str) -> None:
    english, chinese = TABLE[key]
    assert english.strip(), "the English text is missing"
    assert chinese.strip(), "the Chinese text is missing"
    assert parameters(english) == parameters(chinese)


@pytest.mark.parametrize("key", sorted(k for k in TABLE if k.startswith("error.")))
def test_an_error_is_in_the_house_style(key: str) -> None:
    english, chinese = TABLE[key]
    first = english.lstrip("`{")[:1]
    assert english.startswith(("`", "{")) or first == first.lower() or english.split()[0].isupper(), english
    assert not english.endswith("."), english
    assert not chinese.endswith("。"), chinese
    assert HAN.search(chinese), chinese


def test_every_error_code_used_in_the_engine_is_in_the_table() -> None:
    """A code is the string given to a reporter; the table must have its message."""
    codes = set()
    for path in (ROOT / "engine" / "project").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("at_value", "at_key", "add", "_wrong", "in_file", "unknown"):
                texts = (a.value for a in node.args if isinstance(a, ast.Constant))
                codes |= {t for t in texts if isinstance(t, str) and "-" in t and "/" not in t}
    assert codes
    assert {c for c in codes if not messages.known(f"error.{c}")} == set()


def test_every_reason_for_not_computing_in_columns_is_in_the_table() -> None:
    """A rule that has no columnar form is named in a run's report, with the reason in words."""
    keys = set()
    for path in (ROOT / "engine" / "batch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "NotColumnar"
            ):
                texts = (n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant))
                keys |= {text for text in texts if isinstance(text, str) and text.startswith("batch.")}
                assert any(isinstance(n, ast.Constant) for n in ast.walk(node.args[0])), (
                    f"{path}:{node.lineno}"
                )
    assert len(keys) > 15
    assert {key for key in keys if not messages.known(key)} == set()
    assert {key for key in TABLE if key.startswith("batch.why.")} == keys


def test_every_reason_for_evaluating_a_unit_alone_is_in_the_table() -> None:
    from engine.batch.reasons import REASONS

    assert {key.removeprefix("batch.reason.") for key in TABLE if key.startswith("batch.reason.")} == set(
        REASONS
    )
