"""Rows of CSV files that have more cells than there are headings."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

import cli
from engine.batch.spool import spooled
from engine.batch.tables import open_table
from engine.facts.collected import Collected
from engine.facts.read import read
from engine.project import load

LANTERNS = Path(__file__).parents[1] / "cli" / "lanterns"
WIDE = """单位编号,单位名称,单位类型,有管理人,不亮天数
u-01,东湖社区,社区,否,40,,多出,又多
u-02,西山社区,社区,是,3,再多
u-03,南桥社区,社区,是,1
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a project with such a file, and the working folder."""
    shutil.copytree(LANTERNS, tmp_path / "project")
    (tmp_path / "project" / "wide.csv").write_text(WIDE, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def test_cells_beyond_the_headings_are_said_as_by_the_other_reader(project: Path) -> None:
    """Also by a run that goes on with its copy of the file."""
    policy = load(project, tests=False).policy
    assert policy is not None
    table = open_table(Path("wide.csv"), "wide.csv", policy, Collected())
    assert table is not None
    others = {(p.where, p.key) for p in read([Path("wide.csv")], policy).problems}
    assert sorted(where.cell or "" for where, _ in others) == ["F3", "G2", "H2"]
    for _ in range(2):
        collected = Collected()
        copy = spooled(table, project / "copies", collected)
        assert copy.frame.collect().height == 3
        assert {(p.where, p.key) for _, p in collected.problems} == others


def test_they_cost_no_unit_its_verdict(project: Path) -> None:
    assert cli.run(("batch", "wide.csv", "--as-of", "2018-12-31", "--out", "results")) == 3
    assert pl.read_parquet(project / "results" / "verdicts")["unit"].to_list() == ["u-01", "u-02", "u-03"]
    rejected = pl.read_csv(project / "results" / "rejected.csv")
    assert set(zip(rejected["row"], rejected["column"], strict=True)) == {(2, "G"), (2, "H"), (3, "F")}
