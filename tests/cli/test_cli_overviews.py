"""The table of clauses, the assumptions, the timeline and publication, word for word.

The files in golden_overviews/ are written anew only by ``PLUMBLINE_WRITE_GOLDEN=1 pytest tests/cli/test_cli_overviews.py``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

import cli
from engine.diagnostics import display_width

HERE = Path(__file__).parent
GOLDEN = HERE / "golden_overviews"
BELLS, LANTERNS = HERE / "bells", HERE / "lanterns"
#: Stands for a copy of the lantern plan in which keepers and the days of damage are sensitive.
GUARDED = HERE / "guarded"
UNITS = "data/units.json"
DAY = ("--as-of", "2018-12-10")

#: name of the golden file → the project, and the command line
CASES: dict[str, tuple[Path, tuple[str, ...]]] = {
    "coverage": (BELLS, ("check", "--coverage")),
    "coverage-lanterns": (LANTERNS, ("check", "--coverage")),
    "coverage-json": (LANTERNS, ("check", "--coverage", "--format", "json")),
    "coverage-csv": (BELLS, ("check", "--coverage", "--format", "csv")),
    "coverage-github": (BELLS, ("check", "--coverage", "--format", "github")),
    "check-csv": (BELLS, ("check", "--format", "csv")),
    "assumptions": (LANTERNS, ("assumptions",)),
    "assumptions-as-of": (LANTERNS, ("assumptions", "--as-of", "2018-12-31")),
    "assumptions-early": (LANTERNS, ("assumptions", "--as-of", "2000-01-01")),
    "assumptions-json": (LANTERNS, ("assumptions", "--as-of", "2018-12-31", "--format", "json")),
    "timeline": (BELLS, ("timeline", "u-01", UNITS, *DAY)),
    "timeline-not-svg": (BELLS, ("timeline", "u-01", UNITS, *DAY, "--out", "u-01.png")),
    "timeline-no-unit": (BELLS, ("timeline", "u-99", UNITS, *DAY)),
    "timeline-no-duties": (LANTERNS, ("timeline", "u-01", UNITS, *DAY)),
    "publish": (GUARDED, ("evaluate", UNITS, "--as-of", "2018-12-31", "--publish")),
    "publish-csv": (GUARDED, ("evaluate", UNITS, "--as-of", "2018-12-31", "--publish", "--format", "csv")),
    "publish-jsonl": (
        GUARDED,
        ("evaluate", UNITS, "--as-of", "2018-12-31", "--publish", "--format", "jsonl"),
    ),
    "publish-github": (
        GUARDED,
        ("evaluate", UNITS, "--as-of", "2018-12-31", "--publish", "--format", "github"),
    ),
}
FOR_A_TERMINAL = [name for name in CASES if not re.search("json|csv|github|timeline$", name)]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "PLUMBLINE_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy that ``GUARDED`` stands for."""
    root = tmp_path_factory.mktemp("guarded") / "lanterns"
    shutil.copytree(LANTERNS, root)
    path = root / "policy" / "vocabulary.yaml"
    said = path.read_text(encoding="utf-8")
    for plain in ("{zh: 有管理人, en: Has a keeper}\n    type: boolean\n", "en: day}, type: date"):
        assert plain in said
        more = "    sensitive: true\n" if plain.endswith("\n") else ", sensitive: true"
        said = said.replace(plain, plain + more)
    path.write_text(said, encoding="utf-8")
    return root


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_output_is_as_recorded(
    name: str,
    lang: str,
    guarded: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project, args = CASES[name]
    monkeypatch.chdir(guarded if project == GUARDED else project)
    code = cli.run((*args, "--lang", lang))
    out, err = (stream.decode() for stream in capfdbinary.readouterr())
    shown = f"$ plumbline {' '.join(args)}\n{out}--- standard error\n{err}--- exit code {code}\n"
    # the digest depends on the format of rules, which is not what is tested here
    shown = re.sub("sha256:[0-9a-f]{64}", "sha256:" + "#" * 64, shown)
    shown = re.sub("(policy|摘要)([ \n])[0-9a-f]{12}", r"\1\2############", shown)
    file = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("PLUMBLINE_WRITE_GOLDEN") == "1":
        GOLDEN.mkdir(exist_ok=True)
        file.write_bytes(shown.encode())
    assert shown == file.read_bytes().decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FOR_A_TERMINAL)
def test_text_fits_a_terminal_of_80_columns(name: str, lang: str) -> None:
    shown = (GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8")
    body = shown.split("\n", 1)[1].split("--- standard error")[0]
    assert [line for line in body.splitlines() if display_width(line) > 80] == []


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{lang}.txt" for name in CASES for lang in ("zh", "en")
    }


def test_a_timeline_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(BELLS)
    out = tmp_path / "东湖.svg"
    assert cli.run(["timeline", "东湖社区", UNITS, *DAY, "--lang", "zh"]) == 0
    printed = capfd.readouterr().out
    assert cli.run(["timeline", "东湖社区", UNITS, *DAY, "--out", str(out), "--lang", "zh"]) == 0
    assert out.read_text(encoding="utf-8") == printed
    assert ElementTree.fromstring(printed).get("role") == "img"


def test_a_published_workbook_says_so_first(
    tmp_path: Path, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(guarded)
    command = ["evaluate", UNITS, "--as-of", "2018-12-31", "--lang", "en", "--out"]
    assert cli.run([*command, str(tmp_path / "full.xlsx")]) in (0, 3)
    assert cli.run([*command, str(tmp_path / "published.xlsx"), "--publish"]) in (0, 3)
    full = openpyxl.load_workbook(tmp_path / "full.xlsx")
    published = openpyxl.load_workbook(tmp_path / "published.xlsx")
    assert published.sheetnames == ["What is left out", *full.sheetnames]
    assert str(published.worksheets[0]["A2"].value).startswith("Made for publication: ")


def test_problems_of_the_data_are_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """They quote what is written in the cells; the clerk is told that there are some, and the exit code stays 3."""
    monkeypatch.chdir(LANTERNS)
    command = ["evaluate", "data/bad.json", "--as-of", "2018-12-31", "--lang", "en", "--format", "json"]
    assert cli.run(command) == 3
    assert any(unit["problems"] for unit in json.loads(capfd.readouterr().out)["results"])
    assert cli.run([*command, "--publish"]) == 3
    captured = capfd.readouterr()
    found = json.loads(captured.out)
    assert not found["problems"]
    assert not any(unit["problems"] for unit in found["results"])
    assert "cells_not_understood" not in found["summary"]
    assert "there are problems in the data, which are not published" in captured.err
