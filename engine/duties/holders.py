"""Who a party is for one unit: posts and offices by name, the unit itself, or whoever a decision table names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.duties.nouns import Holder
from engine.inference.evaluation import Evaluation
from engine.inference.network import HitPolicyBroken, Undecided
from engine.project.duty import Party
from engine.project.policy import Policy


def all_parties(policy: Policy) -> tuple[Party, ...]:
    """Every party that a duty, a step or a measure names, each once."""
    found: list[Iterable[Party]] = [duty.owners for duty in policy.duties.values()]
    found += [step.by for procedure in policy.procedures.values() for step in procedure.steps]
    found += [(*measure.by, *measure.against) for measure in policy.measures.values()]
    return tuple(dict.fromkeys(party for parties in found for party in parties))


def holders(parties: Iterable[Party], evaluation: Evaluation) -> Mapping[Party, Holder]:
    """Each party with its names for the unit of ``evaluation``."""
    return {party: _holder(party, evaluation) for party in parties}


def _holder(party: Party, evaluation: Evaluation) -> Holder:
    if party.kind == "unit":
        return Holder(party, (evaluation.sheet.name or evaluation.sheet.unit,))
    if party.kind != "table":
        return Holder(party, (party.id,))
    if evaluation.conclusions is None:
        return Holder(party, (), True)
    choice = evaluation.choice(party.id)
    if isinstance(choice, Undecided | HitPolicyBroken):
        return Holder(party, (), True)
    if choice is None:
        return Holder(party, ())
    return Holder(party, choice if isinstance(choice, tuple) else (choice,))
