"""Cuts a program's rules into rulesets that stay far below the engine's limits and run one after another.

Rules come in an order in which antecedents are concluded first, so any cut is sound: what an earlier ruleset
concluded is asserted into the later ones that read it. Short rulesets are also faster, because the engine
looks conditions up in a table with 32 entrances and prepares 10 KB for each antecedent and unit.
"""

from __future__ import annotations

from collections import Counter

from engine.inference.durable_program import DurableRule

#: Distinct literals that a ruleset reads (the engine's limit is 511), and rules that read one literal (255).
CONDITIONS = 240
USES = 240
#: Antecedents of a ruleset, all rules together: what a unit's state takes, 10 KB each.
ANTECEDENTS = 600


def cut(rules: tuple[DurableRule, ...]) -> tuple[tuple[int, int], ...]:
    """The (start, stop) ranges of the rulesets, at least one, covering ``rules`` in order."""
    ranges = []
    start = total = 0
    uses: Counter[int] = Counter()
    for index, rule in enumerate(rules):
        given = rule.antecedents
        full = (
            len(uses.keys() | set(given)) > CONDITIONS
            or total + len(given) > ANTECEDENTS
            or any(uses[literal] >= USES for literal in given)
        )
        if full:
            ranges.append((start, index))
            start, total = index, 0
            uses.clear()
        total += len(given)
        uses.update(given)
    ranges.append((start, len(rules)))
    return tuple(ranges)
