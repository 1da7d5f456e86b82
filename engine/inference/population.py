"""All units of a run as comparisons see them: from it follows how each unit stands, and how it would with other facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from engine.facts.sheet import FactSheet
from engine.facts.standing import Span, Standing
from engine.inference.evaluation import Program, ReadyComparison
from engine.inference.group import RankedGroup, Reach, SharedGroup, reach
from engine.inference.measured import Measured, Measuring
from engine.language.values import Value
from engine.project.comparison import Quota, Rank, Rounding

#: So many of the units that leave an outcome open are named.
EXAMPLES = 3
Group = tuple[Value, ...]


@dataclass(frozen=True)
class _Members:
    """Who belongs to one group, surely and perhaps, by unit, in the order of the data."""

    sure: Mapping[str, Measured]
    perhaps: Mapping[str, Measured]
    ranked: RankedGroup | None
    shared: SharedGroup | None
    open: Sequence[tuple[str, Measured]]


class Population:
    """The units of a run, measured for every comparison of a program. Immutable."""

    def __init__(self, program: Program, units: Mapping[str, Mapping[str, Measured]]) -> None:
        self._program = program
        self._units = units
        self._ready = {ready.comparison.id: ready for ready in program.comparisons}
        self._groups: dict[tuple[str, Group], _Members] = {}
        self._placed: dict[str, dict[Group, dict[str, Measured]]] = {}
        self._loose: dict[str, dict[str, Measured]] = {}

    def standings(self, unit: str, measured: Mapping[str, Measured]) -> dict[str, Standing]:
        """How the unit stands with what it was measured to be, in place of itself if it is among the others."""
        found: dict[str, Standing] = {}
        for id_, ready in self._ready.items():
            form = ready.comparison.form
            of = form.rank if isinstance(form, Quota) else id_
            found[id_] = self._standing(ready, of, unit, measured[of])
        return found

    # --------------------------------------------------------------------------------------------- the groups

    def _members(self, of: str, group: Group) -> _Members:
        """The group of a ranking or share."""
        if (of, group) not in self._groups:
            self._groups[of, group] = self._gathered(of, group)
        return self._groups[of, group]

    def _gathered(self, of: str, group: Group) -> _Members:
        if of not in self._placed:
            placed: dict[Group, dict[str, Measured]] = {}
            loose: dict[str, Measured] = {}
            for unit, measured in self._units.items():
                one = measured[of]
                if one.placed:
                    placed.setdefault(one.group, {})[unit] = one
                elif one.covered is not False:
                    loose[unit] = one
            self._placed[of], self._loose[of] = placed, loose
        sure = self._placed[of].get(group, {})
        perhaps = {unit: one for unit, one in self._loose[of].items() if _may_belong(one, group)}
        form = self._ready[of].comparison.form
        ranked = shared = None
        if isinstance(form, Rank):
            ranked = RankedGroup(
                [reach(one.ends, form.highest_first) for one in sure.values()],
                [reach(one.ends, form.highest_first) for one in perhaps.values()],
            )
            open_ = [
                (unit, one) for unit, one in sure.items() if one.ends[0] is None or one.ends[0] != one.ends[1]
            ]
        else:
            shared = SharedGroup(list(sure.values()), list(perhaps.values()))
            open_ = [(unit, one) for unit, one in sure.items() if one.holds is None]
        return _Members(sure, perhaps, ranked, shared, (*open_, *perhaps.items()))

    # ------------------------------------------------------------------------------------------- the standing

    def _standing(self, ready: ReadyComparison, of: str, unit: str, measured: Measured) -> Standing:
        if measured.covered is False:
            return Standing(False)
        if not measured.placed:
            return Standing(None, measured.group, needs=measured.group_needs)
        members = self._members(of, measured.group)
        old = members.sure.get(unit)
        placed = old is not None
        if old is None:
            old = members.perhaps.get(unit)
        form = self._ready[of].comparison.form
        if isinstance(form, Rank):
            here = reach(measured.ends, form.highest_first)
            before = None if old is None else reach(old.ends, form.highest_first)
            assert members.ranked is not None
            own = measured.ends
            if isinstance(ready.comparison.form, Quota):
                found = _chosen(ready, members.ranked, here, before, placed)
            else:
                found = _placed(form, members.ranked, here, before, placed)
            found = replace(found, group=measured.group, own=own)
        else:
            assert members.shared is not None
            count, total, low, high = members.shared.share(measured, old, placed)
            counts = {"count": count, "of": total, "low": low, "high": high}
            found = Standing(True, measured.group, counts)
        if decided(found):
            return found
        others = [(name, one) for name, one in islice(members.open, EXAMPLES + 1) if name != unit]
        waiting = len(members.open) - any(name == unit for name, _ in members.open)
        return replace(
            found,
            needs=measured.needs,
            waiting=waiting,
            examples=tuple(
                (name, tuple(sorted(one.group_needs or one.needs))) for name, one in others[:EXAMPLES]
            ),
        )


def _placed(form: Rank, group: RankedGroup, unit: Reach, old: Reach | None, in_group: bool) -> Standing:
    """A place in a ranking."""
    if form.ties == "better place":
        others = group.ahead(unit, old, in_group)
    elif form.ties == "worse place":
        others = group.not_behind(unit, old, in_group)
    else:
        others = group.distinct_ahead(unit, old, in_group)
    behind = group.behind(unit, old, in_group)
    counts = {
        "place": _with_itself(others),
        "of": _with_itself(group.others(old, in_group)),
        "tied": _with_itself(group.level(unit, old, in_group)),
    }
    return Standing(True, counts=counts, truth=False if behind[0] else None if behind[1] else True)


def _chosen(
    ready: ReadyComparison, group: RankedGroup, unit: Reach, old: Reach | None, in_group: bool
) -> Standing:
    """Whether a unit is among those that a quota takes from one end of a ranking."""
    form = ready.comparison.form
    assert isinstance(form, Quota)
    there = _with_itself(group.others(old, in_group))
    low, high = (_seats(ready, form.rounding, units) for units in there)
    if form.ties == "in":
        # Whoever has fewer before it than there are places is in, and so are all its equals.
        ahead = (group.ahead if form.end == "first" else group.behind)(unit, old, in_group)
    else:
        # All its equals have to fit as well.
        ahead = (group.not_behind if form.end == "first" else group.not_ahead)(unit, old, in_group)
    truth = True if ahead[1] < low else False if ahead[0] >= high else None
    return Standing(True, counts={"ahead": ahead, "seats": (low, high), "of": there}, truth=truth)


def _seats(ready: ReadyComparison, rounding: Rounding, units: int) -> int:
    """How many places a quota has among so many units."""
    part = Fraction(ready.part) * units
    rounded = {"up": ceil(part), "down": floor(part), "half up": floor(part + Fraction(1, 2))}[rounding]
    seats = max(rounded, ready.least)
    return seats if ready.most is None else min(seats, ready.most)


def _with_itself(others: Span) -> Span:
    return others[0] + 1, others[1] + 1


def decided(standing: Standing) -> bool:
    """Whether nothing that conditions can ask is open. (How many exactly share a place, they cannot.)"""
    counts = standing.counts
    if "low" in counts:
        (low_part, low_of), (high_part, high_of) = counts["low"], counts["high"]
        return low_part * high_of == high_part * low_of
    if "seats" in counts:
        return standing.truth is not None
    return standing.truth is not None and all(low == high for low, high in (counts["place"], counts["of"]))


def _may_belong(measured: Measured, group: Group) -> bool:
    """Whether a unit of which not everything is known may be of a group."""
    return all(own is None or own == wanted for own, wanted in zip(measured.group, group, strict=True))


class Comparer:
    """Compares the units of a run by one program, and looks at one of them with other facts against all others."""

    def __init__(self, program: Program, sheets: Iterable[FactSheet]) -> None:
        self.program = program
        self._measuring = Measuring(program)
        self._population = Population(
            program, {sheet.unit: self._measuring.measure(sheet) for sheet in sheets}
        )

    def compared(self, sheet: FactSheet) -> FactSheet:
        """The sheet with how the unit stands; it takes the place of the unit's own among the units of the run."""
        standings = self._population.standings(sheet.unit, self._measuring.measure(sheet))
        return replace(sheet, standings=standings)


def compare_units(
    program: Program, sheets: Sequence[FactSheet], wanted: Sequence[FactSheet] | None = None
) -> Sequence[FactSheet]:
    """``wanted`` (all, if None) among ``sheets``, with how they stand; as they are if the policy compares nothing."""
    found = sheets if wanted is None else wanted
    if not program.comparisons:
        return found
    comparer = Comparer(program, sheets)
    return [comparer.compared(sheet) for sheet in found]
