"""Derivations: every branch is there, with what was read, why it is unknown, and the proof of the native channel."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lantern_units import DAYS_40, SEVERE, evaluation, sheet

from engine.explain.derivation import DerivationNode, TableDerivation, derivation, derivations
from engine.explain.notes import fact_notes, parameter_notes
from engine.inference.reference import all_of, any_of, none_of


def root(unit: object, rule: str, **more: object) -> DerivationNode:
    found = derivation(evaluation(unit, **more), rule).root  # type: ignore[arg-type]
    assert isinstance(found, DerivationNode)
    return found


def test_true_false_and_unknown_branches_are_all_there() -> None:
    node = root(sheet(keeper=False, dark_days=Decimal(3), rows=None), "weak")
    truths = {n.point.rule.id: n.truth for n in node.walk() if n.point.rule is not None}
    assert truths == {
        "weak": True,
        "neglect": True,
        "neglect.unkept": True,
        "lantern_damage": None,
        "lantern_damage.repeated": None,
    }
    assert {n.truth for n in node.walk() if n.point.leaf is not None} == {True, False, None}


def test_every_node_follows_from_its_inputs() -> None:
    rules = derivations(evaluation(sheet(keeper=[True, False], dark_days=DAYS_40, rows=SEVERE)))
    assert len(rules) == 6
    table = {"all": all_of, "any": any_of, "none": none_of}
    for node in {n.point.index: n for rule in rules.values() for n in rule.walk()}.values():
        if node.point.kind in table:
            assert node.truth is table[node.point.kind]([child.truth for child in node.inputs])


def test_a_rule_is_found_by_id_and_by_name_and_others_are_refused() -> None:
    found = evaluation(sheet(keeper=True))
    assert derivation(found, "失管类").subject == derivation(found, "neglect").subject == "neglect"
    with pytest.raises(KeyError):
        derivation(found, "nothing")


def test_rows_say_whether_they_are_counted() -> None:
    node = root(sheet(rows=SEVERE, keeper=True, dark_days=Decimal(0)), "lantern_damage.repeated")
    (test,) = (n for n in node.walk() if n.point.leaf is not None and "damage" in n.point.leaf.reads)
    (note,) = fact_notes(test)
    # severe and recent; slight; too long ago; the day is missing
    assert [row.counted for row in note.rows] == [True, False, False, None]
    assert [str(row.row.source) for row in note.rows] == [f"a.xlsx!损坏登记!{i}" for i in (2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("facts", "reason", "cells"),
    [
        ({}, "not_filled", []),
        ({"keeper": [True, False]}, "conflict", ["keeper0", "keeper1"]),
        ({"keeper": True}, None, ["keeper0"]),
    ],
)
def test_an_unknown_fact_says_why(facts: dict[str, object], reason: str | None, cells: list[str]) -> None:
    node = root(sheet(**facts), "neglect.unkept")  # type: ignore[arg-type]
    notes = [note for n in node.walk() for note in fact_notes(n) if note.fact == "keeper"]
    assert [(n.reason, [o.source.cell for o in n.observations]) for n in notes] == [(reason, cells)]


def test_parameters_come_with_basis_reason_and_the_day_they_hold_from() -> None:
    def notes(**parameters: object) -> dict[str, tuple[object, str, str | None]]:
        node = root(sheet(), "weak", **parameters)
        return {
            note.parameter.id: (note.value, note.parameter.basis, note.since and note.since.isoformat())
            for n in node.walk()
            for note in parameter_notes(n)
        }

    assert notes() == {
        "repeated_damage": (Decimal(3), "interpretation", "2018-01-01"),
        "neglect_reading": ("any", "interpretation", "2018-01-01"),
    }
    # a value that was only assumed for a run is in force from no day
    assert notes(repeated_damage=Decimal(2))["repeated_damage"] == (Decimal(2), "interpretation", None)


def test_a_table_has_a_derivation_for_each_row() -> None:
    unit = sheet(keeper=False, dark_days=DAYS_40, rows=[])
    found = derivation(evaluation(unit), "leader").root
    assert isinstance(found, TableDerivation)
    assert (found.choice, [row.truth for row in found.rows]) == ("副主任", [False, True])


def test_the_native_channel_gives_its_proof() -> None:
    node = root(sheet(keeper=False, dark_days=DAYS_40, rows=[]), "neglect.unkept", engine="both")
    assert node.truth is True
    for firing in node.firings:
        inputs = {child.point.index: child.truth for child in node.inputs}
        assert firing.concludes.value is node.truth
        assert {literal.node: literal.value for literal in firing.matched}.items() <= inputs.items()
    assert node.firings


def test_unknown_facts_are_those_of_the_unknown_branches() -> None:
    node = root(sheet(keeper=True, rows=[]), "weak")
    assert node.unknown_facts == ("dark_days",)
