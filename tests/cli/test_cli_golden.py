"""What people see, word for word, in both languages.

The files in golden/ are written anew only by ``PLUMBLINE_WRITE_GOLDEN=1 pytest tests/cli/test_cli_golden.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import cli
from engine.diagnostics import display_width

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
UNITS, BAD = "data/units.json", "data/bad.json"
DAY = ("--as-of", "2018-12-31")

#: name of the golden file → the command line, run inside the project lanterns/
CASES = {
    "help": ("--help",),
    "help-evaluate": ("evaluate", "--help"),
    "check": ("check",),
    "test": ("test",),
    "evaluate": ("evaluate", UNITS, *DAY),
    "evaluate-bad": ("evaluate", BAD, *DAY),
    "evaluate-param": ("evaluate", UNITS, *DAY, "--param", "repeated_damage=2", "--unit", "u-02"),
    "evaluate-json": ("evaluate", UNITS, BAD, *DAY, "--format", "json"),
    "evaluate-jsonl": ("evaluate", UNITS, *DAY, "--format", "jsonl"),
    "evaluate-csv": ("evaluate", UNITS, *DAY, "--format", "csv"),
    "evaluate-github": ("evaluate", BAD, *DAY, "--format", "github"),
    "explain-true": ("explain", UNITS, "东湖社区", *DAY),
    "explain-unknown": ("explain", UNITS, "u-02", *DAY),
    "explain-conflict": ("explain", UNITS, "u-03", "失管类", *DAY),
    "explain-out-of-scope": ("explain", UNITS, "u-04", *DAY),
    "explain-table": ("explain", UNITS, "u-01", "责任领导", *DAY),
    "explain-json": ("explain", UNITS, "u-02", "lantern_damage", *DAY, "--format", "json"),
    "explain-mermaid": ("explain", UNITS, "u-03", *DAY, "--format", "mermaid"),
    "explain-depth": ("explain", UNITS, "u-02", *DAY, "--depth", "2"),
    "explain-decisive": ("explain", UNITS, "u-01", *DAY, "--only", "decisive"),
    "explain-only-unknown": ("explain", UNITS, "u-02", *DAY, "--only", "unknown"),
    "explain-why-not": ("explain", UNITS, "u-02", *DAY, "--why-not", "weak"),
    "explain-why-not-json": ("explain", UNITS, "u-03", *DAY, "--why-not", "weak", "--format", "json"),
    "explain-why-not-through": ("explain", UNITS, "u-02", "neglect", *DAY, "--why-not", "weak"),
    "explain-why-not-limit": ("explain", UNITS, "u-02", *DAY, "--why-not", "需要整改", "--limit", "1"),
    "explain-svg": ("explain", UNITS, "u-03", *DAY, "--only", "decisive", "--format", "svg"),
    "whatif": ("whatif", UNITS, "u-02", *DAY, "--set", "不亮天数=40", "--param", "repeated_damage=2"),
    "whatif-json": (
        "whatif",
        UNITS,
        "u-02",
        *DAY,
        "--set",
        "keeper=?",
        "--set",
        "damage[3].day=2018-12-30",
        "--format",
        "json",
    ),
    "whatif-later": ("whatif", UNITS, "u-01", *DAY, "--then-as-of", "2020-12-31"),
    "flip": ("flip", UNITS, "u-01", *DAY),
    "flip-json": ("flip", UNITS, "u-02", "weak", *DAY, "--format", "json"),
    "ask": ("ask", UNITS, "u-02", *DAY),
    "ask-json": ("ask", UNITS, "u-03", *DAY, "--format", "json"),
    "wrong-set": ("whatif", UNITS, "u-01", *DAY, "--set", "keper=是"),
    "wrong-set-form": ("whatif", UNITS, "u-01", *DAY, "--add", "damage"),
    "wrong-set-many": (
        "whatif",
        UNITS,
        "u-01",
        *DAY,
        "--set",
        "keper=是",
        "--set",
        "=3",
        "--param",
        "none=1",
    ),
    "wrong-flip-scope": ("flip", UNITS, "u-04", *DAY),
    "rule-criterion": ("rule", "lantern_damage.repeated"),
    "rule-table": ("rule", "leader"),
    "wrong-nothing-given": ("report",),
    "wrong-words-missing": ("explain",),
    "wrong-spare-word": ("ledger", "head", "ledger.sqlite"),
    "wrong-many-values": ("explain", UNITS, "u-01", "--as-of", "2018", "--depth", "-1", "--limit", "x"),
    "wrong-no-date": ("evaluate", UNITS),
    "wrong-date": ("evaluate", UNITS, "--as-of", "2018-02-30"),
    "wrong-date-form": ("evaluate", UNITS, "--as-of", "2018年12月31日"),
    "wrong-before-plan": ("evaluate", UNITS, "--as-of", "2017-12-31"),
    "wrong-command": ("evaluat",),
    "wrong-option": ("evaluate", UNITS, *DAY, "--engin", "both"),
    "wrong-choice": ("evaluate", UNITS, *DAY, "--engine", "clips"),
    "wrong-format": ("--format", "mermaid", "evaluate", UNITS, *DAY),
    "wrong-file": ("evaluate", "data/none.json", *DAY),
    "wrong-unit": ("explain", UNITS, "东胡社区", *DAY),
    "wrong-why-not-depth": ("explain", UNITS, "u-02", *DAY, "--why-not", "weak", "--depth", "2"),
    "wrong-why-not-through": ("explain", UNITS, "u-02", "失管类", *DAY, "--why-not", "lantern_damage"),
    "wrong-why-not-table": ("explain", UNITS, "u-02", "leader", *DAY, "--why-not", "weak"),
    "wrong-limit": ("explain", UNITS, "u-02", *DAY, "--limit", "2"),
    "wrong-rule": ("explain", UNITS, "u-01", "lantern_damag", *DAY),
    "wrong-param": ("evaluate", UNITS, *DAY, "--param", "repeated_damage=many"),
    "wrong-param-name": ("evaluate", UNITS, *DAY, "--param", "repeated_damge=3"),
}
FOR_A_TERMINAL = [
    name
    for name, args in CASES.items()
    if not name.startswith("wrong") and not {"json", "jsonl", "csv", "github", "mermaid", "svg"} & set(args)
]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "lanterns")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "PLUMBLINE_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_output_is_as_recorded(name: str, lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    code = cli.run((*CASES[name], "--lang", lang) if name != "help" else ("--lang", lang, "--help"))
    out, err = capfd.readouterr()
    shown = f"$ plumbline {' '.join(CASES[name])}\n{out}--- standard error\n{err}--- exit code {code}\n"
    file = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("PLUMBLINE_WRITE_GOLDEN") == "1":
        file.write_bytes(shown.encode())
    assert shown == file.read_bytes().decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FOR_A_TERMINAL)
def test_text_fits_a_terminal_of_80_columns(name: str, lang: str) -> None:
    shown = (GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8")
    body = shown.split("\n", 1)[1].split("--- standard error")[0]
    assert [line for line in body.splitlines() if display_width(line) > 80] == []


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{name}.{lang}.txt" for name in CASES for lang in ("zh", "en")}
    assert {file.name for file in GOLDEN.iterdir()} == expected
