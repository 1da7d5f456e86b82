"""Units that a program has at hand: the same sheets as from a file, without one."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from facts_vocabulary import policy, values

from engine.facts import DataError, given, read
from engine.facts.sheet import Source

POLICY = policy()


def test_as_from_a_file(tmp_path):
    units = [
        {
            "id": "A1",
            "name": "甲",
            "kind": "community",
            "observed": "2018-12-01",
            "facts": {
                "disunited": True,
                "集体收入": 0.1,
                "state": ["清楚", {"value": "混乱"}],
                "remark": None,
            },
            "registers": {"petitions": [{"case_no": "c1", "date": "2018-07-25"}], "funds": []},
        },
        {"id": "A2", "facts": {"disunited": False, "nothing": 1}},
    ]
    (tmp_path / "units.json").write_text(json.dumps(units), encoding="utf-8")
    from_file = read([tmp_path / "units.json"], POLICY, display=lambda path: path.name)
    assert given(units, POLICY, source="units.json") == from_file
    assert given({"units": units}, POLICY).rows_read == 2


def test_values_are_pythons_own():
    facts = {"disunited": False, "集体收入": Decimal("0.10"), "Meetings held": 4}
    row = {"date": date(2018, 7, 25)}
    (sheet,) = given([{"id": 7, "facts": facts, "registers": {"petitions": [row]}}], POLICY).sheets
    assert sheet.unit == "7"
    assert values(sheet) == {"disunited": [False], "income": [Decimal("0.10")], "meetings": [Decimal(4)]}
    assert sheet.registers["petitions"][0].cells["date"].value == date(2018, 7, 25)
    assert sheet.facts["disunited"][0].source == Source("given", path="[1].facts.disunited")


def test_what_is_not_understood_is_unknown_and_said():
    (sheet,) = given([{"id": "A1", "facts": {"disunited": "也许", "disunitd": True}}], POLICY).sheets
    assert values(sheet) == {"disunited": ["?"]}
    assert {problem.where.path for problem in sheet.problems} == {"[1].facts.disunited", "[1].facts.disunitd"}


@pytest.mark.parametrize("units", ["A1", {"A1": {"disunited": True}}])
def test_no_units_at_all(units):
    with pytest.raises(DataError) as caught:
        given(units, POLICY)
    assert [problem.key for problem in caught.value.problems] == ["data.no-units"]
