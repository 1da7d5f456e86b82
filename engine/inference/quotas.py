"""The numbers of a quota with the parameters of a day: its part of the whole, and how many places at least and at most."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.inference.errors import PrepareError
from engine.inference.evaluation import ReadyComparison
from engine.language import compile
from engine.language.syntax import Expr
from engine.language.values import Value
from engine.project.comparison import Comparison, Quota


def ready_quota(comparison: Comparison, quota: Quota, parameters: Mapping[str, Value]) -> ReadyComparison:
    """The quota, ready to run. Raises PrepareError for a part or a number of places that makes no sense."""
    part = compile(quota.part)(parameters)
    if not isinstance(part, Decimal) or not 0 <= part <= 1:
        raise PrepareError("quota-part-undefined", found=comparison.id, value=str(part))
    least, most = (_places(comparison, bound, parameters) for bound in (quota.least, quota.most))
    if least is not None and most is not None and least > most:
        raise PrepareError("quota-places-undefined", found=comparison.id, value=f"{least}, {most}")
    return ReadyComparison(comparison, frozenset(), part=part, least=least or 0, most=most)


def _places(comparison: Comparison, bound: Expr | None, parameters: Mapping[str, Value]) -> int | None:
    if bound is None:
        return None
    places = compile(bound)(parameters)
    if not isinstance(places, Decimal) or places < 0 or places % 1 != 0:
        raise PrepareError("quota-places-undefined", found=comparison.id, value=str(places))
    return int(places)
