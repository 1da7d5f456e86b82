"""What ``plumbline batch`` says and writes, word for word, in both languages.

The files in golden_batch/ are written anew only by ``PLUMBLINE_WRITE_GOLDEN=1 pytest tests/cli/test_cli_batch.py``.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import polars as pl
import pytest

import cli
from engine.diagnostics import display_width

HERE = Path(__file__).parent
GOLDEN = HERE / "golden_batch"
DAY = ("--as-of", "2018-12-31", "--out", "results")

#: name of the golden file → the project, and the command line
CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "help-batch": ("lanterns", ("batch", "--help")),
    "duties": ("bells", ("batch", "data/units.json", *DAY)),
    "folder": ("lanterns", ("batch", "data", *DAY, "--param", "repeated_damage=2")),
    "tables": ("lanterns", ("batch", "units.csv", "damage.csv", *DAY, "--format", "csv", "--long")),
    "json": ("lanterns", ("batch", "units.csv", "damage.csv", *DAY, "--format", "json")),
    "only": ("bells", ("batch", "data/units.json", *DAY, "--only", "verdicts")),
    "quiet": ("bells", ("batch", "data/units.json", *DAY, "--quiet")),
    "wrong-only": ("bells", ("batch", "data/units.json", *DAY, "--only", "verdict,finding,x")),
    "wrong-no-out": ("bells", ("batch", "data/units.json", "--as-of", "2018-12-31")),
    "wrong-no-file": ("bells", ("batch", "data/none.parquet", *DAY)),
    "wrong-out-other": ("bells", ("batch", "data/units.json", "--as-of", "2018-12-31", "--out", "policy")),
    "wrong-out-file": ("bells", ("batch", "data", "--as-of", "2018-12-31", "--out", "data/units.json")),
    "wrong-out-in-data": ("bells", ("batch", "data", "--as-of", "2018-12-31", "--out", "data/results")),
    "wrong-data-in-out": ("bells", ("batch", "data/units.json", "--as-of", "2018-12-31", "--out", "data")),
    "wrong-out-parent": ("bells", ("batch", "data", "--as-of", "2018-12-31", "--out", "no/such/results")),
    "wrong-engine": ("bells", ("batch", "data", *DAY, "--engine", "pandas")),
    "wrong-only-registers": ("lanterns", ("batch", "damage.csv", *DAY)),
    "wrong-damaged": ("lanterns", ("batch", "broken.parquet", *DAY)),
}
UNITS = """单位编号,单位名称,单位类型,有管理人,不亮天数
u-01,东湖社区,社区,否,40
u-02,西山社区,社区,是,3
u-02,西山社区,社区,是,3
u-03,南桥社区,社区,,很久
,没有编号,社区,是,1
u-04,北村,村,是,1
"""
DAMAGE = """单位编号,level,day
u-01,重,2018-02-01
u-01,毁,2018-03-01
u-01,重,2018-04-01
u-09,重,2018-04-01
"""


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a project with some tables, and the working folder."""
    root = tmp_path / "project"
    shutil.copytree(HERE / request.param, root)
    (root / "units.csv").write_text(UNITS, encoding="utf-8")
    (root / "damage.csv").write_text(DAMAGE, encoding="utf-8")
    (root / "broken.parquet").write_bytes(b"PAR1 and then nothing of the kind")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "PLUMBLINE_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return root


def shown(args: tuple[str, ...], lang: str, capfd: pytest.CaptureFixture[str]) -> str:
    code = cli.run((*args, "--lang", lang))
    out, err = capfd.readouterr()
    return f"$ plumbline {' '.join(args)}\n{out}--- standard error\n{err}--- exit code {code}\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "project"), [(name, root) for name, (root, _) in CASES.items()], indirect=["project"]
)
def test_output_is_as_recorded(
    name: str, lang: str, project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = shown(CASES[name][1], lang, capfd)
    file = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("PLUMBLINE_WRITE_GOLDEN") == "1":
        file.write_bytes(found.encode())
    assert found == file.read_bytes().decode()
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.txt")), ids=lambda file: file.stem)
def test_text_fits_a_terminal_of_80_columns(file: Path) -> None:
    if file.name.startswith(("json", "wrong")):
        return
    body = file.read_text(encoding="utf-8").split("\n", 1)[1].split("--- standard error")[0]
    assert [line for line in body.splitlines() if display_width(line) > 80] == []


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{name}.{lang}.txt" for name in CASES for lang in ("zh", "en")}
    assert {file.name for file in GOLDEN.iterdir()} == expected


@pytest.mark.parametrize("project", ["lanterns"], indirect=True)
def test_what_could_not_be_read_is_a_row_of_rejected(project: Path) -> None:
    assert cli.run(("batch", "units.csv", "damage.csv", *DAY)) == 3
    rejected = pl.read_csv(project / "results" / "rejected.csv")
    assert [
        (row["row"], row["column"], row["unit"]) for row in rejected.to_dicts() if row["file"] == "units.csv"
    ] == [
        (4, "A", "u-02"),
        (5, "E", "u-03"),
        (6, "A", None),
    ]
    assert rejected.columns == ["file", "sheet", "row", "column", "unit", "code", "reason_zh", "reason_en"]
    report = json.loads((project / "results" / "report.json").read_text(encoding="utf-8"))
    read, units = report["read"], report["units"]
    listed = units["evaluated"] - units["only_in_registers"]
    assert read["unit_rows"] == listed + read["merged"] + read["rejected"] == 6


@pytest.mark.parametrize("project", ["bells"], indirect=True)
def test_results_take_the_place_of_earlier_results_and_of_nothing_else(project: Path) -> None:
    assert cli.run(("batch", "data/units.json", *DAY)) == 0
    assert cli.run(("batch", "data/units.json", *DAY, "--only", "verdicts", "--format", "csv")) == 0
    assert sorted(path.name for path in (project / "results").iterdir()) == [
        "rejected.csv",
        "report.json",
        "summary.csv",
        "verdicts.csv",
    ]
    assert cli.run(("batch", "data/units.json", *DAY, "--only", "classification", "--format", "csv")) == 0
    assert (project / "results" / "verdicts.csv").exists()
    (project / "notes").mkdir()
    (project / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    assert cli.run(("batch", "data/units.json", "--as-of", "2018-12-31", "--out", "notes")) == 2
    assert [path.name for path in (project / "notes").iterdir()] == ["mine.txt"]
