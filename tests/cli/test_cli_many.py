"""``evaluate`` for many units: in columns by itself, the same lines as one by one, and an overview instead of paragraphs."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from random import Random

import polars as pl
import pytest

import cli
from engine.cli import many_units
from engine.diagnostics import display_width

HERE = Path(__file__).parent
DAY = ("--as-of", "2018-12-31")


def tables(folder: Path, count: int) -> list[str]:
    """Units of the bell plan with their listings and work; a few values, ids and rows are odd."""
    random = Random(3)
    ids = [f"U{i:04d}" for i in range(count)]
    units = pl.DataFrame(
        {
            "unit": [*ids, "U0003", None],
            "name": [f"第{i}社区" if i % 50 else "=1+1" for i in range(count)] + ["第3社区", "无号"],
            "kind": [random.choice(["社区"] * 20 + ["", "镇"]) for _ in range(count + 2)],
            "silent": [random.choice(["是", "是", "否", "", "不响"]) for _ in range(count + 2)],
        }
    )
    listed = [id_ for id_ in ids if random.random() < 0.5]
    entries = pl.DataFrame(
        {
            "unit": listed,
            "entry": [random.choice(["列入"] * 9 + ["销号", ""]) for _ in listed],
            "day": [random.choice(["2018-02-01", "2018-05-30", "2018-09-10", ""]) for _ in listed],
        }
    )
    worked = [random.choice(ids) for _ in range(2 * count)]
    work = pl.DataFrame(
        {
            "unit": [*worked, "U9999"],
            "what": [
                random.choice(["目标", "审方案", "听钟", "修钟", "派任", ""]) for _ in range(2 * count + 1)
            ],
            "day": [
                f"2018-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}" for _ in range(2 * count + 1)
            ],
        }
    )
    for name, frame in (("units", units), ("list", entries), ("work", work)):
        frame.write_csv(folder / f"{name}.csv")
    return [f"{name}.csv" for name in ("units", "list", "work")]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "PLUMBLINE_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return ["--project", str(HERE / "bells"), "evaluate", *tables(tmp_path, 150), *DAY]


def printed(args: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.run(args)
    out, err = capfd.readouterr()
    return code, out, err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_of_csv_are_the_same_whichever_way(
    lang: str, files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    both = [
        printed([*files, "--format", "csv", "--engine", engine, "--lang", lang], capfd)
        for engine in ("reference", "columns")
    ]
    assert both[0][0] == both[1][0] == 3
    one, other = (list(csv.reader(io.StringIO(out))) for _, out, _ in both)
    assert len(one) == len(other) == 152
    # A unit that no table lists is compared with the names of all others only where all are read at once.
    one[-1][-2] = re.sub(r"(；是不是|; did you mean) .*", "", one[-1][-2])
    assert [row[:-1] for row in one] == [row[:-1] for row in other]
    said = {row[-1] for row in other[1:]}
    assert len(said) == 2 and {"in columns", "按列计算"} & said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_many_units_are_an_overview_without_being_asked_for(
    lang: str, files: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_units, "MANY", 100)
    monkeypatch.setattr(many_units, "_LEAST_CSV", 100)
    code, out, _ = printed([*files, "--lang", lang], capfd)
    assert code == 3
    lines = out.splitlines()
    assert len(lines) < 90
    assert [line for line in lines if display_width(line) > 80] == []
    assert ("151" in lines[-4] + lines[-5] + lines[-6]) and ("in columns for" in out or "按列计算" in out)
    few = printed([*files, "--lang", lang, "--engine", "both"], capfd)[1]
    assert len(few.splitlines()) > 300, "asked for both channels, every unit is shown"


def test_what_columns_cannot_give_is_computed_one_by_one_and_said(
    files: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_units, "MANY", 100)
    monkeypatch.setattr(many_units, "_LEAST_CSV", 100)
    code, out, err = printed([*files, "--lang", "en", "--format", "jsonl"], capfd)
    assert code == 3
    assert len(out.splitlines()) == 151
    assert "only the overview and CSV are computed in columns" in err


def test_few_units_go_through_both_channels_as_ever(
    files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert "reference and durable-rules" in printed([*files, "--lang", "en"], capfd)[1]


@pytest.mark.parametrize(
    "more", [("--format", "json"), ("--unit", "U0001"), ("--publish",), ("--out", "x.xlsx")]
)
def test_columns_are_refused_where_they_do_not_serve(
    more: tuple[str, ...], files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    code, _, err = printed([*files, "--lang", "en", "--engine", "columns", *more], capfd)
    assert code == 2
    assert "`--engine columns` does not go with" in err


def test_units_that_are_compared_are_evaluated_together(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_units, "MANY", 1)
    monkeypatch.setattr(many_units, "_LEAST_CSV", 1)
    example = HERE.parents[1] / "examples" / "yearly-review"
    args = [
        "--project",
        str(example),
        "evaluate",
        str(example / "units.csv"),
        "--as-of",
        "2026-12-31",
        "--lang",
        "en",
    ]
    assert (
        "units are compared with each other, so the units are evaluated one by one" in printed(args, capfd)[2]
    )
    code, _, err = printed([*args, "--engine", "columns"], capfd)
    assert code == 2
    assert "which `evaluate` does not do in columns" in err


def test_fail_on_counts_what_columns_found(files: list[str], tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["U1", "U2"], "kind": "社区", "silent": ["是", "否"]})
    frame.write_csv(tmp_path / "two.csv")
    args = [*files[:3], "two.csv", *DAY, "--engine", "columns", "--quiet"]
    assert cli.run(args) == 0
    assert cli.run([*args, "--fail-on", "weak"]) == 4
