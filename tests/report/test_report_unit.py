"""One unit's result as JSON: its keys, what a broken hit policy or a failure looks like, and the streams."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from lantern_units import SEVERE, evaluation, program, sheet

from engine.facts.sheet import DataProblem, Source
from engine.inference.evaluation import Evaluation, Failure
from engine.inference.network import Conclusions, HitPolicyBroken
from engine.report.results_csv import csv_lines
from engine.report.results_github import github_lines
from engine.report.results_json import json_chunks, jsonl_lines
from engine.report.results_text import text_lines
from engine.report.run import Run, Tally
from engine.report.unit_object import unit_object

SOUND = evaluation(sheet(keeper=True, dark_days=Decimal(0), rows=[]))
OPEN = evaluation(sheet(keeper=[True, False], dark_days=Decimal(0), rows=SEVERE))


def broken() -> Evaluation:
    assert SOUND.conclusions is not None
    choices = {"leader": HitPolicyBroken((0, 1))}
    return replace(SOUND, conclusions=Conclusions(SOUND.conclusions.truths, choices))


def failed() -> Evaluation:
    failure = Failure("failure.engines-disagree", {"rule": "neglect"})
    return replace(SOUND, conclusions=None, failure=failure)


def test_the_keys_are_those_of_the_contract_in_their_order() -> None:
    assert list(unit_object(SOUND, "en")) == [
        "unit",
        "classification",
        "key",
        "findings",
        "categories",
        "determinations",
        "offices",
        "missing",
        "conflicts",
        "problems",
    ]


def test_a_sound_unit() -> None:
    found = unit_object(SOUND, "en")
    assert found == {
        "unit": {"id": "u-1", "name": "东湖社区", "kind": "社区"},
        "classification": "not_weak",
        "key": "false",
        "findings": {"lantern_damage.repeated": "false", "neglect.unkept": "false"},
        "categories": {"lantern_damage": "false", "neglect": "false"},
        "determinations": {"leader": None},  # the table applies to weak units only
        "offices": {
            "lantern_damage": {"lead": ["巡查队"], "support": ["综合办"]},
            "neglect": {"lead": ["综合办"], "support": []},
        },
        "missing": [],
        "conflicts": [],
        "problems": [],
    }


def test_a_conflict_names_the_rules_that_it_leaves_open() -> None:
    (conflict,) = unit_object(OPEN, "en")["conflicts"]  # type: ignore[misc, attr-defined]
    assert conflict == {
        "fact": "keeper",
        "values": [
            {"value": True, "where": "a.xlsx!单位!keeper0", "observed": None, "by": None},
            {"value": False, "where": "a.xlsx!单位!keeper1", "observed": None, "by": None},
        ],
        "rules": ["neglect.unkept", "neglect", "weak", "leader"],
    }
    # the same conflict leaves nothing open where another branch decides
    decided = evaluation(sheet(keeper=[True, False], dark_days=Decimal(99), rows=[]))
    (conflict,) = unit_object(decided, "en")["conflicts"]  # type: ignore[misc, attr-defined]
    assert conflict["rules"] == []


def test_a_broken_hit_policy_is_unknown_and_a_problem() -> None:
    found = unit_object(broken(), "en")
    assert found["determinations"] == {"leader": "unknown"}
    assert found["problems"] == [
        {
            "where": "rules/assignment.yaml:9",
            "message": "the table `Leader in charge` allows only one outcome, but its rows 1, 2 hold at once",
        }
    ]


def test_a_failed_unit_has_no_findings_and_says_why() -> None:
    found = unit_object(failed(), "en")
    assert (found["classification"], found["key"], found["findings"], found["categories"]) == (
        "undetermined",
        "unknown",
        {},
        {},
    )
    (problem,) = found["problems"]  # type: ignore[misc, attr-defined]
    assert "neglect" in problem["message"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_failed_or_broken_unit_does_not_take_the_others_with_it(lang: str) -> None:
    units = [SOUND, failed(), broken(), OPEN]
    problem = DataProblem(Source("a.xlsx", "单位", "A9"), "report.none")
    run = Run(program(), "both", ("note.durable-unavailable",), (problem,), 2)
    tally = Tally()
    whole = json.loads("".join(json_chunks(run, units, tally, lang)))  # type: ignore[arg-type]
    assert list(whole) == ["policy", "engine", "as_of", "results", "notes", "problems", "summary"]
    assert len(whole["results"]) == 4
    assert whole["summary"] == {
        "units_read": 4,
        "cells_not_understood": 2,
        "weak": 0,
        "not_weak": 2,
        "undetermined": 2,
        "out_of_scope": 0,
    }
    assert whole["problems"][0]["where"] == "a.xlsx!单位!A9"
    assert tally.troubled
    lines = list(jsonl_lines(run, units, Tally(), lang))  # type: ignore[arg-type]
    assert [{**result, "engine": "both"} for result in whole["results"]] == [
        json.loads(line) for line in lines
    ]
    table = "".join(csv_lines(run, units, Tally(), lang))  # type: ignore[arg-type]
    assert table.startswith("\ufeff")
    assert {len(row) for row in csv.reader(io.StringIO(table))} == {14}
    shown = list(text_lines(run, units, Tally(), lang, 80))  # type: ignore[arg-type]
    assert sum("东湖" in line for line in shown) >= 4
    annotations = list(github_lines(run, units, Tally(), lang))  # type: ignore[arg-type]
    assert [a.split(" ")[0].split("::")[1] for a in annotations] == ["error", "error", "error", "notice"]


def test_results_are_not_collected_before_they_are_written() -> None:
    taken: list[int] = []

    def units() -> object:
        for i in range(3):
            taken.append(i)
            yield SOUND

    lines = jsonl_lines(Run(program(), "reference"), units(), Tally(), "en")  # type: ignore[arg-type]
    next(lines)
    assert taken == [0]
