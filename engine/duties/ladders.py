"""How many occasions a ladder counts for a unit, and on which day each rung was reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from engine.duties.nouns import Instance
from engine.duties.program import DutyProgram, ReadyLadder
from engine.duties.rows import Match, RowIndex, dated
from engine.duties.spells import Spells
from engine.language.values import Value
from engine.project.duty import DatedRows, DutyOccasions


class Climbed(NamedTuple):
    """At least ``low`` occasions, at most ``high`` (None: nobody knows); ``days``: those of the sure ones, in order."""

    low: int
    high: int | None
    days: tuple[date, ...]
    missing: frozenset[str] = frozenset()


class _Occasion(NamedTuple):
    """``counts``: an occasion; otherwise what breaks a row of them. ``sure``: it is certain, and so is its day."""

    day: date | None
    counts: bool
    sure: bool
    missing: frozenset[str]


def climb(
    ladder: ReadyLadder,
    program: DutyProgram,
    values: Mapping[str, Value],
    index: RowIndex,
    listings: Spells,
    instances: Sequence[Instance],
) -> Climbed:
    """The occasions of ``ladder`` up to the as-of date, in the present listing or the whole plan."""
    if ladder.ladder.over == "this listing":
        if not listings.known:
            return Climbed(0, None, (), listings.missing)
        if not listings.spells:
            return Climbed(0, 0, ())
        start, spell = listings.spells[-1].start, listings.spells[-1].number
    else:
        start, spell = program.frame.first, None
    occasions = ladder.ladder.occasions
    if isinstance(occasions, DutyOccasions):
        return _count(_of_duties(occasions, instances, spell), ladder.in_a_row)
    found: list[_Occasion] = []
    for counts, source, rows in (
        (True, ladder.occasions, occasions),
        (False, ladder.broken_by, ladder.ladder.broken_by),
    ):
        if source is None or not isinstance(rows, DatedRows) or not (counts or ladder.in_a_row):
            continue
        matches = dated(source.rows(values, index), rows.date, values, source.register)
        if isinstance(matches, frozenset):
            return Climbed(0, None, (), matches)
        found += [_occasion(match, counts) for match in matches if _within(match, start, program.as_of)]
    return _count(found, ladder.in_a_row)


def _within(match: Match, start: date | None, as_of: date) -> bool:
    return match.day is None or ((start is None or match.day >= start) and match.day <= as_of)


def _occasion(match: Match, counts: bool) -> _Occasion:
    return _Occasion(match.day, counts, match.certain and match.day is not None, match.missing)


def _of_duties(occasions: DutyOccasions, instances: Sequence[Instance], spell: int | None) -> list[_Occasion]:
    found = []
    for instance in instances:
        if instance.duty.id not in occasions.duties:
            continue
        if spell is not None and instance.duty.span == "listed" and instance.period.spell != spell:
            continue
        if instance.status == "unknown":
            found.append(_Occasion(instance.due.day, True, False, instance.missing))
        elif instance.status in occasions.statuses:
            found.append(
                _Occasion(instance.due.day, True, instance.due.day is not None, instance.due.missing)
            )
        elif instance.status in ("met", "met_late", "waived"):
            found.append(_Occasion(instance.due.day, False, instance.due.day is not None, frozenset()))
    return found


def _count(found: list[_Occasion], in_a_row: bool) -> Climbed:
    """The least and the most that the uncertain ones leave open."""
    missing = frozenset(name for occasion in found for name in occasion.missing)
    sure = sorted(
        (o for o in found if o.sure and o.day is not None), key=lambda o: (o.day or date.min, o.counts)
    )
    if not in_a_row:
        days = tuple(o.day for o in sure if o.counts and o.day is not None)
        return Climbed(len(days), sum(o.counts for o in found), days, missing)
    days = _trailing(sure)
    unsure = [o for o in found if not o.sure]
    # Least: an uncertain break may come last of all. Most: every uncertain occasion counts and nothing uncertain breaks.
    breaks = [o for o in unsure if not o.counts]
    low = (
        0
        if any(o.day is None for o in breaks)
        else len(_trailing(sorted([*sure, *breaks], key=lambda o: (o.day or date.min, o.counts))))
    )
    extra = [o for o in unsure if o.counts]
    high = (
        sum(o.counts for o in found)
        if any(o.day is None for o in extra)
        else len(_trailing(sorted([*sure, *extra], key=lambda o: (o.day or date.min, o.counts))))
    )
    return Climbed(low, max(low, high), days, missing)


def _trailing(ordered: Sequence[_Occasion]) -> tuple[date, ...]:
    """The days of the occasions after the last break."""
    days: list[date] = []
    for occasion in ordered:
        if not occasion.counts:
            days = []
        elif occasion.day is not None:
            days.append(occasion.day)
    return tuple(days)
