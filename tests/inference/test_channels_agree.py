"""Both channels agree on random policies and random sheets, and with a third, naive reading of the same policy.

The naive reading walks the condition nouns directly, with the laws of strong Kleene logic written out once more; it
shares only the decided leaves with the channels.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_policies import AS_OF, projects, sheets, write_project

from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation, Program
from engine.inference.network import Truth
from engine.project import load
from engine.project.policy import All, AnyOf, AtLeast, Condition, FindingRef, Leaf, NoneOf, Policy, Reading


def loaded(files: dict[str, Any]) -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        result = load(write_project(Path(folder), files))
    assert result.policy is not None, result.diagnostics
    return result.policy


class Naive:
    """The truth of a rule by walking its condition, leaf truths taken from an evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        program = evaluation.program
        self._program = program
        self._kinds = evaluation.possible_kinds
        self._leaves: dict[int, Truth] = {
            id(leaf.leaf): evaluation.truth(index) for index, leaf in program.leaves.items()
        }

    def rule(self, id_: str) -> Truth:
        rule = self._program.policy.rules[id_]
        applies: Truth = True
        if rule.kinds:
            said = {kind in rule.kinds for kind in self._kinds}
            applies = said.pop() if len(said) == 1 else None
        truths = [applies, self.condition(rule.when)]
        return False if False in truths else None if None in truths else True

    def condition(self, condition: Condition) -> Truth:
        if isinstance(condition, Leaf):
            return self._leaves[id(condition)]
        if isinstance(condition, FindingRef):
            return self.rule(condition.id)
        truths = [self.condition(item) for item in condition.items]
        low, high = truths.count(True), len(truths) - truths.count(False)
        if isinstance(condition, NoneOf):
            return False if low else None if high else True
        need = len(truths)
        if isinstance(condition, AnyOf):
            need = 1
        elif isinstance(condition, Reading):
            need = 1 if self._program.parameters[condition.parameter] == "any" else len(truths)
        elif isinstance(condition, AtLeast):
            need = self._need(condition)
        else:
            assert isinstance(condition, All)
        return True if low >= need else None if high >= need else False

    def _need(self, condition: AtLeast) -> int:
        from engine.language import compile

        return int(compile(condition.need)(self._program.parameters))  # type: ignore[arg-type]


def check(program: Program, units: list[FactSheet]) -> int:
    """Evaluate with both channels; any difference is a failure of the unit. Returns how many were compared."""
    alone = list(evaluate_all(program, units, engine="reference"))
    both = list(evaluate_all(program, units, engine="both", trace=True))
    for one, other in zip(alone, both, strict=True):
        assert other.failure is None, other.failure
        assert one.conclusions == other.conclusions
        naive = Naive(one)
        for rule in program.policy.rules:
            assert one.finding(rule) is naive.rule(rule), rule
        if one.finding("weak") is None:
            assert one.missing, "an undetermined verdict must say what would settle it"
    return len(units)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(), st.lists(sheets(), min_size=1, max_size=8))
def test_channels_agree_on_random_policies_and_sheets(files: dict[str, Any], units: list[FactSheet]) -> None:
    check(prepare(loaded(files), AS_OF), units)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(most_rules=250), st.randoms(use_true_random=False))
def test_channels_agree_on_large_policies(files: dict[str, Any], random: Any) -> None:
    program = prepare(loaded(files), AS_OF)
    units = many_sheets(random.randint(0, 2**32), 900)
    assert check(program, units) == 900


def many_sheets(seed: int, count: int) -> list[FactSheet]:
    """``count`` sheets from one seed; drawn outside of hypothesis, which is slow at drawing thousands of them."""
    from random import Random

    from random_sheets import sheet

    random = Random(seed)
    return [sheet(random) for _ in range(count)]
