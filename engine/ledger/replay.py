"""Computing an entry again from what the ledger holds: identical bytes, or the difference.

With another policy, the decisions that would differ under it: what a retroactive change would do to the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.duties import case_files, prepare_duties
from engine.duties.nouns import CaseFile
from engine.inference import PrepareError, engines, evaluate_all, prepare
from engine.inference.evaluation import EngineName, Evaluation, Program
from engine.ledger.entry import Entry
from engine.ledger.errors import LedgerError
from engine.ledger.record import EVALUATION
from engine.ledger.results import result_bytes
from engine.ledger.sheet_object import read_sheet
from engine.ledger.snapshot import load_snapshot
from engine.ledger.store import Ledger
from engine.ledger.value_object import read_value
from engine.project.policy import Policy
from engine.report.run import evaluation_and_case


@dataclass(frozen=True)
class Difference:
    """A place in the result (``findings/petitions.repeated``) and what stands there in the ledger and now."""

    place: str
    recorded: object
    now: object


@dataclass(frozen=True)
class Replayed:
    """An evaluation computed again. ``differences``: none if every byte is the same. ``unit``: as it comes out now."""

    entry: Entry
    unit: Evaluation | CaseFile
    differences: tuple[Difference, ...]

    @property
    def identical(self) -> bool:
        """Whether the result is the same."""
        return not self.differences

    @property
    def verdicts(self) -> tuple[str, str]:
        """The classification in the ledger and the one now."""
        evaluation, _ = evaluation_and_case(self.unit)
        return str(self.entry.body["classification"]), evaluation.classification


class Replayer:
    """Computes entries again; policies and programs are prepared once."""

    def __init__(self, ledger: Ledger, other: Policy | None = None, engine: EngineName = "both") -> None:
        self._ledger = ledger
        self._other = other
        self._engine, self.note = engines(engine)
        self._policies: dict[str, Policy] = {}
        self._programs: dict[tuple[str, str, str], Program] = {}

    def replay(self, entries: Iterable[Entry]) -> Iterator[Replayed]:
        """The evaluations among ``entries``, in order; other kinds are passed over.

        Raises LedgerError for what cannot be computed again: a missing object, a policy that does not load.
        """
        group: list[Entry] = []
        program: Program | None = None
        for entry in entries:
            if entry.kind != EVALUATION:
                continue
            needed = self._program(entry)
            if program is not None and (needed is not program or len(group) >= 500):
                yield from self._group(program, group)
                group = []
            program = needed
            group.append(entry)
        if program is not None:
            yield from self._group(program, group)

    def _group(self, program: Program, entries: list[Entry]) -> Iterator[Replayed]:
        """Entries of one program together: starting the native engine takes longer than many units."""
        sheets = []
        for entry in entries:
            try:
                sheets.append(read_sheet(json.loads(self._ledger.get(entry.body["facts_object"]))))
            except (KeyError, ValueError, TypeError) as error:
                raise LedgerError("ledger.entry-unreadable-facts", seq=entry.seq) from error
        evaluations = evaluate_all(program, sheets, engine=self._engine)
        policy = program.policy
        units: Iterable[Evaluation | CaseFile] = evaluations
        if policy.duties or policy.procedures or policy.measures:
            units = case_files(prepare_duties(program), evaluations, engine=self._engine)
        for entry, unit in zip(entries, units, strict=True):
            recorded, now = self._ledger.get(entry.body["result_object"]), result_bytes(unit)
            found = () if recorded == now else tuple(differences(json.loads(recorded), json.loads(now)))
            yield Replayed(entry, unit, found)

    def _program(self, entry: Entry) -> Program:
        body = entry.body
        policy = self._other or self._policy(body["policy"])
        key = (policy.digest, body["as_of"], json.dumps(body["parameters"], sort_keys=True))
        if key not in self._programs:
            given = {
                id_: read_value(value)
                for id_, value in body["parameters"].items()
                if id_ in policy.parameters
            }
            try:
                self._programs[key] = prepare(policy, date.fromisoformat(body["as_of"]), given)
            except PrepareError as error:
                raise LedgerError("ledger.cannot-prepare", seq=entry.seq, why=error.key) from error
        return self._programs[key]

    def _policy(self, named: Any) -> Policy:
        digest = named["digest"]
        if digest not in self._policies:
            self._policies[digest] = load_snapshot(self._ledger.get(named["policy_object"]), digest)
        return self._policies[digest]


def differences(recorded: Any, now: Any, place: str = "") -> Iterator[Difference]:
    """The places at which two results differ, outermost first; lists are compared as wholes unless of equal length."""
    if recorded == now:
        return
    if isinstance(recorded, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*recorded, *now)):
            yield from differences(recorded.get(key), now.get(key), f"{place}/{key}" if place else key)
    elif isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        for i, (one, other) in enumerate(zip(recorded, now, strict=True), start=1):
            yield from differences(one, other, f"{place}[{i}]")
    else:
        yield Difference(place, recorded, now)
