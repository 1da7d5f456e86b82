"""The network of a policy: what follows from the truth of its leaves, and nothing else.

Both channels read this one noun. It knows no facts, dates or names of clauses: leaves are decided before
(types, dates and unknowns are the language's business), and what is left is strong Kleene logic over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

#: True, False, or None for unknown.
Truth: TypeAlias = bool | None

NodeKind: TypeAlias = Literal["leaf", "all", "any", "none", "at_least"]
HitPolicy: TypeAlias = Literal["U", "A", "F", "C"]


@dataclass(frozen=True, slots=True)
class Node:
    """One condition. ``inputs`` are indexes of earlier nodes; ``need`` is the k of an ``at_least``.

    ``all`` of nothing is true, ``any`` of nothing false, ``none`` of nothing true, ``at_least`` 0 true and
    ``at_least`` more than there are inputs false. Inputs may repeat; each occurrence counts.
    """

    kind: NodeKind
    inputs: tuple[int, ...] = ()
    need: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceTable:
    """A decision table (DMN 1.5, 8.2): the condition node and the outcome of each row, in order.

    U (unique) and A (any): the outcome of the row that is true; unknown if none is true and some are unknown;
    nothing if all are false; under U two true rows, under A two true rows with different outcomes, break the
    hit policy. F (first): the outcome of a true row that no earlier row with another outcome can beat, that is,
    all earlier rows with another outcome are false; unknown otherwise; nothing if all are false.
    C (collect): the outcomes of all true rows in order, unknown if any row is unknown.
    """

    id: str
    hit_policy: HitPolicy
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Network:
    """``nodes`` in an order in which inputs come first; ``rules`` maps a rule's id to its root node."""

    nodes: tuple[Node, ...]
    rules: Mapping[str, int]
    tables: tuple[ChoiceTable, ...] = ()


@dataclass(frozen=True)
class HitPolicyBroken:
    """The rows that were true at once although the hit policy allows only one (or one outcome)."""

    rows: tuple[int, ...]


#: A single outcome, a list of them (C), nothing (None), ``UNDECIDED``, or a broken hit policy.
Choice: TypeAlias = "str | tuple[str, ...] | HitPolicyBroken | Undecided | None"


@dataclass(frozen=True)
class Undecided:
    """The table has no outcome yet: some row is unknown."""


UNDECIDED = Undecided()


@dataclass(frozen=True)
class Conclusions:
    """What a channel derived for one unit: truth of each node and choice of each table."""

    truths: tuple[Truth, ...]
    choices: Mapping[str, Choice]
