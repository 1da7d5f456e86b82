"""What of the data a run needs: only those columns are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.batch.layout import Layout
from engine.inference.evaluation import Program
from engine.language.syntax import Expr, Name, Path
from engine.project.policy import UNIT_KIND, Policy


@dataclass
class Uses:
    """Facts, and registers with their columns. ``reasons``: whether it matters why something is unknown."""

    facts: set[str] = field(default_factory=set)
    registers: dict[str, set[str]] = field(default_factory=dict)
    reasons: bool = False

    def frozen(self) -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
        """Both, as they are at the end."""
        return frozenset(self.facts), {id_: frozenset(columns) for id_, columns in self.registers.items()}

    def add(self, other: Uses) -> None:
        """Adds everything of another."""
        self.facts |= other.facts
        self.reasons |= other.reasons
        for register, columns in other.registers.items():
            self.register(register, columns)

    def expression(self, policy: Policy, expr: Expr) -> None:
        """Adds what an expression reads, through derived facts."""
        names = set(_names(expr))
        self.facts |= names & policy.facts.keys()
        # A column's name may be that of a fact as well; to read one too many does no harm.
        for register in policy.registers.values():
            if register.id in names:
                self.registers.setdefault(register.id, set()).update(names & register.columns.keys())
        for derived in names & policy.derived.keys():
            self.expression(policy, policy.derived[derived].expression)

    def register(self, register: str, columns: Iterable[str]) -> None:
        """Adds columns of a register."""
        self.registers.setdefault(register, set()).update(columns)


def _names(expr: Expr) -> Iterable[str]:
    if isinstance(expr, Name | Path):
        yield expr.name
    for child in expr.children():
        yield from _names(child)


def screening_uses(program: Program, nodes: Iterable[int]) -> Uses:
    """What the truth of ``nodes`` rests on."""
    found, seen = Uses(), set[int]()
    waiting = list(nodes)
    while waiting:
        index = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        if index in program.leaves:
            found.expression(program.policy, program.leaves[index].leaf.expression)
        waiting += program.network.nodes[index].inputs
    return found


def needed(layout: Layout, uses: Uses) -> Layout:
    """The layout with those facts and registers alone that are used, in the order that it has them in."""
    facts, registers = uses.frozen()
    return Layout(
        {id_: stored for id_, stored in layout.facts.items() if id_ in facts or id_ == UNIT_KIND},
        {
            id_: {column: stored for column, stored in columns.items() if column in registers[id_]}
            for id_, columns in layout.registers.items()
            if id_ in registers
        },
    )
