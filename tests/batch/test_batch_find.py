"""One unit out of large tables: the same fact sheet as if everything had been read, rows and cells named alike."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from engine.batch import find
from engine.batch.find import NoSuchUnit, find_in_tables, large_tables
from engine.facts import read
from engine.project import load
from engine.project.policy import Policy


@pytest.fixture(scope="module")
def policy() -> Policy:
    lanterns = Path(__file__).parent.parent / "cli" / "lanterns"
    found = load(lanterns, tests=False).policy
    assert found is not None
    return found


def tables(folder: Path, ending: str) -> list[Path]:
    """Units and their damage; a unit that stands twice, ids and a value written oddly, an empty line in a cell."""
    units = pl.DataFrame(
        {
            "单位编号": [f"u-{i:03d}" for i in range(300)] + ["u-007", " u-011 ", "ｕ-301", None],
            "单位名称": [f"第{i % 290}社区" for i in range(300)]
            + ["第七社区", "第\n十一社区", "全角社区", "无号"],
            "单位类型": ["社区"] * 304,
            "有管理人": ["是", "否", "", "也许"] * 76,
            "不亮天数": [str(i) for i in range(302)] + ["很久", "3"],
        }
    )
    damage = pl.DataFrame(
        {
            "unit": [f"u-{i % 100:03d}" for i in range(500)] + ["u-999", "ｕ-301"],
            "level": ["重", "轻", "毁", "裂", ""] * 100 + ["重", "重"],
            "day": ["2018-03-01", "2018.4.1", "", "昨天", "2018-12-30"] * 100 + ["2018-03-01"] * 2,
        }
    )
    paths = [folder / f"units.{ending}", folder / f"damage.{ending}"]
    for frame, path in zip((units, damage), paths, strict=True):
        if ending == "csv":
            frame.write_csv(path)
        elif ending == "parquet":
            frame.write_parquet(path)
        elif ending == "arrow":
            frame.write_ipc(path)
        else:
            frame.write_ndjson(path)
    return paths


@pytest.mark.parametrize("ending", ["csv", "parquet", "arrow", "jsonl"])
def test_a_unit_is_what_it_is_when_everything_is_read(
    ending: str, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "LARGE", 0)
    files = tables(tmp_path, ending)
    whole = {sheet.unit: sheet for sheet in read(files, policy).sheets}
    assert large_tables(files) == files
    for wanted in ("u-000", "u-007", "u-011", "u-123", "u-301", "u-299"):
        found = find_in_tables(files, policy, [wanted])
        assert found is not None
        (sheet,) = found.sheets
        assert repr(sheet) == repr(whole[wanted]), wanted  # an unknown is equal to itself alone
    for name in ("第150社区", "全角社区"):
        found = find_in_tables(files, policy, [name])
        assert found is not None
        assert [sheet.name for sheet in found.sheets] == [name]


def test_units_of_one_name_are_all_found(policy: Policy, tmp_path: Path) -> None:
    found = find_in_tables(tables(tmp_path, "parquet"), policy, ["第3社区"])
    assert found is not None
    assert [sheet.unit for sheet in found.sheets] == ["u-003", "u-293"]


def test_a_unit_that_does_not_exist_is_said_with_the_nearest(policy: Policy, tmp_path: Path) -> None:
    with pytest.raises(NoSuchUnit) as error:
        find_in_tables(tables(tmp_path, "parquet"), policy, ["u-12Z"])
    assert error.value.near is not None and "12" in error.value.near
    with pytest.raises(NoSuchUnit) as error:
        find_in_tables(tables(tmp_path, "csv"), policy, ["完全不同"])
    assert (error.value.near, error.value.count) == (None, 301)


def test_a_damaged_table_is_left_to_who_reads_all(policy: Policy, tmp_path: Path) -> None:
    files = tables(tmp_path, "parquet")
    files[1].write_bytes(b"no parquet")
    assert find_in_tables(files, policy, ["u-001"]) is None


def test_small_or_other_files_are_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tables(tmp_path, "parquet")
    assert large_tables(files) is None
    monkeypatch.setattr(find, "LARGE", 0)
    book = tmp_path / "more.json"
    book.write_text("[]", encoding="utf-8")
    assert large_tables([*files, book]) is None
