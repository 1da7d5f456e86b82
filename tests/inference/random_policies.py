"""Random policies and random fact sheets, for tests that hold the channels to each other.

A policy is made as YAML text and loaded like any other, so that whatever the format allows goes the whole way. Failing
cases shrink to a policy that a person can read.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.language.values import Unknown, Value

AS_OF = date(2018, 12, 31)
BOOLEANS = [f"b{i}" for i in range(6)]
NUMBERS = [f"n{i}" for i in range(4)]
DATES = ["d0", "d1"]
SOURCE = Source("random")


def _fact(id_: str, type_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": {"zh": f"项{id_}", "en": id_}, "type": type_, "supplier": "科室", **more}


def _text(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


FRAME: dict[str, Any] = {
    "policy/document.yaml": {
        "policy": {"id": "random", "title": _text("t"), "issuer": _text("i"), "issued": "2018-01-01"},
        "clauses": [
            {"id": "1", "title": _text("c"), "summary": _text("s"), "locator": "一", "operative": True}
        ],
    },
    "policy/vocabulary.yaml": {
        "facts": [
            *(_fact(b, "boolean") for b in BOOLEANS[:-1]),
            _fact(BOOLEANS[-1], "boolean", **{"shelf life": "6 months"}),
            *(_fact(n, "number") for n in NUMBERS),
            *(_fact(d, "date") for d in DATES),
            _fact("c0", "choice", choices=[{"value": v, "en": f"en {v}"} for v in ("甲", "乙", "丙")]),
        ],
        "registers": [
            {
                "id": "r0",
                "name": _text("登记零"),
                "supplier": "科室",
                "columns": [
                    {
                        "id": "level",
                        "name": {"zh": "级别", "en": "level"},
                        "type": "choice",
                        "choices": [{"value": v, "en": f"en {v}"} for v in ("京", "省", "市")],
                    },
                    {"id": "day", "name": {"zh": "日期", "en": "day"}, "type": "date"},
                    {"id": "amount", "name": {"zh": "金额", "en": "amount"}, "type": "number"},
                ],
            }
        ],
        "derived": [
            {"id": "ratio", "name": _text("比率"), "type": "number", "expression": "n0 / n1"},
            {"id": "twice", "name": _text("两倍"), "type": "boolean", "expression": "ratio > 2 or b0"},
            {"id": "total", "name": _text("合计"), "type": "number", "expression": "sum(r0.amount)"},
        ],
    },
    "policy/organisation.yaml": {
        "offices": [{"id": "科室", "en": "office"}],
        "kinds": [
            {"id": "社区", "en": "community", "in scope": True},
            {"id": "联社", "en": "association", "in scope": True},
            {"id": "村", "en": "village", "in scope": False},
        ],
    },
    "policy/timetable.yaml": {"counting": {"first day": "excluded"}},
    "policy/parameters.yaml": {
        "parameters": [
            {
                "id": id_,
                "name": _text(f"参数{id_}"),
                "type": type_,
                "basis": "interpretation",
                "reason": _text("r"),
                "clause": "1",
                "values": [{"from": "2018-01-01", "value": value}],
            }
            for id_, type_, value in (
                ("p0", "number", 2),
                ("p1", "integer", 1),
                ("either", "reading", "any"),
                ("every_one", "reading", "all"),
                ("span", "duration", "6 months"),
            )
        ]
    },
}

_numbers = st.sampled_from([0, 1, 2, 3, 5])
_windows = st.builds(
    lambda key, period: {key: period},
    st.sampled_from(["within", "longer ago than"]),
    st.sampled_from(["3 months", "1 years", "30 days", "span"]),
)


def _leaves(findings: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    comparison = st.builds(
        lambda op, x: f"{op} {x}", st.sampled_from(["<", "<=", ">", ">=", "!="]), _numbers | st.just("p0")
    )
    where = st.fixed_dictionaries(
        {},
        optional={
            "level": st.lists(st.sampled_from(["京", "省", "市"]), min_size=1, max_size=2),
            "day": _windows,
            "amount": comparison,
        },
    )
    plain = [
        st.builds(lambda f, v: {f: v}, st.sampled_from(BOOLEANS), st.booleans()),
        st.builds(lambda f, v: {f: v}, st.sampled_from(NUMBERS), _numbers | comparison | st.just("[1..3)")),
        st.builds(lambda f, v: {f: v}, st.sampled_from(DATES), _windows),
        st.builds(lambda v: {"c0": v}, st.sampled_from(["甲", ["乙", "丙"], 'not("甲")'])),
        st.builds(lambda w, t: {"count": "r0", "where": w, "is": t}, where, comparison),
        st.builds(lambda t: {"ratio": t}, comparison),
        st.just({"twice": True}),
        st.builds(lambda t: {"total": t}, comparison),
        st.sampled_from(
            [
                {"expression": 'some r in r0 satisfies r.level = "京" and r.amount > p0'},
                {"expression": "every r in r0 satisfies r.amount >= n0"},
                {"expression": "if b1 then n0 > 1 else n1 > 1"},
                {"expression": "is defined(b2) and n2 between 1 and 3"},
                {"expression": "n0 + n1 * 2 > n2 - n3"},
                {"expression": "max(r0[amount > 1].amount) >= n3"},
            ]
        ),
    ]
    if findings:
        plain.append(st.builds(lambda f: {"finding": f}, st.sampled_from(findings)))
    return st.one_of(plain)


def conditions(findings: list[str], depth: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    """A condition over the facts of ``FRAME`` and over earlier findings."""

    def groups(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        items = st.lists(inner, min_size=1, max_size=5)
        return st.one_of(
            st.builds(lambda k, xs: {k: xs}, st.sampled_from(["all", "any", "none"]), items),
            st.builds(
                lambda p, xs: {"reading": p, "of": xs}, st.sampled_from(["either", "every_one"]), items
            ),
            items.flatmap(
                lambda xs: st.builds(
                    lambda k: {"at least": k, "of": xs}, st.integers(1, len(xs)) | st.sampled_from(["p1"])
                )
            ),
        )

    return st.recursive(_leaves(findings), groups, max_leaves=4 * depth)


@st.composite
def projects(draw: st.DrawFn, most_rules: int = 12) -> dict[str, Any]:
    """File name → content of a whole project with up to ``most_rules`` criteria, verdicts and tables."""
    ids: list[str] = []
    criteria = []
    for i in range(draw(st.integers(1, most_rules))):
        id_ = f"c.{i}"
        criteria.append({"id": id_, "name": _text(f"规则{i}"), "clause": "1", "when": draw(conditions(ids))})
        ids.append(id_)
    tables = []
    for i in range(draw(st.integers(0, 3))):
        rows = [
            {"when": draw(conditions(ids, depth=1)), "then": draw(st.sampled_from(["x", "y", "z"]))}
            for _ in range(draw(st.integers(1, 4)))
        ]
        tables.append(
            {
                "id": f"t{i}",
                "name": _text(f"表{i}"),
                "clause": "1",
                "hit policy": draw(st.sampled_from("UAFC")),
                "outcomes": [{"id": o, "name": _text(o)} for o in "xyz"],
                "rows": rows,
            }
        )
    files = {
        **FRAME,
        "rules/c.yaml": {
            "category": {
                "id": "c",
                "name": _text("类"),
                "clause": "1",
                "lead": "科室",
                "when": draw(conditions(ids, depth=1)),
            },
            "criteria": criteria,
        },
        "rules/classification.yaml": {
            "weak": {
                "name": _text("弱"),
                "clause": "1",
                "when": {"any": [{"finding": "c"}, draw(conditions(ids, depth=1))]},
            },
            "key": {
                "name": _text("重"),
                "clause": "1",
                "when": {"all": [{"finding": "weak"}, draw(conditions(ids, depth=1))]},
            },
        },
    }
    return files | ({"rules/tables.yaml": {"tables": tables}} if tables else {})


def write_project(folder: Path, files: dict[str, Any]) -> Path:
    """The project as files; JSON is YAML, so it is written as that."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


_days = st.integers(-30, 800).map(lambda n: AS_OF - timedelta(days=n))
_amounts = st.integers(0, 6).map(Decimal)


def _observations(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Observation, ...]]:
    """Nothing, one value (sometimes old, sometimes unreadable), or two sources that may disagree."""
    one = st.builds(
        lambda v, day, readable: Observation(
            v if readable else Unknown(), str(v), SOURCE, day, readable=readable
        ),
        values,
        st.none() | st.sampled_from([AS_OF, AS_OF - timedelta(days=400)]),
        st.sampled_from([True] * 9 + [False]),
    )
    return st.one_of(st.just(()), st.tuples(one), st.tuples(one), st.tuples(one), st.tuples(one, one))


def _row() -> st.SearchStrategy[Row]:
    cell = {
        "level": st.sampled_from(["京", "省", "市"]),
        "day": _days,
        "amount": _amounts,
    }
    cells = st.fixed_dictionaries({}, optional=cell)
    return cells.map(
        lambda given: Row({k: Observation(v, str(v), SOURCE) for k, v in given.items()}, SOURCE)  # type: ignore[arg-type]
    )


@st.composite
def sheets(draw: st.DrawFn) -> FactSheet:
    """A fact sheet: missing, stale, unreadable and conflicting values, registers unfilled, empty or with gaps."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(BOOLEANS, st.booleans()),
        **dict.fromkeys(NUMBERS, _amounts),
        **dict.fromkeys(DATES, _days),
        "c0": st.sampled_from(["甲", "乙", "丙"]),
    }
    facts = {id_: draw(_observations(values)) for id_, values in kinds.items()}
    rows = draw(st.none() | st.lists(_row(), max_size=4))
    return FactSheet(
        unit="u",
        name="单位",
        kind=draw(_observations(st.sampled_from(["社区", "社区", "联社", "村"]))),
        facts={id_: seen for id_, seen in facts.items() if seen},
        registers={} if rows is None else {"r0": tuple(rows)},
    )
