"""The smallest whole project, as text, for tests that change one thing in it and look at what `check` says."""

from __future__ import annotations

from pathlib import Path

from engine.diagnostics import render
from engine.messages import Lang
from engine.project import LoadResult, load

FILES: dict[str, str] = {
    "policy/document.yaml": """\
policy:
  id: small
  title: {zh: 小方案, en: A small plan}
  issuer: {zh: 某街道, en: A sub-district}
  issued: 2018-07-25
clauses:
  - id: "1"
    title: {zh: 排查, en: Screening}
    summary: {zh: 排查信访问题, en: Screen for petitions}
    locator: 一
    operative: true
  - id: "2"
    title: {zh: 原则, en: Principle}
    summary: {zh: 坚持原则, en: Keep to the principle}
    locator: 二
    operative: false
    why not: {zh: 只是原则, en: only a principle}
""",
    "policy/vocabulary.yaml": """\
facts:
  - id: cases_open
    name: {zh: 信访积案未结, en: Old cases open}
    type: boolean
    supplier: 综访科
  - id: income
    name: {zh: 集体收入, en: Collective income}
    type: number
    unit: 万元
    supplier: 综访科
  - id: debt
    name: {zh: 集体负债, en: Collective debt}
    type: number
    unit: 元
    supplier: 综访科
  - id: grade
    name: {zh: 评定等次, en: Grade}
    type: choice
    choices: [{value: 优秀, en: excellent}, {value: 合格, en: fair}]
    supplier: 综访科
  - id: checked_on
    name: {zh: 最近检查日期, en: Last check}
    type: date
    supplier: 综访科
registers:
  - id: petitions
    name: {zh: 信访登记, en: Petitions}
    supplier: 综访科
    columns:
      - id: level
        name: {zh: 级别, en: Level}
        type: choice
        choices: [{value: 京, en: capital}, {value: 省, en: province}]
      - {id: date, name: {zh: 日期, en: Date}, type: date}
derived:
  - id: much_income
    name: {zh: 收入较多, en: Much income}
    type: boolean
    expression: income > 100
""",
    "policy/organisation.yaml": """\
offices: [{id: 综访科, en: Petitions office}]
posts: [{id: 党工委书记, en: Secretary}]
kinds:
  - {id: 社区, en: community, in scope: true}
  - {id: 村, en: village, in scope: false}
""",
    "policy/timetable.yaml": """\
counting: {first day: excluded}
""",
    "policy/parameters.yaml": """\
parameters:
  - id: threshold
    name: {zh: 次数门槛, en: Threshold}
    type: number
    basis: interpretation
    reason: {zh: 方案没有写明, en: the plan gives no number}
    clause: "1"
    values: [{from: 2018-07-25, value: 3}]
  - id: window
    name: {zh: 计算期间, en: Window}
    type: duration
    basis: interpretation
    reason: {zh: 方案没有写明, en: the plan gives no period}
    clause: "1"
    values: [{from: 2018-07-25, value: 12 months}]
""",
    "rules/screening/petitions.yaml": """\
category:
  id: petitions_category
  name: {zh: 信访, en: Petitions}
  clause: "1"
  lead: 综访科
  when:
    finding: petitions.old
criteria:
  - id: petitions.old
    name: {zh: 积案, en: Old cases}
    clause: "1"
    when:
      信访积案未结: true
""",
    "rules/classification.yaml": """\
weak:
  name: {zh: 薄弱, en: Weak}
  clause: "1"
  when: {finding: petitions_category}
key:
  name: {zh: 重点, en: Key}
  clause: "1"
  when: {finding: weak}
""",
}


def write(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """The small project in ``folder``, with whole files replaced, added, or (None) left out."""
    for name, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "policy").mkdir(parents=True, exist_ok=True)
    return folder


def edited(name: str, old: str, new: str) -> dict[str, str | None]:
    """The change that replaces ``old``, which must occur exactly once, in one file."""
    assert FILES[name].count(old) == 1, f"`{old}` occurs {FILES[name].count(old)} times in {name}"
    return {name: FILES[name].replace(old, new)}


def condition(text: str) -> dict[str, str | None]:
    """The change that gives the one criterion another condition, written as YAML at its own indentation."""
    body = "\n".join("      " + line for line in text.strip("\n").splitlines())
    return edited("rules/screening/petitions.yaml", "      信访积案未结: true", body)


def said(result: LoadResult, lang: Lang = "en") -> str:
    """All diagnostics as a person sees them."""
    return "\n".join(render(diagnostic, lang) for diagnostic in result.diagnostics)


def check(folder: Path, changes: dict[str, str | None] | None = None, lang: Lang = "en") -> str:
    """What `check` says about the small project with ``changes``; empty if it is in order."""
    return said(load(write(folder, changes)), lang)
