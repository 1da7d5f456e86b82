"""What a unit's standing in a comparison makes of the facts that the comparison gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from engine.facts.standing import Span, Standing
from engine.inference.evaluation import ReadyComparison, Reason
from engine.language.arithmetic import NUMBERS
from engine.language.values import Interval, Unknown, Value
from engine.project.comparison import Comparison, Rank, Share, last_name, of_name
from engine.project.policy import Policy


def stand(
    comparisons: Iterable[ReadyComparison],
    standings: Mapping[str, Standing] | None,
    values: dict[str, Value],
    reasons: dict[str, Reason],
) -> None:
    """Fills in what comparisons give; nothing is known of those that nobody has made for the unit."""
    for ready in comparisons:
        comparison = ready.comparison
        standing = None if standings is None else standings.get(comparison.id)
        if standing is None:
            reasons |= dict.fromkeys(comparison.names, "not_compared")
        elif standing.given is not None:
            values |= standing.given
            reasons |= {name: "not_compared" for name in comparison.names if name not in standing.given}
        else:
            values |= outcome(comparison, standing)
            if standing.waiting:
                reasons[comparison.id] = "others_open"


def outcome(comparison: Comparison, standing: Standing) -> dict[str, Value]:
    """The facts of one comparison. A unit out of scope has no place and no share, and is neither last nor chosen."""
    facts = standing.needs | (frozenset({comparison.id}) if standing.waiting else frozenset())
    unknown = Unknown(facts)
    if standing.compared is None:
        return dict.fromkeys(comparison.names, unknown)
    out = not standing.compared
    truth: Value = unknown if standing.truth is None else standing.truth
    id_, form = comparison.id, comparison.form
    if isinstance(form, Rank):
        if out:
            return {id_: None, of_name(id_): None, last_name(id_): False}
        return {
            id_: _number(standing.counts["place"], facts),
            of_name(id_): _number(standing.counts["of"], facts),
            last_name(id_): truth,
        }
    if isinstance(form, Share):
        if out:
            return {id_: None}
        low, high = (_fraction(standing.counts[end]) for end in ("low", "high"))
        return {id_: low if low == high else Interval(low, high, facts)}
    return {id_: False if out else truth}


def _number(span: Span, facts: frozenset[str]) -> Value:
    low, high = span
    return Decimal(low) if low == high else Interval(Decimal(low), Decimal(high), facts)


def _fraction(span: Span) -> Decimal:
    """One count over another, as the language divides."""
    return NUMBERS.divide(Decimal(span[0]), Decimal(span[1]))


def given_standings(policy: Policy, values: Mapping[str, Value]) -> dict[str, Standing]:
    """Standings that say just so much as ``values``, name by name; what they do not say is not known."""
    found: dict[str, Standing] = {}
    for id_, comparison in policy.comparisons.items():
        own = {name: values[name] for name in comparison.names if name in values}
        found[id_] = Standing(True, given=own)
    return found
