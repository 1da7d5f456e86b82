"""A program compiled once for tables: every leaf, finding, classification and choice of every unit as a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import narwhals as nw

from engine.batch.cells import Cell, NotColumnar
from engine.batch.compiler import Compiler
from engine.batch.layout import UNIT, Layout, known_column
from engine.batch.native import Translated
from engine.batch.network import NetworkColumns, Place
from engine.batch.scopes import Names, Scope
from engine.inference.evaluation import Program
from engine.language.syntax import Expr
from engine.project.policy import AS_OF, UNIT_KIND

Frame = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Obstacle:
    """A leaf without a columnar form: the rule that it stands in, the leaf's index, and the key of the reason."""

    owner: str
    leaf: int
    why: str


class Screening:
    """A program over tables of one layout. ``made``: facts that an earlier stage has made, with their columns; ``truths``:
    tests that it has decided, with the columns of their truths.

    What is not asked for is not compiled. ``obstacles``: the leaves without a columnar form that were met; with any of
    them no unit can be screened this way. ``bounded``:
    (register or "" for the units, column) → the bound on its scaled integers, beyond which a unit goes the ordinary way.
    """

    def __init__(
        self,
        program: Program,
        layout: Layout,
        made: Mapping[str, tuple[Cell, Sequence[str]]] = MappingProxyType({}),
        truths: Mapping[Expr, str] = MappingProxyType({}),
    ) -> None:
        self.program = program
        self.layout = layout
        given = {UNIT, UNIT_KIND, *layout.facts, *(known_column(register) for register in layout.registers)}
        self.unit = Scope(frozenset(given), Names())
        policy = program.policy
        derived = {id_: fact.expression for id_, fact in policy.derived.items()}
        constants = {**program.parameters, AS_OF: program.as_of}
        self.compiler = Compiler(layout, constants, derived, self.unit, made)
        self.obstacles: list[Obstacle] = []
        self._by_expression: dict[Expr, Place] = dict(truths)
        self._translated = Translated()
        self.network = NetworkColumns(program.network, self._leaf, self.unit)

    @property
    def bounded(self) -> Mapping[tuple[str, str], int]:
        """See the class."""
        return self.compiler.bounded

    def _leaf(self, index: int) -> Place:
        expression = self.program.leaves[index].leaf.expression
        if expression not in self._by_expression:
            place: Place
            try:
                found, reads = self.unit.reads(lambda: self.compiler.truth(expression))
            except NotColumnar as error:
                self.obstacles.append(Obstacle(self.program.origins[index].owner, index, error.why))
                found, reads = None, frozenset()
            place = self.unit.let(found, reads, name=f":n{index}") if isinstance(found, nw.Expr) else found
            self._by_expression[expression] = place
        return self._by_expression[expression]

    # ------------------------------------------------------------------------------------------------ outputs

    def finding(self, rule: str) -> nw.Expr:
        """The truth of a rule's finding."""
        return self.network.truth(self.program.network.rules[rule])

    def choice(self, table: str) -> nw.Expr:
        """The outcome of a decision table, written as ``NetworkColumns.choice`` says."""
        return self.network.choice(next(t for t in self.program.network.tables if t.id == table))

    def classification(self) -> nw.Expr:
        """``weak``, ``not_weak``, ``undetermined`` or ``out_of_scope``: scope first, then the finding ``weak``."""
        kinds = self.program.policy.kinds
        outside = [id_ for id_, kind in kinds.items() if not kind.in_scope]
        weak = self.finding("weak")
        verdict = (
            nw.when(weak)
            .then(nw.lit("weak"))
            .otherwise(nw.when(~weak).then(nw.lit("not_weak")).otherwise(nw.lit("undetermined")))
        )
        kind = nw.col(UNIT_KIND)
        if outside:
            verdict = nw.when(kind.is_in(outside)).then(nw.lit("out_of_scope")).otherwise(verdict)
        return nw.when(kind.is_null()).then(nw.lit("undetermined")).otherwise(verdict)

    def run(
        self,
        units: Frame,
        registers: Mapping[str, Frame],
        outputs: Mapping[str, nw.Expr],
        keep: Sequence[str] = (),
    ) -> Frame:
        """The outputs of every unit, by name, beside its id and the columns to ``keep``.

        ``outputs`` must be made before, by the methods above.
        """
        done = self.unit.run(units, registers)
        return self._translated.select(done, (*keep, UNIT), outputs)
