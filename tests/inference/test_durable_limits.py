"""At and beyond each limit of durable-rules: the compiler never gets there, and the check would notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from durable_networks import LEAF, network, some_leaves

from engine.inference import durable_compile
from engine.inference.durable import (
    DurableChannel,
    DurableContradiction,
    DurableLimitError,
    DurableProgram,
    DurableRule,
    NativeError,
    compile_network,
)
from engine.inference.durable_limits import check_limits, distinct_ids, fnv1a
from engine.inference.network import ChoiceTable, Network, Node
from engine.inference.reference import Reference
from engine.messages import text

pytest.importorskip("durable_rules_engine")


def assert_agrees(given: Network) -> DurableProgram:
    """Both channels conclude the same for all true, all false, unknown and mixed leaves; gives the program."""
    program = compile_network(given)
    channel, reference = DurableChannel(program), Reference(given)
    uniform = [
        [value if node.kind == "leaf" else None for node in given.nodes] for value in (True, False, None)
    ]
    for leaves in [*uniform, *some_leaves(given, 1, 4)]:
        assert channel.conclude(leaves).conclusions == reference.conclude(leaves)
    channel.close()
    return program


@pytest.mark.parametrize("size", [15, 16, 17, 255, 256, 257, 511, 512, 600])
@pytest.mark.parametrize("kind", ["all", "any", "none"])
def test_wide_conditions(kind: str, size: int) -> None:
    program = assert_agrees(network(*[LEAF] * size, Node(kind, tuple(range(size)))))  # type: ignore[arg-type]
    assert max(len(rule.antecedents) for rule in program.rules) <= 16


@pytest.mark.parametrize("uses", [63, 64, 65, 254, 255, 256, 1000, 4000])
def test_a_leaf_that_many_rules_use(uses: int) -> None:
    program = assert_agrees(network(LEAF, LEAF, *[Node("all", (0, 1))] * uses))
    assert len(program.rules) == 3 * uses


def test_three_thousand_rules() -> None:
    rules = [Node("all", (i % 100, (7 * i + 3) % 100)) for i in range(3000)]
    assert len(assert_agrees(network(*[LEAF] * 100, *rules)).rulesets) > 1


def test_depth_500() -> None:
    nodes = [LEAF, LEAF]
    for i in range(500):
        nodes.append(Node(("all", "any", "none", "at_least")[i % 4], (len(nodes) - 1, i % 2), 1))  # type: ignore[arg-type]
    assert_agrees(network(*nodes))


@pytest.mark.parametrize(
    ("need", "size"), [(1, 600), (3, 600), (598, 600), (600, 600), (50, 100), (8, 16), (9, 17)]
)
def test_large_thresholds(need: int, size: int) -> None:
    assert_agrees(network(*[LEAF] * size, Node("at_least", tuple(range(size)), need)))


@pytest.mark.parametrize("need", range(-1, 13))
def test_thresholds_over_repeated_inputs_are_exact(need: int) -> None:
    """Every combination of truths of four inputs that count 1, 2, 3 and 5 times."""
    given = network(*[LEAF] * 4, Node("at_least", (0, *[1] * 2, *[2] * 3, *[3] * 5), need))
    channel, reference = DurableChannel(compile_network(given)), Reference(given)
    for leaves in product((True, False, None), repeat=4):
        unit = [*leaves, None]
        assert channel.conclude(unit).conclusions == reference.conclude(unit)


@pytest.mark.parametrize("policy", "UAFC")
def test_a_table_of_600_rows(policy: str) -> None:
    rows = tuple((i, str(i % 7)) for i in range(600))
    assert_agrees(network(*[LEAF] * 600, tables=(ChoiceTable("t", policy, rows),)))  # type: ignore[arg-type]


def program_of(*rules: DurableRule) -> DurableProgram:
    """A program that ``compile_network`` would not make: all rules in one ruleset, over 1,000 leaves."""
    frame = compile_network(network(*[LEAF] * 1000))
    return replace(frame, rules=rules, rulesets=((0, len(rules)),))


LIMITS = [
    ("error.durable-too-many-antecedents", lambda n: [DurableRule(1998, tuple(range(0, 2 * n, 2)))], 16),
    ("error.durable-too-many-uses", lambda n: [DurableRule(2 * i, (0,)) for i in range(1, n + 1)], 255),
    # one condition is that of the rule that always fires
    ("error.durable-too-many-conditions", lambda n: [DurableRule(0, (2 * i,)) for i in range(1, n)], 511),
    (
        "error.durable-ruleset-too-long",
        lambda n: [DurableRule(i % 2000, (i % 400,)) for i in range(n - 1)],
        4096,
    ),
]


@pytest.mark.parametrize(("key", "rules", "limit"), LIMITS)
def test_the_check_knows_each_limit(key: str, rules: object, limit: int) -> None:
    check_limits(program_of(*rules(limit)))  # type: ignore[operator]
    with pytest.raises(DurableLimitError) as caught:
        check_limits(program_of(*rules(limit + 1)))  # type: ignore[operator]
    error = caught.value
    assert (error.key, error.params["found"], error.params["limit"]) == (key, limit + 1, limit)
    assert str(error.params["rule"]) in text(error.key, "en", **error.params)
    assert str(error.params["rule"]) in text(error.key, "zh", **error.params)


@pytest.mark.parametrize(("key", "rules", "limit"), LIMITS)
def test_the_engine_still_works_at_each_limit(key: str, rules: object, limit: int) -> None:
    program = program_of(*rules(limit))  # type: ignore[operator]
    DurableChannel(program).conclude([True] * 1000)


def test_a_threshold_beyond_reason_names_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_compile, "MAX_PROGRAM", 200)
    nodes = (*[LEAF] * 40, Node("any", (0,)), Node("at_least", tuple(range(40)), 20))
    with pytest.raises(DurableLimitError) as caught:
        compile_network(Network(nodes, {"screening.small": 40, "screening.half": 41}))
    assert text(caught.value.key, "en", **caught.value.params) == (
        "`screening.half` needs more than 200 rules in durable-rules"
    )


def test_fnv1a_is_the_published_function() -> None:
    assert (fnv1a(""), fnv1a("a"), fnv1a("foobar")) == (0x811C9DC5, 0xE40C292C, 0xBF9CF968)


def test_ids_whose_hashes_collide_are_renamed() -> None:
    # "costarring" and "liquid" are the well-known pair of 32-bit FNV-1a
    assert fnv1a("costarring") == fnv1a("liquid")
    assert distinct_ids(["costarring", "liquid", "other"]) == ("costarring", "liquid_", "other")
    assert distinct_ids(["sid", "x"]) == ("sid_", "x")


def test_without_renaming_the_engine_takes_one_literal_for_another() -> None:
    given = network(LEAF, LEAF, Node("any", (0,)), Node("any", (1,)))
    program = compile_network(given)
    ids = ("costarring", "f0", "liquid", *program.ids[3:])
    only_1_is_true = [None, True, None, None]
    assert DurableChannel(program).conclude(only_1_is_true).conclusions.truths == (None, True, None, True)
    wrong = DurableChannel(replace(program, ids=ids)).conclude(only_1_is_true).conclusions.truths
    assert wrong == (None, True, True, True)


def test_a_message_that_the_engine_drops_is_an_error() -> None:
    program = compile_network(network(LEAF, LEAF, Node("all", (0, 1))))
    twice = replace(program, ids=("t1", "f0", "t1", *program.ids[3:]))
    with pytest.raises(NativeError, match="message dropped: 2"):
        DurableChannel(twice).conclude([True, True, None])


def test_a_program_that_concludes_both_polarities_names_the_node() -> None:
    program = compile_network(network(LEAF, Node("any", (0,))))
    rules = (*program.rules, DurableRule(3, (0,)))
    contradictory = DurableChannel(replace(program, rules=rules, rulesets=((0, len(rules)),)))
    with pytest.raises(DurableContradiction) as caught:
        contradictory.conclude([True, None])
    assert caught.value.what == "1 true"
    # the unit is gone, and the next one is not affected
    assert contradictory.conclude([False, None]).conclusions.truths == (False, False)


def test_a_poor_hash_still_gives_distinct_ids() -> None:
    ids = distinct_ids([f"t{i}" for i in range(200)], hash_=lambda id_: fnv1a(id_) % 1000)
    assert Counter(fnv1a(id_) % 1000 for id_ in ids).most_common(1)[0][1] == 1


def test_a_large_program_has_no_two_ids_of_one_hash() -> None:
    ids = compile_network(network(*[LEAF] * 50_000)).ids
    assert len({fnv1a(id_) for id_ in ids}) == len({fnv1a(f"0!{id_}") for id_ in ids}) == len(ids)
