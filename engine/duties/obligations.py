"""The instances of every duty for one unit: which apply, what shows that they were done, and their status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from engine.duties.due import due_day
from engine.duties.events import event_day
from engine.duties.evidence import counted, evidence_of
from engine.duties.nouns import DueDay, Instance, Period, Proof, Spell
from engine.duties.periods import bounds, row_period
from engine.duties.program import DutyProgram, ReadyDuty
from engine.duties.rows import Match, dated, table
from engine.duties.schedule import DutySchedule, Schedules, Slot, bare_instance, lapses
from engine.duties.statuses import outcome
from engine.duties.unit import Unit
from engine.language.values import Unknown
from engine.project.duty import FactEvidence, RowEvidence, SameRowEvidence, Status

_NOTHING: frozenset[str] = frozenset()


class Obliged(NamedTuple):
    """The instances begun by the as-of date and those planned, both in the policy's order."""

    begun: tuple[Instance, ...]
    planned: tuple[Instance, ...]


class Obligations:
    """Works the duties of one program out, unit by unit."""

    def __init__(self, program: DutyProgram, schedules: Schedules) -> None:
        self._program = program
        self._schedules = schedules
        self._order = {id_: i for i, id_ in enumerate(program.policy.duties)}
        self._keys = {id_: register.key for id_, register in program.policy.registers.items()}

    def of(self, unit: Unit) -> Obliged:
        """Every instance of every duty."""
        assert unit.evaluation.conclusions is not None
        truths = unit.evaluation.conclusions.truths
        spells = unit.spells.spells
        schedule = self._schedules.of(spells)
        begun: dict[str, Sequence[Instance]] = {}
        planned: list[Instance] = []
        for ready in self._program.duties:
            duty = ready.duty
            truth = truths[ready.applies]
            if duty.span == "listed" and not unit.spells.known:
                begun[duty.id] = (self._unlisted(ready, unit, truth),)
                continue
            own = schedule[duty.id]
            if truth is False:
                begun[duty.id] = own.denied
                continue
            if ready.rows is not None:
                found, later = self._by_rows(ready, unit, truth, begun)
                begun[duty.id] = found
                planned += later
                continue
            if not own.begun and not own.planned:
                begun[duty.id] = ()
                continue
            plain = truth is True and own.bare is not None and duty.id not in unit.waived.rows
            short = self._simple(ready, own, unit) if plain and ready.simple else None
            if short is not None:
                begun[duty.id] = short
            else:
                proofs = evidence_of(ready, unit)
                if plain and proofs == ():
                    begun[duty.id] = own.bare or ()
                else:
                    begun[duty.id] = [
                        self._instance(ready, slot, proofs, unit, truth, begun) for slot in own.begun
                    ]
            planned += [self._planned(ready, slot, unit, begun) for slot in own.planned]
        order = self._order
        ordered = sorted(begun.items(), key=lambda item: order[item[0]])
        planned.sort(key=lambda instance: (order[instance.duty.id], instance.period.first))
        return Obliged(tuple([i for _, found in ordered for i in found]), tuple(planned))

    def _simple(self, ready: ReadyDuty, own: DutySchedule, unit: Unit) -> Sequence[Instance] | None:
        """What ``_instance`` gives where one row is enough and every row is sure and dated, in one go; None elsewhere."""
        evidence = ready.duty.evidence
        assert isinstance(evidence, RowEvidence) and ready.evidence is not None
        register, of_year = ready.evidence.register, evidence.period
        chosen = ready.evidence.rows(unit.values, unit.row_index)
        if isinstance(chosen, frozenset):
            return None
        if not chosen:
            return own.bare
        rows = table(unit.values, register)
        dated_rows: list[tuple[int, date, int | None]] = []
        for i, missing in chosen:
            day = rows[i][evidence.date]
            year = None if of_year is None else rows[i][of_year]
            if missing is not None or not isinstance(day, date) or isinstance(year, Unknown):
                return None
            dated_rows.append((i + 1, day, int(year) if isinstance(year, Decimal) else None))
        found = []
        for slot in own.begun:
            bare, due = slot.bare, slot.due
            assert bare is not None and due is not None
            first, last, year_of = slot.period.first, slot.last, slot.period.start.year
            shown = tuple(
                [
                    Proof(register, number, day, True)
                    for number, day, year in dated_rows
                    if first <= day <= last and (of_year is None or year == year_of)
                ]
            )
            if not shown or slot.short or due.day is None:
                found.append(bare)
                continue
            done = min([day for _, _, day, _ in shown if day is not None])
            status: Status = "met" if done <= due.day else "met_late"
            found.append(Instance(ready.duty, slot.period, due, status, None, shown, done))
        return found

    # ------------------------------------------------------------------------------------ single instances

    def _instance(
        self,
        ready: ReadyDuty,
        slot: Slot,
        proofs: tuple[Match, ...] | frozenset[str],
        unit: Unit,
        truth: bool | None,
        begun: Mapping[str, Sequence[Instance]],
    ) -> Instance:
        """One instance of a duty that binds the unit, or may bind it."""
        if slot.short and slot.bare is not None:
            return slot.bare
        due = slot.due
        if due is None:
            event = event_day(self._program, ready.due, slot.period, slot.spell, unit, begun)
            due = due_day(ready.due.due, ready.due.length, event, slot.period.end, self._program.counting)
            if event.open:
                return Instance(ready.duty, slot.period, due, "not_applicable", "event_open")
        if slot.short:
            return Instance(ready.duty, slot.period, due, "not_applicable", "too_short")
        shown, missing = counted(ready, slot, proofs, unit, self._program.as_of)
        found: Instance
        if isinstance(proofs, frozenset):
            found = Instance(ready.duty, slot.period, due, "unknown", "evidence_unknown", missing=proofs)
        elif not shown:
            found = bare_instance(ready, slot.period, slot.spell, due, False, self._program)
        else:
            result = outcome(shown, ready.need, due, self._program.as_of, missing)
            found = Instance(
                ready.duty,
                slot.period,
                due,
                result.status,
                result.why,
                shown,
                result.done_on,
                result.missing,
            )
            found = _lapsed(found, slot)
            evidence = ready.duty.evidence
            if isinstance(evidence, FactEvidence) and evidence.date is None:
                found = found._replace(proofs=(Proof(evidence.fact, 0, None, True),), done_on=None)
        return self._released(ready, self._perhaps(ready, found, unit, truth), unit)

    def _perhaps(self, ready: ReadyDuty, found: Instance, unit: Unit, truth: bool | None) -> Instance:
        """``found`` if the duty surely applies; unknown, with what would settle it, if it only may."""
        if truth is True or found.status == "not_applicable":
            return found
        open_facts = frozenset(unit.evaluation.unknown_facts(ready.applies))
        return found._replace(status="unknown", why="condition_unknown", missing=found.missing | open_facts)

    def _released(self, ready: ReadyDuty, found: Instance, unit: Unit) -> Instance:
        if found.status not in ("pending", "overdue", "unknown"):
            return found
        for period, row in unit.waived.rows.get(ready.duty.id, ()):
            if period in (None, found.period.id):
                return found._replace(status="waived", why=None, waiver=row)
        return found

    def _unlisted(self, ready: ReadyDuty, unit: Unit, truth: bool | None) -> Instance:
        """The one instance of a duty whose periods cannot be laid out, because the listing is not known."""
        frame = self._program.frame
        period = Period("once", frame.first, frame.last, frame.first, frame.last)
        if truth is False:
            return Instance(ready.duty, period, DueDay(None), "not_applicable", "not_applicable")
        missing = unit.spells.missing
        return Instance(ready.duty, period, DueDay(None), "unknown", "listing_unknown", missing=missing)

    def _planned(
        self, ready: ReadyDuty, slot: Slot, unit: Unit, begun: Mapping[str, Sequence[Instance]]
    ) -> Instance:
        """An instance that has not begun: pending, with the due date as far as it can be told."""
        due = slot.due
        if due is None:
            event = event_day(self._program, ready.due, slot.period, slot.spell, unit, begun)
            due = due_day(ready.due.due, ready.due.length, event, slot.period.end, self._program.counting)
        return Instance(ready.duty, slot.period, due, "pending")

    # ------------------------------------------------------------------------------------ a period for each row

    def _by_rows(
        self, ready: ReadyDuty, unit: Unit, truth: bool | None, before: Mapping[str, Sequence[Instance]]
    ) -> tuple[list[Instance], list[Instance]]:
        """The instances of a duty that rows begin, and those that begin after the as-of date.

        ``before``: the instances of the duties that its due date may wait for.
        """
        duty, spells = ready.duty, self._schedules.spells_for(ready, unit.spells.spells)
        assert ready.rows is not None and duty.rows is not None
        if not spells:
            return [], []
        found = dated(
            ready.rows.rows(unit.values, unit.row_index), duty.rows.date, unit.values, ready.rows.register
        )
        if isinstance(found, frozenset):
            unknown = self._unlisted(ready, unit, truth)
            return [unknown._replace(why="evidence_unknown", missing=found)], []
        begun, planned = [], []
        for match in found:
            for spell in spells:
                slot = self._row_slot(ready, match, spell, unit)
                if slot is None:
                    continue
                when = self._schedules.begun(slot.period)
                if when is True:
                    begun.append(self._row_instance(ready, slot, match, unit, truth, before))
                elif when is False:
                    planned.append(self._planned(ready, slot, unit, before))
                break
        return begun, planned

    def _row_slot(self, ready: ReadyDuty, match: Match, spell: Spell, unit: Unit) -> Slot | None:
        duty = ready.duty
        assert duty.rows is not None and ready.rows is not None
        key = self._keys[ready.rows.register]
        rows = table(unit.values, ready.rows.register)
        name = rows[match.row - 1].get(key) if key is not None else None
        id_ = name if isinstance(name, str) and name else str(match.row)
        if match.day is None:
            start, end = bounds(duty, spell, self._program.frame)
            if start is None or end < start:
                return None
            period: Period | None = Period(id_, start, end, start, end, spell.number, None, match.row)
        else:
            period = row_period(id_, match.day, match.row, spell, duty, self._program.frame)
        return None if period is None else self._schedules.slot(ready, period, spell)

    def _row_instance(
        self,
        ready: ReadyDuty,
        slot: Slot,
        match: Match,
        unit: Unit,
        truth: bool | None,
        before: Mapping[str, Sequence[Instance]],
    ) -> Instance:
        if match.day is None or not match.certain:
            found = Instance(
                ready.duty, slot.period, DueDay(None), "unknown", "evidence_unknown", missing=match.missing
            )
            return self._released(ready, self._perhaps(ready, found, unit, truth), unit)
        proofs: tuple[Match, ...] | frozenset[str]
        if not isinstance(ready.duty.evidence, SameRowEvidence):
            proofs = evidence_of(ready, unit)
            return self._instance(ready, slot, proofs, unit, truth, before)
        assert ready.rows is not None
        register, column = ready.rows.register, ready.duty.evidence.date
        cell = table(unit.values, register)[match.row - 1][column]
        due = slot.due
        if due is None:
            event = event_day(self._program, ready.due, slot.period, slot.spell, unit, before)
            due = due_day(ready.due.due, ready.due.length, event, slot.period.end, self._program.counting)
            if event.open:
                return Instance(ready.duty, slot.period, due, "not_applicable", "event_open")
        shown: tuple[Proof, ...] = ()
        missing = _NOTHING
        if not isinstance(cell, date):
            # A blank cell says neither that it was done nor that it was not.
            shown = (Proof(register, match.row, None, False),)
            missing = (
                cell.facts if isinstance(cell, Unknown) else frozenset({f"{register}[{match.row}].{column}"})
            )
        elif cell <= slot.last:
            shown = (Proof(register, match.row, cell, True),)
        result = outcome(shown, 1, due, self._program.as_of, missing)
        found = Instance(
            ready.duty, slot.period, due, result.status, result.why, shown, result.done_on, result.missing
        )
        return self._released(ready, self._perhaps(ready, _lapsed(found, slot), unit, truth), unit)


def _lapsed(found: Instance, slot: Slot) -> Instance:
    """``found``, lapsed if it was left undone and was not due when the unit was delisted."""
    if found.status in ("pending", "overdue") and lapses(found.due, slot.spell):
        return found._replace(status="not_applicable", why="lapsed")
    return found
