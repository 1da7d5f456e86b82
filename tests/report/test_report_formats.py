"""Machine formats: exact numbers, cells that start no formula, annotations that cannot be broken out of."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diagnostics import Diagnostic, Location
from engine.report.csv_text import harmless
from engine.report.diagnostics_report import diagnostics_github, diagnostics_json
from engine.report.github import annotation
from engine.wording.json_text import dumps

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abc"\\\n中'), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1, 2]))
def test_json_reads_back_as_what_was_written(value: object, indent: int | None) -> None:
    assert json.loads(dumps(value, indent)) == value


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("3", "3"),
        ("3.00", "3"),
        ("0.10", "0.1"),
        ("1E+3", "1000"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("-0.5", "-0.5"),
        ("100", "100"),
    ],
)
def test_decimals_are_written_digit_for_digit(number: str, written: str) -> None:
    assert dumps(Decimal(number)) == written


def test_what_json_has_no_form_for_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps(object())


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_cells_that_would_be_formulas_are_texts(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "东湖社区", "1-2", " =1"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.text(), st.text(min_size=1))
def test_an_annotation_is_one_line_with_its_own_properties(message: str, file: str) -> None:
    shown = annotation("error", message, file, 3, 7, "a,b:c")
    head, _, data = shown.removeprefix("::error ").partition("::")
    assert "\n" not in shown
    assert "\r" not in shown
    assert len(head.split(",")) == 4
    assert data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") == message


def test_diagnostics_as_annotations_and_json() -> None:
    found = [
        Diagnostic("missing-key", Location("policy/a.yaml", 3, 5, 2), {"key": "zh"}),
        Diagnostic("missing-policy-file", Location("policy/b.yaml")),
    ]
    assert list(diagnostics_github(found, "en")) == [
        "::error file=policy/a.yaml,line=3,col=5,title=missing-key::`zh` is missing%0Aadd a line `zh: …`",
        "::error file=policy/b.yaml,title=missing-policy-file::this file is missing%0A"
        "every project has it; `plumbline init --empty DIR` shows what it looks like",
    ]
    written = json.loads(diagnostics_json(found, "zh"))["diagnostics"]
    assert written[0] == {
        "file": "policy/a.yaml",
        "line": 3,
        "column": 5,
        "length": 2,
        "severity": "error",
        "code": "missing-key",
        "message": "缺少 `zh`",
        "help": "加一行 `zh: …`",
    }
