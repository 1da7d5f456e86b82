"""Entries of evaluations: everything that is needed to compute the verdict again, months later and elsewhere."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine.duties.nouns import CaseFile
from engine.inference.evaluation import Evaluation, Program
from engine.ledger.canonical import Json
from engine.ledger.digests import address_of
from engine.ledger.entry import Entry, Head
from engine.ledger.errors import LedgerError
from engine.ledger.names import KEY, names_object
from engine.ledger.results import canonical_bytes, conclusions_digest, result_bytes
from engine.ledger.sheet_object import sheet_object
from engine.ledger.snapshot import snapshot
from engine.ledger.store import Item, Ledger
from engine.ledger.value_object import value_object
from engine.report.run import evaluation_and_case

#: The kinds of entries.
EVALUATION, POLICY_CHANGE = "evaluation", "policy change"


def record(
    ledger: Ledger,
    program: Program,
    root: Path,
    sources: Mapping[str, str],
    units: Sequence[Evaluation | CaseFile],
) -> list[Entry]:
    """An entry for each unit, all or none. ``root``: the policy project's folder; ``sources``: data file → its digest.

    The first policy of a ledger is recorded too. Raises LedgerError if the ledger's policy is another one by now
    (``amend`` records that), or as ``Ledger.append`` does.
    """
    texts = snapshot(root)
    objects = [texts, names_object(program.policy)]
    items: list[Item] = []
    for unit in units:
        item, more = _evaluation(program, address_of(texts), sources, unit)
        items.append(item)
        objects += more
    first = policy_item(program, address_of(texts), None, {})

    def make(head: Head) -> Sequence[Item]:
        before = policy_in_force(ledger)
        if before is None:
            return [first, *items]
        if before != program.policy.digest:
            raise LedgerError(
                "ledger.other-policy", before=_short(before), found=_short(program.policy.digest)
            )
        return items

    return ledger.append_from(make, objects=objects)


def amend(ledger: Ledger, program: Program, root: Path, said: Mapping[str, Json]) -> Entry:
    """Record that the policy is another one from here on. ``said``: day, office, reason.

    Raises LedgerError if it is not, or as ``Ledger.append`` does.
    """
    texts = snapshot(root)

    def make(head: Head) -> Sequence[Item]:
        before = policy_in_force(ledger)
        if before == program.policy.digest:
            raise LedgerError("ledger.same-policy", found=_short(before))
        return [policy_item(program, address_of(texts), before, said)]

    (entry,) = ledger.append_from(make, objects=[texts, names_object(program.policy)])
    return entry


def policy_item(program: Program, address: str, before: str | None, said: Mapping[str, Json]) -> Item:
    """The entry that a policy is in force from here on."""
    policy = program.policy
    body: dict[str, Json] = {
        **said,
        "before": before,
        "policy": {"id": policy.id, "digest": policy.digest, "policy_object": address},
        KEY: address_of(names_object(policy)),
    }
    return POLICY_CHANGE, body


def policy_in_force(ledger: Ledger) -> str | None:
    """The digest of the policy that the last entry about one names; None in a new ledger."""
    for entry in ledger.latest():
        if entry.kind in (EVALUATION, POLICY_CHANGE):
            return str(entry.body["policy"]["digest"])
    return None


def source_digests(paths: Iterable[Path]) -> dict[str, str]:
    """Data file → SHA-256 of its bytes; of a folder, every file in it. Raises OSError."""
    found: dict[str, str] = {}
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            name = file.as_posix().encode("utf-8", "backslashreplace").decode()
            found[name] = "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@cache
def versions() -> Mapping[str, Json]:
    """What computed: this program, Python and the inference engine."""
    found: dict[str, Json] = {"python": platform.python_version()}
    for name in ("plumbline", "durable-rules"):
        try:
            found[name] = version(name.replace("-", "_"))
        except PackageNotFoundError:
            found[name] = None
    return found


def _evaluation(
    program: Program, policy_address: str, sources: Mapping[str, str], unit: Evaluation | CaseFile
) -> tuple[Item, list[bytes]]:
    evaluation, _ = evaluation_and_case(unit)
    sheet = evaluation.sheet
    facts, result = canonical_bytes(sheet_object(sheet)), result_bytes(unit)
    digest = conclusions_digest(evaluation)
    channels: dict[str, Json] = {}
    for name in ("reference", "durable"):
        if evaluation.engine in (name, "both"):
            channels[name] = digest
    used = dict(sources)
    body: dict[str, Json] = {
        "unit": {"id": _text(sheet.unit), "name": _text(sheet.name)},
        "as_of": program.as_of.isoformat(),
        "classification": evaluation.classification,
        "unknown": [_text(missing.fact) for missing in evaluation.missing] if digest is not None else [],
        "policy": {
            "id": program.policy.id,
            "digest": program.policy.digest,
            "policy_object": policy_address,
        },
        "parameters": {id_: value_object(program.parameters[id_]) for id_ in sorted(program.overridden)},
        "channels": channels,
        "facts_object": address_of(facts),
        "result_object": address_of(result),
        "sources": used,
        "versions": versions(),
    }
    return (EVALUATION, body), [facts, result]


def _text(said: str) -> str:
    return said.encode("utf-8", "backslashreplace").decode()


def _short(digest: str | None) -> str:
    return "" if digest is None else digest.removeprefix("sha256:")[:12]
