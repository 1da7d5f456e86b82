"""What the durable channel says about a unit, and how units and answers are written down in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.inference.durable_native import RawFiring
from engine.inference.durable_program import DurableProgram, Literal, TableLayout
from engine.inference.network import UNDECIDED, Choice, Conclusions, HitPolicyBroken, Truth

_SIGN: dict[Truth, str] = {True: "1", False: "0", None: "-"}
_TRUTH: dict[str, Truth] = {"1": True, "0": False, "-": None}


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that fired: ``matched`` are the literals that the engine gave it, the proof of ``concludes``.

    Every one of ``matched`` was a leaf's or was concluded by an earlier firing; a rule of nothing matches ().
    ``node`` is set if ``concludes`` is the truth of a node. A literal that several rules conclude has several
    firings, one for each reason.
    """

    rule: str
    node: int | None
    concludes: Literal
    matched: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class DurableResult:
    """What the channel derived; ``firings`` in firing order, empty if no trace was asked for."""

    conclusions: Conclusions
    firings: tuple[Firing, ...] = ()


@dataclass(frozen=True, slots=True)
class DurableFailure:
    """Why the channel has no result for a unit. ``reason_key`` names a message of the table."""

    reason_key: str
    params: Mapping[str, object]


class UnitCodec:
    """Leaves → one character each; board and raw firings → result."""

    def __init__(self, program: DurableProgram) -> None:
        self._program = program
        # a rule always matches the same literals: at most one entry for each
        self._firings: dict[RawFiring, Firing] = {}
        self._raws: dict[str, RawFiring] = {}
        self._tables = [(table.id, _chooser(table)) for table in program.tables]

    def encode(self, leaves: Sequence[Truth]) -> str:
        """The leaves of a unit as the engine takes them. Raises KeyError for what is not a truth."""
        return "".join([_SIGN[leaves[i]] for i in self._program.leaves])

    def decode(self, board: str, firings: Iterable[RawFiring]) -> DurableResult:
        """The result that ``board`` and ``firings`` (rule, matched literals) stand for."""
        truths = tuple([_TRUTH[sign] for sign in board[: self._program.nodes]])
        choices = {id_: choose(board) for id_, choose in self._tables}
        return DurableResult(Conclusions(truths, choices), tuple([self._firing(*raw) for raw in firings]))

    def decode_line(self, board: str, firings: str) -> DurableResult:
        """The same for firings written as ``rule:literal,literal;rule:…``."""
        return self.decode(board, [self._raw(text) for text in firings.split(";")] if firings else [])

    def _raw(self, text: str) -> RawFiring:
        raw = self._raws.get(text)
        if raw is None:
            rule, _, matched = text.partition(":")
            raw = self._raws[text] = int(rule), tuple(map(int, matched.split(","))) if matched else ()
        return raw

    def _firing(self, rule: int, matched: tuple[int, ...]) -> Firing:
        known = self._firings.get((rule, matched))
        if known is None:
            program = self._program
            concludes = program.literal(program.rules[rule].concludes)
            proof = tuple([program.literal(m) for m in matched])
            known = Firing(program.rule_name(rule), concludes.node, concludes, proof)
            self._firings[rule, matched] = known
        return known


def _chooser(table: TableLayout) -> Callable[[str], Choice]:
    """Reads the choice of a table off a board: which of its rows were concluded, and that none applies."""
    first, count, policy, outcomes = table.first, len(table.outcomes), table.hit_policy, table.outcomes

    def choose(board: str) -> Choice:
        rows = board[first : first + count]
        if policy == "C":
            if "-" in rows:
                return UNDECIDED
            return tuple([outcome for sign, outcome in zip(rows, outcomes, strict=True) if sign == "1"])
        if "1" not in rows:
            return None if board[first + count] == "1" else UNDECIDED
        applying = tuple([i for i, sign in enumerate(rows) if sign == "1"])
        differ = len({outcomes[i] for i in applying}) > 1
        if (policy == "U" and len(applying) > 1) or (policy == "A" and differ):
            return HitPolicyBroken(applying)
        return outcomes[applying[0]]

    return choose
