"""The example: thirty invented units, each there to show something, and exactly what comes out."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "changgang"
spec = importlib.util.spec_from_file_location("build_example", EXAMPLE / "build.py")
assert spec is not None and spec.loader is not None
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)
CASES: dict[str, dict[str, Any]] = {c["id"]: c for c in build.read_yaml(EXAMPLE / "cases.yaml")["units"]}


def evaluate(*data: str, **environment: str) -> bytes:
    """Standard output of `plumbline evaluate DATA… --format json`; the example has two cells nobody can read."""
    command = [sys.executable, "-m", "cli", "evaluate", *data, "--lang", "zh", "--as-of", "2018-12-31"]
    done = subprocess.run(
        [*command, "--format", "json", "--quiet"],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, **environment},
    )
    assert done.returncode == 3, done.stderr.decode()
    return done.stdout


def results(*data: str) -> dict[str, dict[str, Any]]:
    return {result["unit"]["id"]: result for result in json.loads(evaluate(*data))["results"]}


WORKBOOK = "examples/changgang/units.xlsx"
SECOND = "examples/changgang/second-source"
BOTH = results(WORKBOOK, SECOND)


@pytest.mark.parametrize("unit", CASES)
def test_a_unit_shows_what_it_is_there_to_show(unit: str) -> None:
    expected, found = CASES[unit]["expect"], BOTH[unit]
    assert found["classification"] == expected["classification"]
    assert found["key"] == expected["key"]
    criteria = {name: truth for name, truth in found["findings"].items() if "." in name}
    assert [name for name, truth in criteria.items() if truth == "true"] == expected.get("true", [])
    assert [name for name, truth in criteria.items() if truth == "unknown"] == expected.get("unknown", [])
    assert [conflict["fact"] for conflict in found["conflicts"]] == expected.get("conflicts", [])
    stale = [missing["fact"] for missing in found["missing"] if missing["reason"] == "stale"]
    assert stale == expected.get("stale", [])


def test_every_criterion_and_category_is_true_somewhere_and_false_somewhere() -> None:
    for name in BOTH["CG-01"]["findings"]:
        assert {"true", "false"} <= {result["findings"][name] for result in BOTH.values()}, name


@pytest.mark.parametrize(
    ("data", "expected"),
    [((WORKBOOK, SECOND), "expected.json"), ((WORKBOOK,), "expected-workbook-alone.json")],
)
def test_the_output_is_the_recorded_one(data: tuple[str, ...], expected: str) -> None:
    assert evaluate(*data) == (EXAMPLE / expected).read_bytes()


def test_both_channels_ran() -> None:
    assert json.loads((EXAMPLE / "expected.json").read_bytes())["engine"] == "both"


def findings(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        id_: (r["classification"], r["key"], r["findings"], r["determinations"]) for id_, r in found.items()
    }


def test_workbook_and_json_say_the_same() -> None:
    assert findings(results("examples/changgang/units.json", SECOND)) == findings(BOTH)


def test_the_order_of_sources_does_not_matter() -> None:
    assert findings(results(SECOND, WORKBOOK)) == findings(BOTH)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"},
    ],
)
def test_neither_hash_seed_nor_time_zone_nor_locale_changes_a_byte(environment: dict[str, str]) -> None:
    assert evaluate(WORKBOOK, SECOND, **environment) == (EXAMPLE / "expected.json").read_bytes()


def test_the_json_is_the_one_that_the_cases_make(tmp_path: Path) -> None:
    build.write_json(tmp_path / "units.json")
    assert (tmp_path / "units.json").read_bytes() == (EXAMPLE / "units.json").read_bytes()


def test_the_second_source_is_the_one_that_the_cases_make(tmp_path: Path) -> None:
    build.write_second_source(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (EXAMPLE / "second-source" / path.name).read_bytes()


def test_the_guide_to_the_example_names_every_unit() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (EXAMPLE / name).read_text(encoding="utf-8")
        lang = "zh" if name.endswith(".zh.md") else "en"
        for unit, case in CASES.items():
            assert f"| {unit} | {case['name']} | {case['shows'][lang]} |" in text
