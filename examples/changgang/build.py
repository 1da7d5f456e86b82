"""Makes the example's workbook, JSON and second source from ``cases.yaml`` and the baselines of the built-in plan.

    python examples/changgang/build.py

The workbook is the project's own template, filled in; where LibreOffice is installed it is opened and saved by it, so
that what is shipped is a real spreadsheet program's file. Results are rebuilt with ``--results``.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHEET = "单位"


class Reader(yaml.SafeLoader):
    """YAML with every scalar as it is written: `否`, `2018-12-20` and `10` stay texts."""


Reader.yaml_implicit_resolvers = {
    "~": [("tag:yaml.org,2002:null", yaml.resolver.Resolver.yaml_implicit_resolvers["n"][0][1])]
}


def read_yaml(path: Path) -> Any:
    """The file's data with all values as texts."""
    return yaml.load(path.read_text(encoding="utf-8"), Reader)


def units() -> list[dict[str, Any]]:
    """The thirty units as fact sheets: id, name, kind, observed, by, facts, registers."""
    cases = read_yaml(HERE / "cases.yaml")
    baselines = {b["id"]: b for b in read_yaml(ROOT / "rules" / "baselines.yaml")["baselines"]}
    found = []
    for case in cases["units"]:
        base = baselines[case["start"]]
        registers = {**base["registers"], **(case.get("registers") or {})}
        skipped = case.get("without meetings")
        registers["组织生活登记"] = [row for row in registers["组织生活登记"] if row["形式"] != skipped]
        found.append(
            {
                "id": case["id"],
                "name": case["name"],
                "kind": case.get("kind", base["kind"]),
                "observed": case.get("observed", cases["observed"]),
                "by": "党政办",
                "facts": {**base["facts"], **(case.get("facts") or {})},
                "registers": {name: rows for name, rows in registers.items() if rows not in (None, "null")},
            }
        )
    return found


def second_source() -> dict[str, dict[str, dict[str, str]]]:
    """Office → unit id → facts that it reports on its own."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for case in read_yaml(HERE / "cases.yaml")["units"]:
        for office, facts in (case.get("second") or {}).items():
            found.setdefault(office, {})[case["id"]] = facts
    return found


def write_json(path: Path) -> None:
    """The units as structured data."""
    path.write_text(json.dumps({"units": units()}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_second_source(folder: Path) -> None:
    """One CSV an office, in GB18030, as a spreadsheet program on a Chinese desktop writes it."""
    folder.mkdir(exist_ok=True)
    for office, reported in second_source().items():
        names = sorted({name for facts in reported.values() for name in facts})
        with (folder / f"{office}.csv").open("w", encoding="gb18030", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["单位编号", "填报日期", "填报单位", *names])
            for id_, facts in reported.items():
                rows.writerow([id_, "2018-12-21", office, *(facts.get(name, "") for name in names)])


def write_workbook(path: Path) -> None:
    """The template of the plan, filled in."""
    import openpyxl

    sys.path.insert(0, str(ROOT))
    from engine.facts import write_template
    from engine.project import load

    policy = load(ROOT).policy
    assert policy is not None
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "blank.xlsx"
        write_template(policy, blank)
        book = openpyxl.load_workbook(blank)
        first = book.worksheets[0]
        columns = headings(first)
        for number, unit in enumerate(units(), start=2):
            fixed = {"单位编号": unit["id"], "单位名称": unit["name"], "单位类型": unit["kind"]}
            fixed |= {"填报日期": unit["observed"], "填报单位": unit["by"]}
            for register in policy.registers.values():
                rows = unit["registers"].get(register.name.zh)
                status = "" if rows is None else "有记录" if rows else "无记录"
                fixed[f"{register.name.zh}填报情况"] = status
                append_rows(book[register.name.zh], unit["id"], rows or [])
            for name, value in {**fixed, **unit["facts"]}.items():
                if value:
                    first.cell(number, columns[name], value)
        filled = Path(folder) / "units.xlsx"
        book.save(filled)
        shutil.copyfile(resaved(filled), path)


def headings(sheet: Any) -> dict[str, int]:
    """Heading without its unit of measure → column number."""
    return {str(cell.value).split("（")[0]: cell.column for cell in sheet[1] if cell.value}


def append_rows(sheet: Any, unit: str, rows: list[dict[str, str]]) -> None:
    """One line per row of a register, below what is there."""
    columns = headings(sheet)
    number = sheet.max_row
    while number > 1 and all(cell.value is None for cell in sheet[number]):
        number -= 1
    for row in rows:
        number += 1
        sheet.cell(number, columns["单位编号"], unit)
        for name, value in row.items():
            sheet.cell(number, columns[name], value)


def resaved(path: Path) -> Path:
    """The workbook as LibreOffice saves it; the file itself where LibreOffice is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return path
    out = path.parent / "resaved"
    command = [
        office,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / path.name


def write_results() -> None:
    """What the command says about the example: with and without the second source."""
    command = [
        sys.executable,
        "-m",
        "cli",
        "evaluate",
        "--lang",
        "zh",
        "--as-of",
        "2018-12-31",
        "--format",
        "json",
        "--quiet",
    ]
    for name, data in {
        "expected.json": ["examples/changgang/units.xlsx", "examples/changgang/second-source"],
        "expected-workbook-alone.json": ["examples/changgang/units.xlsx"],
    }.items():
        done = subprocess.run([*command, *data], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 3, done.stderr.decode()
        (HERE / name).write_bytes(done.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--results", action="store_true", help="rewrite the expected results too")
    arguments = parser.parse_args()
    write_json(HERE / "units.json")
    write_second_source(HERE / "second-source")
    write_workbook(HERE / "units.xlsx")
    if arguments.results:
        write_results()
