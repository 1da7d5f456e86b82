"""durable-rules as somebody would use it who writes the rules of one screening down by hand: the channel's yardstick.

One ruleset, one fact per true leaf, one rule per way in which a condition comes true; no unknowns, no proofs, no check
against another engine, no process of its own. Only what durable-rules does soundly is asked of it: conditions with
`none` are handed in as facts. ``check`` makes sure that it concludes what it should.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from engine.inference.network import Network, Node, Truth

SID = "0"
ALIASES = "abcdefghijklmnop"


class ByHand:
    """The rules of one network, true conclusions only."""

    def __init__(self, network: Network) -> None:
        import durable_rules_engine as native  # type: ignore[import-not-found]

        self._native: Any = native
        self._given = [i for i, node in enumerate(network.nodes) if node.kind in ("leaf", "none")]
        self._concludes: list[int] = []
        # Deleting a unit in which no rule fired frees a wild pointer, so this one fires in each.
        rules: dict[str, Any] = {"always": {"all": [{"a": {"start": 1}}]}}
        for index, node in enumerate(network.nodes):
            for way in ways(node):
                conditions = [{alias: {f"n{i}": 1}} for alias, i in zip(ALIASES, way, strict=False)]
                rules[str(len(self._concludes))] = {"all": conditions}
                self._concludes.append(index)
        self._handle = native.create_ruleset("byhand", json.dumps(rules))
        # A fact that no rule reads is an error to the engine.
        read = {i for node in network.nodes for way in ways(node) for i in way}
        self._fact = {i: f'{{"id":"{i}","sid":"{SID}","n{i}":1}}' for i in read}
        self._start = f'{{"id":"s","sid":"{SID}","start":1}}'

    def run(self, truths: Sequence[Truth]) -> set[int]:
        """One unit: true leaves in, the indexes of all true nodes out."""
        native, handle = self._native, self._handle
        true = {i for i in self._given if truths[i] is True}
        facts = [self._start, *(self._fact[i] for i in sorted(true) if i in self._fact)]
        while facts:
            result, unit = native.assert_facts(handle, f"[{','.join(facts)}]")
            if result:
                raise RuntimeError(f"message dropped: {result}")
            facts = []
            started = native.start_action_for_state(handle, unit)
            fired = started[1] if started else None
            while fired is not None:
                name = fired[2 : fired.index('"', 2)]
                if name != "always" and (node := self._concludes[int(name)]) not in true:
                    true.add(node)
                    if node in self._fact:
                        facts.append(self._fact[node])
                fired = native.complete_and_start_action(handle, unit)
        native.delete_state(handle, SID)
        return true

    def check(self, truths: Sequence[Truth]) -> None:
        """Raises AssertionError if the true nodes are not those of ``truths``, a unit's list from the reference."""
        assert self.run(truths) == {i for i, truth in enumerate(truths) if truth is True}


def ways(node: Node) -> list[tuple[int, ...]]:
    """The sets of inputs that make a node true, for nodes that positive rules can conclude."""
    inputs = tuple(dict.fromkeys(node.inputs))
    if node.kind == "all":
        return [inputs]
    if node.kind == "any":
        return [(i,) for i in inputs]
    return list(combinations(inputs, node.need)) if node.kind == "at_least" else []
