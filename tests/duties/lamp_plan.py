"""An invented plan about lamps: every recurrence, due date and kind of evidence once, a procedure, a ladder and measures.

A unit is put on the list when its lamp goes out. ``case`` gives what became of a unit, from its registers in short Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.duties import case_files, prepare_duties
from engine.duties.nouns import CaseFile, Instance
from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import EngineName
from engine.language.values import Value
from engine.project import load
from engine.project.policy import Policy

FILES = {
    "policy/document.yaml": """\
policy:
  id: lamps
  title: {zh: 点灯方案, en: The lamp plan}
  issuer: {zh: 某街道, en: A sub-district}
  issued: 2018-03-01
clauses:
  - id: "1"
    title: {zh: 点灯, en: Lamps}
    summary: {zh: 灯要亮, en: Lamps must burn}
    locator: 一
    operative: true
""",
    "policy/organisation.yaml": """\
offices: [{id: 灯务科, en: Lamp office}, {id: 油库, en: Oil store}]
posts: [{id: 灯长, en: Lamp master}]
kinds:
  - {id: 社区, en: community, in scope: true}
  - {id: 联社, en: association, in scope: true}
  - {id: 村, en: village, in scope: false}
""",
    "policy/vocabulary.yaml": """\
facts:
  - {id: dark, name: {zh: 灯灭了, en: The lamp is out}, type: boolean, supplier: 灯务科}
  - {id: oiled, name: {zh: 已备油, en: Oil in store}, type: boolean, supplier: 油库}
  - {id: oiled_on, name: {zh: 备油日期, en: Oil in store since}, type: date, supplier: 油库}
registers:
  - id: list
    name: {zh: 名单, en: List}
    supplier: 灯务科
    columns:
      - {id: entry, name: {zh: 登记事项, en: Entry}, type: choice, choices: [{value: 列入, en: listed}, {value: 销号, en: delisted}]}
      - {id: entered, name: {zh: 登记日, en: Entered}, type: date}
  - id: work
    name: {zh: 灯务, en: Lamp work}
    supplier: 灯务科
    key: number
    columns:
      - {id: number, name: {zh: 灯务号, en: Number}, type: text}
      - id: what
        name: {zh: 做了什么, en: What}
        type: choice
        choices:
          - {value: 修灯, en: mended}
          - {value: 加油, en: oiled}
          - {value: 擦灯, en: wiped}
          - {value: 年报, en: report}
          - {value: 故障, en: fault}
      - {id: year, name: {zh: 哪一年, en: Year}, type: integer}
      - {id: done, name: {zh: 做于, en: Done}, type: date}
      - {id: closed, name: {zh: 了结于, en: Closed}, type: date}
  - id: steps
    name: {zh: 步骤表, en: Steps}
    supplier: 灯务科
    columns:
      - {id: step, name: {zh: 步, en: Step}, type: choice, choices: [{value: 同意, en: agreed}, {value: 验灯, en: tested}, {value: 归档, en: filed}]}
      - {id: on, name: {zh: 步骤日, en: On}, type: date}
      - {id: by, name: {zh: 谁办, en: By}, type: choice, choices: [{value: 灯长, en: master}, {value: 灯务科, en: office}, {value: 油库, en: store}]}
  - id: marks
    name: {zh: 评分表, en: Marks}
    supplier: 灯务科
    columns:
      - {id: mark, name: {zh: 评分, en: Mark}, type: choice, choices: [{value: 好, en: good}, {value: 差, en: bad}]}
      - {id: marked, name: {zh: 评于, en: Marked}, type: date}
  - id: waived
    name: {zh: 免做表, en: Waivers}
    supplier: 灯务科
    columns:
      - {id: duty, name: {zh: 免做什么, en: Duty}, type: text}
      - {id: period, name: {zh: 免做哪期, en: Period}, type: text}
      - {id: reason, name: {zh: 为什么, en: Reason}, type: text}
      - {id: granted, name: {zh: 准于, en: Granted}, type: date}
""",
    "policy/timetable.yaml": """\
counting: {first day: excluded, part of a period: 3 months}
listing: {register: 名单, date: 登记日, listed: {登记事项: 列入}, delisted: {登记事项: 销号}, clause: "1"}
waivers: {register: 免做表, duty: 免做什么, period: 免做哪期, reason: 为什么, date: 准于}
phases:
  - {id: dusk, name: {zh: 黄昏, en: Dusk}, from: 2018-03-01, to: 2018-12-31, clause: "1"}
  - {id: night, name: {zh: 夜里, en: Night}, from: 2019-01-01, to: 2020-12-31, clause: "1"}
dates: [{id: feast, name: {zh: 灯节, en: Feast}, on: 2019-02-19, clause: "1"}]
""",
    "policy/parameters.yaml": """\
parameters:
  - id: counting_marks
    name: {zh: 差评计法, en: How bad marks count}
    type: choice
    choices: [{value: 累计, en: altogether}, {value: 连续, en: in a row}]
    basis: interpretation
    reason: {zh: 没写, en: not said}
    clause: "1"
    values: [{from: 2018-03-01, value: 累计}]
""",
    "rules/classification.yaml": """\
weak: {name: {zh: 要整顿, en: Weak}, clause: "1", when: {灯灭了: 是}}
key: {name: {zh: 重点, en: Key}, clause: "1", when: {灯灭了: 是}}
""",
    "rules/duties.yaml": """\
groups: [{id: care, name: {zh: 照料, en: Care}, clause: "1"}]
duties:
  - {id: mend, name: {zh: 修好, en: Mend}, clause: "1", group: care, owner: 灯长, each: once, due: {within: 1 month, of: listing}, evidence: {register: 灯务, where: {做了什么: 修灯}, date: 做于}}
  - {id: fill, name: {zh: 每季加油, en: Fill}, clause: "1", group: care, owner: 油库, each: quarter, evidence: {register: 灯务, where: {做了什么: 加油}, date: 做于, at least: 2}}
  - {id: wipe, name: {zh: 每阶段擦灯, en: Wipe}, clause: "1", group: care, owner: 本单位, each: phase, applies to: [社区], due: {at least: 10 days, before: end of period}, evidence: {register: 灯务, where: {做了什么: 擦灯}, date: 做于}}
  - {id: report, name: {zh: 写年报, en: Report}, clause: "1", owner: 灯务科, each: year, due: {within: 10 working days, of: end of period}, evidence: {register: 灯务, where: {做了什么: 年报}, date: 做于, period: 哪一年}}
  - {id: store, name: {zh: 存油, en: Store oil}, clause: "1", owner: 油库, while: in force, each: once, due: {by: 灯节}, evidence: {fact: 已备油, date: 备油日期}}
  - {id: thank, name: {zh: 道谢, en: Thank}, clause: "1", owner: 本单位, each: once, due: {within: 15 days, of: mend}, evidence: {register: 灯务, where: {做了什么: 擦灯}, date: 做于}, advisory: true}
  - {id: close, name: {zh: 了结故障, en: Close a fault}, clause: "1", owner: 灯长, while: in force, each: row, rows: {register: 灯务, where: {做了什么: 故障}, date: 做于}, due: {within: 5 working days, of: start of period}, evidence: {same row: 了结于}}
  - {id: look, name: {zh: 每四个月看灯, en: Look}, clause: "1", owner: 灯长, applies when: {灯灭了: 是}, each: 4 months, evidence: {register: 灯务, date: 做于}}
""",
    "rules/rest.yaml": """\
procedures:
  - id: leave
    name: {zh: 销号手续, en: Leaving the list}
    clause: "1"
    register: 步骤表
    step: 步
    date: 步骤日
    actor: 谁办
    steps:
      - {id: agree, name: {zh: 同意, en: Agreed}, clause: "1", by: 灯长}
      - {id: test, name: {zh: 验灯, en: Tested}, clause: "1", by all of: [灯务科, 油库]}
      - {id: left, name: {zh: 销了号, en: Off the list}, clause: "1", listing event: delisted}
      - {id: file, name: {zh: 归档, en: Filed}, clause: "1", by: 灯务科, due: {within: 5 working days, of: left}}
""",
    "rules/measures.yaml": """\
ladders:
  - id: bad_marks
    name: {zh: 差评, en: Bad marks}
    clause: "1"
    occasions: {register: 评分表, where: {评分: 差}, date: 评于}
    counts: 差评计法
    broken by: {评分: 好}
    rungs:
      - {from: 1, id: word, name: {zh: 提醒, en: A word}, clause: "1", by: 灯务科, against: 灯长, due: {within: 10 days, of: trigger}}
      - {from: 2, id: letter, name: {zh: 发函, en: A letter}, clause: "1", by: 灯务科, against: 灯长}
      - {from: 3, id: dismissal, name: {zh: 换人, en: Dismissal}, clause: "1", by: 灯务科, against: 灯长}
measures:
  - {id: scold, name: {zh: 批评, en: Scolding}, clause: "1", by: 灯务科, against: 本单位, when: {group: care, was: [overdue, met_late], times: ">= 2"}}
  - {id: redo, name: {zh: 重办, en: Do it again}, clause: "1", by: 灯务科, against: 本单位, while: in force, when: {any: [{procedure: leave, is: violated}, {all: [{step: leave.left, is: done}, {step: leave.file, is: not done}]}]}}
  - {id: praise, name: {zh: 表扬, en: Praise}, clause: "1", by: 灯务科, against: 本单位, while: in force, reward: true, when: {all: [{procedure: leave, is: completed}, {duty: mend, was: met}]}}
""",
}
SOURCE = Source("lamps")
Cells = Mapping[str, object]


@cache
def policy(**changed: str) -> Policy:
    """The lamp plan; ``changed``: other text for a file, by name with `_` for `/` and without ending."""
    with TemporaryDirectory() as folder:
        for name, content in FILES.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            key = name.removesuffix(".yaml").replace("/", "_")
            path.write_text(changed.get(key, content), encoding="utf-8")
        result = load(Path(folder))
    assert result.policy is not None, [d.message("en") for d in result.diagnostics]
    return result.policy


def observed(value: object) -> Observation:
    """A value as a source would have it; whole numbers as the language has them."""
    known: Value = Decimal(value) if type(value) is int else value  # type: ignore[assignment]
    return Observation(known, str(value), SOURCE)


def sheet(registers: Mapping[str, Sequence[Cells] | None], kind: str = "社区", **facts: object) -> FactSheet:
    """A unit; a register that is None was never filled in, a cell that is None is not known."""
    empty: dict[str, Sequence[Cells] | None] = dict.fromkeys(policy().registers, ())
    rows = {
        name: tuple(Row({c: observed(v) for c, v in row.items() if v is not None}, SOURCE) for row in found)
        for name, found in (empty | dict(registers)).items()
        if found is not None
    }
    known = {name: (observed(value),) for name, value in facts.items() if value is not None}
    return FactSheet("u1", "灯塔社区", (observed(kind),), known, rows)


def cases_of(
    sheets: Sequence[FactSheet], as_of: date, engine: EngineName = "reference", plan: Policy | None = None
) -> list[CaseFile]:
    """The case files of several units."""
    program = prepare(plan or policy(), as_of)
    evaluations = evaluate_all(program, sheets, engine=engine)
    return list(case_files(prepare_duties(program), evaluations, engine=engine))


def case(
    as_of: str, registers: Mapping[str, Sequence[Cells] | None], plan: Policy | None = None, **facts: object
) -> CaseFile:
    """The case file of one unit."""
    (found,) = cases_of([sheet(registers, **facts)], date.fromisoformat(as_of), plan=plan)
    return found


def instance(found: CaseFile, duty: str, period: str) -> Instance:
    """One period of a duty."""
    return next(i for i in found.instances if i.duty.id == duty and i.period.id == period)


def listed(day: str | None, out: str | None = None) -> list[Cells]:
    """Rows of the list."""
    rows: list[Cells] = [{"entry": "列入", "entered": None if day is None else date.fromisoformat(day)}]
    return rows if out is None else [*rows, {"entry": "销号", "entered": date.fromisoformat(out)}]


def worked(what: str | None, day: str | None, **more: object) -> Cells:
    """A row of lamp work."""
    return {"what": what, "done": None if day is None else date.fromisoformat(day), **more}
