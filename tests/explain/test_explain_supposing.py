"""Why not, what if, what to ask next: small units of the lantern plan, and exactly what is said of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from lantern_units import SEVERE, evaluation, sheet

from engine.explain.ask import Question, questions
from engine.explain.changes import (
    CellChange,
    FactChange,
    RegisterEmpty,
    RowAdded,
    RowRemoved,
    changed,
)
from engine.explain.decisive import decisive_facts
from engine.explain.derivation import DerivationNode, derivation
from engine.explain.flip import flip
from engine.explain.graph import derivation_graph
from engine.explain.prune import Only, pruned
from engine.explain.what_if import difference
from engine.explain.why_not import why_not
from engine.inference.evaluation import Evaluation
from engine.language.values import Value

DAY = date(2018, 12, 31)
#: Kept, lit, and never damaged: not in need of repair.
GOOD = sheet(rows=[], keeper=True, dark_days=Decimal(3))


def facts_of(found: object) -> list[set[str]]:
    assert found is not None
    return [set(each) for each in found.sets()]  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------- decisive


def test_one_problem_is_enough_and_each_alone_decides() -> None:
    weak = evaluation(sheet(rows=[], keeper=False, dark_days=Decimal(40)))
    assert facts_of(decisive_facts(weak)) == [{"unit_kind", "keeper"}, {"unit_kind", "dark_days"}]


def test_to_have_no_problem_everything_counts() -> None:
    assert facts_of(decisive_facts(evaluation(GOOD))) == [{"unit_kind", "damage", "keeper", "dark_days"}]


def test_out_of_scope_the_kind_decides_alone() -> None:
    assert facts_of(decisive_facts(evaluation(sheet(kind="村", keeper=False)))) == [{"unit_kind"}]


def test_what_is_not_known_is_not_decided_by_anything() -> None:
    assert decisive_facts(evaluation(sheet(rows=[], keeper=True))) is None


def test_sources_that_disagree_decide_together_or_not_at_all() -> None:
    both_dark = evaluation(sheet(rows=[], keeper=True, dark_days=[Decimal(40), Decimal(50)]))
    assert facts_of(decisive_facts(both_dark)) == [{"unit_kind", "dark_days"}]


# ------------------------------------------------------------------------------------------- why not


def missing(unit: Evaluation, subject: str = "weak", wanted: bool = True) -> list[list[tuple[str, object]]]:
    """For each path, what each missing test reads and how it came out."""
    leaves = unit.program.leaves
    return [
        [(min(leaves[test.node].reads), test.truth) for test in path.tests]
        for path in why_not(unit, subject, wanted).paths
    ]


def test_each_path_to_the_verdict_with_what_it_lacks() -> None:
    assert missing(evaluation(GOOD)) == [[("damage", False)], [("keeper", False)], [("dark_days", False)]]


def test_what_is_only_not_known_comes_first() -> None:
    unit = evaluation(sheet(rows=[], keeper=True))
    assert missing(unit) == [[("dark_days", None)], [("damage", False)], [("keeper", False)]]


def test_what_holds_lacks_nothing() -> None:
    assert missing(evaluation(sheet(rows=[], keeper=False))) == [[]]


def test_to_hold_together_several_are_missing() -> None:
    unit = evaluation(GOOD)
    assert missing(unit, "key") == [
        [("damage", False), ("keeper", False)],
        [("damage", False), ("dark_days", False)],
    ]


def test_the_way_back_is_a_path_too() -> None:
    unit = evaluation(sheet(rows=[], keeper=False, dark_days=Decimal(40)))
    assert missing(unit, wanted=False) == [[("keeper", True), ("dark_days", True)]]


# ------------------------------------------------------------------------------------------- what if


def test_a_difference_names_what_made_it() -> None:
    before = evaluation(GOOD)
    after = evaluation(changed(GOOD, [FactChange("keeper", False)], DAY))
    found = difference(before, after)
    assert (found.before.classification, found.after.classification) == ("not_weak", "weak")
    assert found.facts == ("keeper",)
    assert [(f.rule, f.before, f.after, len(f.tests), f.findings) for f in found.findings] == [
        ("neglect.unkept", False, True, 1, ()),
        ("neglect", False, True, 0, ("neglect.unkept",)),
        ("weak", False, True, 0, ("neglect",)),
    ]
    assert [(c.table, c.before, c.after) for c in found.choices] == [("leader", None, "副主任")]


def test_nothing_changed_nothing_differs() -> None:
    found = difference(evaluation(GOOD), evaluation(GOOD))
    assert not (found.facts or found.findings or found.choices or found.verdict_differs)


def test_a_parameter_is_a_difference_of_its_own() -> None:
    unit = sheet(rows=SEVERE[:1], keeper=True, dark_days=Decimal(0))
    found = difference(evaluation(unit), evaluation(unit, repeated_damage=Decimal(1)))
    assert found.parameters == ("repeated_damage",)
    assert [f.rule for f in found.findings] == ["lantern_damage.repeated", "lantern_damage", "weak"]


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (RowRemoved("damage", 2), ["重", "毁", "毁"]),
        (RowAdded("damage", (("level", "轻"),)), ["重", "轻", "毁", "毁", "轻"]),
        (CellChange("damage", 1, "level", "轻"), ["轻", "轻", "毁", "毁"]),
        (CellChange("damage", 1, "level", None), [None, "轻", "毁", "毁"]),
        (RegisterEmpty("damage"), []),
    ],
)
def test_rows_are_changed_where_they_are(change: object, rows: list[Value]) -> None:
    before = sheet(rows=SEVERE)
    found = changed(before, [change], DAY)  # type: ignore[list-item]
    assert [
        row.cells["level"].value if "level" in row.cells else None for row in found.registers["damage"]
    ] == rows
    assert [row.cells["level"].value for row in before.registers["damage"]] == ["重", "轻", "毁", "毁"]


def test_a_row_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(KeyError):
        changed(GOOD, [RowRemoved("damage", 1)], DAY)


def test_what_is_supposed_counts_as_observed_today() -> None:
    """Days dark have a shelf life of six months."""
    old = changed(GOOD, [FactChange("dark_days", Decimal(40))], DAY - timedelta(days=300))
    assert evaluation(old).classification == "undetermined"
    assert evaluation(changed(old, [FactChange("dark_days", Decimal(40))], DAY)).classification == "weak"


# ------------------------------------------------------------------------------------------- flip


def test_the_nearest_number_that_changes_it() -> None:
    found = flip(evaluation(sheet(rows=[], keeper=True, dark_days=Decimal(37))))
    assert found.changes == (FactChange("dark_days", Decimal(30)),)
    assert found.proved and found.after is not None and found.after.classification == "not_weak"


def test_every_problem_has_to_be_solved() -> None:
    found = flip(evaluation(sheet(rows=[], keeper=False, dark_days=Decimal(40))))
    assert found.changes == (FactChange("keeper", True), FactChange("dark_days", Decimal(30)))
    assert (found.cost, found.at_least, found.proved) == (2, 2, True)


def test_rows_that_are_added_cost_one_each() -> None:
    found = flip(evaluation(GOOD), "lantern_damage", True)
    assert found.changes is not None and len(found.changes) == found.cost == 3
    assert {type(change) for change in found.changes} == {RowAdded}
    assert not found.proved  # rows can be written in more ways than were tried


def test_what_is_so_already_needs_no_change() -> None:
    found = flip(evaluation(GOOD), "weak", False)
    assert found.changes == () and found.cost == 0 and found.proved


def test_a_unit_out_of_scope_cannot_be_flipped() -> None:
    with pytest.raises(ValueError, match="scope"):
        flip(evaluation(sheet(kind="村")))


# ------------------------------------------------------------------------------------------- ask


def asked(unit: Evaluation) -> list[tuple[str, str, int, int]]:
    return [(q.fact, q.verdict, q.at_least, q.at_best) for q in questions(unit)]


def test_what_settles_it_whatever_the_answer_comes_first() -> None:
    assert asked(evaluation(sheet(rows=[], keeper=True))) == [("dark_days", "always", 3, 3)]


def test_a_register_that_was_never_filled_in_may_settle_it() -> None:
    found = asked(evaluation(sheet(keeper=True, dark_days=Decimal(0))))
    assert found == [("damage", "sometimes", 3, 3)]


def test_a_blank_cell_of_a_row_is_asked_for_by_itself() -> None:
    rows = [*SEVERE[:1] * 2, {"level": "毁"}]
    (found,) = questions(evaluation(sheet(rows=rows, keeper=True, dark_days=Decimal(0))))
    assert isinstance(found, Question)
    assert (found.fact, found.reason, found.verdict) == ("damage[3].day", "not_filled", "always")


def test_the_kind_is_asked_for_first_where_it_is_missing() -> None:
    assert asked(evaluation(sheet(kind=None, rows=[], keeper=True)))[0][0] == "unit_kind"


def test_nothing_is_asked_once_it_is_settled() -> None:
    assert questions(evaluation(sheet(keeper=False))) == ()


# ------------------------------------------------------------------------------------------- parts and pictures


def shown(node: DerivationNode) -> object:
    rule = node.point.rule.id if node.point.rule is not None else node.point.kind
    return (rule, node.truth, [shown(child) for child in node.inputs], node.hidden)


def test_only_what_decides() -> None:
    tree = derivation(evaluation(sheet(rows=[], keeper=False, dark_days=Decimal(0))))
    assert isinstance(tree.root, DerivationNode)
    found = pruned(tree, only="decisive").root
    assert isinstance(found, DerivationNode)
    leaves = [node for node in found.walk() if node.point.leaf is not None]
    assert all(node.truth is True for node in found.walk())
    assert {min(node.point.leaf.reads) for node in leaves if node.point.leaf} == {"unit_kind", "keeper"}


@pytest.mark.parametrize(("only", "truth"), [("true", True), ("false", False), ("unknown", None)])
def test_only_one_truth_with_the_way_to_it(only: Only, truth: bool | None) -> None:
    """The unit is weak by one rule; what is false or unknown further down is shown with the nodes that lead to it."""
    tree = derivation(evaluation(sheet(rows=None, keeper=False, dark_days=Decimal(0))))
    assert isinstance(tree.root, DerivationNode) and tree.root.truth is True
    found = pruned(tree, only=only).root
    assert isinstance(found, DerivationNode)
    wanted = {node.point.index for node in tree.root.walk() if node.truth is truth and not node.inputs}
    kept = [node for node in found.walk() if not node.inputs and node.truth is truth]
    assert kept and {node.point.index for node in kept} <= wanted
    for node in found.walk():
        leads = [below for below in node.walk() if below.truth is truth]
        assert leads  # nothing is shown that is not wanted and leads nowhere
        if node.truth is truth:
            assert all(child.truth is truth for child in node.inputs)


def test_so_deep_and_no_deeper() -> None:
    tree = derivation(evaluation(GOOD), "key")
    assert isinstance(tree.root, DerivationNode)
    found = pruned(tree, depth=0).root
    assert isinstance(found, DerivationNode)
    assert (found.inputs, found.hidden) == ((), len(tree.root.inputs))
    assert pruned(tree, depth=99).root == tree.root


def test_the_graph_has_both_channels_proofs_and_no_circle() -> None:
    import networkx

    tree = derivation(evaluation(sheet(rows=[], keeper=False, dark_days=Decimal(0)), engine="both"))
    graph = derivation_graph(tree, "en")
    assert networkx.is_directed_acyclic_graph(graph)
    root = next(iter(graph))
    assert graph.nodes[root]["truth"] == "true" and graph.nodes[root]["firings"]
    assert set(graph.nodes) == {root} | networkx.descendants(graph, root)
    assert len(graph) == len(list(tree.root.walk()))  # type: ignore[union-attr]
