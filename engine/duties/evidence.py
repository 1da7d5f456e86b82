"""What shows that a duty was done: the rows or the fact, and which of them fall into a period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.duties.nouns import Proof
from engine.duties.program import ReadyDuty
from engine.duties.rows import Match, dated, table
from engine.duties.schedule import Slot
from engine.duties.unit import Unit
from engine.language.values import Unknown
from engine.project.duty import FactEvidence, RowEvidence

_NOTHING: frozenset[str] = frozenset()


def evidence_of(ready: ReadyDuty, unit: Unit) -> tuple[Match, ...] | frozenset[str]:
    """The rows that may be evidence, whatever the period; or what is missing to know any."""
    evidence = ready.duty.evidence
    if isinstance(evidence, FactEvidence):
        return _fact(evidence, unit)
    if ready.evidence is None or not isinstance(evidence, RowEvidence):
        return ()
    found = ready.evidence.rows(unit.values, unit.row_index)
    return dated(found, evidence.date, unit.values, ready.evidence.register)


def _fact(evidence: FactEvidence, unit: Unit) -> tuple[Match, ...] | frozenset[str]:
    value = unit.values[evidence.fact]
    if isinstance(value, Unknown):
        return value.facts
    if value is not True:
        return ()
    if evidence.date is None:
        # Nobody asks when: it counts as done on the first day on which it could be.
        return (Match(0, True, date.min),)
    day = unit.values[evidence.date]
    if isinstance(day, date):
        return (Match(0, True, day),)
    missing = day.facts if isinstance(day, Unknown) else frozenset({evidence.date})
    return (Match(0, True, None, missing),)


def counted(
    ready: ReadyDuty, slot: Slot, proofs: tuple[Match, ...] | frozenset[str], unit: Unit, as_of: date
) -> tuple[tuple[Proof, ...], frozenset[str]]:
    """The rows that fall, or may fall, into the slot by the as-of date; and the cells that leave it open."""
    if isinstance(proofs, frozenset) or not proofs:
        return (), _NOTHING
    evidence = ready.duty.evidence
    if isinstance(evidence, FactEvidence):
        return _counted_fact(evidence, slot, proofs, as_of)
    assert isinstance(evidence, RowEvidence) and ready.evidence is not None
    first, last = slot.period.first, slot.last
    found: list[Proof] = []
    missing: set[str] = set()
    rows = table(unit.values, ready.evidence.register)
    for match in proofs:
        certain, open_cells = match.certain, match.missing
        if match.day is not None and not first <= match.day <= last:
            continue
        if evidence.period is not None:
            year = rows[match.row - 1][evidence.period]
            if isinstance(year, Unknown):
                certain, open_cells = False, open_cells | year.facts
            elif not isinstance(year, Decimal) or int(year) != slot.period.start.year:
                continue
        found.append(Proof(ready.evidence.register, match.row, match.day, certain))
        missing |= open_cells
    return tuple(found), frozenset(missing)


def _counted_fact(
    evidence: FactEvidence, slot: Slot, proofs: tuple[Match, ...], as_of: date
) -> tuple[tuple[Proof, ...], frozenset[str]]:
    (match,) = proofs
    if match.day is not None and match.day > as_of:
        return (), _NOTHING
    day = match.day
    if day == date.min:
        day = slot.period.first
    return (Proof(evidence.fact, 0, day, True),), match.missing
