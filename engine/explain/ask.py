"""Which unknown fact to find out next: each is tried with every value that makes a difference, and ranked by what settles.

A fact that settles the verdict whatever its value comes before one that may, and that before one that cannot alone; then
the number of findings that it settles for certain, and at best.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.explain.candidates import fact_candidates, sample_values
from engine.explain.changes import CellChange, Change, FactChange, RegisterEmpty
from engine.explain.constants import Constants
from engine.explain.row_candidates import register_candidates
from engine.explain.supposition import Suppositions
from engine.inference.evaluation import Evaluation, Reason
from engine.project.policy import UNIT_KIND, Fact

if TYPE_CHECKING:
    from engine.inference.population import Comparer

Settles: TypeAlias = Literal["always", "sometimes", "not_alone"]
_CELL = re.compile(r"(.+)\[([0-9]+)\]\.(.+)")
_RANK: dict[Settles, int] = {"always": 0, "sometimes": 1, "not_alone": 2}


@dataclass(frozen=True)
class Question:
    """An unknown fact, cell (``register[2].column``) or register, and what knowing it would settle.

    ``verdict``: whether it settles the subject with every value, with some, or with none alone; ``at_least`` and
    ``at_best``: how many of the unknown findings its least and most telling values settle; ``depends``: how many unknown
    rules and tables look at it. ``supplier``: the office that supplies it, None if it is any.
    """

    fact: str
    reason: Reason
    supplier: str | None
    verdict: Settles
    at_least: int
    at_best: int
    depends: int


def questions(
    evaluation: Evaluation, subject: str = "weak", comparer: Comparer | None = None
) -> tuple[Question, ...]:
    """What to find out for ``subject`` to be settled, the most telling first; none if it is settled.

    ``comparer``: what tells how the unit would stand among others with other facts; without one that stays open.

    Raises KeyError for an unknown rule, ValueError for a unit without verdict.
    """
    if evaluation.conclusions is None:
        raise ValueError("a unit without verdict has no questions")
    if evaluation.finding(subject) is not None and evaluation.classification != "undetermined":
        return ()
    return _Asker(evaluation, subject, comparer).questions()


def column_of(evaluation: Evaluation, name: str) -> tuple[str, int, Fact] | None:
    """Register, row (from 1) and column of a cell's name; None for a fact."""
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    return found[1], int(found[2]), evaluation.program.policy.registers[found[1]].columns[found[3]]


class _Asker:
    def __init__(self, evaluation: Evaluation, subject: str, comparer: Comparer | None) -> None:
        self._evaluation = evaluation
        self._program = evaluation.program
        self._subject = subject
        self._suppositions = Suppositions(self._program, comparer)
        self._compared_by = {
            fact for one in self._program.comparisons for fact in (*one.reads, *one.comparison.among)
        }
        self._constants = Constants(self._program)
        self._now = self._suppositions.suppose(evaluation.sheet)
        rules = self._program.network.rules
        self._open = [index for index in rules.values() if evaluation.truth(index) is None]

    def questions(self) -> tuple[Question, ...]:
        root = self._program.network.rules[self._subject]
        wanted = dict.fromkeys(self._evaluation.unknown_facts(root))
        depends = {item.fact: len(item.settles) for item in self._evaluation.missing}
        if self._evaluation.kind is None:
            wanted = {UNIT_KIND: None, **wanted}
        found = [self._question(fact, depends.get(fact, 0)) for fact in wanted]
        order = {name: i for i, name in enumerate(self._evaluation.context.values)}
        return tuple(
            sorted(
                found,
                key=lambda q: (
                    _RANK[q.verdict],
                    -q.at_least,
                    -q.at_best,
                    -q.depends,
                    order.get(q.fact.partition("[")[0], 0),
                    q.fact,
                ),
            )
        )

    def _question(self, fact: str, depends: int) -> Question:
        outcomes = [self._suppositions.suppose(self._evaluation.sheet, c).truths for c in self._tries(fact)]
        root = self._program.network.rules[self._subject]
        settled = [truths[root] is not None for truths in outcomes]
        counts = [sum(truths[i] is not None for i in self._open) for truths in outcomes]
        verdict: Settles = "not_alone"
        if settled and all(settled) and self._whole(fact):
            verdict = "always"
        elif any(settled):
            verdict = "sometimes"
        policy = self._program.policy
        base = fact.partition("[")[0]
        supplier = policy.facts[base].supplier if base in policy.facts else None
        if base in policy.registers:
            supplier = policy.registers[base].supplier
        return Question(
            fact,
            self._evaluation.reason(fact),
            supplier,
            verdict,
            min(counts, default=0),
            max(counts, default=0),
            depends,
        )

    def _whole(self, fact: str) -> bool:
        """Whether all that the fact can be was tried; of a register, or among other units, only a part can be."""
        return fact not in self._program.policy.registers and fact not in self._compared_by

    def _tries(self, fact: str) -> list[tuple[Change, ...]]:
        policy = self._program.policy
        if fact == UNIT_KIND:
            return [(FactChange(UNIT_KIND, kind),) for kind in policy.kinds]
        cell = column_of(self._evaluation, fact)
        if cell is not None:
            register, row, column = cell
            readers = self._suppositions.readers.get(register, ())
            known = self._constants.of(self._program.leaves[i].leaf.expression for i in readers)
            values = sample_values(column, known, self._program.as_of)
            return [(CellChange(register, row, column.id, value),) for value in values]
        if fact in policy.registers:
            found = register_candidates(
                self._suppositions, self._constants, self._now, policy.registers[fact]
            )
            return [(RegisterEmpty(fact),), *(option.changes for option in found.options)]
        if fact in policy.compared:
            return []  # other units leave it open; nothing of this one settles it
        if fact in self._compared_by:
            sampled = sample_values(policy.facts[fact], (), self._program.as_of)
            return [(FactChange(fact, value),) for value in sampled]
        options = fact_candidates(self._suppositions, self._constants, self._now, policy.facts[fact]).options
        return [option.changes for option in options]
