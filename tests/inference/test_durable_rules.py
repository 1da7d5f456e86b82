"""Each kind of node and table beside the rules that it becomes, and a unit beside the firings that prove it."""

from __future__ import annotations

from pathlib import Path

import pytest
from durable_networks import LEAF, network

from engine.inference.durable import DurableChannel, DurableProgram, Firing, compile_network
from engine.inference.network import UNDECIDED, ChoiceTable, HitPolicyBroken, Network, Node, Truth

pytest.importorskip("durable_rules_engine")


def listing(*nodes: Node, tables: tuple[ChoiceTable, ...] = ()) -> list[str]:
    return list(compile_network(network(*nodes, tables=tables)).listing())


def shown(firing: Firing) -> str:
    return f"{firing.concludes} <- {' & '.join(map(str, firing.matched))}"


def trace(given: Network, *leaves: Truth) -> list[str]:
    unit = [*leaves, *[None] * (len(given.nodes) - len(leaves))]
    return [shown(firing) for firing in DurableChannel(compile_network(given)).conclude(unit, True).firings]


def test_all_of() -> None:
    assert listing(LEAF, LEAF, Node("all", (0, 1))) == [
        "2 true <- 0 true & 1 true",
        "2 false <- 0 false",
        "2 false <- 1 false",
    ]


def test_any_of() -> None:
    assert listing(LEAF, LEAF, Node("any", (0, 1))) == [
        "2 false <- 0 false & 1 false",
        "2 true <- 0 true",
        "2 true <- 1 true",
    ]


def test_none_of_is_any_of_with_the_conclusions_exchanged() -> None:
    assert listing(LEAF, LEAF, Node("none", (0, 1))) == [
        "2 true <- 0 false & 1 false",
        "2 false <- 0 true",
        "2 false <- 1 true",
    ]


def test_two_of_three_is_false_as_soon_as_two_are() -> None:
    assert listing(LEAF, LEAF, LEAF, Node("at_least", (0, 1, 2), 2)) == [
        "3 true <- 0 true & 1 true",
        "3 true <- 0 true & 2 true",
        "3 true <- 1 true & 2 true",
        "3 false <- 0 false & 1 false",
        "3 false <- 0 false & 2 false",
        "3 false <- 1 false & 2 false",
    ]


def test_an_input_listed_twice_counts_twice() -> None:
    assert listing(LEAF, LEAF, LEAF, Node("at_least", (0, 0, 1, 2), 2)) == [
        "3 true <- 0 true",
        "3 true <- 1 true & 2 true",
        "3 false <- 0 false & 1 false",
        "3 false <- 0 false & 2 false",
    ]


@pytest.mark.parametrize(
    ("node", "rule"),
    [
        (Node("all"), "1 true <- always"),
        (Node("any"), "1 false <- always"),
        (Node("none"), "1 true <- always"),
        (Node("at_least", (0,), 0), "1 true <- always"),
        (Node("at_least", (0,), -1), "1 true <- always"),
        (Node("at_least", (0,), 2), "1 false <- always"),
        (Node("at_least", (), 1), "1 false <- always"),
    ],
)
def test_what_depends_on_nothing_follows_from_the_literal_that_always_holds(node: Node, rule: str) -> None:
    assert listing(LEAF, node) == [rule]


def test_more_than_16_inputs_are_grouped() -> None:
    many = tuple(range(40))
    rules = listing(*[LEAF] * 40, Node("all", many))
    assert rules[:4] == [
        "all of (0 true, 1 true … 15 true: 16) <- " + " & ".join(f"{i} true" for i in range(16)),
        "all of (16 true, 17 true … 31 true: 16) <- " + " & ".join(f"{i} true" for i in range(16, 32)),
        "all of (32 true, 33 true, 34 true, 35 true, 36 true, 37 true, 38 true, 39 true) <- "
        + " & ".join(f"{i} true" for i in range(32, 40)),
        "40 true <- all of (0 true, 1 true … 15 true: 16) & all of (16 true, 17 true … 31 true: 16) & "
        "all of (32 true, 33 true, 34 true, 35 true, 36 true, 37 true, 38 true, 39 true)",
    ]
    assert rules[4:] == [f"40 false <- {i} false" for i in many]


def test_a_large_threshold_is_split_in_halves_that_are_counted_once() -> None:
    rules = listing(*[LEAF] * 8, Node("at_least", tuple(range(8)), 2))
    half = "at least 1 of (0 true, 1 true, 2 true, 3 true)"
    assert [rule for rule in rules if rule.startswith(half)] == [f"{half} <- {i} true" for i in range(4)]
    assert f"8 true <- {half} & at least 1 of (4 true, 5 true, 6 true, 7 true)" in rules


def table(policy: str, *outcomes: str) -> tuple[ChoiceTable, ...]:
    rows = tuple(enumerate(outcomes))
    return (ChoiceTable("leader", policy, rows),)  # type: ignore[arg-type]


def test_unique_and_any_tables_have_a_literal_for_each_row_that_applies() -> None:
    expected = [
        "leader row 1 <- 0 true",
        "leader row 2 <- 1 true",
        "leader nothing applies <- 0 false & 1 false",
    ]
    assert listing(LEAF, LEAF, tables=table("U", "x", "y")) == expected
    assert listing(LEAF, LEAF, tables=table("A", "x", "y")) == expected


def test_in_a_first_table_earlier_rows_with_another_outcome_must_be_false() -> None:
    assert listing(LEAF, LEAF, LEAF, tables=table("F", "x", "y", "x")) == [
        "leader row 1 <- 0 true",
        "leader row 2 <- 0 false & 1 true",
        "leader row 3 <- 1 false & 2 true",
        "leader nothing applies <- 0 false & 1 false & 2 false",
    ]


def test_a_collecting_table_needs_every_row_decided() -> None:
    assert listing(LEAF, LEAF, tables=table("C", "x", "y")) == [
        "leader row 1 <- 0 true",
        "leader row 1 left out <- 0 false",
        "leader row 2 <- 1 true",
        "leader row 2 left out <- 1 false",
    ]


@pytest.mark.parametrize(
    ("policy", "leaves", "choice"),
    [
        ("U", (True, None, False), "x"),
        ("U", (None, False, False), UNDECIDED),
        ("U", (False, False, False), None),
        ("U", (True, False, True), HitPolicyBroken((0, 2))),
        ("A", (True, False, True), "x"),
        ("A", (True, True, True), HitPolicyBroken((0, 1, 2))),
        ("F", (None, True, False), UNDECIDED),
        ("F", (None, False, True), "x"),
        ("F", (False, True, True), "y"),
        ("F", (False, False, False), None),
        ("C", (True, False, True), ("x", "x")),
        ("C", (False, False, False), ()),
        ("C", (True, None, True), UNDECIDED),
    ],
)
def test_choices(policy: str, leaves: tuple[Truth, ...], choice: object) -> None:
    given = network(LEAF, LEAF, LEAF, tables=table(policy, "x", "y", "x"))
    result = DurableChannel(compile_network(given)).conclude(leaves)
    assert result.conclusions.choices == {"leader": choice}


@pytest.mark.parametrize(("policy", "choice"), [("U", None), ("A", None), ("F", None), ("C", ())])
def test_a_table_without_rows(policy: str, choice: object) -> None:
    given = network(LEAF, tables=table(policy))
    assert DurableChannel(compile_network(given)).conclude([None]).conclusions.choices == {"leader": choice}


WEAK = network(LEAF, LEAF, LEAF, Node("any", (0, 1)), Node("none", (2,)), Node("all", (3, 4)))


def test_the_trace_proves_each_conclusion_from_what_came_before() -> None:
    assert trace(WEAK, True, None, False) == [
        "3 true <- 0 true",
        "4 true <- 2 false",
        "5 true <- 3 true & 4 true",
    ]


@pytest.mark.parametrize("name", ["durable-rules.md", "durable-rules.zh.md"])
def test_the_document_shows_these_rules_and_this_trace(name: str) -> None:
    document = (Path(__file__).resolve().parents[2] / "docs" / name).read_text(encoding="utf-8")
    for lines in (compile_network(WEAK).listing(), trace(WEAK, True, None, False)):
        assert "```text\n" + "\n".join(lines) + "\n```" in document


def test_every_reason_for_a_conclusion_is_in_the_trace() -> None:
    assert trace(WEAK, True, True, None) == ["3 true <- 0 true", "3 true <- 1 true"]


def test_of_unknown_leaves_nothing_follows() -> None:
    assert trace(WEAK, None, None, None) == []


def test_a_firing_names_its_rule_and_leads_back_to_the_nodes() -> None:
    firing = (
        DurableChannel(compile_network(WEAK)).conclude([None, True, None, None, None, None], True).firings[0]
    )
    assert firing.rule == "3 true (2)"
    assert firing.node == 3
    assert (firing.concludes.node, firing.concludes.value) == (3, True)
    assert [(literal.node, literal.value) for literal in firing.matched] == [(1, True)]


def test_no_trace_unless_asked_for() -> None:
    assert DurableChannel(compile_network(WEAK)).conclude([True] * 6).firings == ()


def test_a_leaf_must_be_a_truth() -> None:
    with pytest.raises(KeyError):
        DurableChannel(compile_network(WEAK)).conclude([True, "yes", None, None, None, None])  # type: ignore[list-item]


def test_a_program_survives_json() -> None:
    program = compile_network(
        network(*[LEAF] * 40, Node("all", tuple(range(40))), tables=table("F", "x", "y"))
    )
    assert DurableProgram.from_json(program.to_json()) == program
