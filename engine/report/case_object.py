"""What became of a unit's duties, procedures and measures, as objects that the JSON outputs share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.duties.nouns import CaseFile, DueDay, Holder, Instance, MeasureOutcome, ProcedureRun, Proof
from engine.explain.derivation import derivation
from engine.explain.proofs import proof_place, proof_words, row_place
from engine.explain.tree_json import derivation_object
from engine.messages import Lang
from engine.wording.duties import due_terms
from engine.wording.outcomes import (
    WITHHELD,
    called_token,
    run_withheld,
    since_withheld,
    state_token,
    status_token,
    taken_withheld,
)


def case_object(case: CaseFile) -> dict[str, object]:
    """``{"listing", "duties", "procedures", "measures"}``; a duty that does not bind the unit is left out.

    ``listing``: the stretches on the list, ``to`` null while it lasts; null where the listing is not known.
    """
    known = case.listed is not None
    return {
        "listing": [{"from": _day(s.start), "to": _day(s.end)} for s in case.spells] if known else None,
        "duties": [instance_object(case, i) for i in case.instances if i.why != "not_applicable"],
        "procedures": [procedure_object(case, run) for run in case.procedures],
        "measures": [measure_object(case, outcome) for outcome in case.measures],
    }


def subject_object(case: CaseFile, subject: str, lang: Lang) -> dict[str, object]:
    """One duty with all its periods, one procedure with all its runs, or one measure with its derivation.

    The arithmetic of due dates and the evidence's cells are in ``lang``. Raises KeyError for another name.
    """
    policy = case.program.policy
    head: dict[str, object] = {
        "policy": {"id": policy.id, "digest": policy.digest},
        "engine": case.evaluation.engine,
        "as_of": case.program.as_of.isoformat(),
        "unit": case.unit,
        "subject": subject,
    }
    if subject in policy.duties:
        duty = policy.duties[subject]
        own = [instance for instance in case.instances if instance.duty.id == subject]
        periods = [
            {
                **instance_object(case, i),
                "arithmetic": list(due_terms(policy, i.due, lang)),
                "cells": [proof_words(case, proof, lang) for proof in i.proofs],
            }
            for i in own
        ]
        return {**head, "name": duty.name[lang], "clause": duty.clause, "periods": periods}
    if subject in policy.procedures:
        procedure = policy.procedures[subject]
        runs = [procedure_object(case, run) for run in case.procedures if run.procedure.id == subject]
        return {**head, "name": procedure.name[lang], "clause": procedure.clause, "runs": runs}
    outcome = next(outcome for outcome in case.measures if outcome.measure.id == subject)
    assert case.measured is not None
    tree = derivation_object(derivation(case.measured, subject), lang)
    named = {"name": outcome.measure.name[lang], "clause": outcome.measure.clause}
    return {**head, **named, **measure_object(case, outcome), "derivation": tree}


def instance_object(case: CaseFile, instance: Instance) -> dict[str, object]:
    """A duty in one period."""
    status = status_token(case, instance)
    found: dict[str, object] = {
        "duty": instance.duty.id,
        "period": instance.period.id,
        "from": _day(instance.period.first),
        "to": _day(instance.period.last),
        "owner": holder_ids(case.held_by(instance.duty.owners)),
        **due_object(instance.due),
        "status": status,
        "why": None if status == WITHHELD else instance.why,
        "done_on": _day(instance.done_on),
        "evidence": [_proof(case, proof) for proof in instance.proofs],
        "missing": sorted(instance.wanted),
    }
    if instance.duty.advisory:
        found["advisory"] = True
    if instance.waiver is not None and case.program.policy.waivers is not None:
        register = case.program.policy.waivers.register
        found["waived_by"] = row_place(case.evaluation.sheet, register, instance.waiver)
    return found


def procedure_object(case: CaseFile, run: ProcedureRun) -> dict[str, object]:
    """One run of a procedure with its steps and what broke its order."""
    hidden = run_withheld(case, run)
    return {
        "procedure": run.procedure.id,
        "listing": run.spell,
        "steps": [
            {
                "step": step.step.id,
                "state": state_token(case, run, step),
                "done_on": _day(step.day),
                "by": list(step.actors),
                "due": None if step.due is None else _day(step.due.day),
                "evidence": [_proof(case, proof) for proof in step.proofs],
                "missing": sorted(step.open_cells),
            }
            for step in run.steps
        ],
        "next": WITHHELD if hidden else run.next,
        "violations": WITHHELD
        if hidden
        else [{"step": v.step, "why": v.why, "other": v.other} for v in run.violations],
    }


def measure_object(case: CaseFile, outcome: MeasureOutcome) -> dict[str, object]:
    """A measure: whether it is called for, since when, until when, and whether it was taken."""
    hidden = since_withheld(case, outcome)
    return {
        "measure": outcome.measure.id,
        "called_for": called_token(case, outcome),
        "by": holder_ids(case.held_by(outcome.measure.by)),
        "against": holder_ids(case.held_by(outcome.measure.against)),
        "since": WITHHELD if hidden else _day(outcome.since),
        "due": WITHHELD if hidden else None if outcome.due is None else _day(outcome.due.day),
        "taken_on": WITHHELD if taken_withheld(case, outcome) else _day(outcome.taken_on),
        "evidence": [_proof(case, proof) for proof in outcome.taken],
        "superseded_by": outcome.superseded_by,
        "missing": sorted(outcome.missing),
    }


def due_object(due: DueDay) -> dict[str, object]:
    """``due``, and ``provisional`` where the working days of that year are not published yet."""
    return {"due": _day(due.day), "provisional": True} if due.provisional else {"due": _day(due.day)}


def holder_ids(holders: Iterable[Holder]) -> list[str]:
    """The names of posts, offices or the unit; ``unknown`` for a table that is undecided."""
    names: list[str] = []
    for holder in holders:
        names += ["unknown"] if holder.unknown else holder.names
    return list(dict.fromkeys(names))


def _proof(case: CaseFile, proof: Proof) -> dict[str, object]:
    return {
        "where": proof_place(case.program.policy, case.evaluation.sheet, proof),
        "date": _day(proof.day),
        "certain": proof.certain,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
