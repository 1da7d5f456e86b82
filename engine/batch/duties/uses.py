"""What of the data duties and measures rest on: only those columns are read."""

from __future__ import annotations

from engine.batch.uses import Uses
from engine.duties.program import DutyProgram
from engine.language import free_names
from engine.language.syntax import Name
from engine.project.duty import DatedRows, Event, FactEvidence, RowEvidence, RowFilter, SameRowEvidence


class _Found:
    def __init__(self, program: DutyProgram) -> None:
        self.uses = Uses()
        self.policy = program.policy

    def rows(self, filter_: RowFilter, *columns: str | None) -> None:
        register = filter_.register
        self.uses.register(register, [column for column in columns if column is not None])
        for test in filter_.where:
            self.uses.expression(self.policy, test)
            self.uses.register(register, free_names(test) & self.policy.registers[register].columns.keys())

    def fact(self, name: str | None) -> None:
        if name is not None:
            self.uses.expression(self.policy, Name(name))

    def event(self, event: Event | None) -> None:
        if event is not None and event.kind == "fact":
            self.fact(event.id)
        if event is not None and event.rows is not None:
            self.rows(event.rows.rows, event.rows.date)


def duty_uses(program: DutyProgram) -> Uses:
    """What duties rest on, beside the truths of the screening."""
    found = _Found(program)
    policy = program.policy
    if policy.listing is not None:
        found.rows(policy.listing.listed.rows, policy.listing.listed.date)
        found.rows(policy.listing.delisted.rows, policy.listing.delisted.date)
    if policy.waivers is not None:
        waivers = policy.waivers
        columns = (waivers.duty, waivers.period, waivers.reason, waivers.date)
        found.uses.register(waivers.register, [column for column in columns if column is not None])
    for duty in policy.duties.values():
        evidence = duty.evidence
        if isinstance(evidence, RowEvidence):
            found.rows(evidence.rows, evidence.date, evidence.period)
        elif isinstance(evidence, FactEvidence):
            found.fact(evidence.fact)
            found.fact(evidence.date)
        if duty.rows is not None:
            same = evidence.date if isinstance(evidence, SameRowEvidence) else None
            key = policy.registers[duty.rows.rows.register].key
            found.rows(duty.rows.rows, duty.rows.date, same, key)
        found.event(duty.due.event)
    return found.uses


def measure_uses(program: DutyProgram) -> Uses:
    """What measures rest on, beside what duties do."""
    found = _Found(program)
    policy = program.policy
    for leaf in program.measures.leaves.values():
        found.uses.expression(policy, leaf.leaf.expression)
    for procedure in policy.procedures.values():
        columns = (procedure.step_column, procedure.date_column, procedure.actor_column)
        found.uses.register(procedure.register, [column for column in columns if column is not None])
    for ladder in policy.ladders.values():
        for source in (ladder.occasions, ladder.broken_by):
            if isinstance(source, DatedRows):
                found.rows(source.rows, source.date)
    for measure in policy.measures.values():
        if measure.evidence is not None:
            found.rows(measure.evidence.rows, measure.evidence.date)
        found.event(None if measure.due is None else measure.due.event)
    return found.uses
