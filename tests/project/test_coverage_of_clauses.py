"""The table clause → rules, against what linking itself noted down, and its totals."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.project import load
from engine.project.clause_rules import clause_rules
from engine.project.coverage import coverage, policy_coverage, totals
from engine.project.policy import Clause, Policy, Text

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = [ROOT, ROOT / "tests/cli/bells", ROOT / "tests/cli/lanterns"]


def policy(root: Path) -> Policy:
    found = load(root, tests=False).policy
    assert found is not None
    return found


@pytest.mark.parametrize("root", PROJECTS, ids=lambda path: path.name)
def test_the_clauses_with_rules_are_those_that_linking_found_executed(root: Path) -> None:
    """Two ways to the same set: rules that cite clauses, and clauses noted while their rules were linked."""
    found = policy(root)
    assert {clause for clause, refs in clause_rules(found).items() if refs} == found.executed


@pytest.mark.parametrize("root", PROJECTS, ids=lambda path: path.name)
def test_every_clause_is_accounted_for(root: Path) -> None:
    entries = policy_coverage(policy(root))
    counted = totals(entries)
    assert counted.percent == 100
    assert sum(counted.by_status.values()) == len(entries) == counted.clauses
    for entry in entries:
        assert bool(entry.rules) == (entry.status == "executed")
        assert (entry.reason is not None) == (entry.status in ("not_operative", "not_yet_encoded"))


def test_rows_and_steps_stand_under_their_own_clause() -> None:
    refs = {ref.id: clause for clause, found in clause_rules(policy(ROOT)).items() for ref in found}
    table = policy(ROOT).tables["leading_offices"]
    assert refs["leading_offices"] == table.clause
    assert refs["leading_offices[1]"] == table.rows[0].clause != table.clause
    for procedure in policy(ROOT).procedures.values():
        for step in procedure.steps:
            assert refs[f"{procedure.id}.{step.id}"] == step.clause


def clause(id_: str, *, operative: bool = True, not_yet: str | None = None) -> Clause:
    both = Text(id_, id_)
    return Clause(
        id=id_,
        title=both,
        summary=both,
        locator="",
        operative=operative,
        why_not=None if operative else Text("愿望", "a wish"),
        not_yet_encoded=None if not_yet is None else Text(not_yet, not_yet),
        parent=id_.rpartition(".")[0] or None,
    )


def test_a_clause_without_a_rule_is_not_hidden_by_rounding() -> None:
    """199 of 200 are 99 %, not 100."""
    clauses = {f"{i}": clause(f"{i}") for i in range(200)}
    counted = totals(coverage(clauses, frozenset(clauses) - {"7"}))
    assert (counted.accounted, counted.percent, counted.by_status["without_rule"]) == (199, 99, 1)


def test_what_is_not_encoded_yet_covers_its_parts_but_not_what_is_executed() -> None:
    clauses = {
        c.id: c
        for c in (clause("1", not_yet="later"), clause("1.1"), clause("1.2"), clause("2", operative=False))
    }
    found = coverage(clauses, frozenset({"1.2"}))
    assert [(e.clause.id, e.status, e.reason and e.reason.en) for e in found] == [
        ("1", "not_yet_encoded", "later"),
        ("1.1", "not_yet_encoded", "later"),
        ("1.2", "executed", None),
        ("2", "not_operative", "a wish"),
    ]
