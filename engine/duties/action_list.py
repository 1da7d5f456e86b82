"""The follow-up actions of a unit: each once, under an id that another run gives again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from engine.duties.nouns import Action, ActionState, CaseFile, Instance, MeasureOutcome, ProcedureRun, StepRun
from engine.project.policy import Policy

_CLOSED = ("met", "met_late", "waived")


def action_id(policy: Policy, unit: str, rule: str, period: str) -> str:
    """The id of an action: a UUID (version 5, RFC 9562) of policy, unit, rule and period, and of nothing else."""
    parts = "/".join(part.replace("%", "%25").replace("/", "%2F") for part in (policy.id, unit, rule, period))
    return str(uuid5(NAMESPACE_URL, f"urn:plumbline:{parts}"))


def actions(case: CaseFile, *, soon: int = 30) -> tuple[Action, ...]:
    """Every action of a unit, open and closed, by due day, rule and period. ``soon``: days for which one is `due`.

    Running again adds nothing: an action's state changes, its id does not. What does not apply gives no action;
    what lapsed with a delisting, or gave way to a stronger measure, is superseded.
    """
    found = [action for instance in case.instances if (action := _of_duty(case, instance, soon)) is not None]
    for run in case.procedures:
        found += [a for step in run.steps if (a := _of_step(case, run, step, soon)) is not None]
    found += [action for measure in case.measures if (action := _of_measure(case, measure, soon)) is not None]
    found.sort(key=lambda action: (action.due or date.max, action.rule, action.period))
    return tuple(found)


def _of_duty(case: CaseFile, instance: Instance, soon: int) -> Action | None:
    if instance.status == "not_applicable" and instance.why != "lapsed":
        return None
    state: ActionState
    if instance.status in _CLOSED:
        state = "closed"
    elif instance.status == "not_applicable":
        state = "superseded"
    elif instance.status == "unknown":
        state = "unknown"
    else:
        state = "overdue" if instance.status == "overdue" else _state(instance.due.day, case, soon)
    duty = instance.duty
    return Action(
        id=action_id(case.program.policy, case.unit, duty.id, instance.period.id),
        kind="duty",
        rule=duty.id,
        period=instance.period.id,
        state=state,
        holders=case.held_by(duty.owners),
        clause=duty.clause,
        opened=instance.period.first,
        due=instance.due.day,
        provisional=instance.due.provisional,
        closed=instance.done_on,
        advisory=duty.advisory,
        missing=instance.wanted,
    )


def _of_step(case: CaseFile, run: ProcedureRun, step: StepRun, soon: int) -> Action | None:
    """A step is an action once the procedure has begun, or is due: done, next, or passed over."""
    begun = [other.day for other in run.steps if other.state == "done" and other.day is not None]
    if not begun or (step.state == "not_done" and step.step.id != run.next and step.due is None):
        return None
    if step.step.value is None and step.state != "done" and step.step.id != run.next:
        return None
    due = None if step.due is None else step.due.day
    state: ActionState = "closed"
    if step.state == "unknown":
        state = "unknown"
    elif step.state != "done":
        state = _state(due, case, soon)
    rule = f"{run.procedure.id}.{step.step.id}"
    period = "once" if run.spell == 1 else f"once#{run.spell}"
    return Action(
        id=action_id(case.program.policy, case.unit, rule, period),
        kind="step",
        rule=rule,
        period=period,
        state=state,
        holders=case.held_by(step.step.by),
        clause=step.step.clause,
        opened=min(begun),
        due=due,
        provisional=step.due is not None and step.due.provisional,
        closed=step.day,
        advisory=False,
        missing=step.open_cells,
    )


def _of_measure(case: CaseFile, outcome: MeasureOutcome, soon: int) -> Action | None:
    """A measure that holds, or that was taken; one that is only possible is no action."""
    if outcome.truth is not True and outcome.taken_on is None:
        return None
    measure = outcome.measure
    due = None if outcome.due is None else outcome.due.day
    state: ActionState
    if outcome.taken_on is not None:
        state = "closed"
    elif outcome.superseded_by is not None:
        state = "superseded"
    else:
        state = _state(due, case, soon)
    period = "once" if outcome.spell == 1 else f"once#{outcome.spell}"
    return Action(
        id=action_id(case.program.policy, case.unit, measure.id, period),
        kind="measure",
        rule=measure.id,
        period=period,
        state=state,
        holders=case.held_by(measure.by),
        clause=measure.clause,
        opened=outcome.since,
        due=due,
        provisional=outcome.due is not None and outcome.due.provisional,
        closed=outcome.taken_on,
        advisory=False,
        missing=outcome.missing,
    )


def _state(due: date | None, case: CaseFile, soon: int) -> ActionState:
    as_of = case.program.as_of
    if due is None:
        return "open"
    if due < as_of:
        return "overdue"
    return "due" if due - as_of <= timedelta(days=soon) else "open"
