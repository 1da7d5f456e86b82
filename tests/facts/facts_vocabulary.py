"""A small vocabulary with a fact of every type and two registers, built from the nouns that a linked policy has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.diagnostics import Location
from engine.facts.sheet import DataProblem, FactSheet, Reading
from engine.language import parse
from engine.language.types import Boolean, Date, Number, String
from engine.language.values import YearsMonths
from engine.messages import text
from engine.project.policy import (
    All,
    Choice,
    Clause,
    DecisionTable,
    DerivedFact,
    Entry,
    Fact,
    FindingRef,
    Leaf,
    Policy,
    Register,
    Rule,
    TableRow,
    Text,
    Timetable,
)

TYPES = {
    "boolean": Boolean(),
    "number": Number(),
    "integer": Number(),
    "text": String(),
    "date": Date(),
    "choice": String(),
}
HERE = Location("rules/x.yaml", 1)


def fact(id_: str, zh: str, en: str, type_: str, **more: object) -> Fact:
    return Fact(id_, Text(zh, en), type_, TYPES[type_], "综访科", **more)


FACTS = [
    fact(
        "disunited",
        "班子不团结",
        "team disunited",
        "boolean",
        note=Text("以民主测评为准", "by the yearly vote"),
    ),
    fact("income", "集体收入", "collective income", "number", unit="万元", minimum=Decimal(0)),
    fact(
        "meetings",
        "组织生活会次数",
        "meetings held",
        "integer",
        unit="次",
        minimum=Decimal(0),
        maximum=Decimal(400),
    ),
    fact(
        "share", "党员比例", "share of members", "number", unit="%", minimum=Decimal(0), maximum=Decimal(100)
    ),
    fact("visited", "最近走访日期", "last visit", "date", shelf_life=YearsMonths(12)),
    fact(
        "state",
        "资产状况",
        "state of assets",
        "choice",
        choices=(Choice("清楚", "clear"), Choice("混乱", "in disorder")),
    ),
    fact("remark", "备注情况", "remark", "text"),
]
PETITIONS = Register(
    "petitions",
    Text("信访登记", "petitions register"),
    {
        c.id: c
        for c in [
            fact("case_no", "案号", "case number", "text"),
            fact(
                "level",
                "级别",
                "level",
                "choice",
                choices=(Choice("京", "capital"), Choice("省", "province")),
            ),
            fact("date", "日期", "date", "date"),
        ]
    },
    "综访科",
    key="case_no",
    clause="1.2",
)
FUNDS = Register(
    "funds",
    Text("资金问题登记", "funds register"),
    {
        c.id: c
        for c in [
            fact("purpose", "用途", "purpose", "text"),
            fact("amount", "金额", "amount", "number", unit="元"),
        ]
    },
    "农管科",
)


def leaf(expression: str) -> Leaf:
    return Leaf(parse(expression), HERE)


def policy() -> Policy:
    """The vocabulary with two rules, a derived fact and a decision table that read it."""
    same = {name: name for name in [f.id for f in FACTS] + ["petitions", "funds", "income_per_meeting"]}
    rules = [
        Rule(
            "team",
            Text("班子", "team"),
            "criterion",
            "1.1",
            All((leaf("disunited"), FindingRef("poor"))),
            HERE,
        ),
        Rule("poor", Text("薄弱", "poor"), "criterion", "1.2", leaf("income_per_meeting < 3"), HERE),
        Rule("cases", Text("上访", "petitions"), "criterion", "1", leaf("count(petitions) > 3"), HERE),
    ]
    table = DecisionTable(
        "who", Text("谁", "who"), "2", "U", (TableRow(leaf('state = "混乱"'), "a", "1.1", HERE),), {}, HERE
    )
    titles = {"1": "总则", "1.1": "班子", "1.2": "经济", "2": "分工"}
    return Policy(
        id="p",
        title=Text("试行方案", "trial plan"),
        issuer=Text("某街道", "a sub-district"),
        issued=date(2018, 7, 25),
        effective=date(2018, 7, 25),
        clauses={
            id_: Clause(id_, Text(zh, f"part {id_}"), Text("", ""), "", True) for id_, zh in titles.items()
        },
        facts={f.id: f for f in FACTS},
        registers={"petitions": PETITIONS, "funds": FUNDS},
        derived={
            "income_per_meeting": DerivedFact(
                "income_per_meeting",
                Text("次均收入", "income per meeting"),
                Number(),
                parse("income / meetings"),
                frozenset({"income", "meetings"}),
            )
        },
        offices={
            "综访科": Entry("综访科", Text("综访科", "petitions office")),
            "农管科": Entry("农管科", Text("农管科", "farm office")),
        },
        posts={},
        ranks={},
        kinds={
            "社区": Entry("社区", Text("社区", "community"), aliases=("居民社区",)),
            "联社": Entry("联社", Text("联社", "association")),
            "村": Entry("村", Text("村", "village"), in_scope=False),
        },
        timetable=Timetable({}, {}, "excluded"),
        parameters={},
        rules={rule.id: rule for rule in rules},
        categories={},
        tables={"who": table},
        order=tuple(rule.id for rule in rules),
        strata={},
        names=same,
        executed=frozenset(),
        digest="",
    )


def values(sheet: FactSheet) -> dict[str, list[object]]:
    """fact → its values, an unreadable one as ``"?"``."""
    return {id_: [o.value if o.readable else "?" for o in seen] for id_, seen in sheet.facts.items()}


def rows(sheet: FactSheet, register: str) -> list[dict[str, object]]:
    """The rows of a register as plain dicts, an unreadable cell as ``"?"``."""
    return [
        {c: o.value if o.readable else "?" for c, o in row.cells.items()} for row in sheet.registers[register]
    ]


def all_problems(reading: Reading) -> list[DataProblem]:
    """Every problem, of units and of none."""
    return [*reading.problems, *(problem for sheet in reading.sheets for problem in sheet.problems)]


def said(reading_or_problems: Reading | list[DataProblem], lang: str = "en") -> list[str]:
    """Every problem as a person reads it: ``place: message``."""
    found = (
        all_problems(reading_or_problems) if isinstance(reading_or_problems, Reading) else reading_or_problems
    )
    return [f"{problem.where}: {text(problem.key, lang, **problem.params)}" for problem in found]
