"""One unit's result as the object that the JSON outputs share."""

from __future__ import annotations

from engine.duties.nouns import CaseFile
from engine.inference.evaluation import Conflict, Evaluation, Missing
from engine.messages import Lang
from engine.report.case_object import case_object
from engine.report.run import Problem, evaluation_and_case, unit_problems
from engine.wording.comparisons import standing_object
from engine.wording.outcomes import chosen_value, classification_token, finding_token, withheld_count
from engine.wording.words import plain


def unit_object(unit: Evaluation | CaseFile, lang: Lang) -> dict[str, object]:
    """The unit's result, with its duties where the run looks at them; only the problems' messages depend on ``lang``.

    A unit without verdict has no findings and is undetermined. ``determinations``: null where a table does
    not apply, ``unknown`` where it cannot be decided, a list for a table that collects. What is withheld from publication
    is ``withheld``, and ``withheld`` counts such results.
    """
    evaluation, case = evaluation_and_case(unit)
    program = evaluation.program
    policy, decided = program.policy, evaluation.conclusions is not None
    missing = evaluation.missing if decided else ()
    return {
        "unit": {"id": evaluation.sheet.unit, "name": evaluation.sheet.name, "kind": evaluation.kind},
        "classification": classification_token(evaluation),
        "key": finding_token(evaluation, "key") if "key" in policy.rules else "unknown",
        "findings": {
            rule.id: finding_token(evaluation, rule.id)
            for rule in policy.rules.values()
            if decided and rule.role in ("criterion", "finding")
        },
        "categories": {id_: finding_token(evaluation, id_) for id_ in policy.categories if decided},
        "determinations": {id_: chosen_value(evaluation, id_) for id_ in policy.tables if decided},
        "offices": {
            category.id: {"lead": list(category.lead), "support": list(category.support)}
            for category in policy.categories.values()
        },
        **(case_object(case) if case is not None else {}),
        **_comparisons(evaluation),
        "missing": [_missing(item) for item in missing],
        "conflicts": [_conflict(item, missing) for item in evaluation.context.conflicts.values()],
        "problems": [problem_object(problem) for problem in unit_problems(unit, lang)],
        **({} if evaluation.withheld is None else {"withheld": withheld_count(unit)}),
    }


def _comparisons(evaluation: Evaluation) -> dict[str, object]:
    """How the unit stands among others; left out where the policy compares nothing."""
    policy, standings = evaluation.program.policy, evaluation.sheet.standings
    if not policy.comparisons:
        return {}
    made = {} if standings is None else standings
    return {
        "comparisons": {
            id_: standing_object(policy.comparisons[id_], standing) for id_, standing in made.items()
        }
    }


def problem_object(problem: Problem) -> dict[str, object]:
    """``{"where", "message"}``"""
    return {"where": problem.where, "message": problem.message}


def _missing(item: Missing) -> dict[str, object]:
    return {"fact": item.fact, "reason": item.reason, "settles": list(item.settles)}


def _conflict(conflict: Conflict, missing: tuple[Missing, ...]) -> dict[str, object]:
    """``rules`` are those that stay unknown because of the conflict; none if every reading agrees."""
    return {
        "fact": conflict.fact,
        "values": [
            {
                "value": plain(observation.value),
                "where": str(observation.source),
                "observed": plain(observation.observed),
                "by": observation.supplier,
            }
            for observation in conflict.observations
        ],
        "rules": [rule for item in missing if item.fact == conflict.fact for rule in item.settles],
    }
