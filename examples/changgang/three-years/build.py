"""Makes the office's workbook of three years from ``cases.yaml``: what thirty units recorded up to the end of 2020.

    python examples/changgang/three-years/build.py [--results]

Each unit starts from its case in the folder above. A diligent office is then played out: the engine says which duties
fall due and when, and a row is recorded for each a few days before, as often as that brings up new ones; whatever the
case says was neglected, late or left without a date is recorded that way. So the data follow the policy, and the
exceptions are all that has to be written down. ``--results`` rewrites the expected results at six dates as well.
"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT))

from engine.duties import case_files, prepare_duties  # noqa: E402
from engine.duties.nouns import CaseFile, Instance  # noqa: E402
from engine.facts import read, write_template  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.language.syntax import Compare, Expr, Literal, Name, Or  # noqa: E402
from engine.project import load  # noqa: E402
from engine.project.duty import FactEvidence, RowEvidence, RowFilter, SameRowEvidence  # noqa: E402
from engine.project.policy import Policy  # noqa: E402

spec = importlib.util.spec_from_file_location("build_screening", HERE.parent / "build.py")
assert spec is not None and spec.loader is not None
screening = importlib.util.module_from_spec(spec)
spec.loader.exec_module(screening)

WORKBOOK = HERE / "office.xlsx"
DATES = ("2018-07-25", "2018-12-31", "2019-06-30", "2019-12-31", "2020-06-30", "2020-12-31")
LAST = date(2020, 12, 31)
#: How many days before it is due a diligent office does something.
AHEAD = 5
#: Rounds after which everything that follows from what was recorded has been recorded as well.
ROUNDS = 6

Row = dict[str, str]
Unit = dict[str, Any]


def started() -> tuple[list[Unit], dict[str, Unit]]:
    """The thirty units with their listings and whatever else their case states, and the cases by id."""
    told = screening.read_yaml(HERE / "cases.yaml")
    cases = {case["id"]: case for case in told["units"]}
    units = []
    for unit in screening.units():
        case = cases.get(unit["id"], {})
        registers = copy.deepcopy(unit["registers"])
        for name in told["recorded by all"]:
            registers.setdefault(name, [])
        registers["整顿台账"] = _listings(case) if "listings" in case else registers.get("整顿台账", [])
        registers["组织生活登记"] = _meetings(registers["组织生活登记"])
        registers["销号程序登记"] = [step for done in case.get("accepted") or [] for step in _accepted(done)]
        for name, rows in (case.get("registers") or {}).items():
            registers[name] = [*registers.get(name, []), *rows]
        for name in case.get("never filled in") or []:
            registers.pop(name, None)
        found_on = told["facts of the listed"] if "listings" in case else {}
        facts = {**told["facts of all"], **found_on, **unit["facts"], **(case.get("facts") or {})}
        units.append({**unit, "observed": "", "facts": facts, "registers": registers})
    return units, cases


def _accepted(done: Row) -> list[Row]:
    """The steps of a delisting in order, around the day of the joint acceptance."""
    day = date.fromisoformat(done["on"])
    steps = [
        ("挂点领导同意", -32, done["leader"]),
        ("整顿单位申请", -25, "本单位"),
        ("联合验收", 0, "市委组织部"),
        ("联合验收", 0, "区委组织部"),
        ("建立整顿档案", 17, done["archive"]),
        ("公布考核结果", 24, done["archive"]),
    ]
    return [
        {"程序步骤": step, "办理日期": (day + timedelta(days=days)).isoformat(), "办理单位": actor}
        for step, days, actor in steps
    ]


def _meetings(rows: list[Row]) -> list[Row]:
    """The meetings of 2017 and 2018, and those of a usual year held again in 2019 and 2020."""
    usual = [("党员大会", (3, 6, 9, 12), 20), ("主题党日", range(1, 13), 15), ("组织生活会", (1,), 10)]
    later = [
        {"形式": form, "召开日期": date(year, month, day).isoformat()}
        for year in (2019, 2020)
        for form, months, day in usual
        for month in months
    ]
    return [*rows, *later]


def _listings(case: Unit) -> list[Row]:
    rows = []
    for listing in case["listings"]:
        rows.append(
            {"台账序号": f"{case['id']}-{len(rows) + 1}", "登记日期": listing["from"], "事项": "列入"}
        )
        if "to" in listing:
            rows.append(
                {"台账序号": f"{case['id']}-{len(rows) + 1}", "登记日期": listing["to"], "事项": "销号"}
            )
    return rows


class Office:
    """Records what a diligent office does, except where a case says otherwise.

    ``usual``: register → column → what a row says there if nothing else is said.
    """

    def __init__(self, policy: Policy, cases: dict[str, Unit], usual: dict[str, Row]) -> None:
        self._usual = usual
        self._policy = policy
        self._cases = cases
        self._done: set[tuple[str, str, str]] = set()
        self._parameters = prepare(policy, LAST).parameters

    def play(self, units: list[Unit]) -> None:
        """Fill the units' registers."""
        program = prepare(self._policy, LAST)
        duties = prepare_duties(program)
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "units.json"
                path.write_text(json.dumps({"units": units}, ensure_ascii=False), encoding="utf-8")
                sheets = read([path], self._policy).sheets
            evaluations = evaluate_all(program, sheets, engine="reference")
            found = sum(
                self._unit(unit, case)
                for unit, case in zip(units, case_files(duties, evaluations, engine="reference"), strict=True)
            )
            if not found:
                return

    def _unit(self, unit: Unit, case: CaseFile) -> int:
        """Record what one unit still lacks; how many periods that were."""
        told = self._cases.get(unit["id"], {})
        if told.get("diligent") == "否" or case.evaluation.classification == "out_of_scope":
            return 0
        return sum(self._instance(unit, told, instance) for instance in case.instances)

    def _instance(self, unit: Unit, told: Unit, instance: Instance) -> int:
        duty, period = instance.duty, instance.period
        key = (unit["id"], duty.id, period.id)
        open_ = instance.status in ("overdue", "pending") or instance.why in (
            "evidence_unknown",
            "due_unknown",
        )
        neglected = (told.get("neglected") or {}).get(duty.id, [])
        if key in self._done or not open_ or instance.due.day is None or neglected == "all":
            return 0
        if period.id in neglected:
            return 0
        self._done.add(key)
        days = int((told.get("late") or {}).get(duty.id, {}).get(period.id, -AHEAD))
        day = max(period.first, instance.due.day + timedelta(days=days))
        if days <= 0:
            day = min(day, instance.due.day)
        if day > LAST:
            return 0
        undated = period.id in (told.get("undated") or {}).get(duty.id, [])
        return self._record(unit, instance, "" if undated else day.isoformat())

    def _record(self, unit: Unit, instance: Instance, day: str) -> int:
        evidence = instance.duty.evidence
        if isinstance(evidence, FactEvidence):
            if evidence.fact not in self._policy.facts:
                return 0  # it follows from facts that the cases give
            unit["facts"][self._fact(evidence.fact)] = "是"
            if evidence.date is not None:
                unit["facts"][self._fact(evidence.date)] = day
            return 1
        if isinstance(evidence, SameRowEvidence):
            assert instance.duty.rows is not None and instance.period.row is not None
            register = self._policy.registers[instance.duty.rows.rows.register]
            row = unit["registers"][register.name.zh][instance.period.row - 1]
            row[register.columns[evidence.date].name.zh] = day
            return 1
        return self._rows(unit, instance, evidence, day)

    def _rows(self, unit: Unit, instance: Instance, evidence: RowEvidence, day: str) -> int:
        listing = self._policy.listing
        if listing is not None and evidence.rows.register == listing.listed.rows.register:
            return 0  # listings and delistings are told by the cases
        register = self._policy.registers[evidence.rows.register]
        rows = unit["registers"].setdefault(register.name.zh, [])
        for _ in range(self._need(evidence)):
            row = self._cells(evidence.rows)
            row[register.columns[evidence.date].name.zh] = day
            if evidence.period is not None:
                row[register.columns[evidence.period].name.zh] = str(instance.period.start.year)
            if register.key is not None:
                row[register.columns[register.key].name.zh] = f"{unit['id']}-{len(rows) + 1}"
            for column, value in self._usual.get(register.name.zh, {}).items():
                row.setdefault(column, value)
            self._result(unit, row)
            rows.append(row)
        return 1

    def _result(self, unit: Unit, row: Row) -> None:
        """What the case says that an assessment came to."""
        results = self._cases.get(unit["id"], {}).get("results") or {}
        said = results.get(f"{row.get('考核类别')} {row.get('考核年度')}") or results.get(row.get("考核类别"))
        if said is not None:
            row["考核结果"] = said

    def _need(self, evidence: RowEvidence) -> int:
        need = evidence.need
        if isinstance(need, Name):
            return int(self._parameters[need.name])  # type: ignore[arg-type]
        assert isinstance(need, Literal)
        return int(need.value)  # type: ignore[arg-type]

    def _cells(self, rows: RowFilter) -> Row:
        columns = self._policy.registers[rows.register].columns
        cells = {}
        for test in rows.where:
            column, value = passing(test, self._parameters)
            shown = "是" if value is True else "否" if value is False else str(value)
            cells[columns[column].name.zh] = shown
        return cells

    def _fact(self, id_: str) -> str:
        return self._policy.facts[id_].name.zh


def passing(test: Expr, parameters: Mapping[str, object]) -> tuple[str, object]:
    """The column and a value that passes `=`, `<=`, `>=` or the first of several tests. Raises ValueError for others."""
    if isinstance(test, Or):
        return passing(test.items[0], parameters)
    match test:
        case Compare(operator="=" | "<=" | ">=", left=Name(name=column), right=Literal(value=value)):
            return column, value
        case Compare(operator="=" | "<=" | ">=", left=Name(name=column), right=Name(name=parameter)):
            return column, parameters[parameter]
    raise ValueError(f"no value is sure to pass {test!r}")


def write_workbook(policy: Policy, units: list[Unit], path: Path) -> None:
    """The template of the plan, filled in, as LibreOffice saves it where it is installed."""
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "blank.xlsx"
        write_template(policy, blank)
        book = openpyxl.load_workbook(blank)
        first = book.worksheets[0]
        columns = screening.headings(first)
        for number, unit in enumerate(units, start=2):
            cells = {
                "单位编号": unit["id"],
                "单位名称": unit["name"],
                "单位类型": unit["kind"],
                "填报单位": unit["by"],
            }
            for register in policy.registers.values():
                rows = unit["registers"].get(register.name.zh)
                cells[f"{register.name.zh}填报情况"] = "" if rows is None else "有记录" if rows else "无记录"
                screening.append_rows(book[register.name.zh], unit["id"], rows or [])
            for name, value in {**cells, **unit["facts"]}.items():
                if value:
                    first.cell(number, columns[name], value)
        filled = Path(folder) / "office.xlsx"
        book.save(filled)
        shutil.copyfile(screening.resaved(filled), path)


def results(policy: Policy, as_of: date) -> dict[str, Any]:
    """What matters at one date, unit by unit, short enough to be read."""
    program = prepare(policy, as_of)
    sheets = read([WORKBOOK], policy).sheets
    found = {}
    for case in case_files(
        prepare_duties(program), evaluate_all(program, sheets, engine="both"), engine="both"
    ):
        statuses = Counter(i.status for i in case.instances if i.why != "not_applicable")
        runs = [run for run in case.procedures if run.spell == len(case.spells)]
        found[f"{case.unit} {case.evaluation.sheet.name}"] = {
            "classification": case.evaluation.classification,
            "listed": case.listed,
            "duties": dict(sorted(statuses.items())),
            "overdue": [f"{i.duty.id} {i.period.id}" for i in case.instances if i.status == "overdue"],
            "late": [f"{i.duty.id} {i.period.id}" for i in case.instances if i.status == "met_late"],
            "unknown": [f"{i.duty.id} {i.period.id}" for i in case.instances if i.status == "unknown"],
            "measures": [
                f"{o.measure.id}{'' if o.truth else ' ?'}{' taken' if o.taken_on else ''}"
                for o in case.measures
                if o.truth is not False and o.superseded_by is None
            ],
            "delisting": [
                {
                    "done": [step.step.id for step in run.steps if step.state == "done"],
                    "next": run.next,
                    "violations": [f"{v.step}: {v.why}" for v in run.violations],
                }
                for run in runs
            ],
        }
    return found


def results_text(policy: Policy, as_of: date) -> str:
    """``results`` as JSON with a line for each list, so that a change shows as one changed line."""
    lines = []
    for unit, outcome in results(policy, as_of).items():
        inside = ",\n".join(
            f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in outcome.items()
        )
        lines.append(f" {json.dumps(unit, ensure_ascii=False)}: {{\n{inside}\n }}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Write the workbook, and with ``--results`` what is expected of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--results", action="store_true", help="rewrite the expected results too")
    parser.add_argument("--results-only", action="store_true", help="leave the workbook as it is")
    arguments = parser.parse_args()
    policy = load(ROOT).policy
    assert policy is not None
    if not arguments.results_only:
        units, cases = started()
        usual = screening.read_yaml(HERE / "cases.yaml")["usual values"]
        Office(policy, cases, usual).play(units)
        write_workbook(policy, units, WORKBOOK)
    if arguments.results or arguments.results_only:
        for day in DATES:
            text = results_text(policy, date.fromisoformat(day))
            (HERE / f"expected-{day}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
