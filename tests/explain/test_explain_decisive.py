"""Decisive facts: every set forces the outcome alone, none can spare a fact, and no set is missing.

Checked against the definition itself: the unit is evaluated again with only some of its facts filled in.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "inference"))
sys.path.insert(0, str(Path(__file__).parent.parent / "project"))
from random_policies import AS_OF, projects, sheets
from small_project import edited, write
from test_channels_agree import loaded

from engine.explain.decisive import DecisiveFacts, decisive_facts
from engine.explain.families import Family, both, either, family, single, some_of
from engine.facts.sheet import FactSheet, Observation, Source
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation, Program
from engine.inference.network import HitPolicyBroken
from engine.project import load
from engine.project.policy import UNIT_KIND


def evaluated(program: Program, sheet: FactSheet) -> Evaluation:
    (found,) = evaluate_all(program, [sheet], engine="reference")
    return found


def with_only(sheet: FactSheet, known: frozenset[str]) -> FactSheet:
    """The unit as if nothing but ``known`` had ever been filled in."""
    return replace(
        sheet,
        kind=sheet.kind if UNIT_KIND in known else (),
        facts={name: seen for name, seen in sheet.facts.items() if name in known},
        registers={name: rows for name, rows in sheet.registers.items() if name in known},
    )


def outcome(evaluation: Evaluation, subject: str | None) -> object:
    """What is explained: the verdict, a finding, or a table's choice (broken hit policies are all one)."""
    if subject is None:
        return evaluation.classification
    if subject in evaluation.program.policy.tables:
        choice = evaluation.choice(subject)
        return "broken" if isinstance(choice, HitPolicyBroken) else choice
    return evaluation.finding(subject)


def brute_force(evaluation: Evaluation, subject: str | None, among: list[str]) -> set[frozenset[str]]:
    """All minimal sets by trying every subset, small ones first."""
    found: list[frozenset[str]] = []
    wanted = outcome(evaluation, subject)
    for size in range(len(among) + 1):
        for chosen in map(frozenset, combinations(among, size)):
            if any(smaller <= chosen for smaller in found):
                continue
            again = evaluated(evaluation.program, with_only(evaluation.sheet, chosen))
            if outcome(again, subject) == wanted:
                found.append(chosen)
    return set(found)


def filled_in(sheet: FactSheet) -> list[str]:
    return [*([UNIT_KIND] if sheet.kind else []), *sheet.facts, *sheet.registers]


def check(found: DecisiveFacts) -> None:
    """Sufficient, and nothing to spare."""
    evaluation = found.evaluation
    wanted = outcome(evaluation, found.subject)
    asks_for_knowledge = any("is defined" in str(leaf) for leaf in evaluation.program.leaves.values())
    for chosen in found.sets(20):
        again = evaluated(evaluation.program, with_only(evaluation.sheet, chosen))
        assert outcome(again, found.subject) == wanted
        for fact in sorted(chosen) if not asks_for_knowledge else ():
            less = evaluated(evaluation.program, with_only(evaluation.sheet, chosen - {fact}))
            assert outcome(less, found.subject) != wanted


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=4), sheets())
def test_decisive_sets_are_sufficient_and_minimal(files: dict[str, object], sheet: FactSheet) -> None:
    program = prepare(loaded(files), AS_OF)
    evaluation = evaluated(program, sheet)
    for subject in [None, *program.policy.rules, *program.policy.tables]:
        found = decisive_facts(evaluation, subject)
        if found is None:
            assert outcome(evaluation, subject) in (None, "undetermined") or subject in program.policy.tables
        else:
            check(found)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=2), sheets())
def test_no_decisive_set_is_missing(files: dict[str, object], sheet: FactSheet) -> None:
    policy = loaded(files)
    among = filled_in(sheet)[:9]
    evaluation = evaluated(prepare(policy, AS_OF), with_only(sheet, frozenset(among)))
    for subject in [None, "weak", *policy.tables]:
        found = decisive_facts(evaluation, subject)
        if found is not None:
            assert found.complete
            if any("is defined" in str(leaf) for leaf in evaluation.program.leaves.values()):
                continue  # what it says of a fact that is left out is no reason; see below
            assert set(found.sets()) == brute_force(evaluation, subject, among)
            assert found.count == len(set(found.sets()))


def test_that_a_fact_was_filled_in_is_not_unsaid(tmp_path: Path) -> None:
    """Without the open cases `is defined` would be false, and so the rule: that is no reason of this unit's."""
    asked = edited(
        "rules/screening/petitions.yaml",
        "      信访积案未结: true",
        '      expression: "is defined(cases_open) and income > 10"',
    )
    policy = load(write(tmp_path, asked)).policy
    assert policy is not None
    facts = {"cases_open": True, "income": Decimal(5)}
    seen = {name: (Observation(value, str(value), Source("t")),) for name, value in facts.items()}
    sheet = FactSheet("u", "某社区", (Observation("社区", "社区", Source("t")),), seen, {})
    evaluation = evaluated(prepare(policy, AS_OF), sheet)
    assert evaluation.finding("petitions.old") is False
    found = decisive_facts(evaluation, "petitions.old")
    assert found is not None and list(found.sets()) == [frozenset({"income"})]


_sets = st.lists(st.integers(1, 63), max_size=5)


def plain(sets: list[int]) -> set[int]:
    return {a for a in sets if not any(b != a and b & a == b for b in sets)}


@given(_sets, _sets, _sets)
def test_families_behave_as_sets_of_minimal_sets(one: list[int], two: list[int], three: list[int]) -> None:
    """Against the plain definition: products and unions of all sets, then the minimal ones."""

    def written(found: Family) -> set[int]:
        return set(found.sets())

    f, g, h = family(one), family(two), family(three)
    assert written(f) == plain(one)
    assert written(both(f, g)) == plain([a | b for a in one for b in two])
    assert written(either(f, g)) == plain(one + two)
    assert written(both(either(f, g), h)) == plain([a | b for a in one + two for b in three])
    two_of = [a | b for x, y in ((one, two), (one, three), (two, three)) for a in x for b in y]
    assert written(some_of(2, [f, g, h])) == plain(two_of)
    assert f.count == len(plain(one))
    sizes = [each.bit_count() for each in both(f, both(g, h)).sets()]
    assert sizes == sorted(sizes)


def test_a_million_sets_are_ten_factors() -> None:
    found = single(0)
    for i in range(10):
        found = both(found, family([1 << (4 * i + j) for j in range(4)]))
    assert found.count == 4**10
    assert next(found.sets()).bit_count() == 10
