"""Network → rules for durable-rules: positive conjunctions over signed literals, in both polarities.

Each kind of node says when it is true and, separately, when it is false; what neither concludes is unknown.
That is strong Kleene logic without negation, which the engine does not do soundly. docs/durable-rules.md
tells more.
"""

from __future__ import annotations

from collections import Counter

from engine.inference.durable_counting import Counting, Way
from engine.inference.durable_limits import (
    MAX_ANTECEDENTS,
    MAX_PROGRAM,
    DurableLimitError,
    check_limits,
    distinct_ids,
)
from engine.inference.durable_program import DurableProgram, DurableRule, TableLayout
from engine.inference.durable_rulesets import cut
from engine.inference.network import ChoiceTable, Network, Node

#: Literals that the description of an intermediate literal spells out.
_SHOWN = 8


def compile_network(network: Network) -> DurableProgram:
    """The program of ``network``; equal networks give equal programs.

    Raises DurableLimitError for a condition that needs more rules than the engine can be given; only an
    ``at_least`` of about half of a thousand conditions does.
    """
    program = _Compiler(network).program()
    check_limits(program)
    return program


class _Compiler:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._tables: list[TableLayout] = []
        proposition = len(network.nodes)
        for table in network.tables:
            outcomes = tuple(outcome for _, outcome in table.rows)
            self._tables.append(TableLayout(table.id, table.hit_policy, outcomes, proposition))
            proposition += len(outcomes) + (table.hit_policy != "C")
        self._always = 2 * proposition
        self._notes: list[str] = []
        self._rules: dict[DurableRule, None] = {}
        self._groups: dict[Way, int] = {}
        self._counting = Counting(self._threshold)
        self._owner = ""

    def program(self) -> DurableProgram:
        nodes = self._network.nodes
        for index, node in enumerate(nodes):
            self._owner = f"{index}"
            self._node(index, node)
        for table, layout in zip(self._network.tables, self._tables, strict=True):
            self._owner = table.id
            self._table(table, layout.first)
        rules = tuple(self._rules)
        count = self._always + 2 + 2 * len(self._notes)
        return DurableProgram(
            nodes=len(nodes),
            leaves=tuple(i for i, node in enumerate(nodes) if node.kind == "leaf"),
            tables=tuple(self._tables),
            always=self._always,
            notes=tuple(self._notes),
            ids=distinct_ids(f"{'tf'[literal % 2]}{literal // 2}" for literal in range(count)),
            rules=rules,
            rulesets=cut(rules),
        )

    def _node(self, index: int, node: Node) -> None:
        true, false = 2 * index, 2 * index + 1
        inputs = tuple(2 * i for i in dict.fromkeys(node.inputs))
        if node.kind == "all":
            self._all_and_some(inputs, true, false)
        elif node.kind == "any":
            self._all_and_some(_negated(inputs), false, true)
        elif node.kind == "none":
            self._all_and_some(_negated(inputs), true, false)
        elif node.kind == "at_least":
            # an input that is listed twice counts twice
            weights = Counter(2 * i for i in node.inputs)
            items = tuple((literal, weights[literal]) for literal in inputs)
            enough_false = len(node.inputs) - node.need + 1
            self._some_way(true, self._counting.ways(items, node.need))
            self._some_way(false, self._counting.ways(tuple((a ^ 1, n) for a, n in items), enough_false))

    def _all_and_some(self, literals: Way, if_all: int, if_some_fail: int) -> None:
        self._rule(if_all, literals)
        for literal in literals:
            self._rule(if_some_fail, (literal ^ 1,))

    def _table(self, table: ChoiceTable, first: int) -> None:
        conditions = tuple(2 * node for node, _ in table.rows)
        for row, (condition, (_, outcome)) in enumerate(zip(conditions, table.rows, strict=True)):
            applies = 2 * (first + row)
            if table.hit_policy == "F":
                rivals = [2 * node + 1 for node, other in table.rows[:row] if other != outcome]
                self._rule(applies, (*dict.fromkeys(rivals), condition))
            else:
                self._rule(applies, (condition,))
            if table.hit_policy == "C":
                self._rule(applies ^ 1, (condition ^ 1,))
        if table.hit_policy != "C":
            self._rule(2 * (first + len(conditions)), tuple(dict.fromkeys(_negated(conditions))))

    def _rule(self, concludes: int, antecedents: Way) -> None:
        """One rule; of nothing at all: from the literal that always holds."""
        given = set(antecedents)
        if any(antecedent ^ 1 in given for antecedent in antecedents):
            # cannot fire
            return
        while len(antecedents) > MAX_ANTECEDENTS:
            groups = range(0, len(antecedents), MAX_ANTECEDENTS)
            antecedents = tuple(self._group(antecedents[i : i + MAX_ANTECEDENTS]) for i in groups)
        self._rules[DurableRule(concludes, antecedents or (self._always,))] = None
        if len(self._rules) > MAX_PROGRAM:
            raise DurableLimitError(
                "error.durable-too-many-rules",
                rule=self._owner_name(),
                found=len(self._rules),
                limit=MAX_PROGRAM,
            )

    def _some_way(self, concludes: int, ways: list[Way]) -> None:
        for way in ways:
            self._rule(concludes, way)

    def _group(self, literals: Way) -> int:
        if len(literals) == 1:
            return literals[0]
        if literals not in self._groups:
            self._groups[literals] = self._intermediate(f"all of ({self._shown(literals)})")
            self._rule(self._groups[literals], literals)
        return self._groups[literals]

    def _threshold(self, need: int, literals: Way, ways: list[Way]) -> int:
        literal = self._intermediate(f"at least {need} of ({self._shown(literals)})")
        self._some_way(literal, ways)
        return literal

    def _intermediate(self, note: str) -> int:
        self._notes.append(note)
        return self._always + 2 * len(self._notes)

    def _shown(self, literals: Way) -> str:
        """``3 true, 4 true, 7 true``; long ones by their ends and number."""
        texts = [self._text(literal) for literal in literals]
        if len(texts) > _SHOWN:
            return f"{texts[0]}, {texts[1]} … {texts[-1]}: {len(texts)}"
        return ", ".join(texts)

    def _text(self, literal: int) -> str:
        if literal < self._always:
            return f"{literal // 2} {'false' if literal % 2 else 'true'}"
        return self._notes[(literal - self._always) // 2 - 1]

    def _owner_name(self) -> str:
        """The rule or table in whose compilation we are, by the name that the policy gives it."""
        if not self._owner.isdigit():
            return self._owner
        node, inputs = int(self._owner), self._network.nodes
        for id_, root in self._network.rules.items():
            below, seen = [root], {root}
            while below:
                for i in inputs[below.pop()].inputs:
                    if i not in seen:
                        seen.add(i)
                        below.append(i)
            if node in seen:
                return id_
        return self._owner


def _negated(literals: Way) -> Way:
    return tuple(literal ^ 1 for literal in literals)
