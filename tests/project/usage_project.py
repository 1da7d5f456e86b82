"""A project that names a parameter in every place where one can stand, for the tests of the usage index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def text(word: str) -> dict[str, str]:
    return {"zh": f"名{word}", "en": word}


def rule(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": text(id_), "clause": "1", **more}


def parameter(id_: str, type_: str, value: object) -> dict[str, Any]:
    values = [{"from": "2018-01-01", "value": value}]
    if isinstance(value, dict):
        values = [{"from": "2018-01-01", **value}]
    return rule(id_, type=type_, basis="interpretation", reason=text("r"), values=values)


PARAMETERS = [
    parameter("in_a_leaf", "number", 2),
    parameter("in_a_window", "duration", "6 months"),
    parameter("in_a_count", "integer", 2),
    parameter("in_at_least", "integer", 1),
    parameter("in_a_reading", "reading", "any"),
    parameter("in_a_derived_fact", "number", 2),
    parameter("in_a_parameter", "number", 2),
    parameter("computed", "number", {"expression": "in_a_parameter * 2"}),
    parameter("in_a_table", "number", 3),
    parameter("in_a_lapse", "duration", "30 days"),
    parameter("in_working_days", "integer", 5),
    parameter("in_a_number_of_proofs", "integer", 2),
    parameter("in_a_filter", "number", 2),
    parameter("in_an_applicability", "number", 2),
    parameter("in_a_step", "duration", "10 days"),
    parameter("in_a_trigger", "integer", 1),
    parameter("in_a_measures_time", "duration", "1 months"),
    parameter("in_a_rung", "integer", 2),
    {
        **parameter("in_a_ladder", "choice", "累计"),
        "choices": [{"value": "累计", "en": "altogether"}, {"value": "连续", "en": "in a row"}],
    },
    parameter("in_the_counting", "duration", "1 months"),
    parameter("nowhere", "number", 1),
]
CHOICES = [{"value": v, "en": f"en {v}"} for v in ("列", "销", "修", "好", "差", "名first", "名last")]
EVIDENCE = {"register": "work", "where": {"what": "修"}, "date": "day"}

FILES: dict[str, Any] = {
    "policy/document.yaml": {
        "policy": {"id": "usage", "title": text("t"), "issuer": text("i"), "issued": "2018-01-01"},
        "clauses": [
            {"id": "1", "title": text("c"), "summary": text("s"), "locator": "一", "operative": True}
        ],
    },
    "policy/vocabulary.yaml": {
        "facts": [
            {"id": id_, "name": text(id_), "type": type_, "supplier": "科室"}
            for id_, type_ in (("n", "number"), ("yes", "boolean"), ("since", "date"))
        ],
        "registers": [
            {
                "id": "work",
                "name": text("work"),
                "supplier": "科室",
                "columns": [
                    {"id": "what", "name": text("what"), "type": "choice", "choices": CHOICES},
                    {"id": "day", "name": text("day"), "type": "date"},
                    {"id": "weight", "name": text("weight"), "type": "number"},
                    {"id": "actor", "name": text("actor"), "type": "text"},
                ],
            }
        ],
        "derived": [
            {"id": "share", "name": text("share"), "type": "number", "expression": "n / in_a_derived_fact"},
            {"id": "doubled", "name": text("doubled"), "type": "number", "expression": "share * 2"},
            {"id": "shown", "name": text("shown"), "type": "boolean", "expression": "n > in_a_derived_fact"},
        ],
    },
    "policy/organisation.yaml": {
        "offices": [{"id": "科室", "en": "office"}],
        "posts": [{"id": "主任", "en": "director"}],
        "kinds": [{"id": "社区", "en": "community", "in scope": True}],
    },
    "policy/timetable.yaml": {
        "counting": {"first day": "excluded", "part of a period": "in_the_counting"},
        "listing": {
            "register": "work",
            "date": "day",
            "listed": {"what": "列"},
            "delisted": {"what": "销"},
            "clause": "1",
        },
        "phases": [rule("all_of_it", **{"from": "2018-01-01", "to": "2019-12-31"})],
    },
    "policy/parameters.yaml": {"parameters": PARAMETERS},
    "rules/c.yaml": {
        "category": rule("c", lead="科室", when={"finding": "c.leaf"}),
        "criteria": [
            rule("c.leaf", when={"n": "> in_a_leaf"}),
            rule("c.window", when={"since": {"within": "in_a_window"}}),
            rule("c.count", when={"count": "work", "where": {"what": "修"}, "is": ">= in_a_count"}),
            rule("c.at_least", when={"at least": "in_at_least", "of": [{"yes": True}, {"n": 1}]}),
            rule("c.reading", when={"reading": "in_a_reading", "of": [{"yes": True}, {"n": 1}]}),
            rule("c.derived", when={"share": "> 1"}),
            rule("c.derived_twice", when={"all": [{"yes": True}, {"none": [{"doubled": "> 1"}]}]}),
            rule("c.parameter", when={"n": "> computed"}),
        ],
    },
    "rules/classification.yaml": {
        "weak": {"name": text("weak"), "clause": "1", "when": {"finding": "c"}},
        "key": {"name": text("key"), "clause": "1", "when": {"finding": "weak"}},
    },
    "rules/assignment.yaml": {
        "tables": [
            rule(
                "who",
                **{
                    "hit policy": "U",
                    "outcomes": "posts",
                    "rows": [{"when": {"n": "> in_a_table"}, "then": "主任", "clause": "1"}],
                },
            )
        ]
    },
    "rules/duties/d.yaml": {
        "duties": [
            rule(
                "repair",
                owner="主任",
                each="once",
                due={"within": "in_a_lapse", "of": "listing"},
                evidence=EVIDENCE,
            ),
            rule(
                "answer",
                owner="主任",
                each="once",
                due={"within": "in_working_days working days", "of": "listing"},
                evidence=EVIDENCE,
                **{"applies when": {"n": "> in_an_applicability"}},
            ),
            rule(
                "visit",
                owner="主任",
                each="year",
                due={"by": "end of period"},
                evidence={
                    **EVIDENCE,
                    "where": {"weight": "> in_a_filter"},
                    "at least": "in_a_number_of_proofs",
                },
            ),
            rule(
                "weigh",
                owner="主任",
                each="year",
                due={"by": "end of period"},
                evidence={**EVIDENCE, "where": {"weight": "> 2"}},
            ),
            rule(
                "by_fact", owner="主任", each="once", due={"by": "end of period"}, evidence={"fact": "shown"}
            ),
        ]
    },
    "rules/procedures.yaml": {
        "procedures": [
            rule(
                "closing",
                register="work",
                step="what",
                date="day",
                actor="actor",
                steps=[
                    rule("first", by="主任"),
                    rule("last", by="主任", due={"within": "in_a_step", "of": "first"}),
                ],
            )
        ]
    },
    "rules/measures.yaml": {
        "measures": [
            rule(
                "urge",
                by="主任",
                against="本单位",
                when={"duty": "visit", "was": "overdue", "times": ">= in_a_trigger"},
                due={"within": "in_a_measures_time", "of": "trigger"},
            )
        ],
        "ladders": [
            rule(
                "steps",
                over="this listing",
                occasions={"register": "work", "where": {"what": "差"}, "date": "day"},
                counts="in_a_ladder",
                rungs=[
                    rule("first_rung", by="主任", against="本单位", **{"from": 1}),
                    rule("second", by="主任", against="本单位", **{"from": "in_a_rung"}),
                ],
                **{"broken by": {"what": "好"}},
            )
        ],
    },
}


def write(folder: Path, files: dict[str, Any]) -> Path:
    """The project as files; JSON is YAML, so it is written as that."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder
