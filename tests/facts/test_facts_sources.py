"""Several sources about the same units: everything is kept, an entry counts once, and order does not matter."""

# ruff: noqa: E501  (an exact sentence stays on one line)

from __future__ import annotations

import itertools
import json
from collections import Counter

import pytest
from facts_vocabulary import policy, rows, said, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.facts import read

POLICY = policy()


def sources(tmp_path, *contents, reverse=False):
    paths = []
    for i, units in enumerate(contents):
        paths.append(tmp_path / f"{i}.json")
        paths[-1].write_text(json.dumps(units), encoding="utf-8")
    return read(paths[::-1] if reverse else paths, POLICY, display=lambda p: p.name)


def petition(*entries):
    return [{"id": "A1", "registers": {"petitions": list(entries)}}]


def fund(*entries):
    return [{"id": "A1", "registers": {"funds": list(entries)}}]


def test_observations_of_both_sources_are_kept(tmp_path):
    reading = sources(
        tmp_path,
        [{"id": "A1", "name": "甲", "kind": "社区", "facts": {"disunited": True}}],
        [{"id": "A1", "name": "甲社区", "kind": "联社", "facts": {"disunited": False, "income": 3}}],
    )
    (sheet,) = reading.sheets
    assert [o.value for o in sheet.kind] == ["社区", "联社"]
    assert [o.value for o in sheet.facts["disunited"]] == [True, False]
    assert [str(o.source) for o in sheet.facts["disunited"]] == [
        "0.json![1].facts.disunited",
        "1.json![1].facts.disunited",
    ]
    assert sheet.name == "甲"
    assert said(reading) == [
        "1.json![1].name: the unit is named `甲社区` here and `甲` at 0.json![1].name; the latter is used"
    ]
    assert said(reading, "zh") == [
        "1.json![1].name: 此处单位名称为 `甲社区`，0.json![1].name 处为 `甲`；采用后者"
    ]
    assert reading.rows_read == 2


ONE, TWO = {"purpose": "甲", "amount": 1}, {"purpose": "乙", "amount": 2}
READ_ONE, READ_TWO = {"purpose": "甲", "amount": 1}, {"purpose": "乙", "amount": 2}


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ([ONE], [ONE], [ONE]),  # the same entry in two files is one entry
        ([ONE], [TWO], [ONE, TWO]),
        ([ONE, ONE], [ONE], [ONE, ONE]),  # one source has it twice: it happened twice
        ([ONE, TWO], [TWO, ONE], [ONE, TWO]),
        ([], [ONE], [ONE]),
    ],
)
def test_rows_without_a_key_are_united(tmp_path, first, second, merged):
    reading = sources(tmp_path, fund(*first), fund(*second))
    assert rows(reading.sheets[0], "funds") == merged


def test_rows_of_the_same_key_are_merged_cell_by_cell(tmp_path):
    reading = sources(
        tmp_path,
        petition({"case_no": "c1", "level": "京"}),
        petition({"case_no": "c1", "level": "京", "date": "2018-07-25"}, {"case_no": "c2"}),
    )
    first, second = rows(reading.sheets[0], "petitions")
    assert sorted(first) == ["case_no", "date", "level"]
    assert second == {"case_no": "c2"}
    assert said(reading) == []


def test_cells_that_differ_are_unknown_and_both_are_named(tmp_path):
    reading = sources(
        tmp_path, petition({"case_no": "c1", "level": "京"}), petition({"case_no": "c1", "level": "省"})
    )
    (row,) = reading.sheets[0].registers["petitions"]
    assert (row.cells["level"].readable, row.cells["level"].raw) == (False, "京 / 省")
    assert reading.cells_unread == 1
    assert said(reading) == [
        "1.json![1].registers.petitions[1].level: level is `省` at 1.json![1].registers.petitions[1].level but `京` at 0.json![1].registers.petitions[1].level; the cell counts as unknown"
    ]
    assert said(reading, "zh") == [
        "1.json![1].registers.petitions[1].level: 级别在 1.json![1].registers.petitions[1].level 为 `省`，在 0.json![1].registers.petitions[1].level 为 `京`；按未知处理"
    ]


def test_no_rows_in_one_source_and_rows_in_another(tmp_path):
    reading = sources(tmp_path, fund(), fund(ONE))
    assert said(reading) == [
        "0.json![1].registers.funds: this says that funds register has no entries, but there is one at 1.json![1].registers.funds[1]; the entries count"
    ]


# ---------------------------------------------------------------------------------- properties

MAYBE = st.none()
UNIT = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["A1", "A2", "A3"]),
        "facts": st.fixed_dictionaries(
            {"disunited": MAYBE | st.booleans(), "meetings": MAYBE | st.integers(0, 3) | st.just("约3")}
        ),
        "registers": st.fixed_dictionaries(
            {
                "funds": MAYBE
                | st.lists(
                    st.fixed_dictionaries({"amount": MAYBE | st.integers(0, 2) | st.just("x")}), max_size=3
                ),
                "petitions": MAYBE
                | st.lists(
                    st.fixed_dictionaries(
                        {
                            "case_no": MAYBE | st.sampled_from(["c1", "c2"]),
                            "level": MAYBE | st.sampled_from(["京", "省", "x"]),
                        }
                    ),
                    max_size=3,
                ),
            }
        ),
    }
)
FILES = st.lists(st.lists(UNIT, max_size=3), min_size=2, max_size=3)


def content(reading):
    """All values, without the order of observations and rows."""
    return {
        sheet.unit: (
            {id_: Counter(map(str, seen)) for id_, seen in values(sheet).items()},
            {
                register: Counter(
                    json.dumps(row, sort_keys=True, default=str) for row in rows(sheet, register)
                )
                for register in sheet.registers
            },
            Counter(problem.key for problem in sheet.problems),
        )
        for sheet in reading.sheets
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(FILES)
def test_the_order_of_sources_does_not_change_values(tmp_path, files):
    paths = []
    for i, units in enumerate(files):
        paths.append(tmp_path / f"{i}.json")
        paths[-1].write_text(json.dumps(units), encoding="utf-8")
    expected = content(read(paths, POLICY))
    for order in itertools.permutations(paths):
        assert content(read(order, POLICY)) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(FILES)
def test_no_unit_no_value_and_no_row_is_lost(tmp_path, files):
    reading = sources(tmp_path, *files)
    units = [unit for file in files for unit in file]
    assert reading.rows_read == len(units)
    assert {sheet.unit for sheet in reading.sheets} == {unit["id"] for unit in units}
    for sheet in reading.sheets:
        mine = [unit for unit in units if unit["id"] == sheet.unit]
        for id_ in ("disunited", "meetings"):
            assert len(sheet.facts.get(id_, ())) == sum(unit["facts"][id_] is not None for unit in mine)
        for register in ("funds", "petitions"):
            filled = [unit["registers"][register] for unit in mine if unit["registers"][register] is not None]
            assert (register in sheet.registers) == bool(filled)
            per_file = [
                sum(len(u["registers"][register] or ()) for u in file if u["id"] == sheet.unit)
                for file in files
            ]
            assert max(per_file) <= len(sheet.registers.get(register, ())) <= sum(per_file)
    unread = sum(
        (unit["facts"]["meetings"] == "约3")
        + sum(row["amount"] == "x" for row in unit["registers"]["funds"] or ())
        + sum(row["level"] == "x" for row in unit["registers"]["petitions"] or ())
        for unit in units
    )
    merged_conflicts = sum(p.key == "data.row-cells-conflict" for s in reading.sheets for p in s.problems)
    assert reading.cells_unread == unread + merged_conflicts
